"""What the rules say of a fact that they cannot use."""

from uneplace.rules import names


class FactError(ValueError):
    """A fact is missing, of the wrong type or impossible.

    `fact` is its name in the code, so that a form knows where to show it; `reason` is the French sentence to
    show beside the field; the error itself reads as a full French line naming the fact, for a file or a log.
    """

    def __init__(self, fact: str, reason: str, about: str = "") -> None:
        self.fact = fact
        self.reason = reason
        self.about = about
        where = f", {about}" if about else ""
        super().__init__(f"{names.french(fact)}{where}\u00a0: {reason}")
