from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


def _search_indexes(name: str) -> list[models.Index]:
    return [
        models.Index(OpClass("search", name="text_pattern_ops"), name=f"{name}_prefix"),
        GinIndex(OpClass("search", name="gin_trgm_ops"), name=f"{name}_trigrams"),
    ]


class Commune(models.Model):
    """A French commune of the official geographic code (COG of INSEE)."""

    code_insee = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=60)
    departement = models.CharField("département", max_length=3)
    epci = models.CharField("SIREN de l’intercommunalité", max_length=9, blank=True)
    population = models.PositiveIntegerField("population", null=True, blank=True)
    postcodes = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux", default=list)
    latitude = models.DecimalField("latitude", max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField("longitude", max_digits=7, decimal_places=4, null=True, blank=True)
    search = models.CharField(max_length=80, editable=False)

    class Meta:
        verbose_name = "commune"
        ordering = ["search", "code_insee"]
        indexes = [
            *_search_indexes("commune"),
            GinIndex(fields=["postcodes"], name="commune_postcodes"),
            models.Index("departement", "search", name="commune_by_departement"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.postcode or self.departement})"

    @property
    def postcode(self) -> str:
        """Its first postcode; empty for the few communes that have none."""
        return self.postcodes[0] if self.postcodes else ""


class RomeJob(models.Model):
    """A job of the ROME, the national directory of trades (France Travail)."""

    code = models.CharField("code ROME", max_length=5, primary_key=True)
    label = models.CharField("métier", max_length=150)
    search = models.CharField(max_length=160, editable=False)

    class Meta:
        verbose_name = "métier"
        ordering = ["search", "code"]
        indexes = _search_indexes("rome_job")

    def __str__(self) -> str:
        return f"{self.code} – {self.label}"


class RomeLabel(models.Model):
    """One of the names under which a ROME job is practised (« appellation »)."""

    ogr = models.PositiveIntegerField("code OGR", primary_key=True)
    label = models.CharField("appellation", max_length=100)
    job = models.ForeignKey(RomeJob, models.PROTECT, related_name="labels", verbose_name="métier")
    search = models.CharField(max_length=110, editable=False)

    class Meta:
        verbose_name = "appellation"
        ordering = ["search", "ogr"]
        indexes = _search_indexes("rome_label")

    def __str__(self) -> str:
        return self.label


class CpvCode(models.Model):
    """What a public contract buys: a code of the European CPV 2008, without its check digit."""

    code = models.CharField("code CPV", max_length=8, primary_key=True)
    label = models.CharField("libellé", max_length=250)
    search = models.CharField(max_length=270, editable=False)

    class Meta:
        verbose_name = "code CPV"
        verbose_name_plural = "codes CPV"
        ordering = ["code"]
        indexes = _search_indexes("cpv")

    def __str__(self) -> str:
        return f"{self.code} – {self.label}"
