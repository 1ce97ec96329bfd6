"""The rules of a clause on screen: in force, amended; and the model that a service's administrators keep."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import ServicePolicyFactory, UserFactory
from uneplace.contracts.models import Clause, PolicyChange, ServicePolicy
from uneplace.hours.models import RecountNotice

from .conftest import signed_in, text_of

POLICY = {
    "window_months": "24",
    "permanent_window_months": "48",
    "permanent_window_from": "HIRE",
    "window_scope": "CLAUSE",
    "renewal_months": "3",
    "training": "COUNTED",
    "late_decision_days": "0",
    "holiday_zone": "Métropole",
    "statement_every": "1",
    "statement_due_day": "12",
    "penalty_rate": "50",
    "penalty_per_document": "on",
    "penalty_requires_notice": "on",
}


def amendment(**facts):
    act = {
        "reference": "Avenant n° 2",
        "signed_on": "2026-06-10",
        "applies_on": "2026-06-15",
        "reason": "Le marché compte désormais douze mois.",
        "ends_on": "2027-07-11",
        "revision": "0",
    }
    return POLICY | act | facts


class TestAmendment:
    @pytest.fixture
    def url(self, clause):
        return f"/clauses/{clause.pk}/regles/avenant/"

    def test_it_is_entered_and_the_rules_say_what_they_were(self, as_facilitator, clause, commitment, url):
        page = text_of(as_facilitator.post(url, amendment(window_months="12"), follow=True))
        assert "Avenant enregistré. Ce qui était déjà compté n’a pas changé." in page
        for words in ("Avenant n° 2", "Le marché compte désormais douze mois.", "auparavant : 24 mois"):
            assert words in page
        assert Clause.objects.get().window_months == 12

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            pytest.param({"reference": ""}, "Nommez l’acte", id="sans acte"),
            pytest.param({"reason": ""}, "Écrivez pourquoi la clause change", id="sans motif"),
            pytest.param({"signed_on": "2026-06-16"}, "dans l’avenir", id="signé demain"),
            pytest.param({"applies_on": "2026-07-01"}, "enregistrez-le ce jour-là", id="plus tard"),
            pytest.param({"applies_on": "hier"}, "Écrivez une date", id="jour en lettres"),
            pytest.param({"ends_on": "2026-01-01"}, "avant son premier jour", id="fin avant le début"),
            pytest.param({"penalty_rate": "beaucoup"}, "Écrivez un nombre", id="pénalité en lettres"),
            pytest.param({"window_months": "24"}, "Rien ne change", id="rien ne change"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, as_facilitator, url, facts, sentence):
        sent = amendment(**({"window_months": "13"} | facts))
        response = as_facilitator.post(url, sent)
        page = text_of(response)
        assert response.status_code == 422
        assert sentence in page
        assert "Le marché compte désormais douze mois." in page or not sent["reason"]
        assert not PolicyChange.objects.exists()

    def test_the_second_of_two_people_is_told_then_may_go_on(self, as_facilitator, url):
        as_facilitator.post(url, amendment(window_months="12"))
        page = text_of(as_facilitator.post(url, amendment(window_months="36")))
        assert "Quelqu’un d’autre vient de changer cette clause." in page
        assert 'name="window_months" value="36"' in page
        as_facilitator.post(url, amendment(window_months="36", revision="1"))
        assert Clause.objects.get().window_months == 36

    def test_a_draft_says_why_not(self, as_facilitator, draft):
        page = text_of(as_facilitator.get(f"/clauses/{draft.pk}/regles/avenant/"))
        assert "Cette clause est encore un brouillon" in page
        assert "Enregistrer l’avenant" not in page

    def test_strangers_readers_and_companies_amend_nothing(self, as_stranger, as_reader, as_buyer, url):
        answers = [client.post(url, amendment()).status_code for client in (as_stranger, as_reader, as_buyer)]
        assert answers == [404, 403, 403]


class TestRulesOfAClause:
    def test_the_buyer_and_the_company_read_them_and_change_nothing(self, as_buyer, as_company, clause):
        for client in (as_buyer, as_company):
            page = text_of(client.get(f"/clauses/{clause.pk}/regles/"))
            assert "Durée de comptage d’une personne" in page
            assert "Enregistrer un avenant" not in page

    def test_a_stranger_does_not_see_them(self, as_stranger, clause):
        assert as_stranger.get(f"/clauses/{clause.pk}/regles/").status_code == 404

    def test_the_clause_page_leads_to_them(self, as_facilitator, clause):
        assert f"/clauses/{clause.pk}/regles/" in text_of(as_facilitator.get(clause.get_absolute_url()))

    def test_the_facilitator_is_told_of_lines_that_would_count_otherwise(
        self, as_facilitator, as_company, clause
    ):
        RecountNotice.objects.create(
            service=clause.service,
            clause=clause,
            lines=3,
            hours=Decimal("-12.5"),
            found_at=clause.validated_at,
        )
        words = "3 lignes validées compteraient autrement"
        assert words in text_of(as_facilitator.get(clause.get_absolute_url()))
        assert words in text_of(as_facilitator.get("/"))
        assert words not in text_of(as_company.get(clause.get_absolute_url()))


class TestServiceModel:
    URL = "/service/regles/"

    def sent(self, **facts):
        return POLICY | {"applies_on": "2026-06-15", "read": "0"} | facts

    def test_an_administrator_changes_it_and_reads_its_versions(self, as_facilitator, contract):
        as_facilitator.post(self.URL, self.sent(penalty_rate="40"))
        page = text_of(as_facilitator.post(self.URL, self.sent(penalty_rate="45", read="1"), follow=True))
        assert "Les clauses déjà ouvertes gardent le leur." in page
        for words in ("Version 2, en vigueur", "auparavant : 40 €", "45 €"):
            assert words in page
        assert ServicePolicy.objects.filter(service=contract.service).count() == 2

    def test_a_real_contract_fills_it_without_keeping_anything(self, as_facilitator):
        page = text_of(as_facilitator.post(self.URL, self.sent(preset="bam_2021", reprendre="1")))
        assert 'name="penalty_rate" value="200"' in page
        assert not ServicePolicy.objects.exists()

    def test_a_version_to_come_is_not_in_force(self, as_facilitator, contract):
        ServicePolicyFactory(service=contract.service, applies_on=date(2026, 9, 1), penalty_rate=Decimal(62))
        page = text_of(as_facilitator.get(self.URL))
        assert "Version 1, à venir" in page
        assert "Votre service n’a pas encore de modèle" in page

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            pytest.param({"applies_on": "2026-06-14"}, "aujourd’hui ou un jour à venir", id="hier"),
            pytest.param({"penalty_action": "x"}, "Écrivez un nombre", id="pénalité en lettres"),
            pytest.param({"statement_due_day": "30"}, "entre 1 et 28", id="jour qui n’existe pas"),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, as_facilitator, facts, sentence):
        response = as_facilitator.post(self.URL, self.sent(penalty_rate="47", **facts))
        assert response.status_code == 422
        assert sentence in text_of(response)
        assert 'name="penalty_rate" value="47"' in text_of(response)

    def test_the_second_of_two_administrators_is_told_then_may_go_on(self, as_facilitator, contract):
        as_facilitator.post(self.URL, self.sent(penalty_rate="40"))
        page = text_of(as_facilitator.post(self.URL, self.sent(penalty_rate="41")))
        assert "Quelqu’un d’autre vient de changer le modèle du service." in page
        assert 'name="read" value="1"' in page
        as_facilitator.post(self.URL, self.sent(penalty_rate="41", read="1"))
        assert ServicePolicy.objects.filter(service=contract.service).count() == 2

    @pytest.mark.parametrize("role", ["MEMBER", "READER"])
    def test_only_administrators_keep_it(self, contract, role):
        client = signed_in(contract.service, role)
        assert client.get(self.URL).status_code == 403
        assert client.post(self.URL, self.sent()).status_code == 403
        assert self.URL not in text_of(client.get("/organisation/"))

    def test_a_buyer_does_not_reach_it(self, as_buyer):
        assert as_buyer.get(self.URL).status_code == 403

    def test_another_service_s_versions_are_not_shown(self, as_stranger, contract):
        ServicePolicyFactory(service=contract.service, decided_by=UserFactory(last_name="Inconnue"))
        assert "Inconnue" not in text_of(as_stranger.get(self.URL))
