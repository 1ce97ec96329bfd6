from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "uneplace.organisations"
    verbose_name = "Organisations"
