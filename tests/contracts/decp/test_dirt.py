"""One fault at a time, in a record otherwise sound: what is kept, and what is said."""

import json
from datetime import date
from decimal import Decimal

import pytest

from uneplace.contracts.decp import Level, Party, read

from .samples import BUYER, COMPANY, PARTNER, record_1x, record_2x, row


def read_json(content):
    return read(json.dumps(content).encode())


def read_1x(**changes):
    return read_json({"marches": [record_1x(**changes)]})


def test_a_sound_record_has_no_fault():
    for content in ({"marches": [record_1x()]}, {"marches": {"marche": [record_2x()]}}, [row()]):
        reading = read_json(content)
        assert (reading.read, reading.rejected, reading.findings) == (1, 0, ())


HOLDER = {"typeIdentifiant": "SIRET", "denominationSociale": "Les Haies Vives"}


@pytest.mark.parametrize(
    ("written", "kept", "siret", "says"),
    [
        pytest.param("732 829 320 00074", COMPANY, COMPANY, None, id="avec des espaces"),
        pytest.param(
            " 732\u00a0829\u202f320 00074 ", COMPANY, COMPANY, None, id="avec des espaces insécables"
        ),
        pytest.param(73282932000074, COMPANY, COMPANY, None, id="écrit en nombre"),
        pytest.param("732829320", "732829320", None, "9 chiffres, comme un SIREN", id="un SIREN"),
        pytest.param("7328293200007", "7328293200007", None, "compte 13 chiffres", id="13 chiffres"),
        pytest.param("73282932000075", "73282932000075", None, "clé de contrôle est fausse", id="clé fausse"),
        pytest.param("0" * 14, "0" * 14, None, "clé de contrôle est fausse", id="des zéros"),
        pytest.param("INCONNU", "INCONNU", None, "n’est pas un SIRET", id="des lettres"),
    ],
)
def test_an_identifier_that_claims_to_be_a_siret(written, kept, siret, says):
    reading = read_1x(titulaires=[{"id": written, **HOLDER}])
    (holder,) = reading.records[0].holders
    assert (holder.identifier, holder.siret, holder.name) == (kept, siret, "Les Haies Vives")
    if says is None:
        assert reading.findings == ()
    else:
        (finding,) = reading.findings
        assert says in finding.message
        assert (finding.level, finding.path) == (Level.WARNING, "marches[0].titulaires[0].id")
        assert finding.record == f"{BUYER}/2019000100"


def test_an_identifier_of_another_kind_is_not_checked_as_a_siret():
    reading = read_1x(titulaires=[{"typeIdentifiant": "TVA", "id": "DE814864138"}])
    assert reading.records[0].holders == (Party("DE814864138", "TVA"),)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("2018-12-17", date(2018, 12, 17), id="un jour"),
        pytest.param("2018-12-17+01:00", date(2018, 12, 17), id="avec un fuseau"),
        pytest.param("2018-12-17Z", date(2018, 12, 17), id="avec Z"),
        pytest.param("2018-12-17T09:30:00", date(2018, 12, 17), id="avec une heure"),
        pytest.param("2018-12-17T23:30:00Z", date(2018, 12, 18), id="déjà demain à Paris"),
        pytest.param("17/12/2018", date(2018, 12, 17), id="à la française"),
    ],
)
def test_a_date(written, kept):
    reading = read_1x(dateNotification=written)
    assert reading.records[0].notified_on == kept
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("field", "written", "attribute", "kept", "says"),
    [
        pytest.param("dateNotification", "2018-13-40", "notified_on", None, "pas une date", id="mois 13"),
        pytest.param("dateNotification", "0018-02-01", "notified_on", None, "pas une date", id="an 18"),
        pytest.param("dateNotification", "bientôt", "notified_on", None, "pas une date", id="un mot"),
        pytest.param("montant", "45 000,50 €", "amount", Decimal("45000.50"), None, id="montant français"),
        pytest.param("montant", "45000.5", "amount", Decimal("45000.50"), None, id="montant en texte"),
        pytest.param("montant", 45000.125, "amount", Decimal("45000.13"), None, id="au centime"),
        pytest.param("montant", 4.85, "amount", Decimal("4.85"), "Montant de 4,85\u00a0€", id="tout petit"),
        pytest.param("montant", 0, "amount", Decimal("0.00"), "Montant de 0\u00a0€", id="zéro euro"),
        pytest.param("montant", -3, "amount", None, "Montant impossible", id="négatif"),
        pytest.param("montant", 1e30, "amount", None, "pas un nombre", id="démesuré"),
        pytest.param("montant", 2e11, "amount", None, "Montant impossible", id="deux cents milliards"),
        pytest.param("montant", "beaucoup", "amount", None, "pas un nombre", id="un mot pour montant"),
        pytest.param("montant", None, "amount", None, "Montant absent", id="sans montant"),
        pytest.param("dateNotification", None, "notified_on", None, "notification absente", id="sans date"),
        pytest.param("dureeMois", "12", "duration_months", 12, None, id="durée en texte"),
        pytest.param("dureeMois", 1.5, "duration_months", 2, "arrondie à 2 mois", id="un mois et demi"),
        pytest.param("dureeMois", 0, "duration_months", None, "Durée impossible", id="aucun mois"),
        pytest.param("dureeMois", 99999, "duration_months", None, "Durée impossible", id="des siècles"),
        pytest.param("codeCPV", "77310000", "cpv", "77310000", None, id="CPV sans clé"),
        pytest.param("codeCPV", "77310000-6", "cpv", "77310000-6", None, id="CPV avec clé"),
        pytest.param("codeCPV", "3451200", "cpv", "3451200", "n’est pas un code CPV", id="CPV trop court"),
        pytest.param(
            "procedure", "Gré à gré", "procedure", "Gré à gré", "nomenclature", id="procédure inconnue"
        ),
        pytest.param(
            "procedure", "appel d’offres ouvert", "procedure", "Appel d'offres ouvert", None, id="casse"
        ),
        pytest.param("nature", ["Marché"], "nature", "", "Texte attendu", id="liste pour un mot"),
        pytest.param("objet", "Haies\n et\tmares\x00", "object", "Haies et mares", None, id="espaces et nul"),
        pytest.param("id", 2019000100, "id", "2019000100", None, id="numéro en nombre"),
    ],
)
def test_a_value(field, written, attribute, kept, says):
    reading = read_1x(**{field: written})
    assert getattr(reading.records[0], attribute) == kept
    messages = [finding.message for finding in reading.findings]
    assert len(messages) == (0 if says is None else 1)
    assert says is None or says in messages[0]


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        pytest.param("14118", "Code commune", None, id="commune"),
        pytest.param("2A004", "Code commune", None, id="commune de Corse"),
        pytest.param("14", "Code département", None, id="département"),
        pytest.param("INO", "Code postal", "« INO » n’est pas un code postal", id="des lettres"),
        pytest.param("14", "Code postal", "« 14 » n’est pas un code postal", id="un département"),
        pytest.param("460000", "Code postal", "« 460000 » n’est pas un code postal", id="six chiffres"),
    ],
)
def test_a_place(code, kind, says):
    reading = read_1x(lieuExecution={"code": code, "typeCode": kind, "nom": "Quelque part"})
    record = reading.records[0]
    assert (record.place_code, record.place_kind, record.place_name) == (code, kind, "Quelque part")
    messages = [finding.message.replace("\u00a0", " ") for finding in reading.findings]
    assert [says in message for message in messages] == ([] if says is None else [True])


@pytest.mark.parametrize(
    ("changes", "path", "says"),
    [
        pytest.param({"id": None}, "marches[0].id", "sans numéro", id="sans numéro"),
        pytest.param({"id": "  "}, "marches[0].id", "sans numéro", id="numéro vide"),
        pytest.param(
            {"acheteur": None}, "marches[0].acheteur.id", "Acheteur sans identifiant", id="sans acheteur"
        ),
        pytest.param(
            {"acheteur": {"nom": "X"}}, "marches[0].acheteur.id", "sans identifiant", id="sans SIRET"
        ),
        pytest.param({"acheteur": "X"}, "marches[0].acheteur.id", "sans identifiant", id="acheteur en texte"),
        pytest.param({"objet": None}, "marches[0].objet", "sans objet", id="sans objet"),
        pytest.param({"objet": "\x00"}, "marches[0].objet", "sans objet", id="objet illisible"),
    ],
)
def test_an_unusable_record_is_rejected_alone(changes, path, says):
    reading = read_json({"marches": [record_1x(**changes), record_1x(id="2019000200", montant=61000)]})
    assert [record.id for record in reading.records] == ["2019000200"]
    assert (reading.read, reading.rejected) == (2, 1)
    (finding,) = reading.findings
    assert (finding.level, finding.path) == (Level.ERROR, path)
    assert says in finding.message


def test_an_entry_that_is_no_record_is_rejected_alone():
    reading = read_json({"marches": ["un texte", record_1x(), 12]})
    assert (reading.read, reading.rejected, len(reading.records)) == (3, 2, 1)
    assert [finding.path for finding in reading.findings] == ["marches[0]", "marches[2]"]


def test_a_contract_without_holder():
    reading = read_1x(titulaires=None)
    assert reading.records[0].holders == ()
    assert [finding.message for finding in reading.findings] == ["Marché sans titulaire."]


def test_a_holder_without_identifier_is_not_made_up():
    reading = read_1x(titulaires=[{"denominationSociale": "Les Haies Vives"}, {"id": PARTNER}])
    assert [holder.identifier for holder in reading.records[0].holders] == [PARTNER]
    assert "Titulaire sans identifiant" in reading.findings[0].message


def test_a_budget_is_no_buyer():
    reading = read_1x(acheteur={"id": BUYER, "nom": "BUDGET PRINCIPAL"})
    assert reading.records[0].buyer.name == ""
    assert "nom d’un budget" in reading.findings[0].message


@pytest.mark.parametrize(
    "written",
    [
        pytest.param({"considerationSociale": ["Clause sociale", "Critère social"]}, id="2.x"),
        pytest.param([{"considerationSociale": "Clause sociale"}, "Critère social"], id="mêlé"),
        pytest.param("Clause sociale, Critère social", id="à plat"),
        pytest.param("['clause sociale', 'critère social']", id="liste en texte"),
    ],
)
def test_social_considerations(written):
    reading = read_1x(considerationsSociales=written)
    assert reading.records[0].social_considerations == ("Clause sociale", "Critère social")
    assert reading.findings == ()


@pytest.mark.parametrize(
    "written",
    [
        pytest.param([{"id": COMPANY}, {"id": PARTNER}], id="1.x"),
        pytest.param([{"titulaire": {"id": COMPANY}}, {"titulaire": {"id": PARTNER}}], id="2.x"),
        pytest.param({"titulaire": [{"id": COMPANY}, {"id": PARTNER}]}, id="emballé dehors"),
        pytest.param([{"titulaire": [{"id": COMPANY}]}, None, {"id": PARTNER}], id="mêlé"),
    ],
)
def test_lists_of_holders_however_wrapped(written):
    reading = read_1x(titulaires=written)
    assert [holder.identifier for holder in reading.records[0].holders] == [COMPANY, PARTNER]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("oui", True), ("non", False), (True, True), (False, False), ("CDL", None), (None, None)],
)
def test_yes_and_no(written, kept):
    reading = read_json([row(soustraitancedeclaree=written)])
    assert reading.records[0].subcontracting_declared is kept
