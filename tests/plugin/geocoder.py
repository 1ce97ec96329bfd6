"""A geocoder of this machine, which answers as the public one does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        body = json.dumps({"type": "FeatureCollection", "features": self.server.features}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Nothing on the terminal."""


def feature(longitude: float, latitude: float, **facts):
    """One answer of the geocoder."""
    known = {"type": "housenumber", "score": 0.97, "citycode": "14118", "label": "4 Rue des Lilas 14000 Caen"}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": known | facts,
    }


@pytest.fixture
def geocoder(settings):
    """`features` is what it finds, `status` how it answers, `asked` what it was asked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.asked, server.features, server.status = [], [], 200
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.GEOCODER = f"http://127.0.0.1:{server.server_port}/geocodage"
        settings.OUTBOUND_HOSTS = frozenset({f"127.0.0.1:{server.server_port}"})
        yield server
        server.shutdown()
        thread.join()
