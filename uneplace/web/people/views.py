"""People: listed, read, set right; their eligibility decided; their grounds read only when asked for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.hours.models import LedgerEntry, Placement
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application
from uneplace.offers.queries import applications_with_file
from uneplace.organisations.models import Capacity
from uneplace.people import actions, perms
from uneplace.people.models import EligibilityDecision, Participant, Support
from uneplace.people.queries import standing_of, standings
from uneplace.rules.eligibility import Ground
from uneplace.web.access import access, require
from uneplace.web.offers.rows import followed_rows
from uneplace.web.offers.todos import agreements_to_collect
from uneplace.web.people.forms import CorrectForm, EligibilityForm

PAGE = 40
READERS = (Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)


@access.capacity(*READERS)
@require_GET
def list_people(request):
    """The people of the service, or those that one's structure follows, and what became of each."""
    actor, on = request.actor, timezone.localdate()
    people = Participant.objects.visible_to(actor).known()
    search = request.GET.get("q", "").strip()
    found = people.matching(search) if search else people
    applications = applications_with_file(Application.objects.visible_to(actor)).order_by("-sent_at", "-pk")
    placements = _placements(actor).select_related("employer").order_by("-period__startswith", "-pk")
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
    if not actor.is_facilitator:
        context["to_agree"] = list(agreements_to_collect(actor)[:PAGE])
    template = "people/list_people.html" if actor.is_facilitator else "people/my_people.html"
    return render(request, template, context)


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


def _placements(actor):
    """A referrer follows the person, all work contracts included; an employer sees those it takes part in."""
    if actor.can(Capacity.REFERRER):
        return Placement.objects.all()
    return Placement.objects.visible_to(actor)


def _visible(request):
    return Participant.objects.visible_to(request.actor).select_related("commune", "service")


@access.capacity(*READERS)
@require_GET
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
        "read": [
            {
                "decision": decision,
                "grounds": [Ground(code) for code in decision.grounds],
                "main": Ground(decision.main_ground) if decision.main_ground else None,
                "proofs": [(Ground(proof.ground), proof.evidence) for proof in decision.proofs.all()],
            }
            for decision in decisions
        ],
    }
    if request.htmx:
        return render(request, "people/_grounds.html", context)
    return render(request, "people/participant.html", _file(request, participant) | context)


def _file(request, participant: Participant) -> dict:
    """All that the page of a person shows, grounds left out."""
    actor, on = request.actor, timezone.localdate()
    applications = applications_with_file(
        Application.objects.visible_to(actor).filter(participant=participant).order_by("-sent_at", "-pk")
    )
    placements = list(
        _placements(actor)
        .filter(participant=participant)
        .select_related("employer")
        .annotate(counted=Sum("ledger_entries__counted"))
        .order_by("-period__startswith", "-pk")
    )
    decisions = list(participant.decisions.select_related("decided_by").defer("situation", "explanation"))
    counted = LedgerEntry.objects.filter(placement__in=placements).aggregate(total=Sum("counted"))["total"]
    standing = standing_of(decisions[0], on=on) if decisions else None
    return {
        "participant": participant,
        "standing": standing,
        "decisions": [(decision, standing_of(decision, on=on)) for decision in decisions],
        "rows": followed_rows(applications, actor, on=on),
        "placements": [(placement, _state_of(placement, on)) for placement in placements],
        "counted": counted,
        "supports": participant.supports.select_related("organisation").order_by("since", "pk"),
        "informations": participant.informations.select_related("organisation"),
        "licences": participant.licences_in_words,
        "may_decide": perms.can_decide(actor, participant),
        "may_correct": perms.can_correct(actor, participant),
        "may_read_grounds": perms.can_read_grounds(actor, participant),
        "serves": actor.serves(participant),
        "history": entries_about(participant)[:20] if actor.serves(participant) else [],
    }


@access.capacity(*READERS)
@require_http_methods(["GET", "POST"])
def correct_participant(request, pk):
    """Set identity and means of contact right."""
    participant = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_correct(request.actor, participant))
    form = CorrectForm(request.POST or None, participant=participant)
    if form.is_valid():
        actions.correct_participant(participant, **form.identity, by=request.actor, at=timezone.now())
        messages.success(request, "Fiche corrigée.")
        return redirect(participant)
    context = {"participant": participant, "form": form}
    return render(request, "people/correct_participant.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def decide_eligibility(request, pk):
    """Decide on eligibility: the situation, what the rule answers as one types, the proofs, the decision.

    « Calculer » shows the grounds met without keeping anything.
    """
    participant = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_decide(request.actor, participant))
    on = timezone.localdate()
    initial = {"born_on": participant.born_on, "diploma_level": participant.diploma_level}
    form = EligibilityForm(request.POST or None, on=on, initial=initial)
    is_preview = "calculer" in request.POST or bool(request.htmx)
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
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Décision enregistrée.")
            return redirect(participant)
    if is_preview:
        # One is still typing: what is missing of the decision is not an error yet.
        for name in ("verdict", "main_ground", "reason"):
            form.errors.pop(name, None)
    context = {
        "participant": participant,
        "form": form,
        "last": EligibilityDecision.objects.filter(participant=participant).first(),
        "on": on,
    }
    if request.htmx:
        return render(request, "people/_preview.html", context)
    failed = bool(form.errors) and not is_preview
    return render(request, "people/decide_eligibility.html", context, status=422 if failed else 200)
