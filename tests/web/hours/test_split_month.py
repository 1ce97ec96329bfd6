"""The page where a month worked for several contracts is typed as a whole."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import CommitmentFactory, OrganisationFactory, StatementFactory, actor_for
from tests.hours.import_scene import APRIL, Scene
from uneplace.hours.models import StatementLine, WorkedMonth

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(MAY, tick=False):
        yield


@pytest.fixture
def scene():
    """Zoé Lefèvre works half her time for each of two contracts of one company."""
    scene = Scene()
    scene.second = CommitmentFactory(
        company=scene.company,
        clause__lot__contract__service=scene.service,
        clause__execution=scene.statement.commitment.period,
    )
    scene.shared_with(scene.second)
    scene.other = StatementFactory(commitment=scene.second, declarant=scene.company, month=APRIL)
    return scene


@pytest.fixture
def declarant(scene, client):
    client.force_login(scene.by_company.user)
    return client


def url(scene):
    return f"/contrats-de-travail/{scene.zoe.pk}/repartir/"


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def shown_on(page):
    return page.context["split"].digest


def test_parts_are_read_then_kept(scene, declarant):
    page = declarant.post(url(scene), {"hours": "151,67", "training_hours": "7"})
    assert "75,84 h" in words(page)
    assert "Pourquoi ces parts" in words(page)
    assert not StatementLine.objects.exists()
    typed = {"hours": "151,67", "training_hours": "7", "shown": shown_on(page)}
    assert "Parts gardées" in words(declarant.post(url(scene), typed, follow=True))
    assert StatementLine.objects.count() == 2


def test_the_page_is_reached_from_the_card_of_a_shared_person_and_from_the_work_contract(scene, declarant):
    card = words(declarant.get(f"/releves/{scene.statement.pk}/declarer/"))
    assert f"{url(scene)}?mois=2026-04" in card
    assert card.count("Répartir le mois entier") == 1
    assert url(scene) in words(declarant.get(scene.zoe.get_absolute_url()))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hours": ""}, "Écrivez les heures du mois"),
        ({"hours": "beaucoup"}, "beaucoup"),
        ({"hours": "10", "training_hours": "11"}, "comprises dans les heures travaillées"),
        ({"hours": "745"}, "entre 0 et 744"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(scene, declarant, typed, said):
    page = declarant.post(url(scene), typed)
    assert page.status_code == 422
    assert said in words(page)
    assert f'value="{typed["hours"]}"' in words(page) or not typed["hours"]


def test_what_changed_since_it_was_read_is_not_kept_and_is_shown_again(scene, declarant):
    page = declarant.post(url(scene), {"hours": "100"})
    scene.zoe.allocations.filter(commitment=scene.second).update(share="0.25")
    again = declarant.post(url(scene), {"hours": "100", "shown": shown_on(page)})
    assert again.status_code == 422
    assert "Relisez-le avant de recommencer" in words(again)
    assert "Hors de ces marchés" in words(again)
    assert not StatementLine.objects.exists()


def test_a_month_that_is_sent_says_why_it_is_not_shared(scene, declarant):
    type(scene.other).objects.filter(pk=scene.other.pk).update(status="SUBMITTED", submitted_at=MAY)
    page = words(declarant.get(f"{url(scene)}?mois=2026-04"))
    assert "le relevé est déjà envoyé" in page
    assert "Calculer les parts" not in page


@pytest.fixture
def half_sent(scene, declarant):
    """Zoé Lefèvre’s 100 hours of April are shared, then the part of the second contract is sent."""
    page = declarant.post(url(scene), {"hours": "100"})
    declarant.post(url(scene), {"hours": "100", "shown": shown_on(page)})
    type(scene.other).objects.filter(pk=scene.other.pk).update(status="SUBMITTED", submitted_at=MAY)
    return f"{url(scene)}?mois=2026-04"


def test_the_whole_typed_is_shown_where_the_hours_are_declared(scene, declarant, half_sent):
    card = words(declarant.get(f"/releves/{scene.statement.pk}/declarer/"))
    assert "Mois entier saisi, tous marchés réunis : 100 h." in card
    typed = {"version": 1, f"p{scene.zoe.pk}-hours": "60"}
    refused = words(declarant.post(f"/releves/{scene.statement.pk}/declarer/", typed))
    assert "le mois entier saisi est de 100 h, dont 50 h déclarées sur un autre marché" in refused


def test_the_whole_of_a_month_half_sent_is_corrected_on_the_same_page(scene, declarant, half_sent):
    page = declarant.get(half_sent)
    assert "Le mois entier saisi est de <strong>100 h</strong>, dont 100 h sont sur les relevés" in words(
        page
    )
    read = page.context["form"]["read"].value()
    refused = declarant.post(half_sent, {"hours": "90", "read": read})
    assert (refused.status_code, "100 h sont déjà déclarées" in words(refused)) == (422, True)
    done = declarant.post(half_sent, {"hours": "110", "read": read}, follow=True)
    assert "Mois entier corrigé : 110 h." in words(done)
    assert WorkedMonth.objects.get().whole == 110


def test_a_month_typed_whole_and_all_sent_says_who_to_ask(scene, declarant, half_sent):
    type(scene.statement).objects.update(status="SUBMITTED", submitted_at=MAY)
    page = words(declarant.get(half_sent))
    assert "demandez au service d’en renvoyer un" in page
    assert "Corriger le mois entier" not in page


def test_a_month_that_is_none_is_not_found(scene, declarant):
    assert declarant.get(f"{url(scene)}?mois=avril").status_code == 404


def test_nobody_else_shares_the_month(scene, client):
    client.force_login(actor_for(scene.company, role="READER").user)
    assert client.get(url(scene)).status_code == 403
    client.force_login(scene.by_service.user)  # the declarant signs in
    assert client.get(url(scene)).status_code == 403
    client.force_login(actor_for(OrganisationFactory(company=True)).user)
    assert client.get(url(scene)).status_code == 404


def test_the_service_does_it_for_a_declarant_without_account(scene, client):
    scene.company.memberships.update(ended_at=MAY)
    client.force_login(scene.by_service.user)
    assert "Vous agissez pour" in words(client.get(url(scene)))
