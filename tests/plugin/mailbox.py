"""A real mail server, and the real job worker."""

import asyncio
import socket
import threading
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from procrastinate.periodic import PeriodicRegistry


def run_jobs():
    """Do every deferred job that is due, with the queue's own worker."""
    run_apart(_work)


def run_apart(work):
    """Run a coroutine function in a thread of its own: the test's thread may hold the browser's loop."""
    failures = []
    thread = threading.Thread(target=_run, args=[work, failures], name="apart")
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


def _run(work, failures):
    from django.db import connections

    from tests.plugin.scope import site_works

    site_works.set(True)
    try:
        asyncio.run(_closing_after(work))
    except Exception as error:
        failures.append(error)
    finally:
        connections.close_all()


async def _closing_after(work):
    from asgiref.sync import sync_to_async
    from django.db import connections

    try:
        await work()
    finally:
        # The queue also works in a thread that outlives the test, and the test's database.
        await sync_to_async(connections.close_all)()


async def _work():
    from procrastinate.contrib.django import app

    async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker_app:
        worker_app.periodic_registry = PeriodicRegistry()  # the hour of the day must not matter
        while True:
            await worker_app.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful"
            )
            waiting = await worker_app.job_manager.list_jobs_async(status="todo")
            if all(job.scheduled_at for job in waiting):  # a job may defer another, due at once
                break


class _Keep(Sink):
    def __init__(self, received):
        self.received = received

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append((envelope.rcpt_tos, message, envelope.mail_from))
        return "250 OK"


class Mailbox:
    """Everybody's mail: what the server received, in order."""

    def __init__(self):
        self._received = []
        self.port = _free_port()
        self._controller = None

    def open(self):
        """Let the mail server answer."""
        self._controller = Controller(_Keep(self._received), hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self):
        """Take the mail server down."""
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    @property
    def messages(self):
        """Every message received, once the jobs that are due are done."""
        run_jobs()
        return [message for _, message, _ in self._received]

    def to(self, address):
        """The messages that this address received, once the jobs that are due are done."""
        run_jobs()
        return [message for addresses, message, _ in self._received if address in addresses]

    @property
    def senders(self):
        """Where the server was told to send back what it cannot deliver, in order."""
        return [sender for _, _, sender in self._received]


def text_of(message):
    """The plain text of a message."""
    return message.get_body(("plain",)).get_content()


def _free_port():
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return candidate.getsockname()[1]


@pytest.fixture
def mailbox(transactional_db, settings):
    """A running mail server that the site sends its mails to."""
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    box.open()
    yield box
    box.close()
