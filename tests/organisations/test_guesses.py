import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.factories import NOON
from uneplace.organisations.guesses import PER_ACCOUNT, PER_ADDRESS, WINDOW, forget_guesses, give_back, take
from uneplace.organisations.models import Allowance

pytestmark = pytest.mark.django_db
ACCOUNT = "camille@exemple.fr"


def ask(seconds=0, account=ACCOUNT, device="", address="192.0.2.1", kind="password"):
    at = NOON + timedelta(seconds=seconds)
    return take(kind, account, device=device, address=address, at=at)


def test_three_mistakes_cost_nothing_then_the_wait_doubles():
    assert [ask(second).wait.seconds for second in (0, 1, 2, 3)] == [0, 0, 0, 4]
    waits, second = [], 2
    for _ in range(7):
        wait = int(ask(second).wait.total_seconds())
        waits.append(wait)
        second += wait
        assert ask(second).is_allowed
    assert waits == [5, 10, 20, 40, 60, 60, 60]


def test_ten_are_checked_in_a_quarter_of_an_hour_wherever_they_come_from():
    checked = [
        second for second in range(0, 3 * 900, 5) if ask(second, address=f"192.0.2.{second % 250}").is_allowed
    ]
    for start in range(3 * 900):
        assert sum(start <= second < start + WINDOW.seconds for second in checked) <= PER_ACCOUNT
    assert len(checked) == 3 * PER_ACCOUNT


def test_a_guess_not_checked_does_not_lengthen_the_wait():
    for second in range(3):
        ask(second)
    for second in (3, 4, 5, 6):
        assert not ask(second).is_allowed
    assert ask(7).is_allowed


def test_the_owners_browser_has_its_own_allowance():
    for minute in range(14):
        ask(minute * 60)
    assert not ask(840).is_allowed
    assert ask(840, device="known").is_allowed
    assert not ask(840, device="").is_allowed


def test_an_address_that_tries_many_accounts_is_slowed_down():
    asked = [ask(rank, account=f"personne{rank}@exemple.fr").is_allowed for rank in range(PER_ADDRESS + 5)]
    assert asked == [True] * PER_ADDRESS + [False] * 5
    assert ask(60, account="autre@exemple.fr", address="198.51.100.1").is_allowed
    assert ask(60, account="autre@exemple.fr", device="known").is_allowed


def test_a_right_guess_gives_back_itself_and_nothing_else():
    wrong = [ask(second) for second in range(2)]
    right = ask(2)
    give_back(right)
    assert sorted(len(row.checked_at) for row in Allowance.objects.all()) == [len(wrong), len(wrong)]


def test_codes_and_passwords_are_counted_apart():
    for second in range(3):
        ask(second)
    assert not ask(3).is_allowed
    assert ask(3, kind="code").is_allowed


def test_a_burst_is_told_once_a_window():
    told = [second for second in range(0, 1800, 60) if ask(second).is_burst]
    assert len(told) == 2
    assert told[1] - told[0] >= WINDOW.seconds


def test_the_table_names_nobody():
    ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM organisations_allowance t")
        (text,) = cursor.fetchone()
    assert ACCOUNT not in text
    assert "192.0.2.1" not in text


def test_counts_that_bind_nobody_are_removed():
    ask()
    assert forget_guesses(before=NOON) == 0
    assert forget_guesses(before=NOON + timedelta(days=1)) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", ["", "known"])
def test_fifty_at_once_do_not_pass(known):
    """Each on its own connection, from its own address, a minute after five wrong guesses."""
    for minute in range(5):
        ask(minute * 60, device=known)
    barrier, answers = threading.Barrier(50), Counter()

    def guess(rank):
        try:
            barrier.wait()
            answers[ask(400, device=known, address=f"198.51.100.{rank}").is_allowed] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=[rank]) for rank in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {True: 1, False: 49}


@pytest.mark.django_db(transaction=True)
def test_what_fails_afterwards_gives_no_guess_back():
    for second in range(3):
        ask(second)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
    assert not ask(3).is_allowed
