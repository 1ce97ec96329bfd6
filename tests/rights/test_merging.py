"""Two files of one person made one, and parted: nothing is forgotten, lost nor rewritten."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    ApplicationFactory,
    EligibilityDecisionFactory,
    InformationGivenFactory,
    LedgerEntryFactory,
    ParticipantFactory,
    ParticipantTradeFactory,
    PlacementFactory,
    RightsRequestFactory,
    RomeJobFactory,
    StatementLineFactory,
    SuggestionFactory,
    SupportFactory,
    WorkedMonthFactory,
)
from tests.rights.scene import LONG_AFTER, tell_story
from uneplace.hours.models import LedgerEntry, Placement
from uneplace.hours.recount import clauses_counting, differences
from uneplace.journal.history import RowEvent
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.kit.scope import every_service
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.people.models import Merge, Participant, Resemblance
from uneplace.people.twins import note_all_twins
from uneplace.reports.queries import yearly_figures
from uneplace.rights.contact import last_contacts
from uneplace.rights.erasing import anonymise
from uneplace.rights.held import everything_about
from uneplace.rights.merging import (
    CHOICES,
    MOVED,
    STAYS,
    merge_files,
    part_files,
    to_check_before,
    why_not_merge,
    why_not_part,
)
from uneplace.rights.papers import as_json
from uneplace.rights.retention import terms

NOW = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 16, 9, 0, tzinfo=UTC)
STAYING = {"journal", "procrastinate"}


@pytest.fixture
def stories(db):
    """Two files of one person: both worked and were counted, on two jobs of one company."""
    first = tell_story(first_name="Marie", last_name="Durand", phone="06 39 98 12 34", address="2 rue du Lin")
    elsewhere = replace(first.scene, sheet=first.another_sheet())
    second = tell_story(elsewhere, first_name="Durand", last_name="Marie", email="marie@exemple.fr")
    RightsRequestFactory(participant=second.person, service=second.person.service)
    note_all_twins(first.person.service, at=NOW)
    return first, second


@pytest.fixture
def kept(stories):
    return fresh(stories[0].person)


@pytest.fixture
def left(stories):
    return fresh(stories[1].person)


@pytest.fixture
def by(stories):
    return stories[0].facilitator


def fresh(person):
    return Participant.objects.get(pk=person.pk)


def merge(kept, left, by, **terms):
    return merge_files(kept, left, **{"has_checked": True, "by": by, "at": NOW, **terms})


def everything_stored():
    """Each row of each table as our code reads it; the journal and the history of rows only grow."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values()))
        for model in apps.get_models()
        if model._meta.managed
        and model._meta.app_label not in STAYING
        and not issubclass(model, RowEvent)
        and model._meta.app_label != "reference"
    }


def test_each_column_that_names_a_person_is_moved_or_says_why_not():
    """A new table that names a person must be listed in `rights/merging.py`."""
    naming = {
        (model, column.name)
        for model in apps.get_models()
        if not issubclass(model, RowEvent)
        for column in model._meta.concrete_fields
        if column.related_model is Participant
    }
    listed = {(kind.model, kind.column) for kind in MOVED}
    assert naming == listed | set(STAYS), {f"{model.__name__}.{name}" for model, name in naming ^ listed}
    assert not listed & set(STAYS)
    assert len(listed) >= 9


def test_all_that_hung_on_the_file_left_is_the_file_keeps(kept, left, by):
    before = {kind.model: set(kind.model.objects.filter(**{kind.column: left})) for kind in MOVED}
    merge(kept, left, by)
    for kind in MOVED:
        now = set(kind.model.objects.filter(**{kind.column: kept}))
        staying = set(kind.model.objects.filter(**{kind.column: left}))
        assert before[kind.model] - now == staying
        assert not staying or kind.once_by
    assert kept.placements.count() == kept.applications.count() == 2
    assert not Participant.objects.known().filter(pk=left.pk).exists()
    assert not Participant.objects.visible_to(by).filter(pk=left.pk).exists()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(take=st.sets(st.sampled_from(CHOICES)), is_reversed=st.booleans())
def test_parting_puts_every_row_of_every_table_back(kept, left, by, take, is_reversed):
    before = everything_stored()
    pair = (left, kept) if is_reversed else (kept, left)
    merged = merge(*map(fresh, pair), by, take=take)
    assert everything_stored() != before
    part_files(merged, by=by, at=LATER)
    assert everything_stored() == before


def test_what_is_chosen_from_the_file_left_is_exchanged_and_nothing_is_lost(kept, left, by):
    merge(kept, left, by, take=["email", "last_name", "profile"])
    kept, left = fresh(kept), fresh(left)
    assert (kept.first_name, kept.last_name, kept.email) == ("Marie", "Marie", "marie@exemple.fr")
    assert (left.last_name, left.email) == ("Durand", "")
    assert Participant.objects.visible_to(by).with_contact("marie@exemple.fr").get() == kept


def test_a_value_corrected_since_goes_where_the_one_it_replaces_came_from(kept, left, by):
    merged = merge(kept, left, by, take=["email"])
    Participant.objects.filter(pk=kept.pk).update(email="m.durand@exemple.fr", first_name="Maria")
    part_files(merged, by=by, at=LATER)
    assert fresh(left).email == "m.durand@exemple.fr"
    assert (fresh(kept).email, fresh(kept).first_name) == ("", "Maria")


def test_counted_hours_are_not_rewritten_and_count_one_person(kept, left, by):
    service, entries = kept.service, list(LedgerEntry.objects.order_by("pk").values())
    before = yearly_figures(service, 2026).totals
    merged = merge(kept, left, by)
    after = yearly_figures(service, 2026).totals
    assert list(LedgerEntry.objects.order_by("pk").values()) == entries
    assert (before.participants, after.participants) == (2, 1)
    assert (before.hours, before.placements) == (after.hours, after.placements)
    part_files(merged, by=by, at=LATER)
    assert yearly_figures(service, 2026).totals == before


def test_a_recount_is_proposed_when_one_person_has_one_window(kept, by):
    """Under another name, the window had opened two years before: it closes in the middle of April."""
    clause = kept.placements.get().allocations.get().commitment.clause
    type(clause).objects.filter(pk=clause.pk).update(window_scope="PERSON", window_months=24)
    before = ParticipantFactory(service=kept.service)
    EligibilityDecisionFactory(participant=before, decided_on=date(2024, 4, 2), valid_until=date(2024, 10, 2))
    spring = period(date(2024, 4, 16), date(2024, 6, 1))
    PlacementFactory(service=kept.service, participant=before, period=spring)

    def gaps():
        return [one.gap for one in differences([clause]) if one.entries[0].participant == kept]

    assert clauses_counting(kept) == [clause]
    assert gaps() == []
    merged, entries = merge(kept, before, by), LedgerEntry.objects.count()
    (gap,) = gaps()
    assert gap < 0
    assert LedgerEntry.objects.count() == entries, "nothing is counted again by itself"
    part_files(merged, by=by, at=LATER)
    assert gaps() == []


def test_a_month_declared_under_both_names_is_looked_at_first(kept, left, by):
    (reason,) = to_check_before(kept, left)
    assert reason.startswith("Avril 2026")
    assert "déclare des heures sous les deux noms" in reason
    with pytest.raises(Refused, match="Cochez que vous avez vérifié"):
        merge(kept, left, by, has_checked=False)
    assert not Merge.objects.exists()


def test_two_running_applications_for_one_job_are_settled_first(stories, kept, left, by):
    sheet = stories[0].another_sheet()
    mine = ApplicationFactory(job_sheet=sheet, participant=kept)
    theirs = ApplicationFactory(job_sheet=sheet, participant=left)
    (reason,) = why_not_merge(kept, left)
    assert reason == (
        f"Les deux dossiers sont proposés pour «\u00a0{sheet.title}\u00a0»\u00a0: retirez ou refusez d’abord "
        "l’une des deux candidatures."
    )
    Application.objects.filter(pk=mine.pk).update(status="WITHDRAWN", decline_reason="OTHER")
    assert "gardez plutôt l’autre dossier" in why_not_merge(kept, left)[0]
    with pytest.raises(Refused):
        merge(kept, left, by)

    merged = merge(left, kept, by)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.participant, theirs.participant) == (kept, left), "the one that is over stays apart"
    assert str(mine.pk) in {
        title.rsplit("\u00a0", 1)[1] for title in titles(everything_about(left, at=NOW), "application")
    }
    part_files(merged, by=by, at=LATER)


def titles(data, name):
    return [row.title for part in data.parts if part.name == name for row in part.records]


def test_a_structure_that_must_still_answer_for_both_is_waited_for(stories, kept, left, by):
    sheet = stories[0].another_sheet()
    SuggestionFactory(job_sheet=sheet, participant=kept)
    asked = SuggestionFactory(job_sheet=sheet, participant=left)
    (reason,) = why_not_merge(kept, left)
    assert f"{asked.organisation} doit encore dire si elle propose" in reason


def test_a_request_that_waits_in_each_file_is_answered_first(kept, left, by):
    RightsRequestFactory(participant=kept, service=kept.service)
    (reason,) = why_not_merge(kept, left)
    assert "attend une réponse dans chaque dossier" in reason


def test_the_same_trade_and_structure_are_held_once(kept, left, by):
    mine, theirs = kept.trades.get(), left.trades.get()
    assert mine.rome == theirs.rome
    other = ParticipantTradeFactory(participant=left, rome=RomeJobFactory(code="N1103"))
    merge(kept, left, by)
    assert set(kept.trades.all()) == {mine, other}
    assert left.trades.get() == theirs
    assert kept.supports.count() == left.supports.count() == 1


def test_a_limited_file_limits_the_one_kept(kept, left, by):
    Participant.objects.filter(pk=left.pk).update(restricted_at=NOW)
    merged = merge(kept, fresh(left), by)
    assert fresh(kept).restricted_at == NOW
    part_files(merged, by=by, at=LATER)
    assert (fresh(kept).restricted_at, fresh(left).restricted_at) == (None, NOW)


def test_neither_the_same_file_nor_another_service_nor_an_anonymised_one(kept, left, by):
    assert why_not_merge(kept, kept) == ["Choisissez deux dossiers différents."]
    assert why_not_merge(kept, ParticipantFactory()) == ["Choisissez deux dossiers différents."]
    Participant.objects.filter(pk=left.pk).update(anonymised_at=NOW)
    assert "anonymisé" in why_not_merge(kept, fresh(left))[0]


def test_merged_twice_the_last_is_parted_first(kept, left, by):
    third = ParticipantFactory(service=kept.service, first_name="Marie", last_name="Durant")
    InformationGivenFactory(participant=third)
    before = everything_stored()
    first = merge(kept, left, by)
    second = merge(third, fresh(kept), by, at=LATER)
    assert set(Merge.objects.filter(kept=third).values_list("left", flat=True)) == {kept.pk, left.pk}
    assert third.placements.count() == 2

    first.refresh_from_db()
    assert why_not_part(first) == ["Séparez d’abord la fusion du 16 septembre 2026, faite après celle-ci."]
    with pytest.raises(Refused):
        part_files(first, by=by, at=LATER)
    part_files(second, by=by, at=LATER)
    first.refresh_from_db()
    part_files(first, by=by, at=LATER)
    assert everything_stored() == before


def test_a_hire_since_follows_its_application_and_the_rest_stays(stories, kept, left, by):
    sheet = stories[0].another_sheet()
    theirs = ApplicationFactory(job_sheet=sheet, participant=left)
    merged = merge(kept, left, by)
    hire = PlacementFactory(service=kept.service, participant=kept, application=theirs)
    since = SupportFactory(participant=kept)
    part_files(merged, by=by, at=LATER)
    hire.refresh_from_db()
    since.refresh_from_db()
    assert (hire.participant, since.participant) == (left, kept)


def test_the_journal_tells_both_acts_with_numbers_and_no_name(kept, left, by):
    part_files(merge(kept, left, by, take=["email"]), by=by, at=LATER)
    merged, parted = Entry.objects.filter(verb__in=["participant.merged", "participant.parted"]).order_by(
        "pk"
    )
    assert (merged.about_id, merged.details["left"], merged.details["taken"]) == (kept.pk, left.pk, ["email"])
    assert merged.details["moved"]["hours.Placement"] == 1
    assert (parted.about_id, parted.details) == (kept.pk, {"left": left.pk})
    written = repr([merged.details, merged.about_label, parted.details, parted.about_label])
    assert "Durand" not in written
    assert "exemple.fr" not in written


def test_everything_held_on_the_person_holds_both_files(kept, left, by):
    acts = len(everything_about(left, at=NOW).deeds)
    merge(kept, left, by)
    told = everything_about(kept, at=NOW)
    assert len(titles(told, "participant")) == 2
    assert len(titles(told, "ledgerentry")) == 2
    assert len(titles(told, "merge")) == len(titles(told, "resemblance")) == 1
    assert "2 rue du Lin" in as_json(told)
    assert "marie@exemple.fr" in as_json(told)
    assert len(told.deeds) > acts


def test_retention_knows_one_person_and_erases_both_files(kept, left, by):
    merge(kept, left, by)
    contacts = last_contacts(service=kept.service_id)
    assert left.pk not in contacts
    assert kept.pk in contacts
    found = terms(kept.service, on=LONG_AFTER.date())
    assert [term.participant for term in found] == [kept]

    anonymise(kept, by=Actor(None, kept.service), at=LONG_AFTER)
    for person in (fresh(kept), fresh(left)):
        assert str(person) == "Personne anonymisée"
        assert person.email == person.address == person.phone == ""
    assert not Resemblance.objects.exists()
    assert Placement.objects.filter(participant=kept).count() == 2
    assert why_not_part(Merge.objects.get()) == [
        "Le dossier a été anonymisé depuis\u00a0: il n’y a plus rien à séparer."
    ]


def test_figures_are_the_same_once_a_merged_person_is_anonymised(kept, left, by):
    merge(kept, left, by)
    before = yearly_figures(kept.service, 2026)
    anonymise(kept, by=Actor(None, kept.service), at=LONG_AFTER)
    assert yearly_figures(kept.service, 2026) == before


def test_hours_counted_since_are_those_of_the_work_contract(kept, left, by):
    """A correction entered while the files were one still follows its work contract once they are parted."""
    work = left.placements.get()
    merged = merge(kept, left, by)
    line = StatementLineFactory(
        statement__commitment=work.allocations.get().commitment,
        statement__month=date(2026, 5, 1),
        statement__validated=True,
        hours=100,
        worked_month=WorkedMonthFactory(placement=work, month=date(2026, 5, 1), hours=100),
    )
    LedgerEntryFactory(line=line, placement=work, participant=kept)
    part_files(merged, by=by, at=LATER)
    told = everything_about(fresh(left), at=NOW)
    assert len(titles(told, "ledgerentry")) == 2
    assert len(titles(everything_about(fresh(kept), at=NOW), "ledgerentry")) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_facilitators_at_once_one_merges_and_the_other_reads_why(stories, kept, left, by):
    """One merges the pair, the other the same pair the other way round, at the same moment."""
    third = ParticipantFactory(service=kept.service, first_name="Marie", last_name="Durant")
    together, said = threading.Barrier(3), []

    def try_to(pair):
        try:
            with every_service():
                together.wait(30)
                merge(*pair, by)
            said.append("merged")
        except Refused as refusal:
            said.extend(refusal.reasons)
        finally:
            connection.close()

    pairs = [(kept, left), (left, kept), (third, left)]
    threads = [threading.Thread(target=try_to, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with every_service():
        merges = list(Merge.objects.all())
        assert said.count("merged") == len(merges) >= 1
        assert set(said) == {
            "merged",
            "Ce dossier vient d’être réuni avec un autre. Relisez la liste des doublons.",
        }
        lefts = {one.left_id for one in merges}
        assert not lefts & {one.kept_id for one in merges}, "nobody is merged into a file that is gone"


def test_of_two_who_part_at_once_the_second_reads_why(kept, left, by):
    merged = merge(kept, left, by)
    same = Merge.objects.get(pk=merged.pk)
    part_files(merged, by=by, at=LATER)
    with pytest.raises(Refused, match="Quelqu’un d’autre vient de séparer"):
        part_files(same, by=by, at=LATER)
