from datetime import date
from decimal import Decimal

from uneplace.contracts.correspondents import correspondents_of
from uneplace.contracts.models import Clause
from uneplace.kit.mails import absolute
from uneplace.mails.actions import write_mail
from uneplace.organisations.queries import addresses_of
from uneplace.rules.french import day, hours, several

from .control_records import Difficulty, Notice, Relief
from .models import ClauseReport, PenaltyCase


def tell_company_of_gap(case: PenaltyCase) -> None:
    """The company learns that hours are missing, and is asked what happened."""
    _tell(
        case,
        _of_company(case),
        f"Des {case.what.lower()} d’insertion manquent",
        "case_opened",
    )


def tell_company_of_reminder(notice: Notice) -> None:
    """The company is reminded of what is missing, with the day before which to answer."""
    case = notice.case
    _tell(case, _of_company(case), "Relance", "reminder", notice=notice)


def tell_of_letter(notice: Notice) -> None:
    """The company receives the letter of the service; the buyer its copy."""
    case, contract = notice.case, notice.case.commitment.clause.lot.contract
    _tell(
        case,
        _of_company(case),
        "Heures d’insertion\u00a0: courrier",
        "letter",
        notice=notice,
    )
    subject = "Copie d’un courrier à l’entreprise"
    _tell(case, addresses_of(contract.buyer), subject, "letter_copy", notice=notice)


def tell_buyer_of_account(notice: Notice) -> None:
    """The buyer learns that the account of a case is ready for its decision."""
    buyer = notice.case.commitment.clause.lot.contract.buyer
    _tell(notice.case, addresses_of(buyer), "Décompte préparé pour votre décision", "account", notice=notice)


def tell_buyer_to_decide(case: PenaltyCase, relief: Relief) -> None:
    """The buyer learns that relief is proposed to it."""
    buyer = case.commitment.clause.lot.contract.buyer
    _tell(case, addresses_of(buyer), "Une exonération vous est proposée", "relief_proposed", relief=relief)


def tell_of_relief(case: PenaltyCase, relief: Relief) -> None:
    """The company and the service learn how many hours of relief the buyer granted, and why."""
    for to in (_of_company(case), addresses_of(case.service)):
        _tell(case, to, "Exonération\u00a0: réponse", "relief_answered", relief=relief)


def tell_of_stop(case: PenaltyCase) -> None:
    """The company and the buyer learn that a case stopped, since nothing is missing any more."""
    buyer = case.commitment.clause.lot.contract.buyer
    for to in (_of_company(case), addresses_of(buyer)):
        _tell(case, to, "C’est régularisé", "case_stopped")


def tell_service_of_difficulty(difficulty: Difficulty) -> None:
    """The service learns that a company declares a difficulty, and what it asks; the buyer too."""
    commitment = difficulty.commitment
    contract = commitment.clause.lot.contract
    for organisation in (difficulty.service, contract.buyer):
        write_mail(
            addresses_of(organisation),
            f"{commitment.company} déclare une difficulté\u00a0: {contract}",
            "settlement/mails/difficulty_declared.txt",
            {
                "difficulty": difficulty,
                "contract": contract,
                "link": absolute(difficulty.get_absolute_url()),
            },
            about=difficulty,
        )


def tell_that_difficulty_is_withdrawn(difficulty: Difficulty) -> None:
    """The service and the buyer, told of a difficulty, learn that the company asks no more."""
    commitment = difficulty.commitment
    contract = commitment.clause.lot.contract
    for organisation in (difficulty.service, contract.buyer):
        write_mail(
            addresses_of(organisation),
            f"{commitment.company} retire sa demande\u00a0: {contract}",
            "settlement/mails/difficulty_withdrawn.txt",
            {
                "difficulty": difficulty,
                "contract": contract,
                "link": absolute(difficulty.get_absolute_url()),
            },
            about=difficulty,
        )


def tell_company_of_answer(difficulty: Difficulty) -> None:
    """The company learns what the service answers to its difficulty."""
    contract = difficulty.commitment.clause.lot.contract
    write_mail(
        addresses_of(difficulty.commitment.company),
        f"Réponse à la difficulté déclarée\u00a0: {contract}",
        "settlement/mails/difficulty_answered.txt",
        {"difficulty": difficulty, "contract": contract, "link": absolute(difficulty.get_absolute_url())},
        about=difficulty,
    )


def tell_company_of_notice(notice: Notice) -> None:
    """The company receives the buyer's formal notice, with what is missing that day; the service its copy."""
    case, figures = notice.case, notice.figures
    gap = hours(Decimal(figures["missing"]))
    if case.missing_actions:
        gap = several(figures["missed_actions"], "action", "actions")
    _tell(case, _of_company(case), "Mise en demeure", "notice_given", gap=gap)
    _tell(case, addresses_of(case.service), "Copie de la mise en demeure", "notice_copy", notice=notice)


def tell_company_of_end(case: PenaltyCase) -> None:
    """The company learns how the case ended, and why."""
    _tell(
        case,
        _of_company(case),
        f"Suite donnée aux {case.what.lower()} manquantes",
        "case_ended",
    )


def _of_company(case: PenaltyCase) -> list[str]:
    """The mandataire, one contact of the clause, and the company that owes the hours."""
    return correspondents_of(case.commitment.clause, also=[case.commitment.company])


def _tell(case: PenaltyCase, to: list[str], subject: str, template: str, **more: object) -> None:
    contract = case.commitment.clause.lot.contract
    write_mail(
        to,
        f"{subject}, {contract}",
        f"settlement/mails/{template}.txt",
        {
            "case": case,
            "contract": contract,
            "buyer": contract.buyer,
            "link": absolute(case.get_absolute_url()),
            **more,
        },
        about=case,
    )


def tell_of_report(report: ClauseReport) -> None:
    """The buyer and each company learn that a report of their clause can be read."""
    clause = report.clause
    contract = clause.lot.contract
    companies = [one.company for one in clause.commitments.select_related("company").order_by("pk")]
    for organisation in dict.fromkeys([contract.buyer, *companies]):
        write_mail(
            addresses_of(organisation),
            f"{report.get_kind_display()} de la clause d’insertion\u00a0: {contract}",
            "settlement/mails/report_issued.txt",
            {
                "report": report,
                "contract": contract,
                "lot": clause.lot,
                "link": absolute(report.get_absolute_url()),
            },
            about=report,
        )


def tell_companies_of_new_hours(clause: Clause, *, act: str, on: date) -> None:
    """Each company learns what it owes from now on, by which act, and since when."""
    contract = clause.lot.contract
    for commitment in clause.commitments.exclude(share=0).select_related("company"):
        write_mail(
            addresses_of(commitment.company),
            f"{hours(commitment.hours_due)} d’insertion à réaliser désormais\u00a0: {contract}",
            "settlement/mails/hours_changed.txt",
            {
                "contract": contract,
                "lot": clause.lot,
                "service": clause.service,
                "hours": hours(commitment.hours_due),
                "act": act,
                "on": day(on),
                "link": absolute(clause.get_absolute_url()),
            },
            about=clause,
        )
