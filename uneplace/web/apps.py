from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "uneplace.web"
    verbose_name = "Écrans"
