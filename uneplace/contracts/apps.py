from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "uneplace.contracts"
    verbose_name = "Marchés et clauses"
