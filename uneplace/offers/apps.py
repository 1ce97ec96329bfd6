from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "uneplace.offers"
    verbose_name = "Fiches de poste"
