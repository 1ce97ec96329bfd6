from datetime import date

from uneplace.contracts.models import Clause
from uneplace.hours import perms
from uneplace.hours.models import Statement
from uneplace.organisations.actor import Actor
from uneplace.web.turns import Turn, Whose

Status = Statement.Status


def turn_of(statement: Statement, actor: Actor, *, on: date) -> Turn:
    """Who acts next on a statement, as this actor reads it."""
    month = statement.of_month
    if statement.status == Status.VALIDATED:
        return Turn(Whose.DONE, f"Plus rien à faire : le relevé {month} est validé")
    if statement.commitment.clause.status == Clause.Status.CLOSED:
        return Turn(
            Whose.DONE, f"Plus rien à faire : la clause est close, le relevé {month} n’est plus attendu"
        )
    if statement.status == Status.SUBMITTED:
        return _to_control(statement, actor, month)
    return _to_declare(statement, actor, month, on)


def _to_control(statement: Statement, actor: Actor, month: str) -> Turn:
    last = f"{statement.declarant} a envoyé le relevé."
    if perms.can_control(actor, statement):
        return Turn(Whose.MINE, f"C’est à vous : contrôler le relevé {month}", str(actor.user), last=last)
    return Turn(
        Whose.OTHER,
        f"Au tour de {statement.service} : contrôler le relevé",
        str(statement.service),
        last=last,
    )


def _to_declare(statement: Statement, actor: Actor, month: str, on: date) -> Turn:
    returned = statement.status == Status.RETURNED
    what = f"corriger le relevé {month}" if returned else f"déclarer les heures {month}"
    last = "le service a renvoyé le relevé." if returned else ""
    late = on > statement.due_on
    if perms.can_declare(actor, statement):
        verb = "Corriger le relevé" if returned else "Déclarer les heures"
        for_whom = "" if actor.stands_for(statement.declarant_id) else f" pour {statement.declarant}"
        return Turn(
            Whose.LATE if late else Whose.MINE,
            f"C’est à vous : {what}{for_whom}",
            str(actor.user),
            before=statement.due_on,
            last=last,
            verb=verb,
            url=f"{statement.get_absolute_url()}declarer/",
        )
    return Turn(
        Whose.LATE if late else Whose.OTHER,
        f"Au tour de {statement.declarant} : {what}",
        str(statement.declarant),
        before=statement.due_on,
        last=last,
    )
