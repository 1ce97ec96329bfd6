from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "uneplace.hours"
    verbose_name = "Heures"
