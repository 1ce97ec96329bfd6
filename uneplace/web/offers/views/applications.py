"""Applications: put forward by a structure, agreed to by the person, followed, taken back."""

from pathlib import PurePath

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.journal.actions import record_reading
from uneplace.journal.models import FieldsGroup
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.kit.uploads import CONTENT_TYPES
from uneplace.mails.queries import mails_about
from uneplace.offers import actions, perms
from uneplace.offers.actions import meanwhile
from uneplace.offers.models import Application, Reminder, Transmission
from uneplace.offers.plain_words import words_for_person
from uneplace.offers.queries import (
    applications_with_file,
    files_of,
    put_forward_for,
    silent_addressees,
    start_day,
)
from uneplace.offers.silence import closing_of
from uneplace.offers.whose_turn import steps_of_applications
from uneplace.organisations.models import Capacity
from uneplace.people.models import Participant
from uneplace.people.queries import standings
from uneplace.web.access import access, require
from uneplace.web.offers.forms import STRUCTURE_REASONS, AgreementForm, DeclineForm
from uneplace.web.offers.held import held_file, hold
from uneplace.web.offers.people_forms import PutForwardForm
from uneplace.web.offers.rows import criteria_of, eligibility_line, followed_rows
from uneplace.web.offers.steps import steps_of
from uneplace.web.offers.told import tell
from uneplace.web.offers.turns import turn_of_application
from uneplace.web.templatetags.ui import day_words

from .sheets import EVERYONE, visible_sheets

PAGE = 30
STRUCTURES = (Capacity.FACILITATOR, Capacity.INSERTION_EMPLOYER, Capacity.REFERRER)
CV_SCREENS = {f"offers:{name}" for name in ("application", "candidates", "preselection", "transmit")}
CV_SCREENS |= {"by_link:sheet"}


def visible_applications(request):
    """The applications that one may see, with all that their pages show."""
    return applications_with_file(Application.objects.visible_to(request.actor)).select_related(
        "job_sheet__commitment__clause__lot__contract", "job_sheet__rome", "participant__commune", "service"
    )


def lost_file(request, pk):
    """A company that had received a file learns why it is gone, without a name; None for anything else."""
    taken_back = Transmission.objects.filter(
        application=pk, company=request.actor.organisation, withdrawn_at__isnull=False
    )
    if request.actor.link is not None:
        taken_back = taken_back.filter(application__job_sheet=request.actor.link.thing_id)
    transmission = taken_back.select_related("application").first()
    if transmission is None or request.actor.stands_for(transmission.application.organisation_id):
        return None
    words = f"{meanwhile(transmission.application)} Son dossier n’est plus visible."
    return tell(request, transmission.application, "retiree", words, level=messages.ERROR)


@access.capacity(*STRUCTURES)
@require_http_methods(["GET", "POST"])
def put_forward(request, pk):
    """Put one person forward: somebody known, or a new person."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    actor = request.actor
    require(perms.can_put_forward(actor, sheet))
    stands_in = not perms.is_addressee(actor, sheet)
    people = Participant.objects.known().filter(service=sheet.service)
    people = people.exclude(pk__in=put_forward_for(sheet).values("participant"))
    if not stands_in:
        people = people.filter(supports__organisation=actor.organisation)
    structures = None
    if stands_in:
        structures = silent_addressees(sheet)
    form = PutForwardForm(
        request.POST or None,
        request.FILES or None,
        sheet=sheet,
        people=people.by_name() if not stands_in else people.none(),
        structures=structures,
        known=request.GET.get("personne"),
        # A structure is asked about its own people only: it learns of nobody whom others follow.
        twins_among=Participant.objects.visible_to(actor).known().filter(service=sheet.service),
    )
    held = held_file(request.POST.get("held", ""), by=actor.user)
    if form.is_valid():
        cv = form.cleaned_data["cv"] or (held.read() if held else None)
        try:
            application = actions.put_forward(
                sheet,
                organisation=form.cleaned_data.get("organisation") or actor.organisation,
                cv=cv,
                cv_name=cv.name if cv else "",
                by=actor,
                at=timezone.now(),
                **form.terms,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            if held:
                held.release()
            messages.success(
                request, f"Candidature envoyée à {sheet.service}\u00a0: {application.participant}."
            )
            return redirect(application)
    context = {
        "sheet": sheet,
        "form": form,
        "reasons": actions.why_not_put_forward(sheet, on=timezone.localdate()),
        "stands_in": stands_in,
    }
    if form.errors and (cv := form.cleaned_data.get("cv")):
        held = hold(cv, by=actor.user, at=timezone.now())
    context["held"] = held
    return render(request, "offers/put_forward.html", context, status=422 if form.errors else 200)


@access.capacity(*EVERYONE)
@require_GET
def show_application(request, pk):
    """One application: whole for the service and its structure, what was transmitted for the company."""
    if lost := lost_file(request, pk):
        return lost
    application = get_object_or_404(visible_applications(request).prefetch_related("answers"), pk=pk)
    return _show(request, application)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def read_note(request, pk):
    """Show what the structure wrote of the person to whoever asks for it; the journal keeps who and when."""
    application = get_object_or_404(visible_applications(request).prefetch_related("answers"), pk=pk)
    record_reading(
        application.participant,
        fields_group=FieldsGroup.NOTE,
        screen="offers:application",
        application=application.pk,
        by=request.actor,
        at=timezone.now(),
    )
    if request.htmx:
        return render(request, "offers/_note.html", {"application": application, "shows_note": True})
    return _show(request, application, shows_note=True)


def _show(request, application, *, shows_note=False):
    actor, on = request.actor, timezone.localdate()
    sheet = application.job_sheet
    facts = files_of([application], on=on)[application.pk]
    context = {
        "application": application,
        "sheet": sheet,
        "steps": steps_of(application),
        "closing": closing_of(application),
        "turn": turn_of_application(
            application,
            steps_of_applications([application], at=timezone.now()).get(application.pk),
            actor,
            on=on,
            is_eligible=facts.decision is not None,
        ),
        "may_read_cv": bool(application.cv) and perms.can_read_cv(actor, application),
        "may_answer": perms.can_answer(actor, application) and not actions.why_not_answer(application),
        "may_choose": perms.can_answer(actor, application) and not actions.why_not_choose(application),
        "may_accept": perms.can_answer(actor, application)
        and not actions.why_not_accept_meeting(application, side=Application.Side.COMPANY),
        "meets_for_structure": perms.can_meet_for_structure(actor, application)
        and not actions.why_not_propose_meeting(application, side=Application.Side.STRUCTURE),
        "may_accept_for_structure": perms.can_meet_for_structure(actor, application)
        and not actions.why_not_accept_meeting(application, side=Application.Side.STRUCTURE),
        "stands_in": not actor.stands_for(sheet.commitment.company_id),
    }
    if perms.reads_as_company(actor, application):
        context["criteria"] = criteria_of(application)
        context["in_hands"] = perms.can_read_cv(actor, application)
        return render(request, "offers/application_company.html", context)
    standing = standings([application.participant], on=start_day(sheet, on=on)).get(
        application.participant_id
    )
    words = day_words(standing.until, "date") if standing and standing.until else ""
    context |= {
        "criteria": criteria_of(application, eligibility_line(standing, words)),
        "standing": standing,
        "agreement": facts.agreement or "TO_COLLECT",
        "serves": actor.serves(application),
        "words": words_for_person(application)
        if perms.can_withdraw(actor, application) and not actions.why_not_say_told(application)
        else "",
        "shows_note": shows_note or actor.stands_for(application.organisation_id),
        "may_note_agreement": perms.can_record_agreement(actor, application)
        and application.status in Application.OPEN
        and application.status not in perms.IN_COMPANY_HANDS,
        "may_study": perms.can_manage(actor, sheet) and not actions.why_not_study(application),
        "reminders": _reminders(application) if actor.serves(application) else [],
        "may_withdraw": perms.can_withdraw(actor, application) and not actions.why_not_withdraw(application),
        "may_send_again": perms.is_addressee(actor, sheet)
        and actor.writes
        and not actions.why_not_put_forward(sheet, on=on)
        and not put_forward_for(sheet).filter(pk=application.pk).exists(),
        "reasons": actions.why_not_transmit(application, facts)
        if application.status == Application.Status.SHORTLISTED
        else [],
        "history": entries_about(application)[:20] if actor.serves(application) else [],
        "mails": list(mails_about(actor, application)[:20]),
    }
    return render(request, "offers/application.html", context)


def _reminders(application) -> list[Reminder]:
    """Who was told that an act is awaited, the latest first."""
    return list(application.reminders.select_related("told").order_by("-sent_at", "-pk")[:10])


@access.capacity(Capacity.FACILITATOR)
@require_POST
def study(request, pk):
    """Say that the file is being studied, so that the structure reads it."""
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_manage(request.actor, application.job_sheet))
    try:
        actions.study(application, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"Candidature mise à l’étude\u00a0: {application.organisation} le lit.")
    return redirect(application)


@access.capacity(*STRUCTURES)
@require_http_methods(["GET", "POST"])
def record_agreement(request, pk):
    """Write down the person's answer to the transmission."""
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_record_agreement(request.actor, application))
    form = AgreementForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_agreement(application, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Réponse de la personne gardée.")
            return redirect(application)
    context = {"application": application, "form": form}
    return render(request, "offers/agreement.html", context, status=422 if form.errors else 200)


@access.capacity(*STRUCTURES)
@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Take a candidate back, with a reason."""
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_withdraw(request.actor, application))
    form = DeclineForm(request.POST or None, reasons=STRUCTURE_REASONS, reader=str(application.service))
    if form.is_valid():
        try:
            actions.withdraw(application, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Candidature retirée.")
            return redirect(application)
    context = {"application": application, "form": form, "reasons": actions.why_not_withdraw(application)}
    return render(request, "offers/withdraw.html", context, status=422 if form.errors else 200)


@access.capacity(*EVERYONE)
@require_POST
def open_cv(request, pk):
    """The CV as a file to keep, never opened inside the site, under the name that its author gave it."""
    return cv_of(request, pk)


def cv_of(request, pk):
    """The answer of `open_cv`, for an account or a link.

    The journal keeps who opened whose, and from which page: the form names it among those that offer to.
    """
    application = get_object_or_404(Application.objects.visible_to(request.actor), pk=pk)
    if not application.cv or not perms.can_read_cv(request.actor, application):
        raise Http404
    screen = request.POST.get("screen", "")
    record_reading(
        application.participant,
        fields_group=FieldsGroup.CV,
        screen=screen if screen in CV_SCREENS else "offers:cv",
        application=application.pk,
        by=request.actor,
        at=timezone.now(),
    )
    kind = CONTENT_TYPES[PurePath(application.cv.name).suffix]
    with application.cv.open("rb") as file:
        response = HttpResponse(file.read(), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, application.cv_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access.capacity(Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
@require_GET
def list_answers(request):
    """The answers received for the people one put forward, newest first."""
    answered = Application.objects.filter(organisation=request.actor.organisation, answered_at__isnull=False)
    found = applications_with_file(answered.order_by("-answered_at", "-pk"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = followed_rows(page.object_list, request.actor, on=timezone.localdate())
    return render(request, "offers/list_answers.html", {"page": page, "rows": rows})
