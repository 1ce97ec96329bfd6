"""The texts of a consultation as a DOCX that the buyer edits.

`base.docx` is the only template: it is ours, written by `make_base.py`. What people type is passed to it as
values, which it writes and never evaluates.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.utils.text import slugify
from django.utils.timezone import localtime
from docxtpl import DocxTemplate

from uneplace.contracts.models import ComingContract
from uneplace.contracts.texts.library import holes, parts_for
from uneplace.contracts.texts.placeholders import PLACEHOLDERS, missing, printable, values_of
from uneplace.rules.french import day

BASE_FILE = Path(__file__).parent / "base.docx"
TITLE = "Textes pour la consultation"
SHOWN = (
    "dispositif",
    "obligation",
    "taux",
    "main_oeuvre",
    "cout_horaire",
    "publics",
    "penalite",
    "critere",
    "debut",
    "duree",
    "lieu",
)
"""The values that the table at the top of the document shows, when they are known."""


def texts_as_docx(coming: ComingContract, *, at: datetime) -> bytes:
    """The texts of every document for the clause answered, with its figures, ready to be edited."""
    parts, values = parts_for(coming), values_of(coming)
    figures = [
        {"label": PLACEHOLDERS[name].label, "value": printable(values[name])}
        for name in SHOWN
        if values[name] != missing(name)
    ]
    document = DocxTemplate(BASE_FILE)
    document.render(
        {
            "title": TITLE,
            "object": printable(coming.object),
            "buyer": printable(str(coming.buyer)),
            "service": printable(str(coming.service)),
            "answered_on": day(localtime(coming.answered_at).date()) if coming.answered_at else "",
            "figures": figures,
            "parts": parts,
            "holes": holes(parts),
        },
        autoescape=True,
    )
    properties = document.docx.core_properties
    properties.title = f"{TITLE}, {printable(str(coming))}"
    properties.author = printable(str(coming.service))
    properties.last_modified_by = ""
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def file_name(coming: ComingContract) -> str:
    """« textes-consultation-renovation-du-gymnase-2026-06-15.docx »: whose texts, answered on what day."""
    about = slugify(coming.object)[:60].strip("-") or str(coming.pk)
    answered = f"-{localtime(coming.answered_at):%Y-%m-%d}" if coming.answered_at else ""
    return f"textes-consultation-{about}{answered}.docx"
