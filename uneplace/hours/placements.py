"""Acts on work contracts: recorded by the service, confirmed by the employer."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime

from uneplace.contracts.models import Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.people.merged import hold_file
from uneplace.reference.models import RomeJob

from . import mails
from .allocations import add_allocation, allocate, hold_clauses
from .follow_ups import plan_follow_ups
from .models import Placement
from .perms import represented
from .shares import why_not_these_parties


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
    reasons = why_not_these_parties(commitment, employer=employer, declared_by=declared_by, modality=modality)
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
    also: Commitment | None = None,
    also_share: Decimal | None = None,
    warned: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> Placement:
    """Record the work contract of a chosen person and allocate it to the commitment of the job sheet.

    `also` is another commitment that it works for, all along, with `also_share` of its work; the first keeps
    the rest. The employer is asked to confirm it; statements are expected from the month of its start.
    `weekly_hours` are those of the work contract; `warned` is what was read first (see `legal.py`), kept in
    the journal. Raises Refused.
    """
    commitment = application.job_sheet.commitment
    terms = {"employer": employer, "declared_by": declared_by, "modality": modality, "period": period}
    if reasons := why_not_record_placement(application) + why_not_these_terms(commitment, **terms):
        raise Refused(*reasons)
    if also_share is not None and also_share >= 1:
        raise Refused("Laissez une part du temps au marché de la fiche de poste.")
    hold_file(application.participant)
    hold_clauses([one.clause_id for one in (commitment, also) if one is not None])
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
    first = allocate(placement, commitment, by=by, at=at)
    if also is not None and also_share is not None:
        add_allocation(placement, also, period=period, share=also_share, taken_from=first, by=by, at=at)
    plan_follow_ups(placement, on=_day(at))
    facts = {"kind": kind, "modality": modality} | ({"warned": sorted(warned)} if warned else {})
    record("placement.recorded", about=placement, by=by, at=at, **facts)
    mails.ask_employer_to_confirm(placement.pk)
    return placement


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


def is_over(placement: Placement, *, on: date) -> bool:
    """Whether a work contract has ended by that day."""
    return placement.period.upper is not None and placement.period.upper <= on


def _day(at: datetime) -> date:
    return localtime(at).date()
