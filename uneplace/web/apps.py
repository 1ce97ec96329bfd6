from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "uneplace.web"
    verbose_name = "Écrans"

    def ready(self) -> None:
        """Register what `check` looks at."""
        from . import checks  # noqa: F401
