"""What a clause owes, in words: hours, or actions."""

from uneplace.rules.french import hours, several

from .models import Clause, ComingContract, Commitment


def owed(one: Clause | Commitment | ComingContract) -> str:
    """« 2 100 h », or « 3 actions » for a clause that counts actions; its companies owe those together.

    The clause answered to a buyer may owe nothing yet, when its hours follow invoices.
    """
    if isinstance(one, ComingContract):
        if one.actions_due:
            return several(one.actions_due, "action", "actions")
        return hours(one.hours_due) if one.hours_due else "heures selon les factures"
    clause = one if isinstance(one, Clause) else one.clause
    if clause.owes_actions:
        return several(clause.actions_due or 0, "action", "actions")
    return hours(one.hours_due)
