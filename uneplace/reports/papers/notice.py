"""The papers of a case as PDFs: reminder, letter, formal notice, account for the buyer with its annexes.

Each prints the figures that it froze on its day: it is the same paper whenever it is made again.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from uneplace.rules import french
from uneplace.settlement.control_records import Notice

from .fulfilment import contract_words
from .letterhead import letterhead_of
from .paper import Column, Facts, Letterhead, Paper, Table, Words

Kind = Notice.Kind
TITLES = {
    Kind.REMINDER: "Relance\u00a0: heures d’insertion manquantes",
    Kind.LETTER: "Heures d’insertion manquantes",
    Kind.FORMAL: "Mise en demeure",
    Kind.ACCOUNT: "Décompte préparé pour l’acheteur",
}


def letterhead_for(notice: Notice) -> Letterhead:
    """The service's letterhead; formal notice comes from the buyer, in the colour of the service."""
    own = letterhead_of(notice.service)
    if notice.author_id == notice.service_id:
        return own
    return Letterhead(name=str(notice.author), accent=own.accent)


def notice_paper(notice: Notice, *, warning: str = "") -> Paper:
    """One paper of a case, with the figures of its day; the account has annexes."""
    figures, sent = notice.figures, localtime(notice.sent_at).date()
    commitment = notice.case.commitment
    parts: list[Facts | Words | Table] = [_parties(notice)]
    parts.append(Words(_opening(notice, figures)))
    if notice.text:
        parts.append(Words(_paragraphs(notice.text), "Ce que dit l’expéditeur"))
    parts.append(Facts(_standing(figures), f"Chiffres au {french.day(_day(figures['on']))}"))
    if figures["late"]:
        parts.append(_late(figures))
    if notice.kind == Kind.ACCOUNT:
        parts += [_account(figures), _months(figures), _steps(figures)]
    parts.append(Words(_closing(notice, figures)))
    title = TITLES[Kind(notice.kind)]
    return Paper(
        title=title,
        subtitle=f"Du {french.day(sent)}, courrier n°\u00a0{notice.number} du dossier.",
        warning=warning,
        parts=parts,
        footer=f"{title}, {commitment.company}, {french.day(sent)}",
    )


def _parties(notice: Notice) -> Facts:
    commitment = notice.case.commitment
    contract = commitment.clause.lot.contract
    to = str(contract.buyer) if notice.kind == Kind.ACCOUNT else str(commitment.company)
    rows = [
        ("À", to),
        ("Marché", contract_words(commitment)),
        ("Acheteur", str(contract.buyer)),
        ("Entreprise", str(commitment.company)),
        ("Service facilitateur", str(notice.service)),
    ]
    if notice.copy_to and notice.kind != Kind.ACCOUNT:
        rows.append(("Copie à", str(notice.copy_to)))
    if notice.answer_before:
        rows.append(("Réponse attendue avant le", french.day(notice.answer_before)))
    return Facts(rows)


def _opening(notice: Notice, figures: Mapping[str, Any]) -> list[str]:
    what = _what(figures)
    if notice.kind == Kind.REMINDER:
        return [f"{notice.author} vous relance\u00a0: {what}."]
    if notice.kind == Kind.LETTER:
        return [
            f"{notice.author} constate que {what}, et en informe l’acheteur.",
            "Vous pouvez donner vos observations, ou déclarer une difficulté\u00a0: suspension, réduction ou "
            "suppression de ce qui reste à faire. Ce courrier n’est pas une mise en demeure.",
        ]
    if notice.kind == Kind.FORMAL:
        return [
            f"{notice.author} vous met en demeure de remédier à ceci, ou de vous en expliquer\u00a0: {what}.",
            "Passé le délai, une pénalité peut être appliquée selon le marché.",
        ]
    return [
        f"{notice.author} a préparé ce décompte d’après son registre et les règles du marché\u00a0: {what}.",
        "Il ne décide rien\u00a0: l’acheteur seul applique une pénalité, ou y renonce.",
    ]


def _what(figures: Mapping[str, Any]) -> str:
    """What is held against the company that day, in words."""
    told = []
    if figures["missed_actions"]:
        told.append(french.several(figures["missed_actions"], "action manque", "actions manquent"))
    elif Decimal(figures["missing"]):
        told.append(f"{french.hours(Decimal(figures['missing']))} d’insertion manquent")
    if late := len(figures["late"]):
        told.append(french.several(late, "document est en retard", "documents sont en retard"))
    return " et ".join(told)


def _standing(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    if figures["actions_due"] is not None:
        return [
            ("Actions dues", french.number(figures["actions_due"])),
            ("Actions manquantes", french.number(figures["missed_actions"])),
        ]
    rows = [
        ("Heures dues", _hours(figures["due"])),
        ("Heures comptées", _hours(figures["counted"])),
        ("Heures attendues à ce jour", french.hours(round(Decimal(figures["expected"])))),
    ]
    if Decimal(figures["to_validate"]):
        rows.append(("Heures reçues, à contrôler", _hours(figures["to_validate"])))
    if Decimal(figures["granted"]):
        rows.append(("Heures exonérées", _hours(figures["granted"])))
    rows.append(("Heures manquantes", _hours(figures["missing"])))
    return rows


def _late(figures: Mapping[str, Any]) -> Table:
    return Table(
        title="Documents en retard",
        columns=[Column("Document", 3), Column("En retard depuis le", 1.4)],
        rows=[[one["name"], french.day(_day(one["late_from"]))] for one in figures["late"]],
    )


def _account(figures: Mapping[str, Any]) -> Table:
    exposure = figures["exposure"]
    note = "" if exposure["is_priced"] else "Le marché ne fixe pas de pénalité pour ce qui manque."
    return Table(
        title="Calcul selon les règles du marché",
        columns=[Column("Étape", 4), Column("Résultat", 1.2, number=True)],
        rows=[[french.typeset(one["text"]), french.typeset(one["value"])] for one in exposure["explanation"]],
        total=["Exigible à ce jour", french.euros(Decimal(exposure["payable"]))],
        note=note,
    )


def _months(figures: Mapping[str, Any]) -> Table:
    rows = [[one["month"], _hours(one["declared"]), _hours(one["counted"])] for one in figures["months"]]
    return Table(
        title="Annexe 1\u00a0: heures, mois par mois",
        columns=[
            Column("Mois", 2),
            Column("Déclarées et validées", 1.3, number=True),
            Column("Comptées", number=True),
        ],
        rows=rows,
        note=_note_of_months(figures),
    )


def _note_of_months(figures: Mapping[str, Any]) -> str:
    """What the months alone do not say: hours that partners did for the company, or it for them."""
    done = sum(Decimal(one["counted"]) for one in figures["months"])
    owed_done = Decimal(figures["counted"])
    if done != owed_done:
        return (
            f"Ces mois sont ceux de l’entreprise seule, {french.hours(done)} en tout. Avec les transferts "
            f"entre partenaires, {french.hours(owed_done)} comptent pour ce qu’elle doit."
        )
    return "" if figures["months"] else "Aucune heure n’est encore comptée."


def _steps(figures: Mapping[str, Any]) -> Table:
    rows = [[one["on"], one["title"], one["who"], " ".join(one["text"].split())] for one in figures["steps"]]
    return Table(
        title="Annexe 2\u00a0: ce qui a été fait",
        columns=[
            Column("Date", 1.1),
            Column("Étape", 1.6),
            Column("Qui", 1.3),
            Column("Ce qui a été dit", 2.6),
        ],
        rows=rows,
    )


def _closing(notice: Notice, figures: Mapping[str, Any]) -> list[str]:
    read = (
        f"Registre lu le {french.day(_day(figures['on']))}\u00a0: une correction inscrite depuis n’y est pas."
    )
    if notice.kind == Kind.FORMAL:
        return [read, "Cette mise en demeure suit aussi les formes que prévoit le marché."]
    return [read]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _hours(value: str) -> str:
    return french.hours(Decimal(value))


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
