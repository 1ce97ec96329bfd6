"""What the job worker does by itself about what clauses owe, and where they will end."""

import logging
from datetime import UTC, datetime

from django.utils.timezone import localtime

from uneplace.kit.jobs import every
from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .actions import stop_cases_put_right
from .alerts import raise_alerts
from .changing import apply_changes
from .forecasting import try_forecasts

logger = logging.getLogger(__name__)


@every("10 4 * * *")
def apply_changes_of_the_day(timestamp: int) -> None:
    """Every night, the acts that take effect that day are applied, and suspensions start and end."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        try:
            with working_with([service.pk]):
                apply_changes(by=Actor(None, service), at=at)
        except Exception:  # the other services are not to wait for this one
            logger.exception("the acts of service %s could not be applied", service.pk)


@every("20 4 * * *")
def stop_cases_of_the_night(timestamp: int) -> None:
    """Every night, the cases in which nothing is missing any more stop by themselves."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        try:
            stop_cases_put_right(by=Actor(None, service), at=at)
        except Exception:  # the other services are not to wait for this one
            logger.exception("the cases of service %s could not be looked at", service.pk)


@every("25 4 * * *")
def raise_alerts_of_the_day(timestamp: int) -> None:
    """Every night, the commitments in alert or critical are told again for the week of their service."""
    on = localtime(datetime.fromtimestamp(timestamp, UTC)).date()
    for service in Organisation.objects.facilitators():
        try:
            with working_with([service.pk]):
                raise_alerts(service, on=on)
        except Exception:  # the other services are not to wait for this one
            logger.exception("the alerts of service %s could not be raised", service.pk)


@every("30 4 * * *")
def try_forecasts_of_the_night(timestamp: int) -> None:
    """Every night, the forecasts are tried again on the clauses that ended, corrections included."""
    on = localtime(datetime.fromtimestamp(timestamp, UTC)).date()
    for service in Organisation.objects.facilitators():
        try:
            with working_with([service.pk]):
                try_forecasts(service, on=on)
        except Exception:  # the other services are not to wait for this one
            logger.exception("the forecasts of service %s could not be tried", service.pk)
