"""Agreeing on a moment to meet, for the company and for the structure; and its file for a calendar."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.kit.calendar_file import event_file
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application
from uneplace.web.access import access, require
from uneplace.web.offers.meeting_forms import AcceptForm, MeetingForm
from uneplace.web.offers.told import back_from, tell

from .answers import RECRUITERS, answered
from .applications import STRUCTURES, lost_file, visible_applications
from .sheets import EVERYONE

Side = Application.Side


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def propose_meeting(request, pk):
    """The company proposes up to three moments."""
    return proposing(request, pk)


def proposing(request, pk):
    """The page of `propose_meeting`, for an account or a link."""
    return lost_file(request, pk) or _propose(request, answered(request, pk), Side.COMPANY)


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def accept_meeting(request, pk):
    """The company takes one of the moments that the structure proposed."""
    return accepting(request, pk)


def accepting(request, pk):
    """The page of `accept_meeting`, for an account or a link."""
    return lost_file(request, pk) or _accept(request, answered(request, pk), Side.COMPANY)


@access.capacity(*STRUCTURES)
@require_http_methods(["GET", "POST"])
def propose_other_moments(request, pk):
    """The structure proposes other moments, that suit the person."""
    return _propose(request, _followed(request, pk), Side.STRUCTURE)


@access.capacity(*STRUCTURES)
@require_http_methods(["GET", "POST"])
def accept_for_person(request, pk):
    """The structure takes a moment for the person."""
    return _accept(request, _followed(request, pk), Side.STRUCTURE)


def _followed(request, pk) -> Application:
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_meet_for_structure(request.actor, application))
    return application


def _propose(request, application: Application, side: str):
    form = MeetingForm(request.POST or None, initial=_initial(application))
    if form.is_valid():
        if (read := form.cleaned_data["read"]) is not None:
            application.meeting_revision = read
        try:
            actions.propose_meeting(application, side=side, by=request.actor, at=timezone.now(), **form.terms)
        except Refused as refusal:
            application.refresh_from_db()
            form.add_error(None, list(refusal.reasons))
            form.show_again(application)
        else:
            words = {
                Side.COMPANY: "Entretien proposé. La structure prévient la personne.",
                Side.STRUCTURE: "Moments proposés à l’entreprise.",
            }
            return tell(request, application, "entretien", words[side])
    context = {
        "application": application,
        "form": form,
        "reasons": actions.why_not_propose_meeting(application, side=side),
        "back": back_from(request, application),
        "is_company": side == Side.COMPANY,
    }
    return render(request, "offers/meeting.html", context, status=422 if form.errors else 200)


def _initial(application: Application) -> dict[str, object]:
    return {
        "minutes": application.meeting_minutes,
        "place": application.meeting_place,
        "read": application.meeting_revision,
    }


def _accept(request, application: Application, side: str):
    form = AcceptForm(request.POST or None, application=application)
    reasons = actions.why_not_accept_meeting(application, side=side)
    if form.is_valid():
        try:
            actions.accept_meeting(
                application,
                slot=form.cleaned_data["slot"],
                side=side,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            application.refresh_from_db()
            form = AcceptForm(request.POST, application=application)
            form.add_error(None, list(refusal.reasons))
            reasons = actions.why_not_accept_meeting(application, side=side)
        else:
            return tell(request, application, "moment", "Entretien fixé.")
    is_company = side == Side.COMPANY
    others = "meeting" if is_company else "other_moments"
    context = {
        "application": application,
        "form": form,
        "reasons": reasons,
        "back": back_from(request, application),
        "others": f"{'by_link' if request.actor.link else 'offers'}:{others}",
        "is_company": is_company,
    }
    return render(request, "offers/accept_meeting.html", context, status=422 if form.errors else 200)


@access.capacity(*EVERYONE)
@require_GET
def meeting_file(request, pk):
    """The meeting as a file for a calendar. It names no person: calendars are read by others."""
    return calendar_of(request, pk)


def calendar_of(request, pk):
    """The answer of `meeting_file`, for an account or a link."""
    application = get_object_or_404(visible_applications(request), pk=pk)
    if application.meeting_at is None:
        raise Http404
    sheet = application.job_sheet
    content = event_file(
        f"candidature-{application.pk}@{settings.PUBLIC_URL.hostname}",
        revision=application.meeting_revision,
        written_at=timezone.now(),
        starts_at=application.meeting_at,
        minutes=application.meeting_minutes,
        summary=f"Entretien, {sheet.title}, {sheet.commitment.company}",
        place=application.meeting_place,
        words=f"Candidature n°\u00a0{application.pk}, proposée par le service {sheet.service}.",
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="entretien.ics"'
    return response
