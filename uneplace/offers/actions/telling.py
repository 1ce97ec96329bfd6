"""Each answer reaches the structure, whoever else follows the person, and the person."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Application
from uneplace.offers.perms import represented
from uneplace.offers.queries import applications_with_file
from uneplace.organisations.actor import Actor

ALREADY_TOLD = "La personne connaît déjà cette réponse."


def tell_answers(applications: Collection[Application], *, by: Actor, at: datetime) -> None:
    """Tell the structures, the other referrers of each person, and those people who wish to be written to, in
    as many queries for many as for one.

    For the others, it is up to their structure to tell: `Application.objects.person_to_tell()`.
    """
    if not applications:
        return
    answered = applications_with_file(Application.objects.filter(pk__in=[one.pk for one in applications]))
    answered = list(answered.order_by("pk"))
    written_to = [one for one in answered if _wishes_a_mail(one)]
    mails.tell_of_answers(answered, to_people=written_to)
    _mark(written_to, at=at, by_email=True)
    record_many("application.person_told", about=written_to, by=by, at=at, by_email=True)
    told = {one.pk for one in written_to}
    for application in applications:
        if application.pk in told:
            application.person_told_at, application.person_told_by_email = at, True


def _wishes_a_mail(application: Application) -> bool:
    person = application.participant
    is_told = application.status in Application.TOLD and person.restricted_at is None
    return is_told and person.told_by_email and bool(person.email)


def why_not_say_told(application: Application) -> list[str]:
    """The reasons that keep a structure from writing down that it told the person."""
    if application.status not in Application.TOLD or application.answered_at is None:
        return ["Il n’y a pas encore de réponse à dire à la personne."]
    return [ALREADY_TOLD] if application.is_person_told else []


@transaction.atomic
def say_told(application: Application, *, by: Actor, at: datetime) -> None:
    """The structure told the person the answer. Raises `Refused`."""
    if reasons := why_not_say_told(application):
        raise Refused(*reasons)
    if not _mark([application], at=at, by_email=False):
        raise Refused(ALREADY_TOLD)
    application.refresh_from_db(fields=["person_told_at", "person_told_by_email"])
    record(
        "application.person_told",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, application.organisation),
        on=localtime(at).date().isoformat(),
    )


def _mark(applications: Collection[Application], *, at: datetime, by_email: bool) -> int:
    rows = Application.objects.person_to_tell().filter(pk__in=[one.pk for one in applications])
    return rows.update(person_told_at=at, person_told_by_email=by_email)
