"""What an action answers when it cannot be done now."""


class Refused(Exception):
    """An action that is not possible now; `reasons` are French sentences to show as they are."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
