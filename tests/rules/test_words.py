"""The words that terms, delays and proofs are told with, and small branches that no table of cases meets."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.rules.counted import EXECUTION, counted, line, placement, policy
from tests.rules.sized import told
from uneplace.rules.ages import band_on, stand_in_birthday
from uneplace.rules.answer_day import answer_day
from uneplace.rules.counting import Decision, count
from uneplace.rules.dates import Period
from uneplace.rules.eligibility import Proof, Situation, eligibility
from uneplace.rules.policy_terms import TERMS
from uneplace.rules.presets import PRESETS

ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("term", "value", "said"),
    [
        ("window_months", 24, "24 mois"),
        ("window_months", None, "sans limite"),
        ("late_decision_days", 1, "1 jour"),
        ("late_decision_days", 8, "8 jours"),
        ("penalty_rate", Decimal("50"), "50 €"),
        ("training_cap_share", Decimal("0.25"), "25 %"),
        ("statement_due_day", 12, "avant le 12 du mois suivant"),
        ("statement_every", 3, "chaque trimestre"),
        ("permanent_window_from", "HIRE", "de l’embauche"),
        ("permanent_window_from", "?", "?"),
        ("penalty_requires_notice", True, "nécessaire"),
        ("penalty_requires_notice", False, "non nécessaire"),
        ("accepted_modalities", ["DIRECT", "?"], "embauche directe, ?"),
        ("holiday_zone", "Métropole", "Métropole"),
    ],
)
def test_a_term_is_said_with_its_unit(term, value, said):
    assert TERMS[term].say(value).replace("\u00a0", " ") == said


def test_a_preset_keeps_what_its_source_writes():
    preset = PRESETS.by_name["aquareel_2025"]
    assert preset.name == "aquareel_2025"
    assert preset.label == "CCAP TMA Aquaréel, 2025"
    assert preset.citation.startswith("CCAP et acte d’engagement de l’opération TMA Aquaréel (2025)")
    assert preset.url == "https://github.com/hadrienblanc/marche_public_010_aquarel"
    assert (preset.status, preset.checked_on) == ("contrat type", date(2026, 11, 22))
    assert preset.says["penalty_rate"] == Decimal(50)
    assert preset.says["statement_due_day"] == 12


def test_the_day_of_an_answer_is_told():
    usual = answer_day(date(2026, 6, 15))
    own = answer_day(date(2026, 6, 15), 1)
    assert [one.text for one in usual.explanation] == [
        "Jour de la demande.",
        "Délai de réponse du service.",
        "Dernier jour pour répondre.",
    ]
    assert [one.value.replace("\u00a0", " ") for one in own.explanation] == [
        "15 juin 2026",
        "1 jour ouvré",
        "16 juin 2026",
    ]
    source = own.explanation[1].source
    assert (source.kind, source.label) == ("usage", "Délai que le service se donne")
    # 26 December 2025, a Friday, is off in Alsace-Moselle only.
    assert answer_day(date(2025, 12, 24), 1).day == date(2025, 12, 26)
    assert answer_day(date(2025, 12, 24), 1, holiday_zone="Alsace-Moselle").day == date(2025, 12, 29)


PROVED = "Allocataire du RSA en recherche d’emploi : justificatif du 1er mai 2026"
OLD = "Allocataire du RSA en recherche d’emploi : justificatif du 28 février 2026"


@pytest.mark.parametrize(
    ("dated_on", "accepted", "text", "kind"),
    [
        pytest.param(date(2026, 5, 1), None, f"{PROVED}.", "à confirmer", id="justifié"),
        pytest.param(
            date(2026, 5, 1),
            ["QPV"],
            f"{PROVED} ; motif que la clause n’accepte pas.",
            "à confirmer",
            id="motif refusé",
        ),
        pytest.param(date(2026, 2, 28), None, f"{OLD}, de plus de 3 mois.", "à confirmer", id="trop ancien"),
        pytest.param(
            date(2026, 6, 2),
            None,
            "Allocataire du RSA en recherche d’emploi : aucun justificatif daté de ce jour ou d’avant.",
            "fait",
            id="daté de demain",
        ),
    ],
)
def test_a_ground_is_told_with_its_proof(dated_on, accepted, text, kind):
    person = Situation(receives_rsa=True, job_seeker=True)
    found = eligibility(person, on=ON, proofs=[Proof("RSA", dated_on)], accepted_grounds=accepted)
    assert told(found.explanation)[0][0] == text
    assert found.explanation[0].source.kind == kind


def test_nobody_and_nothing_are_told_too():
    found = told(eligibility(Situation(), on=ON).explanation)
    assert found == [
        ("Aucun motif d’éligibilité n’est rempli au 1er juin 2026.", "aucun"),
        ("Aucun motif rempli n’est à la fois accepté par la clause et justifié.", "non éligible"),
    ]
    proved = eligibility(Situation(refugee=True), on=ON, proofs=[Proof("REFUGIE", ON)])
    assert told(proved.explanation)[-1] == (
        "La personne doit commencer avant : 1er juin 2026 + 6 mois.",
        "1er décembre 2026",
    )


@pytest.mark.parametrize("code", ["STR_EA", "STR_IAE", "STR_RQ", "STR_EPIDE_E2C", "STR_GEIQ", "STR_JUSTICE"])
def test_what_is_to_come_has_not_lasted(code):
    far = Situation(registered_since=date(9999, 6, 1), months_worked_last_12=0, followed_by=[code])
    assert [one.ground for one in eligibility(far, on=ON).grounds] == [code]


def test_globalised_hours_and_single_days_are_told():
    globalised = count(policy(), DECIDED, [placement()], [line(on_operation=False, globalised=True)]).lines[0]
    assert ("Heures hors de l’opération, comptées par globalisation.", "oui") in told(globalised.explanation)
    both = count(policy(), DECIDED, [placement()], [line(globalised=True)]).lines[0]
    assert not any("globalisation" in text for text, _ in told(both.explanation))
    late = policy(execution=Period(date(2025, 3, 4), EXECUTION.end))
    first_day_out = count(late, DECIDED, [placement()], [line()]).lines[0]
    assert any(text.endswith("1 jour sur 21.") for text, _ in told(first_day_out.explanation))
    assert counted(line(), execution=late.execution)[1] == {"OUTSIDE_EXECUTION": "7.22"}


DECIDED = [Decision(date(2025, 2, 20), ["RSA"])]


def test_a_stand_in_birthday_is_never_a_29_february():
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(400)]
    for day in days:
        for born_on in (date(1970, 5, 1), date(1990, 5, 1), date(2005, 5, 1)):
            chosen = stand_in_birthday(born_on, [day])
            assert (chosen.month, chosen.day) != (2, 29)
            assert band_on(chosen, day) == band_on(born_on, day)


def test_a_stand_in_birthday_is_in_the_middle_of_its_band_or_five_years_past_its_only_limit():
    assert stand_in_birthday(date(1980, 5, 1), [ON]) == date(1980, 6, 1)
    assert stand_in_birthday(date(2005, 5, 1), [ON]) == date(2000, 6, 1) + timedelta(days=5 * 365)
    assert stand_in_birthday(date(1960, 5, 1), [ON]) == date(1975, 6, 1) - timedelta(days=5 * 365)
