"""Ten thousand guesses over fifty accounts, from many addresses, several at a time: ten are checked.

Guesses go through the whole site, from the first middleware to the database; each thread has its own
connection. The attack lasts three quarters of an hour of the site's clock: a round a second or so.
"""

import statistics
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, PASSWORD, MembershipFactory
from tests.proof.hashes import CountingHasher
from uneplace.journal.models import Entry
from uneplace.organisations.guesses import PER_ACCOUNT, WINDOW
from uneplace.organisations.models import User

pytestmark = pytest.mark.django_db(transaction=True)

LOGIN = reverse("accounts:login")
ACCOUNTS, THREADS, ADDRESSES = 50, 6, 400
LASTING = timedelta(minutes=45)


@pytest.fixture
def accounts(settings):
    """Fifty people; the hash of each tells whose password was checked."""
    settings.PASSWORD_HASHERS = ["tests.proof.hashes.CountingHasher"]
    CountingHasher.checks.clear()
    people = [MembershipFactory().user for _ in range(ACCOUNTS)]
    for person in people:
        person.password = make_password(PASSWORD, salt=f"salt{person.pk}")
        person.save()
    return people


def attack(people, guesses, clock):
    """Send that many guesses; answers the statuses seen."""
    statuses, lock, turn = [], threading.Lock(), iter(range(guesses))
    step = LASTING / guesses

    def work():
        client = Client()
        try:
            while True:
                with lock:
                    if (number := next(turn, None)) is None:
                        return
                    clock.shift(step)
                values = {"email": people[number % ACCOUNTS].email, "password": f"essai numéro {number}"}
                address = f"198.51.{100 + number % ADDRESSES // 200}.{number % 200}"
                answer = client.post(LOGIN, values, REMOTE_ADDR=address)
                statuses.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def most_in_a_window(moments):
    """The largest number of these moments that fall within any fifteen minutes."""
    moments = sorted(moments)
    return max(sum(start <= moment < start + WINDOW for moment in moments) for start in moments)


def test_no_account_is_guessed_more_than_ten_times_in_a_quarter_of_an_hour(
    accounts, rounds, figure, run_jobs
):
    guesses = rounds(ci=1500, prove=10_000)
    with time_machine.travel(NOON, tick=False) as clock:
        owner, home = accounts[0], Client()
        assert home.post(LOGIN, {"email": owner.email, "password": PASSWORD}).status_code == 302
        home.post(reverse("accounts:logout"))
        CountingHasher.checks.clear()
        statuses = attack(accounts, guesses, clock)
        checked = {user.pk: [*CountingHasher.checks[user.password]] for user in User.objects.all()}
        during = home.post(LOGIN, {"email": owner.email, "password": PASSWORD})
    assert statuses == [200] * guesses
    worst = max(most_in_a_window(moments) for moments in checked.values())
    assert worst <= PER_ACCOUNT
    assert min(len(moments) for moments in checked.values()) > 0
    assert during.status_code == 302, "the owner's own browser is kept out"
    run_jobs()
    assert Entry.objects.filter(verb="account.guessed").count() >= ACCOUNTS
    total = sum(len(moments) for moments in checked.values())
    figure(
        "guessing",
        f"{guesses} guesses over {ACCOUNTS} accounts from {ADDRESSES} addresses, {THREADS} at a time, "
        f"in {LASTING.seconds // 60} minutes: {total} checked, {worst} at most per account in 15 minutes",
    )


def test_a_known_and_an_unknown_account_take_the_same_time(settings, rounds, figure):
    """Prints what it measured, with the real hash; the machine decides too much of it for a limit."""
    settings.PASSWORD_HASHERS = ["uneplace.organisations.passwords.Argon2id"]
    known = MembershipFactory().user
    known.set_password(PASSWORD)
    known.save()
    client, times = Client(), {"known": [], "unknown": []}
    client.post(LOGIN, {"email": "premier@exemple.fr", "password": "pour mettre en route"})
    for number in range(rounds(ci=5, prove=60)):
        with time_machine.travel(NOON + number * WINDOW, tick=True):
            for name, email in (("known", known.email), ("unknown", f"personne{number}@exemple.fr")):
                start = time.perf_counter()
                answer = client.post(LOGIN, {"email": email, "password": "pas le bon mot de passe"})
                times[name].append(time.perf_counter() - start)
                assert "ne correspond pas" in answer.text
    medians = {name: statistics.median(spent) * 1000 for name, spent in times.items()}
    figure(
        "guessing times",
        f"median over {len(times['known'])} wrong guesses: {medians['known']:.0f} ms for a known account, "
        f"{medians['unknown']:.0f} ms for an unknown one",
    )
