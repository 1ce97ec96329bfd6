"""To whom a job sheet is sent, and what each structure makes of it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers.models import HOLDS_POST, Diffusion, JobSheet
from uneplace.offers.perms import represented
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation
from uneplace.organisations.queries import partners_of
from uneplace.rules.dates import add_months

from .moves import move_sheet

Status = JobSheet.Status
MONTHS_AHEAD = 6


def why_not_publish(sheet: JobSheet, *, on: date) -> list[str]:
    """The reasons that keep the sheet from being sent to structures."""
    if sheet.status != Status.TO_AGREE:
        return ["Cette fiche n’est pas à diffuser."]
    reasons = []
    if not sheet.agreed_by_company_at:
        reasons.append(f"{sheet.commitment.company} n’a pas encore donné son accord.")
    if not sheet.agreed_by_service_at:
        reasons.append("Le service n’a pas encore donné son accord.")
    if sheet.period.upper and sheet.period.upper <= on:
        reasons.append("Les dates du contrat sont passées\u00a0: corrigez-les.")
    if sheet.applications.filter(HOLDS_POST).count() >= sheet.posts:
        reasons.append("Tous les postes sont pourvus\u00a0: ajoutez-en un, ou closez la fiche.")
    return reasons


@transaction.atomic
def publish(sheet: JobSheet, *, to: Collection[Organisation], before: date, by: Actor, at: datetime) -> None:
    """Fix the criteria and send the sheet to the chosen structures, who answer `before` a day.

    A sheet that was taken up again goes back to those that had it already: `to` may then be empty.
    """
    on = localtime(at).date()
    if reasons := why_not_publish(sheet, on=on):
        raise Refused(*reasons)
    check_deadline(sheet, before, on=on)
    if not to and not sheet.diffusions.exists():
        raise Refused("Choisissez au moins une structure.")
    move_sheet(sheet, [Status.TO_AGREE], status=Status.PUBLISHED, published_at=at, apply_before=before, at=at)
    record("job_sheet.published", about=sheet, by=by, at=at, before=before.isoformat())
    ask_again(sheet)
    send_to(sheet, to, by=by, at=at)


@transaction.atomic
def diffuse(sheet: JobSheet, *, to: Collection[Organisation], before: date, by: Actor, at: datetime) -> None:
    """Send a published sheet to more structures; the deadline is the same for all.

    When it changes, those that were reminded of the former one are reminded of the new one too.
    """
    if sheet.status != Status.PUBLISHED:
        raise Refused("Cette fiche n’est plus diffusée.")
    check_deadline(sheet, before, on=localtime(at).date())
    if not to and before == sheet.apply_before:
        raise Refused("Choisissez au moins une structure, ou une autre date limite.")
    former = sheet.apply_before
    move_sheet(sheet, [Status.PUBLISHED], apply_before=before, at=at)
    if before != former:
        sheet.diffusions.update(reminded_at=None)
        record(
            "job_sheet.deadline_changed",
            about=sheet,
            by=by,
            at=at,
            former=former.isoformat() if former else None,
            before=before.isoformat(),
        )
    send_to(sheet, to, by=by, at=at)


def check_deadline(sheet: JobSheet, before: date, *, on: date) -> None:
    """The day before which structures answer: to come, not so far that nobody would be reminded meanwhile,
    and not after the job ended. Raises `Refused`."""
    if before <= on:
        raise Refused("Choisissez une date limite à venir.")
    if before > add_months(on, MONTHS_AHEAD):
        raise Refused("Choisissez une date limite dans les six prochains mois.")
    if sheet.period.upper and before >= sheet.period.upper:
        raise Refused("La date limite vient après la fin du contrat\u00a0: choisissez-en une plus proche.")


def ask_again(sheet: JobSheet) -> None:
    """Those that had the sheet already are told of it anew, in the next mail; what they said is set aside."""
    sheet.diffusions.update(
        told_at=None, reminded_at=None, nothing_at=None, nothing_reason="", nothing_note=""
    )


@transaction.atomic
def open_diffusion(diffusion: Diffusion, *, by: Actor, at: datetime) -> None:
    """Somebody of the structure reads the sheet; the first time is kept."""
    if Diffusion.objects.filter(pk=diffusion.pk, opened_at=None).update(opened_at=at):
        record("diffusion.opened", about=diffusion, by=by, at=at)
    diffusion.refresh_from_db()


def why_not_nothing(diffusion: Diffusion) -> list[str]:
    """The reasons that keep a structure from saying that it has nobody to propose."""
    if diffusion.job_sheet.status != Status.PUBLISHED:
        return ["Cette offre n’est plus ouverte."]
    if diffusion.job_sheet.applications.filter(organisation=diffusion.organisation_id).exists():
        return ["Vous avez déjà proposé une personne pour cette offre."]
    return []


@transaction.atomic
def say_nothing_to_propose(
    diffusion: Diffusion, *, reason: str, note: str = "", by: Actor, at: datetime
) -> None:
    """The structure has nobody for this job, and says why; it may still put somebody forward later."""
    if reasons := why_not_nothing(diffusion):
        raise Refused(*reasons)
    if reason not in Diffusion.NothingReason.values:
        raise Refused("Choisissez la raison dans la liste.")
    if reason == Diffusion.NothingReason.OTHER and not note.strip():
        raise Refused("Précisez la raison en quelques mots.")
    Diffusion.objects.filter(pk=diffusion.pk).update(
        opened_at=diffusion.opened_at or at, nothing_at=at, nothing_reason=reason, nothing_note=note.strip()
    )
    diffusion.refresh_from_db()
    record(
        "diffusion.nothing_to_propose",
        about=diffusion,
        by=by,
        at=at,
        on_behalf_of=represented(by, diffusion.organisation),
        reason=diffusion.get_nothing_reason_display(),
    )


@transaction.atomic
def take_nothing_back(diffusion: Diffusion, *, by: Actor, at: datetime) -> None:
    """The structure said by mistake that it has nobody: its answer is awaited again."""
    said = Diffusion.objects.filter(pk=diffusion.pk, nothing_at__isnull=False)
    if not said.update(nothing_at=None, nothing_reason="", nothing_note=""):
        raise Refused("Cette réponse est déjà annulée.")
    diffusion.refresh_from_db()
    behalf = represented(by, diffusion.organisation)
    record("diffusion.nothing_taken_back", about=diffusion, by=by, at=at, on_behalf_of=behalf)


def send_to(sheet: JobSheet, to: Collection[Organisation], *, by: Actor, at: datetime) -> None:
    """The sheet is in the hands of these structures, whoever had it already. Raises `Refused`."""
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
    if not new:
        return
    Diffusion.objects.bulk_create(
        (
            Diffusion(service=sheet.service, job_sheet=sheet, organisation=organisation, sent_at=at)
            for organisation in new
        ),
        ignore_conflicts=True,  # a colleague may have sent it at the same moment
    )
    record("job_sheet.diffused", about=sheet, by=by, at=at, to=[organisation.pk for organisation in new])
