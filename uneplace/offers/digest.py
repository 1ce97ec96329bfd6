"""One mail a morning to each structure: the new offers, and those that it has still to answer in time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.journal.actions import record_many
from uneplace.kit.mails import absolute
from uneplace.mails.actions import write_mail
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation, Partnership
from uneplace.organisations.queries import addresses_of
from uneplace.rules import french
from uneplace.rules.parameters import PARAMETERS

from .models import Application, Diffusion, JobSheet

NEAR_DAYS = 3


@dataclass
class Digest:
    """What one structure is told of today."""

    new: list[Diffusion] = field(default_factory=list)
    near: list[Diffusion] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """« 2 offres nouvelles, 1 réponse attendue »."""
        parts = []
        if self.new:
            parts.append(french.several(len(self.new), "offre nouvelle", "offres nouvelles"))
        if self.near:
            parts.append(french.several(len(self.near), "réponse attendue", "réponses attendues"))
        return ", ".join(parts)


def send_digests(*, at: datetime) -> int:
    """Write to each structure that has something new to read or to answer; answers how many were written to.

    To be called with every service in scope: a structure that works with several reads one mail. Nobody is
    written to twice in a day, and who has no address is not said to have been told.
    """
    on = localtime(at).date()
    digests = _digests(on=on, since=localtime(at).replace(hour=0, minute=0, second=0, microsecond=0))
    sent = 0
    for organisation, digest in digests.items():
        if not (addresses := addresses_of(organisation)):
            continue
        write_mail(
            addresses,
            digest.subject,
            "offers/mails/digest.txt",
            _context(organisation, digest),
            about=[one.job_sheet for one in digest.new + digest.near],
        )
        Diffusion.objects.filter(pk__in=[one.pk for one in digest.new]).update(told_at=at)
        Diffusion.objects.filter(pk__in=[one.pk for one in digest.near]).update(reminded_at=at)
        for service, diffusions in _by_service(digest.new):
            record_many("diffusion.told", about=diffusions, by=Actor(None, service), at=at)
        for service, diffusions in _by_service(digest.near):
            record_many("diffusion.reminded", about=diffusions, by=Actor(None, service), at=at)
        sent += 1
    return sent


def _digests(*, on: date, since: datetime) -> dict[Organisation, Digest]:
    rows = _awaiting(on).select_related(
        "organisation", "job_sheet__commitment__company", "job_sheet__commune", "job_sheet__service"
    )
    told_today = Q(told_at__gte=since) | Q(reminded_at__gte=since)
    rows = rows.exclude(organisation__in=Diffusion.objects.filter(told_today).values("organisation"))
    digests: dict[Organisation, Digest] = defaultdict(Digest)
    for diffusion in rows.order_by("organisation", "job_sheet__apply_before", "pk"):
        digest = digests[diffusion.organisation]
        (digest.new if diffusion.told_at is None else digest.near).append(diffusion)
    return digests


def _awaiting(on: date) -> QuerySet[Diffusion]:
    """Offers still open that a structure, let in by their service, was not told of or has not answered.

    It is told again near the deadline, and when nothing was written for as long as anything may stay silent.
    """
    answered = Application.objects.filter(
        job_sheet=OuterRef("job_sheet"), organisation=OuterRef("organisation")
    )
    let_in = Partnership.objects.in_force().filter(
        service=OuterRef("service"), organisation=OuterRef("organisation")
    )
    near, silence = timedelta(days=NEAR_DAYS), PARAMETERS.turn_silence_days.whole_on(on)
    is_near = Q(job_sheet__apply_before__lte=on + near) & (
        Q(reminded_at=None) | Q(reminded_at__date__lt=F("job_sheet__apply_before") - near)
    )
    too_long_ago = Q(last_told__date__lte=on - timedelta(days=silence - 1))
    is_open = Q(job_sheet__apply_before=None) | Q(job_sheet__apply_before__gt=on)
    rows = Diffusion.objects.alias(last_told=Greatest("told_at", "reminded_at"))
    return rows.filter(
        is_open & (Q(told_at=None) | is_near | too_long_ago),
        Exists(let_in),
        ~Exists(answered),
        nothing_at=None,
        job_sheet__status=JobSheet.Status.PUBLISHED,
    )


def _context(organisation: Organisation, digest: Digest) -> dict[str, object]:
    """What the mail says; a structure of which nobody can sign in answers by calling the service."""
    services = sorted({str(one.job_sheet.service) for one in digest.new + digest.near})
    return {
        "services": "" if organisation.has_account else french.listed(services),
        "organisation": organisation,
        "new": [_line(one) for one in digest.new],
        "near": [_line(one) for one in digest.near],
        "link": absolute(reverse("offers:list")),
    }


def _line(diffusion: Diffusion) -> dict[str, object]:
    sheet = diffusion.job_sheet
    return {
        "sheet": sheet,
        "posts": french.several(sheet.posts, "poste", "postes"),
        "start": french.day(sheet.period.lower),
        "before": french.day(sheet.apply_before) if sheet.apply_before else "",
    }


def _by_service(diffusions: Iterable[Diffusion]) -> Iterable[tuple[Organisation, list[Diffusion]]]:
    by_service: dict[Organisation, list[Diffusion]] = defaultdict(list)
    for diffusion in diffusions:
        by_service[diffusion.job_sheet.service].append(diffusion)
    return by_service.items()
