"""Acts on work contracts: recorded by the service, confirmed by the employer."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime

from uneplace.contracts.models import Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.reference.models import RomeJob

from . import mails
from .expected import expect_statements
from .models import Allocation, Placement
from .perms import represented


def why_not_record_placement(application: Application) -> list[str]:
    """The reasons that keep the work contract of a chosen person from being recorded."""
    reasons = []
    if application.status != Application.Status.HIRED:
        reasons.append("L’entreprise n’a pas encore choisi cette personne.")
    if Placement.objects.filter(application=application).exists():
        reasons.append("Le contrat de travail de cette personne est déjà enregistré.")
    return reasons


def why_not_these_terms(
    commitment: Commitment,
    *,
    employer: Organisation,
    declared_by: Organisation,
    modality: str,
    period: DateRange,
) -> list[str]:
    """What does not hold together in a work contract: who employs, who declares, and when."""
    reasons = []
    direct = modality == JobSheet.Modality.DIRECT
    if direct and employer != commitment.company:
        reasons.append("En embauche directe, l’employeur est l’entreprise du marché.")
    if not direct and employer == commitment.company:
        reasons.append("Quand l’entreprise du marché emploie elle-même, la modalité est l’embauche directe.")
    if declared_by not in (employer, commitment.company):
        reasons.append("Les heures sont déclarées par l’employeur ou par l’entreprise du marché.")
    clause = commitment.clause.execution
    if period.lower >= clause.upper or (period.upper is not None and period.upper <= clause.lower):
        reasons.append(
            "Le contrat de travail ne recoupe pas la période d’exécution : aucune heure ne compterait."
        )
    return reasons


@transaction.atomic
def record_placement(
    application: Application,
    *,
    employer: Organisation,
    declared_by: Organisation,
    kind: str,
    modality: str,
    rome: RomeJob | None,
    job: str,
    period: DateRange,
    weekly_hours: Decimal,
    by: Actor,
    at: datetime,
) -> Placement:
    """Record the work contract of a chosen person and allocate it to the commitment of the job sheet.

    The employer is asked to confirm it; statements are expected from the month of its start. `weekly_hours`
    are those of the work contract. Raises Refused.
    """
    commitment = application.job_sheet.commitment
    terms = {"employer": employer, "declared_by": declared_by, "modality": modality, "period": period}
    if reasons := why_not_record_placement(application) + why_not_these_terms(commitment, **terms):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            placement = Placement.objects.create(
                service=application.service,
                participant=application.participant,
                application=application,
                kind=kind,
                rome=rome,
                job=job,
                weekly_hours=weekly_hours,
                recorded_at=at,
                **terms,
            )
    except IntegrityError:
        raise Refused("Quelqu’un d’autre vient d’enregistrer ce contrat de travail.") from None
    allocate(placement, commitment, by=by, at=at)
    record("placement.recorded", about=placement, by=by, at=at, kind=kind, modality=modality)
    mails.ask_employer_to_confirm(placement.pk)
    return placement


def allocate(placement: Placement, commitment: Commitment, *, by: Actor, at: datetime) -> Allocation:
    """Make a placement work for a commitment for all its dates, and expect its statements."""
    allocation = Allocation.objects.create(
        service=commitment.service, placement=placement, commitment=commitment, period=placement.period
    )
    record("placement.allocated", about=placement, by=by, at=at, commitment=commitment.pk)
    expect_statements(on=_day(at), placements=[placement.pk])
    return allocation


def why_not_confirm_placement(placement: Placement) -> list[str]:
    """The reasons that keep an employer from confirming a work contract."""
    return ["Ce contrat de travail est déjà confirmé."] if placement.confirmed_at else []


@transaction.atomic
def confirm_placement(placement: Placement, *, by: Actor, at: datetime) -> None:
    """The employer says that the work contract is as recorded. Raises Refused."""
    if reasons := why_not_confirm_placement(placement):
        raise Refused(*reasons)
    rows = Placement.objects.filter(pk=placement.pk, confirmed_at=None)
    if not rows.update(confirmed_at=at):
        raise Refused("Quelqu’un d’autre vient de confirmer ce contrat.")
    placement.refresh_from_db()
    record(
        "placement.confirmed", about=placement, by=by, at=at, on_behalf_of=represented(by, placement.employer)
    )


def _day(at: datetime) -> date:
    return localtime(at).date()
