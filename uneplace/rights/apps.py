from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "uneplace.rights"
    verbose_name = "Droits des personnes"
