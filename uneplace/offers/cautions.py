"""What is to be looked at in a job sheet before agreeing: nothing here is refused."""

from uneplace.rules import french
from uneplace.rules.wages import minimum_wage

from .models import JobSheet


def cautions_of(sheet: JobSheet) -> list[str]:
    """A pay under the known minimum, and days outside those in which the hours count for the clause."""
    return [*_pay(sheet), *_days(sheet)]


def _pay(sheet: JobSheet) -> list[str]:
    if sheet.pay is None:
        return []
    minimum = minimum_wage(
        on=sheet.period.lower,
        departement=sheet.commune.departement,
        weekly_hours=sheet.weekly_hours,
        per_month=sheet.pay_unit == JobSheet.PayUnit.MONTH,
    )
    if sheet.pay >= minimum.amount:
        return []
    return [
        f"La rémunération est sous le SMIC connu au premier jour du contrat, {french.euros(minimum.amount)} "
        f"bruts {sheet.get_pay_unit_display()}. Certains contrats, comme l’alternance, ont un autre minimum."
    ]


def _days(sheet: JobSheet) -> list[str]:
    execution = sheet.commitment.clause.execution
    if execution.upper and sheet.period.lower >= execution.upper:
        return [
            "Le contrat commence après la fin d’exécution de la clause\u00a0: ses heures ne compteraient pas."
        ]
    if execution.upper and (sheet.period.upper is None or sheet.period.upper > execution.upper):
        return [
            "Le contrat continue après la fin d’exécution de la clause\u00a0: la suite ne compterait pas."
        ]
    return []
