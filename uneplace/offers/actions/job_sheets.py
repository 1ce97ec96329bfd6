from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.contracts.models import Commitment
from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Application, Criterion, Diffusion, JobSheet
from uneplace.offers.perms import represented
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation
from uneplace.organisations.queries import partners_of

from .moves import end_applications, move_sheet

Status = JobSheet.Status
OPEN_TO_CHANGE = (Status.DRAFT, Status.TO_AGREE)
FIELDS = ["title", "rome", "tasks", "posts", "commune", "period", "weekly_hours", "modality", "apply_before"]


@transaction.atomic
def draft_job_sheet(
    commitment: Commitment,
    *,
    hard: Iterable[str] = (),
    soft: Iterable[str] = (),
    by: Actor,
    at: datetime,
    **fields: Any,
) -> JobSheet:
    """Open a job sheet for a commitment; a facilitator's is a draft, a company's is shared at once.

    `fields` are the model's (title, rome, posts, commune, period, weekly_hours…); `hard` and `soft` are the
    criteria, in order.
    """
    by_service = by.serves(commitment)
    sheet = JobSheet.objects.create(
        service=commitment.service,
        commitment=commitment,
        status=Status.DRAFT if by_service else Status.TO_AGREE,
        created_at=at,
        **fields,
    )
    _write_criteria(sheet, hard, soft)
    record("job_sheet.drafted", about=sheet, by=by, at=at)
    if not by_service:
        mails.tell_service_of_sheet(sheet, "a rédigé une fiche de poste")
    return sheet


def why_not_revise(sheet: JobSheet) -> list[str]:
    """Criteria are fixed before files are read, so nothing changes once the sheet is published."""
    if sheet.status in OPEN_TO_CHANGE:
        return []
    return ["La fiche est diffusée\u00a0: ses conditions et ses critères ne changent plus."]


@transaction.atomic
def revise_job_sheet(
    sheet: JobSheet,
    *,
    hard: Iterable[str] = (),
    soft: Iterable[str] = (),
    by: Actor,
    at: datetime,
    **fields: Any,
) -> None:
    """Change a sheet that is not published; whoever had agreed is asked again."""
    if reasons := why_not_revise(sheet):
        raise Refused(*reasons)
    had_agreed = sheet.agreed_by_service_at or sheet.agreed_by_company_at
    move_sheet(
        sheet,
        OPEN_TO_CHANGE,
        revision=sheet.revision + 1,
        agreed_by_service_at=None,
        agreed_by_company_at=None,
        **{name: fields[name] for name in FIELDS if name in fields},
    )
    _write_criteria(sheet, hard, soft)
    record("job_sheet.revised", about=sheet, by=by, at=at, revision=sheet.revision)
    if sheet.status == Status.DRAFT:
        return
    words = (
        "a changé la fiche de poste, et l’accord est à redonner"
        if had_agreed
        else "a corrigé la fiche de poste"
    )
    if by.serves(sheet):
        mails.tell_company_of_sheet(sheet, words)
    else:
        mails.tell_service_of_sheet(sheet, words)


@transaction.atomic
def share(sheet: JobSheet, *, by: Actor, at: datetime) -> None:
    """Give a draft to the company to read, correct and agree to."""
    if sheet.status != Status.DRAFT:
        raise Refused("Cette fiche est déjà partagée avec l’entreprise.")
    move_sheet(sheet, [Status.DRAFT], status=Status.TO_AGREE)
    record("job_sheet.shared", about=sheet, by=by, at=at)
    mails.tell_company_of_sheet(sheet, "vous propose une fiche de poste à relire")


def why_not_agree(sheet: JobSheet, *, for_company: bool) -> list[str]:
    """The reasons that keep one of the two from agreeing to the sheet."""
    if sheet.status != Status.TO_AGREE:
        return ["Cette fiche n’attend plus d’accord."]
    given = sheet.agreed_by_company_at if for_company else sheet.agreed_by_service_at
    return ["L’accord est déjà donné."] if given else []


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
    move_sheet(sheet, [Status.TO_AGREE], **{field: at})
    behalf = represented(by, sheet.commitment.company) if for_company else None
    record("job_sheet.agreed", about=sheet, by=by, at=at, on_behalf_of=behalf, revision=revision)
    if not for_company:
        mails.tell_company_of_sheet(sheet, "est d’accord avec la fiche de poste")
    elif behalf is None:
        mails.tell_service_of_sheet(sheet, "est d’accord avec la fiche de poste")


def why_not_publish(sheet: JobSheet, *, on: date) -> list[str]:
    """The reasons that keep the sheet from being sent to structures."""
    if sheet.status != Status.TO_AGREE:
        return ["Cette fiche n’est pas à diffuser."]
    reasons = []
    if not sheet.agreed_by_company_at:
        reasons.append(f"{sheet.commitment.company} n’a pas encore donné son accord.")
    if not sheet.agreed_by_service_at:
        reasons.append("Le service n’a pas encore donné son accord.")
    if sheet.apply_before and sheet.apply_before <= on:
        reasons.append("La date limite des candidatures est passée\u00a0: choisissez-en une autre.")
    if sheet.period.upper and sheet.period.upper <= on:
        reasons.append("Les dates du contrat sont passées\u00a0: corrigez-les.")
    return reasons


@transaction.atomic
def publish(sheet: JobSheet, *, to: Collection[Organisation], by: Actor, at: datetime) -> None:
    """Fix the criteria and send the sheet to the chosen structures."""
    if reasons := why_not_publish(sheet, on=localtime(at).date()):
        raise Refused(*reasons)
    if not to:
        raise Refused("Choisissez au moins une structure.")
    move_sheet(sheet, [Status.TO_AGREE], status=Status.PUBLISHED, published_at=at)
    record("job_sheet.published", about=sheet, by=by, at=at)
    _send_to(sheet, to, by=by, at=at)


@transaction.atomic
def diffuse(sheet: JobSheet, *, to: Collection[Organisation], by: Actor, at: datetime) -> None:
    """Send a published sheet to more structures."""
    if sheet.status != Status.PUBLISHED:
        raise Refused("Cette fiche n’est plus diffusée.")
    if not to:
        raise Refused("Choisissez au moins une structure.")
    _send_to(sheet, to, by=by, at=at)


def why_not_close(sheet: JobSheet) -> list[str]:
    """The reasons that keep a sheet from being closed."""
    return ["Cette fiche est déjà close."] if sheet.status == Status.CLOSED else []


@transaction.atomic
def close_job_sheet(sheet: JobSheet, *, reason: str, by: Actor, at: datetime) -> None:
    """Close the sheet with a reason; every application still open gets its answer."""
    if reasons := why_not_close(sheet):
        raise Refused(*reasons)
    if not reason.strip():
        raise Refused("Écrivez pourquoi la fiche est close\u00a0: les structures le liront.")
    was_filled = sheet.status == Status.FILLED
    JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    move_sheet(sheet, [sheet.status], status=Status.CLOSED, closing_reason=reason.strip())
    why = (
        Application.DeclineReason.OTHER_CANDIDATE if was_filled else Application.DeclineReason.NO_RECRUITMENT
    )
    ended = end_applications(
        sheet.applications.all(),
        Application.Status.DECLINED,
        by=by,
        at=at,
        decline_reason=why,
        decline_note=reason.strip(),
    )
    record("job_sheet.closed", about=sheet, by=by, at=at, reason=reason.strip())
    record_many("application.declined", about=ended, by=by, at=at, reason=str(why.label))
    mails.tell_structures_of_answers(ended)


def _send_to(sheet: JobSheet, to: Collection[Organisation], *, by: Actor, at: datetime) -> None:
    able = {Capacity.INSERTION_EMPLOYER, Capacity.REFERRER}
    if any(able.isdisjoint(organisation.capacities) for organisation in to):
        raise Refused("Une fiche se diffuse aux structures d’insertion et aux prescripteurs.")
    admitted = set(partners_of(sheet.service).values_list("organisation_id", flat=True))
    if outside := [str(organisation) for organisation in to if organisation.pk not in admitted]:
        raise Refused(
            f"{', '.join(outside)}\u00a0: admettez d’abord cette structure parmi vos partenaires, sans "
            "quoi elle ne verrait pas la fiche."
        )
    already = set(sheet.diffusions.values_list("organisation_id", flat=True))
    new = [organisation for organisation in to if organisation.pk not in already]
    Diffusion.objects.bulk_create(
        (
            Diffusion(service=sheet.service, job_sheet=sheet, organisation=organisation, sent_at=at)
            for organisation in new
        ),
        ignore_conflicts=True,  # a colleague may have sent it at the same moment
    )
    record("job_sheet.diffused", about=sheet, by=by, at=at, to=[organisation.pk for organisation in new])
    mails.tell_structures_of_sheet(sheet, new)


def _write_criteria(sheet: JobSheet, hard: Iterable[str], soft: Iterable[str]) -> None:
    sheet.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(service=sheet.service, job_sheet=sheet, weight=weight, text=text, rank=rank)
        for weight, texts in ((Criterion.Weight.HARD, hard), (Criterion.Weight.SOFT, soft))
        for rank, text in enumerate(texts)
    )
