"""Possible duplicates of the service: listed, compared side by side, told apart, merged, parted again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.hours.queries import hours_by_person
from uneplace.hours.recount import clauses_counting, note_recounts
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application
from uneplace.organisations.models import Capacity
from uneplace.people import perms
from uneplace.people.models import Merge, Participant, Resemblance
from uneplace.people.queries import standings
from uneplace.people.twins import name_twin as name_twin_act
from uneplace.people.twins import tell_apart as tell_apart_act
from uneplace.people.twins import why_not_tell_apart
from uneplace.rights.held import HELD
from uneplace.rights.merging import (
    CHOICES,
    columns_of,
    merge_files,
    part_files,
    to_check_before,
    why_not_merge,
    why_not_part,
)
from uneplace.web.access import access, require
from uneplace.web.numbers import whole_number

from .forms import MergeForm, label_of

PAGE = 40
MOST_FOUND = 20
TO_LOOK_AT, MERGED, APART = "", "reunis", "distincts"
LABELS = {TO_LOOK_AT: "À regarder", MERGED: "Réunis", APART: "Dites distinctes"}


@access.capacity(Capacity.FACILITATOR)
@require_GET
def list_twins(request: HttpRequest) -> HttpResponse:
    """The files that are probably one person's, those already merged, those told apart."""
    pairs = Resemblance.objects.visible_to(request.actor).of_known_files()
    merges = Merge.objects.visible_to(request.actor).select_related("kept", "left", "merged_by")
    shown = request.GET.get("etat", TO_LOOK_AT)
    rows = {
        TO_LOOK_AT: pairs.filter(told_apart_at=None).order_by("-is_sure", "-found_at", "pk"),
        MERGED: merges.filter(kept__anonymised_at=None).order_by("-merged_at", "-pk"),
        APART: pairs.filter(told_apart_at__isnull=False).order_by("-told_apart_at", "pk"),
    }
    if shown not in rows:
        shown = TO_LOOK_AT
    counts = {name: found.count() for name, found in rows.items()}
    found = rows[shown]
    if shown != MERGED:
        found = found.select_related("one", "other", "told_apart_by").prefetch_related(
            "one__supports__organisation", "other__supports__organisation"
        )
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "shown": shown,
        "chips": [
            {"code": code, "label": label, "count": counts[code], "on": code == shown}
            for code, label in LABELS.items()
        ],
    }
    return render(request, "people/list_twins.html", context)


def _pair(request: HttpRequest, pk: int) -> Resemblance:
    visible = Resemblance.objects.visible_to(request.actor).of_known_files()
    joined = ("one__commune", "other__commune", "one__service", "other__service", "told_apart_by")
    return get_object_or_404(visible.select_related(*joined), pk=pk)


def _in_order(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """The file proposed to be kept, and the other: the one that can be, then the older."""
    return (other, one) if why_not_merge(one, other) and not why_not_merge(other, one) else (one, other)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two files side by side; the facts to keep are chosen, and the files merged."""
    pair = _pair(request, pk)
    kept, left = _in_order(pair.one, pair.other)
    require(request.method == "GET" or perms.can_merge(request.actor, kept))
    to_check = to_check_before(kept, left)
    form = MergeForm(request.POST or None, kept=kept, left=left, to_check=to_check)
    if form.is_valid():
        if form.cleaned_data["keep"] != kept.pk:
            kept, left = left, kept
        has_checked = form.cleaned_data.get("has_checked", False)
        try:
            merge = merge_files(
                kept, left, take=form.take, has_checked=has_checked, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            note_recounts(clauses_counting(merge.kept), at=timezone.now())
            messages.success(request, f"Dossiers réunis\u00a0: {merge.kept}.")
            return redirect(merge.kept)
    context = {
        "pair": pair,
        "form": form,
        "files": _files(form.pair),
        "reasons": why_not_merge(kept, left) if not form.is_bound else [],
        "to_check": to_check,
        "writes": perms.can_merge(request.actor, kept),
        "may_tell_apart": perms.can_merge(request.actor, kept) and not why_not_tell_apart(pair),
    }
    return render(request, "people/compare_twins.html", context, status=422 if form.errors else 200)


def _files(pair: list[Participant]) -> list[dict]:
    """What hangs on each of the two files, without a word of the grounds."""
    keys = [person.pk for person in pair]
    people = Participant.objects.filter(pk__in=keys).prefetch_related(
        "supports__organisation", "trades__rome"
    )
    counted = {
        person.pk: person
        for person in people.annotate(
            contracts=Count("placements", distinct=True), informed=Count("informations", distinct=True)
        )
    }
    hours = hours_by_person(keys, service=pair[0].service)
    known = standings(pair, on=timezone.localdate())
    sent = (
        Application.objects.filter(participant__in=keys)
        .select_related("job_sheet")
        .order_by("-sent_at", "pk")
    )
    applications = list(sent)
    return [
        {
            "person": counted[pk],
            "hours": hours.get(pk),
            "standing": known.get(pk),
            "applications": [one for one in applications if one.participant_id == pk],
        }
        for pk in keys
    ]


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def name_twin(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for another file of this person, that nothing brought together; then both are compared."""
    people = Participant.objects.visible_to(request.actor).known()
    participant = get_object_or_404(people, pk=pk)
    require(perms.can_merge(request.actor, participant))
    if request.method == "POST":
        other = get_object_or_404(people, pk=whole_number(request.POST.get("autre")) or 0)
        try:
            pair = name_twin_act(participant, other, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
            return redirect("people:name_twin", participant.pk)
        return redirect(pair)
    search = request.GET.get("q", "").strip()
    others = people.filter(service=participant.service).exclude(pk=participant.pk)
    found = others.matching(search).by_name().prefetch_related("supports__organisation") if search else []
    context = {
        "participant": participant,
        "search": search,
        "found": found[:MOST_FOUND],
        "count": found.count() if search else 0,
        "most": MOST_FOUND,
    }
    return render(request, "people/name_twin.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def tell_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that these are two people: they are not proposed again."""
    pair = _pair(request, pk)
    require(perms.can_merge(request.actor, pair.one))
    try:
        tell_apart_act(pair, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "C’est noté\u00a0: ce sont deux personnes. Elles ne seront plus proposées.")
    return redirect("people:twins")


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """What a merge moved, and its undoing."""
    visible = Merge.objects.visible_to(request.actor).select_related("kept", "left", "merged_by", "service")
    merge = get_object_or_404(visible, pk=pk)
    may_part = perms.can_merge(request.actor, merge.kept)
    if request.method == "POST":
        require(may_part)
        try:
            part_files(merge, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
            return redirect("people:twins")
        note_recounts(clauses_counting(merge.kept) + clauses_counting(merge.left), at=timezone.now())
        messages.success(request, f"Dossiers séparés\u00a0: {merge.kept}, et de nouveau {merge.left}.")
        return redirect(merge.kept)
    context = {
        "merge": merge,
        "moved": _moved(merge),
        "swapped": [label_of(name) for name in CHOICES if set(columns_of([name])) & set(merge.swapped)],
        "reasons": why_not_part(merge),
        "may_part": may_part,
    }
    return render(request, "people/part_files.html", context)


def _moved(merge: Merge) -> list[tuple[str, int]]:
    """What went from one file to the other: « Candidatures », 2."""
    return [
        (held.title, len(merge.moved[held.model._meta.label]))
        for held in HELD
        if held.model._meta.label in merge.moved
    ]
