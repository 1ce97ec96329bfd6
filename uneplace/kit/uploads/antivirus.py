"""An antivirus looks at what people send, when the settings name one: ClamAV's server, over a socket."""

import socket  # noqa: TID251 - ClamAV speaks no HTTP; its address is a setting
import struct

from django.conf import settings

from .refusals import FileRefused

PATIENCE = 15  # seconds
PIECE = 64 * 1024
ENOUGH = 4096  # bytes of an answer


def scan(content: bytes) -> None:
    """Have a file looked at. Raises `FileRefused` when it is infected, or when the antivirus does not answer:
    a file that nobody looked at is not taken. Does nothing when no antivirus is set."""
    if not settings.CLAMAV:
        return
    try:
        answer = _ask(settings.CLAMAV, content)
    except OSError:
        answer = ""
    if answer.endswith("FOUND"):
        virus = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise FileRefused(
            f"L’antivirus a trouvé un virus dans ce fichier ({virus})\u00a0: il n’a pas été gardé. "
            "Faites vérifier l’ordinateur d’où il vient."
        )
    if answer != "stream: OK":
        raise FileRefused(
            "L’antivirus ne répond pas\u00a0: ce fichier n’a pas été pris. Le reste de votre saisie est "
            "gardé\u00a0; réessayez dans quelques minutes, ou envoyez sans ce fichier."
        )


def _ask(address: str, content: bytes) -> str:
    """ClamAV's answer to its command INSTREAM: `stream: OK`, or `stream: name FOUND`."""
    with _connected(address) as server:
        server.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            server.sendall(struct.pack("!I", len(piece)) + piece)
        server.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ENOUGH and (more := server.recv(ENOUGH)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        server = socket.socket(socket.AF_UNIX)
        server.settimeout(PATIENCE)
        try:
            server.connect(address)
        except OSError:
            server.close()
            raise
        return server
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), PATIENCE)
