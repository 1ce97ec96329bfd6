"""The antivirus, for real: Debian's clamd with a base of one signature, when proving; a server of its
protocol otherwise."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.files import pdf
from tests.kit.test_antivirus import MARK, Scanner
from tests.kit.test_uploads import check
from tests.plugin.processes import ended_within
from uneplace.kit.uploads import FileRefused

NAME = "Essai-Virus"


def clamd(folder: Path) -> int:
    """The process of a clamd of our own, which knows one virus and listens on a socket of this folder."""
    program = shutil.which("clamd")
    assert program, "apt-get install --no-install-recommends clamav-daemon"
    (folder / "base").mkdir()
    (folder / "base" / "essai.ndb").write_text(f"{NAME}:0:*:{MARK.hex()}\n")
    settings = {
        "DatabaseDirectory": folder / "base",
        "LocalSocket": folder / "clamd.sock",
        "PidFile": folder / "clamd.pid",
        "User": pwd.getpwuid(os.getuid()).pw_name,
    }
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    # It answers once it listens, and goes on by itself.
    subprocess.run([program, "--config-file", folder / "clamd.conf"], check=True, timeout=60)
    return int((folder / "clamd.pid").read_text())


@pytest.fixture
def antivirus(rounds, tmp_path, settings):
    if rounds(0, 1):
        pid = clamd(tmp_path)
        settings.CLAMAV = str(tmp_path / "clamd.sock")
        yield
        os.kill(pid, signal.SIGTERM)
        assert ended_within(30, [pid])
    else:
        scanner = Scanner()
        settings.CLAMAV = scanner.address
        yield
        scanner.close()


def test_a_virus_is_found_in_a_file_and_a_sound_one_is_let_in(antivirus):
    assert check("cv.pdf", pdf())
    with pytest.raises(FileRefused, match=NAME):
        check("cv.pdf", pdf() + MARK)
