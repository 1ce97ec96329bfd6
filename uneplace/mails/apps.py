from django.apps import AppConfig


class MailsConfig(AppConfig):
    name = "uneplace.mails"
    verbose_name = "Courriels"
