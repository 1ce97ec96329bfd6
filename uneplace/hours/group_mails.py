"""What the companies of a clause and its service are told of transfers and subcontractors."""

from uneplace.contracts.correspondents import correspondents_of
from uneplace.contracts.models import Subcontracting, Transfer
from uneplace.kit.mails import absolute
from uneplace.mails.actions import write_mail
from uneplace.organisations.queries import addresses_of


def ask_companies(transfer: Transfer) -> None:
    """The companies that have not agreed are asked; the mandataire, one contact of the clause, is told."""
    asked = [one.company for one in transfer.awaited]
    _about_transfer(
        transfer,
        correspondents_of(transfer.clause, also=asked),
        "Des heures d’insertion à confier, votre accord est attendu",
        "transfer_proposed",
    )


def ask_service(transfer: Transfer) -> None:
    """The service learns that both companies agree: it decides."""
    _about_transfer(
        transfer, addresses_of(transfer.service), "Un transfert d’heures à valider", "transfer_agreed"
    )


def tell_companies(transfer: Transfer) -> None:
    """The mandataire and both companies learn what became of it."""
    both = [transfer.owner.company, transfer.partner.company]
    word = transfer.get_status_display().lower()
    _about_transfer(
        transfer,
        correspondents_of(transfer.clause, also=both),
        f"Transfert d’heures {word}",
        "transfer_ended",
    )


def tell_of_hours_back(transfer: Transfer) -> None:
    """The mandataire and both companies learn that an act took back hours that were entrusted."""
    both = [transfer.owner.company, transfer.partner.company]
    _about_transfer(
        transfer,
        correspondents_of(transfer.clause, also=both),
        "Des heures d’insertion confiées sont reprises",
        "hours_back",
    )


def _about_transfer(transfer: Transfer, to: list[str], subject: str, template: str) -> None:
    contract = transfer.clause.lot.contract
    write_mail(
        to,
        f"{subject}\u00a0: {contract}",
        f"hours/mails/{template}.txt",
        {"transfer": transfer, "contract": contract, "link": absolute(transfer.get_absolute_url())},
        about=transfer,
    )


def ask_service_of_subcontractor(declared: Subcontracting) -> None:
    """The service learns that a subcontractor is declared: it validates it first."""
    _about_subcontractor(declared, addresses_of(declared.service), "Une sous-traitante à valider")


def tell_of_subcontractor(declared: Subcontracting) -> None:
    """The mandataire and who declared it learn what was decided; the subcontractor, once it is a member."""
    concerned = [declared.principal.company]
    if declared.status == Subcontracting.Status.VALIDATED:
        concerned.append(declared.company)
    word = declared.get_status_display().lower()
    to = correspondents_of(declared.clause, also=concerned)
    _about_subcontractor(declared, to, f"Sous-traitance {word}")


def _about_subcontractor(declared: Subcontracting, to: list[str], subject: str) -> None:
    contract = declared.clause.lot.contract
    write_mail(
        to,
        f"{subject}\u00a0: {contract}",
        "hours/mails/subcontracting.txt",
        {"declared": declared, "contract": contract, "link": absolute(declared.get_absolute_url())},
        about=declared,
    )
