"""Between the companies of a clause: who owes hours, who does them, and for whom what is done counts.

A transfer moves what is left to do, never the debt: who entrusts hours goes on answering for them (docs/
decisions/0033). What a company does goes first to what it keeps of its own share, then to the hours that
were entrusted to it, in the order in which they were. So a partner that falls short leaves the gap with who
owes the hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import french
from .explanation import CONTRACT, FACT, SUM, Explanation, step

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Member:
    """One company of a clause: the hours that it owes, and those that it has done."""

    id: int
    due: Decimal
    done: Decimal = ZERO


@dataclass(frozen=True)
class Entrusted:
    """Hours that one member owes and another does, what came back taken off; more than zero."""

    owner: int
    partner: int
    hours: Decimal


@dataclass(frozen=True)
class Standing:
    """Where one member stands, in hours.

    `due` is what it answers for and `to_do` what is left to it to do: due, less `given`, plus `received`. Of
    what it has `done`, `for_others` counts for those who entrusted hours to it; `by_others` is what partners
    have done that counts for it.
    """

    due: Decimal
    given: Decimal
    received: Decimal
    done: Decimal
    for_others: Decimal
    by_others: Decimal

    @property
    def to_do(self) -> Decimal:
        """Hours that it has to do itself, its own or others'."""
        return self.due - self.given + self.received

    @property
    def left(self) -> Decimal:
        """Hours that it still has to do itself."""
        return max(self.to_do - self.done, ZERO)

    @property
    def over(self) -> Decimal:
        """Hours done beyond what it had to do."""
        return max(self.done - self.to_do, ZERO)

    @property
    def credited(self) -> Decimal:
        """Hours that count for what it owes, whoever did them."""
        return self.done - self.for_others + self.by_others

    @property
    def missing(self) -> Decimal:
        """Hours for which it still answers."""
        return max(self.due - self.credited, ZERO)

    @property
    def explanation(self) -> Explanation:
        """From what it owes to what it has to do, and to what it still answers for."""
        return (
            step("Heures dues, selon sa part.", french.hours(self.due), CONTRACT),
            step("Confiées à d’autres, qui les réalisent.", french.hours(self.given), FACT),
            step("Reçues d’autres, à réaliser pour elles.", french.hours(self.received), FACT),
            step("À réaliser : dues, moins confiées, plus reçues.", french.hours(self.to_do), SUM),
            step("Réalisées et validées.", french.hours(self.done), FACT),
            step(
                "Dont pour d’autres, une fois réalisé ce qu’elle garde de sa part.",
                french.hours(self.for_others),
                SUM,
            ),
            step("Réalisées pour elle par d’autres.", french.hours(self.by_others), SUM),
            step("Dont elle répond encore.", french.hours(self.missing), SUM),
        )


def standings(members: Iterable[Member], entrusted: Sequence[Entrusted]) -> dict[int, Standing]:
    """Where each member stands, by its id. `entrusted` is in the order in which hours were entrusted.

    The sums of what is owed, to be done and credited are the same: a transfer creates nothing.
    """
    members = list(members)
    given = {one.id: ZERO for one in members}
    received = dict(given)
    for held in entrusted:
        given[held.owner] += held.hours
        received[held.partner] += held.hours
    free = {one.id: max(one.done - (one.due - given[one.id]), ZERO) for one in members}
    for_others = {one.id: ZERO for one in members}
    by_others = dict(for_others)
    for held in entrusted:
        part = min(held.hours, free[held.partner] - for_others[held.partner])
        for_others[held.partner] += part
        by_others[held.owner] += part
    return {
        one.id: Standing(
            one.due, given[one.id], received[one.id], one.done, for_others[one.id], by_others[one.id]
        )
        for one in members
    }


def done_for(owner: int, members: Iterable[Member], entrusted: Sequence[Entrusted]) -> dict[int, Decimal]:
    """What each partner has done that counts for one owner, by the partner's id."""
    kept = {one.id: one for one in members}
    free: dict[int, Decimal] = {}
    found: dict[int, Decimal] = {}
    for held in entrusted:
        if held.partner not in free:
            member = kept[held.partner]
            own = member.due - sum((one.hours for one in entrusted if one.owner == held.partner), ZERO)
            free[held.partner] = max(member.done - own, ZERO)
        part = min(held.hours, free[held.partner])
        free[held.partner] -= part
        if held.owner == owner:
            found[held.partner] = found.get(held.partner, ZERO) + part
    return found


def taken_back(
    owner: int, excess: Decimal, members: Iterable[Member], entrusted: Sequence[Entrusted]
) -> dict[int, Decimal]:
    """What is taken back from each partner of `owner`, that owes less, so that it entrusts no more.

    The last entrusted first, and what a partner has already done for it last of all.
    """
    done = done_for(owner, members, entrusted)
    found: dict[int, Decimal] = {}
    own = [held for held in reversed(entrusted) if held.owner == owner]
    for spared in (done, {}):
        for held in own:
            already = found.get(held.partner, ZERO)
            part = min(max(held.hours - spared.get(held.partner, ZERO) - already, ZERO), excess)
            if part:
                found[held.partner] = already + part
                excess -= part
    return found
