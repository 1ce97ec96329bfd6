from django.contrib.postgres.fields import ArrayField
from django.db import models


class FieldsGroup(models.TextChoices):
    """What somebody opens of a person's file that is masked until asked for."""

    GROUNDS = "grounds", "motifs d’éligibilité et justificatifs"
    CV = "cv", "CV"
    NOTE = "note", "mot de la structure"


class Entry(models.Model):
    """One act: who, as which organisation, did what, about what, when, and why.

    Ids and names are kept without foreign keys, since the journal outlives what it tells of.
    Rows are append-only, held by a trigger and by the application's rights; `mac` signs all the columns (see
    `chain.py`), so that a row changed by somebody above triggers and rights shows.
    """

    at = models.DateTimeField("quand")
    verb = models.CharField("acte", max_length=60)
    service_id = models.BigIntegerField("service", null=True)
    about_kind = models.CharField("objet", max_length=40, blank=True)
    about_id = models.BigIntegerField("identifiant de l’objet", null=True)
    about_label = models.CharField("libellé de l’objet", max_length=250, blank=True)
    user_id = models.BigIntegerField("compte", null=True)
    user_name = models.CharField("nom", max_length=250, blank=True)
    organisation_id = models.BigIntegerField("organisation", null=True)
    organisation_name = models.CharField("nom de l’organisation", max_length=250, blank=True)
    on_behalf_of_id = models.BigIntegerField("pour le compte de", null=True)
    on_behalf_of_name = models.CharField("nom de l’organisation représentée", max_length=250, blank=True)
    reason = models.TextField("motif", blank=True)
    details = models.JSONField("détails", default=dict)
    mac = models.CharField("signature", max_length=80)

    class Meta:
        verbose_name = "acte"
        verbose_name_plural = "actes"
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-at"], name="journal_about"),
            models.Index(fields=["service_id", "-at"], name="journal_service"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.about_label}"


class Seal(models.Model):
    """A batch of acts sealed together: which ones, a digest of their signatures, and the seal before."""

    number = models.BigIntegerField("numéro", primary_key=True)
    sealed_at = models.DateTimeField("scellé le")
    entries = ArrayField(models.BigIntegerField(), verbose_name="actes")
    last_entry = models.BigIntegerField("dernier acte", db_index=True)
    digest = models.CharField("empreinte des actes", max_length=64)
    previous = models.CharField("signature du scellé précédent", max_length=80, blank=True)
    mac = models.CharField("signature", max_length=80)

    class Meta:
        verbose_name = "scellé"

    def __str__(self) -> str:
        return f"Scellé n°\u00a0{self.number}"
