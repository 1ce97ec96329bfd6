from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "uneplace.people"
    verbose_name = "Personnes"
