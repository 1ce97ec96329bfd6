"""DOCX and ODT files that would run something, fetch something, or bring another file along."""

import pytest

from tests.files import DOCX, ODT, archive
from tests.kit.test_uploads import check
from uneplace.kit.uploads import FileRefused

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACROS, INSIDE, FETCHES = "macros", "d’autres fichiers", "va chercher"
# Every document of LibreOffice declares the vocabulary of scripts, and has this empty element.
ODT_ROOT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><office:scripts/>{}</office:document-content>'
)


def odt(inside: str, **others: str) -> bytes:
    return archive(**ODT | {"content.xml": ODT_ROOT.format(inside)}, **others)


def docx(inside: str, **others: str) -> bytes:
    text = f'<w:document xmlns:w="w" xmlns:o="o">{inside}</w:document>'
    return archive(**DOCX | {"word__document.xml": text}, **others)


def relation(kind: str, target: str) -> dict[str, str]:
    text = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )
    return {"word___rels__document.xml.rels": text}


def field(*instructions: str) -> str:
    pieces = "".join(
        one if one.startswith("<") else f"<w:instrText>{one}</w:instrText>" for one in instructions
    )
    return f'<w:fldChar w:fldCharType="begin"/>{pieces}<w:fldChar w:fldCharType="end"/>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(
            odt('<script:event-listener script:language="ooo:script" xlink:href="#a"/>'),
            MACROS,
            id="écouteur d’événement",
        ),
        pytest.param(
            odt('<s:event-listener xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0"/>'),
            MACROS,
            id="écouteur sous un autre préfixe",
        ),
        pytest.param(
            odt('<text:a xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic">ici</text:a>'),
            MACROS,
            id="lien vers une macro",
        ),
        pytest.param(odt("", **{"Object 2__Basic__m.xml": "<a/>"}), MACROS, id="macros d’un objet"),
        pytest.param(odt("", **{"basic__Standard__m.xml": "<a/>"}), MACROS, id="basic en minuscules"),
        pytest.param(odt("", **{"Object 1": "x"}), INSIDE, id="objet OLE"),
        pytest.param(odt("", **{"ObjectReplacements__Object 1": "x"}), INSIDE, id="image d’un objet"),
        pytest.param(
            odt('<draw:image xlink:href="https://evil.example/suivi.png"/>'), FETCHES, id="image lointaine"
        ),
        pytest.param(odt('<draw:image xlink:href="../ailleurs.png"/>'), FETCHES, id="image à côté"),
        pytest.param(odt('<draw:image xlink:href="\\\\evil\\a.png"/>'), FETCHES, id="image d’un partage"),
        pytest.param(
            odt(
                "",
                **{"meta.xml": ODT_ROOT.format('<meta:template xlink:href="https://evil.example/t.ott"/>')},
            ),
            FETCHES,
            id="modèle lointain",
        ),
        pytest.param(odt('<text:dde-connection-decl office:name="a"/>'), FETCHES, id="lien DDE"),
    ],
)
def test_an_odt_that_acts_is_refused(content, words):
    with pytest.raises(FileRefused, match=words):
        check("cv.odt", content)


def test_an_odt_of_everyday_is_taken():
    assert check(
        "cv.odt",
        odt(
            '<form:form form:name="Form" xlink:href=""/>'
            '<draw:image xlink:href="Pictures/portrait.png"/><draw:a xlink:href="https://exemple.fr"/>'
            '<text:a xlink:href="mailto:nouria@exemple.fr">Nouria</text:a>',
            Pictures__portrait="x",
        ),
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(docx("", **relation("oleObject", "objects/a.bin")), INSIDE, id="objet OLE"),
        pytest.param(docx("", **relation("aFChunk", "a.html")), INSIDE, id="page incluse"),
        pytest.param(docx("", **relation("control", "a.xml")), MACROS, id="contrôle"),
        pytest.param(docx("<o:OLEObject/>"), INSIDE, id="élément OLE"),
        pytest.param(docx(field("DDEAUTO c:\\\\cmd.exe /k")), FETCHES, id="DDEAUTO"),
        pytest.param(docx(field(" DD", "E", " Excel a.xls")), FETCHES, id="DDE en morceaux"),
        pytest.param(docx(field("D", field(" PAGE "), "DEAUTO c:\\\\cmd")), FETCHES, id="DDEAUTO mêlé"),
        pytest.param(docx(field('"DDEAUTO" c:\\\\cmd')), FETCHES, id="DDEAUTO entre guillemets"),
        pytest.param(docx(field("QUOTE 68 68 69")), FETCHES, id="DDE en nombres"),
        pytest.param(docx('<w:fldSimple w:instr=" DDEAUTO c:\\\\cmd"/>'), FETCHES, id="champ simple"),
        pytest.param(docx(field("INCLUDEPICTURE https://evil.example/a.png")), FETCHES, id="image lointaine"),
    ],
)
def test_a_docx_that_acts_is_refused(content, words):
    with pytest.raises(FileRefused, match=words):
        check("cv.docx", content)


def test_a_docx_of_everyday_is_taken():
    page = field(" PAGE ") + field(' HYPERLINK "https://exemple.fr/dde" ') + field(" TOC \\o ")
    assert check(
        "cv.docx", docx(page + '<w:fldSimple w:instr=" DATE "/>', **relation("image", "media/a.png"))
    )
