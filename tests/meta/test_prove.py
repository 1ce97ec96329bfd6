"""`make prove` runs the proofs with their long figures, and says what they measured."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PROOF = """
def test_a_proof(rounds, figure):
    figure("rounds", rounds(5, 50))
"""


def prove(tmp_path, *options):
    (tmp_path / "test_one.py").write_text(PROOF)
    plugins = ["-p", "tests.plugin", "-p", "tests.plugin.proof", "-p", "xdist", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "--rootdir", str(tmp_path), "-n", "1", *options, tmp_path],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_proof_is_short_by_default_and_long_when_asked(tmp_path):
    assert "rounds" not in prove(tmp_path)
    assert "test_a_proof: rounds = 50" in prove(tmp_path, "--prove")


def test_make_prove_asks_for_the_long_figures():
    told = subprocess.run(
        ["make", "--dry-run", "prove"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "pytest -n logical --prove tests/proof" in told
