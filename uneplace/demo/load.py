"""Loads the demo territory: a full past year, and activity under way on the day of loading."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.contracts.decp import read
from uneplace.contracts.decp.load import import_contracts
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.offers.reminders import send_reminders
from uneplace.organisations.models import Organisation, Partnership
from uneplace.reference.actions import load_reference
from uneplace.reference.models import Commune, RomeJob
from uneplace.rules.dates import add_months
from uneplace.settlement.alerts import raise_alerts
from uneplace.settlement.forecasting import try_forecasts

from .chronicle import Chronicle
from .coming import Coming
from .conditions import AUDIENCES
from .continuity import Continuity
from .invented import Inventor
from .mails import write_mails
from .outcomes import Outcomes
from .past import PastYear, Year
from .present import Present
from .recruiting import Recruiting
from .territory import Territory, settle
from .twins import name_some_again

# Contracts, people and hours of past years. 2019 has the published size of one Département.
PAST_YEARS = {
    2018: (168, 598, 151_400),
    2019: (176, 630, 160_600),
}
WORTH_TELLING = 5  # months of this year that must be over for it to be told as a year
AWARD_FILE = Path(__file__).parent / "data" / "marches-demo.json"
IMPORTED = 3  # contracts of that file that the demo already holds, still without a clause
MORNINGS = 15
USUAL_YEAR = (184, 655, 168_400)


def bring_reference(say: Callable[[str], None] = lambda line: None) -> None:
    """Load the communes, trades and codes that the demo stands on, when nobody has."""
    if not (Commune.objects.exists() and RomeJob.objects.exists()):
        say("Données de référence")
        load_reference()


def why_not_load() -> list[str]:
    """The reasons that keep the demo from being loaded here; none means that it can be."""
    if not (Commune.objects.exists() and RomeJob.objects.exists()):
        return [
            "Les données de référence ne sont pas chargées\u00a0: "
            "lancez «\u00a0uneplace load-reference\u00a0»."
        ]
    if Organisation.objects.facilitators().exists():
        return [
            "Cette base contient déjà un service facilitateur\u00a0: "
            "la démonstration ne se charge que sur une base vide."
        ]
    return []


@transaction.atomic
def load_demo(*, at: datetime, say: Callable[[str], None] = lambda line: None) -> Territory:
    """Write the whole demo territory as it stands at that moment; `say` is told each step. Raises Refused."""
    if reasons := why_not_load():
        raise Refused(*reasons)
    say("Organisations et comptes")
    territory = settle(Inventor(), at=at)
    with working_with([territory.service.pk]):
        _write_file(territory, at=at, say=say)
    return territory


def _write_file(territory: Territory, *, at: datetime, say: Callable[[str], None]) -> None:
    _let_in_everybody(territory, at=at)
    for size in past_years(localtime(at).date()):
        say(f"Année {size.year}")
        PastYear(territory, size, at=at).write()
    say("Activité en cours")
    present = Present(territory, at=at)
    present.write()
    chronicle = Chronicle(at)
    recruiting = Recruiting(present, chronicle)
    recruiting.write()
    write_mails(territory.service, at=at)
    _remind(territory, at=at)
    Coming(territory, chronicle).write()
    Outcomes(present, chronicle).write(recruiting.hired)
    Continuity(present).write()
    _import_some(territory, at=at - timedelta(days=2))
    name_some_again(territory, at=at)
    try_forecasts(territory.service, on=localtime(at).date())
    raise_alerts(territory.service, on=localtime(at).date())


def _remind(territory: Territory, *, at: datetime) -> None:
    """What each morning of the last weeks reminded of, as the job worker does."""
    morning = localtime(at).replace(hour=6, minute=40, second=0, microsecond=0)
    for days in range(MORNINGS, 0, -1):
        send_reminders(territory.service, at=morning - timedelta(days=days))
    send_reminders(territory.service, at=at)


def _let_in_everybody(territory: Territory, *, at: datetime) -> None:
    partners = Organisation.objects.exclude(pk=territory.service.pk)
    Partnership.objects.bulk_create(
        Partnership(
            service=territory.service,
            organisation=partner,
            approved_at=at - timedelta(days=400),
            approved_by=territory.facilitator.user,
            publics=AUDIENCES.get(partner.kind, ([], []))[0],
            trades=AUDIENCES.get(partner.kind, ([], []))[1],
        )
        for partner in partners
    )


def _import_some(territory: Territory, *, at: datetime) -> None:
    """Import the first contracts of the award file; the others are left for whoever tries the import."""
    reading = read(AWARD_FILE)
    some = replace(reading, records=reading.records[:IMPORTED])
    import_contracts(some, service=territory.service, by=territory.facilitator, at=at)


def past_years(today: date) -> list[Year]:
    """The years gone by, the last one included, then what is over of this one: two months ago and before."""
    sizes = {today.year - 1: USUAL_YEAR} | PAST_YEARS
    years = [Year(year, *counts, Decimal(hours)) for year, (*counts, hours) in sorted(sizes.items())]
    two_months_ago = add_months(today.replace(day=1), -1) - timedelta(days=1)
    if two_months_ago.year == today.year and two_months_ago.month >= WORTH_TELLING:
        # A little less than its share of months: what is not over yet is told apart.
        contracts, participants, hours = (size * two_months_ago.month // 14 for size in USUAL_YEAR)
        hours = hours * 9 // 10
        years.append(Year(today.year, contracts, participants, Decimal(hours), until=two_months_ago))
    return years
