"""« Pourquoi cette date ? »: until when a decision of eligibility lets somebody start.

It tells days, never a ground: whoever may know that a person is eligible may read it.
"""

from datetime import date

from uneplace.rules import french
from uneplace.rules.checks import check_day
from uneplace.rules.dates import add_months
from uneplace.rules.explanation import SUM, Explanation, Source, step
from uneplace.rules.parameters import PARAMETERS

DECISION = Source("fait", "Décision d’éligibilité")


def explain_validity(decided_on: date, valid_until: date) -> Explanation:
    """From the day of the decision to the day before which the person must start.

    A decision that kept another day than the delay of that time says so.
    """
    check_day("decided_on", decided_on)
    check_day("valid_until", valid_until)
    delay = PARAMETERS.eligibility_validity_months
    months = delay.whole_on(decided_on)
    steps = [step("Éligibilité décidée.", french.day(decided_on), DECISION)]
    if add_months(decided_on, months) == valid_until:
        steps.append(step("Délai pour commencer à travailler.", f"{months} mois", delay.source))
    else:
        steps.append(step("Date que la décision a gardée.", french.day(valid_until), DECISION))
    steps.append(step("La personne doit commencer avant.", french.day(valid_until), SUM))
    return tuple(steps)
