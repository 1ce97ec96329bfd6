"""What encryption costs: a list of people, and the grounds of a year.

    .venv/bin/python -m bench.encryption

Processor time of this machine, without a database, which does the same work in both cases.
"""

import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_URL", "postgresql:///nobody")
django.setup()

from uneplace.people.models import EligibilityDecision, Participant  # noqa: E402

PAGE, SIZES = 40, (630, 60_000)


def spent(act: Callable[[], object]) -> float:
    """Milliseconds of processor, the best of five."""
    times = []
    for _ in range(5):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times) * 1000


def seal_all(column, value: str, number: int) -> list[str]:
    return [column.get_db_prep_value(value, None) for _ in range(number)]


def open_all(column, texts: list[str]) -> list[str]:
    return [column.opened(text) for text in texts]


def main() -> None:
    contacts = [Participant._meta.get_field(name) for name in ("email", "phone", "address")]
    rows = [(column, seal_all(column, "06 12 34 56 78", PAGE)) for column in contacts]
    cost = spent(lambda: [open_all(column, texts) for column, texts in rows])
    print(f"liste de {PAGE} personnes, trois colonnes ouvertes : {cost:.1f} ms")
    ground = EligibilityDecision._meta.get_field("main_ground")
    for number in SIZES:
        texts = seal_all(ground, "RSA", number)
        opening = spent(lambda texts=texts: open_all(ground, texts))
        sealing = spent(lambda number=number: seal_all(ground, "RSA", number))
        print(f"motifs de {number} décisions : {opening:.0f} ms pour ouvrir, {sealing:.0f} ms pour chiffrer")


if __name__ == "__main__":
    main()
