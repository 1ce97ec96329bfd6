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


def names_in(label: str) -> set[str]:
    """The keys of both names of a ROME label: « Maçon / Maçonne du paysage » is two, each with its end.

    « Chef d'équipe maçon / maçonne » shares its beginning instead. A label without a bar is one name.
    """
    first, bar, second = label.partition(" / ")
    if not bar:
        return {search_key(label)}
    man, woman = search_key(first).split(), search_key(second).split()
    if len(woman) < len(man):
        woman = man[: -len(woman)] + woman
    else:
        man = man + woman[len(man) :]
    return {" ".join(man), " ".join(woman)}
