"""What a service prints on its papers: chosen by an administrator, used by every document."""

import pytest

from tests.factories import OrganisationFactory, StatementFactory
from tests.plugin.papers import text_of_pdf
from uneplace.journal.models import Entry
from uneplace.organisations.models import Role
from uneplace.settlement.models import ServiceLetterhead

pytestmark = pytest.mark.django_db

URL = "/service/documents/"
TYPED = {
    "accent": "#7A1F5C",
    "postal": "1 place de la Paix\r\n14000 Caen",
    "signature": "La responsable du service",
    "read": 0,
}


def test_it_starts_with_our_colour_and_no_line(signed_in, service):
    page = signed_in(service).get(URL).text
    assert 'value="#0b5563"' in page
    assert "contraste sur blanc" in page
    assert "8,42 pour 1" in page
    assert "Aucune adresse postale." in page


def test_what_is_chosen_is_kept_told_and_printed_on_every_paper(signed_in, service):
    client = signed_in(service)
    assert client.post(URL, TYPED).url == URL
    kept = ServiceLetterhead.objects.get()
    assert (kept.accent, kept.number) == ("#7a1f5c", 1)
    entry = Entry.objects.get(verb="service_letterhead.chosen")
    assert sorted(entry.details["changed"]) == ["accent", "postal", "signature"]
    assert "#7a1f5c" in client.get(URL).text
    statement = StatementFactory(commitment__clause__lot__contract__service=service)
    for address in (f"/releves/{statement.pk}/releve.pdf", "/service/documents/exemple.pdf"):
        words = text_of_pdf(client.get(address).content)
        for said in ("1placedelaPaix", "14000Caen", "Laresponsableduservice"):
            assert said in words


def test_a_colour_too_light_is_refused_and_what_was_typed_stays(signed_in, service):
    page = signed_in(service).post(URL, TYPED | {"accent": "#ffc940"})
    assert page.status_code == 422
    assert "son contraste est de 1,5 pour 1, il en faut au moins 4,5" in page.text
    assert "14000 Caen" in page.text
    assert not ServiceLetterhead.objects.exists()


@pytest.mark.parametrize(
    "typed, said",
    [
        pytest.param({"accent": "rouge"}, "Choisissez une couleur", id="pas une couleur"),
        pytest.param({"postal": "a\n" * 7}, "au plus 6 lignes", id="trop de lignes"),
        pytest.param({"signature": "a" * 81}, "de 80 signes", id="ligne trop longue"),
        pytest.param(
            {"accent": "#0b5563", "postal": "", "signature": ""}, "Rien ne change", id="rien de neuf"
        ),
    ],
)
def test_what_cannot_be_printed_is_told(signed_in, service, typed, said):
    page = signed_in(service).post(URL, TYPED | typed)
    assert page.status_code == 422
    assert said in page.text
    assert not ServiceLetterhead.objects.exists()


def test_two_administrators_at_once_lose_nothing(signed_in, service):
    client = signed_in(service)
    client.post(URL, TYPED)
    page = client.post(URL, TYPED | {"postal": "2 rue du Port"})
    assert page.status_code == 422
    assert "vient de changer cet en-tête" in page.text
    assert "2 rue du Port" in page.text
    assert ServiceLetterhead.objects.count() == 1


def test_another_service_keeps_its_own(signed_in, service):
    signed_in(service).post(URL, TYPED)
    assert "#7a1f5c" not in signed_in(OrganisationFactory(service=True)).get(URL).text


def test_only_administrators_of_a_service_choose(signed_in, service):
    for role in (Role.MEMBER, Role.READER):
        assert signed_in(service, role=role).get(URL).status_code == 403
    assert signed_in(OrganisationFactory(buyer=True)).post(URL, TYPED).status_code == 403
    assert not ServiceLetterhead.objects.exists()
