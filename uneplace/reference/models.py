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


class PriorityDistrict(models.Model):
    """A quartier prioritaire de la politique de la ville (QPV), as the official map of the ANCT draws it.

    `shape` is its outline in WKB, in degrees of longitude and latitude (WGS 84); the four sides frame it.
    """

    code = models.CharField("code", max_length=12, primary_key=True)
    name = models.CharField("nom", max_length=150)
    communes = ArrayField(models.CharField(max_length=5), verbose_name="communes", default=list)
    west = models.FloatField("ouest")
    south = models.FloatField("sud")
    east = models.FloatField("est")
    north = models.FloatField("nord")
    shape = models.BinaryField("contour")
    drawn_on = models.DateField("carte du")

    class Meta:
        verbose_name = "quartier prioritaire"
        verbose_name_plural = "quartiers prioritaires"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["west", "east", "south", "north"], name="district_frame"),
            GinIndex(fields=["communes"], name="district_communes"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class RuralZone(models.Model):
    """A commune classed « France ruralités revitalisation » (FRR), with the day of the list that says so."""

    class Level(models.TextChoices):
        FRR = "FRR", "FRR"
        PLUS = "FRR+", "FRR plus"

    commune = models.OneToOneField(
        Commune, models.CASCADE, primary_key=True, related_name="rural_zone", verbose_name="commune"
    )
    level = models.CharField("classement", max_length=4, choices=Level.choices)
    listed_on = models.DateField("liste du")

    class Meta:
        verbose_name = "commune en France ruralités revitalisation"
        verbose_name_plural = "communes en France ruralités revitalisation"

    def __str__(self) -> str:
        return f"{self.commune}, {self.get_level_display()}"
