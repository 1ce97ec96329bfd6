"""The calendar of a clause: which documents it asks for, from whom, before when; and who is reminded.

A document is asked for once its period is over, the forecast of hires when its period begins; it is due
before its day of the month that begins then. One that opens after that day leaves, from its opening, as many
days. A period that was over for a month when the clause began to ask is not asked for after the fact, nor one
on a clause that is suspended. The proof of hours waits for hours: a month sent at 0 h, or not sent, has
nothing to prove; hours sent late are proved late, and those of the last month of a period, sent before its
end, may be proved at once: nothing is left to tell.

When the clause asks more or less often than before, each month is still asked for once: what is left of the
period is, and the months of the former period under way go with the first of the new ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.contracts.models.policy import Every
from uneplace.journal.actions import record_many
from uneplace.offers.doors import Door
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.dates import add_months

from . import mails
from .confirmations import SENT
from .doors import doors_to_document
from .models import AwaitedDocument, Statement, StatementLine

Kind = AwaitedDocument.Kind
NOT_AFTER = timedelta(days=31)
BEFORE = timedelta(days=3)  # when it is asked for, unless it opens later
AFTER = timedelta(days=2)  # the one reminder, once late; then it is the service's to call
TOO_OLD = timedelta(days=45)
MOST_ASKS = 2
TOLD = [*SENT, Statement.Status.RETURNED]
UNDER_WAY = [Clause.Status.VALIDATED, Clause.Status.RUNNING, Clause.Status.MET]


def period_start(on: date, months: int) -> date:
    """The first day of the month, quarter, half-year or year of a day."""
    return date(on.year, (on.month - 1) // months * months + 1, 1)


@dataclass(frozen=True)
class Asked:
    """What the calendar of a clause asks for: a document of one sender, for the months of one period."""

    kind: str
    commitment: Commitment
    sender: int
    start: date
    end: date
    opens: date
    due_day: int
    worked: frozenset[date] | None = None  # the months that have hours to prove

    def due_on(self, on: date) -> date:
        """Its day in the calendar of the clause; opened after that day, as many days from its opening."""
        wait = timedelta(days=self.due_day - 1)
        return self.opens + wait if on <= self.opens + wait else on + wait

    @property
    def whose(self) -> tuple[int, int, str]:
        """What it is compared with: the documents of the same commitment, sender and kind."""
        return self.commitment.pk, self.sender, self.kind


def open_documents(*, on: date) -> None:
    """Await what each clause asks for of the periods that are over, and the forecast of those that begin;
    what exists is left alone."""
    for months in Every.values:
        day = period_start(on, months)
        if on - day <= NOT_AFTER:
            _await(_of_companies(Kind.FORECAST, months, day, add_months(day, months), day), on=on)
            _await(_of_companies(Kind.CERTIFICATE, months, add_months(day, -months), day, day), on=on)
    forget_unworked(AwaitedDocument.objects.all())
    open_proofs(Statement.objects.filter(month__gte=add_months(period_start(on, 1), -13)), on=on)


def forget_unworked(documents: QuerySet[AwaitedDocument]) -> None:
    """Await no more the proof of hours that were taken back (an import undone, a month sent again at 0 h), as
    long as nothing came of it."""
    unanswered = documents.filter(kind=Kind.PROOF, evidence=None, waived_at=None).only(
        "commitment_id", "sender_id", "month", "months"
    )
    worked = defaultdict(list)
    told = Statement.objects.filter(
        commitment__in=unanswered.values("commitment"), status__in=TOLD, lines__hours__gt=0
    )
    for commitment, declarant, month in told.values_list("commitment", "declarant", "month").distinct():
        worked[commitment, declarant].append(month)
    gone = [
        one.pk
        for one in unanswered
        if not any(one.month <= month < one.end for month in worked[one.commitment_id, one.sender_id])
    ]
    AwaitedDocument.objects.filter(pk__in=gone, evidence=None).delete()


def open_proofs(statements: QuerySet[Statement], *, on: date) -> None:
    """Await the proof of hours that were sent, from the day when they are sent if their period is over, or
    told to its end: whoever reads the statement that day knows that it misses."""
    _await(_of_declarants(statements, on), on=on)


def proofs_to_open(statements: QuerySet[Statement], *, on: date) -> list[AwaitedDocument]:
    """The proofs of hours that the calendar asks for of these statements that day and that nobody awaits yet,
    unsaved; at most two queries."""
    return _to_open(_of_declarants(statements, on), on=on)


def _await(found: Iterable[Asked], *, on: date) -> None:
    # Of two mornings at once, the second finds what the first has opened.
    AwaitedDocument.objects.bulk_create(_to_open(found, on=on), ignore_conflicts=True, batch_size=1000)


def _to_open(found: Iterable[Asked], *, on: date) -> list[AwaitedDocument]:
    asked = sorted(found, key=lambda one: one.start)
    existing = defaultdict(list)
    known = AwaitedDocument.objects.filter(
        commitment__in={one.commitment.pk for one in asked}, kind__in={one.kind for one in asked}
    )
    for document in known.only("commitment_id", "sender_id", "kind", "month", "months"):
        existing[document.commitment_id, document.sender_id, document.kind].append(document)
    opened = []
    for one in asked:
        for start, months in list(_left(one, existing[one.whose])):
            document = AwaitedDocument(
                service_id=one.commitment.service_id,
                commitment=one.commitment,
                sender_id=one.sender,
                kind=one.kind,
                month=start,
                months=months,
                due_on=one.due_on(on),
            )
            existing[one.whose].append(document)
            opened.append(document)
    return opened


def _left(one: Asked, existing: Sequence[AwaitedDocument]) -> Iterator[tuple[date, int]]:
    """The runs of months of a period that no document covers yet and that have something to tell: the first
    month of each, and how many."""
    covered = {add_months(known.month, rank) for known in existing for rank in range(known.months)}
    start, months = _since_the_last(one, existing), 0
    while start < one.end:
        month = add_months(start, months)
        if month < one.end and month not in covered:
            months += 1
            continue
        if months and (one.worked is None or any(start <= worked < month for worked in one.worked)):
            yield start, months
        start, months = add_months(month, 1), 0


def _since_the_last(one: Asked, existing: Sequence[AwaitedDocument]) -> date:
    """The first month to look at: that of the period or, when the document before was of longer periods, the
    month after it: the clause began to ask more often in the middle of one."""
    before = [known for known in existing if known.end <= one.start]
    if not before:
        return one.start
    last = max(before, key=lambda known: known.month)
    is_longer = add_months(one.start, last.months) > one.end
    return last.end if is_longer and one.start < add_months(last.end, last.months) else one.start


def _of_companies(kind: str, months: int, start: date, end: date, opens: date) -> Iterable[Asked]:
    """What companies owe for their commitment, when it runs in that period."""
    document = kind.lower()
    commitments = Commitment.objects.filter(
        clause__status__in=UNDER_WAY,
        clause__execution__overlap=(start, end),
        period__overlap=(start, end),
        **{f"clause__{document}_every": months},
    ).select_related("clause")
    for one in commitments:
        yield Asked(kind, one, one.company_id, start, end, opens, getattr(one.clause, f"{document}_due_day"))


def _of_declarants(statements: QuerySet[Statement], on: date) -> Iterable[Asked]:
    """The proof of the hours that each declarant sent: of periods that are over for a month at most, whose
    hours were sent within a month, or whose last month is told before its end."""
    sent = statements.filter(
        Exists(StatementLine.objects.filter(statement=OuterRef("pk"), hours__gt=0)),
        commitment__clause__status__in=UNDER_WAY,
        commitment__clause__proof_every__isnull=False,
        status__in=SENT,
    ).select_related("commitment__clause")
    found = defaultdict(list)
    for one in sent:
        start = period_start(one.month, one.commitment.clause.proof_every)
        end = add_months(start, one.commitment.clause.proof_every)
        is_recent = on - min(max(end, localtime(one.submitted_at).date()), on) <= NOT_AFTER
        if is_recent:
            found[one.commitment_id, one.declarant_id, start, end].append(one)
    for (_, declarant, start, end), ones in found.items():
        commitment, worked = ones[0].commitment, frozenset(one.month for one in ones)
        if end > on and add_months(end, -1) not in worked:
            continue
        due_day = commitment.clause.proof_due_day
        yield Asked(Kind.PROOF, commitment, declarant, start, end, end, due_day, worked)


@transaction.atomic
def ask_for_documents(service: Organisation, *, at: datetime) -> int:
    """Ask for what is due in one service, one mail an address, and one for what is late; answers how many
    were asked for.

    Of two at once, the second waits for the first and finds nothing left to ask.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=service.pk)
    by, on = Actor(None, service), localtime(at).date()
    told: dict[tuple[str, bool], list[tuple[AwaitedDocument, Door]]] = defaultdict(list)
    asked = []
    drawn: dict[tuple[int, int], list[Door]] = {}  # one link shows all that is awaited on a commitment
    for document in due_to_ask(service, on=on):
        whose = document.commitment_id, document.sender_id
        doors = drawn.get(whose) or doors_to_document(document, by=by, at=at)
        if not document.sender.has_account:
            drawn[whose] = doors
        for door in doors:
            told[door.address, on > document.due_on].append((document, door))
        if doors:
            asked.append(document)
    for ones in told.values():
        mails.ask_for_documents(ones, on=on)
    for verb, ones in {
        "document.asked": [one for one in asked if one.asks == 0],
        "document.reminded": [one for one in asked if one.asks],
    }.items():
        record_many(verb, about=ones, by=by, at=at)
    kept = AwaitedDocument.objects.filter(pk__in=[one.pk for one in asked])
    kept.update(asks=F("asks") + 1, asked_on=on)
    return len(asked)


def due_to_ask(service: Organisation, *, on: date) -> list[AwaitedDocument]:
    """The documents to ask for that day; what is to be done again has its own mail, of that day."""
    awaited = (
        AwaitedDocument.objects.filter(
            service=service, evidence=None, waived_at=None, asks__lt=MOST_ASKS, due_on__gte=on - TOO_OLD
        )
        .exclude(commitment__clause__status=Clause.Status.CLOSED)
        .select_related("service", "sender", "commitment__company", "commitment__clause__lot__contract")
        .order_by("due_on", "pk")
    )
    return [one for one in awaited if _is_due(one, on)]


def to_ask_oneself(service: Organisation, *, on: date) -> QuerySet[AwaitedDocument]:
    """The late documents that nobody will be asked for by mail any more: asked twice, to be done again, or
    awaited from whom no mail could reach. They are the service's to call for. With `late_from`."""
    late = AwaitedDocument.objects.filter(service=service).to_send().with_late_from()
    by_then = on - AFTER
    return late.filter(
        Q(asks__gte=MOST_ASKS, evidence=None) | Q(late_from__lt=by_then) & ~Q(asked_on__gt=on - BEFORE),
        late_from__lt=on,
    ).exclude(commitment__clause__status=Clause.Status.CLOSED)


def _is_due(document: AwaitedDocument, on: date) -> bool:
    if document.asked_on is not None and on < document.asked_on + BEFORE:
        return False
    return on >= [document.due_on - BEFORE, document.due_on + AFTER][document.asks]
