"""Several files at once: compared criterion by criterion, then decided, each with its own reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.matching.reasons import Reason
from uneplace.offers import actions, perms
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.numbers import whole_number
from uneplace.web.offers.candidates import Candidate, candidates_of
from uneplace.web.offers.forms import CommonDecisionForm, PreselectForm

from .preselection import frame
from .sheets import visible_sheets

SIDE_BY_SIDE = 4
GROUPS = (("Indispensables", "hard"), ("Souhaités", "soft"), ("Pour ce poste", "close"))


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def decide_together(request, pk):
    """Two to four files side by side, and the decision of each; more of them without the comparison.

    « Appliquer à tous » writes the same decision everywhere without keeping anything: each is then edited.
    """
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    data = request.POST if request.method == "POST" else None
    asked = set((data or request.GET).getlist("dossiers"))
    candidates = _asked(request, sheet, asked)
    common = CommonDecisionForm(data)
    is_applied = data is not None and "appliquer" in data
    for candidate in candidates:
        candidate.form = _form(candidate, data, common if is_applied else None)
    forms = [candidate.form for candidate in candidates if candidate.form is not None]
    is_sent = data is not None and not is_applied
    gone = [candidate.application for candidate in candidates if is_sent and candidate.form is None]
    reasons = [f"{one.participant}\u00a0: {why}" for one in gone for why in actions.why_not_preselect(one)]
    wrong = [form for form in forms if is_sent and not form.is_valid()]
    if is_sent and not wrong and not reasons:
        try:
            decided = actions.decide_many(
                [(form.application, form.decision) for form in forms], by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            reasons = list(refusal.reasons)
            fresh = {one.application.pk: one for one in _asked(request, sheet, asked)}
            for candidate in candidates:
                candidate.application = fresh[candidate.application.pk].application
                if candidate.form is not None:
                    candidate.form.show_again(candidate.application)
        else:
            words = f"{len(decided)} décisions gardées." if len(decided) > 1 else "Décision gardée."
            messages.success(request, words)
            return redirect("offers:preselection", pk=sheet.pk)
    context = frame(request, sheet, candidates) | {
        "candidates": candidates,
        "groups": _side_by_side(candidates) if 2 <= len(candidates) <= SIDE_BY_SIDE else [],
        "forms": forms,
        "common": common,
        "reasons": reasons,
        "has_errors": bool(reasons or wrong),
        "form": wrong[0] if wrong else None,
    }
    return render(request, "offers/together.html", context, status=422 if reasons or wrong else 200)


def _asked(request, sheet, asked: set[str]) -> list[Candidate]:
    only = [pk for key in asked if (pk := whole_number(key))]
    return candidates_of(sheet, request.actor, on=timezone.localdate(), only=only) if only else []


def _form(candidate: Candidate, data, common: CommonDecisionForm | None) -> PreselectForm | None:
    """The form of one file; None when nobody may decide of it any more."""
    if not candidate.may_decide:
        return None
    prefix = f"d{candidate.application.pk}"
    if common is None:
        return PreselectForm(data, application=candidate.application, prefix=prefix)
    form = PreselectForm(application=candidate.application, prefix=prefix)
    form.initial |= {name: common.data.get(f"commun-{name}", "") for name in CommonDecisionForm.base_fields}
    return form


def _side_by_side(candidates: list[Candidate]) -> list[tuple[str, list[tuple[str, list[Reason | None]]]]]:
    """Each group of criteria, with its lines: the criterion, then the fact of each file."""
    groups = []
    for title, name in GROUPS:
        told = [{line.what: line for line in getattr(candidate.reasons, name)} for candidate in candidates]
        whats = list(dict.fromkeys(what for lines in told for what in lines))
        if whats:
            groups.append((title, [(what, [lines.get(what) for lines in told]) for what in whats]))
    return groups
