"""Files made to harm whoever opens them, or the server that looks into them."""

import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from tests.files import DOCX, ODT, archive, pdf, picture
from tests.kit.test_uploads import check
from uneplace.kit.uploads import FileRefused

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
BILLION_LAUGHS = """<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>"""
OUTSIDE = """<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"""


def relation(kind, target="https://exemple.fr"):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def overlapping() -> bytes:
    """Two names of the directory lead to the same bytes."""
    content = bytearray(archive(**DOCX, a="x" * 50, b="y" * 50))
    last, one = content.rindex(b"PK\x01\x02"), content.rindex(b"PK\x01\x02", 0, content.rindex(b"PK\x01\x02"))
    content[last + 42 : last + 46] = content[one + 42 : one + 46]
    return bytes(content)


def deflated(name: str, size: int, **others: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in others.items():
            file.writestr(part.replace("__", "/"), text)
        with file.open(name, "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b"0" * 1_000_000)
    return out.getvalue()


def pdf_with_bomb() -> bytes:
    """A list of objects that inflates to 300 MB, read as soon as the file is opened."""
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    out = BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    content = out.getvalue()
    start = content.index(b"/ObjStm")
    begin, end = content.index(b"stream\n", start) + 7, content.index(b"endstream", start)
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    return content[:begin] + bomb + b"\n" + content[end:]


def pdf_of_lists(number: int, megabytes: int) -> bytes:
    """Lists of one object each, a few kilobytes that all inflate: the sum is what harms, not the largest."""
    out, rows = bytearray(b"%PDF-1.7\n"), [b"\0" * 6]

    def add(body: bytes) -> None:
        rows.append(b"\1" + len(out).to_bytes(4, "big") + b"\0")
        out.extend(b"%d 0 obj\n%s\nendobj\n" % (len(rows) - 1, body))

    add(b"<</Type/Catalog/Pages 2 0 R>>")
    add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>")
    for _ in range(number):
        head = b"%d 0 " % (len(rows) + 1)
        inflated = head + b"[" + b" " * (megabytes * 1_000_000) + b"]"
        data = zlib.compress(inflated, 9)
        heading = b"<</Type/ObjStm/N 1/First %d/Filter/FlateDecode/Length %d>>" % (len(head), len(data))
        add(heading + b"stream\n" + data + b"\nendstream")
        rows.append(b"\2" + (len(rows) - 1).to_bytes(4, "big") + b"\0")
    start, size = len(out), len(rows) + 1
    rows.append(b"\1" + start.to_bytes(4, "big") + b"\0")
    table = b"".join(rows)
    heading = b"<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>" % (size, len(table))
    add(heading + b"stream\n" + table + b"\nendstream")
    return bytes(out) + b"startxref\n%d\n%%%%EOF" % start


def with_stream_elsewhere(document):
    document.Root.Stuff = document.make_stream(b"", F=pikepdf.String("https://evil.example/x"))


def with_program_in_a_form(document):
    form = document.make_stream(b"<xdp><script>app.alert(1)</script></xdp>")
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=form)


def acting(**action):
    """A PDF that does this as soon as it is opened."""

    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(**action)

    return pdf(change)


def with_address_asked_at_each_page(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://evil.example/"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=document.make_indirect(action))


def with_address_asked_afterwards(document):
    then = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://evil.example/"))
    first = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array(), Next=pikepdf.Array([then]))
    document.Root.OpenAction = first


def with_actions_in_a_circle(document):
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array()))
    action.Next = action
    document.Root.OpenAction = action


def with_link_and_first_page(document):
    """What a word processor writes: a link that somebody may click on, and the page to show first."""
    page = document.pages[0].obj
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://exemple.fr"))
    page.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=link)])
    document.Root.OpenAction = pikepdf.Array([page, pikepdf.Name.Fit])


def pages(number):
    def add(document):
        for _ in range(number - 1):
            document.add_blank_page()

    return add


def png_of(width, height) -> bytes:
    """The head of a picture that claims a size, with hardly anything behind."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"0" * 9))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param(
            "cv.docx", archive(**DOCX | {"word__document.xml": BILLION_LAUGHS}), "dangereuses", id="entités"
        ),
        pytest.param(
            "cv.odt", archive(**ODT | {"content.xml": OUTSIDE}), "dangereuses", id="entité extérieure"
        ),
        pytest.param(
            "cv.docx", archive(**DOCX | {"word__document.xml": "<a>" * 5000}), "complexe", id="emboîtement"
        ),
        pytest.param("cv.docx", archive(**DOCX | {"word__document.xml": "<a>"}), "abîmé", id="XML coupé"),
        pytest.param(
            "cv.docx", archive(**DOCX, **{"..__..__etc__passwd": "x"}), "abîmé", id="nom qui remonte"
        ),
        pytest.param("cv.docx", archive(**DOCX, __etc__passwd="x"), "abîmé", id="nom absolu"),
        pytest.param("cv.docx", archive(**DOCX, **{"C:\\windows\\a": "x"}), "abîmé", id="nom de disque"),
        pytest.param(
            "cv.docx", archive(**DOCX, **{"word__embeddings__a.bin": "x"}), "d’autres fichiers", id="objet"
        ),
        pytest.param(
            "cv.odt", archive(**ODT, **{"Pictures__a.exe": "x"}), "d’autres fichiers", id="programme"
        ),
        pytest.param(
            "cv.odt", archive(**ODT, **{"a.zip": "x"}), "d’autres fichiers", id="archive dans l’archive"
        ),
        pytest.param(
            "cv.docx",
            archive(**DOCX, **{"word___rels__settings.xml.rels": relation(TEMPLATE)}),
            "va chercher",
            id="modèle lointain",
        ),
        pytest.param(
            "cv.docx",
            archive(**DOCX | {"[Content_Types].xml": '<a ContentType="x.macroEnabled.main+xml"/>'}),
            "macros",
            id="type à macros",
        ),
        pytest.param(
            "cv.docx", archive(**DOCX, **{f"a{n}": "" for n in range(2001)}), "complexe", id="2 000 parties"
        ),
        pytest.param("cv.docx", deflated("a.bin", 90_000_000, **DOCX), "complexe", id="90 Mo annoncés"),
        pytest.param("cv.docx", deflated("word/b.xml", 40_000_000, **DOCX), "complexe", id="40 Mo de XML"),
        pytest.param("cv.docx", overlapping(), "abîmé", id="parties superposées"),
        pytest.param("cv.pdf", pdf_with_bomb(), "abîmé", id="PDF qui enfle"),
        pytest.param("cv.pdf", pdf_of_lists(12, 60), "abîmé", id="PDF dont douze listes enflent de 60 Mo"),
        pytest.param("cv.pdf", pdf_of_lists(12, 3), "complexe", id="PDF dont douze listes enflent de 3 Mo"),
        pytest.param("cv.pdf", pdf(pages(51)), "1 à 50 pages", id="51 pages"),
        pytest.param("cv.pdf", pdf(with_program_in_a_form), "contient un programme", id="formulaire XFA"),
        pytest.param("cv.pdf", pdf(with_stream_elsewhere), "va chercher", id="contenu pris ailleurs"),
        pytest.param(
            "cv.pdf",
            acting(S=pikepdf.Name.GoToR, F=pikepdf.String("\\\\evil\\x.pdf")),
            "va chercher",
            id="autre PDF ouvert sur une machine lointaine",
        ),
        pytest.param(
            "cv.pdf",
            acting(S=pikepdf.Name.URI, URI=pikepdf.String("https://evil.example")),
            "agit",
            id="adresse demandée à l’ouverture",
        ),
        pytest.param("cv.pdf", pdf(with_address_asked_at_each_page), "agit", id="adresse demandée à la page"),
        pytest.param("cv.pdf", pdf(with_address_asked_afterwards), "agit", id="adresse demandée ensuite"),
        pytest.param("cv.pdf", pdf(with_actions_in_a_circle), "complexe", id="actions en rond"),
        pytest.param("cv.png", png_of(30_000, 30_000), "points", id="900 millions de points"),
        pytest.param("cv.png", png_of(6000, 6000), "points", id="36 millions de points"),
        pytest.param("cv.png", png_of(10, 10), "abîmée", id="PNG coupé"),
        pytest.param("cv.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20, "abîmée", id="PNG de nom seulement"),
        pytest.param("cv.jpg", picture("JPEG", (900, 900))[:700], "abîmée", id="JPEG coupé"),
    ],
)
def test_a_file_made_to_harm_is_refused(name, content, words):
    with pytest.raises(FileRefused, match=words):
        check(name, content)


def test_a_document_may_name_a_web_page():
    assert check("cv.docx", archive(**DOCX, **{"word___rels__document.xml.rels": relation(HYPERLINK)}))


def test_a_pdf_may_have_links_and_a_page_to_show_first():
    assert check("cv.pdf", pdf(with_link_and_first_page))


def test_fifty_pages_are_read():
    assert check("cv.pdf", pdf(pages(50)))


def with_everything_that_cameras_write(kind) -> bytes:
    image = Image.new("RGB", (40, 20), "red")
    exif = image.getexif()
    exif[0x010F] = "Marque de Nouria"
    exif[0x0112] = 6  # lying on its side
    exif[0x8825] = {1: "N", 2: (49.0, 11.0, 0.0)}
    options = {"exif": exif, "icc_profile": b"profil de Nouria"}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", "Nouria Lecacheux")
    else:
        options["comment"] = "chez Nouria"
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue() + b"Nouria, au bout du fichier"


@pytest.mark.parametrize(("name", "kind"), [("cv.jpg", "JPEG"), ("cv.png", "PNG")])
def test_what_the_camera_wrote_is_not_kept(name, kind):
    sent = with_everything_that_cameras_write(kind)
    assert b"Nouria" in sent

    kept = check(name, sent).read()

    assert b"Nouria" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == (20, 40), "upright, as it was shown"
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_picture_is_drawn_again(mode):
    assert check("cv.png", picture("PNG", mode=mode))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_photograph_is_drawn_again(mode):
    assert check("cv.jpg", picture("JPEG", mode=mode))


def test_a_large_photograph_is_made_smaller():
    kept = check("cv.jpg", picture("JPEG", (5600, 4200))).read()

    with Image.open(BytesIO(kept)) as image:
        assert image.size == (4000, 3000)
