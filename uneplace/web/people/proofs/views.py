"""How old a service lets proofs be: its versions, and how to change it."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.people import perms
from uneplace.people.models import ProofPolicy
from uneplace.people.proof_policy import decide_proof_policy, usual_months
from uneplace.rules.eligibility import FRESHNESS, Ground
from uneplace.rules.french import several
from uneplace.web.access import access, require
from uneplace.web.fields import DayField
from uneplace.web.shared_forms import SharedForm, reread

# What structures attest is looked at on the day: it does not age.
AGEING = [ground for ground in Ground if not ground.is_structure]
MONTHS = "Écrivez un nombre de mois entre 1 et 60, ou rien."


class ProofPolicyForm(SharedForm):
    """The months by ground; empty for a proof that does not age."""

    applies_on = DayField(label="S’applique à partir du", help_text="Aujourd’hui, ou un jour à venir.")
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for ground in AGEING:
            self.fields[ground.value] = forms.IntegerField(
                label=ground.label,
                required=False,
                min_value=1,
                max_value=60,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), MONTHS),
            )

    @property
    def rows(self):
        """Each ground's field, with the parameter that it starts from."""
        return [(self[ground.value], FRESHNESS.get(ground)) for ground in AGEING]

    @property
    def months(self):
        """The months by ground, once the form is valid."""
        given = self.cleaned_data
        return {ground.value: given[ground.value] for ground in AGEING if given[ground.value] is not None}


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def decide(request):
    """« Ancienneté des justificatifs » of the service, and its versions."""
    require(perms.can_decide_proof_policy(request.actor))
    service, today = request.actor.organisation, timezone.localdate()
    visible = ProofPolicy.objects.visible_to(request.actor).select_related("decided_by")
    versions = list(visible.order_by("-number"))
    form = ProofPolicyForm(request.POST or None, initial=_decided(versions, today))
    if form.is_valid():
        try:
            decide_proof_policy(
                service,
                months=form.months,
                applies_on=form.cleaned_data["applies_on"],
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            versions = list(visible.order_by("-number"))
            current = ProofPolicyForm(initial=_decided(versions, today))
            form = reread(form, current, refusal, ProofPolicyForm)
        else:
            messages.success(request, "Ancienneté enregistrée. Les décisions déjà prises ne changent pas.")
            return redirect("people:proof_policy")
    in_force = next((one for one in sorted(versions, key=_order) if one.applies_on <= today), None)
    context = {
        "form": form,
        "versions": _told(versions, usual_months(today)),
        "in_force": in_force,
        "today": today,
    }
    return render(request, "people/proof_policy.html", context, status=422 if form.errors else 200)


def _order(version):
    """The version that applies first: the latest day, then the latest decided."""
    return (-version.applies_on.toordinal(), -version.number)


def _decided(versions, today):
    """What the form first shows: the latest version, else what is usual."""
    start = versions[0].months if versions else usual_months(today)
    number = versions[0].number if versions else 0
    return {"applies_on": today, "read": number} | {one.value: start.get(one) for one in AGEING}


def _told(versions, usual):
    """Each version with what it changed from the one before; the first, from the parameters."""
    return [
        {
            "version": version,
            "changes": [
                {
                    "label": ground.label,
                    "before": _say(earlier, ground),
                    "after": _say(version.months, ground),
                }
                for ground in AGEING
                if earlier.get(ground) != version.months.get(ground)
            ],
        }
        for version, earlier in zip(versions, [*(one.months for one in versions[1:]), usual], strict=False)
    ]


def _say(months, ground):
    found = months.get(ground)
    return "sans limite" if found is None else several(found, "mois", "mois")
