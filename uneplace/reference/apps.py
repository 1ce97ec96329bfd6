from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "uneplace.reference"
    verbose_name = "Nomenclatures nationales"
