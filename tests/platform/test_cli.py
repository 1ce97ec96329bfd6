"""The command `uneplace`: one clear line for what goes wrong, and the right exit code."""

import os
import socket
import subprocess
import sys

import pytest

from uneplace import cli


def uneplace(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "uneplace.cli", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_command_it_tells_what_there_is(capsys):
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("serve", "demo", "import-decp", "bilan", "check", "reset"))


def test_a_french_dash_is_a_command_s_underscore():
    done = uneplace("import-decp", "--help")
    assert done.returncode == 0, done.stderr
    assert "import_decp" in done.stdout


def test_check_says_that_all_is_well(transactional_db):
    done = uneplace("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "rôles séparés" in done.stdout


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        pytest.param({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "injoignable", id="no server"),
        pytest.param({"DATABASE_URL": "n’importe quoi"}, "DATABASE_URL", id="not an address"),
        pytest.param({"UNEPLACE_URL": "exemple.fr"}, "UNEPLACE_URL", id="a site without scheme"),
        pytest.param({"UNEPLACE_SMTP_URL": "ftp://exemple.fr"}, "UNEPLACE_SMTP_URL", id="not a mail server"),
        pytest.param({"UNEPLACE_POSTGRES_BIN": "/nowhere", "DATABASE_URL": ""}, "/nowhere", id="no programs"),
    ],
)
def test_what_is_wrong_is_one_line_and_code_2(environment, told):
    done = uneplace("check", **environment)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_the_application_s_address_may_not_be_the_owner_s(transactional_db):
    done = uneplace("check", DATABASE_URL=os.environ["DATABASE_OWNER_URL"])
    assert done.returncode == 2
    assert "DATABASE_OWNER_URL" in done.stderr


def test_a_database_without_tables_is_told_apart(tmp_path):
    done = uneplace("check", DATABASE_URL=os.environ["DATABASE_URL"].replace("/uneplace?", "/postgres?"))
    assert done.returncode == 2
    assert "uneplace migrate" in done.stderr


def test_reset_does_not_touch_a_server_that_is_not_ours():
    done = uneplace("reset")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr


def test_reset_says_when_there_is_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("UNEPLACE_DATA", str(tmp_path / "var"))
    assert cli.main(["reset"]) == 0
    assert "Rien à supprimer" in capsys.readouterr().out
    (tmp_path / "var").mkdir()
    assert cli.main(["reset"]) == 0
    assert not (tmp_path / "var").exists()
    assert cli.main(["reset", "--all"]) == 2


def test_a_taken_port_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = uneplace("serve", "--port", str(port))
    assert done.returncode == 2
    assert f"Le port {port} est déjà pris" in done.stderr
