"""Sound files that people send, small."""

import zipfile
from io import BytesIO

import pikepdf
from PIL import Image


def pdf(change=lambda document: None, **options) -> bytes:
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    change(document)
    out = BytesIO()
    document.save(out, **options)
    return out.getvalue()


def archive(**parts) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def picture(kind, size=(30, 20), mode="RGB", **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


PNG = picture("PNG")
JPEG = picture("JPEG")
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
DOCX = {"[Content_Types].xml": "<a/>", "word__document.xml": "<a/>"}
