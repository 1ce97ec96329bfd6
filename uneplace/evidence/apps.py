from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "uneplace.evidence"
    verbose_name = "Justificatifs"
