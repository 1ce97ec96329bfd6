"""`uneplace rules` on the command line: neither database nor settings."""

import json
import os
import subprocess
import sys
from pathlib import Path

from uneplace import cli

EXIT = {"id": "sortie", "rule": "exit_category", "facts": {"kind": "CDI"}}
WRONG = {"id": "sans durée", "rule": "exit_category", "facts": {"kind": "CDD"}}


def test_the_command_line_knows_it(tmp_path, capfdbinary):
    path = tmp_path / "cas.json"
    path.write_text(json.dumps({"cases": [EXIT]}), encoding="utf-8")
    assert cli.run(["rules", str(path)]) == 0
    assert len(json.loads(capfdbinary.readouterr().out)["results"]) == 1
    assert "rules" in cli.USAGE


def test_neither_database_nor_settings_are_needed(tmp_path):
    """From a folder where nothing may be written, with settings that do not exist."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "nowhere.settings",
        "UNEPLACE_DATA": str(tmp_path / "data"),
        "UNEPLACE_POSTGRES_BIN": str(tmp_path / "no-postgres"),
        "LC_ALL": "C",
    }
    done = subprocess.run(
        [sys.executable, "-m", "uneplace.cli", "rules", "-"],
        input=json.dumps({"cases": [EXIT, WRONG]}).encode(),
        capture_output=True,
        check=False,
        env=environment,
        cwd=Path(cli.__file__).parent.parent,
    )
    assert done.returncode == 1, done.stderr
    first, second = json.loads(done.stdout)["results"]
    assert first["category"] == "DURABLE"
    assert second["error"].startswith("Nombre de mois (months)\u00a0: ")
    assert not (tmp_path / "data").exists()
