"""« Comment nous prévoyons »: how far the forecasts of each service fell from what closed clauses came to."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.organisations.models import Organisation
from uneplace.rules import french
from uneplace.rules.forecast import STAGES
from uneplace.rules.forecast_trials import MILLION, Reading, least_clauses
from uneplace.rules.parameters import PARAMETERS
from uneplace.settlement.forecasting import MOST, StageRecord, records_of
from uneplace.web.access import access
from uneplace.web.contracts.views.lists import FOLLOWERS


@dataclass(frozen=True)
class ToldRecord:
    """How forecasts did at one stage, as shares to write; nothing but the count when clauses are too few."""

    stage: int
    clauses: int
    is_known: bool
    contracts: Decimal = Decimal(0)
    pace: Decimal = Decimal(0)
    announced: Decimal = Decimal(0)
    inside: Decimal = Decimal(0)


@access.capacity(*FOLLOWERS)
@require_GET
def show_forecasting(request: HttpRequest) -> HttpResponse:
    """The method in words, and its errors by stage, in each service that the actor works with."""
    services = list(Organisation.objects.filter(pk__in=request.actor.services).order_by("name", "pk"))
    found = records_of(service.pk for service in services)
    told = []
    for service in services:
        records = [_told(one) for one in found[service.pk]]
        told.append((service, records, any(one.is_known for one in records)))
    context = {
        "told": told,
        "least": least_clauses() + 1,
        "nearest": least_clauses(),
        "most": MOST,
        "stages": french.listed(str(stage) for stage in STAGES),
        "recruiting": PARAMETERS.forecast_recruiting_days.whole_on(timezone.localdate()),
    }
    return render(request, "contracts/forecasting.html", context)


def _told(one: StageRecord) -> ToldRecord:
    found = one.record
    if found is None:
        return ToldRecord(one.stage, one.clauses, False)
    return ToldRecord(
        one.stage,
        one.clauses,
        True,
        contracts=Decimal(found.median_errors[Reading.CONTRACTS]) / MILLION,
        pace=Decimal(found.median_errors[Reading.PACE]) / MILLION,
        announced=Decimal(found.median_error) / MILLION,
        inside=Decimal(found.inside.numerator) / found.inside.denominator,
    )
