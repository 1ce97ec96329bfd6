"""The hours that a sizing form makes due, in words."""

from typing import Any

from uneplace.rules.explanation import as_json
from uneplace.web.contracts.plain_words import in_clear
from uneplace.web.sizing.forms import SizingForm


def result_context(form: SizingForm) -> dict[str, Any]:
    """What `sizing/_fragments/result.html` shows: the hours due, why, and the same in days and people."""
    due = form.due()
    if due is None:
        return {"due": None, "faults": form.faults}
    foresees = due.foreseeable is not None and due.foreseeable != due.hours
    return {
        "due": due,
        "due_explanation": as_json(due.explanation),
        "in_clear": in_clear(due.hours) if due.hours else "",
        "foreseeable": due.foreseeable if foresees else None,
        "foreseeable_explanation": as_json(due.foreseeable_explanation) if foresees else [],
        "foreseeable_in_clear": in_clear(due.foreseeable) if foresees and due.foreseeable else "",
    }
