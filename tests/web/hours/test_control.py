"""The received statements to control: their anomalies, « C’est normal », and their validation at once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    CommitmentFactory,
    ConfirmationFactory,
    OrganisationFactory,
    ServiceChecksFactory,
    StatementFactory,
    actor_for,
)
from tests.hours.test_checks import line_of
from uneplace.hours.actions import Declared, return_statement, submit_statement
from uneplace.hours.models import Anomaly, LedgerEntry, Placement, ServiceChecks, Statement
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db
URL = reverse("hours:control")
AT = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def by():
    return actor_for(OrganisationFactory(service=True))


@pytest.fixture
def enter(client, by):
    client.force_login(by.user)
    return client


def received(by, hours, **more):
    return line_of(
        hours, commitment=CommitmentFactory(clause__lot__contract__service=by.organisation), **more
    ).statement


def plain(page):
    return page.text.replace("\u00a0", " ")


def key_of(page, statement):
    [shown] = [one for one in page.context["page"] if one.pk == statement.pk]
    return [found.key for found in shown.found]


def boxes(client, *statements, **place):
    """The boxes of these statements as the page shows them now."""
    shown = {one.pk: one.read for one in client.get(URL, place).context["page"]}
    return {"statements": [shown[one.pk] for one in statements]}


def test_each_statement_shows_what_is_to_be_read_and_why(enter, by):
    statement = received(by, "200")
    page = plain(enter.get(URL))
    assert "Plus d’heures que le contrat n’en prévoit" in page
    assert "200 h déclarées pour 147 h prévues : plus de 196 h." in page
    assert str(statement.declarant) in page
    assert not Anomaly.objects.exists()


def test_what_has_nothing_to_read_is_already_chosen_and_what_blocks_cannot_be(enter, by):
    clean, warned, blocked = (received(by, hours) for hours in ("147", "200", "240"))
    page = enter.get(URL).text
    assert f'form="controle" id="choix{clean.pk}" checked' in page
    assert f'id="choix{warned.pk}">' in page
    assert f'id="choix{blocked.pk}"' not in page


def test_the_tabs_part_what_is_to_read_from_what_is_not(enter, by):
    received(by, "147")
    warned = received(by, "200")
    page = enter.get(URL, {"voir": "anomalies"})
    assert [one.pk for one in page.context["page"]] == [warned.pk]
    assert [count for _, _, count in page.context["tabs"]] == [2, 1, 1]


def test_normal_in_one_click_and_back_to_the_list(enter, by):
    statement = received(by, "200")
    [key] = key_of(enter.get(URL), statement)
    url = reverse("hours:accept_anomaly", args=[statement.pk])
    answer = enter.post(url, {"anomaly": key, "back": "control"})
    assert answer.url == f"{URL}#releve{statement.pk}"
    page = enter.get(URL)
    assert [count for _, _, count in page.context["tabs"]] == [1, 0, 1]
    assert f"Dit par {by.user}" in page.text
    assert enter.get(statement.get_absolute_url()).status_code == 200


def test_figures_that_changed_are_not_called_normal(enter, by):
    statement = received(by, "200")
    url = reverse("hours:accept_anomaly", args=[statement.pk])
    page = enter.post(url, {"anomaly": "0" * 16}, follow=True)
    assert "Cette anomalie a changé depuis" in page.text
    assert not Anomaly.objects.exists()


def test_several_are_validated_and_those_that_block_are_left_and_said(enter, by):
    clean, blocked = received(by, "147"), received(by, "240")
    page = enter.post(URL, boxes(enter, clean, blocked), follow=True)
    said = plain(page)
    assert page.status_code == 200
    assert "1 relevé validé : 147 h comptées." in said
    assert "1 relevé laissé en l’état." in said
    assert "la loi n’en permet pas plus de 232 h." in said
    assert LedgerEntry.objects.get().line.statement_id == clean.pk


def test_the_second_of_two_people_reads_that_it_is_done(enter, by):
    statement = received(by, "147")
    both_read = boxes(enter, statement)
    enter.post(URL, both_read)
    page = enter.post(URL, both_read, follow=True)
    assert "Quelqu’un d’autre vient de traiter ce relevé." in page.text
    assert LedgerEntry.objects.count() == 1


def left_as_changed(client, choice):
    page = client.post(URL, choice, follow=True)
    assert "Ce relevé a changé depuis que vous l’avez lu" in page.text
    assert "1 relevé laissé en l’état." in plain(page)
    assert not LedgerEntry.objects.exists()


def test_other_hours_sent_since_the_page_was_read_are_left(enter, by):
    statement = received(by, "147")
    choice = boxes(enter, statement)
    return_statement(statement, reason="Il manque un jour.", by=by, at=AT)
    line = statement.lines.get()
    corrected = Declared(line.worked_month.placement, Decimal(150))
    company = actor_for(statement.declarant)
    submit_statement(statement, [corrected], version=statement.version, comment="", by=company, at=AT)
    left_as_changed(enter, choice)
    enter.post(URL, boxes(enter, statement))
    assert LedgerEntry.objects.get().declared == 150


def test_a_difference_said_since_the_page_was_read_is_read_first(enter, by):
    statement = received(by, "147")
    choice = boxes(enter, statement)
    ConfirmationFactory(placement=statement.lines.get().worked_month.placement)
    left_as_changed(enter, choice)


def test_a_warning_told_since_the_page_was_read_is_read_first(enter, by):
    """The weekly hours of the work contract are corrected meanwhile."""
    statement = received(by, "147")
    choice = boxes(enter, statement)
    Placement.objects.update(weekly_hours=20)
    left_as_changed(enter, choice)


def test_a_box_that_says_nothing_of_what_was_read_validates_nothing(enter, by):
    left_as_changed(enter, {"statements": [received(by, "147").pk]})


def test_the_account_read_again_posts_nothing(enter, by):
    statement = received(by, "147")
    answer = enter.post(f"{URL}?voir=sans&page=1", boxes(enter, statement))
    assert answer.status_code == 302
    assert answer.url.startswith(f"{URL}?voir=sans&page=1&compte=")
    for _ in range(2):
        assert "1 relevé validé : 147 h comptées." in plain(enter.get(answer.url))
    assert "Ce qui vient d’être fait" not in enter.get(URL).text
    assert LedgerEntry.objects.count() == 1


def test_the_account_of_somebody_else_is_not_shown(enter, by):
    account = enter.post(URL, boxes(enter, received(by, "147"))).url
    other = Client()
    other.force_login(actor_for(by.organisation).user)
    assert "Ce qui vient d’être fait" not in other.get(account).text


def test_what_is_normal_comes_back_to_the_tab_and_page_that_were_read(enter, by):
    for _ in range(26):
        received(by, "200")
    place = {"voir": "anomalies", "page": "2"}
    page = enter.get(URL, place)
    [last] = page.context["page"]
    assert '<input type="hidden" name="voir" value="anomalies">' in page.text
    assert '<input type="hidden" name="page" value="2">' in page.text
    said = {"anomaly": last.found[0].key, "back": "control", **place}
    answer = enter.post(reverse("hours:accept_anomaly", args=[last.pk]), said)
    assert answer.url == f"{URL}?voir=anomalies&page=2#releve{last.pk}"


def test_nothing_chosen_is_said(enter, by):
    received(by, "147")
    page = enter.post(URL, {"statements": ["", "x", "9" * 30]})
    assert (page.status_code, "Cochez au moins un relevé" in page.text) == (422, True)
    assert not LedgerEntry.objects.exists()


def test_a_statement_of_another_service_is_neither_shown_nor_validated(enter, by):
    foreign = line_of("200").statement
    page = enter.post(URL, {"statements": [f"{foreign.pk}-{'0' * 16}"]})
    assert (page.status_code, "Cochez au moins un relevé" in page.text) == (422, True)
    foreign.refresh_from_db()
    assert foreign.status == Statement.Status.SUBMITTED
    url = reverse("hours:accept_anomaly", args=[foreign.pk])
    assert enter.post(url, {"anomaly": "x"}).status_code == 404


def test_a_company_has_no_such_page_and_reads_no_anomaly(client, by):
    statement = received(by, "200", decided=False)
    company = actor_for(statement.declarant)
    client.force_login(company.user)
    assert client.get(URL).status_code == 403
    assert client.post(reverse("hours:accept_anomaly", args=[statement.pk])).status_code == 403
    page = client.get(statement.get_absolute_url()).text
    assert "à relire" not in page
    assert "éligibilité" not in page


def test_a_reader_reads_and_changes_nothing(client, by):
    statement = received(by, "200")
    reader = actor_for(by.organisation, role=Role.READER)
    client.force_login(reader.user)
    page = client.get(URL)
    assert "Plus d’heures que le contrat" in page.text
    assert "C’est normal" not in page.text
    assert client.post(URL, {"statements": [statement.pk]}).status_code == 403


def test_nothing_received_says_what_comes_here(enter):
    assert "Aucun relevé n’attend de contrôle" in enter.get(URL).text


def test_a_long_list_is_cut_in_pages_and_asks_the_same_queries(enter, by, django_assert_max_num_queries):
    for _ in range(2):
        received(by, "200")
    enter.get(URL)
    with django_assert_max_num_queries(40) as few:
        enter.get(URL)
    for _ in range(3):
        received(by, "240")
    with django_assert_max_num_queries(40) as more:
        enter.get(URL)
    assert len(more) == len(few)


def test_the_page_of_a_blocked_statement_says_so_and_offers_no_validation(enter, by):
    statement = received(by, "240")
    page = enter.get(statement.get_absolute_url()).text
    assert "Ce relevé ne peut pas encore être validé." in page
    assert "Valider le relevé" not in page
    assert "C’est normal" in page


def test_a_validated_statement_keeps_what_the_control_told(enter, by):
    statement = received(by, "200")
    enter.post(URL, boxes(enter, statement))
    page = enter.get(statement.get_absolute_url()).text
    assert "Ce que le contrôle a dit" in page
    assert "validé en l’état" in page


SETTINGS = reverse("hours:checks")
USUAL = {
    "outside_contract": "BLOCKING",
    "legal_maximum": "BLOCKING",
    "weekly_hours": "WARNING",
    "declared_elsewhere": "WARNING",
    "no_decision": "WARNING",
    "no_evidence": "WARNING",
    "same_statement": "WARNING",
    "same_hours": "WARNING",
}


def test_the_service_chooses_how_far_each_check_goes(enter, by):
    statement = received(by, "200")
    answer = enter.post(SETTINGS, USUAL | {"weekly_hours": "BLOCKING", "read": 0})
    assert answer.url == SETTINGS
    page = enter.get(SETTINGS).text
    assert "n’en prévoit\u00a0: bloquer la validation, auparavant avertir" in page
    assert "Bloque" in enter.get(statement.get_absolute_url()).text


def test_the_precision_of_each_check_is_shown(enter, by):
    for answer in ("normal", "returned", "validated"):
        statement = received(by, "200")
        if answer == "normal":
            [key] = key_of(enter.get(URL), statement)
            enter.post(reverse("hours:accept_anomaly", args=[statement.pk]), {"anomaly": key})
        if answer == "returned":
            return_statement(statement, reason="À revoir.", by=by, at=AT)
        else:
            enter.post(URL, boxes(enter, statement))
    page = plain(enter.get(SETTINGS))
    assert '<strong>50 %</strong><span class="sub">sur 2 réponses</span>' in page
    assert "aucune réponse" in page


@pytest.mark.parametrize("wrong", ["", "PARFOIS"])
def test_an_impossible_level_is_refused_on_its_field(enter, wrong):
    answer = enter.post(SETTINGS, USUAL | {"same_hours": wrong, "read": 0})
    assert answer.status_code == 422
    assert answer.context["form"].errors["same_hours"] == ["Choisissez une suite."]
    assert not ServiceChecks.objects.exists()


def test_of_two_administrators_at_once_the_second_reads_again(enter, by):
    was = enter.get(SETTINGS).context["form"]["was"].value()
    ServiceChecksFactory(service=by.organisation, decided_by=by.user, same_hours="OFF")
    answer = enter.post(SETTINGS, USUAL | {"weekly_hours": "OFF", "read": 0, "was": was})
    assert answer.status_code == 422
    assert "Quelqu’un d’autre vient de changer ces contrôles" in answer.text
    form = answer.context["form"]
    assert (form["weekly_hours"].value(), form["same_hours"].value()) == ("OFF", "OFF")


def test_the_same_levels_again_are_no_change(enter):
    answer = enter.post(SETTINGS, USUAL | {"read": 0})
    assert answer.status_code == 422
    assert "Rien ne change" in answer.text


def test_a_member_reads_the_settings_and_does_not_decide(client, by):
    client.force_login(actor_for(by.organisation, role=Role.MEMBER).user)
    page = client.get(SETTINGS)
    assert page.status_code == 200
    assert "Enregistrer les contrôles" not in page.text
    assert client.post(SETTINGS, USUAL | {"read": 0}).status_code == 403


def test_a_draft_is_not_to_be_controlled(enter, by):
    StatementFactory(commitment=CommitmentFactory(clause__lot__contract__service=by.organisation))
    assert enter.get(URL).context["page"].object_list == []
