from uneplace.kit.mails import absolute, send_mail_later
from uneplace.organisations.queries import addresses_of

from .models import PenaltyCase


def tell_company_of_gap(case: PenaltyCase) -> None:
    """The company learns that hours are missing, and is asked what happened."""
    _tell(case, addresses_of(case.commitment.company), "Des heures d’insertion manquent", "case_opened")


def tell_buyer_to_decide(case: PenaltyCase) -> None:
    """The buyer learns that relief is proposed to it."""
    buyer = case.commitment.clause.lot.contract.buyer
    _tell(case, addresses_of(buyer), "Une exonération vous est proposée", "relief_proposed")


def tell_company_of_notice(case: PenaltyCase) -> None:
    """The company receives the buyer's formal notice, with the limit to answer."""
    _tell(case, addresses_of(case.commitment.company), "Mise en demeure", "notice_given")


def tell_company_of_end(case: PenaltyCase) -> None:
    """The company learns how the case ended, and why."""
    _tell(case, addresses_of(case.commitment.company), "Suite donnée aux heures manquantes", "case_ended")


def _tell(case: PenaltyCase, to: list[str], subject: str, template: str) -> None:
    contract = case.commitment.clause.lot.contract
    send_mail_later(
        to,
        f"{subject}, {contract}",
        f"settlement/mails/{template}.txt",
        {
            "case": case,
            "contract": contract,
            "buyer": contract.buyer,
            "link": absolute(case.get_absolute_url()),
        },
    )
