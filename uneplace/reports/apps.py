from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "uneplace.reports"
    verbose_name = "Bilans"
