"""How labels are compared: without accents, case, hyphens nor apostrophes."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def search_key(text: str) -> str:
    """The form under which a label is stored and searched: « St-Lô » and « saint lo » are one."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)
