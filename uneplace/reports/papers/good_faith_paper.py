"""The good-faith file of a commitment in parts: the same on its page and on its paper."""

from datetime import date
from statistics import median

from django.utils.timezone import localtime

from uneplace.kit.periods import last_day
from uneplace.rules import french

from .fulfilment import contract_words
from .good_faith import GoodFaith
from .paper import Column, Facts, Paper, Table, Words

TITLE = "Ce qui a été fait pour trouver"
MEANING = (
    "Les personnes proposées sont celles que des structures ont présentées pour une fiche de poste de "
    "l’engagement. Le délai de l’entreprise se compte en jours, de la transmission d’un dossier à sa réponse."
)
NO_NAMES = "Aucune personne n’est nommée."


def good_faith_paper(file: GoodFaith, *, warning: str = "") -> Paper:
    """The file as a paper of the service, made on its day."""
    commitment = file.commitment
    return Paper(
        title=TITLE,
        subtitle=f"Dossier fait le {french.day(file.on)}, d’après le registre de {commitment.service}.",
        warning=warning,
        parts=parts_of(file),
        footer=f"{TITLE}, {commitment.company}, {french.day(file.on)}",
        is_wide=True,
    )


def parts_of(file: GoodFaith) -> list[Facts | Words | Table]:
    """The parts of the file, the same on its page and on its paper."""
    parts: list[Facts | Words | Table] = [
        _parties(file),
        Facts(_summary(file), "En bref"),
        _offers_table(file),
        _refusals_table(file),
    ]
    if file.nothing:
        parts.append(
            Table(
                [Column("Raison donnée", 3), Column("Structures", number=True)],
                [[reason, french.number(count)] for reason, count in file.nothing],
                title="Structures qui n’avaient personne à proposer",
            )
        )
    parts.append(_people_table(file) if file.reads_names else Words([NO_NAMES], "Personnes proposées"))
    parts.append(_meetings_table(file))
    if file.control:
        parts.append(_control_table(file))
    parts.append(Words([MEANING]))
    return [_in_words(part) for part in parts]


def _in_words(part: Facts | Words | Table) -> Facts | Words | Table:
    """A table without a line says so in words."""
    return Words([part.note], part.title) if isinstance(part, Table) and not part.rows else part


def _parties(file: GoodFaith) -> Facts:
    commitment, progress, relieved = file.commitment, file.progress, file.relieved
    end = last_day(commitment.period)
    until = f" au {french.day(end)}" if end else ""
    rows = [
        ("Marché", contract_words(commitment)),
        ("Acheteur", str(commitment.clause.lot.contract.buyer)),
        ("Entreprise", str(commitment.company)),
        ("Période", f"du {french.day(commitment.period.lower)}{until}"),
    ]
    if not commitment.clause.owes_actions:
        rows += [
            ("Heures dues", french.hours(progress.due)),
            ("Heures comptées", french.hours(progress.counted)),
            *([("Heures exonérées", french.hours(relieved.hours))] if relieved.hours else []),
            ("Heures restant à faire", french.hours(relieved.asked(progress).missing)),
        ]
    return Facts(rows)


def _summary(file: GoodFaith) -> list[tuple[str, str]]:
    offers = file.offers
    rows = [
        ("Fiches de poste diffusées", french.number(len(offers))),
        ("Postes proposés", french.number(sum(one.sheet.posts for one in offers))),
        ("Envois à des structures", french.number(sum(one.structures for one in offers))),
        ("Personnes proposées", french.number(file.proposed)),
        ("Dossiers transmis à l’entreprise", french.number(sum(one.transmitted for one in offers))),
        ("Entretiens tenus", french.number(file.interviews)),
        ("Personnes choisies", french.number(file.hired)),
    ]
    if file.delays:
        middle = round(median(file.delays))
        rows.append(
            ("Délai de réponse de l’entreprise", f"{french.several(middle, 'jour', 'jours')} (médiane)")
        )
    rows += [
        ("Réponses données après le délai", french.number(file.late_answers)),
        ("Dossiers sans réponse, délai passé", french.number(file.waiting)),
        ("Relances envoyées sur les fiches", french.number(file.reminders)),
    ]
    return rows


def _offers_table(file: GoodFaith) -> Table:
    rows = [
        [
            one.sheet.title,
            french.day(localtime(one.sheet.published_at).date()),
            french.number(one.sheet.posts),
            french.number(one.structures),
            french.number(one.proposed),
            french.number(one.transmitted),
            french.number(one.hired),
            one.ending,
        ]
        for one in file.offers
    ]
    return Table(
        title="Fiches de poste",
        columns=[
            Column("Poste", 2),
            Column("Diffusée le", 1.3),
            Column("Postes", 0.7, number=True),
            Column("Structures", 0.9, number=True),
            Column("Proposées", 0.9, number=True),
            Column("Transmises", 0.9, number=True),
            Column("Choisies", 0.8, number=True),
            Column("Où elle en est", 1.6),
        ],
        rows=rows,
        note="" if rows else "Aucune fiche de poste n’a été diffusée.",
    )


def _refusals_table(file: GoodFaith) -> Table:
    return Table(
        title="Candidatures qui n’ont pas abouti",
        columns=[Column("Réponse de", 1.4), Column("Raison", 3), Column("Personnes", 0.9, number=True)],
        rows=[[who, reason, french.number(count)] for who, reason, count in file.refusals],
        note="" if file.refusals else "Aucune candidature n’a été refusée ni retirée.",
    )


def _people_table(file: GoodFaith) -> Table:
    others = file.proposed - len(file.people)
    note = ""
    if others:
        told = french.several(others, "autre personne proposée", "autres personnes proposées")
        note = f"{told}, sans dossier transmis à l’entreprise."
    return Table(
        title="Personnes proposées",
        columns=[
            Column("Personne", 1.6),
            Column("Poste", 1.6),
            Column("Proposée le", 1.1),
            Column("Transmise le", 1.1),
            Column("Réponse le", 1.1),
            Column("Suite", 2),
        ],
        rows=[
            [
                one.person,
                one.job,
                french.day(one.proposed_on),
                _day_or_none(one.transmitted_on),
                _day_or_none(one.answered_on),
                one.outcome,
            ]
            for one in file.people
        ],
        note=note or ("" if file.people else "Personne n’a été proposé."),
    )


def _day_or_none(on: date | None) -> str:
    return french.day(on) if on else "non"


def _meetings_table(file: GoodFaith) -> Table:
    return Table(
        title="Réunions",
        columns=[Column("Date", 1), Column("Qui", 1.8), Column("Ce qui a été décidé", 3.4)],
        rows=[[french.day(on), who, " ".join(text.split())] for on, who, text in file.meetings],
        note="" if file.meetings else "Aucune réunion n’est notée.",
    )


def _control_table(file: GoodFaith) -> Table:
    return Table(
        title="Heures manquantes\u00a0: ce qui a été écrit et dit",
        columns=[
            Column("Date", 1),
            Column("Étape", 1.8),
            Column("Qui", 1.4),
            Column("Ce qui a été dit", 2.8),
        ],
        rows=[
            [stage.on_words, stage.title, stage.who, " ".join(stage.text.split())] for stage in file.control
        ],
    )
