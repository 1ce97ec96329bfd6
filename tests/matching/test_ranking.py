"""Who comes before whom for a job, and what is never looked at."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    ApplicationFactory,
    CommuneFactory,
    CriterionAnswerFactory,
    CriterionFactory,
    EligibilityDecisionFactory,
    JobSheetFactory,
    ParticipantFactory,
    ParticipantTradeFactory,
    PlacementFactory,
    RomeJobFactory,
)
from tests.offers.scene import NOW, TODAY, set_scene
from uneplace.kit.periods import period
from uneplace.matching.needs import job_of
from uneplace.matching.ranking import rank
from uneplace.matching.reasons import reasons_of
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.people.queries import standings
from uneplace.reference.models import RomeJob

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)


@pytest.fixture
def scene():
    scene = set_scene()
    scene.sheet.criteria.all().delete()
    return scene


@pytest.fixture
def somebody(scene):
    """`somebody(…)`: a person who has all that the job asks for, but what is given."""

    def create(*, decided=True, trade="F1703", **facts):
        usual = {
            "profiled_at": NOW,
            "travel": "CAR",
            "travel_km": 30,
            "available_from": START,
            "weekly_hours_max": Decimal(35),
        }
        person = ParticipantFactory(service=scene.sheet.service, **usual | facts)
        if decided:
            EligibilityDecisionFactory(participant=person)
        if trade:
            ParticipantTradeFactory(participant=person, rome=RomeJobFactory(code=trade))
        return person

    return create


def ranked(scene, limit=50):
    return rank(Participant.objects.all(), job_of(scene.sheet, on=TODAY), on=TODAY, limit=limit)


def order(scene):
    return [row.participant for row in ranked(scene)]


def told(scene, person):
    """What is said of somebody: by criterion, how it is met and the fact."""
    job = job_of(scene.sheet, on=TODAY)
    [row] = rank(Participant.objects.filter(pk=person.pk), job, on=TODAY, limit=1)
    person = Participant.objects.prefetch_related("trades__rome").get(pk=person.pk)
    application = person.applications.prefetch_related("answers").first()
    answers = {one.criterion_id: one for one in application.answers.all()} if application else {}
    standing = standings([person], on=START).get(person.pk)
    reasons = reasons_of(row, person, job, standing=standing, answers=answers, on=TODAY)
    lines = [*reasons.hard, *reasons.soft, *reasons.close]
    return {line.what: (str(line.met), line.fact.replace("\u00a0", " ")) for line in lines}


WORSE = [
    pytest.param({"decided": False}, "Éligibilité", ("to-confirm", "à décider"), id="éligibilité à décider"),
    pytest.param(
        {"trade": "F1704"},
        "Métier",
        ("to-confirm", "proche : Préparation du gros œuvre, 12 mois"),
        id="métier proche",
    ),
    pytest.param({"trade": None}, "Métier", ("to-confirm", "non renseigné"), id="métier inconnu"),
    pytest.param({"travel_km": None}, "Trajet", ("to-confirm", "9 km, en voiture"), id="trajet à confirmer"),
    pytest.param({"travel_km": 3}, "Trajet", ("no", "9 km, en voiture, 3 km au plus"), id="trop loin"),
    pytest.param(
        {"available_from": date(2026, 3, 12)},
        "Disponible",
        ("no", "le 12 mars 2026, 10 jours après le début"),
        id="disponible plus tard",
    ),
    pytest.param(
        {"weekly_hours_max": Decimal(24)},
        "Heures",
        ("no", "24 h par semaine au plus, 35 h demandées"),
        id="moins d’heures",
    ),
]


@pytest.mark.parametrize("lack, what, fact", WORSE)
def test_who_lacks_something_comes_after_and_reads_why(scene, somebody, lack, what, fact):
    place(scene.sheet.commune, "49.1800")
    home = place(CommuneFactory(code_insee="14341", name="Ifs"), "49.1000")
    RomeJob.objects.filter(code="F1704").update(label="Préparation du gros œuvre")
    lacking = somebody(**lack, commune=home)
    complete = somebody(commune=home)

    assert order(scene) == [complete.pk, lacking.pk]
    assert told(scene, lacking)[what] == fact


def place(commune, latitude):
    commune.latitude, commune.longitude = Decimal(latitude), Decimal(0)
    commune.save()
    return commune


def test_keys_are_looked_at_in_their_order(scene, somebody):
    """Each of these people lacks one thing; who lacks the first looked at comes last."""
    CriterionFactory(job_sheet=scene.sheet, text="Être sur place à 7 h 30")
    place(scene.sheet.commune, "49.1800")
    ranks = [
        somebody(),
        somebody(weekly_hours_max=Decimal(20)),
        somebody(available_from=date(2026, 4, 1)),
        somebody(travel_km=None, commune=None),
        somebody(trade="K1304"),
        somebody(decided=False),
    ]
    refused = somebody(decided=False)
    EligibilityDecisionFactory(participant=refused, refused=True)

    assert order(scene) == [person.pk for person in [*ranks, refused]]


def test_an_answer_of_the_structure_counts_and_a_wish_comes_after(scene):
    hard = CriterionFactory(job_sheet=scene.sheet, text="Être sur place à 7 h 30")
    soft = CriterionFactory(job_sheet=scene.sheet, weight="SOFT", text="Permis B")
    silent, wished, met, failed = [scene.application() for _ in range(4)]
    CriterionAnswerFactory(application=met, criterion=hard, met="YES", fact="14 min à pied")
    CriterionAnswerFactory(application=wished, criterion=soft, met="YES")
    CriterionAnswerFactory(application=failed, criterion=hard, met="NO")

    assert [row.application for row in ranked(scene)] == [met.pk, wished.pk, silent.pk, failed.pk]
    assert told(scene, met.participant)["Être sur place à 7 h 30"] == ("yes", "14 min à pied")
    assert told(scene, silent.participant)["Permis B"] == ("to-confirm", "à demander")


def test_the_contract_of_this_very_job_keeps_nobody_from_it(scene, somebody):
    application = scene.application(participant=somebody(), status="HIRED")
    PlacementFactory(
        service=scene.sheet.service, participant=application.participant, application=application
    )

    assert told(scene, application.participant)["Disponible"] == ("yes", "le 23 février 2026")


def works(person, first, last):
    PlacementFactory(service=person.service, participant=person, period=period(first, last))


def test_a_contract_that_ends_before_the_job_is_carried_on(scene, somebody):
    at_work, free, long_since = somebody(), somebody(), somebody()
    works(at_work, date(2025, 9, 1), date(2026, 2, 20))
    works(long_since, date(2025, 3, 1), date(2025, 8, 20))

    assert order(scene) == [at_work.pk, free.pk, long_since.pk]
    assert told(scene, at_work)["Suite"] == ("yes", "contrat qui finit le 20 février 2026")
    assert "Suite" not in told(scene, free)


@pytest.mark.parametrize(
    "end, fact",
    [
        pytest.param(
            date(2026, 5, 31),
            "le 1er juin 2026, 91 jours après le début, un contrat de travail d’ici là",
            id="CDD",
        ),
        pytest.param(None, "contrat en cours, sans date de fin", id="CDI"),
    ],
)
def test_who_works_elsewhere_over_the_first_day_is_not_available(scene, somebody, end, fact):
    busy, free = somebody(), somebody()
    works(busy, date(2026, 1, 5), end)

    assert order(scene) == [free.pk, busy.pk]
    assert told(scene, busy)["Disponible"] == ("no", fact)


def test_the_eligibility_that_ends_first_goes_first(scene, somebody):
    later, sooner = somebody(), somebody(decided=False)
    EligibilityDecisionFactory(participant=sooner, valid_until=date(2026, 3, 10))

    assert order(scene) == [sooner.pk, later.pk]
    assert told(scene, sooner)["Éligibilité"] == ("yes", "jusqu’au 10 mars 2026")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"revoked_on": date(2026, 2, 11)}, id="décision retirée"),
        pytest.param({"valid_until": START}, id="le dernier jour est le premier du poste"),
    ],
)
def test_a_decision_that_does_not_cover_the_first_day_is_none(scene, somebody, change):
    lapsed, other = somebody(), somebody()
    EligibilityDecision.objects.filter(participant=lapsed).update(**change)

    assert order(scene) == [other.pk, lapsed.pk]
    assert told(scene, lapsed)["Éligibilité"][0] == "to-confirm"


def test_the_first_of_many_are_given(scene, somebody):
    people = [somebody() for _ in range(5)]

    assert [row.participant for row in ranked(scene, limit=3)] == [person.pk for person in people[:3]]
    assert rank(Participant.objects.none(), job_of(scene.sheet, on=TODAY), on=TODAY, limit=3) == []


LICENCE = {"kind": "LICENCE", "licence": "B", "text": "Permis B"}
KINDS = [
    pytest.param(LICENCE, {"licences": ["B"]}, ("yes", "oui, dans son profil"), id="a le permis"),
    pytest.param(LICENCE, {}, ("no", "non, dans son profil"), id="n’a pas le permis"),
    pytest.param(LICENCE, {"profiled_at": None}, ("to-confirm", "profil à compléter"), id="permis inconnu"),
    pytest.param({"kind": "TRADE"}, {}, ("yes", "Maçonnerie, 12 mois"), id="connaît le métier"),
    pytest.param(
        {"kind": "TRADE"},
        {"trade": "F1704"},
        ("to-confirm", "proche : Préparation du gros oeuvre et des travaux publics, 12 mois"),
        id="un métier proche",
    ),
    pytest.param(
        {"kind": "TRADE"},
        {"trade": "K1304"},
        ("no", "autre : Services domestiques, 12 mois"),
        id="un autre métier",
    ),
    pytest.param(
        {"kind": "SCHEDULE"}, {"schedules": ["EARLY", "NIGHT"]}, ("yes", "oui, dans son profil"), id="tôt"
    ),
    pytest.param(
        {"kind": "SCHEDULE"}, {"schedules": ["NIGHT"]}, ("no", "non, dans son profil"), id="jamais tôt"
    ),
    pytest.param({"kind": "TRAVEL"}, {}, ("yes", "dans la commune, en voiture"), id="vient sur place"),
]


@pytest.mark.parametrize("asked, has, expected", KINDS)
def test_a_criterion_is_compared_with_the_profile(scene, somebody, asked, has, expected):
    scene.sheet.schedules = ["EARLY"]
    scene.sheet.save()
    criterion = CriterionFactory(job_sheet=scene.sheet, **{"text": "Ce que l’on demande"} | asked)

    assert told(scene, somebody(**has))[criterion.text] == expected


def test_when_the_file_says_no_and_the_structure_yes_it_is_to_confirm(scene, somebody):
    criterion = CriterionFactory(job_sheet=scene.sheet, **LICENCE)
    application = scene.application(participant=somebody())
    CriterionAnswerFactory(application=application, criterion=criterion, met="YES", fact="obtenu hier")

    assert told(scene, application.participant)["Permis B"] == (
        "to-confirm",
        "non, dans son profil ; la structure dit : obtenu hier",
    )


def test_when_the_file_says_yes_and_the_structure_is_not_sure_both_are_read(scene, somebody):
    criterion = CriterionFactory(job_sheet=scene.sheet, **LICENCE)
    application = scene.application(participant=somebody(licences=["B"]))
    CriterionAnswerFactory(application=application, criterion=criterion, met="UNSURE", fact="")

    assert told(scene, application.participant)["Permis B"] == (
        "yes",
        "oui, dans son profil ; la structure dit : à confirmer",
    )


def test_a_place_that_needs_a_car_is_to_confirm_without_one(scene, somebody):
    place(scene.sheet.commune, "49.1800")
    home = place(CommuneFactory(code_insee="14341", name="Ifs"), "49.1000")
    scene.sheet.without_car = False
    scene.sheet.save()

    walker, driver = somebody(commune=home, travel="FOOT_BUS"), somebody(commune=home)

    assert told(scene, walker)["Trajet"] == (
        "to-confirm",
        "9 km, à pied ou en bus, le lieu demande une voiture",
    )
    assert told(scene, driver)["Trajet"] == ("yes", "9 km, en voiture")


def test_another_sheets_answers_do_not_count(scene):
    application = scene.application()
    hard = CriterionFactory(job_sheet=scene.sheet, text="Travailler dehors")
    elsewhere = JobSheetFactory(commitment=scene.sheet.commitment)
    other = ApplicationFactory(job_sheet=elsewhere, participant=application.participant)
    CriterionAnswerFactory(application=other, criterion=hard, met="YES")

    assert told(scene, application.participant)["Travailler dehors"] == ("to-confirm", "à demander")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_sex_age_name_origin_and_grounds_never_change_the_order(crowd, seed):
    """Whoever they are told to be, people keep their places and their facts."""
    scene, before = crowd
    draw = Random(seed)
    for person in Participant.objects.all():
        person.sex = draw.choice(["", "F", "M"])
        person.born_on = draw.choice([None, date(1961, 5, 4), date(2007, 8, 9)])
        person.first_name, person.last_name = draw.choice([("Aïcha", "Ba"), ("Zoé", "Le Goff"), ("Ion", "Á")])
        person.email, person.phone, person.address = draw.choice([("", "", ""), ("a@b.fr", "0231", "Rue A")])
        person.diploma_level = draw.choice([None, 0, 5])
        person.save()
    for decision in EligibilityDecision.objects.all():
        decision.grounds = draw.choice([["RSA"], ["QPV", "BOETH"], ["SENIOR"]])
        decision.main_ground = decision.grounds[0]
        decision.situation = {"lives_in_qpv": draw.choice([True, False])}
        decision.save()

    assert ranked(scene) == before


@pytest.fixture
def crowd(scene, somebody):
    draw = Random(7)
    for _ in range(12):
        somebody(
            decided=draw.random() < 0.7,
            trade=draw.choice(["F1703", "F1704", "K1304", None]),
            travel_km=draw.choice([5, 30, None]),
            available_from=draw.choice([None, START, date(2026, 5, 1)]),
            licences=draw.choice([[], ["B"]]),
        )
    return scene, ranked(scene)
