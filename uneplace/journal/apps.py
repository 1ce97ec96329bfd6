from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "uneplace.journal"
    verbose_name = "Journal"
