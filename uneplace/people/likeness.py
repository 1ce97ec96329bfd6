"""Whether two files are probably of one person, and why: plain comparison of names, birth dates and contacts.

It proposes and never decides. People of one family share a name, a phone and sometimes a birth date: two
first names that are really different never make a proposal.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHORTEST_SLIP = 4  # letters: under that, one letter more or less is another name
PARTICLES = {
    *("d", "da", "das", "de", "del", "den", "der", "des", "di", "do", "dos", "du", "el", "al", "l", "la"),
    *("le", "les", "van", "von", "y"),
}
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ß": "ss"})


class Reason(StrEnum):
    """One fact that two files share, or nearly; its label is read by the facilitator."""

    SAME_BIRTH = "SAME_BIRTH", "même date de naissance"
    SWAPPED_BIRTH = "SWAPPED_BIRTH", "jour et mois de naissance intervertis"
    DIGIT_OF_BIRTH = "DIGIT_OF_BIRTH", "un chiffre différent dans la date de naissance"
    OTHER_BIRTH = "OTHER_BIRTH", "dates de naissance différentes"
    NO_BIRTH = "NO_BIRTH", "date de naissance manquante"
    SAME_NAME = "SAME_NAME", "mêmes nom et prénom"
    SWAPPED_NAME = "SWAPPED_NAME", "nom et prénom intervertis"
    SLIP = "SLIP", "une faute de frappe dans le nom ou le prénom"
    PART = "PART", "un nom composé écrit en partie"
    SAME_PHONE = "SAME_PHONE", "même téléphone"
    SAME_EMAIL = "SAME_EMAIL", "même adresse électronique"
    OTHER_SEX = "OTHER_SEX", "sexe différent"
    SAID = "SAID", "rapprochés par quelqu’un du service"

    label: str

    def __new__(cls, code: str, label: str) -> "Reason":
        reason = str.__new__(cls, code)
        reason._value_, reason.label = code, label
        return reason


@dataclass(frozen=True)
class Known:
    """What is compared of somebody; contacts as they are searched (blind indexes), empty when unknown."""

    first_name: str
    last_name: str
    born_on: date | None = None
    sex: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Likeness:
    """Why two files look alike; `is_sure` when nothing but writing tells them apart."""

    reasons: tuple[Reason, ...]
    is_sure: bool

    @property
    def words(self) -> str:
        """« même date de naissance ; nom et prénom intervertis »."""
        return in_words(self.reasons)


def in_words(reasons: "tuple[Reason, ...] | list[str]") -> str:
    """Reasons, or their codes, as one line."""
    return "\u00a0; ".join(Reason(code).label for code in reasons)


def likeness(one: Known, other: Known) -> Likeness | None:
    """Why these two are probably one person; None when nothing makes it probable."""
    names, birth, contacts = _names(one, other), _births(one.born_on, other.born_on), _contacts(one, other)
    if not names:
        return None
    is_exact = Reason.SLIP not in names and Reason.PART not in names
    near_birth = birth == Reason.SWAPPED_BIRTH or (is_exact and birth == Reason.DIGIT_OF_BIRTH)
    by_contact = bool(contacts) and (is_exact or birth != Reason.OTHER_BIRTH)
    if not (birth == Reason.SAME_BIRTH or near_birth or by_contact):
        return None
    sexes = [Reason.OTHER_SEX] if one.sex and other.sex and one.sex != other.sex else []
    is_sure = not sexes and birth == Reason.SAME_BIRTH and (is_exact or bool(contacts))
    return Likeness((birth, *names, *contacts, *sexes), is_sure)


def _contacts(one: Known, other: Known) -> list[Reason]:
    phone = [Reason.SAME_PHONE] if one.phone and one.phone == other.phone else []
    return phone + ([Reason.SAME_EMAIL] if one.email and one.email == other.email else [])


def _births(one: date | None, other: date | None) -> Reason:
    if one is None or other is None:
        return Reason.NO_BIRTH
    if one == other:
        return Reason.SAME_BIRTH
    if other in swapped_days(one):
        return Reason.SWAPPED_BIRTH
    written = zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True)
    return Reason.DIGIT_OF_BIRTH if sum(a != b for a, b in written) == 1 else Reason.OTHER_BIRTH


def swapped_days(day: date) -> list[date]:
    """The same day with its day and month the other way round, when it is another day that exists."""
    return [day.replace(month=day.day, day=day.month)] if day.day <= 12 and day.day != day.month else []


def near_days(day: date) -> list[date]:
    """This day and every one that a common slip makes of it: day and month swapped, one digit for another."""
    written, found = f"{day:%d%m%Y}", {day, *swapped_days(day)}
    for place in range(len(written)):
        for digit in "0123456789":
            text = written[:place] + digit + written[place + 1 :]
            try:
                found.add(date(int(text[4:]), int(text[2:4]), int(text[:2])))
            except ValueError:
                continue  # no such day
    return sorted(found)


def _names(one: Known, other: Known) -> list[Reason]:
    """How the two names look alike, written in order or the other way round; empty when they do not."""
    mine, its = (words_of(one.first_name), words_of(one.last_name)), words_of(other.first_name)
    theirs = (its, words_of(other.last_name))
    straight, crossed = _alike(mine, theirs), _alike(mine, theirs[::-1])
    if straight == []:
        return [Reason.SAME_NAME]
    if crossed is not None and (straight is None or crossed == []):
        return [Reason.SWAPPED_NAME, *crossed]
    return straight or []


def _alike(one: tuple[list[str], ...], other: tuple[list[str], ...]) -> list[Reason] | None:
    """What keeps two names from being written alike: nothing, one slip or one part; None for two names."""
    gaps = [_gap(mine, its) for mine, its in zip(one, other, strict=True)]
    if None in gaps:
        return None
    found = [gap for gap in gaps if isinstance(gap, Reason)]
    return found if len(found) < 2 else None  # two slips at once are two people


def _gap(one: list[str], other: list[str]) -> Reason | bool | None:
    """False when written alike, else the slip or the missing part; None when these are two names."""
    joined = "".join(one), "".join(other)
    if not all(joined):
        return None
    cores = ["".join(word for word in words if word not in PARTICLES) for words in (one, other)]
    if joined[0] == joined[1] or (cores[0] and cores[0] == cores[1]):
        return False
    if (
        min(map(len, joined)) >= SHORTEST_SLIP - 1
        and max(map(len, joined)) >= SHORTEST_SLIP
        and slips(*joined)
    ):
        return Reason.SLIP
    lesser, greater = sorted((set(one) - PARTICLES, set(other) - PARTICLES), key=len)
    return Reason.PART if lesser and lesser < greater and max(map(len, lesser)) >= SHORTEST_SLIP else None


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, without accents nor marks: « Ben-Saïd » is ben, said."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"\w+", plain.replace("_", " "))


def slips(one: str, other: str) -> bool:
    """Whether one letter typed, forgotten, changed or swapped with its neighbour makes one of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[1:] == shorter
