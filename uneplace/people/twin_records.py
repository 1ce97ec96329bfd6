"""What is kept of two files of one person: that they look alike, that they are not, that they were merged."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service

from .likeness import in_words


class ResemblanceQuerySet(SeenByQuerySet):
    """Only the service reads it: a structure would learn of a person that another one follows."""

    sights = (of_its_own_service("les doublons possibles de son service"),)

    def of_known_files(self):
        """Between two files that are still each somebody's."""
        return self.filter(one__merge=None, other__merge=None)

    def open(self):
        """Those on which nobody has said anything yet."""
        return self.of_known_files().filter(told_apart_at=None)


class Resemblance(OwnedByService):
    """Two files of a service that are probably one person's (doublon possible), until somebody says no.

    Found again each night and at each name typed; `told_apart_at` is when a facilitator said that these are
    two people, which is then never proposed again.
    """

    one = models.ForeignKey("people.Participant", models.CASCADE, related_name="+", verbose_name="personne")
    other = models.ForeignKey(
        "people.Participant", models.CASCADE, related_name="+", verbose_name="personne qui lui ressemble"
    )
    reasons = ArrayField(models.CharField(max_length=20), verbose_name="ressemblances")
    is_sure = models.BooleanField("très probable")
    found_at = models.DateTimeField("trouvé le")
    told_apart_at = models.DateTimeField("dites distinctes le", null=True, blank=True)
    told_apart_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dites distinctes par"
    )

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        verbose_name = "doublon possible"
        verbose_name_plural = "doublons possibles"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="resemblance_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="resemblance_lesser_first"),
        ]

    def __str__(self) -> str:
        return f"Doublon possible n°\u00a0{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("people:twin", args=[self.pk])

    @property
    def state(self) -> str:
        """SURE when nothing but the writing tells the files apart, else TO_CHECK."""
        return "SURE" if self.is_sure else "TO_CHECK"

    @property
    def words(self) -> str:
        """« même date de naissance ; nom et prénom intervertis »."""
        return in_words(self.reasons)


class MergeQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les dossiers réunis de son service"),)


class Merge(OwnedByService):
    """Two files of one person made one (fusion): `left` is read no more, and `kept` holds what hung on it.

    Removed by the act that parts them again, which puts back exactly `moved` (ids of rows by model) and
    `swapped` (values that the two files exchanged, so that the one left holds what was not kept).
    """

    left = models.OneToOneField(
        "people.Participant", models.CASCADE, related_name="merge", verbose_name="dossier réuni"
    )
    kept = models.ForeignKey(
        "people.Participant", models.CASCADE, related_name="merges", verbose_name="dossier gardé"
    )
    merged_at = models.DateTimeField("réunis le")
    merged_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="réunis par"
    )
    moved = models.JSONField("lignes déplacées", default=dict, editable=False)
    swapped = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "fusion de deux dossiers"
        verbose_name_plural = "fusions de dossiers"
        ordering = ["-merged_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(left=F("kept")), name="merge_of_two_files")]

    def __str__(self) -> str:
        return f"Fusion n°\u00a0{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("people:merge", args=[self.pk])
