from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.hours.import_scene import HEAD, Scene
from tests.sheets import as_csv


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(datetime(2026, 6, 15, 9, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def scene(db):
    return Scene()


@pytest.fixture
def as_company(scene):
    client = Client()
    client.force_login(scene.by_company.user)
    return client


@pytest.fixture
def as_service(scene):
    client = Client()
    client.force_login(scene.by_service.user)
    return client


def a_file(*rows, name="heures.csv", head=HEAD):
    return SimpleUploadedFile(name, as_csv([head, *rows], encoding="cp1252"))
