"""What is handed over to a person who asks what is held on them: a tagged PDF, or JSON for a machine."""

import json
from collections.abc import Callable

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localtime

from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.pdf import compile_document
from uneplace.rules import french

from .held import PersonData
from .notice import CNIL, TEMPLATE, contact_of

TITLE = "Tout ce que nous savons de cette personne"


def as_json(data: PersonData) -> str:
    """Everything held, with each field's name in the code and in French."""
    content = {
        "person": data.participant.pk,
        "service": contact_of(data.service),
        "made_at": data.at,
        "parts": [
            {
                "name": part.name,
                "title": part.title,
                "rows": [
                    {value.name: {"label": value.label, "value": value.value} for value in row.values}
                    for row in part.records
                ],
            }
            for part in data.parts
        ],
        "acts": [_deed(deed) for deed in data.acts],
        "readings": [_deed(deed) for deed in data.readings],
        "changes": [
            {"at": change.at, "of": change.kind, "number": change.number, "what": change.what}
            for change in data.changes
        ],
    }
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _deed(deed) -> dict:
    return {"at": deed.at, "act": deed.verb, "organisation": deed.organisation}


def as_pdf(data: PersonData, *, words_of: Callable[[str], str], warning: str = "") -> bytes:
    """The same, to read; `words_of` gives the French words of an act."""
    on = localtime(data.at).date()
    sections = [
        {
            "title": part.title,
            "before": [],
            "points": [],
            "after": [] if part.records else ["Rien n’est gardé."],
            "records": [
                {
                    "title": row.title,
                    "rows": [{"label": value.label, "value": value.text} for value in row.values],
                }
                for row in part.records
            ],
        }
        for part in data.parts
    ]
    for title, deeds in (("Ce qui a été fait", data.acts), ("Qui a lu ce qui est masqué", data.readings)):
        sections.append(
            {
                "title": title,
                "before": [],
                "points": [
                    f"{french.day(localtime(deed.at).date())}\u00a0: {words_of(deed.verb)}"
                    + (f", {deed.organisation}" if deed.organisation else "")
                    for deed in deeds
                ],
                "after": [] if deeds else ["Rien n’est noté."],
            }
        )
    count = french.several(len(data.changes), "changement est gardé", "changements sont gardés")
    sections.append(
        {
            "title": "L’historique des lignes",
            "before": [],
            "points": [],
            "after": [
                f"{count}, sans leur contenu\u00a0: leur date et ce qui a changé sont dans le fichier JSON."
            ],
        }
    )
    sections.append(
        {
            "title": "Vos droits",
            "before": [],
            "points": [],
            "after": [
                "Vous pouvez faire corriger ces données, demander leur effacement ou vous opposer à leur "
                f"usage. Écrivez à\u00a0: {contact_of(data.service)}.",
                f"Vous pouvez aussi écrire à la {CNIL}.",
            ],
        }
    )
    return compile_document(
        TEMPLATE.read_bytes(),
        {
            "title": TITLE,
            "author": str(data.service),
            "accent": letterhead_of(data.service).accent,
            "subtitle": f"{data.participant}. Données gardées le {french.day(on)}.",
            "warning": warning,
            "footer": f"{data.service}, données gardées le {french.day(on)}, document confidentiel",
            "sections": sections,
        },
        on=on,
    )
