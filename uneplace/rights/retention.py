"""How long each thing is kept and what is done at its term: a table, and the nightly work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localtime

from uneplace.evidence.files import NO_FILE, forget_files
from uneplace.evidence.models import Evidence
from uneplace.hours.models import AwaitedDocument
from uneplace.journal.actions import record, record_many
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Invitation, Organisation
from uneplace.people.models import DecisionProof, Participant, Support
from uneplace.rules import french
from uneplace.rules.dates import add_months
from uneplace.rules.parameters import PARAMETERS, Parameter

from . import mails
from .contact import last_contacts
from .erasing import anonymise, duties_to_keep
from .tutors import forget_tutors, old_tutors


@dataclass(frozen=True)
class Rule:
    """How long one kind of thing is kept: from when, for how long, and what is done then.

    `parameter` gives the time, its unit, source and status; a rule without one says its time in `term`.
    """

    thing: str
    since: str
    done: str
    parameter: Parameter | None = None
    term: str = ""
    status: str = ""

    def time_on(self, day: date) -> str:
        """« 24 mois »."""
        if self.parameter is None:
            return self.term
        return f"{french.number(self.parameter.on(day))} {self.parameter.unit}"

    @property
    def kind(self) -> str:
        """The status of the time: law, usage, to confirm."""
        return self.parameter.status if self.parameter else self.status

    @property
    def source(self) -> str:
        """Where the time comes from."""
        return self.parameter.citation if self.parameter else "Choix d’Uneplace"


RULES = [
    Rule(
        "Dossier d’une personne\u00a0: identité, coordonnées, candidatures, décisions",
        "le dernier contact\u00a0: candidature, décision, contrat de travail, heures, demande",
        "anonymisé, après une annonce au service et aux structures qui la suivent",
        PARAMETERS.contact_retention_months,
    ),
    Rule(
        "Annonce d’une anonymisation",
        "le jour où elle paraît dans la liste",
        "le dossier est anonymisé, sauf s’il est gardé avec un motif ou repris",
        PARAMETERS.retention_notice_days,
    ),
    Rule("CV", "la réponse à la candidature", "fichier supprimé", PARAMETERS.cv_retention_months),
    Rule(
        "Tutrice ou tuteur d’un poste, et qui les remplace\u00a0: nom et téléphone",
        "la fin du poste\u00a0: fiche close ou dernier jour passé, plus personne en poste",
        "supprimés de la fiche et de ses versions",
        PARAMETERS.tutor_retention_months,
    ),
    Rule(
        "Justificatifs d’éligibilité",
        "la décision, la dernière si plusieurs l’emploient",
        "marqués «\u00a0purgés\u00a0»\u00a0: leur nature, leur date et leur fichier sont effacés",
        PARAMETERS.proof_retention_months,
    ),
    Rule(
        "Pièces envoyées pour un marché : feuilles d’heures, attestations",
        "le jour avant lequel elles étaient attendues",
        "marquées « purgées » : leur fichier est effacé",
        PARAMETERS.proof_retention_months,
    ),
    Rule(
        "Heures comptées, contrats de travail sans nom",
        "l’anonymisation",
        "gardés pour les comptes de la clause et les bilans\u00a0; ils ne désignent plus personne",
        term="sans limite",
        status="à confirmer",
    ),
    Rule(
        "Invitations à ouvrir un compte",
        "la fin de leur validité",
        "supprimées",
        PARAMETERS.invitation_retention_months,
    ),
    Rule(
        "Messages partis par courriel",
        "leur envoi",
        "supprimés dès l’envoi",
        term="aucune durée",
        status="usage",
    ),
    Rule(
        "Messages qui n’ont pas pu partir",
        "le dernier essai",
        "supprimés",
        PARAMETERS.message_retention_days,
    ),
    Rule(
        "Messages partis\u00a0: destinataire, sujet, et s’ils sont arrivés",
        "le jour où ils ont été écrits",
        "supprimés chaque nuit",
        term="1 an",
        status="usage",
    ),
    Rule(
        "Fichiers d’heures importés, et leurs lignes",
        "leur réception, ou leur import s’il vient après",
        "effacés chaque nuit\u00a0; les relevés restent",
        term="30 jours",
        status="usage",
    ),
    Rule(
        "Sessions",
        "la connexion",
        "fermées après 30 minutes sans rien faire, puis supprimées chaque nuit",
        term="12 heures au plus",
        status="usage",
    ),
    Rule(
        "Essais de mots de passe\u00a0: une empreinte, qui ne dit ni le compte ni l’adresse",
        "le dernier essai",
        "supprimés chaque nuit",
        term="1 jour",
        status="usage",
    ),
    Rule(
        "Journal des actes et des lectures",
        "l’acte",
        "gardé\u00a0: il ne nomme aucune personne suivie, seulement les professionnels",
        term="sans limite à ce jour",
        status="à confirmer",
    ),
]


@dataclass(frozen=True)
class Term:
    """Where a file stands: its last contact, the day it is to be anonymised, since when that is announced."""

    participant: Participant
    last_contact: date
    on: date
    announced_on: date | None
    kept_until: date | None = None

    @property
    def is_announced(self) -> bool:
        """Whether the announcement in force is about this very term, and not about an earlier one."""
        return self.announced_on is not None and self.announced_on >= self.on - notice_days(self.on)

    @property
    def anonymised_on(self) -> date:
        """The day on which it will be, if nothing happens: never before its notice is over."""
        if self.announced_on is None or not self.is_announced:
            return self.on
        return max(self.on, self.announced_on + notice_days(self.on))


@dataclass
class Outcome:
    """What one night of retention did, or would do."""

    announced: list[Term] = field(default_factory=list)
    anonymised: list[Term] = field(default_factory=list)
    held: list[Term] = field(default_factory=list)
    cvs: int = 0
    proofs: int = 0
    documents: int = 0
    tutors: int = 0


def notice_days(on: date) -> timedelta:
    """How long before its anonymisation a file is announced."""
    return timedelta(days=PARAMETERS.retention_notice_days.whole_on(on))


def terms(service: Organisation, *, on: date) -> list[Term]:
    """The files of a service whose term comes within the time of a notice, the nearest first."""
    horizon = on + notice_days(on)
    before = add_months(horizon, -PARAMETERS.contact_retention_months.whole_on(on)) + timedelta(days=1)
    contacts = last_contacts(service=service.pk, before=before)
    people = Participant.objects.known().filter(pk__in=contacts).annotate(kept=Max("keepings__until"))
    found = [term_of(person, contacts[person.pk], on=on, kept_until=person.kept) for person in people]
    found = [term for term in found if term.on <= horizon]
    return sorted(found, key=lambda term: (term.anonymised_on, term.participant.pk))


def term_of(participant: Participant, last_contact: date, *, on: date, kept_until: date | None) -> Term:
    """When this file is to be anonymised, knowing the last contact and until when somebody keeps it."""
    months = PARAMETERS.contact_retention_months.whole_on(on)
    end = date.max if last_contact.year > 9000 else add_months(last_contact, months)
    return Term(participant, last_contact, max(end, kept_until or end), participant.announced_on, kept_until)


def apply_retention(service: Organisation, *, at: datetime, by: Actor, dry_run: bool = False) -> Outcome:
    """One night for the files of a service: announce, anonymise, purge. `dry_run` only says what it would do.

    All of it in the caller's transaction, which shows this service's rows.
    """
    on = localtime(at).date()
    outcome = Outcome()
    found = terms(service, on=on)
    for term in found:
        if not term.is_announced:
            outcome.announced.append(term)
        elif term.anonymised_on <= on and duties_to_keep(term.participant, on=on):
            outcome.held.append(term)
        elif term.anonymised_on <= on:
            outcome.anonymised.append(term)
    if not dry_run:
        _forget_announcements(service, except_for=[term for term in found if term.is_announced])
        _announce(service, outcome.announced, by=by, at=at)
        for term in outcome.anonymised:
            anonymise(term.participant, by=by, at=at)
    outcome.cvs = _each(_old_cvs(service, on), _forget_cv, by=by, at=at, dry_run=dry_run)
    outcome.proofs = _each(_old_proofs(service, on), _purge_proof, by=by, at=at, dry_run=dry_run)
    outcome.documents = _each(_old_documents(service, on), _purge_proof, by=by, at=at, dry_run=dry_run)
    outcome.tutors = _each(old_tutors(service, on), forget_tutors, by=by, at=at, dry_run=dry_run)
    return outcome


def forget_invitations(*, at: datetime, dry_run: bool = False) -> int:
    """Remove the invitations long over, which belong to no service's file; how many."""
    on = localtime(at).date()
    months = PARAMETERS.invitation_retention_months.whole_on(on)
    invitations = Invitation.objects.filter(expires_at__lt=add_months_at(at, -months))
    count = invitations.count()
    if not dry_run:
        invitations.delete()
    return count


def add_months_at(at: datetime, months: int) -> datetime:
    """The same time of day, some months away."""
    return datetime.combine(add_months(at.date(), months), at.timetz())


@transaction.atomic
def _announce(service: Organisation, found: list[Term], *, by: Actor, at: datetime) -> None:
    if not found:
        return
    on = localtime(at).date()
    people = [term.participant for term in found]
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(announced_on=on)
    record_many("participant.announced", about=people, by=by, at=at)
    days = notice_days(on).days
    mails.tell_of_anonymisations(service, len(people), days=days)
    followed: dict[Organisation, int] = {}
    supports = Support.objects.filter(participant__in=people).select_related("organisation")
    for support in supports:
        followed[support.organisation] = followed.get(support.organisation, 0) + 1
    for organisation, count in followed.items():
        mails.tell_of_anonymisations(organisation, count, days=days)


def _forget_announcements(service: Organisation, *, except_for: list[Term]) -> None:
    """Somebody came back, or the file is kept: what was announced is no longer to come."""
    people = Participant.objects.filter(service=service, announced_on__isnull=False)
    people.exclude(pk__in=[term.participant.pk for term in except_for]).update(announced_on=None)


def _each(rows: Iterable, act: Callable, *, by: Actor, at: datetime, dry_run: bool) -> int:
    rows = list(rows)
    if not dry_run:
        for row in rows:
            act(row, by=by, at=at)
    return len(rows)


def _old_cvs(service: Organisation, on: date) -> Iterable[Application]:
    """CVs of applications that nobody has to answer any more, long after the answer."""
    limit = add_months(on, -PARAMETERS.cv_retention_months.whole_on(on))
    ended = Application.objects.filter(service=service).exclude(status__in=Application.OPEN).exclude(cv="")
    return ended.annotate(last=Coalesce(Greatest("answered_at", "sent_at"), F("sent_at"))).filter(
        last__date__lt=limit
    )


@transaction.atomic
def _forget_cv(application: Application, *, by: Actor, at: datetime) -> None:
    file, storage = application.cv.name, application.cv.storage
    application.cv, application.cv_name = "", ""
    application.save(update_fields=["cv", "cv_name"])
    transaction.on_commit(lambda: storage.delete(file))
    record("application.cv_removed", about=application, by=by, at=at)


def _old_proofs(service: Organisation, on: date) -> Iterable[Evidence]:
    """Proofs whose last decision is older than any control."""
    limit = add_months(on, -PARAMETERS.proof_retention_months.whole_on(on))
    used = (
        DecisionProof.objects.filter(service=service)
        .values("evidence")
        .annotate(last=Max(Coalesce("decision__decided_on", "decision__requested_on")))
        .filter(last__lt=limit)
    )
    return Evidence.objects.filter(pk__in=used.values("evidence")).exclude(status=Evidence.Status.PURGED)


def _old_documents(service: Organisation, on: date) -> Iterable[Evidence]:
    """What was sent for documents that were awaited longer ago than any control."""
    limit = add_months(on, -PARAMETERS.proof_retention_months.whole_on(on))
    sent = AwaitedDocument.objects.filter(service=service, due_on__lt=limit, evidence__isnull=False)
    return Evidence.objects.filter(pk__in=sent.values("evidence")).exclude(status=Evidence.Status.PURGED)


@transaction.atomic
def _purge_proof(evidence: Evidence, *, by: Actor, at: datetime) -> None:
    evidence.status, evidence.kind, evidence.reason = Evidence.Status.PURGED, "Justificatif purgé", ""
    evidence.dated_on = evidence.valid_until = None
    forget_files([evidence])
    for name, value in NO_FILE.items():
        setattr(evidence, name, value)
    evidence.save()
    record("evidence.purged", about=evidence, by=by, at=at)
