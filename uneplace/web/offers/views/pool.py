"""The pool: people who could be put forward for a job, in its order."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.matching.needs import job_of
from uneplace.matching.pool import found_among, in_the_pool
from uneplace.matching.ranking import KEYS, ORDER
from uneplace.offers import actions, perms
from uneplace.offers.models import Suggestion
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.keyset import after_token, keys_after
from uneplace.web.offers.pool_form import PoolForm

from .sheets import visible_sheets

TOP = 50
ASKED = Suggestion.Status.ASKED
STRUCTURES = (Capacity.FACILITATOR, Capacity.INSERTION_EMPLOYER, Capacity.REFERRER)


@access.capacity(*STRUCTURES)
@require_GET
def search_pool(request, pk):
    """The people of the pool for a job, fifty at a time, among those that one may see; filters in the
    address."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    actor, on = request.actor, timezone.localdate()
    require(actor.serves(sheet) or perms.can_put_forward(actor, sheet))
    job = job_of(sheet, on=on)
    people = in_the_pool(actor, sheet, job)
    form = PoolForm(request.GET or None, structures=actor.serves(sheet), sheet=sheet)
    cut = form.cut(people, job)
    after = keys_after(request.GET.get("apres", ""), size=len(ORDER))
    found = found_among(cut, job, on=on, limit=TOP + 1, after=after)
    shown = found[:TOP]
    suggestions = Suggestion.objects.visible_to(actor).filter(job_sheet=sheet)
    asked = suggestions.filter(participant__in=[one.person.pk for one in shown], status=ASKED)
    by_person = {one.participant_id: one for one in asked.select_related("organisation")}
    context = {
        "sheet": sheet,
        "form": form,
        "found": [(one, by_person.get(one.person.pk)) for one in shown],
        "count": cut.count(),
        "after": after,
        "next": after_token(shown[-1].ranked.keys) if len(found) > TOP else "",
        "total": people.count(),
        "serves": actor.serves(sheet),
        "may_gather": perms.can_manage(actor, sheet) and not actions.why_not_put_forward(sheet, on=on),
        "suggestions": _answers_to(suggestions) if actor.serves(sheet) else [],
        "may_put_forward": perms.is_addressee(actor, sheet) and not actions.why_not_put_forward(sheet, on=on),
        "keys": KEYS,
    }
    return render(request, "offers/pool.html", context)


def _answers_to(suggestions):
    """What the service asked of structures for this job, those that wait first."""
    rows = suggestions.select_related("participant", "organisation")
    return rows.order_by(F("answered_at").desc(nulls_first=True), "-asked_at", "-pk")[:TOP]
