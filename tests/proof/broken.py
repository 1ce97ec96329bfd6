"""Files that are sound, and the same ones broken or made to harm: a seed gives always the same file."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image

from tests.files import DOCX, ODT, archive, pdf

ALPHABET = "abcdefghijklmnopqrstuvwxyzéèàç     "
MACROS = {"word__vbaProject.bin": "x"}
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;&c;</a>'


@dataclass(frozen=True)
class Sent:
    """A file as somebody sends it: what it should meet is True (taken), False (refused) or None (either)."""

    kind: str
    name: str
    content: bytes
    is_taken: bool | None = None


def sound(draw: random.Random) -> Sent:
    """A file of somebody who means no harm."""
    make, extension = draw.choice(
        [(_pdf, "pdf"), (_docx, "docx"), (_odt, "odt"), (_jpeg, "jpg"), (_jpeg, "JPEG"), (_png, "png")]
    )
    return Sent("bon fichier", f"{_words(draw, 12).strip() or 'cv'}.{extension}", make(draw), True)


def broken(draw: random.Random) -> Sent:
    """A file broken in one of the ways below."""
    return draw.choice(WAYS)(draw)


def _words(draw: random.Random, size: int) -> str:
    return "".join(draw.choice(ALPHABET) for _ in range(size))


def _pdf(draw: random.Random) -> bytes:
    def fill(document: pikepdf.Pdf) -> None:
        for _ in range(draw.randint(0, 3)):
            document.add_blank_page()
        document.docinfo["/Title"] = _words(draw, 20)
        document.pages[0].Contents = document.make_stream(f"BT ({_words(draw, 300)}) Tj ET".encode())

    modes = list(pikepdf.ObjectStreamMode.__members__.values())
    return pdf(fill, object_stream_mode=draw.choice(modes))


def _docx(draw: random.Random) -> bytes:
    text = "".join(f"<w:p>{_words(draw, 60)}</w:p>" for _ in range(draw.randint(1, 40)))
    document = f'<w:document xmlns:w="w">{text}</w:document>'
    return archive(**DOCX | {"word__document.xml": document, "word__media__image1.png": "x" * 300})


def _odt(draw: random.Random) -> bytes:
    return archive(**ODT | {"content.xml": f"<a>{_words(draw, 900)}</a>", "styles.xml": "<s/>"})


def _image(draw: random.Random, mode: str) -> Image.Image:
    size = draw.randint(8, 60), draw.randint(8, 60)
    channels = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, draw.randbytes(size[0] * size[1] * channels))


def _jpeg(draw: random.Random) -> bytes:
    out = BytesIO()
    image = _image(draw, draw.choice(["L", "RGB", "CMYK"]))
    exif = image.getexif()
    exif[0x0112] = draw.randint(1, 8)
    image.save(out, "JPEG", progressive=draw.random() < 0.5, exif=exif)
    return out.getvalue()


def _png(draw: random.Random) -> bytes:
    out = BytesIO()
    _image(draw, draw.choice(["L", "LA", "RGB", "RGBA"])).save(out, "PNG")
    return out.getvalue()


MAKERS = {".pdf": _pdf, ".docx": _docx, ".odt": _odt, ".jpg": _jpeg, ".png": _png}


def _any(draw: random.Random) -> tuple[str, bytes]:
    extension = draw.choice(list(MAKERS))
    return extension, MAKERS[extension](draw)


def _cut(draw):
    extension, content = _any(draw)
    return Sent("coupé", f"cv{extension}", content[: draw.randint(1, len(content) - 1)])


def _flipped(draw):
    extension, content = _any(draw)
    changed = bytearray(content)
    for _ in range(draw.choice([1, 3, 20, 200])):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return Sent("octets changés", f"cv{extension}", bytes(changed))


def _shuffled(draw):
    extension, content = _any(draw)
    start, end = sorted(draw.sample(range(len(content)), 2))
    filling = draw.choice([b"", b"\0" * (end - start), content[:end], draw.randbytes(50)])
    return Sent("passage remplacé", f"cv{extension}", content[:start] + filling + content[end:])


def _numbers(draw):
    """Lengths, counts and places are where parsers go wrong."""
    extension, content = _any(draw)
    changed = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(max(1, len(changed) - 4))
        changed[at : at + 4] = struct.pack(
            draw.choice("<>") + "I", draw.choice([0, 1, 2**31, 2**32 - 1, 65535])
        )
    return Sent("nombres démesurés", f"cv{extension}", bytes(changed))


def _renamed(draw):
    extension, content = _any(draw)
    other = draw.choice([one for one in MAKERS if one != extension])
    return Sent("autre extension", f"cv{other}", content, False)


def _foreign(draw):
    _, content = _any(draw)
    name = draw.choice(
        ["cv.exe", "cv.svg", "cv.html", "cv.pdf.js", "cv", "cv.", ".pdf", "cv.docm", "cv.pdf ", "cv.gif"]
    )
    return Sent("extension refusée", name, content, None if name in (".pdf", "cv.pdf ") else False)


def _empty(draw):
    return Sent("vide", f"cv{draw.choice(list(MAKERS))}", b"", False)


def _noise(draw):
    starts = {
        ".pdf": b"%PDF-1.7\n",
        ".docx": b"PK\3\4",
        ".odt": b"PK\3\4",
        ".jpg": b"\xff\xd8\xff\xe0",
        ".png": b"\x89PNG\r\n\x1a\n",
    }
    extension = draw.choice(list(starts))
    return Sent("bruit", f"cv{extension}", starts[extension] + draw.randbytes(draw.randint(1, 3000)), False)


def _hostile_name(draw):
    extension, content = _any(draw)
    name = draw.choice(
        [
            "../../../etc/{}",
            "C:\\windows\\{}",
            "cv\r\nSet-Cookie: a=b{}",
            "\u202egnp.{}",
            "{}" * 150,
            'a"; x="{}',
            "'; DROP{}",
        ]
        + ["<script>{}", "\0{}", "%00{}", "..{}", "é" * 300 + "{}", "\ud83d{}", "con{}", " {}"]
    ).replace("{}", extension)
    return Sent("nom hostile", name, content)


def _unsafe_pdf(draw):
    def js(document):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))

    def launch(document):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd"))

    def attach(document):
        document.attachments["a.exe"] = draw.randbytes(20)

    def many(document):
        for _ in range(60):
            document.add_blank_page()

    options = draw.choice(
        [{}, {}, {"encryption": pikepdf.Encryption(owner="a", user=draw.choice(["", "b"]))}]
    )
    return Sent("PDF dangereux", "cv.pdf", pdf(draw.choice([js, launch, attach, many]), **options), False)


def _twisted_pdf(draw):
    body = draw.choice(
        [
            b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
            b"<</Type/Pages/Kids[]/Count 99999999>>",
            b"[" * 5000,
            b"<<" * 3000,
            b"<</Type/Pages/Kids 2 0 R/Count -1>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>",
        ]
    )
    text = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj" + body
    text += b"endobj\ntrailer<</Root 1 0 R/Size 3/Prev 9>>\nstartxref\n" + str(draw.randint(0, 400)).encode()
    return Sent("PDF tordu", "cv.pdf", text + b"\n%%EOF", False)


def _unsafe_archive(draw):
    parts, extension = draw.choice([(DOCX, ".docx"), (ODT, ".odt")])
    main = "word__document.xml" if extension == ".docx" else "content.xml"
    extra = draw.choice(
        [
            {main: ENTITIES},
            {main: "<a>" * draw.randint(300, 900)},
            {main: "<a>" + "b" * draw.randint(1, 50)},
            {"..__..__x": "x"},
            {"a.zip": archive(a="x")},
            {"a\\b": "x"},
            {"big.bin": "0" * 70_000_000} if draw.random() < 0.02 else {"x.exe": "MZ"},
            {f"p{n}": "" for n in range(2100)} if draw.random() < 0.1 else {"a.jar": "x"},
            MACROS if extension == ".docx" else {"Basic__a.xml": "<a/>"},
        ]
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**parts, **extra}.items():
            file.writestr(name.replace("__", "/"), content)
    return Sent("archive dangereuse", f"cv{extension}", out.getvalue(), False)


def _bomb(draw):
    size = draw.randint(6000, 2**31 - 1)
    head = struct.pack("!II", size, draw.randint(6000, 2**31 - 1)) + b"\x08\x02\0\0\0"
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000), 9)), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks:
        content += struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
    return Sent("image démesurée", "cv.png", content, False)


def _two_in_one(draw):
    """A file that is of one kind by its start and of another by its end."""
    (first, one), (_, two) = _any(draw), _any(draw)
    glue = draw.choice([b"", b"<script>alert(1)</script>", b"GIF89a", b"MZ"])
    return Sent("deux en un", f"cv{first}", one + glue + two)


def _behind(draw):
    extension, content = _any(draw)
    before = draw.choice([b"GIF89a", b"\xef\xbb\xbf", b"<html>", b"MZ", b" "])
    return Sent("début étranger", f"cv{extension}", before + content, False)


def _too_large(draw):
    extension, content = _any(draw)
    return Sent("trop lourd", f"cv{extension}", content + bytes(5 * 1024 * 1024), False)


WAYS: list[Callable[[random.Random], Sent]] = [
    *[_cut, _flipped, _shuffled, _numbers] * 8,
    *[_renamed, _foreign, _noise, _hostile_name, _unsafe_pdf, _twisted_pdf, _unsafe_archive] * 3,
    *[_bomb, _two_in_one, _behind] * 3,
    *[_empty, _too_large],
]
