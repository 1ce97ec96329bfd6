"""The lines of the list of contracts: a lot, its clause, its companies, its hours, whose turn it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from uneplace.contracts.models import ActionDone, Clause, Commitment, Lot
from uneplace.contracts.queries import (
    SOCIAL_CLAUSE,
    commitments_seen,
    holders_of,
    in_state,
    is_firm,
    listed_lots,
    matching,
)
from uneplace.hours.queries import Progress, progress_of, progress_of_clauses, total_progress
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.alerts import Alert
from uneplace.rules.french import several
from uneplace.settlement.alerts import FOLLOWED, alerts_of_clauses
from uneplace.settlement.control_records import Relief
from uneplace.settlement.relieved import NONE, Relieved, of_clause, relieved_of
from uneplace.web.contracts.forms.lists import FilterForm
from uneplace.web.contracts.turns import turns_of
from uneplace.web.gauge import GaugeFacts
from uneplace.web.hours.gauges import gauge_of
from uneplace.web.statuses import NO_MORE, Status, status_of
from uneplace.web.turns import Turn


@dataclass(frozen=True)
class Row:
    """One lot as one actor reads it; what is not for that actor is absent."""

    lot: Lot
    clause: Clause | None
    companies: list[Organisation]
    progress: Progress | None
    turn: Turn | None
    actions_done: int = 0
    alert: Alert | None = None
    relieved: Relieved = NONE

    @property
    def gauge(self) -> GaugeFacts | None:
        """The gauge of its hours, once the clause is settled."""
        if self.clause is None or self.progress is None:
            return None
        return gauge_of(self.progress, foreseeable=self.clause.foreseeable, relieved=self.relieved)

    @property
    def actions(self) -> str:
        """« 2 actions sur 3 », for a clause that counts no hours."""
        if self.clause is None or not self.clause.owes_actions:
            return ""
        return actions_words(self.actions_done, self.clause.actions_due or 0)

    @property
    def pace(self) -> Status | None:
        """How its hours stand against today, while the execution runs."""
        return pace_of(self.clause, self.progress, self.alert, self.relieved) if self.clause else None

    @property
    def is_mine(self) -> bool:
        """Whether it is this actor's turn."""
        return bool(self.turn and self.turn.url)

    @property
    def what(self) -> str:
        """What the turn is about, without whose it is."""
        return self.turn.title.partition("\u00a0: ")[2] if self.turn else ""

    @property
    def announces_clause(self) -> bool:
        """Whether award data tell of a social clause."""
        return SOCIAL_CLAUSE in self.lot.contract.social_considerations


def found_lots(actor: Actor, form: FilterForm) -> QuerySet[Lot]:
    """The lots that search and buyer leave, in every state."""
    lots = listed_lots(actor)
    if buyer := form.cleaned_data.get("acheteur"):
        lots = lots.filter(contract__buyer=buyer)
    if text := form.cleaned_data.get("q"):
        lots = matching(lots, text)
    return lots


def filtered_lots(actor: Actor, form: FilterForm) -> QuerySet[Lot]:
    """The lots that all the filters leave."""
    return found_lots(actor, form).filter(in_state(form.state, actor=actor))


def rows_of(lots: Iterable[Lot], actor: Actor, *, on: date, at: datetime | None = None) -> list[Row]:
    """The lines of these lots in a constant number of queries; with `at`, whose turn it is too."""
    lots = list(lots)
    clauses = {lot.pk: clause for lot in lots if (clause := clause_seen(lot, actor))}
    progress = progress_seen(clauses.values(), actor, on=on)
    commitments = commitments_seen(clauses.values(), actor)
    holders = holders_of(lots)
    turns = turns_of(clauses.values(), actor, on=on, at=at) if at else {}
    done = actions_done_of(clauses.values())
    relieved = relieved_of([one for its in commitments.values() for one in its], on=on)
    alerts = alerts_of_clauses(clauses.values(), progress, commitments, relieved=relieved, on=on)
    rows = []
    for lot in lots:
        clause = clauses.get(lot.pk)
        companies = [one.company for one in commitments.get(clause.pk, [])] if clause else []
        companies = companies or [member.company for member in holders.get(lot.pk, [])]
        pk = clause.pk if clause else None
        rows.append(
            Row(
                lot,
                clause,
                companies,
                progress.get(pk),
                turns.get(pk),
                done.get(pk, 0),
                alerts.get(pk),
                of_clause(commitments.get(pk, []), relieved),
            )
        )
    return rows


def actions_done_of(clauses: Iterable[Clause]) -> dict[int, int]:
    """How many actions were done for each of the clauses that count actions."""
    counting = [clause.pk for clause in clauses if clause.owes_actions]
    if not counting:
        return {}
    rows = ActionDone.objects.filter(clause__in=counting).values_list("clause").order_by()
    return dict(rows.annotate(done=Count("pk")))


def actions_words(done: int, due: int) -> str:
    """« 2 actions faites sur 3 »."""
    return f"{several(done, 'action faite', 'actions faites')} sur {due}"


def clause_seen(lot: Lot, actor: Actor) -> Clause | None:
    """The clause of a lot; a draft is known to its service only."""
    clause = getattr(lot, "clause", None)
    if clause is None or (clause.status == Clause.Status.DRAFT and not actor.serves(clause)):
        return None
    clause.lot = lot
    return clause


def progress_seen(clauses: Iterable[Clause], actor: Actor, *, on: date) -> dict[int, Progress]:
    """Where the settled clauses stand, by clause; a company reads the hours that it owes itself."""
    settled = [clause for clause in clauses if clause.status != Clause.Status.DRAFT]
    whole = [clause for clause in settled if sees_whole(clause, actor)]
    found = progress_of_clauses(whole, on=on) if whole else {}
    parts = [clause for clause in settled if clause.pk not in found]
    if parts:
        own = commitments_seen(parts, actor)
        mine = progress_of([one for commitments in own.values() for one in commitments], on=on)
        for pk, commitments in own.items():
            found[pk] = total_progress(mine[one.pk] for one in commitments)
    return found


def sees_whole(clause: Clause, actor: Actor) -> bool:
    """Whether one follows the whole clause, and not only what one owes of it."""
    return actor.serves(clause) or actor.stands_for(clause.lot.contract.buyer_id) or not is_firm(actor)


def pace_of(
    clause: Clause, progress: Progress | None, alert: Alert | None, relieved: Relieved = NONE
) -> Status | None:
    """How a clause, or one company's part of it, stands against today; None when it is not running."""
    if progress is None or clause.status not in FOLLOWED:
        return None
    if alert:
        return status_of("pace", alert.pace)
    if clause.status != Clause.Status.RUNNING or not progress.due:
        return None
    if progress.counted >= progress.due:
        return status_of("clause", Clause.Status.MET)
    return NO_MORE if progress.counted + relieved.hours >= progress.due else None


def relieved_seen(clauses: Iterable[Clause], actor: Actor, *, on: date) -> Relieved:
    """What relief stands for on all that an actor sees of these clauses."""
    granted = Relief.objects.filter(case__commitment=OuterRef("pk"), granted__gt=0)
    seen = Commitment.objects.visible_to(actor).filter(Exists(granted), clause__in=clauses)
    return sum(relieved_of(seen, on=on).values(), NONE)


def in_chunks(lots: QuerySet[Lot], size: int) -> Iterator[list[Lot]]:
    """The lots a few hundred at a time, so that a long list never fills the memory."""
    paginator = Paginator(lots, size)
    for number in paginator.page_range:
        yield list(paginator.page(number).object_list)
