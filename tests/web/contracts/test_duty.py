"""« Heures dues » of a clause, and the acts, invoices and actions that change it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, ClauseFactory, CommitmentFactory, actor_for
from uneplace.contracts.models import ActionDone, Clause, DutyChange, Invoice, Order
from uneplace.settlement.changing import change_duty, record_entry

from .conftest import text_of


def act(clause, **facts):
    return {
        "kind": "REDUCTION",
        "act": "Avenant n° 1",
        "on": "2026-06-15",
        "hours": "1 500",
        "revision": clause.revision,
    } | facts


def url(clause, page):
    return f"/clauses/{clause.pk}/{page}/"


@pytest.fixture
def framework(lot):
    inputs = {"slice": "100000", "hours_per_slice": "35", "threshold": "0", "whole_slices": False}
    clause = ClauseFactory(lot=lot, method="INVOICED", inputs=inputs, hours_due=0, foreseeable=0)
    CommitmentFactory(clause=clause, hours_due=0)
    return clause


@pytest.fixture
def menu(lot):
    clause = ClauseFactory(lot=lot, method="ACTIONS", inputs={"actions": 3}, hours_due=0, actions_due=3)
    CommitmentFactory(clause=clause, hours_due=0, company__name="Tournebise Construction")
    return clause


def test_the_page_tells_every_version_and_each_part(as_facilitator, clause, commitment):
    by = actor_for(clause.service)
    for kind, on, hours in (("AMENDMENT", date(2026, 3, 1), "2400"), ("REDUCTION", date(2026, 9, 1), "900")):
        clause.refresh_from_db()
        change_duty(
            clause,
            kind=kind,
            on=on,
            act=f"Acte {hours}",
            inputs={"hours": hours},
            revision=clause.revision,
            by=by,
            at=NOON,
        )
    page = text_of(as_facilitator.get(url(clause, "heures-dues")))
    assert "2 100 h puis <strong>2 400 h</strong>" in page
    assert "2 400 h puis <strong>900 h</strong>" in page
    assert "À venir" in page
    assert "Pourquoi cette part ?" in page
    assert page.index("Acte 900") < page.index("Acte 2400") < page.index("À la validation")


def test_an_act_is_recorded(as_facilitator, clause, commitment):
    page = as_facilitator.post(url(clause, "acte"), act(clause), follow=True)
    assert "Acte enregistré, les heures dues sont à jour." in text_of(page)
    clause.refresh_from_db()
    assert (clause.hours_due, clause.commitments.get().hours_due) == (Decimal(1500), Decimal(1500))


def test_an_act_to_come_says_when_it_will_be_applied(as_facilitator, clause, commitment):
    page = as_facilitator.post(url(clause, "acte"), act(clause, on="2026-07-01"), follow=True)
    assert "Il sera appliqué le jour où il prend effet." in text_of(page)
    clause.refresh_from_db()
    assert clause.hours_due == Decimal(2100)


def test_the_effect_is_read_before_it_is_recorded(as_facilitator, clause, commitment):
    facts = act(clause)
    fragment = text_of(as_facilitator.get(url(clause, "acte"), facts, headers={"HX-Request": "true"}))
    assert "2 100 h aujourd’hui, 1 500 h avec cet acte." in fragment
    assert "<html" not in fragment
    page = text_of(as_facilitator.post(url(clause, "acte"), facts | {"calculer": "1"}))
    assert "2 100 h aujourd’hui, 1 500 h avec cet acte." in page
    assert not DutyChange.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"act": ""}, "Écrivez la référence de l’acte", id="sans référence"),
        pytest.param({"on": ""}, "Indiquez le jour où l’acte prend effet.", id="sans jour"),
        pytest.param({"on": "2025-01-01"}, "L’exécution commence le 12 janvier 2026", id="trop tôt"),
        pytest.param({"hours": ""}, "Écrivez le volume d’heures", id="sans volume"),
        pytest.param({"hours": "2 100"}, "Rien ne change", id="rien ne change"),
        pytest.param({"kind": "SUSPENSION"}, "le dernier jour de la suspension", id="suspension sans fin"),
        pytest.param(
            {"kind": "SUSPENSION", "until": "2026-06-01"}, "après le premier", id="suspension à l’envers"
        ),
        pytest.param({"kind": "PARDON"}, "Sélectionnez un choix valide", id="nature inconnue"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_facilitator, clause, commitment, facts, sentence):
    page = text_of(as_facilitator.post(url(clause, "acte"), act(clause, **facts)))
    assert sentence in page
    assert "Avenant n° 1" in page or facts.get("act") == ""
    assert not DutyChange.objects.exists()


def test_the_second_of_two_people_is_told_then_may_go_on(as_facilitator, clause, commitment):
    as_facilitator.post(url(clause, "acte"), act(clause, hours="2 200"))
    page = text_of(as_facilitator.post(url(clause, "acte"), act(clause)))
    assert "Quelqu’un d’autre vient de changer cette clause." in page
    assert 'value="1 500"' in page
    clause.refresh_from_db()
    as_facilitator.post(url(clause, "acte"), act(clause))
    clause.refresh_from_db()
    assert clause.hours_due == Decimal(1500)


def test_a_suspension_shows_on_the_clause(as_facilitator, clause, commitment):
    facts = act(clause, kind="SUSPENSION", until="2026-07-31", hours="2 100")
    as_facilitator.post(url(clause, "acte"), facts)
    page = text_of(as_facilitator.get(clause.get_absolute_url()))
    assert "Suspendue du 15 juin 2026 au 31 juillet 2026. Le repère reste où il était." in page


def test_due_and_foreseeable_are_told_apart(as_facilitator, framework):
    for facts in (
        {"kind": "ORDER", "on": "2026-06-01", "amount": "400 000", "reference": "BC-1"},
        {"kind": "INVOICE", "on": "2026-06-02", "amount": "250 000", "reference": "F-1"},
        {"kind": "INVOICE", "on": "2026-06-03", "amount": "-50 000", "reference": "AV-1"},
    ):
        assert as_facilitator.post(url(framework, "facture"), facts).status_code == 302
    page = text_of(as_facilitator.get(url(framework, "heures-dues")))
    assert "<strong>70 h dues</strong> d’après les factures" in page
    assert "<strong>140 h prévisibles</strong> d’après les commandes" in page
    assert "200 000 €" in page
    assert "400 000 €" in page


def test_an_invoice_sent_twice_is_kept_once(as_facilitator, framework):
    facts = {"kind": "INVOICE", "on": "2026-06-02", "amount": "100 000", "reference": "F-1"}
    as_facilitator.post(url(framework, "facture"), facts)
    page = text_of(as_facilitator.post(url(framework, "facture"), facts))
    assert "déjà enregistrée" in page
    framework.refresh_from_db()
    assert framework.hours_due == 35


def test_an_act_may_go_back_to_what_is_due_today(as_facilitator, clause, commitment):
    as_facilitator.post(url(clause, "acte"), act(clause, on="2026-09-01", hours="3 000"))
    clause.refresh_from_db()
    back = act(clause, on="2026-12-01", hours="2 100", act="Retour", shown_on="2026-06-15")
    page = as_facilitator.post(url(clause, "acte"), back)
    assert "Un autre acte change la clause avant ce jour." in text_of(page)
    assert page.context["form"]["hours"].value() == "3000"
    assert page.context["form"]["act"].value() == "Retour"

    as_facilitator.post(url(clause, "acte"), back | {"shown_on": "2026-12-01"})
    assert [change.inputs["hours"] for change in clause.dutychanges.all()] == ["3000", "2100"]


def test_each_day_of_invoices_is_a_version_to_the_cent(as_facilitator, framework):
    for on, amount in (("2026-06-02", "250 000,40"), ("2026-06-02", "-50 000,40"), ("2026-06-03", "100 000")):
        facts = {"kind": "INVOICE", "on": on, "amount": amount, "reference": f"F {amount}"}
        as_facilitator.post(url(framework, "facture"), facts)
    page = text_of(as_facilitator.get(url(framework, "heures-dues")))
    assert "250 000,40 €" in page
    assert "Facturé</strong> · F 250 000,40, F -50 000,40" in page
    assert "0 h puis <strong>70 h</strong>" in page
    assert "70 h puis <strong>105 h</strong>" in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"amount": "0"}, "négatif pour un avoir", id="montant nul"),
        pytest.param({"amount": "beaucoup"}, "Écrivez un nombre", id="montant en mots"),
        pytest.param({"reference": ""}, "Écrivez la référence", id="sans référence"),
        pytest.param({"on": "2026-06-16"}, "pas encore passée", id="à venir"),
        pytest.param({"kind": ""}, "Choisissez une facture", id="ni l’une ni l’autre"),
    ],
)
def test_an_entry_that_is_wrong_says_why(as_facilitator, framework, facts, sentence):
    entry = {"kind": "INVOICE", "on": "2026-06-02", "amount": "250 000", "reference": "F-1"} | facts
    assert sentence in text_of(as_facilitator.post(url(framework, "facture"), entry))
    assert not Invoice.objects.exists()


def test_actions_take_the_place_of_hours_everywhere(as_facilitator, menu):
    facts = {
        "commitment": menu.commitments.get().pk,
        "on": "2026-06-10",
        "what": "Visite",
        "seen": "Émargement",
    }
    page = text_of(as_facilitator.post(url(menu, "action"), facts, follow=True))
    assert "Action notée." in page
    assert "1 action faite sur 3" in page
    assert "Émargement" in page
    assert "1 action faite sur 3" in text_of(as_facilitator.get("/marches/"))
    assert "1 action faite sur 3" in text_of(as_facilitator.get(menu.lot.contract.get_absolute_url()))


@pytest.mark.parametrize("missing", ["commitment", "on", "what", "seen"])
def test_an_action_without_a_fact_is_not_noted(as_facilitator, menu, missing):
    facts = {
        "commitment": menu.commitments.get().pk,
        "on": "2026-06-10",
        "what": "Visite",
        "seen": "Émargement",
    }
    page = text_of(as_facilitator.post(url(menu, "action"), facts | {missing: ""}))
    assert "Erreur" in page
    assert not ActionDone.objects.exists()


def test_the_action_of_another_clause_is_not_noted(as_facilitator, menu):
    other = CommitmentFactory()
    facts = {"commitment": other.pk, "on": "2026-06-10", "what": "Visite", "seen": "Émargement"}
    as_facilitator.post(url(menu, "action"), facts)
    assert not ActionDone.objects.exists()


def test_each_page_says_why_it_does_not_apply(as_facilitator, clause, commitment):
    assert "ne suivent pas les factures" in text_of(as_facilitator.get(url(clause, "facture")))
    assert "compte des heures, pas des actions" in text_of(as_facilitator.get(url(clause, "action")))
    Clause.objects.filter(pk=clause.pk).update(status="CLOSED")
    assert "ne change plus" in text_of(as_facilitator.get(url(clause, "acte")))


@pytest.mark.parametrize("page", ["acte", "facture", "action"])
def test_only_the_facilitators_of_the_service_change_it(
    as_stranger, as_reader, as_buyer, as_company, clause, commitment, page
):
    assert as_stranger.get(url(clause, page)).status_code == 404
    for client in (as_reader, as_buyer, as_company):
        assert client.get(url(clause, page)).status_code == 403
        assert client.post(url(clause, page), act(clause)).status_code == 403


def test_a_company_reads_its_own_part_only(as_company, clause, commitment):
    other = CommitmentFactory(clause=clause, company__name="Façades Brindacier", share=0, hours_due=0)
    page = text_of(as_company.get(url(clause, "heures-dues")))
    assert "Votre part" in page
    assert "Tournebise" in page
    assert other.company.name not in page


def test_the_page_costs_the_same_with_many_rows(as_facilitator, framework):
    by = actor_for(framework.service)

    def more(count):
        for _ in range(count):
            framework.refresh_from_db()
            for model in (Invoice, Order):
                record_entry(
                    framework,
                    model=model,
                    on=NOON.date(),
                    amount=Decimal(1),
                    reference=f"F{framework.revision}",
                    by=by,
                    at=NOON,
                )
            framework.refresh_from_db()
            hours = str(40 + framework.revision)
            change_duty(
                framework,
                kind="AMENDMENT",
                on=NOON.date(),
                act="Avenant",
                inputs={"hours_per_slice": hours},
                revision=framework.revision,
                by=by,
                at=NOON,
            )

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert as_facilitator.get(url(framework, "heures-dues")).status_code == 200
        return len(queries)

    more(2)
    as_facilitator.get("/")
    few = cost()
    more(6)
    assert cost() <= few
