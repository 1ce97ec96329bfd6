"""The one door to the outside, tried with a real server: what is not listed is not asked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from uneplace.kit.http import OutboundError, fetch


class Outside(BaseHTTPRequestHandler):
    """Another machine: it answers, redirects, fails, says too much, or says nothing."""

    asked = ()

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/silence":
            self.server.released.wait(10)
            return
        status = {"/ailleurs": 302, "/panne": 500}.get(self.path, 200)
        body = b"x" * 5000 if self.path == "/long" else b'{"name": "Caen"}'
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *arguments):
        """Nothing on the terminal."""


@pytest.fixture
def outside(settings):
    """A server of this machine, listed with its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Outside) as server:
        server.asked, server.released = [], threading.Event()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        server.url = f"http://127.0.0.1:{server.server_port}"
        settings.OUTBOUND_HOSTS = frozenset({f"127.0.0.1:{server.server_port}"})
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


def test_a_listed_machine_is_asked_and_its_answer_read(outside):
    answer = fetch(f"{outside.url}/communes", headers={"Accept": "application/json"})
    assert (answer.status, answer.json()) == (200, {"name": "Caen"})
    assert outside.asked == ["/communes"]


def test_a_body_is_sent(outside):
    assert fetch(f"{outside.url}/", method="POST", body=b"abc").body == b"cba"


def test_a_failure_is_an_answer_like_another(outside):
    assert fetch(f"{outside.url}/panne").status == 500


def test_a_redirection_is_told_and_not_followed(outside):
    answer = fetch(f"{outside.url}/ailleurs")
    assert answer.status == 302
    assert answer.headers["Location"].startswith("http://169.254.169.254/")
    assert outside.asked == ["/ailleurs"]


def test_what_is_too_long_or_too_slow_is_given_up(outside):
    with pytest.raises(OutboundError, match="dépasse 4000 octets"):
        fetch(f"{outside.url}/long", longest=4000)
    with pytest.raises(OutboundError, match="ne répond pas"):
        fetch(f"{outside.url}/silence", timeout=0.2)


def test_an_answer_that_is_no_json_is_told(outside):
    with pytest.raises(OutboundError, match="JSON"):
        fetch(f"{outside.url}/long").json()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        pytest.param("https://ailleurs.example/", "n’est pas dans", id="not listed"),
        pytest.param("http://127.0.0.1:1/", "n’est pas dans", id="another port"),
        pytest.param("file:///etc/passwd", "ordinaire", id="a file"),
        pytest.param("ftp://permis.example/", "ordinaire", id="another protocol"),
        pytest.param("https://permis.example@ailleurs.example/", "ordinaire", id="a name in the address"),
        pytest.param("https://permis.example:x/", "mal écrite", id="no port"),
        pytest.param("http://permis.example/", "chiffrées", id="in clear"),
        pytest.param("https://permis.example:8443/", "chiffrées", id="an odd port"),
        pytest.param("https://localhost/", "adresse privée", id="this very machine"),
        pytest.param("https://169.254.169.254/", "adresse privée", id="the host of virtual machines"),
        pytest.param("https://[::1]/", "adresse privée", id="this machine by IPv6"),
    ],
)
def test_what_is_not_asked(outside, settings, monkeypatch, url, told):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    settings.OUTBOUND_HOSTS |= {"permis.example", "localhost", "169.254.169.254", "::1"}
    with pytest.raises(OutboundError, match=told):
        fetch(url)
    assert outside.asked == []


def test_the_proxy_of_the_environment_is_used(outside, settings, monkeypatch):
    settings.OUTBOUND_HOSTS |= {"annuaire.example:80"}
    monkeypatch.setenv("http_proxy", outside.url)
    monkeypatch.setenv("no_proxy", "")
    assert fetch("http://annuaire.example/fiche").status == 200
    assert outside.asked == ["http://annuaire.example/fiche"]
