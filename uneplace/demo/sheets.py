"""What hangs on the job sheets of the demo: what they ask for, their versions, who received them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from uneplace.offers.actions.criteria import Asked
from uneplace.offers.models import Criterion, Diffusion, JobSheet, JobSheetVersion
from uneplace.offers.versions import content_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .conditions import CONDITIONS
from .posts import Post

Weight, Kind = Criterion.Weight, Criterion.Kind


def asked_of(post: Post) -> list[Asked]:
    """What a sheet asks for: the licences of its trade, then the words of its line."""
    conditions = CONDITIONS[post.rome]
    return [
        *(Asked(Weight.HARD, Kind.LICENCE, licence=code) for code in conditions.licences),
        *(Asked(Weight.HARD, text=text) for text in post.hard),
        *(Asked(Weight.SOFT, Kind.LICENCE, licence=code) for code in conditions.wished),
        *(Asked(Weight.SOFT, text=text) for text in post.soft),
    ]


def keep_versions(sheet: JobSheet, by: Actor, *, at: datetime) -> None:
    """Each sheet as it was first written; that of many posts was first written for two, which paid less."""
    content = content_of(sheet)
    versions = [(content, sheet.created_at)]
    if sheet.posts > 2:
        first = content | {"posts": "2", "pay": "12,02\u00a0€ de l’heure", "deputy": ""}
        versions = [(first, sheet.created_at), (content, sheet.created_at + timedelta(hours=26))]
        JobSheet.objects.filter(pk=sheet.pk).update(revision=len(versions))
        sheet.revision = len(versions)
    JobSheetVersion.objects.bulk_create(
        JobSheetVersion(
            service=sheet.service,
            job_sheet=sheet,
            number=number,
            content=words,
            written_at=min(written_at, at),
            written_by=by.user,
            written_for=by.organisation,
        )
        for number, (words, written_at) in enumerate(versions, start=1)
    )


def send(
    sheet: JobSheet,
    to: Collection[Organisation],
    *,
    answered: Collection[Organisation],
    nobody: Organisation,
    at: datetime,
) -> None:
    """The sheet at each structure: told the next morning, opened by those that answered or have nobody."""
    told_at = min(sheet.published_at + timedelta(days=1), at)
    Diffusion.objects.bulk_create(
        Diffusion(
            service=sheet.service,
            job_sheet=sheet,
            organisation=organisation,
            sent_at=sheet.published_at,
            told_at=told_at,
            opened_at=told_at if organisation in answered or organisation == nobody else None,
            nothing_at=told_at if organisation == nobody else None,
            nothing_reason=Diffusion.NothingReason.NOBODY if organisation == nobody else "",
        )
        for organisation in to
    )
