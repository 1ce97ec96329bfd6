"""What is told by e-mail about work contracts and hours. Names of people stay out of subjects."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute
from uneplace.mails.actions import Letter, write_mail, write_mails
from uneplace.offers.doors import Door
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_by, addresses_of
from uneplace.rules.french import day, listed, several
from uneplace.rules.french import hours as hours_in_words

from .models import (
    AwaitedDocument,
    Break,
    Confirmation,
    FollowUp,
    HoursImport,
    MonthLink,
    Placement,
    Statement,
    month_name,
    of_month,
)


def ask_employer_to_confirm(pk: int) -> None:
    """The employer is asked whether the work contract is as recorded."""
    placement = Placement.objects.select_related("employer", "participant").get(pk=pk)
    write_mail(
        addresses_of(placement.employer),
        "Un contrat de travail à confirmer",
        "hours/mails/confirm_placement.txt",
        {"placement": placement, "link": absolute(placement.get_absolute_url())},
        about=placement,
    )


def tell_service_of_difficulty(follow_up: FollowUp) -> None:
    """The employer said that somebody is in difficulty: the service is told, without a name in the mail."""
    write_mail(
        addresses_of(follow_up.service),
        "Une personne en difficulté dans son emploi",
        "hours/mails/difficulty.txt",
        {"follow_up": follow_up, "link": absolute(follow_up.placement.get_absolute_url())},
        about=follow_up.placement,
    )


def tell_of_break(found: Break) -> None:
    """A work contract was broken: the service, who follows the person, who declares its hours and the company
    where the person worked are told."""
    placement = found.placement
    hosts = Organisation.objects.filter(commitments__allocations__placement=placement)
    following = Organisation.objects.filter(supports__participant=placement.participant_id)
    told = {found.service, placement.employer, placement.declared_by, *hosts, *following}
    for organisation in sorted(told, key=lambda one: one.pk):
        write_mail(
            addresses_of(organisation),
            "Un contrat de travail s’est arrêté",
            "hours/mails/broken.txt",
            {
                "found": found,
                "last_day": day(found.last_day),
                "is_service": organisation == found.service,
                "link": absolute(placement.participant.get_absolute_url())
                if organisation in following
                else absolute(placement.get_absolute_url()),
            },
            about=placement,
        )


def ask_for_hours(asked: Sequence[tuple[Statement, Door]], *, late: bool) -> None:
    """One mail for the months that one address is asked to declare in one service, each with its door."""
    statements, service = [statement for statement, _ in asked], asked[0][0].service
    months = listed(dict.fromkeys(one.of_month for one in statements))
    write_mail(
        asked[0][1].address,
        f"Vos heures {months} sont en retard" if late else f"Vos heures {months} à déclarer",
        "hours/mails/ask_for_hours.txt",
        {
            "late": late,
            "service": service,
            "by_link": any(door.until for _, door in asked),
            "lines": [
                {
                    "month": month_name(statement.month),
                    "contract": statement.commitment.clause.lot.contract,
                    "before": day(statement.due_on),
                    "door": door,
                }
                for statement, door in asked
            ],
        },
        about=statements,
    )


def tell_service_statement_received(pk: int) -> None:
    """The service learns that hours wait for its control."""
    statement = _statement(pk)
    write_mail(
        addresses_of(statement.service),
        f"Relevé {statement.of_month} reçu de {statement.declarant}",
        "hours/mails/statement_received.txt",
        _context(statement),
        about=statement,
    )


def tell_service_of_import(hours_import: HoursImport, *, sent: int) -> None:
    """The service learns, in one mail, how many statements an import has sent."""
    what = several(sent, "relevé reçu", "relevés reçus")
    write_mail(
        addresses_of(hours_import.service),
        f"{what} de {hours_import.importer}, par un import",
        "hours/mails/import_received.txt",
        {
            "what": what,
            "importer": hours_import.importer,
            "link": absolute(reverse("hours:list")),
        },
        about=hours_import,
    )


def tell_declarant_statement_returned(statement: Statement, doors: Iterable[Door]) -> None:
    """The declarant learns what to correct, and by which door."""
    for door in doors:
        write_mail(
            door.address,
            f"Votre relevé {statement.of_month} est à corriger",
            "hours/mails/statement_returned.txt",
            _context(statement) | {"link": door.link, "until": door.until},
            about=statement,
        )


def tell_declarants_of_validation(statements: Sequence[Statement]) -> None:
    """Each declarant learns that its hours are counted, one mail a statement; `told_of` gives them whole."""
    addresses = addresses_by({one.declarant for one in statements})
    write_mails(
        Letter(
            addresses[one.declarant_id],
            f"Votre relevé {one.of_month} est validé",
            "hours/mails/statement_validated.txt",
            _context(one),
            one,
        )
        for one in statements
    )


def tell_statement_reopened(pk: int, *, reason: str) -> None:
    """The declarant and the company that owes the hours learn that they are taken back for now, and why."""
    statement = _statement(pk)
    for organisation in dict.fromkeys((statement.declarant, statement.commitment.company)):
        write_mail(
            addresses_of(organisation),
            f"Le relevé {statement.of_month} est rouvert",
            "hours/mails/statement_reopened.txt",
            _context(statement) | {"reason": reason},
            about=statement,
        )


def ask_for_documents(asked: Sequence[tuple[AwaitedDocument, Door]], *, on: date) -> None:
    """One mail for the documents that one address is asked for in one service, each with its door: those
    that are late alone, or those that are not."""
    documents, service = [document for document, _ in asked], asked[0][0].service
    late = on > documents[0].due_on
    what = several(len(asked), "pièce", "pièces")
    write_mail(
        asked[0][1].address,
        f"{what} en retard" if late else f"{what} à envoyer",
        "hours/mails/ask_for_documents.txt",
        {
            "service": service,
            "by_link": any(door.until for _, door in asked),
            "lines": [
                {
                    "document": document,
                    "contract": document.commitment.clause.lot.contract,
                    "before": day(document.due_on),
                    "late": on > document.due_on,
                    "door": door,
                }
                for document, door in asked
            ],
        },
        about=documents,
    )


def tell_service_of_document(document: AwaitedDocument) -> None:
    """The service learns that a document waits to be read."""
    write_mail(
        addresses_of(document.service),
        f"Pièce reçue de {document.sender}",
        "hours/mails/document_received.txt",
        {"document": document, "link": absolute(document.get_absolute_url())},
        about=document,
    )


def tell_sender_to_redo(document: AwaitedDocument, doors: Iterable[Door]) -> None:
    """The sender learns what is wrong with a document, and by which door to send another."""
    for door in doors:
        write_mail(
            door.address,
            "Une pièce est à refaire",
            "hours/mails/document_refused.txt",
            {"document": document, "link": door.link, "until": door.until},
            about=document,
        )


def ask_host_to_confirm(statement: Statement, door: Door) -> None:
    """The company where lent people work is asked whether their month is right; it names nobody."""
    write_mail(
        door.address,
        f"Les heures {statement.of_month} faites chez vous\u00a0: est-ce bien ça\u00a0?",
        "hours/mails/confirm_as_host.txt",
        _context(statement) | {"link": door.link, "until": door.until},
        about=statement,
    )


def ask_person_to_confirm(link: MonthLink, address: str) -> None:
    """The person is asked whether the hours of a month are right, at the address of their file."""
    write_mail(
        link.email,
        f"Vos heures {of_month(link.month)}\u00a0: est-ce bien ça\u00a0?",
        "hours/mails/confirm_month.txt",
        {
            "service": link.service,
            "employer": link.placement.employer,
            "month": month_name(link.month),
            "link": address,
            "until": day(localtime(link.expires_at).date()),
        },
        about=link.placement,
    )


def tell_of_differences(answers: Sequence[Confirmation]) -> None:
    """Somebody says that the hours declared for a month are not those worked: the service and the declarant
    are told, in one mail each, without a name in it."""
    told: dict[Organisation, list[Confirmation]] = {}
    for answer in answers:
        for organisation in dict.fromkeys([answer.service, answer.placement.declared_by]):
            told.setdefault(organisation, []).append(answer)
    for organisation, its in told.items():
        write_mail(
            addresses_of(organisation),
            f"Des heures {of_month(its[0].month)} à revoir",
            "hours/mails/difference.txt",
            {
                "month": month_name(its[0].month),
                "links": [absolute(one.get_absolute_url()) for one in its],
            },
            about=[one.placement for one in its],
        )


def tell_of_message(answer: Confirmation, *, by: Organisation) -> None:
    """Something was written on a difference: whoever else has a part in it is told, without a word of it."""
    for organisation in _concerned(answer, besides=by):
        write_mail(
            addresses_of(organisation),
            f"Un message sur des heures {answer.of_month}",
            "hours/mails/difference_message.txt",
            {"month": month_name(answer.month), "link": absolute(answer.get_absolute_url())},
            about=answer.placement,
        )


def tell_settled(answer: Confirmation, *, by: Organisation) -> None:
    """A difference is settled: whoever had a part in it is told; the person too, if they wished for mails."""
    person = answer.placement.participant
    to = [(addresses_of(one), absolute(answer.get_absolute_url())) for one in _concerned(answer, besides=by)]
    if answer.party == Confirmation.Party.PERSON and person.told_by_email and person.email:
        to.append(([person.email], ""))
    for addresses, link in to:
        write_mail(
            addresses,
            f"Les heures {answer.of_month} sont réglées",
            "hours/mails/difference_settled.txt",
            {
                "month": month_name(answer.month),
                "kept": hours_in_words(answer.kept),
                "service": answer.service,
                "link": link,
            },
            about=answer.placement,
        )


def _concerned(answer: Confirmation, *, besides: Organisation) -> list[Organisation]:
    parts = [answer.service, answer.placement.declared_by, answer.organisation]
    return [one for one in dict.fromkeys(parts) if one is not None and one != besides]


def told_of(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Statements with all that their mails name."""
    return statements.select_related(
        "service", "declarant", "commitment__clause__lot__contract", "commitment__company"
    )


def _statement(pk: int) -> Statement:
    return told_of(Statement.objects.all()).get(pk=pk)


def _context(statement: Statement) -> dict:
    return {
        "statement": statement,
        "contract": statement.commitment.clause.lot.contract,
        "link": absolute(statement.get_absolute_url()),
    }
