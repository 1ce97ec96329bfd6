from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "uneplace.demo"
    verbose_name = "Démonstration"
