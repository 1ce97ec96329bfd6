"""What a password may be: long, never seen in a leak, and not what anybody would try first."""

import gzip
import hashlib
import re
import unicodedata
from abc import ABC, abstractmethod
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

from .models import User

SHORTEST = 15
SHORTEST_WORD = 4
BREACHED = Path(__file__).parent / "data" / "breached.txt"
COMMON = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
SERVICE_WORDS = ("uneplace", "insertion", "facilitateur", "facilitatrice")
ROWS = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1aqw2zsx3edc4rfv5tgb6yhn7ujm8ik9ol0pm",
    "aqwzsxedcrfvtgbyhnujmikolpm",
    "qazwsxedcrfvtgbyhnujmikolp",
)
ROW_PART = 4  # as many keys in a row are one thing to remember, not several
LEAST_LEFT = 6  # signs that must remain once what is easy to guess is taken away


class Argon2id(Argon2PasswordHasher):
    """Argon2id as RFC 9106 §4 advises where memory is counted: 3 passes over 64 MiB, 4 lanes."""

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 4


class Rule(ABC):
    """A rule of passwords; Django shows `help_text` to whoever asks for the rules."""

    help_text: str

    @abstractmethod
    def fault(self, password: str, user: User | None) -> str:
        """What is wrong, in French; nothing when all is well."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the password breaks the rule."""
        if fault := self.fault(password, user):
            raise ValidationError(fault, code=type(self).__name__)

    def get_help_text(self) -> str:
        """The rule, for whoever chooses."""
        return self.help_text


class LongEnough(Rule):
    """Length is what makes a password hard to guess."""

    help_text = f"{SHORTEST} caractères au moins."

    def fault(self, password, user):
        """Too short."""
        if len(password) >= SHORTEST:
            return ""
        return (
            f"Ce mot de passe est trop court\u00a0: il lui faut {SHORTEST} caractères au moins. "
            "Quatre ou cinq mots sans lien entre eux suffisent."
        )


class NotBreached(Rule):
    """Passwords of published leaks are the first that attackers try, alone or put end to end."""

    help_text = "Absent des listes de mots de passe volés."

    def fault(self, password, user):
        """In a list of leaks, or made of common passwords only."""
        text = fold(password)
        if hashlib.sha256(text.encode()).hexdigest()[:16] in breached():
            return "Ce mot de passe figure dans des listes de mots de passe volés. Choisissez-en un autre."
        letters = re.sub(r"[\W\d_]+", "", text)
        words = common()
        halves = (
            (letters[:at], letters[at:]) for at in range(SHORTEST_WORD, len(letters) - SHORTEST_WORD + 1)
        )
        if letters in words or any(first in words and second in words for first, second in halves):
            return "Ce mot de passe n’est fait que de mots de passe très répandus. Choisissez-en un autre."
        return ""


class NotTold(Rule):
    """What everybody knows of the owner or of the service protects nothing."""

    help_text = "Pas votre nom, votre adresse ni le nom du service."

    def fault(self, password, user):
        """Little else than the owner's name or address, or the service's name."""
        text = fold(password)
        told = [*SERVICE_WORDS]
        if user is not None:
            told += re.split(r"[\W_]+", fold(f"{user.first_name} {user.last_name} {user.email}"))
            told += [fold(user.email), fold(user.email.partition("@")[0])]
        for word in sorted((word for word in told if len(word) >= SHORTEST_WORD), key=len, reverse=True):
            text = text.replace(word, "")
        if text == fold(password) or _matter(text) >= LEAST_LEFT:
            return ""
        return (
            "Ce mot de passe est trop semblable à votre nom, à votre adresse ou au nom du service. "
            "Choisissez des mots sans lien avec vous."
        )


class NotAPattern(Rule):
    """Repeats, series and rows of keys are long to type and quick to guess."""

    help_text = "Ni répétition, ni suite, ni touches voisines."

    def fault(self, password, user):
        """Made of repeats, series or rows of keys."""
        text = re.sub(r"(.{1,8}?)\1+", r"\1", fold(password))
        if _matter(_without_rows(text)) >= LEAST_LEFT and len(set(text)) >= LEAST_LEFT:
            return ""
        return (
            "Ce mot de passe est une répétition, une suite ou une rangée de touches. "
            "Quatre ou cinq mots sans lien entre eux sont plus sûrs."
        )


def fold(text: str) -> str:
    """One way to write what only differs by case or by the way accents are coded."""
    return unicodedata.normalize("NFC", text).casefold()


@cache
def breached() -> frozenset[str]:
    """The hashes of breached passwords: see data/README.md."""
    return frozenset(BREACHED.read_text().split())


@cache
def common() -> frozenset[str]:
    """The common passwords that Django ships, without their digits."""
    with gzip.open(COMMON, "rt") as lines:
        return frozenset(word for line in lines if len(word := line.strip()) >= SHORTEST_WORD)


def _without_rows(text: str) -> str:
    kept, at = [], 0
    while at < len(text):
        length = max(_row_length(text, at, row) for row in (*ROWS, *(row[::-1] for row in ROWS)))
        if length >= ROW_PART:
            kept.append(text[at])
            at += length
        else:
            kept.append(text[at])
            at += 1
    return "".join(kept)


def _row_length(text: str, at: int, row: str) -> int:
    length = 1
    while at + length < len(text) and text[at : at + length + 1] in row:
        length += 1
    return length


def _matter(text: str) -> int:
    return len(re.sub(r"[\W_]+", "", text))
