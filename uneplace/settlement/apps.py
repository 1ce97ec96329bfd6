from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "uneplace.settlement"
    verbose_name = "Relances et pénalités"
