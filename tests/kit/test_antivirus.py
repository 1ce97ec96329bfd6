import socket
import struct
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.files import pdf
from tests.kit.test_uploads import check
from uneplace.kit.environment import clamav_address
from uneplace.kit.uploads import FileRefused

MARK = b"VIRUS D'ESSAI"


class Scanner:
    """A server that speaks ClamAV's protocol and knows one virus, on a socket of this machine."""

    def __init__(self, answer=None):
        self.answer = answer
        self.received = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            with client, client.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", stream.read(4))[0]:
                    content += stream.read(size)
                self.received.append(content)
                usual = b"stream: Essai-Virus FOUND\0" if MARK in content else b"stream: OK\0"
                client.sendall(usual if self.answer is None else self.answer)

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def scanner(settings):
    made = []

    def make(answer=None):
        made.append(Scanner(answer))
        settings.CLAMAV = made[-1].address
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_sound_file_is_looked_at_whole(scanner):
    server = scanner()
    content = pdf() + b"%" + b"x" * 200_000

    assert check("cv.pdf", content)
    assert server.received == [content]


def test_a_virus_is_named_and_the_file_refused(scanner):
    scanner()

    with pytest.raises(FileRefused, match=r"un virus dans ce fichier \(Essai-Virus\)"):
        check("cv.pdf", pdf() + MARK)


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O", b"\xff" * 9000]
)
def test_an_answer_that_is_not_one_lets_no_file_in(scanner, answer):
    scanner(answer)

    with pytest.raises(FileRefused, match="L’antivirus ne répond pas"):
        check("cv.pdf", pdf())


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nulle/part.sock"])
def test_an_antivirus_that_is_down_lets_no_file_in(settings, address):
    settings.CLAMAV = address

    with pytest.raises(FileRefused, match="Le reste de votre saisie est gardé"):
        check("cv.pdf", pdf())


def test_without_antivirus_nothing_is_asked(settings):
    settings.CLAMAV = ""
    assert check("cv.pdf", pdf())


def test_an_address_that_is_not_one_is_refused_at_once(monkeypatch):
    monkeypatch.setenv("UNEPLACE_CLAMAV", "clamd")

    with pytest.raises(ImproperlyConfigured, match="serveur:port"):
        clamav_address()
