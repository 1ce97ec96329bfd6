"""The settings, all from the environment; docs/installer.md lists the variables.

The `default` database signs in as the application's role. Commands that change tables (`migrate`) switch to
the owner's address for themselves: see `uneplace/kit/database.py`.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from csp.constants import NONE, SELF

from uneplace.kit.environment import (
    address_from,
    clamav_address,
    data_folder,
    encryption_keys,
    flag,
    geocoder_address,
    is_loopback,
    journal_keys,
    mail_settings,
    proconnect_client,
    public_url,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = data_folder()
PUBLIC_URL = public_url()  # https://clauses.exemple.fr: what links in mails start with
UNEPLACE_DEMO = flag("UNEPLACE_DEMO")
DEBUG = flag("UNEPLACE_DEBUG")
SECRET_KEY = secret_key(DATA)
ENCRYPTION_KEYS = encryption_keys(DATA)  # the first seals sensitive fields and files, all open them
JOURNAL_KEYS = journal_keys(DATA)
JOURNAL_KEY_FILE = None if os.environ.get("UNEPLACE_JOURNAL_KEY") else DATA / "journal_key"
JOURNAL_WITNESS = os.environ.get("UNEPLACE_JOURNAL_WITNESS") or DATA / "journal_witness"
ADMIN_MAIL = os.environ.get("UNEPLACE_ADMIN_MAIL", "")

# Who may ask, and how
ALLOWED_HOSTS = [PUBLIC_URL.hostname]
if is_loopback(PUBLIC_URL.hostname):
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.geturl()]
IS_HTTPS = PUBLIC_URL.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is for whoever owns the whole domain to ask
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# A browser takes such a name from this very site only, never from a neighbour of the same domain.
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # they name people: no cookie
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # a working day, see organisations/sessions.py
SESSION_ENGINE = "uneplace.organisations.session_store"
DEVICE_COOKIE_NAME = "__Host-device" if IS_HTTPS else "device"
MONTH_COOKIE_NAME = "__Host-month" if IS_HTTPS else "month"  # see uneplace/web/my_month
LINK_COOKIE_NAME = "__Host-link" if IS_HTTPS else "link"  # see uneplace/web/doors
PROXIES = int(os.environ.get("UNEPLACE_PROXIES") or IS_HTTPS)  # front servers that add the visitor's address
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "uneplace.kit",  # first: its `migrate` and `check` come before Django's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_cotton",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "uneplace.reference",
    "uneplace.journal",
    "uneplace.organisations",
    "uneplace.mails",
    "uneplace.evidence",
    "uneplace.contracts",
    "uneplace.people",
    "uneplace.offers",
    "uneplace.hours",
    "uneplace.settlement",
    "uneplace.reports",
    "uneplace.rights",
    "uneplace.web",
    "uneplace.demo",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # the outermost: no answer goes without a content policy
    "uneplace.web.headers.HeadersMiddleware",
    "uneplace.web.request_size.RequestSizeMiddleware",  # before anything reads what is sent
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "uneplace.web.sessions.SessionLifeMiddleware",
    "uneplace.web.access.AccessMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "uneplace" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uneplace.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The outside: the machines that kit/http.py may ask, `host` in https or `host:port` for one of ours
OUTBOUND_HOSTS = frozenset(os.environ.get("UNEPLACE_OUTBOUND_HOSTS", "").replace(",", " ").split())

# Data
DATABASES = {"default": address_from("DATABASE_URL")}
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)  # a row's history is read by its own id
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kept_codes"}}
MEDIA_ROOT = DATA / "files"  # never served as they are: a view checks who asks
CLAMAV = clamav_address()
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
LARGEST_REQUEST = 60 * 1024 * 1024  # bytes: a file of award data is 50 MB at most
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # what a form carries besides its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a month of hours for a large structure
DATA_UPLOAD_MAX_NUMBER_FILES = 20
STORAGES = {
    "default": {"BACKEND": "uneplace.kit.sealed_files.EncryptedStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "uneplace" / "static"]

# People
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["uneplace.organisations.passwords.Argon2id"]
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "uneplace.organisations.passwords.LongEnough"},
    {"NAME": "uneplace.organisations.passwords.NotBreached"},
    {"NAME": "uneplace.organisations.passwords.NotTold"},
    {"NAME": "uneplace.organisations.passwords.NotAPattern"},
]
SECOND_FACTOR = flag("UNEPLACE_SECOND_FACTOR", default=not UNEPLACE_DEMO)  # compulsory, see web/gate.py
ACCOUNT_ADAPTER = "uneplace.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account comes from an invitation link: its address is verified
ACCOUNT_RATE_LIMITS = False  # organisations/guesses.py counts, in the database and under a lock
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "uneplace.web.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Uneplace"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = is_loopback(PUBLIC_URL.hostname)

PROCONNECT = proconnect_client()  # None: not offered
if PROCONNECT:
    OUTBOUND_HOSTS |= {PROCONNECT.host}
GEOCODER = geocoder_address()  # empty: no address leaves this machine
if GEOCODER:
    OUTBOUND_HOSTS |= {urlsplit(GEOCODER).netloc}

# What the legal pages and the information notice say of this installation; empty: they say what is missing
PUBLISHER = os.environ.get("UNEPLACE_PUBLISHER", "")  # who publishes, and the director of publication
HOSTING = os.environ.get("UNEPLACE_HOSTING", "")  # who hosts: name, address, telephone
DATA_OFFICER = os.environ.get("UNEPLACE_DATA_OFFICER", "")  # how to reach the data protection officer

# Words and days
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# Mail: an SMTP server by its address, or files in the data folder
globals().update(mail_settings(DATA))

PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_arguments": {"()": "uneplace.kit.logs.WithoutArguments"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_arguments"]}
    },
    "root": {"handlers": ["console"], "level": os.environ.get("UNEPLACE_LOG_LEVEL", "WARNING").upper()},
}
