"""Exposure to penalties, and what is payable, with values worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sized import told
from tests.rules.strategies import hours, steady
from uneplace.rules.errors import FactError
from uneplace.rules.penalties import Document, Obligations, penalties

TODAY = date(2025, 6, 30)
DUE = date(2025, 6, 12)


def june(day):
    return date(2025, 6, day)


def document(due_on=DUE, received_on=None, name="Relevé de mai"):
    return Document(name, due_on, received_on)


def asked(**facts):
    """The penalties on 30 June 2025, at 50 euros an hour, 100 a day, 200 an action; no notice is needed."""
    rates = {"rate_hour": Decimal(50), "rate_day": Decimal(100), "rate_action": Decimal(200)}
    return penalties(Obligations(**{"as_of": TODAY, "requires_notice": False} | rates | facts))


@pytest.mark.parametrize(
    ("due", "validated", "exonerated", "missing", "exposure"),
    [
        pytest.param("100", "60", "0", "40.00", "2000.00", id="quarante heures manquent"),
        pytest.param("100", "60", "15.5", "24.50", "1225.00", id="une part exonérée"),
        pytest.param("100", "100", "0", "0.00", "0.00", id="tout juste faites"),
        pytest.param("100", "90", "20", "0.00", "0.00", id="plus qu'il n'en fallait"),
        pytest.param("0.004", "0", "0", "0.00", "0.20", id="arrondi une seule fois"),
        pytest.param("0.0001", "0", "0", "0.00", "0.01", id="un demi-centime, au-dessus"),
    ],
)
def test_missing_hours(due, validated, exonerated, missing, exposure):
    result = asked(due=Decimal(due), validated=Decimal(validated), exonerated=Decimal(exonerated))
    assert str(result.missing_hours) == missing
    assert str(result.hours.exposure) == str(result.hours.payable) == exposure


@pytest.mark.parametrize(
    ("documents", "options", "days"),
    [
        pytest.param([document(received_on=DUE)], {}, 0, id="reçu le jour dit"),
        pytest.param([document(received_on=june(13))], {}, 1, id="reçu le lendemain"),
        pytest.param([document(received_on=june(2))], {}, 0, id="reçu en avance"),
        pytest.param([document()], {}, 18, id="jamais reçu"),
        pytest.param([document(received_on=date(2025, 7, 9))], {}, 18, id="reçu après le jour du calcul"),
        pytest.param([document(due_on=date(2025, 7, 9))], {}, 0, id="pas encore attendu"),
        pytest.param([document(), document(due_on=june(20))], {}, 28, id="deux documents"),
        pytest.param(
            [document(), document(due_on=june(20))],
            {"per_document": False},
            18,
            id="les mêmes jours une fois",
        ),
        pytest.param(
            [document(june(20)), document(june(2), june(5)), document(june(4), june(7))],
            {"per_document": False},
            15,
            id="deux retards qui se chevauchent, un à part",
        ),
        pytest.param(
            [document(june(1), june(20)), document(june(3), june(5)), document(june(10), june(12))],
            {"per_document": False},
            19,
            id="un long retard en contient deux",
        ),
        pytest.param(
            [document(june(1), june(5)), document(june(5), june(9))],
            {"per_document": False},
            8,
            id="un retard suit l'autre",
        ),
        pytest.param([document()], {"days_from_notice": True}, 0, id="sans mise en demeure"),
        pytest.param(
            [document()],
            {"days_from_notice": True, "notice_on": june(20)},
            10,
            id="depuis la mise en demeure",
        ),
        pytest.param(
            [document()], {"days_from_notice": True, "notice_on": june(2)}, 18, id="mise en demeure d'avant"
        ),
        pytest.param(
            [document()],
            {"days_from_notice": True, "notice_on": date(2025, 7, 2)},
            0,
            id="mise en demeure à venir",
        ),
        pytest.param([document()], {"notice_on": june(20)}, 18, id="jours comptés depuis l'échéance"),
    ],
)
def test_days_of_delay(documents, options, days):
    result = asked(documents=documents, **options)
    assert result.days_late == days
    assert result.documents.exposure == 100 * days


@pytest.mark.parametrize(
    ("due", "done", "missed"),
    [pytest.param(3, 1, 2, id="deux manquent"), pytest.param(1, 3, 0, id="plus que dû")],
)
def test_missed_actions(due, done, missed):
    result = asked(actions_due=due, actions_done=done)
    assert result.missed_actions == missed
    assert result.actions.exposure == 200 * missed


@pytest.mark.parametrize(
    ("options", "payable"),
    [
        pytest.param({}, "0.00", id="sans mise en demeure"),
        pytest.param({"notice_on": TODAY}, "50.00", id="mise en demeure du jour"),
        pytest.param({"notice_on": date(2025, 7, 1)}, "0.00", id="mise en demeure du lendemain"),
        pytest.param({"requires_notice": False}, "50.00", id="contrat sans mise en demeure"),
    ],
)
def test_what_is_payable(options, payable):
    result = penalties(Obligations(as_of=TODAY, due=Decimal(1), rate_hour=Decimal(50), **options))
    assert str(result.hours.exposure) == str(result.total.exposure) == "50.00"
    assert str(result.hours.payable) == str(result.total.payable) == payable


def test_the_total_is_the_sum_of_the_rounded_lines():
    result = asked(
        due=Decimal(1),
        rate_hour=Decimal("0.005"),
        documents=[document(received_on=june(13))],
        rate_day=Decimal("0.005"),
        actions_due=1,
        rate_action=Decimal("0.005"),
    )
    assert [str(line.exposure) for line in (result.hours, result.documents, result.actions)] == ["0.01"] * 3
    assert str(result.total.exposure) == str(result.total.payable) == "0.03"


def test_nothing_due_is_nothing():
    result = penalties(Obligations(as_of=TODAY))
    assert (str(result.missing_hours), result.days_late, result.missed_actions) == ("0.00", 0, 0)
    assert str(result.total.exposure) == "0.00"


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        *(
            pytest.param(lambda name=name: asked(**{name: Decimal(-1)}), name, id=name)
            for name in ("due", "validated", "exonerated", "rate_hour", "rate_day", "rate_action")
        ),
        pytest.param(lambda: asked(actions_due=-1), "actions_due", id="actions dues"),
        pytest.param(lambda: asked(actions_done=1.5), "actions_done", id="actions faites"),
        pytest.param(lambda: asked(requires_notice=None), "requires_notice", id="mise en demeure ou non"),
        pytest.param(lambda: asked(per_document=1), "per_document", id="par document ou non"),
        pytest.param(lambda: asked(days_from_notice=0), "days_from_notice", id="depuis quand"),
        pytest.param(lambda: asked(notice_on="2025-06-01"), "notice_on", id="mise en demeure en texte"),
        pytest.param(lambda: asked(as_of=None), "as_of", id="sans jour"),
        pytest.param(lambda: document(due_on=None), "due_on", id="sans échéance"),
        pytest.param(lambda: document(received_on="hier"), "received_on", id="reçu hier"),
        pytest.param(lambda: document(name=None), "name", id="sans nom"),
    ],
)
def test_an_impossible_fact_is_named(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


def test_the_exposure_is_told_line_by_line():
    result = asked(
        due=Decimal(100),
        validated=Decimal(60),
        documents=[document(received_on=june(13)), document(name="Bilan")],
        days_from_notice=True,
        per_document=False,
        notice_on=june(1),
        requires_notice=True,
        actions_due=3,
        actions_done=2,
    )
    assert told(result.explanation) == [
        ("Heures dues.", "100 h"),
        ("Heures validées.", "60 h"),
        ("Heures exonérées.", "0 h"),
        ("Heures manquantes : 100 h - 60 h - 0 h, au moins 0.", "40 h"),
        ("40 h à 50 € l’heure.", "2 000 €"),
        (
            "Relevé de mai, attendu le 12 juin 2025, reçu le 13 juin 2025, "
            "jours de retard depuis la mise en demeure.",
            "1 jour de retard",
        ),
        (
            "Bilan, attendu le 12 juin 2025, pas reçu au 30 juin 2025, "
            "jours de retard depuis la mise en demeure.",
            "18 jours de retard",
        ),
        ("Un jour où plusieurs documents sont en retard n’est compté qu’une fois.", "18 jours de retard"),
        ("18 jours de retard à 100 € par jour.", "1 800 €"),
        ("Actions manquées : 3 dues, 2 faites.", "1"),
        ("1 à 200 € l’action.", "200 €"),
        ("Total de l’exposition.", "4 000 €"),
        ("Exigible, mise en demeure du 1er juin 2025.", "4 000 €"),
    ]


@pytest.mark.parametrize(
    ("options", "last"),
    [
        pytest.param({}, ("Exigible sans mise en demeure.", "50 €"), id="sans mise en demeure"),
        pytest.param(
            {"requires_notice": True}, ("Exigible : rien avant la mise en demeure.", "0 €"), id="pas encore"
        ),
        pytest.param(
            {"requires_notice": True, "notice_on": date(2025, 7, 1)},
            ("Exigible : rien au 30 juin 2025, mise en demeure du 1er juillet 2025.", "0 €"),
            id="à venir",
        ),
    ],
)
def test_what_is_payable_is_told_last(options, last):
    steps = told(asked(due=Decimal(1), **options).explanation)
    assert steps[-1] == last
    assert len(steps) == 7


@steady
@given(
    st.tuples(hours(), hours(), hours()),
    st.lists(st.tuples(st.integers(-20, 20), st.one_of(st.none(), st.integers(-20, 20))), max_size=4),
    st.integers(-20, 20),
    st.booleans(),
)
def test_the_lines_add_up_and_days_counted_once_are_never_more(worked, documents, notice, from_notice):
    due, validated, exonerated = worked
    listed = [
        document(TODAY + timedelta(days=start), None if end is None else TODAY + timedelta(days=end))
        for start, end in documents
    ]
    facts = {
        "due": due,
        "validated": validated,
        "exonerated": exonerated,
        "documents": listed,
        "days_from_notice": from_notice,
        "notice_on": TODAY + timedelta(days=notice),
        "requires_notice": True,
    }
    each, once = asked(**facts), asked(**facts, per_document=False)
    assert 0 <= once.days_late <= each.days_late
    for result in (each, once):
        lines = (result.hours, result.documents, result.actions)
        assert sum(line.exposure for line in lines) == result.total.exposure
        assert sum(line.payable for line in lines) == result.total.payable
        assert result.total.payable in (0, result.total.exposure)
