"""The documents that clauses ask for, listed: those awaited, late, to be read, to be done again."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours.models import AwaitedDocument
from uneplace.web.access import access
from uneplace.web.keyset import after_token, keys_after

from .statements import WORKERS

PAGE = 50
LABELS = {
    "attendues": "Attendues",
    "en-retard": "En retard",
    "a-lire": "À lire",
    "a-refaire": "À refaire",
}


@access.capacity(*WORKERS)
@require_GET
def list_documents(request):
    """The documents that one may see, by what they wait for, the earliest due first."""
    today = timezone.localdate()
    tabs = _tabs(today)
    documents = _open(AwaitedDocument.objects.visible_to(request.actor))
    counts = documents.aggregate(**{tab.replace("-", "_"): Count("pk", filter=tabs[tab]) for tab in LABELS})
    tab = request.GET.get("voir", "")
    if tab not in LABELS:
        tab = "a-lire" if request.actor.is_facilitator and counts["a_lire"] else "attendues"
    after = keys_after(request.GET.get("apres", ""), size=2)
    found = list(_from(documents.filter(tabs[tab]), after)[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "tabs": [(key, label, counts[key.replace("-", "_")]) for key, label in LABELS.items()],
        "tab": tab,
        "documents": shown,
        "after": after,
        "next": after_token(_keys(shown[-1])) if len(found) > PAGE else "",
        "today": today,
    }
    return render(request, "hours/documents.html", context)


def _tabs(on: date) -> dict[str, Q]:
    """What each tab holds."""
    awaited = Q(evidence=None) | Q(evidence__status=Evidence.Status.TO_REDO)
    return {
        "attendues": awaited,
        "en-retard": awaited & Q(late_from__lt=on),
        "a-lire": Q(evidence__status=Evidence.Status.RECEIVED),
        "a-refaire": Q(evidence__status=Evidence.Status.TO_REDO),
    }


def _open(documents: QuerySet[AwaitedDocument]) -> QuerySet[AwaitedDocument]:
    """Those that still wait for something: not given up, on a clause that is not closed."""
    return (
        documents.filter(waived_at=None)
        .exclude(commitment__clause__status=Clause.Status.CLOSED)
        .with_late_from()
    )


def _from(documents: QuerySet[AwaitedDocument], after: Sequence[str]) -> QuerySet[AwaitedDocument]:
    """In the order of their days, after the last one read if any."""
    if after:
        day = date.fromisoformat(after[0])
        documents = documents.filter(Q(late_from__gt=day) | Q(late_from=day, pk__gt=int(after[1])))
    return documents.select_related(
        "sender", "evidence", "commitment__company", "commitment__clause__lot__contract"
    ).order_by("late_from", "pk")


def _keys(document: AwaitedDocument) -> list[str]:
    return [document.late_from.isoformat(), str(document.pk)]
