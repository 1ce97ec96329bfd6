from types import ModuleType

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "uneplace.organisations"
    verbose_name = "Organisations"

    @staticmethod
    def sealed_elsewhere() -> ModuleType:
        """What else is sealed than whole columns: see kit/sealing.py."""
        from . import sealed_factors

        return sealed_factors
