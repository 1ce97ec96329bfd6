"""What keeps the house in order is there and is run."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture(scope="module")
def commands():
    """What `make test` runs."""
    return subprocess.run(
        ["make", "--dry-run", "--always-make", "test"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize(
    "command",
    [
        "ruff check .",
        "ruff format --check .",
        "lint-imports",
        "mypy",
        "djade --check",
        "bandit",
        "pytest -n",
        "npm ci --ignore-scripts",
    ],
)
def test_make_test_runs_every_guard(commands, command):
    assert command in commands


def test_the_integration_server_runs_make_test():
    assert "make test" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "uv.txt"])
def test_the_locked_packages_name_no_address_and_all_have_hashes(name):
    text = (ROOT / "requirements" / name).read_text()
    assert not re.search(r"://|^-|index|find-links", text, re.M)
    packages = re.findall(r"^[a-z0-9][^ ]*==[^ ]+.*?(?=^[a-z0-9]|\Z)", text, re.M | re.S)
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


def test_the_packages_of_the_test_provider_name_no_address_and_all_have_hashes():
    text = (ROOT / "tests" / "oidc" / "package-lock.json").read_text()
    assert "://" not in text
    packages = [one for name, one in json.loads(text)["packages"].items() if name]
    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages)


def test_each_dependency_is_locked():
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.M))
    wanted = {re.match(r"[a-z0-9.-]+", line).group() for line in PROJECT["project"]["dependencies"]}
    assert wanted <= locked
    (backend,) = PROJECT["build-system"]["requires"]
    assert backend in (ROOT / "requirements" / "run.txt").read_text()


def test_the_clock_is_read_by_entry_points_only():
    lint = PROJECT["tool"]["ruff"]["lint"]
    banned = lint["flake8-tidy-imports"]["banned-api"]
    assert {"datetime.date.today", "datetime.datetime.now", "django.utils.timezone.now"} <= set(banned)
    allowed = [path for path, rules in lint["per-file-ignores"].items() if "TID251" in rules]
    assert all(re.search(r"views|commands|tasks|cli|tests", path) for path in allowed)


def test_the_content_policy_allows_nothing_unsafe(client, db):
    policy = client.get("/dev/mails").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
