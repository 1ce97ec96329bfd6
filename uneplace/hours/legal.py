"""What the law says of a work contract about to be recorded, the person's earlier ones being known."""

from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Organisation
from uneplace.rules.dates import Period
from uneplace.rules.work_contracts import LegalWarning, Lent, WorkContract, legal_warnings

from .models import Placement

LENT = JobSheet.Modality.MISE_A_DISPOSITION


def warnings_about(
    application: Application,
    *,
    employer: Organisation,
    kind: str,
    modality: str,
    period: DateRange,
    weekly_hours: Decimal,
    exposed: bool,
) -> tuple[LegalWarning, ...]:
    """What to look at before recording these terms; `exposed`: to an agent of article D4154-1."""
    span = Period(period.lower, period.upper)
    earlier = Placement.objects.filter(
        participant=application.participant_id, employer=employer, kind=kind
    ).exclude(application=application)
    lent = Placement.objects.filter(
        participant=application.participant_id, employer=employer, modality=LENT
    ).exclude(application=application)
    contract = WorkContract(
        kind=kind,
        period=span,
        weekly_hours=weekly_hours,
        employer_kind=employer.kind,
        lent=modality == LENT,
        earlier=[Period(one.lower, one.upper) for one in earlier.values_list("period", flat=True)],
        lent_before=[_lent(one) for one in lent.prefetch_related("worked_months")],
        born_on=application.participant.born_on,
        exposed=exposed,
    )
    return legal_warnings(contract)


def _lent(placement: Placement) -> Lent:
    return Lent(
        period=Period(placement.period.lower, placement.period.upper),
        weekly_hours=placement.weekly_hours,
        declared={one.month: one.hours for one in placement.worked_months.all()},
    )
