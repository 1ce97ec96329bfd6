from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "uneplace.kit"
    verbose_name = "Outils"
