"""Eligibility: each ground on the day it begins to be met, each proof on the day it becomes too old."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days, steady
from uneplace.rules.dates import add_months
from uneplace.rules.eligibility import Ground, Proof, ProofState, Situation, eligibility, freshness
from uneplace.rules.errors import FactError
from uneplace.rules.parameters import PARAMETERS

ON = date(2026, 6, 1)


def grounds_met(**facts):
    return [str(met.ground) for met in eligibility(Situation(**facts), on=ON).grounds]


YOUNG = {"born_on": date(2003, 1, 1), "job_seeker": True}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, [], id="rien n'est connu"),
        pytest.param(
            {"registered_since": date(2025, 6, 1), "months_worked_last_12": 5},
            ["DELD"],
            id="douze mois juste",
        ),
        pytest.param(
            {"registered_since": date(2025, 6, 2), "months_worked_last_12": 0}, [], id="douze mois demain"
        ),
        pytest.param(
            {"registered_since": date(2020, 1, 1), "months_worked_last_12": 6}, [], id="six mois travaillés"
        ),
        pytest.param({"registered_since": date(2020, 1, 1)}, [], id="mois travaillés inconnus"),
        pytest.param({"months_worked_last_12": 0}, [], id="inscription inconnue"),
        pytest.param({"receives_rsa": True, "job_seeker": True}, ["RSA"], id="RSA en recherche d'emploi"),
        pytest.param({"receives_rsa": True}, [], id="RSA, recherche inconnue"),
        pytest.param({"receives_rsa": True, "job_seeker": False}, [], id="RSA sans recherche"),
        pytest.param({"boeth": True, "job_seeker": True}, ["BOETH"], id="travailleur handicapé"),
        pytest.param({"boeth": True}, [], id="travailleur handicapé, recherche inconnue"),
        pytest.param({"allowances": ["AAH"]}, ["MINIMA"], id="AAH"),
        pytest.param({"allowances": ["APL", "INV"]}, ["MINIMA"], id="une allocation sur deux"),
        pytest.param({"allowances": ["APL"]}, [], id="allocation qui n'est pas un minimum"),
        pytest.param(
            {**YOUNG, "diploma_level": 2, "left_school_on": date(2025, 12, 1)},
            ["J26_NQ"],
            id="sorti de l'école depuis six mois",
        ),
        pytest.param(
            {**YOUNG, "diploma_level": 0, "left_school_on": date(2025, 12, 2)}, [], id="six mois demain"
        ),
        pytest.param(
            {**YOUNG, "left_school_on": date(2020, 1, 1), "inactive_since": date(2020, 1, 1)},
            [],
            id="diplôme inconnu",
        ),
        pytest.param(
            {**YOUNG, "diploma_level": 3, "inactive_since": date(2025, 12, 1)},
            ["J26_DIP"],
            id="CAP, sans activité depuis six mois",
        ),
        pytest.param(
            {**YOUNG, "diploma_level": 3, "inactive_since": date(2025, 12, 2)}, [], id="CAP, six mois demain"
        ),
        pytest.param(
            {**YOUNG, "diploma_level": 3, "left_school_on": date(2020, 1, 1)},
            [],
            id="CAP, inactivité inconnue",
        ),
        pytest.param(
            {
                "born_on": date(2000, 6, 2),
                "job_seeker": True,
                "diploma_level": 0,
                "left_school_on": date(2018, 6, 30),
            },
            ["J26_NQ"],
            id="veille des 26 ans",
        ),
        pytest.param(
            {
                "born_on": date(2000, 6, 1),
                "job_seeker": True,
                "diploma_level": 0,
                "left_school_on": date(2018, 6, 30),
            },
            [],
            id="26 ans le jour même",
        ),
        pytest.param(
            {"job_seeker": True, "diploma_level": 0, "left_school_on": date(2018, 6, 30)},
            [],
            id="âge inconnu",
        ),
        pytest.param(
            {"born_on": date(2003, 1, 1), "diploma_level": 0, "left_school_on": date(2020, 1, 1)},
            [],
            id="jeune, recherche inconnue",
        ),
        pytest.param({"born_on": date(1976, 6, 1), "job_seeker": True}, ["SENIOR"], id="50 ans le jour même"),
        pytest.param({"born_on": date(1976, 6, 2), "job_seeker": True}, [], id="50 ans demain"),
        pytest.param({"born_on": date(1960, 1, 1)}, [], id="senior, recherche inconnue"),
        pytest.param({"support": "CEJ"}, ["J_RENF"], id="contrat d'engagement jeune"),
        pytest.param({"support": "RSA"}, [], id="autre accompagnement"),
        pytest.param({"lives_in_qpv": True, "job_seeker": True}, ["QPV"], id="quartier prioritaire"),
        pytest.param({"lives_in_qpv": True, "job_seeker": False}, [], id="quartier, sans recherche"),
        pytest.param({"refugee": True}, ["REFUGIE"], id="réfugié"),
        pytest.param({"refugee": False}, [], id="pas réfugié"),
        pytest.param({"motivated_opinion_by": "MDPH"}, ["DIFF"], id="avis motivé de la MDPH"),
        pytest.param({"motivated_opinion_by": "MAIRIE"}, [], id="avis d'un autre organisme"),
        pytest.param(
            {"followed_by": ["STR_JUSTICE", "STR_EA", "AUTRE"]},
            ["STR_EA", "STR_JUSTICE"],
            id="deux structures, dans l'ordre du tableau",
        ),
        pytest.param({"followed_by": ["RSA"]}, [], id="un motif n'est pas une structure"),
    ],
)
def test_grounds_met(facts, expected):
    assert grounds_met(**facts) == expected


def test_every_ground_is_met_in_the_order_of_the_table():
    everything = {
        "job_seeker": True,
        "registered_since": date(2020, 1, 1),
        "months_worked_last_12": 0,
        "receives_rsa": True,
        "boeth": True,
        "allowances": ["ASS"],
        "born_on": date(2003, 1, 1),
        "diploma_level": 1,
        "left_school_on": date(2020, 1, 1),
        "support": "SMA",
        "lives_in_qpv": True,
        "refugee": True,
        "motivated_opinion_by": "PLIE",
        "followed_by": [ground for ground in Ground if ground.is_structure],
    }
    expected = [str(ground) for ground in Ground if ground not in ("J26_DIP", "SENIOR")]
    assert grounds_met(**everything) == expected


RSA = Situation(receives_rsa=True, job_seeker=True)


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        pytest.param([], "MISSING", id="aucun justificatif"),
        pytest.param([Proof("QPV", ON)], "MISSING", id="justificatif d'un autre motif"),
        pytest.param([Proof("RSA", ON)], "OK", id="daté du jour"),
        pytest.param([Proof("RSA", date(2026, 6, 2))], "MISSING", id="daté du lendemain"),
        pytest.param([Proof("RSA", date(2026, 3, 1))], "OK", id="trois mois juste"),
        pytest.param([Proof("RSA", date(2026, 2, 28))], "STALE", id="trois mois et un jour"),
        pytest.param(
            [Proof("RSA", date(2026, 4, 1)), Proof("RSA", date(2025, 1, 1))], "OK", id="le plus récent décide"
        ),
        pytest.param(
            [Proof("RSA", date(2025, 1, 1)), Proof("RSA", date(2026, 6, 2))],
            "STALE",
            id="le plus récent parmi ceux de ce jour ou d'avant",
        ),
    ],
)
def test_the_proof_of_a_ground(proofs, expected):
    result = eligibility(RSA, on=ON, proofs=proofs)
    assert [(str(met.ground), str(met.proof)) for met in result.grounds] == [("RSA", expected)]
    assert result.eligible is (expected == "OK")
    assert result.valid_until == (date(2026, 12, 1) if expected == "OK" else None)


@pytest.mark.parametrize(
    ("ground", "months"),
    [
        ("DELD", 3),
        ("RSA", 3),
        ("MINIMA", 3),
        ("SENIOR", 3),
        ("J_RENF", 3),
        ("QPV", 6),
        ("BOETH", None),
        ("J26_NQ", None),
        ("J26_DIP", None),
        ("REFUGIE", None),
        ("DIFF", None),
        ("STR_EA", None),
        ("STR_IAE", None),
    ],
)
def test_how_old_a_proof_may_be(ground, months):
    assert freshness(Ground(ground), ON) == months


def test_a_proof_that_does_not_age():
    result = eligibility(Situation(refugee=True), on=ON, proofs=[Proof("REFUGIE", date(2001, 1, 1))])
    assert result.eligible


@pytest.mark.parametrize(
    ("accepted", "eligible"),
    [
        pytest.param(None, True, id="tous les motifs"),
        pytest.param(["RSA"], True, id="motif accepté"),
        pytest.param(["QPV", "INCONNU"], False, id="autres motifs"),
        pytest.param([], False, id="aucun motif"),
    ],
)
def test_the_grounds_that_the_clause_accepts(accepted, eligible):
    result = eligibility(RSA, on=ON, proofs=[Proof("RSA", ON)], accepted_grounds=accepted)
    assert result.eligible is eligible
    assert [met.proof for met in result.grounds] == [ProofState.OK]


def test_one_ground_proved_and_accepted_is_enough():
    situation = Situation(receives_rsa=True, job_seeker=True, lives_in_qpv=True)
    result = eligibility(situation, on=ON, proofs=[Proof("QPV", date(2025, 12, 1))])
    assert [(str(met.ground), str(met.proof)) for met in result.grounds] == [
        ("RSA", "MISSING"),
        ("QPV", "OK"),
    ]
    assert result.eligible


def test_a_proof_accepted_and_another_only_met_do_not_add_up():
    # RSA is proved but refused by the clause, QPV accepted but not proved.
    situation = Situation(receives_rsa=True, job_seeker=True, lives_in_qpv=True)
    result = eligibility(situation, on=ON, proofs=[Proof("RSA", ON)], accepted_grounds=["QPV"])
    assert not result.eligible


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 6, 1), date(2026, 12, 1), id="premier du mois"),
        pytest.param(date(2026, 8, 31), date(2027, 2, 28), id="31 août"),
    ],
)
def test_until_when_the_person_may_start(on, expected):
    assert eligibility(RSA, on=on, proofs=[Proof("RSA", on)]).valid_until == expected


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        pytest.param(
            lambda: eligibility(Situation(born_on=date(2026, 6, 2)), on=ON), "born_on", id="né le lendemain"
        ),
        pytest.param(lambda: eligibility(RSA, on=datetime(2026, 6, 1, 8)), "on", id="une heure"),
        pytest.param(lambda: Situation(born_on="2000-01-01"), "born_on", id="date en texte"),
        pytest.param(
            lambda: Situation(months_worked_last_12=-1), "months_worked_last_12", id="mois négatifs"
        ),
        pytest.param(lambda: Situation(months_worked_last_12=5.5), "months_worked_last_12", id="demi-mois"),
        pytest.param(lambda: Situation(diploma_level="CAP"), "diploma_level", id="diplôme en texte"),
        pytest.param(lambda: Situation(refugee="oui"), "refugee", id="oui en texte"),
        pytest.param(lambda: Situation(allowances="ASS"), "allowances", id="allocation sans liste"),
        pytest.param(lambda: Situation(followed_by="STR_EA"), "followed_by", id="structure sans liste"),
        pytest.param(lambda: Situation(followed_by=["STR_EA", 3]), "followed_by", id="structure sans code"),
        pytest.param(lambda: Situation(support=["CEJ"]), "support", id="plusieurs accompagnements"),
        pytest.param(lambda: Proof(None, ON), "ground", id="justificatif sans motif"),
        pytest.param(
            lambda: eligibility(RSA, on=ON, accepted_grounds="RSA"),
            "accepted_grounds",
            id="motifs sans liste",
        ),
        pytest.param(lambda: Proof("RSA", "2026-06-01"), "dated_on", id="justificatif sans date"),
    ],
)
def test_an_impossible_fact_is_named(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


def test_each_ground_has_a_label_and_an_accepted_proof():
    assert len({ground.label for ground in Ground}) == len(Ground) == 17
    assert all(ground.accepted_proof for ground in Ground)


@pytest.mark.parametrize("ground", [ground for ground in Ground if freshness(ground, ON)])
def test_the_accepted_proof_says_how_fresh_it_must_be(ground):
    assert f"de moins de {freshness(ground, ON)} mois" in ground.accepted_proof


def test_the_explanation_cites_the_parameter_and_its_status():
    steps = eligibility(RSA, on=ON, proofs=[Proof("RSA", ON)]).explanation
    assert steps[-1].value == "1er décembre 2026"
    assert steps[-1].source == PARAMETERS.eligibility_validity_months.source
    assert steps[-1].source.kind == "à confirmer"


def test_a_person_may_be_born_on_the_day():
    assert grounds_met(born_on=ON, refugee=True) == ["REFUGIE"]


@pytest.mark.parametrize(
    ("dated_on", "told"), [(date(2026, 3, 1), False), (date(2026, 2, 28), True)], ids=["récent", "ancien"]
)
def test_the_explanation_tells_how_old_a_proof_is(dated_on, told):
    steps = eligibility(RSA, on=ON, proofs=[Proof("RSA", dated_on)]).explanation
    assert ("de plus de 3 mois" in steps[0].text) is told


@pytest.mark.parametrize(("accepted", "told"), [(["RSA"], False), (["QPV"], True)])
def test_the_explanation_tells_a_ground_that_the_clause_refuses(accepted, told):
    steps = eligibility(RSA, on=ON, proofs=[Proof("RSA", ON)], accepted_grounds=accepted).explanation
    assert ("motif que la clause n’accepte pas" in steps[0].text) is told


def test_the_explanation_of_a_refusal_says_what_is_missing():
    steps = eligibility(Situation(), on=ON).explanation
    assert [step.value for step in steps] == ["aucun", "non éligible"]


@steady
@given(st.lists(days(400), max_size=4), days(400))
def test_proofs_after_the_day_change_nothing(dated, on):
    proofs = [Proof("RSA", day) for day in dated]
    known = [proof for proof in proofs if proof.dated_on <= on]
    result = eligibility(RSA, on=on, proofs=proofs)
    assert result == eligibility(RSA, on=on, proofs=known)
    assert result.eligible is any(add_months(on, -3) <= proof.dated_on for proof in known)
