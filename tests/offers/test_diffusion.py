"""A job sheet at each structure: chosen, told once a day, opened, answered, or nobody to propose."""

from datetime import date, timedelta

import pytest

from tests.factories import (
    CommuneFactory,
    DiffusionFactory,
    JobSheetFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.addressees import Zone, addressees_of, sent_to
from uneplace.offers.digest import send_digests
from uneplace.offers.models import Diffusion, JobSheet
from uneplace.offers.tasks import send_digests_of_the_morning
from uneplace.organisations.models import Partnership

from .scene import NOW, SOON, TODAY, set_scene

pytestmark = pytest.mark.django_db


def at_the(scene, actor) -> Diffusion:
    return scene.sheet.diffusions.get(organisation=actor.organisation)


def another_offer(scene, *actors, **fields):
    sheet = JobSheetFactory(commitment=scene.sheet.commitment, title="Peintre", **fields)
    for actor in actors:
        DiffusionFactory(job_sheet=sheet, organisation=actor.organisation)
    return sheet


def test_a_structure_reads_all_its_new_offers_in_one_mail(mailbox):
    scene = set_scene()
    another_offer(scene, scene.employer)

    assert send_digests(at=NOW) == 2

    [message] = mailbox.to(scene.employer.user.email)
    assert message["subject"] == "2 offres nouvelles"
    assert "Aide-maçonne" in text_of(message)
    assert "Peintre" in text_of(message)
    assert "20 février 2026" in text_of(message)
    assert len(mailbox.to(scene.referrer.user.email)) == 1
    assert Entry.objects.filter(verb="diffusion.told").count() == 3


def test_nobody_is_written_to_twice_in_a_day_nor_about_the_same_offer(mailbox):
    scene = set_scene(apply_before=date(2026, 3, 1))
    send_digests(at=NOW)
    another_offer(scene, scene.employer)

    assert send_digests(at=NOW + timedelta(hours=2)) == 0
    assert send_digests(at=NOW + timedelta(days=1)) == 1
    assert "Aide-maçonne" not in text_of(mailbox.to(scene.employer.user.email)[-1])


def test_the_day_nears_who_has_not_answered_is_reminded_once(mailbox):
    scene = set_scene(apply_before=TODAY + timedelta(days=5))
    send_digests(at=NOW)
    scene.application(by=scene.employer)

    assert send_digests(at=NOW + timedelta(days=1)) == 0
    assert send_digests(at=NOW + timedelta(days=2)) == 1, "the referrer; the employer put somebody forward"
    assert send_digests(at=NOW + timedelta(days=3)) == 0
    assert mailbox.to(scene.referrer.user.email)[-1]["subject"] == "1 réponse attendue"


@pytest.mark.parametrize("status", ["TO_AGREE", "FILLED", "CLOSED"])
def test_an_offer_that_is_no_more_open_is_not_told(status, mailbox):
    scene = set_scene()
    JobSheet.objects.update(status=status, closing_reason="Reporté.")

    assert send_digests(at=NOW) == 0
    assert not mailbox.to(scene.employer.user.email)


def test_an_offer_already_answered_or_past_its_day_is_not_told():
    scene = set_scene()
    scene.application(by=scene.employer)
    scene.sheet.diffusions.filter(organisation=scene.referrer.organisation).update(
        opened_at=NOW, nothing_at=NOW, nothing_reason="NOBODY"
    )
    set_scene(apply_before=TODAY)

    assert send_digests(at=NOW) == 0


def test_a_structure_of_which_nobody_signs_in_is_told_whom_to_call(mailbox):
    scene = set_scene()
    structure = scene.employer.organisation
    structure.memberships.update(ended_at=NOW)
    structure.email = "accueil@cap-lanterne.example"
    structure.save()

    send_digests(at=NOW)

    [message] = mailbox.to(structure.email)
    assert f"appelez {scene.sheet.service}" in text_of(message)
    assert "http" not in text_of(message)


def test_a_structure_that_was_let_go_is_not_told():
    scene = set_scene()
    Partnership.objects.filter(organisation=scene.employer.organisation).update(ended_at=NOW)

    assert send_digests(at=NOW) == 1


def test_who_has_no_address_is_not_said_to_have_been_told():
    scene = set_scene()
    scene.employer.organisation.memberships.all().delete()

    send_digests(at=NOW)

    assert at_the(scene, scene.employer).told_at is None


def test_the_job_of_the_morning_writes_for_every_service(mailbox):
    first, second = set_scene(), set_scene()

    send_digests_of_the_morning(int(NOW.timestamp()))

    assert mailbox.to(first.employer.user.email)
    assert mailbox.to(second.employer.user.email)


def test_the_first_opening_is_kept_and_told_in_the_journal():
    scene = set_scene()
    diffusion = at_the(scene, scene.employer)

    actions.open_diffusion(diffusion, by=scene.employer, at=NOW)
    actions.open_diffusion(diffusion, by=scene.employer, at=NOW + timedelta(days=1))

    assert diffusion.opened_at == NOW
    assert Entry.objects.filter(verb="diffusion.opened").count() == 1


def test_a_structure_says_that_it_has_nobody_and_why():
    scene = set_scene()
    diffusion = at_the(scene, scene.employer)

    actions.say_nothing_to_propose(diffusion, reason="TOO_FAR", by=scene.employer, at=NOW)

    assert (diffusion.opened_at, diffusion.nothing_at, diffusion.nothing_reason) == (NOW, NOW, "TOO_FAR")


@pytest.mark.parametrize(
    ("reason", "note", "words"),
    [
        pytest.param("", "", "dans la liste", id="sans raison"),
        pytest.param("JE_NE_SAIS_PAS", "", "dans la liste", id="raison inventée"),
        pytest.param("OTHER", "  ", "Précisez", id="autre, sans mot"),
    ],
)
def test_nothing_to_propose_has_a_reason(reason, note, words):
    scene = set_scene()

    with pytest.raises(Refused, match=words):
        actions.say_nothing_to_propose(
            at_the(scene, scene.employer), reason=reason, note=note, by=scene.employer, at=NOW
        )


def test_who_put_somebody_forward_does_not_say_that_there_is_nobody():
    scene = set_scene()
    scene.application(by=scene.employer)

    with pytest.raises(Refused, match="déjà proposé"):
        actions.say_nothing_to_propose(
            at_the(scene, scene.employer), reason="NOBODY", by=scene.employer, at=NOW
        )


def test_the_service_reads_where_each_structure_stands():
    scene = set_scene()
    silent = DiffusionFactory(job_sheet=scene.sheet, told_at=NOW)
    opened = DiffusionFactory(job_sheet=scene.sheet, told_at=NOW, opened_at=NOW)
    new = DiffusionFactory(job_sheet=scene.sheet)
    scene.application(by=scene.employer)
    actions.say_nothing_to_propose(at_the(scene, scene.referrer), reason="NOBODY", by=scene.referrer, at=NOW)

    states = {one.diffusion.organisation: one.state for one in sent_to(scene.sheet)}

    assert states == {
        new.organisation: "sent",
        silent.organisation: "told",
        opened.organisation: "opened",
        scene.referrer.organisation: "nothing",
        scene.employer.organisation: "answered",
    }


@pytest.mark.parametrize(
    ("before", "words"),
    [
        pytest.param(TODAY, "à venir", id="aujourd’hui"),
        pytest.param(date(2026, 7, 1), "après la fin du contrat", id="après la fin"),
        pytest.param(date(2026, 8, 13), "six prochains mois", id="trop loin"),
        pytest.param(date(2062, 2, 20), "six prochains mois", id="une année de travers"),
    ],
)
def test_the_deadline_is_to_come_and_before_the_end(before, words):
    scene = set_scene(period=period(date(2026, 3, 2), date(2026, 6, 30)))

    with pytest.raises(Refused, match=words):
        actions.diffuse(
            scene.sheet, to=[scene.employer.organisation], before=before, by=scene.facilitator, at=NOW
        )


def test_the_deadline_may_move_without_anybody_more():
    scene = set_scene()

    actions.diffuse(scene.sheet, to=[], before=date(2026, 2, 25), by=scene.facilitator, at=NOW)
    assert scene.sheet.apply_before == date(2026, 2, 25)
    told = Entry.objects.get(about_kind="jobsheet")
    assert told.verb == "job_sheet.deadline_changed"
    assert told.details == {"former": "2026-02-20", "before": "2026-02-25"}
    with pytest.raises(Refused, match="au moins une structure"):
        actions.diffuse(scene.sheet, to=[], before=date(2026, 2, 25), by=scene.facilitator, at=NOW)


def test_who_was_reminded_of_a_deadline_is_reminded_of_the_one_that_takes_its_place(mailbox):
    scene = set_scene(apply_before=TODAY + timedelta(days=6))
    send_digests(at=NOW)
    assert send_digests(at=NOW + timedelta(days=3)) == 2
    sooner, asked = TODAY + timedelta(days=5), NOW + timedelta(days=3)

    actions.diffuse(scene.sheet, to=[], before=sooner, by=scene.facilitator, at=asked)

    assert send_digests(at=NOW + timedelta(days=4)) == 2
    assert "17 février 2026" in text_of(mailbox.to(scene.employer.user.email)[-1])


def test_sending_it_to_nobody_more_is_no_sending():
    scene = set_scene()

    actions.diffuse(scene.sheet, to=[scene.employer.organisation], before=SOON, by=scene.facilitator, at=NOW)

    assert not Entry.objects.filter(verb="job_sheet.diffused").exists()


def structure(scene, name, *, trades=(), publics=(), **commune):
    place = CommuneFactory(**commune) if commune else None
    organisation = OrganisationFactory(employer=True, name=name, commune=place)
    PartnershipFactory(
        service=scene.sheet.service, organisation=organisation, trades=list(trades), publics=list(publics)
    )
    return organisation


def test_structures_are_sorted_by_place_and_told_by_trade():
    work = CommuneFactory(
        code_insee="14991", departement="14", epci="200065563", latitude="48.89", longitude="-0.19"
    )
    scene = set_scene(commune=work)
    structure(scene, "Inconnue")
    structure(scene, "Loin", code_insee="75056", departement="75", latitude="48.86", longitude="2.35")
    structure(
        scene,
        "Département",
        code_insee="14993",
        departement="14",
        latitude="49.28",
        longitude="-0.70",
        trades=["K"],
    )
    structure(scene, "Voisine", code_insee="14992", departement="14", epci="200065563", trades=["F", "K"])
    ici = OrganisationFactory(employer=True, name="Ici", commune=work)
    PartnershipFactory(service=scene.sheet.service, organisation=ici)

    found = addressees_of(scene.sheet)

    assert [(one.organisation.name, one.zone) for one in found] == [
        ("Ici", Zone.COMMUNE),
        ("Voisine", Zone.NEAR),
        ("Département", Zone.DEPARTEMENT),
        ("Loin", Zone.ELSEWHERE),
        ("Inconnue", Zone.ELSEWHERE),
    ]
    assert [one.serves_trade for one in found] == [None, True, False, None, None]
    assert [one.is_likely for one in found] == [True, True, False, False, False]
    assert found[2].km == pytest.approx(57, abs=3)


def test_who_has_the_sheet_already_is_not_proposed_and_the_company_never():
    scene = set_scene()
    assert addressees_of(scene.sheet) == []


@pytest.mark.parametrize("many", [3, 33])
def test_choosing_costs_the_same_for_few_and_for_many(django_assert_num_queries, many):
    scene = set_scene()
    for rank in range(many):
        structure(scene, f"Structure {rank}")
    with django_assert_num_queries(2):
        assert len(addressees_of(scene.sheet)) == many


def test_a_sheet_is_sent_to_who_is_chosen_and_nobody_hears_of_it_before_the_morning(mailbox):
    scene = set_scene()
    more = structure(scene, "De plus")

    actions.diffuse(scene.sheet, to=[more], before=SOON, by=scene.facilitator, at=NOW)

    assert scene.sheet.diffusions.filter(organisation=more, told_at=None).exists()
    assert not mailbox.to(scene.employer.user.email)
