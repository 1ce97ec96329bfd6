from datetime import date

from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours import perms
from uneplace.hours.models import AwaitedDocument, Confirmation, Statement
from uneplace.organisations.actor import Actor
from uneplace.web.turns import Turn, Whose

Status = Statement.Status


def turn_of(statement: Statement, actor: Actor, *, on: date) -> Turn:
    """Who acts next on a statement, as this actor reads it."""
    month = statement.of_month
    if statement.status == Status.VALIDATED:
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: le relevé {month} est validé")
    if statement.commitment.clause.status == Clause.Status.CLOSED:
        return Turn(
            Whose.DONE, f"Plus rien à faire\u00a0: la clause est close, le relevé {month} n’est plus attendu"
        )
    if statement.status == Status.SUBMITTED:
        return _to_control(statement, actor, month)
    return _to_declare(statement, actor, month, on)


def _to_control(statement: Statement, actor: Actor, month: str) -> Turn:
    last = f"{statement.declarant} a envoyé le relevé."
    if perms.can_control(actor, statement):
        return Turn(
            Whose.MINE, f"C’est à vous\u00a0: contrôler le relevé {month}", str(actor.user), last=last
        )
    return Turn(
        Whose.OTHER,
        f"Au tour de {statement.service}\u00a0: contrôler le relevé",
        str(statement.service),
        last=last,
    )


def _to_declare(statement: Statement, actor: Actor, month: str, on: date) -> Turn:
    returned = statement.status == Status.RETURNED
    what = f"corriger le relevé {month}" if returned else f"déclarer les heures {month}"
    last = "le service a renvoyé le relevé." if returned else ""
    late, before = _limit(statement, on, sent_back=returned)
    if perms.can_declare(actor, statement):
        verb = "Corriger le relevé" if returned else "Déclarer les heures"
        for_whom = "" if actor.stands_for(statement.declarant_id) else f" pour {statement.declarant}"
        return Turn(
            Whose.LATE if late else Whose.MINE,
            f"C’est à vous\u00a0: {what}{for_whom}",
            str(actor.user),
            before=before,
            last=last,
            verb=verb,
            url=f"{statement.get_absolute_url()}declarer/",
        )
    return Turn(
        Whose.LATE if late else Whose.OTHER,
        f"Au tour de {statement.declarant}\u00a0: {what}",
        str(statement.declarant),
        before=before,
        last=last,
    )


def turn_of_document(document: AwaitedDocument, actor: Actor, *, on: date) -> Turn:
    """Who acts next on a document of the clause's calendar, as this actor reads it."""
    if document.waived_at is not None:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: cette pièce n’est plus attendue")
    if document.status == Evidence.Status.PURGED:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: pièce effacée, le temps des contrôles est passé")
    if not document.is_awaited and document.status != Evidence.Status.RECEIVED:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: cette pièce est acceptée")
    if document.status == Evidence.Status.RECEIVED:
        last = f"{document.sender} a envoyé la pièce."
        if perms.can_judge_document(actor, document):
            return Turn(Whose.MINE, "C’est à vous\u00a0: lire la pièce", str(actor.user), last=last)
        service = str(document.service)
        return Turn(Whose.OTHER, f"Au tour de {service}\u00a0: lire la pièce", service, last=last)
    again = document.status == Evidence.Status.TO_REDO
    what = "refaire la pièce" if again else "envoyer la pièce"
    last = "le service a demandé de la refaire." if again else ""
    late, before = _limit(document, on, sent_back=again)
    if perms.can_send_document(actor, document):
        for_whom = "" if actor.stands_for(document.sender_id) else f" pour {document.sender}"
        whose, title, holder = Whose.MINE, f"C’est à vous\u00a0: {what}{for_whom}", str(actor.user)
    else:
        whose, holder = Whose.OTHER, str(document.sender)
        title = f"Au tour de {document.sender}\u00a0: {what}"
    return Turn(Whose.LATE if late else whose, title, holder, before=before, last=last)


def _limit(thing: Statement | AwaitedDocument, on: date, *, sent_back: bool) -> tuple[bool, date | None]:
    """Whether it is late, and the day to tell: none once it was sent back after that day."""
    if not sent_back:
        return on > thing.due_on, thing.due_on
    since = type(thing).objects.with_late_from().values_list("late_from", flat=True).get(pk=thing.pk)
    return on > since, thing.due_on if since <= thing.due_on else None


def turn_of_difference(answer: Confirmation, actor: Actor) -> Turn:
    """Who acts next on what somebody said of a month, as this actor reads it."""
    if answer.agrees:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: le mois est confirmé")
    if not answer.is_open:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: l’écart est réglé")
    if perms.can_settle_difference(actor, answer):
        return Turn(Whose.MINE, "C’est à vous\u00a0: régler l’écart", str(actor.user))
    service = str(answer.service)
    return Turn(Whose.OTHER, f"Au tour de {service}\u00a0: régler l’écart", service)
