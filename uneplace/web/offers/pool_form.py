from django import forms
from django.db.models import QuerySet

from uneplace.matching.needs import Job
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import Organisation
from uneplace.people.abilities import Licence
from uneplace.people.models import EligibilityDecision, Participant


class PoolForm(forms.Form):
    """What cuts the pool of a job: a name, a structure, a licence, the eligibility, the trade."""

    q = forms.CharField(max_length=100, required=False)
    structure = forms.ModelChoiceField(
        Organisation.objects.none(), label="Suivie par", required=False, empty_label="Toutes les structures"
    )
    permis = forms.ChoiceField(
        label="Permis ou habilitation", choices=[("", "Tous les permis"), *Licence.choices], required=False
    )
    eligible = forms.BooleanField(label="Éligible au premier jour", required=False)
    metier = forms.BooleanField(label="Connaît un métier du même domaine", required=False)

    def __init__(self, data=None, *, structures: bool, sheet: JobSheet):
        super().__init__(data)
        if structures:
            followed = Organisation.objects.filter(supports__service=sheet.service).distinct()
            self.fields["structure"].queryset = followed.order_by("name", "pk")
        else:
            del self.fields["structure"]

    def cut(self, people: QuerySet[Participant], job: Job) -> QuerySet[Participant]:
        """These people, without those left out; a filter that means nothing cuts nothing."""
        if not self.is_bound:
            return people
        self.is_valid()
        given = self.cleaned_data
        if given.get("q"):
            people = people.matching(given["q"])
        if given.get("structure"):
            people = people.filter(supports__organisation=given["structure"])
        if given.get("permis"):
            people = people.filter(licences__contains=[given["permis"]])
        if given.get("eligible"):
            decided = EligibilityDecision.objects.in_force().filter(
                decided_on__lte=job.start, valid_until__gt=job.start
            )
            people = people.filter(pk__in=decided.values("participant"))
        if given.get("metier"):
            people = people.filter(trades__rome__code__startswith=job.rome[:3]).distinct()
        return people
