"""Acts written before signatures: those that named a person no longer do, and all are signed."""

from django.db import migrations

from uneplace.journal.chain import sign_entry

NAMED = {
    *("organisation", "user", "membership", "contract", "lot", "clause", "commitment"),
    *("jobsheet", "statement", "penaltycase", ""),
}
WORDS = {"participant": "Personne", "application": "Candidature", "placement": "Contrat de travail"}
FREE_WORDS = {"statement.returned", "application.shortlisted"}  # reasons that may name somebody


def sign(apps, schema_editor):
    Entry = apps.get_model("journal", "Entry")
    schema_editor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.about_kind not in NAMED:
            word = WORDS.get(entry.about_kind, entry.about_kind.capitalize())
            entry.about_label = f"{word} n°\u00a0{entry.about_id}"
        if entry.verb in FREE_WORDS:
            entry.reason = ""
        entry.mac = sign_entry(entry)
        entry.save(update_fields=["about_label", "reason", "mac"])
    schema_editor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only")


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_seals")]

    operations = [migrations.RunPython(sign, migrations.RunPython.noop)]
