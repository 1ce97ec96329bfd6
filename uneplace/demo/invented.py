"""Names and numbers that belong to nobody: every organisation and person of the demo is invented."""

import tomllib
from pathlib import Path
from random import Random

from faker import Faker

SEED = 14_2019

WORDS = tomllib.loads((Path(__file__).parent / "data" / "words.toml").read_text(encoding="utf-8"))
SURNAME_STARTS, SURNAME_ENDS = WORDS["surname_starts"].split(), WORDS["surname_ends"].split()
FIRST_NAMES = {"F": WORDS["women"].split(), "M": WORDS["men"].split()}
PLACES = WORDS["places"].strip().splitlines()


def with_luhn_key(digits: str) -> str:
    """The digits followed by the key that SIREN and SIRET numbers end with."""
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if rank % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def siret(number: int) -> str:
    """A SIRET with sound keys in a range that is given to nobody: SIREN numbers that start with 000."""
    return with_luhn_key(with_luhn_key(f"000{number:05}") + "0001")


class Inventor:
    """Draws invented people and addresses, always the same ones in the same order."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = Random(seed)  # noqa: S311 - invented data, nothing to keep secret
        self.faker = Faker("fr_FR")
        self.faker.seed_instance(seed)
        self._taken: set[str] = set()

    def surname(self) -> str:
        """A name put together from two syllables that no registry of names was read for."""
        return self.random.choice(SURNAME_STARTS) + self.random.choice(SURNAME_ENDS)

    def person(self, sex: str) -> tuple[str, str]:
        """A first name and a surname that nobody else in the demo bears together."""
        while True:
            first, last = self.random.choice(FIRST_NAMES[sex]), self.surname()
            if f"{first} {last}" not in self._taken:
                self._taken.add(f"{first} {last}")
                return first, last

    def unique_surname(self) -> str:
        """A surname that names one company only."""
        while True:
            name = self.surname()
            if name not in self._taken:
                self._taken.add(name)
                return name

    def street(self) -> str:
        """A number and a street."""
        return f"{self.random.randint(1, 120)}, {self.faker.street_name()}"

    def phone(self) -> str:
        """A number of the range that ARCEP keeps for works of fiction."""
        digits = f"{self.random.randint(0, 9999):04}"
        return f"06 39 98 {digits[:2]} {digits[2:]}"
