from io import BytesIO

import pikepdf
import pytest

from tests.files import DOCX, JPEG, ODT, PNG, archive, pdf
from uneplace.kit.uploads import CV_LIMIT, FileRefused, check_file, tidy_name


def with_script_at_opening(document):
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def with_script_deep_inside(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(AA=pikepdf.Dictionary(E=action))])


def with_file_inside(document):
    document.attachments["facture.exe"] = b"MZ"


def with_program_to_launch(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))


def check(name, content, size=None):
    return check_file(BytesIO(content), name, len(content) if size is None else size)


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("cv.pdf", pdf(), ".pdf"),
        ("CV.PDF", pdf(), ".pdf"),
        ("cv.docx", archive(**DOCX), ".docx"),
        ("cv.odt", archive(**ODT), ".odt"),
        ("cv.png", PNG, ".png"),
        ("cv.jpeg", JPEG, ".jpg"),
        ("CV.JPEG", JPEG, ".jpg"),
    ],
)
def test_a_cv_is_kept_under_the_extension_of_what_it_is(name, content, extension):
    assert check(name, content).extension == extension


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("cv.exe", b"MZ", "PDF, DOCX, ODT, JPEG ou PNG", id="extension"),
        pytest.param("cv", b"%PDF-1.7", "PDF, DOCX, ODT, JPEG ou PNG", id="sans extension"),
        pytest.param("cv.pdf", b"", "vide", id="vide"),
        pytest.param("cv.pdf", b"MZ\x90", "porte le nom d’un PDF", id="programme nommé PDF"),
        pytest.param("cv.pdf", b"%PDF-1.7\nrien", "abîmé", id="PDF abîmé"),
        pytest.param(
            "cv.pdf",
            pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
            "mot de passe",
            id="PDF à mot de passe",
        ),
        pytest.param(
            "cv.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="")), "protégé", id="PDF restreint"
        ),
        pytest.param("cv.pdf", pdf(with_script_at_opening), "contient un programme", id="JavaScript"),
        pytest.param("cv.pdf", pdf(with_script_deep_inside), "contient un programme", id="JavaScript caché"),
        pytest.param("cv.pdf", pdf(with_program_to_launch), "contient un programme", id="commande à lancer"),
        pytest.param("cv.pdf", pdf(with_file_inside), "contient d’autres fichiers", id="fichier joint"),
        pytest.param("cv.docx", PNG, "porte le nom d’un DOCX", id="image nommée DOCX"),
        pytest.param("cv.docx", archive(**ODT), "porte le nom d’un DOCX", id="ODT nommé DOCX"),
        pytest.param("cv.docx", b"PK\x03\x04rien", "abîmé", id="archive abîmée"),
        pytest.param(
            "cv.docx", archive(**DOCX, **{"word__vbaProject.bin": "x"}), "macros", id="DOCX à macros"
        ),
        pytest.param(
            "cv.odt",
            archive(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
            "porte le nom d’un ODT",
            id="tableur nommé ODT",
        ),
        pytest.param(
            "cv.odt", archive(**ODT, **{"Basic__Standard__m.xml": "x"}), "macros", id="ODT à macros"
        ),
        pytest.param("cv.png", JPEG, "porte le nom d’un PNG", id="JPEG nommé PNG"),
        pytest.param("cv.jpg", PNG, "porte le nom d’un JPEG", id="PNG nommé JPEG"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(name, content, words):
    with pytest.raises(FileRefused, match=words):
        check(name, content)


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(FileRefused, match="5\u00a0Mo"):
        check("cv.pdf", b"", size=CV_LIMIT + 1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/CV de Nouria.pdf", "CV de Nouria.pdf"),
        ("C:\\Mes documents\\cv.pdf", "cv.pdf"),
        ("cv\r\nSet-Cookie: a.pdf", "cvSet-Cookie: a.pdf"),
        ("é" * 200 + ".pdf", "é" * 116 + ".pdf"),
        ("...", "fichier"),
        ("a." + "b" * 200, "a." + "b" * 118),
    ],
)
def test_the_name_that_is_shown_is_tidy(name, shown):
    assert tidy_name(name) == shown
