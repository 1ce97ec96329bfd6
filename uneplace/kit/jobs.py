"""Work done after the answer: a job is deferred inside the caller's transaction, and vanishes if that fails.

A job is a function of a module `tasks.py`, declared with `@job`; its arguments are plain JSON values (ids and
texts), and it is run at least once. This façade is all that the rest of the code knows of the queue.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from .history import changes_by

FIRST_WAIT, LONGEST_WAIT = 30, 3600  # seconds


class Patient(BaseRetryStrategy):
    """Tries again for `days`: after 30 seconds, then twice as long each time, at most an hour apart."""

    def __init__(self, *, days: int, exceptions: tuple[type[Exception], ...]) -> None:
        self.attempts = days * 24 * 3600 // LONGEST_WAIT
        self.exceptions = exceptions

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None once there is no hope. The job then stays in the table, as failed."""
        if not isinstance(exception, self.exceptions) or job.attempts >= self.attempts:
            return None
        wait = min(FIRST_WAIT * 2 ** min(job.attempts, 10), LONGEST_WAIT)
        return RetryDecision(retry_in={"seconds": wait})


def job(*, retry: BaseRetryStrategy | None = None) -> Callable[[Callable[..., None]], Task]:
    """Declare a function as a job; it is named by its module and name, which must not change."""

    def declare(function: Callable[..., None]) -> Task:
        name = f"{function.__module__}.{function.__qualname__}"
        return app.task(name=name, retry=retry or False)(_told(function, name))

    return declare


def every(cron: str) -> Callable[[Callable[[int], None]], Task]:
    """Declare a function as a job done at fixed times (UTC); it receives the moment it was due, in seconds.

    It never waits twice. A worker away for less than ten minutes does the missed one; after that it is lost,
    so the function looks at what there is to do rather than at what happened since yesterday.
    """

    def declare(function: Callable[[int], None]) -> Task:
        name = f"{function.__module__}.{function.__qualname__}"
        return app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(_told(function, name)))

    return declare


def _told(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The function, whose changes are told to be this job's in the history of each row."""
    if iscoroutinefunction(function):
        return function  # only looks after the queue itself

    @wraps(function)
    def told(*arguments: Any, **named: Any) -> Any:
        with changes_by(job=name):
            return function(*arguments, **named)

    return told


def defer(task: Task, **arguments: Any) -> None:
    """Have the job done after the current transaction, and only if it is committed."""
    task.defer(**arguments)


def defer_many(task: Task, each: Iterable[dict[str, Any]]) -> None:
    """The same for many jobs of one kind, in one statement; `each` gives the arguments of one of them."""
    if rows := list(each):
        task.batch_defer(*rows)
