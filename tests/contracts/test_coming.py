"""A coming contract: asked, changed, answered, dropped, launched; and what the database refuses by itself."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import (
    NOON,
    ComingContractFactory,
    OrganisationFactory,
    PartnershipFactory,
    ServicePolicyFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.contracts.actions import (
    ClauseAnswer,
    NoClause,
    Request,
    answer_coming,
    ask_clause,
    change_request,
    drop_coming,
    launch_consultation,
)
from uneplace.contracts.models import ComingContract
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.rules.hours_due import Fixed, LabourShare

LAUNCHED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
WORKS = LabourShare(Decimal("1800000"), Decimal("0.5"), Decimal("0.07"), Decimal("30"))


@pytest.fixture
def coming(db):
    return ComingContractFactory()


@pytest.fixture
def buyer(coming):
    return actor_for(coming.buyer)


@pytest.fixture
def facilitator(coming):
    return actor_for(coming.service)


def request(**facts):
    return Request(
        **{
            "object": "Rénovation du gymnase des Tilleuls",
            "kind": "WORKS",
            "estimated_amount": Decimal("1800000"),
            "consultation_on": date(2026, 9, 15),
        }
        | facts
    )


def clause(**facts):
    return ClauseAnswer(
        **{"sizing": WORKS, "reasons": "Le chantier dure assez pour former une équipe."} | facts
    )


def answer(coming, facilitator, given, **facts):
    facts = {"revision": coming.revision, "by": facilitator, "at": NOON} | facts
    answer_coming(coming, answer=given, **facts)


def test_a_buyer_asks_a_service_that_let_it_in_and_knows_before_when_to_be_answered(db, mailbox):
    service = OrganisationFactory(service=True)
    actor_for(service)
    buyer = OrganisationFactory(buyer=True)
    PartnershipFactory(service=service, organisation=buyer)
    asked = ask_clause(service=service, buyer=buyer, request=request(), by=actor_for(buyer), at=NOON)
    assert (asked.status, asked.answer_before, asked.typed_by_service) == ("ASKED", date(2026, 6, 29), False)
    assert [step["value"] for step in asked.delay_explanation][1] == "10\u00a0jours ouvrés"
    assert entries_about(asked).get().verb == "coming_contract.asked"
    (mail,) = mailbox.messages
    assert "Une clause vous est demandée" in mail["Subject"]
    assert "29 juin 2026" in text_of(mail)


def test_a_service_that_did_not_let_the_buyer_in_is_not_asked(db):
    buyer = OrganisationFactory(buyer=True)
    with pytest.raises(Refused, match="n’a pas encore admis"):
        ask_clause(
            service=OrganisationFactory(service=True),
            buyer=buyer,
            request=request(),
            by=actor_for(buyer),
            at=NOON,
        )
    assert not ComingContract.objects.exists()


def test_a_facilitator_types_one_for_a_buyer_and_nobody_is_written_to(facilitator, mailbox):
    buyer = OrganisationFactory(buyer=True)
    asked = ask_clause(
        service=facilitator.organisation, buyer=buyer, request=request(), by=facilitator, at=NOON
    )
    assert asked.typed_by_service
    assert mailbox.messages == []


def test_what_the_law_asks_is_kept_with_its_explanation_and_follows_the_facts(coming, buyer):
    for amount, compulsory in (("5403999", False), ("5404000", True)):
        change_request(
            coming,
            request=request(estimated_amount=Decimal(amount)),
            revision=coming.revision,
            by=buyer,
            at=NOON,
        )
        assert coming.social_condition is compulsory
        assert coming.condition_explanation[-1]["value"].endswith("obligatoire") is compulsory


def test_of_two_who_change_it_the_second_is_told(coming, buyer):
    change_request(coming, request=request(), revision=0, by=buyer, at=NOON)
    with pytest.raises(Refused, match="vient de modifier"):
        change_request(coming, request=request(object="Autre"), revision=0, by=buyer, at=NOON)
    coming.refresh_from_db()
    assert coming.object == "Rénovation du gymnase des Tilleuls"


def test_the_service_answers_with_a_clause_and_the_buyer_is_told(coming, facilitator, mailbox):
    actor_for(coming.buyer)
    answer(coming, facilitator, clause(penalty_rate=Decimal(50), accepted_grounds=["RSA"]))
    assert (coming.status, coming.hours_due, coming.device) == ("ANSWERED", Decimal("2100"), "CLAUSE_EXEC")
    assert coming.due_explanation[-1]["value"] == "2\u00a0100\u00a0h"
    assert (coming.method, coming.inputs["amount"], coming.rounding) == ("LABOUR_SHARE", "1800000", "NONE")
    assert (coming.answered_at, coming.penalty_rate) == (NOON, Decimal(50))
    (mail,) = mailbox.messages
    assert "2 100 h d’insertion" in text_of(mail).replace("\u00a0", " ")


def test_a_sizing_that_makes_no_hour_is_no_clause(coming, facilitator):
    with pytest.raises(Refused, match="aucune heure"):
        answer(coming, facilitator, clause(sizing=Fixed(Decimal(0))))


def test_an_answer_to_what_has_just_been_changed_is_refused(coming, buyer, facilitator):
    read = coming.revision
    change_request(coming, request=request(), revision=read, by=buyer, at=NOON)
    with pytest.raises(Refused, match="vient de modifier"):
        answer(coming, facilitator, clause(), revision=read)
    assert coming.status == "ASKED"


def test_without_obligation_no_clause_needs_reasons_only(coming, facilitator):
    answer(coming, facilitator, NoClause(reasons="Le chantier dure trois semaines."))
    assert (coming.answer, coming.hours_due, coming.derogation) == ("NO_CLAUSE", None, "")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({}, id="ni motif ni justification"),
        pytest.param({"derogation": "SHORT_WORKS"}, id="motif seul"),
        pytest.param({"derogation_detail": "Trois semaines."}, id="justification seule"),
        pytest.param({"derogation": "SHORT_WORKS", "derogation_detail": "  "}, id="justification vide"),
    ],
)
def test_where_the_condition_is_compulsory_no_clause_needs_a_derogation(coming, facilitator, facts):
    ComingContract.objects.update(social_condition=True)
    coming.refresh_from_db()
    with pytest.raises(Refused, match="choisissez la dérogation"):
        answer(coming, facilitator, NoClause(reasons="Trop court.", **facts))


def test_the_database_refuses_by_itself_to_leave_a_compulsory_condition_out(coming):
    with pytest.raises(IntegrityError, match="coming_derogation_says_why"), transaction.atomic():
        ComingContractFactory(refused=True, social_condition=True)
    ComingContractFactory(
        refused=True,
        social_condition=True,
        derogation="SHORT_WORKS",
        derogation_detail="Trois semaines de travaux.",
    )


@pytest.mark.parametrize(
    "facts, name",
    [
        pytest.param({"object": ""}, "coming_has_an_object", id="sans objet"),
        pytest.param({"estimated_amount": -1}, "coming_amount_not_negative", id="montant négatif"),
        pytest.param({"duration_months": 0}, "coming_lasts", id="durée nulle"),
        pytest.param({"status": "DROPPED"}, "coming_dropped_says_why", id="abandon sans raison"),
        pytest.param({"status": "PUBLISHED"}, "coming_answered_says_why", id="lancée sans réponse"),
        pytest.param(
            {"answered": True, "hours_due": None}, "coming_clause_is_sized", id="clause sans heures"
        ),
        pytest.param({"answered": True, "device": ""}, "coming_clause_is_sized", id="sans dispositif"),
        pytest.param(
            {"answered": True, "status": "AWARDED"}, "coming_awarded_has_its_lot", id="attribué sans lot"
        ),
    ],
)
def test_the_database_refuses_nonsense(db, facts, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ComingContractFactory(**facts)


def test_an_answer_is_revised_until_the_consultation(coming, facilitator):
    answer(coming, facilitator, clause())
    answer(coming, facilitator, NoClause(reasons="Finalement trop court."))
    assert (coming.answer, coming.device, coming.inputs) == ("NO_CLAUSE", "", {})
    assert [entry.verb for entry in entries_about(coming)] == [
        "coming_contract.answer_revised",
        "coming_contract.answered",
    ]
    launch_consultation(coming, on=LAUNCHED.date(), revision=coming.revision, by=facilitator, at=LAUNCHED)
    with pytest.raises(Refused, match="la réponse ne change plus"):
        answer(coming, facilitator, clause())


def test_changing_what_was_answered_asks_again_with_a_new_day(coming, buyer, facilitator):
    answer(coming, facilitator, clause())
    later = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    change_request(coming, request=request(object="Deux gymnases"), revision=1, by=buyer, at=later)
    assert (coming.status, coming.answer, coming.answered_at) == ("ASKED", "", None)
    assert coming.answer_before == date(2026, 7, 16)
    assert coming.inputs, "the next answer starts from the former one"


def test_the_true_day_of_the_consultation_may_make_the_condition_compulsory(facilitator, coming):
    big = ComingContractFactory(
        service=coming.service,
        refused=True,
        estimated_amount=Decimal("6000000"),
        consultation_on=date(2026, 8, 20),
    )
    with pytest.raises(Refused, match="sans dérogation"):
        launch_consultation(big, on=date(2026, 8, 21), revision=0, by=facilitator, at=LAUNCHED)
    launch_consultation(big, on=date(2026, 8, 20), revision=0, by=facilitator, at=LAUNCHED)
    assert (big.status, big.social_condition) == ("PUBLISHED", False)


@pytest.mark.parametrize(
    "on, sentence",
    [
        pytest.param(date(2026, 9, 3), "n’est pas encore venu", id="à venir"),
        pytest.param(date(2026, 6, 7), "demandée le 8 juin 2026", id="avant la demande"),
        pytest.param(date(202, 1, 1), "demandée le 8 juin 2026", id="année mal écrite"),
    ],
)
def test_a_consultation_is_launched_on_a_true_day(coming, facilitator, on, sentence):
    answer(coming, facilitator, clause())
    with pytest.raises(Refused, match=sentence):
        launch_consultation(coming, on=on, revision=coming.revision, by=facilitator, at=LAUNCHED)


def test_a_consultation_that_is_past_is_not_asked_for(facilitator):
    with pytest.raises(Refused, match="Cette consultation est passée"):
        ask_clause(
            service=facilitator.organisation,
            buyer=OrganisationFactory(buyer=True),
            request=request(consultation_on=date(2026, 6, 14), starts_on=None),
            by=facilitator,
            at=NOON,
        )


def test_the_day_to_answer_counts_the_holidays_of_the_services_own_zone(facilitator):
    ServicePolicyFactory(service=facilitator.organisation, holiday_zone="Alsace-Moselle")
    asked = ask_clause(
        service=facilitator.organisation,
        buyer=OrganisationFactory(buyer=True),
        request=request(consultation_on=date(2026, 12, 31), starts_on=None),
        by=facilitator,
        at=datetime(2026, 12, 18, 9, 0, tzinfo=UTC),
    )
    # Christmas, its morrow (in Alsace-Moselle only) and New Year’s Day are holidays.
    assert asked.answer_before == date(2027, 1, 5)


def test_nothing_is_launched_before_the_answer(coming, buyer):
    with pytest.raises(Refused, match="pas encore répondu"):
        launch_consultation(coming, on=LAUNCHED.date(), revision=0, by=buyer, at=LAUNCHED)


def test_it_is_dropped_with_a_reason_once_and_the_service_is_told(coming, buyer, mailbox):
    actor_for(coming.service)
    drop_coming(coming, reason="Budget refusé.", revision=0, by=buyer, at=NOON)
    assert (coming.status, entries_about(coming).get().reason) == ("DROPPED", "Budget refusé.")
    with pytest.raises(Refused, match="déjà sans suite"):
        drop_coming(coming, reason="Encore.", revision=1, by=buyer, at=NOON)
    (mail,) = mailbox.messages
    assert "Budget refusé." in text_of(mail)


def test_each_change_is_in_the_history_of_the_row(coming, facilitator):
    answer(coming, facilitator, clause())
    labels = list(coming.events.order_by("pgh_id").values_list("pgh_label", "status"))
    assert labels == [("insert", "ASKED"), ("update", "ANSWERED")]


def test_who_sees_it(coming, buyer, facilitator):
    seen = [
        actor
        for actor in (
            facilitator,
            buyer,
            actor_for(OrganisationFactory(service=True)),
            actor_for(OrganisationFactory(buyer=True)),
            actor_for(PartnershipFactory(service=coming.service).organisation),
        )
        if ComingContract.objects.visible_to(actor).exists()
    ]
    assert seen == [facilitator, buyer]


@pytest.mark.django_db(transaction=True)
def test_two_facilitators_who_answer_at_once_give_one_answer():
    coming = ComingContractFactory()
    actors = [actor_for(coming.service), actor_for(coming.service)]
    barrier, refused = threading.Barrier(2), []

    def reply(actor, hours):
        mine = ComingContract.objects.get(pk=coming.pk)
        barrier.wait(timeout=10)
        try:
            answer(mine, actor, clause(sizing=Fixed(Decimal(hours))))
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=reply, args=pair) for pair in zip(actors, ("700", "1400"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert entries_about(coming).count() == 1
