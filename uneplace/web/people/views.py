"""People: listed, read, set right; their eligibility decided; their grounds read only when asked for."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Sum
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.hours.models import LedgerEntry, Placement
from uneplace.hours.recount import clauses_counting, note_recounts
from uneplace.hours.stages import Stage
from uneplace.hours.totals import counted_total
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application
from uneplace.offers.queries import applications_with_file
from uneplace.organisations.models import Capacity
from uneplace.people import actions, perms
from uneplace.people.abilities import Schedule
from uneplace.people.addresses import Located, locate
from uneplace.people.models import EligibilityDecision, Participant, Resemblance, Support
from uneplace.people.proof_files import why_not_join
from uneplace.people.proof_policy import proof_months_of
from uneplace.people.queries import standing_of, standings
from uneplace.people.requests import open_request, why_not_request
from uneplace.rules.eligibility import Ground
from uneplace.rules.explanation import StepRecord, as_json
from uneplace.rules.validity import explain_validity
from uneplace.web.access import access, require
from uneplace.web.keyset import after_token, keys_after
from uneplace.web.numbers import whole_number
from uneplace.web.offers.awaiting import agreements_to_collect
from uneplace.web.offers.held import held_file, hold
from uneplace.web.offers.rows import followed_rows
from uneplace.web.people import mine
from uneplace.web.people.forms import CorrectForm, EligibilityForm
from uneplace.web.people.merged import leads_to_the_kept_file
from uneplace.web.shared_forms import reread

PAGE = 40
LOCATE = "situer"
READERS = (Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)


@access.capacity(*READERS)
@require_GET
def list_people(request):
    """The people of the service, or those that one's structure follows, and what became of each."""
    actor, on = request.actor, timezone.localdate()
    if not actor.is_facilitator:
        return _list_mine(request)
    people = Participant.objects.visible_to(actor).known()
    search = request.GET.get("q", "").strip()
    found = people.matching(search) if search else people
    applications = applications_with_file(Application.objects.visible_to(actor)).order_by("-sent_at", "-pk")
    placements = (
        mine.visible_placements(actor).select_related("employer").order_by("-period__startswith", "-pk")
    )
    page = Paginator(
        found.select_related("commune")
        .prefetch_related(
            Prefetch("applications", applications, to_attr="shown_applications"),
            Prefetch("placements", placements, to_attr="shown_placements"),
            Prefetch("supports", Support.objects.select_related("organisation").order_by("-since")),
        )
        .by_name(),
        PAGE,
    ).get_page(request.GET.get("page"))
    known = standings(page.object_list, on=on)
    rows = [_row(person, known.get(person.pk), actor, on) for person in page.object_list]
    context = {"page": page, "rows": rows, "search": search, "total": page.paginator.count}
    context["twins"] = Resemblance.objects.visible_to(actor).open().count()
    return render(request, "people/list_people.html", context)


def _list_mine(request):
    """Everybody whom one's structure follows, and where each stands."""
    actor, on = request.actor, timezone.localdate()
    people = mine.my_people(actor, on=on)
    search, stage = request.GET.get("q", "").strip(), request.GET.get("ou", "")
    if search:
        people = people.matching(search)
    counts = mine.counts_by_stage(people)
    found = people.filter(stage=stage) if stage in Stage.values else people
    after = keys_after(request.GET.get("apres", ""), size=len(mine.KEYS))
    rows, has_more = mine.page_of(found, actor, after=after, on=on, at=timezone.now())
    context = {
        "rows": rows,
        "search": search,
        "after": after,
        "next": after_token(rows[-1].keys) if has_more else "",
        "total": sum(count for _, count in counts),
        "chips": [
            {"key": one.value, "label": one.label, "count": count, "on": one == stage}
            for one, count in counts
        ],
        "everybody": stage not in Stage.values,
        "to_agree": list(agreements_to_collect(actor)[:PAGE]),
    }
    return render(request, "people/my_people.html", context)


def _row(person: Participant, standing, actor, on) -> dict:
    """One person with the last thing that happened: the application, then the work contract."""
    followed = followed_rows(person.shown_applications[:1], actor, on=on)
    placement = person.shown_placements[0] if person.shown_placements else None
    return {
        "person": person,
        "standing": standing,
        "last": followed[0] if followed else None,
        "applications": len(person.shown_applications),
        "placement": placement,
        "placement_state": _state_of(placement, on) if placement else "",
    }


def _state_of(placement: Placement, on) -> str:
    if placement.period.lower > on:
        return "UPCOMING"
    if placement.period.upper is not None and placement.period.upper <= on:
        return "ENDED"
    return "RUNNING"


def _visible(request):
    return Participant.objects.visible_to(request.actor).select_related("commune", "service")


@access.capacity(*READERS)
@require_GET
@leads_to_the_kept_file
def show_participant(request, pk):
    """One person: the path, without a word of the grounds."""
    participant = get_object_or_404(_visible(request), pk=pk)
    return render(request, "people/participant.html", _file(request, participant))


@access.capacity(*READERS)
@require_POST
def read_grounds(request, pk):
    """Show the grounds and proofs to whoever asks for them; the journal keeps who, whom, what and where."""
    participant = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_read_grounds(request.actor, participant))
    actions.read_grounds(participant, screen="people:participant", by=request.actor, at=timezone.now())
    decisions = participant.decisions.select_related("decided_by").prefetch_related("proofs__evidence")
    context = {
        "participant": participant,
        "may_join": perms.can_join_proof(request.actor, participant),
        "may_take_back": perms.can_take_proof_file_back(request.actor, participant),
        "read": [
            {
                "decision": decision,
                "grounds": [Ground(code) for code in decision.grounds],
                "main": Ground(decision.main_ground) if decision.main_ground else None,
                "proofs": [
                    (Ground(proof.ground), proof, why_not_join(proof)) for proof in decision.proofs.all()
                ],
            }
            for decision in decisions
        ],
    }
    if request.htmx:
        return render(request, "people/_grounds.html", context)
    return render(request, "people/participant.html", _file(request, participant) | context)


def _why_until(decision: EligibilityDecision) -> list[StepRecord]:
    """« Pourquoi cette date ? » of a decision that lets somebody start, its grounds left out."""
    if decision.valid_until is None or decision.decided_on is None:
        return []
    return as_json(explain_validity(decision.decided_on, decision.valid_until))


def _started_under(decision: EligibilityDecision, placements: Sequence[Placement]) -> int:
    """How many of these work contracts started while the decision let the person start."""
    if decision.valid_until is None or decision.decided_on is None:
        return 0
    return sum(decision.decided_on <= one.period.lower < decision.valid_until for one in placements)


def _file(request, participant: Participant) -> dict:
    """All that the page of a person shows, grounds left out."""
    actor, on = request.actor, timezone.localdate()
    applications = applications_with_file(
        Application.objects.visible_to(actor).filter(participant=participant).order_by("-sent_at", "-pk")
    )
    placements = list(
        mine.visible_placements(actor)
        .filter(participant=participant)
        .select_related("employer")
        .annotate(counted=Sum("ledger_entries__counted"))
        .order_by("-period__startswith", "-pk")
    )
    decisions = list(
        participant.decisions.select_related("decided_by", "requested_by").defer("situation", "explanation")
    )
    counted = counted_total(LedgerEntry.objects.filter(placement__in=placements))
    asked = next((one for one in decisions if one.status == EligibilityDecision.Status.REQUESTED), None)
    return {
        "participant": participant,
        "standing": standings([participant], on=on).get(participant.pk),
        "asked": asked,
        "asked_proofs": asked.proofs.count() if asked else 0,
        "may_request": perms.can_request_decision(actor, participant)
        and not why_not_request(participant, on=on),
        "decisions": [
            (one, standing_of(one, on=on), _why_until(one), _started_under(one, placements))
            for one in decisions
        ],
        "rows": followed_rows(applications, actor, on=on),
        "placements": [(placement, _state_of(placement, on)) for placement in placements],
        "counted": counted,
        "supports": participant.supports.select_related("organisation").order_by("since", "pk"),
        "informations": participant.informations.select_related("organisation"),
        "licences": participant.licences_in_words,
        "trades": participant.trades.select_related("rome"),
        "schedules": [Schedule(code).label for code in participant.schedules],
        "may_decide": perms.can_decide(actor, participant),
        "may_correct": perms.can_correct(actor, participant),
        "may_merge": perms.can_merge(actor, participant) and participant.anonymised_at is None,
        "may_read_grounds": perms.can_read_grounds(actor, participant),
        "serves": actor.serves(participant),
        "history": entries_about(participant)[:20] if actor.serves(participant) else [],
        "merges": participant.merges.select_related("left") if actor.serves(participant) else [],
    }


@access.capacity(*READERS)
@require_http_methods(["GET", "POST"])
@leads_to_the_kept_file
def correct_participant(request, pk):
    """Set identity and means of contact right."""
    participant = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_correct(request.actor, participant))
    form = CorrectForm(request.POST or None, participant=participant)
    if form.is_valid():
        try:
            actions.correct_participant(
                participant,
                **form.identity,
                read=form.cleaned_data["read"] or None,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            participant = get_object_or_404(_visible(request), pk=pk)
            make = partial(CorrectForm, participant=participant)
            form = reread(form, make(), refusal, make)
        else:
            messages.success(request, "Fiche corrigée.")
            return redirect(participant)
    context = {"participant": participant, "form": form}
    return render(request, "people/correct_participant.html", context, status=422 if form.errors else 200)


def _answered(typed: QueryDict, located: Located | None) -> QueryDict:
    """What was typed, with what the map says when nobody answered yet."""
    if located is None or located.in_district is None or typed.get("lives_in_qpv"):
        return typed
    answered = typed.copy()
    answered["lives_in_qpv"] = "oui" if located.in_district else "non"
    return answered


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
@leads_to_the_kept_file
def decide_eligibility(request, pk):
    """Decide on eligibility: the situation, what the rule answers as one types, the proofs, the decision.

    « Calculer » shows the grounds met without keeping anything.
    """
    participant = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_decide(request.actor, participant))
    on = timezone.localdate()
    initial = {"born_on": participant.born_on, "diploma_level": participant.diploma_level}
    months = proof_months_of(participant.service, on=on)
    aside = held_file(request.POST.get("held", ""), by=request.actor.user)
    form = EligibilityForm(
        request.POST or None,
        request.FILES or None,
        on=on,
        proof_months=months,
        initial=initial,
        held=aside.read() if aside else None,
    )
    is_preview = "calculer" in request.POST or LOCATE in request.POST or bool(request.htmx)
    located, unlocated = None, []
    if LOCATE in request.POST:
        try:
            located = locate(participant, by=request.actor, at=timezone.now())
        except Refused as refusal:
            unlocated = refusal.reasons
        answered = _answered(request.POST, located)
        form = EligibilityForm(answered, request.FILES or None, on=on, proof_months=months, held=form.held)
    if form.is_valid() and not is_preview:
        given = form.cleaned_data
        try:
            actions.decide_eligibility(
                participant,
                situation=form.situation,
                proofs=form.proofs,
                verdict=given["verdict"],
                main_ground=given["main_ground"],
                reason=given["reason"],
                seen=whole_number(request.POST.get("seen")),
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            if aside:
                aside.release()
            note_recounts(clauses_counting(participant), at=timezone.now())
            messages.success(request, "Décision enregistrée.")
            return redirect(participant)
    if is_preview:
        # One is still typing: what is missing of the decision is not an error yet.
        for name in ("verdict", "main_ground", "reason"):
            form.errors.pop(name, None)
    if form.is_bound and form.chosen:
        aside = hold(form.chosen, by=request.actor.user, at=timezone.now())
    context = {
        "participant": participant,
        "form": form,
        "held": aside,
        "last": EligibilityDecision.objects.taken().filter(participant=participant).first(),
        "asked": open_request(participant),
        "on": on,
        "located": located,
        "unlocated": unlocated,
    }
    if request.htmx:
        return render(request, "people/_preview.html", context)
    failed = bool(form.errors) and not is_preview
    return render(request, "people/decide_eligibility.html", context, status=422 if failed else 200)
