"""`uneplace rules`: the answers in order, the exit codes, what cannot be read."""

import io
import json

import pytest

from uneplace.rules.cases import Unreadable, read_cases, run

EXIT = {"id": "sortie", "rule": "exit_category", "facts": {"kind": "CDI"}}
WRONG = {"id": "sans durée", "rule": "exit_category", "facts": {"kind": "CDD"}}


@pytest.fixture
def cases(tmp_path):
    """A file of these cases."""

    def written(*listed):
        path = tmp_path / "cas.json"
        path.write_text(json.dumps({"cases": listed}), encoding="utf-8")
        return str(path)

    return written


def results(capfdbinary):
    return json.loads(capfdbinary.readouterr().out)["results"]


def test_every_case_is_answered_in_order(cases, capfdbinary):
    assert run([cases(EXIT, EXIT | {"id": "b"})]) == 0
    first, second = results(capfdbinary)
    assert [first["id"], second["id"]] == ["sortie", "b"]
    assert (first["rule"], first["category"], first["dynamic"]) == ("exit_category", "DURABLE", True)
    assert set(first["explanation"][0]) == {"text", "value", "source"}


def test_a_wrong_case_does_not_stop_the_others(cases, capfdbinary):
    assert run([cases(EXIT, WRONG, EXIT)]) == 1
    first, wrong, last = results(capfdbinary)
    assert wrong == {
        "id": "sans durée",
        "error": "Nombre de mois (months)\u00a0: la durée est nécessaire pour un CDD ou un CTT.",
    }
    assert first == last


def test_a_file_without_a_case_has_no_result(cases, capfdbinary):
    assert run([cases()]) == 0
    assert results(capfdbinary) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "JSON", id="vide"),
        pytest.param(b"{", "JSON", id="coupé"),
        pytest.param(b"\xff\xfe\xfa", "JSON", id="octets quelconques"),
        pytest.param(b"[]", "cases", id="une liste"),
        pytest.param(b"{}", "cases", id="sans cas"),
        pytest.param(b'{"cases": {}}', "cases", id="des cas qui ne sont pas une liste"),
        pytest.param(b'{"cases": [], "cases": []}', "deux fois", id="deux listes de cas"),
        pytest.param(b'{"cases": ' + b"[" * 200000, "uns dans les autres", id="un puits"),
    ],
)
def test_a_file_that_cannot_be_read(content, reason, tmp_path, capsys):
    path = tmp_path / "cas.json"
    path.write_bytes(content)
    assert run([str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"uneplace rules, {path}\u00a0: ")
    assert reason in told.err
    with pytest.raises(Unreadable):
        read_cases(content)


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert run([str(tmp_path / "rien.json")]) == 2
    assert run([str(tmp_path)]) == 2
    assert "rien.json" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["a.json", "b.json"]])
def test_one_file_is_asked_for(options, capsys):
    assert run(options) == 2
    assert "uneplace rules FICHIER" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(option, capsys):
    assert run([option]) == 0
    assert "uneplace rules FICHIER" in capsys.readouterr().out


def test_a_number_of_a_million_digits_is_refused_at_once(cases, tmp_path, capfdbinary):
    path = tmp_path / "cas.json"
    facts = '{"kind": "CDD", "months": ' + "9" * 10**6 + "}"
    path.write_text('{"cases": [{"id": "a", "rule": "exit_category", "facts": ' + facts + "}]}")
    assert run([str(path)]) == 1
    assert "60 signes" in results(capfdbinary)[0]["error"]


def test_half_a_letter_is_given_back_as_it_came(cases, capfdbinary):
    assert run([cases(EXIT | {"id": "\ud800"})]) == 0
    assert results(capfdbinary)[0]["id"] == "\ud800"


def test_a_mark_of_byte_order_is_no_matter(tmp_path):
    assert read_cases(b'\xef\xbb\xbf{"cases": [1]}') == [1]


def test_what_is_piped_is_read(monkeypatch, capfdbinary):
    piped = json.dumps({"cases": [EXIT]}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped)))
    assert run(["-"]) == 0
    assert results(capfdbinary)[0]["id"] == "sortie"


def test_results_are_compact_readable_and_one_a_line(cases, capfdbinary):
    assert run([cases(WRONG, WRONG)]) == 1
    told = capfdbinary.readouterr().out.decode()
    assert told.splitlines()[0] == '{"results":['
    assert told.splitlines()[1].startswith('{"id":"sans durée","error":"Nombre de mois (months)')
    assert told.splitlines()[3] == "]}"
    assert len(told.splitlines()) == 4


def test_what_is_wrong_with_a_file_is_said(tmp_path, capsys):
    path = tmp_path / "cas.json"
    run([str(path)])
    path.write_bytes(b"[]")
    run([str(path)])
    path.write_bytes(b"[" * 200000)
    run([str(path)])
    assert capsys.readouterr().err.replace("\u00a0", " ").splitlines() == [
        f"uneplace rules, {path} : No such file or directory",
        f"uneplace rules, {path} : un objet avec une liste « cases » est attendu.",
        f"uneplace rules, {path} : trop de listes ou d’objets les uns dans les autres.",
    ]
