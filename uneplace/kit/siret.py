"""SIREN and SIRET numbers, read as people type them and checked by their key (python-stdnum)."""

import re
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

SIRET_DIGITS = 14
SIREN_DIGITS = 9
EXAMPLES = {SIRET_DIGITS: "732 829 320 00074", SIREN_DIGITS: "732 829 320"}


def clean_siret(text: str) -> str:
    """The 14 digits of an establishment; spaces, dots, dashes and the word SIRET may surround them.

    Raises ValueError with a French sentence that says what is wrong.
    """
    return _clean(text, "SIRET", SIRET_DIGITS, siret.validate)


def clean_siren(text: str) -> str:
    """The 9 digits of a legal unit, read like `clean_siret`."""
    return _clean(text, "SIREN", SIREN_DIGITS, siren.validate)


def _clean(text, name, length, validate) -> str:
    # NFKC turns no-break spaces and full-width digits, as pasted from documents, into plain ones.
    plain = unicodedata.normalize("NFKC", text)
    digits = re.sub(rf"{name}|[\s.:‐–—-]", "", plain, flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValueError(f"Écrivez les {length} chiffres du {name}, par exemple {EXAMPLES[length]}.")
    if len(digits) != length:
        count = "un seul" if len(digits) == 1 else str(len(digits))
        raise ValueError(
            f"Un {name} a {length} chiffres, par exemple {EXAMPLES[length]} : vous en avez écrit {count}."
        )
    try:
        validate(digits)
    except ValidationError:
        raise ValueError(
            f"Ce {name} n’existe pas : un de ses chiffres est sans doute faux. Comparez-les un à un."
        )
    if not digits.strip("0"):
        raise ValueError(f"Ce {name} n’existe pas : il ne contient que des zéros.")
    return digits
