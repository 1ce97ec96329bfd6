"""The journal cannot be changed by the application, and whoever changes it from above is found."""

import json
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django import app as queue

from tests.factories import OrganisationFactory, actor_for
from tests.journal.forging import as_superuser, entry_ids, sql, write_journal
from tests.offers.scene import NOW
from tests.plugin.mailbox import text_of
from uneplace.journal import witness
from uneplace.journal.actions import record
from uneplace.journal.chain import Broken, seal_entries
from uneplace.journal.models import Entry, Seal
from uneplace.journal.verify import verify
from uneplace.organisations.tasks import verify_journal

LATER = NOW + timedelta(hours=1)


def journal(*arguments):
    """What the command answers, and its exit code."""
    said = StringIO()
    try:
        call_command("journal", *arguments, stdout=said)
    except SystemExit as end:
        return said.getvalue(), end.code
    except CommandError as error:
        return str(error), error.returncode
    return said.getvalue(), 0


@pytest.mark.django_db
class TestSealing:
    def test_each_act_is_signed_and_in_one_seal(self):
        write_journal(batches=3, acts=5)

        seals = list(Seal.objects.order_by("number"))
        assert [seal.number for seal in seals] == [1, 2, 3]
        assert sorted(pk for seal in seals for pk in seal.entries) == entry_ids()
        assert [seal.previous for seal in seals] == ["", seals[0].mac, seals[1].mac]
        assert verify().is_whole

    def test_nothing_to_seal_makes_no_seal(self):
        write_journal(batches=1, acts=2)

        assert seal_entries(at=LATER) == 0
        assert Seal.objects.count() == 1

    def test_the_number_of_an_act_that_was_never_written_is_no_fault(self):
        actor = write_journal(batches=1, acts=2)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record("clause.revised", about=actor.organisation, by=actor, at=NOW)
            raise ZeroDivisionError
        last = record("clause.revised", about=actor.organisation, by=actor, at=NOW).pk
        seal_entries(at=LATER)

        assert last - 1 not in entry_ids()
        assert verify().is_whole

    def test_what_a_signature_covers_is_read_back_as_it_was_written(self):
        actor = actor_for(OrganisationFactory(service=True, name="L’Œuvre «\u00a0Sud\u00a0» 𝄞"))
        details = {"b": [1, {"z": None, "a": True}], "a": "1e3", "ids": (1, 2), "big": 10**25}
        record("clause.revised", about=actor.organisation, by=actor, at=NOW, **details)

        assert verify().is_whole
        with pytest.raises(TypeError, match="float"):
            record("clause.revised", about=actor.organisation, by=actor, at=NOW, share=0.5)

    def test_an_older_key_still_checks_what_it_signed(self, settings):
        write_journal(batches=1, acts=2)
        settings.JOURNAL_KEYS = [*settings.JOURNAL_KEYS, "une clé plus récente"]
        write_journal(batches=1, acts=2)

        assert verify().is_whole
        assert len({mac.split(":")[0] for mac in Entry.objects.values_list("mac", flat=True)}) == 2
        assert Seal.objects.count() == 2

    def test_the_worker_seals_each_minute_and_verifies_each_night(self):
        known = {task.task.name: task.cron for task in queue.periodic_registry.periodic_tasks.values()}
        assert known["uneplace.journal.tasks.seal_journal"] == "* * * * *"
        assert "uneplace.organisations.tasks.verify_journal" in known


@pytest.mark.django_db(transaction=True)
class TestAgainstOthers:
    def test_an_act_committed_late_is_in_the_next_seal(self):
        actor = actor_for(OrganisationFactory(service=True))
        written, sealed = threading.Event(), threading.Event()

        def slowly():
            with transaction.atomic():
                record("clause.revised", about=actor.organisation, by=actor, at=NOW)
                written.set()
                assert sealed.wait(30)
            connection.close()

        thread = threading.Thread(target=slowly)
        thread.start()
        assert written.wait(30)
        quick = record("clause.revised", about=actor.organisation, by=actor, at=NOW).pk
        assert seal_entries(at=NOW) == 1
        sealed.set()
        thread.join()
        assert seal_entries(at=LATER) == 1

        first, second = Seal.objects.order_by("number")
        assert first.entries == [quick]
        assert second.entries[0] < quick
        assert verify().is_whole

    @pytest.mark.parametrize("table", ["journal_entry", "journal_seal"])
    @pytest.mark.parametrize(
        "statement",
        ["UPDATE {} SET mac = ''", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"],
    )
    def test_the_application_has_no_right_to_change_it(self, table, statement):
        write_journal(batches=1, acts=1)
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            sql(statement.format(table))

    def test_a_row_inserted_without_the_key_is_found_even_with_the_rights_to_insert(self):
        write_journal(batches=1, acts=2)
        sql(
            """
            INSERT INTO journal_entry (at, verb, about_kind, about_label, user_name, organisation_name,
                                       on_behalf_of_name, reason, details, mac)
            SELECT at, verb, about_kind, about_label, user_name, organisation_name,
                   on_behalf_of_name, reason, details, mac FROM journal_entry ORDER BY id LIMIT 1
            """
        )
        assert verify().places == {("acte", entry_ids()[-1])}


@pytest.mark.django_db(transaction=True)
class TestTheCommand:
    def test_whole(self):
        write_journal(batches=2, acts=3, left=1)

        said, code = journal("verify")
        assert (code, said.strip()) == (0, "Journal entier : 7 acte(s), 2 scellé(s), 1 acte(s) à sceller.")
        assert Seal.objects.count() == 3, "what was left is sealed by the way"

    def test_altered_says_where(self):
        write_journal(batches=2, acts=3)
        edited, _, removed = entry_ids()[:3]
        with as_superuser():
            sql("UPDATE journal_entry SET user_name = 'Personne' WHERE id = %s", edited)
            sql("DELETE FROM journal_entry WHERE id = %s", removed)

        said, code = journal("verify")
        assert code == 1
        assert f"Acte n°\u00a0{edited}\u00a0: modifié, il est dans le scellé n°\u00a01." in said
        assert f"Acte n°\u00a0{removed}\u00a0: supprimé, il était dans le scellé n°\u00a01." in said
        told = json.loads(journal("verify", "--json")[0])
        assert [fault["number"] for fault in told["faults"]] == [edited, removed]
        assert told["whole"] is False

    def test_a_cut_tail_is_told_and_nothing_is_sealed_over_it(self):
        actor = write_journal(batches=3, acts=2)
        last = entry_ids()[-2:]
        with as_superuser():
            sql("DELETE FROM journal_entry WHERE id >= %s", last[0])
            sql("DELETE FROM journal_seal WHERE number = 3")
        record("clause.revised", about=actor.organisation, by=actor, at=LATER)

        said, code = journal("verify")
        assert code == 1
        acts = f"du n°\u00a0{last[0]} au n°\u00a0{last[1]}"
        assert f"Scellé n°\u00a03\u00a0: supprimé, avec ses 2 actes, {acts}." in said
        assert journal("seal")[1] == 1
        with pytest.raises(Broken):
            seal_entries(at=LATER)

    def test_a_restored_backup_is_accepted_once_somebody_says_why(self):
        actor = write_journal(batches=3, acts=2)
        with as_superuser():
            sql("DELETE FROM journal_entry WHERE id >= %s", entry_ids()[-2])
            sql("DELETE FROM journal_seal WHERE number = 3")

        assert journal("restored", "--reason", "Disque perdu, sauvegarde de la veille.")[1] == 0
        record("clause.revised", about=actor.organisation, by=actor, at=LATER)
        assert journal("seal")[1] == 0
        assert journal("verify")[1] == 0
        assert Seal.objects.order_by("-number").first().number == 3

    def test_without_the_key_nothing_can_be_said(self, settings):
        write_journal(batches=1, acts=2)
        settings.JOURNAL_KEYS = ["une autre clé"]

        said, code = journal("verify")
        assert code == 2
        assert "La clé avec laquelle le journal a été scellé" in said

    def test_a_witness_that_lags_or_was_cut_in_a_line_catches_up(self, settings):
        write_journal(batches=3, acts=2)
        path = Path(settings.JOURNAL_WITNESS)
        lines = path.read_text().splitlines(keepends=True)
        path.write_text(lines[0] + lines[1][:20])

        assert journal("seal")[1] == 0
        assert sorted(witness.seals_seen()) == [1, 2, 3]
        assert journal("verify")[1] == 0

    def test_a_new_key_is_added_after_the_others(self, settings, tmp_path):
        settings.JOURNAL_KEY_FILE = tmp_path / "journal_key"
        settings.JOURNAL_KEY_FILE.write_text("ancienne")

        assert journal("new-key")[1] == 0
        first, second = settings.JOURNAL_KEY_FILE.read_text().split()
        assert first == "ancienne"
        assert len(second) > 40


def test_those_who_run_the_installation_are_told_the_same_night(mailbox, settings):
    actor = write_journal(batches=1, acts=2)
    verify_journal.func(0)
    assert mailbox.messages == []
    with as_superuser():
        sql("UPDATE journal_entry SET verb = 'clause.opened'")

    verify_journal.func(0)
    (message,) = mailbox.to(actor.user.email)
    assert message["Subject"] == "Le journal des actes a été altéré"
    assert f"Acte n°\u00a0{entry_ids()[0]}" in text_of(message)
    settings.ADMIN_MAIL = "astreinte@exemple.fr"
    verify_journal.func(0)
    assert len(mailbox.to("astreinte@exemple.fr")) == 1
