"""The information notice: what a person is told before anything is shared (RGPD, articles 13 and 14).

Short sentences, everyday words. The page and the PDF print the same sections. A change of what it says is a
new version: the day on which a person was informed then tells which text they were given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from uneplace.organisations.models import Organisation
from uneplace.reports.pdf import compile_document
from uneplace.rules import french
from uneplace.rules.parameters import PARAMETERS
from uneplace.settlement.letterheads import ACCENT

from .readers import KINDS, Reader, never_read_by, read_by

TITLE = "Votre dossier et vos droits"
VERSION = "1"
VERSION_ON = date(2026, 11, 23)
TEMPLATE = Path(__file__).parent / "paper.typ"
TO_CONFIRM = "à confirmer par votre délégué à la protection des données"
CNIL = "CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, www.cnil.fr"


@dataclass(frozen=True)
class Section:
    """One heading, the sentences under it, a list, and what is said after the list."""

    title: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def contact_of(service: Organisation) -> str:
    """« Service insertion, clauses@exemple.fr, 02 31 00 00 00 »."""
    return ", ".join(part for part in (str(service), service.email, service.phone) if part)


def notice(services: Sequence[Organisation], *, officer: str = "", on: date) -> tuple[Section, ...]:
    """The sections of the notice of these services; `officer` is how to reach the data protection officer."""
    months = PARAMETERS.contact_retention_months.whole_on(on)
    days = PARAMETERS.retention_notice_days.whole_on(on)
    answer = PARAMETERS.rights_answer_months.whole_on(on)
    who = tuple(contact_of(service) for service in services)
    return (
        Section(
            "À quoi sert ce dossier",
            (
                "Certains marchés publics réservent des heures de travail à des personnes qui cherchent un "
                "emploi. C’est la clause sociale d’insertion.",
                "Un dossier est ouvert à votre nom. Il sert à\u00a0:",
            ),
            (
                "vous proposer pour ces emplois\u00a0;",
                "vérifier que vous y avez droit\u00a0;",
                "compter vos heures de travail\u00a0;",
                "en rendre compte à l’acheteur public, sans votre nom.",
            ),
            ("Il ne sert à rien d’autre. Il n’est jamais vendu. Il ne sert pas à la publicité.",),
        ),
        Section(
            "Qui est responsable de votre dossier",
            ("Le service facilitateur qui tient votre dossier\u00a0:",) if who else (NO_SERVICE,),
            who,
            (
                f"Délégué à la protection des données\u00a0: {officer}"
                if officer
                else "Le nom du délégué à la protection des données se demande à ce service.",
            ),
        ),
        Section(
            "Pourquoi le service a le droit de le tenir",
            (
                "Un service public le tient pour une mission d’intérêt public (RGPD, article 6, paragraphe "
                "1, point e).",
                "Une association peut le tenir pour un intérêt légitime (point f).",
                "Votre consentement n’est pas la base du dossier. Mais votre accord est demandé avant chaque "
                "envoi à une entreprise. Vous pouvez dire non.",
                "Certaines données sont sensibles, par exemple un handicap. La règle qui permet de les "
                f"garder est {TO_CONFIRM}.",
            ),
        ),
        Section(
            "Ce que contient votre dossier",
            (),
            tuple(f"{kind.name}\u00a0: {kind.holds}." for kind in KINDS),
            (
                "Ces données viennent de vous, de la structure qui vous accompagne, et de votre employeur "
                "pour les heures.",
                "Votre numéro de sécurité sociale n’est jamais demandé.",
                "Vous n’êtes pas obligé de répondre à tout. Mais sans justificatif, le service ne peut pas "
                "dire que vous avez droit à ces emplois.",
            ),
        ),
        Section(
            "Qui lit votre dossier", (), tuple(what_reads(reader, name=reader.label) for reader in Reader)
        ),
        Section(
            "Ce qu’une entreprise ne voit jamais",
            (),
            tuple(f"{kind.name}\u00a0: {kind.holds}." for kind in never_read_by(Reader.COMPANY)),
            (
                "Elle lit seulement «\u00a0éligible jusqu’au…\u00a0» et une date. Elle ne lit pas non plus "
                "le nom d’un organisme qui vous accompagne sans vous employer.",
            ),
        ),
        Section(
            "Combien de temps il est gardé",
            (
                f"Votre dossier est gardé {french.number(months)} mois après votre dernier contact avec le "
                "service. Un emploi, une candidature, des heures déclarées sont des contacts.",
                f"Ensuite, il est anonymisé\u00a0: votre nom et tout ce qui vous désigne sont effacés. Le "
                f"service et votre structure sont prévenus {french.number(days)} jours avant.",
                "Il reste des chiffres\u00a0: des heures, un âge approximatif, un sexe, une commune, un "
                "motif.",
            ),
        ),
        Section(
            "Aucune décision automatique",
            (
                "Le logiciel vérifie des règles et explique sa réponse. Il ne décide pas. Une personne du "
                "service décide toujours.",
                "Il ne vous donne pas de note. Il ne vous compare pas à d’autres personnes.",
            ),
        ),
        Section(
            "Vos droits",
            ("Vous pouvez\u00a0:",),
            (
                "lire tout ce qui est gardé sur vous, et savoir qui l’a reçu\u00a0;",
                "faire corriger ce qui est faux\u00a0;",
                "demander l’effacement. Le service peut garder ce qu’un contrôle peut encore "
                "demander\u00a0; il vous dit alors pourquoi\u00a0;",
                "vous opposer à l’usage de votre dossier, ou demander qu’il ne soit plus transmis.",
            ),
            (
                "Écrivez ou dites-le au service, ou à la structure qui vous accompagne. C’est gratuit. Le "
                f"service répond en {french.number(answer)} mois.",
                "Exercer vos droits ne peut pas vous être reproché.",
            ),
        ),
        Section(
            "Si la réponse ne vous convient pas",
            (
                "Vous pouvez écrire à la Commission nationale de l’informatique et des libertés\u00a0: "
                f"{CNIL}.",
            ),
        ),
    )


def what_reads(reader: Reader, *, name: str) -> str:
    """« L’acheteur public : contrat de travail et heures (des totaux, sans nom). »"""
    parts = [
        f"{in_line(kind.name)} ({limit})" if limit else in_line(kind.name) for kind, limit in read_by(reader)
    ]
    return f"{name[:1].upper()}{name[1:]}\u00a0: " + "\u00a0; ".join(parts) + "."


def in_line(name: str) -> str:
    """A name inside a sentence: « identité et coordonnées », but « CV, permis, disponibilité »."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


NO_SERVICE = "Aucun service facilitateur n’est encore enregistré sur cette installation."


def notice_pdf(services: Sequence[Organisation], *, officer: str = "", on: date, warning: str = "") -> bytes:
    """The notice as a tagged PDF, to hand over or to post up."""
    author = ", ".join(str(service) for service in services) or "Uneplace"
    version = f"Version {VERSION} du {french.day(VERSION_ON)}"
    data = {
        "title": TITLE,
        "author": author,
        "accent": ACCENT,
        "subtitle": f"{version}. Gardez cette feuille\u00a0: elle est à vous.",
        "warning": warning,
        "footer": f"{author}, notice d’information, {version.lower()}",
        "sections": [
            {
                "title": section.title,
                "before": list(section.sentences),
                "points": list(section.points),
                "after": list(section.after),
            }
            for section in notice(services, officer=officer, on=on)
        ],
    }
    return compile_document(TEMPLATE.read_bytes(), data, on=on)
