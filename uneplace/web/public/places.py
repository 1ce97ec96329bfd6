"""The drawing of the public page: one small place a person."""

from dataclasses import dataclass

MOST = 1000  # places drawn; beyond, one place stands for several people
STEP = 18
ACROSS = 30


@dataclass(frozen=True)
class Places:
    """Where each place is drawn, and how many people one stands for."""

    marks: list[tuple[int, int]]
    people: int
    each: int

    @property
    def view_box(self) -> str:
        """The drawing's own coordinates."""
        rows = -(-len(self.marks) // ACROSS)
        return f"0 0 {ACROSS * STEP} {max(rows, 1) * STEP}"


def places_of(people: int | None) -> Places | None:
    """One place a person, up to a thousand; then one for ten, a hundred… None when the number is withheld."""
    if not people:
        return None
    each = 1
    while people / each > MOST:
        each *= 10
    count = -(-people // each)
    marks = [(rank % ACROSS * STEP, rank // ACROSS * STEP) for rank in range(count)]
    return Places(marks, people, each)
