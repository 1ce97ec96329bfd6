"""What `check --deploy` says of sign-in."""

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def second_factor_is_asked(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Warn when an installation that is no demo does without the second factor."""
    if settings.SECOND_FACTOR or settings.UNEPLACE_DEMO:
        return []
    return [
        checks.Warning(
            "La double authentification n’est pas obligatoire.",
            hint="Retirez UNEPLACE_SECOND_FACTOR=0\u00a0: un mot de passe volé ouvre les dossiers.",
            id="uneplace.W001",
        )
    ]
