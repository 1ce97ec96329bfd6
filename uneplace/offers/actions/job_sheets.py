from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from uneplace.contracts.models import Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import HOLDS_POST, JobSheet, JobSheetVersion
from uneplace.offers.perms import IN_COMPANY_HANDS, represented
from uneplace.offers.versions import content_of, missing_from
from uneplace.organisations.actor import Actor
from uneplace.rules.french import listed, several

from .criteria import Asked, write_criteria
from .moves import move_sheet

Status = JobSheet.Status
OPEN_TO_CHANGE = (Status.DRAFT, Status.TO_AGREE)
FIELDS = [
    "title",
    "rome",
    "tasks",
    "posts",
    "commune",
    "period",
    "weekly_hours",
    "schedules",
    "timetable",
    "without_car",
    "access",
    "modality",
    "demands",
    "equipment",
    "equipment_by",
    "pay",
    "pay_unit",
    "tutor_name",
    "tutor_phone",
    "deputy_name",
    "deputy_phone",
    "apply_before",
]


@transaction.atomic
def draft_job_sheet(
    commitment: Commitment, *, criteria: Iterable[Asked] = (), by: Actor, at: datetime, **fields: Any
) -> JobSheet:
    """Open a job sheet for a commitment; a facilitator's is a draft, a company's is shared at once.

    `fields` are the model's (title, rome, posts, commune, period, weekly_hours…); `criteria` what the job
    asks for, in order.
    """
    by_service = by.serves(commitment)
    sheet = JobSheet.objects.create(
        service=commitment.service,
        commitment=commitment,
        status=Status.DRAFT if by_service else Status.TO_AGREE,
        created_at=at,
        acted_at=at,
        **fields,
    )
    write_criteria(sheet, criteria)
    keep_version(sheet, by=by, at=at)
    record("job_sheet.drafted", about=sheet, by=by, at=at)
    if not by_service:
        mails.tell_service_of_sheet(sheet, "a rédigé une fiche de poste")
    return sheet


def keep_version(sheet: JobSheet, *, by: Actor, at: datetime, reason: str = "") -> JobSheetVersion:
    """Keep what the sheet says now, under its revision."""
    return JobSheetVersion.objects.create(
        service=sheet.service,
        job_sheet=sheet,
        number=sheet.revision,
        content=content_of(sheet),
        written_at=at,
        written_by=by.user,
        written_for=by.organisation,
        reason=reason,
    )


def why_not_revise(sheet: JobSheet) -> list[str]:
    """Criteria are fixed before files are read, so nothing changes once the sheet is published."""
    if sheet.status in OPEN_TO_CHANGE:
        return []
    if sheet.status == Status.PUBLISHED:
        return ["La fiche est diffusée\u00a0: ses conditions et ses critères ne changent plus."]
    return ["La fiche est pourvue ou close\u00a0: elle ne change plus."]


@transaction.atomic
def revise_job_sheet(
    sheet: JobSheet, *, criteria: Iterable[Asked] = (), by: Actor, at: datetime, **fields: Any
) -> None:
    """Change a sheet that is not published; whoever had agreed is asked again."""
    if reasons := why_not_revise(sheet):
        raise Refused(*reasons)
    chosen = sheet.applications.filter(HOLDS_POST).count()
    if fields.get("posts", sheet.posts) < chosen:
        people = several(chosen, "personne est déjà choisie", "personnes sont déjà choisies")
        raise Refused(f"{people}\u00a0: il ne peut pas y avoir moins de postes.")
    had_agreed = sheet.agreed_by_service_at or sheet.agreed_by_company_at
    move_sheet(
        sheet,
        OPEN_TO_CHANGE,
        revision=sheet.revision + 1,
        agreed_by_service_at=None,
        agreed_by_company_at=None,
        at=at,
        **{name: fields[name] for name in FIELDS if name in fields},
    )
    write_criteria(sheet, criteria)
    keep_version(sheet, by=by, at=at)
    record("job_sheet.revised", about=sheet, by=by, at=at, revision=sheet.revision)
    if sheet.status == Status.DRAFT:
        return
    words = (
        "a changé la fiche de poste, et l’accord est à redonner"
        if had_agreed
        else "a corrigé la fiche de poste"
    )
    if by.serves(sheet):
        mails.tell_company_of_sheet(sheet, words, by=by, at=at)
    else:
        mails.tell_service_of_sheet(sheet, words)


@transaction.atomic
def share(sheet: JobSheet, *, by: Actor, at: datetime) -> None:
    """Give a draft to the company to read, correct and agree to."""
    if sheet.status != Status.DRAFT:
        raise Refused("Cette fiche est déjà partagée avec l’entreprise.")
    move_sheet(sheet, [Status.DRAFT], status=Status.TO_AGREE, at=at)
    record("job_sheet.shared", about=sheet, by=by, at=at)
    mails.tell_company_of_sheet(sheet, "vous propose une fiche de poste à relire", by=by, at=at)


def why_not_agree(sheet: JobSheet, *, for_company: bool) -> list[str]:
    """The reasons that keep one of the two from agreeing to the sheet."""
    if sheet.status != Status.TO_AGREE:
        return ["Cette fiche n’attend plus d’accord."]
    if sheet.agreed_by_company_at if for_company else sheet.agreed_by_service_at:
        return ["L’accord est déjà donné."]
    if missing := missing_from(sheet):
        return [f"Il manque encore\u00a0: {listed(missing)}."]
    return []


@transaction.atomic
def agree(sheet: JobSheet, *, for_company: bool, revision: int, by: Actor, at: datetime) -> None:
    """Agree to the sheet as it stood at `revision`, for the company or for the service.

    The service may agree in the name of a company without account; the journal says so.
    """
    if sheet.revision != revision:
        raise Refused("La fiche a changé depuis que vous l’avez lue. Relisez-la, puis donnez votre accord.")
    if reasons := why_not_agree(sheet, for_company=for_company):
        raise Refused(*reasons)
    field = "agreed_by_company_at" if for_company else "agreed_by_service_at"
    move_sheet(sheet, [Status.TO_AGREE], at=at, **{field: at})
    behalf = represented(by, sheet.commitment.company) if for_company else None
    record("job_sheet.agreed", about=sheet, by=by, at=at, on_behalf_of=behalf, revision=revision)
    if not for_company:
        mails.tell_company_of_sheet(sheet, "est d’accord avec la fiche de poste", by=by, at=at)
    elif behalf is None:
        mails.tell_service_of_sheet(sheet, "est d’accord avec la fiche de poste")


def why_not_take_up(sheet: JobSheet) -> list[str]:
    """The reasons that keep a published sheet from being changed after all."""
    if sheet.status != Status.PUBLISHED:
        return ["Cette fiche n’est pas diffusée."]
    if sheet.applications.filter(status__in=IN_COMPANY_HANDS).exists():
        return ["Des dossiers sont chez l’entreprise\u00a0: attendez sa réponse avant de changer la fiche."]
    return []


@transaction.atomic
def take_up(sheet: JobSheet, *, reason: str, by: Actor, at: datetime) -> None:
    """Take a published sheet up again, with a reason that is kept: both have to agree to the new version.

    Nobody is put forward nor kept meanwhile. Criteria that change after files were read are thus seen to have
    changed, by whom and why.
    """
    JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)  # until then, no file is sent
    if reasons := why_not_take_up(sheet):
        raise Refused(*reasons)
    if not reason.strip():
        raise Refused("Écrivez pourquoi la fiche doit changer\u00a0: l’entreprise le lira.")
    read = sheet.applications.filter(shortlisted_at__isnull=False).count()
    move_sheet(
        sheet,
        [Status.PUBLISHED],
        status=Status.TO_AGREE,
        revision=sheet.revision + 1,
        agreed_by_service_at=None,
        agreed_by_company_at=None,
        at=at,
    )
    keep_version(sheet, by=by, at=at, reason=reason.strip())
    record(
        "job_sheet.taken_up",
        about=sheet,
        by=by,
        at=at,
        reason=reason.strip(),
        revision=sheet.revision,
        files_read=read,
    )
    mails.tell_company_of_sheet(sheet, "reprend la fiche de poste, et l’accord sera à redonner", by=by, at=at)
