"""Amendments to what a clause counts and costs, and what a service proposes for the next ones."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import ClauseFactory, CommitmentFactory, OrganisationFactory, actor_for
from uneplace.contracts import actions
from uneplace.contracts.actions import Act
from uneplace.contracts.models import Clause, PolicyChange, ServicePolicy
from uneplace.contracts.policy import PolicyTerms, values_of
from uneplace.contracts.presets import starting_points
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.rules.presets import PRESETS

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
ACT = Act(
    reference="Avenant n° 2",
    signed_on=date(2026, 6, 10),
    applies_on=TODAY,
    reason="Le marché compte désormais douze mois.",
)


@pytest.fixture
def clause():
    return CommitmentFactory(clause__penalty_rate=Decimal(50), penalty_rate=Decimal(50)).clause


@pytest.fixture
def facilitator(clause):
    return actor_for(clause.service)


def terms(clause, **changes):
    return PolicyTerms(**values_of(clause) | changes)


def amend(clause, by, *, act=ACT, ends_on=date(2027, 7, 11), revision=None, **changes):
    return actions.amend_policy(
        clause,
        policy=terms(clause, **changes),
        ends_on=ends_on,
        act=act,
        revision=clause.revision if revision is None else revision,
        by=by,
        at=NOW,
    )


class TestAmendment:
    def test_the_clause_changes_and_what_it_was_is_kept_with_the_act(self, clause, facilitator):
        change = amend(clause, facilitator, window_months=12, penalty_rate=Decimal(80))
        clause.refresh_from_db()
        assert (clause.window_months, clause.policy.window_months, clause.penalty_rate) == (12, 12, 80)
        assert (change.number, change.reference, change.signed_on) == (1, "Avenant n° 2", date(2026, 6, 10))
        assert change.before == {"window_months": 24, "penalty_rate": "50"}
        assert change.after == {"window_months": 12, "penalty_rate": "80"}
        entry = Entry.objects.get(verb="clause.policy_amended")
        assert entry.details["changed"] == ["window_months", "penalty_rate"]

    def test_the_companies_commitments_follow_its_rate_and_its_end(self, clause, facilitator):
        amend(clause, facilitator, ends_on=date(2027, 12, 31), penalty_rate=Decimal(80))
        commitment = clause.commitments.get()
        assert (commitment.penalty_rate, commitment.period.upper) == (80, date(2028, 1, 1))
        change = PolicyChange.objects.get()
        assert (change.before["ends_on"], change.after["ends_on"]) == ("2027-07-11", "2027-12-31")

    def test_a_rate_that_a_company_agreed_apart_stays(self, clause, facilitator):
        clause.commitments.update(penalty_rate=Decimal(20))
        amend(clause, facilitator, penalty_rate=Decimal(80))
        assert clause.commitments.get().penalty_rate == 20

    def test_amendments_are_numbered_and_never_changed(self, clause, facilitator):
        amend(clause, facilitator, window_months=12)
        second = amend(clause, facilitator, window_months=18)
        assert (second.number, second.before) == (2, {"window_months": 12})
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            PolicyChange.objects.update(reference="Autre")

    def test_the_second_of_two_people_is_told(self, clause, facilitator):
        revision = clause.revision
        amend(clause, facilitator, window_months=12)
        with pytest.raises(Refused) as refusal:
            amend(clause, facilitator, window_months=36, revision=revision)
        assert refusal.value.reasons == (actions.policy.AMENDED_MEANWHILE,)
        assert Clause.objects.get(pk=clause.pk).window_months == 12

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            pytest.param({}, "Rien ne change", id="rien ne change"),
            pytest.param({"ends_on": date(2026, 1, 11)}, "avant son premier jour", id="fin avant le début"),
            pytest.param({"ends_on": None}, "dernier jour", id="sans fin"),
            pytest.param({"act": replace(ACT, signed_on=date(2026, 6, 16))}, "l’avenir", id="signé demain"),
            pytest.param(
                {"act": replace(ACT, applies_on=date(2026, 7, 1))},
                "enregistrez-le ce jour-là",
                id="plus tard",
            ),
            pytest.param(
                {"act": replace(ACT, applies_on=date(1990, 1, 1)), "window_months": 12},
                "ne peut pas s’appliquer avant",
                id="avant l’exécution",
            ),
            pytest.param({"ends_on": date(2026, 6, 14)}, "finir l’exécution avant", id="fin avant l’acte"),
        ],
    )
    def test_why_not(self, clause, facilitator, changes, reason):
        with pytest.raises(Refused) as refusal:
            amend(clause, facilitator, **changes)
        assert reason in " ".join(refusal.value.reasons)
        assert not PolicyChange.objects.exists()

    @pytest.mark.parametrize(
        ("status", "reason"),
        [("DRAFT", "modifiez-la directement"), ("CLOSED", "comptes sont arrêtés")],
    )
    def test_neither_a_draft_nor_a_closed_clause_is_amended(self, clause, facilitator, status, reason):
        Clause.objects.filter(pk=clause.pk).update(status=status)
        clause.refresh_from_db()
        with pytest.raises(Refused) as refusal:
            amend(clause, facilitator, window_months=12)
        assert reason in refusal.value.reasons[0]


class TestServiceModel:
    @pytest.fixture
    def admin(self):
        return actor_for(OrganisationFactory(service=True))

    def decide(self, admin, *, read=0, applies_on=TODAY, **changes):
        return actions.decide_service_policy(
            admin.organisation,
            policy=PolicyTerms(**changes),
            applies_on=applies_on,
            read=read,
            by=admin,
            at=NOW,
        )

    def test_each_change_is_a_dated_version_written_in_the_journal(self, admin):
        self.decide(admin, penalty_rate=Decimal(40))
        second = self.decide(admin, read=1, penalty_rate=Decimal(45), applies_on=date(2026, 9, 1))
        assert (second.number, second.applies_on) == (2, date(2026, 9, 1))
        details = Entry.objects.filter(verb="service_policy.decided").latest("pk").details
        assert (details["before"], details["after"]) == ({"penalty_rate": "40"}, {"penalty_rate": "45"})

    def test_it_is_proposed_from_its_day_on_and_touches_no_clause_already_opened(self, admin):
        opened = ClauseFactory(lot__contract__service=admin.organisation, draft=True)
        self.decide(admin, window_months=18)
        self.decide(admin, read=1, window_months=30, applies_on=date(2026, 9, 1))
        now = starting_points(admin.organisation, on=TODAY)[0]
        later = starting_points(admin.organisation, on=date(2026, 9, 1))[0]
        assert (now.key, now.values["window_months"], later.values["window_months"]) == ("service", 18, 30)
        opened.refresh_from_db()
        assert opened.window_months == 24

    def test_the_second_of_two_administrators_is_told(self, admin):
        self.decide(admin, window_months=18)
        with pytest.raises(Refused) as refusal:
            self.decide(admin, window_months=30)
        assert "Quelqu’un d’autre" in refusal.value.reasons[0]

    def test_the_past_is_not_decided(self, admin):
        with pytest.raises(Refused) as refusal:
            self.decide(admin, applies_on=date(2026, 6, 14), window_months=18)
        assert "aujourd’hui ou un jour à venir" in refusal.value.reasons[0]

    def test_the_same_values_again_change_nothing(self, admin):
        self.decide(admin, window_months=18)
        with pytest.raises(Refused) as refusal:
            self.decide(admin, read=1, window_months=18)
        assert refusal.value.reasons == ("Rien ne change\u00a0: modifiez au moins une valeur.",)

    def test_a_version_is_never_changed(self, admin):
        self.decide(admin, window_months=18)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            ServicePolicy.objects.update(window_months=12)


def test_what_is_left_out_is_what_is_usual():
    usual = PRESETS.values("usual", TODAY)
    assert values_of(PolicyTerms()) == usual
    assert values_of(ServicePolicy()) == usual  # the columns have the same values when nothing is said


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        pytest.param({"penalty_action": -1}, "clause_rates_not_negative", id="tarif négatif"),
        pytest.param({"statement_every": 2}, "clause_statement_frequency_is_known", id="fréquence inconnue"),
        pytest.param({"forecast_every": 6}, "clause_forecast_has_frequency", id="document sans jour"),
        pytest.param({"certificate_due_day": 6}, "clause_certificate_has_freq", id="document sans fréquence"),
        pytest.param({"training": "CAPPED"}, "clause_training_cap_has_its_share", id="plafond sans part"),
        pytest.param({"window_scope": "ALL"}, "clause_windows_are_known", id="portée inconnue"),
        pytest.param({"holiday_zone": "Lune"}, "clause_holiday_zone_is_known", id="zone inconnue"),
    ],
)
def test_the_database_refuses_a_policy_that_makes_no_sense(clause, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Clause.objects.update(**columns)
