"""Broken files among sound ones, through the page by which a structure sends a CV: the page always answers,
refuses with a reason, and takes every sound file."""

import random
import re
from collections import Counter
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from tests.offers.scene import NOW, set_scene
from tests.proof.broken import Sent, broken, sound
from uneplace.kit.uploads import check_file
from uneplace.offers.models import Application

BATCHES = 10
SENTENCE = re.compile(r"[A-ZÉÀ’ ].{20,}\.", re.S)
REASON = re.compile(r'id="id_cv_error">.*?Erreur\s*:\s*</span>(.*?)</span></p>', re.S)
LIMIT = b"uneplace-limite"


class Page:
    """The page as a browser of the referrer sends to it; without the test client, which keeps a copy of every
    context of every fragment it draws."""

    def __init__(self, scene):
        client = Client()
        client.force_login(scene.referrer.user)
        self.factory, self.handler = RequestFactory(), ClientHandler(enforce_csrf_checks=False)
        self.factory.cookies = client.cookies
        self.address = reverse("offers:put_forward", args=[scene.sheet.pk])
        self.fields = {
            "first_name": "Nouria",
            "last_name": "Lecacheux",
            "available_from": "2026-03-02",
            f"met_{scene.hard.pk}": "YES",
            f"met_{scene.soft.pk}": "UNSURE",
            "informed_on": "2026-02-10",
            "informed_by": "INTERVIEW",
            "agreed": "non",
        }

    def post(self, sent: Sent):
        """The form with this file, whatever its name."""
        parts = [(f'name="{name}"', value.encode()) for name, value in self.fields.items()]
        parts.append((f'name="cv"; filename="{sent.name.replace(chr(34), "%22")}"', sent.content))
        body = b""
        for words, content in parts:
            heading = f"Content-Disposition: form-data; {words}".encode("utf-8", "surrogatepass")
            body += b"--" + LIMIT + b"\r\n" + heading + b"\r\n\r\n" + content + b"\r\n"
        kind = f"multipart/form-data; boundary={LIMIT.decode()}"
        request = self.factory.generic("POST", self.address, body + b"--" + LIMIT + b"--\r\n", kind)
        return self.handler(request.environ)


def fault_of(sent: Sent, response) -> str:
    """What is wrong with this answer to this file; empty when nothing is."""
    is_taken = response.status_code == 302
    if response.status_code not in (302, 422):
        return f"answered {response.status_code}"
    if sent.is_taken not in (None, is_taken):
        return "taken" if is_taken else f"refused: {REASON.findall(response.text)}"
    if not is_taken and not any(map(SENTENCE.fullmatch, map(unescape, REASON.findall(response.text)))):
        return "refused without a sentence"
    return ""


@pytest.fixture
def cv_page(db, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    with time_machine.travel(NOW, tick=False):
        yield Page(set_scene())


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_broken_file_is_answered_and_every_sound_one_taken(cv_page, rounds, figure, batch):
    bad, good = rounds(2000, 10_000) // BATCHES, rounds(200, 1000) // BATCHES
    waiting = [broken] * bad + [sound] * good
    random.Random(batch).shuffle(waiting)
    faults, answers = [], Counter()
    for rank, make in enumerate(waiting):
        sent = make(random.Random(f"{batch}-{rank}"))
        try:
            response = cv_page.post(sent)
        except Exception as error:
            fault = repr(error)
        else:
            fault = fault_of(sent, response)
            answers[response.status_code] += 1
        if fault:
            faults.append(f"{batch}-{rank}, {sent.kind}, {sent.name[:40]!r}: {fault}")
    assert faults == []
    assert answers[302] + answers[422] == bad + good
    assert answers[302] >= good
    _what_is_kept_is_sound()
    figure("fichiers envoyés", bad + good)
    figure("pris", answers[302])
    figure("refusés avec leur raison", answers[422])


def _what_is_kept_is_sound():
    """Each file taken, however twisted it came, is one that would be taken again."""
    for application in Application.objects.exclude(cv=""):
        with default_storage.open(application.cv.name) as file:
            content = file.read()
        assert check_file(BytesIO(content), application.cv_name, len(content))
