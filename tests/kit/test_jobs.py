"""Jobs of the clock, and jobs whose worker died."""

import logging
from functools import partial
from io import StringIO

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.plugin.mailbox import run_apart, run_jobs
from uneplace.kit.jobs import defer
from uneplace.kit.tasks import forget_old_jobs, retry_stalled_jobs, send_mail


@pytest.fixture
def logs():
    """What the site writes in its logs meanwhile."""
    console = next(one for one in logging.getLogger().handlers if one.name == "console")
    before = console.setStream(StringIO())
    yield console.stream
    console.setStream(before)


def test_a_job_whose_worker_died_is_done_by_the_next(mailbox):
    defer(send_mail, to="lea@exemple.fr", subject="Bonjour", body="Bonjour.")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH dead AS (
                INSERT INTO procrastinate_workers (last_heartbeat)
                VALUES (now() - interval '1 hour') RETURNING id
            )
            UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)
            """
        )
    run_jobs()
    assert ProcrastinateJob.objects.get().status == "doing", "nobody does it while it seems to be under way"
    run_apart(partial(retry_stalled_jobs.func, 0))
    assert [message["Subject"] for message in mailbox.messages] == ["Bonjour"]


@pytest.mark.parametrize(
    "name",
    [
        "uneplace.kit.tasks.retry_stalled_jobs",
        "uneplace.kit.tasks.forget_old_jobs",
        "uneplace.kit.tasks.remove_stray_files_of_the_night",
        "uneplace.people.tasks.note_twins_of_the_night",
        "uneplace.rights.tasks.apply_retention_of_the_night",
    ],
)
def test_jobs_of_the_clock_are_known_to_the_worker(name):
    assert name in {task.task.name for task in app.periodic_registry.periodic_tasks.values()}


@pytest.mark.parametrize(
    ("days", "left"),
    [pytest.param(29, 1, id="29 jours, gardé"), pytest.param(31, 0, id="31 jours, supprimé")],
)
def test_a_message_that_could_not_leave_is_forgotten_after_thirty_days(mailbox, days, left):
    defer(send_mail, to="lea@exemple.fr", subject="Bonjour", body="Bonjour Léa.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        cursor.execute("UPDATE procrastinate_events SET at = now() - make_interval(days => %s)", [days])
    run_apart(partial(forget_old_jobs.func, 1_780_000_000))
    assert ProcrastinateJob.objects.count() == left


def test_a_mail_that_fails_for_good_leaves_neither_its_text_nor_its_address_in_the_logs(mailbox, logs):
    mailbox.close()
    body = "Ouvrez votre compte : https://clauses.exemple.fr/invitation/jeton-secret/"
    defer(send_mail, to="lea@exemple.fr", subject="Motif du refus", body=body)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 1000")
    run_jobs()
    job = ProcrastinateJob.objects.get()
    assert job.status == "failed"
    assert f"ERROR procrastinate.worker: Job uneplace.kit.tasks.send_mail[{job.pk}] ended" in logs.getvalue()
    assert "ConnectionRefusedError" in logs.getvalue(), "what failed is still told"
    for secret in ("lea@", "jeton-secret", "Motif", "Ouvrez"):
        assert secret not in logs.getvalue()


def test_an_error_that_repeats_what_the_job_was_given_is_told_without_its_words(logs):
    address = "lecacheux@exemple.fr"
    job = {"id": 7, "task_name": "t", "task_kwargs": {"to": address}}
    try:
        try:
            raise ValueError(f"{address} is unknown")
        except ValueError:
            raise OSError("no answer from the server")
    except OSError:
        logging.getLogger("procrastinate.worker").exception(f"Job t[7](to='{address}')", extra={"job": job})
    assert "lecacheux" not in logs.getvalue()
    assert "ValueError" in logs.getvalue()
    assert "OSError: no answer from the server" in logs.getvalue()
