import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.organisations.choice import chosen_service
from uneplace.reports.definitions import BREAKDOWNS, divisor_words, label_of
from uneplace.reports.figures import YearlyFigures
from uneplace.reports.queries import yearly_figures
from uneplace.rules import french


class Command(BaseCommand):
    help = "Imprime les chiffres d’une année, lus dans le registre des heures comptées."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="l’année (sinon l’année dernière)")
        parser.add_argument("--service", help="SIRET ou nom du service (sinon le seul, ou celui de la démo)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="répond en JSON")

    def handle(self, *, year, service, as_json, **options):
        year = timezone.localdate().year - 1 if year is None else year
        if not 1900 <= year <= 9998:
            self._refuse(f"{year} n’est pas une année que le registre connaît.")
        try:
            chosen = chosen_service(service)
        except Refused as refusal:
            self._refuse(str(refusal))
        with working_with([chosen.pk]):
            figures = yearly_figures(chosen, year)
        if as_json:
            self.stdout.write(json.dumps(as_dict(figures), ensure_ascii=False, indent=2))
        else:
            self._print(figures, str(chosen))

    def _refuse(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(2)

    def _print(self, figures: YearlyFigures, service: str) -> None:
        totals = figures.totals
        self.stdout.write(f"Bilan {figures.year}, {service}\n")
        for label, value in (
            ("Heures comptées", french.hours(totals.hours)),
            ("Heures non comptées", french.hours(totals.not_counted)),
            ("Personnes", french.number(totals.participants)),
            ("Marchés", french.number(totals.contracts)),
            ("Contrats de travail", french.number(totals.placements)),
            ("Entreprises", french.number(totals.companies)),
            ("Acheteurs", french.number(totals.buyers)),
            ("Équivalents temps plein", french.number(figures.full_time.value)),
        ):
            self.stdout.write(f"  {label:<26}{value:>16}")
        self.stdout.write(f"  {divisor_words(figures)}")
        for breakdown in BREAKDOWNS:
            self.stdout.write(f"\n{breakdown.title}")
            for row in figures.breakdown(breakdown.name):
                hours = french.hours(row.hours)
                people = french.several(row.participants, "personne", "personnes")
                self.stdout.write(f"  {label_of(row)[:58]:<60}{hours:>14}{people:>16}")


def as_dict(figures: YearlyFigures) -> dict[str, Any]:
    """The figures as plain values, decimals as text."""
    totals = figures.totals
    return {
        "year": figures.year,
        "hours": str(totals.hours),
        "participants": totals.participants,
        "contracts": totals.contracts,
        "placements": totals.placements,
        "companies": totals.companies,
        "buyers": totals.buyers,
        "declared_hours": str(totals.declared),
        "etp": {
            "value": str(figures.full_time.value),
            "divisor": str(figures.full_time.divisor),
            "status": figures.full_time.source.kind,
            "source": figures.full_time.source.label,
        },
        **{
            breakdown.name: [
                {
                    "code": row.code,
                    "label": row.label,
                    "hours": str(row.hours),
                    "participants": row.participants,
                }
                for row in figures.breakdown(breakdown.name)
            ]
            for breakdown in BREAKDOWNS
        },
    }
