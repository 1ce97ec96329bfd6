from collections.abc import Iterator
from typing import Any


class Node:
    """A value of the file and where it stands there; what is absent is a node too, whose value is None."""

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = value
        self.path = path

    @property
    def is_empty(self) -> bool:
        """Nothing was written here."""
        return self.value is None or self.value in ("", [], {})

    def get(self, name: str) -> "Node":
        """The member of that name."""
        path = f"{self.path}.{name}" if self.path else name
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return value if isinstance(value, Node) else Node(value, path)

    def first(self, *names: str) -> "Node":
        """The first of these members that is written, else the first of the names."""
        members = [self.get(name) for name in names]
        return next((member for member in members if not member.is_empty), members[0])

    def many(self, item: str) -> Iterator["Node"]:
        """The items of a list, however wrapped.

        `[{}]`, `[{item: {}}]`, `{item: [{}]}`, `{item: {}}` and `{}` are all met.
        """
        for entry in self._entries():
            has_item = isinstance(entry.value, dict) and item in entry.value
            yield from (entry.get(item) if has_item else entry)._entries()

    def _entries(self) -> Iterator["Node"]:
        values = self.value if isinstance(self.value, list) else [self]
        for index, value in enumerate(values):
            node = value if isinstance(value, Node) else Node(value, f"{self.path}[{index}]")
            if not node.is_empty:
                yield node
