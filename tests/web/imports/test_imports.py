"""A spreadsheet of hours, from the page where it is dropped to the statements and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import OrganisationFactory, actor_for
from tests.hours.import_scene import ADAM, ZOE
from tests.web.imports.conftest import a_file
from uneplace.hours.imports import running
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.models import HoursImport, Statement

pytestmark = pytest.mark.django_db

LIST = "/heures/imports/"
COLUMNS = {
    "c0": "LAST_NAME",
    "c1": "FIRST_NAME",
    "c2": "BORN_ON",
    "c3": "MONTH",
    "c4": "HOURS",
    "c5": "TRAINING",
}


def text_of(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def drop(client, *rows, **terms):
    """The file dropped; the import that it makes."""
    response = client.post(LIST, {"file": a_file(*rows, **terms)})
    assert response.status_code == 302, text_of(response)
    return HoursImport.objects.latest("pk")


def dropped_and_read(client, *rows):
    made = drop(client, *rows)
    assert client.post(reverse("imports:columns", args=[made.pk]), COLUMNS).status_code == 302
    made.refresh_from_db()
    return made


def accept(client, made, **more):
    return client.post(
        reverse("imports:accept", args=[made.pk]), {"shown": outcome_of(made).digest, **more}, follow=True
    )


def test_the_page_says_kinds_and_size(as_company):
    assert "Excel (xlsx, xls), LibreOffice (ods) ou CSV, 50 Mo au plus" in text_of(as_company.get(LIST))


def test_columns_are_proposed_from_the_headings_then_recognised(as_company):
    made = drop(as_company, ZOE)
    page = text_of(as_company.get(reverse("imports:columns", args=[made.pk])))
    assert '<option value="HOURS" selected>' in page
    assert "Lefèvre" in page
    as_company.post(reverse("imports:columns", args=[made.pk]), COLUMNS)
    other = drop(as_company, ADAM)
    assert "Colonnes reconnues" in text_of(as_company.get(reverse("imports:columns", args=[other.pk])))


def test_a_file_is_dropped_read_and_kept(scene, as_company):
    made = dropped_and_read(as_company, ZOE, ADAM, ["Inconnu", "Jean", "", "04/2026", "x", "", ""])
    page = text_of(as_company.get(made.get_absolute_url()))
    assert "2 lignes bonnes" in page
    assert "« x »" in page
    assert "Écrivez un nombre d’heures" in page
    assert "Lignes importées : 2." in text_of(accept(as_company, made))
    assert scene.lines() == {"Lefèvre": "151.67", "Ben Saïd": "70.50"}
    assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.DRAFT


def test_the_very_same_file_changes_nothing_and_says_so(as_company):
    made = dropped_and_read(as_company, ZOE)
    accept(as_company, made)
    again = as_company.post(LIST, {"file": a_file(ZOE)}, follow=True)
    assert "Ce fichier a déjà été importé le 15 juin 2026 : rien n’a changé." in text_of(again)
    assert HoursImport.objects.count() == 1


def test_a_name_that_may_be_several_people_is_asked_on_the_page(scene, as_company):
    other = scene.hire("Zoé", "Lefèvre")
    made = dropped_and_read(as_company, ["Lefèvre", "Zoé", "", "04/2026", "10", "", ""])
    page = text_of(as_company.get(made.get_absolute_url()))
    assert "Plusieurs personnes portent ce nom." in page
    assert "Importer 1" not in page
    doubt = made.doubts.get()
    rank = next(rank for rank, (placement, _) in enumerate(doubt.candidates) if placement == other.pk)
    as_company.post(reverse("imports:settle", args=[made.pk]), {f"d{doubt.pk}-answer": rank})
    assert made.lines.get().placement == other
    assert "Importer 1" in text_of(as_company.get(made.get_absolute_url()))


def test_a_choice_that_is_not_proposed_is_refused(scene, as_company):
    scene.hire("Zoé", "Lefèvre")
    made = dropped_and_read(as_company, ["Lefèvre", "Zoé", "", "04/2026", "10", "", ""])
    doubt = made.doubts.get()
    response = as_company.post(reverse("imports:settle", args=[made.pk]), {f"d{doubt.pk}-answer": "7"})
    assert response.status_code == 422
    assert made.lines.get().placement is None


def test_missing_columns_are_asked_for_and_what_was_told_is_kept(as_company):
    made = drop(as_company, ZOE)
    response = as_company.post(reverse("imports:columns", args=[made.pk]), {"c0": "LAST_NAME", "c4": "HOURS"})
    assert response.status_code == 422
    page = text_of(response)
    assert "laquelle le prénom" in page
    assert "le mois de tout le fichier" in page
    assert '<option value="HOURS" selected>' in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("heures.pdf", b"%PDF-1.7", "Envoyez un fichier Excel"),
        ("heures.xlsx", b"bonjour", "pas un classeur"),
        ("heures.csv", b"", "Ce fichier est vide"),
    ],
)
def test_a_file_that_is_no_table_is_refused_on_the_page(as_company, name, content, sentence):
    response = as_company.post(LIST, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not HoursImport.objects.exists()


def test_a_service_imports_the_file_of_a_declarant_without_account_and_whole_statements_leave(
    scene, as_service
):
    scene.company.memberships.update(ended_at="2026-05-01T08:00:00Z")
    response = as_service.post(LIST, {"file": a_file(ZOE, ADAM), "sender": scene.company.pk})
    made = HoursImport.objects.get()
    assert response.status_code == 302
    assert (made.sender, made.importer) == (scene.company, scene.service)
    as_service.post(reverse("imports:columns", args=[made.pk]), COLUMNS)
    made.refresh_from_db()
    accept(as_service, made, sends="on")
    assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.SUBMITTED


def test_what_a_service_imports_for_who_can_sign_in_stays_a_draft(scene, as_service):
    as_service.post(LIST, {"file": a_file(ZOE, ADAM), "sender": scene.company.pk})
    made = HoursImport.objects.get()
    as_service.post(reverse("imports:columns", args=[made.pk]), COLUMNS)
    made.refresh_from_db()
    accept(as_service, made, sends="on")
    assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.DRAFT
    assert scene.lines() == {"Lefèvre": "151.67", "Ben Saïd": "70.50"}


def test_an_import_is_undone_after_a_page_that_says_what_it_does(scene, as_company):
    made = dropped_and_read(as_company, ZOE)
    accept(as_company, made)
    undo = reverse("imports:undo", args=[made.pk])
    assert "1 ligne sera annulée" in text_of(as_company.get(undo))
    assert scene.lines() == {"Lefèvre": "151.67"}
    assert "les relevés sont comme avant" in text_of(as_company.post(undo, follow=True))
    assert scene.lines() == {}


def test_an_import_whose_statement_left_is_not_undone_and_says_why(scene, as_company):
    made = dropped_and_read(as_company, ZOE)
    accept(as_company, made)
    Statement.objects.update(version=9)
    undo = reverse("imports:undo", args=[made.pk])
    assert "quelqu’un a modifié ou envoyé le relevé d’avril 2026" in text_of(as_company.get(undo))
    assert as_company.post(undo).status_code == 409
    assert scene.lines() == {"Lefèvre": "151.67"}


def test_nothing_is_imported_when_one_gives_up(scene, as_company):
    made = dropped_and_read(as_company, ZOE)
    as_company.post(reverse("imports:drop", args=[made.pk]))
    made.refresh_from_db()
    assert made.status == HoursImport.Status.DROPPED
    assert scene.lines() == {}


def test_a_stranger_does_not_see_the_import(scene, as_company, client):
    made = dropped_and_read(as_company, ZOE)
    client.force_login(actor_for(OrganisationFactory(company=True)).user)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.post(reverse("imports:accept", args=[made.pk])).status_code == 404


def test_who_only_reads_imports_nothing(scene, as_company, client):
    made = dropped_and_read(as_company, ZOE)
    client.force_login(actor_for(scene.company, role="READER").user)
    assert "Lire le fichier" not in text_of(client.get(LIST))
    assert client.post(LIST, {"file": a_file(ZOE)}).status_code == 403
    for name in ("columns", "settle", "accept", "check", "undo", "drop"):
        assert client.post(reverse(f"imports:{name}", args=[made.pk])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_read_and_written_by_the_worker(scene, as_company, run_jobs):
    unknown = [["Inconnu de la liste", f"Jean numéro {n}", "", "04/2026", "1", "", ""] for n in range(5200)]
    made = dropped_and_read(as_company, ZOE, ADAM, *unknown)
    assert made.size > running.SHORT_FILE
    assert made.status == HoursImport.Status.READING
    page = as_company.get(made.get_absolute_url(), headers={"HX-Request": "true"})
    assert "Lecture en cours" in text_of(page)
    run_jobs()
    made.refresh_from_db()
    assert (made.status, made.lines_read) == (HoursImport.Status.READY, 5202)
    done = as_company.get(made.get_absolute_url(), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert "Écriture en cours" in text_of(accept(as_company, made))
    run_jobs()
    made.refresh_from_db()
    assert (made.status, made.lines_kept) == (HoursImport.Status.DONE, 2)
    assert scene.lines() == {"Lefèvre": "151.67", "Ben Saïd": "70.50"}


def test_who_imports_may_stop_the_reading_of_a_long_file(scene, as_company, client):
    made = dropped_and_read(as_company, ZOE)
    HoursImport.objects.update(status=HoursImport.Status.READING)
    client.force_login(actor_for(scene.company, role="READER").user)
    assert "Ne rien importer" not in text_of(client.get(made.get_absolute_url()))
    assert "Ne rien importer" in text_of(as_company.get(made.get_absolute_url()))
    as_company.post(reverse("imports:drop", args=[made.pk]))
    made.refresh_from_db()
    assert made.status == HoursImport.Status.DROPPED


def test_the_cost_of_the_page_does_not_grow_with_the_lines(scene, as_company, django_assert_max_num_queries):
    made = dropped_and_read(
        as_company, ZOE, ADAM, *[["Inconnu", f"J{n}", "", "04/2026", "1", "", ""] for n in range(60)]
    )
    with django_assert_max_num_queries(35):
        as_company.get(made.get_absolute_url())
