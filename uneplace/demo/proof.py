"""What proves the hours of the demo: documents asked for, months confirmed, a few differences."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours.evidence_calendar import open_documents
from uneplace.hours.models import (
    AwaitedDocument,
    Confirmation,
    ConfirmationMessage,
    MonthLink,
    Statement,
    StatementLine,
)
from uneplace.hours.month_links import PersonActor
from uneplace.reports.pdf import compile_document
from uneplace.rules.dates import add_months

from .chronicle import Chronicle
from .present import Present

ASKING = {
    "Construction du groupe scolaire des Tilleuls, gros œuvre": {"proof_every": 1, "proof_due_day": 12},
    "Réfection de la voirie, secteur du Haut-Quai": {"proof_every": 1, "proof_due_day": 12},
    "Nettoyage des locaux, site des Courlis": {
        "certificate_every": 3,
        "certificate_due_day": 15,
        "proof_every": 3,
        "proof_due_day": 15,
    },
    "Extension de la halle de la Corderie": {"forecast_every": 6, "forecast_due_day": 15, "proof_every": 1}
    | {"proof_due_day": 12},
}
"""The clauses that ask for more than the statement."""
SHEET = b"""#set document(title: "Feuille d'heures")
#set page(width: 148mm, height: 105mm)
#set text(lang: "fr", font: "Atkinson Hyperlegible Next")
= Feuille d'heures
Document de d\xc3\xa9monstration, sans nom ni signature.
"""
UNSIGNED = "La feuille n’est pas signée par l’employeur."
WORDS = (
    "Il manque mes deux samedis.",
    "Je n’ai pas travaillé la première semaine.",
    "J’ai fait la formation, elle n’y est pas.",
)
ANSWER = "Nous regardons les feuilles de la cheffe d’équipe et nous revenons vers vous."
DIFFERENCES = 3
MONTHS = 2


class Proof:
    """Ends the hours of the present: their proofs, and what people say of them."""

    def __init__(self, present: Present, chronicle: Chronicle) -> None:
        self.present, self.chronicle = present, chronicle
        self.facilitator = present.territory.facilitator

    def write(self) -> None:
        """The documents first, then the answers of people and of the companies where they are lent."""
        self._documents()
        self._answers()

    def _documents(self) -> None:
        for name, terms in ASKING.items():
            Clause.objects.filter(pk=self.present.deals[name].clause.pk).update(**terms)
        for ago in range(MONTHS, -1, -1):
            open_documents(on=add_months(self.present.month, -ago))
        open_documents(on=self.present.today)
        this_month = self.present.month
        documents = list(AwaitedDocument.objects.select_related("sender").order_by("due_on", "pk"))
        recent = [one for one in documents if one.due_on >= this_month]
        for document in documents:
            if document.due_on < this_month:
                self._accept(document)
        for document, status in zip(
            recent, (Evidence.Status.RECEIVED, Evidence.Status.TO_REDO), strict=False
        ):
            self._send(document, status)

    def _accept(self, document: AwaitedDocument) -> None:
        seen = min(document.due_on + timedelta(days=2), self.present.today)
        self._prove(document, status=Evidence.Status.ACCEPTED, seen_on=seen, seen_by=self.facilitator.user)
        at = self._moment(datetime.combine(seen, self.present.at.timetz()))
        self.chronicle.note("document.seen", document, by=self.facilitator, at=at)

    def _send(self, document: AwaitedDocument, status: str) -> None:
        sent = self._moment(self.present.at - timedelta(days=3))
        sender = self.present.territory.actor_of(document.sender)
        refused = status == Evidence.Status.TO_REDO
        evidence = self._prove(
            document,
            status=status,
            reason=UNSIGNED if refused else "",
            file_name="feuille-d-heures.pdf",
            file_at=sent,
            file_by=sender.user,
        )
        content = compile_document(SHEET, {}, on=self.present.today)
        evidence.file.save("justificatif.pdf", ContentFile(content))
        self.chronicle.note("document.sent", document, by=sender, at=sent)
        if refused:
            at = self._moment(sent + timedelta(days=1))
            self.chronicle.note("document.refused", document, by=self.facilitator, at=at)

    def _prove(self, document: AwaitedDocument, **fields: object) -> Evidence:
        evidence = Evidence.objects.create(
            service_id=document.service_id, kind=document.get_kind_display(), **fields
        )
        document.evidence = evidence
        document.save(update_fields=["evidence"])
        return evidence

    def _answers(self) -> None:
        """Half of those whose month was sent answer; a few say something else."""
        lines = (
            StatementLine.objects.filter(
                statement__in=Statement.objects.filter(
                    month__gte=add_months(self.present.month, -MONTHS),
                    status__in=[Statement.Status.SUBMITTED, Statement.Status.VALIDATED],
                ),
                hours__gt=8,
            )
            .select_related(
                "statement__commitment__company",
                "statement__declarant",
                "worked_month__placement__declared_by",
            )
            .order_by("statement", "pk")
        )
        left, doubts = DIFFERENCES, iter(WORDS)
        for rank, line in enumerate(lines):
            waits = line.statement.status == Statement.Status.SUBMITTED
            lent = line.statement.declarant_id != line.statement.commitment.company_id
            if waits and left and rank % 3 == 0:
                self._differ(line, next(doubts), answers=left == DIFFERENCES)
                left -= 1
            elif rank % 2:
                self._agree(line, Confirmation.Party.PERSON)
            if lent and rank % 2 and not waits:
                self._agree(line, Confirmation.Party.HOST)

    def _agree(self, line: StatementLine, party: str) -> None:
        host = line.statement.commitment.company if party == Confirmation.Party.HOST else None
        answer = self._answer(line, party, agrees=True, said=line.hours, organisation=host)
        by = self.present.territory.actor_of(host) if host else PersonActor(MonthLink())
        self.chronicle.note("confirmation.agreed", answer.placement, by=by, at=answer.answered_at)

    def _differ(self, line: StatementLine, words: str, *, answers: bool) -> None:
        said = max(line.hours - Decimal(14), Decimal(0))
        answer = self._answer(line, Confirmation.Party.PERSON, agrees=False, said=said, words=words)
        by = PersonActor(MonthLink())
        self.chronicle.note("confirmation.differed", answer.placement, by=by, at=answer.answered_at)
        if answers:
            declarant = self.present.territory.actor_of(line.worked_month.placement.declared_by)
            at = self._moment(answer.answered_at + timedelta(hours=3))
            ConfirmationMessage.objects.create(
                service_id=line.service_id,
                confirmation=answer,
                organisation=declarant.organisation,
                written_by=declarant.user,
                written_at=at,
                words=ANSWER,
            )
            self.chronicle.note("confirmation.written", answer.placement, by=declarant, at=at)

    def _answer(self, line: StatementLine, party: str, **fields: object) -> Confirmation:
        is_host = party == Confirmation.Party.HOST
        return Confirmation.objects.create(
            service_id=line.service_id,
            placement=line.worked_month.placement,
            month=line.worked_month.month,
            party=party,
            commitment=line.statement.commitment if is_host else None,
            declared=line.hours,
            answered_at=self._moment(line.statement.submitted_at + timedelta(hours=20)),
            **fields,
        )

    def _moment(self, at: datetime) -> datetime:
        return min(at, self.present.at - timedelta(hours=1))
