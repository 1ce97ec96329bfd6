import pytest

from tests.plugin import database
from tests.plugin.browser import axe, browser, open_page
from tests.plugin.geocoder import geocoder
from tests.plugin.mailbox import mailbox, run_jobs
from tests.plugin.proof import figure, rounds
from tests.plugin.provider import provider, running_provider

__all__ = [
    "axe",
    "browser",
    "figure",
    "geocoder",
    "mailbox",
    "open_page",
    "provider",
    "rounds",
    "running_provider",
]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Migrated by the owner, used by the application's role."""
    with django_db_blocker.unblock():
        database.set_up()


@pytest.fixture(name="run_jobs")
def run_jobs_fixture(transactional_db):
    """`run_jobs()` does every deferred job that is due, with the real worker."""
    return run_jobs


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """What a test writes, files and mails, stays its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MAIL_FOLDER = tmp_path / "mails"
    settings.JOURNAL_WITNESS = tmp_path / "journal_witness"
