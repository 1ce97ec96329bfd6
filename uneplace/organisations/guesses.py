"""How many guesses of a password or of a code are checked, and when the next one may be.

A guess is counted before it is checked, in a transaction of its own, under a lock: fifty at once cannot
pass ten, over several processes as in one, and nothing that fails afterwards gives a guess back. A guess that
comes too early is not checked at all, right or wrong.

Three allowances. The account's is shared by everybody who knows the address. A browser that the account
already signed in from has its own, so that nobody can lock the owner out. The network address's is shared by
all the accounts tried from there, and does not bind known browsers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from .sign_in_models import Allowance

WINDOW = timedelta(minutes=15)
COUNTED = WINDOW + timedelta(minutes=1)  # a busy server checks a guess a little after counting it
PER_ACCOUNT = 10
PER_ADDRESS = 50  # a whole agency may sit behind one address
FREE = 3  # typing mistakes of an ordinary day
DELAYS = [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 60, 60, 60)]  # after the third, fourth…
BURST = 5  # as many in one window are told to the owner


@dataclass(frozen=True)
class Guess:
    """The answer to somebody about to guess: `wait` is how long the next check is away, if it is not now."""

    at: datetime
    targets: tuple[str, ...] = ()
    wait: timedelta = timedelta(0)
    is_burst: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether the guess may be checked now; it is then already counted."""
        return not self.wait


@transaction.atomic
def take(kind: str, account: str, *, device: str, address: str, at: datetime) -> Guess:
    """Ask to check one guess, and count it when the answer is yes.

    `kind` says what is guessed (password, code); `account` is what names the account, existing or not;
    `device` is the browser when this account knows it, else nothing.
    """
    if device:
        limits = {_target(kind, account, device): PER_ACCOUNT}
    else:
        limits = {_target("address", address): PER_ADDRESS, _target(kind, account): PER_ACCOUNT}
    rows = [_locked(target, at) for target in limits]  # always the address first: no two wait for each other
    wait = max(_wait(row, limit, at) for row, limit in zip(rows, limits.values(), strict=True))
    if wait:
        return Guess(at, wait=wait)
    for row in rows:
        row.checked_at = sorted([*_recent(row, at), at])
        row.last_at = at
    last = rows[-1]
    is_burst = len(last.checked_at) >= BURST and (last.told_at is None or last.told_at <= at - WINDOW)
    if is_burst:
        last.told_at = at
    for row in rows:
        row.save()
    return Guess(at, tuple(limits), is_burst=is_burst)


@transaction.atomic
def give_back(guess: Guess) -> None:
    """The guess was right: it does not count. The wrong ones before it still do."""
    for target in guess.targets:
        row = _locked(target, guess.at)
        if guess.at in row.checked_at:
            row.checked_at.remove(guess.at)
            row.save()


def forget_guesses(*, before: datetime) -> int:
    """Remove the counts that no longer bind anybody."""
    forgotten, _ = Allowance.objects.filter(last_at__lt=before).delete()
    return forgotten


def _target(*parts: str) -> str:
    return salted_hmac("uneplace.guesses", "\n".join(parts), algorithm="sha256").hexdigest()


def _locked(target: str, at: datetime) -> Allowance:
    Allowance.objects.bulk_create([Allowance(target=target, last_at=at)], ignore_conflicts=True)
    return Allowance.objects.select_for_update().get(target=target)


def _recent(row: Allowance, at: datetime) -> list[datetime]:
    return [moment for moment in row.checked_at if moment > at - COUNTED]


def _wait(row: Allowance, limit: int, at: datetime) -> timedelta:
    recent = _recent(row, at)
    if len(recent) >= limit:
        return recent[-limit] + COUNTED - at
    if limit != PER_ACCOUNT or len(recent) < FREE:
        return timedelta(0)
    return max(timedelta(0), recent[-1] + DELAYS[len(recent) - FREE] - at)
