"""Any table that a French program writes is read as the same rows of text."""

from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from tests.sheets import as_csv, as_ods, as_xlsx
from uneplace.kit.spreadsheets import UnreadableSheet, open_table

ROWS = [["Nom", "Prénom", "Heures"], ["Lefèvre", "Zoé", "151,67"], ["Nuñez", "Œdipe", "7h30"]]

XLS = (Path(settings.BASE_DIR) / "tests" / "data" / "classeurs" / "heures.xls").read_bytes()
"""Two sheets in the format of Excel 97: days, a number and a duration as Excel stores them."""


def read(content, name):
    with open_table(BytesIO(content), name, len(content)) as table:
        return [cells for _, cells in table.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"], ids=["point-virgule", "virgule", "tab", "barre"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_files_are_read_whatever_their_encoding_and_separator(encoding, separator):
    rows = ROWS if separator != "," else [[f'"{cell}"' for cell in row] for row in ROWS]
    assert read(as_csv(rows, encoding=encoding, separator=separator), "heures.csv") == ROWS


def test_latin_1_keeps_its_accents():
    rows = [row[:1] for row in ROWS[:2]] + [["Béranger"]]
    content = as_csv([[*row, "1"] for row in rows], encoding="latin-1")
    assert [cells[0] for cells in read(content, "h.csv")] == ["Nom", "Lefèvre", "Béranger"]


def test_decimal_commas_are_not_separators():
    content = as_csv([["Nom", "Heures"], ["A", "1,5"], ["B", "2,5"]], separator=";")
    assert read(content, "h.csv")[1] == ["A", "1,5"]


@pytest.mark.parametrize("make", [as_xlsx, as_ods], ids=["xlsx", "ods"])
def test_workbooks_are_read_with_their_accents(make):
    assert read(make(ROWS), f"heures.{make.__name__[3:]}") == ROWS


def test_an_old_excel_file_is_read_with_its_days_and_durations():
    with open_table(BytesIO(XLS), "HEURES.XLS", len(XLS)) as table:
        assert (table.sheet, table.other_sheets) == ("Heures", ("Barème",))
        assert list(table.rows) == [
            (1, ["Nom", "Prénom", "Mois", "Heures"]),
            (2, ["Lefèvre", "Zoé", "2026-10-31", "151.67"]),
            (3, ["Nuñez", "Œdipe", "2026-10-31", "151:40"]),
        ]


def test_cells_say_all_of_their_value():
    def act(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        lasting = book.add_format({"num_format": "[h]:mm"})
        sheet.write_datetime(0, 0, datetime(2026, 10, 31), day)
        sheet.write_datetime(0, 1, timedelta(hours=151, minutes=40), lasting)
        sheet.write_number(0, 2, 151.67)
        sheet.write_number(0, 3, 35)
        sheet.write_boolean(0, 4, True)
        sheet.write_formula(0, 5, "=C1*2", value=303.34)
        sheet.write_datetime(0, 6, time(7, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_string(0, 7, "  Zoé ")

    assert read(as_xlsx([], act=act), "h.xlsx") == [
        ["2026-10-31", "151:40", "151.67", "35", "VRAI", "303.34", "7:30", "Zoé"]
    ]


def test_rows_keep_the_number_that_the_spreadsheet_shows():
    content = as_xlsx([[], [], ["Nom", "Heures"], ["A", 1]])
    with open_table(BytesIO(content), "h.xlsx", len(content)) as table:
        assert list(table.rows) == [(3, ["Nom", "Heures"]), (4, ["A", "1"])]


def test_a_merged_cell_gives_its_value_to_each_row():
    def act(book, sheet):
        sheet.merge_range(1, 0, 3, 0, "Lefèvre")

    rows = [["Nom", "Mois"], ["", "10/2026"], ["", "11/2026"], ["", "12/2026"], ["Autre", "10/2026"]]
    names = [cells[0] for cells in read(as_xlsx(rows, act=act), "h.xlsx")]
    assert names == ["Nom", "Lefèvre", "Lefèvre", "Lefèvre", "Autre"]


def test_the_first_sheet_that_shows_something_is_read_and_the_others_named():
    content = as_xlsx(ROWS, sheets=["Barème", "Notes"])
    with open_table(BytesIO(content), "h.xlsx", len(content)) as table:
        assert (table.sheet, table.other_sheets) == ("Heures", ("Barème", "Notes"))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        pytest.param(b"%PDF-1.7", "h.pdf", "Envoyez un fichier Excel", id="autre sorte"),
        pytest.param(b"", "h.csv", "est vide", id="vide"),
        pytest.param(b"bonjour", "h.xlsx", "pas un classeur", id="faux classeur"),
        pytest.param(b"PK\x03\x04" + b"x" * 500, "h.ods", "pas un classeur", id="archive abîmée"),
        pytest.param(XLS[:3000], "h.xls", "pas un classeur", id="xls coupé"),
        pytest.param(XLS[:512] + b"x" * 4_000, "h.xls", "pas un classeur", id="xls abîmé"),
        pytest.param(as_csv(ROWS, separator="\t"), "h.xls", "pas un classeur", id="texte nommé xls"),
        pytest.param(b"\x00\x01\x02\xff" * 100, "h.csv", "n’en est pas un", id="faux texte"),
        pytest.param(b'a;b\n"' + b"x" * 40_000, "h.csv", "guillemet", id="guillemet ouvert"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(content, name, sentence):
    with pytest.raises(UnreadableSheet, match=sentence):
        read(content, name)


def test_a_workbook_without_anything_is_refused():
    with pytest.raises(UnreadableSheet, match="aucune feuille remplie"):
        read(as_xlsx([]), "h.xlsx")


def test_two_cells_at_the_ends_of_a_sheet_do_not_take_the_memory():
    def act(book, sheet):
        sheet.write(0, 0, "Nom")
        sheet.write(1_048_575, 16_383, "Heures")

    with pytest.raises(UnreadableSheet, match="trop lourd"):
        read(as_xlsx([], act=act), "h.xlsx")
