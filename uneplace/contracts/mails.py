from django.utils.timezone import localtime

from uneplace.kit.mails import absolute, send_mail_later
from uneplace.kit.periods import last_day
from uneplace.organisations.queries import addresses_of
from uneplace.rules.french import day, hours

from .models import Clause


def tell_companies_of_clause(clause: Clause) -> None:
    """What each company owes, once its clause is validated; to those that can be written to."""
    end = last_day(clause.execution)
    for commitment in clause.commitments.select_related("company"):
        send_mail_later(
            addresses_of(commitment.company),
            f"{hours(commitment.hours_due)} d’insertion à réaliser\u00a0: {clause.lot.contract}",
            "contracts/mails/clause_validated.txt",
            {
                "contract": clause.lot.contract,
                "lot": clause.lot,
                "service": clause.service,
                "hours": hours(commitment.hours_due),
                "start": day(clause.execution.lower),
                "end": day(end) if end else "",
                "validated_on": day(localtime(clause.validated_at).date()),
                "due_day": clause.statement_due_day,
                "link": absolute(clause.get_absolute_url()),
            },
        )
