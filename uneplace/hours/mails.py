"""What is told by e-mail about work contracts and hours. Names of people stay out of subjects."""

from uneplace.kit.mails import absolute, send_mail_later
from uneplace.organisations.queries import addresses_of

from .models import Placement, Statement


def ask_employer_to_confirm(pk: int) -> None:
    """The employer is asked whether the work contract is as recorded."""
    placement = Placement.objects.select_related("employer", "participant").get(pk=pk)
    send_mail_later(
        addresses_of(placement.employer),
        "Un contrat de travail à confirmer",
        "hours/mails/confirm_placement.txt",
        {"placement": placement, "link": absolute(placement.get_absolute_url())},
    )


def tell_service_statement_received(pk: int) -> None:
    """The service learns that hours wait for its control."""
    statement = _statement(pk)
    send_mail_later(
        addresses_of(statement.service),
        f"Relevé {statement.of_month} reçu de {statement.declarant}",
        "hours/mails/statement_received.txt",
        _context(statement),
    )


def tell_declarant_statement_returned(pk: int) -> None:
    """The declarant learns what to correct."""
    statement = _statement(pk)
    send_mail_later(
        addresses_of(statement.declarant),
        f"Votre relevé {statement.of_month} est à corriger",
        "hours/mails/statement_returned.txt",
        _context(statement),
    )


def tell_declarant_statement_validated(pk: int) -> None:
    """The declarant learns that the hours are counted."""
    statement = _statement(pk)
    send_mail_later(
        addresses_of(statement.declarant),
        f"Votre relevé {statement.of_month} est validé",
        "hours/mails/statement_validated.txt",
        _context(statement),
    )


def _statement(pk: int) -> Statement:
    return Statement.objects.select_related(
        "service", "declarant", "commitment__clause__lot__contract", "commitment__company"
    ).get(pk=pk)


def _context(statement: Statement) -> dict:
    return {
        "statement": statement,
        "contract": statement.commitment.clause.lot.contract,
        "link": absolute(statement.get_absolute_url()),
    }
