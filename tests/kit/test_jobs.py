"""Jobs of the clock, and jobs whose worker died."""

from functools import partial

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.plugin.mailbox import run_apart, run_jobs
from uneplace.kit.jobs import defer
from uneplace.kit.tasks import forget_old_jobs, retry_stalled_jobs, send_mail


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
