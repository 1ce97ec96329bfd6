"""Reading back the PDFs that the site makes: the words that a screen reader or a copy would give."""

import re
from io import BytesIO

import pikepdf

CODE = r"<([0-9a-fA-F]+)>\s*"
ONE, MANY = re.compile(CODE * 2), re.compile(CODE * 3)


def text_of_pdf(content: bytes) -> str:
    """The words of a PDF in the order of its pages, without their spaces: a line may be cut anywhere."""
    found = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
            found += _words(page, fonts)
    return re.sub(r"\s", "", "".join(found))


def _words(page, fonts):
    font = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) == "Tj":
            yield _read(bytes(operands[0]), font)
        elif str(operator) == "TJ":
            yield from (_read(bytes(part), font) for part in operands[0] if isinstance(part, pikepdf.String))


def _read(codes, font):
    return "".join(font.get(codes[rank : rank + 2].hex(), "") for rank in range(0, len(codes), 2))


def _characters(font):
    """What each two-byte code of a font stands for."""
    table = {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    for ranged, block in re.findall(r"begin(bfchar|bfrange)(.*?)endbf", text, re.S):
        if ranged == "bfchar":
            for code, character in ONE.findall(block):
                table[code.lower()] = bytes.fromhex(character).decode("utf-16-be")
        else:
            for first, last, character in MANY.findall(block):
                codes = range(int(first, 16), int(last, 16) + 1)
                table |= {f"{code:04x}": chr(int(character, 16) + step) for step, code in enumerate(codes)}
    return table
