"""Words sought in a page: a token or a checksum may hold any three letters, by chance."""

import re


def says(word: str, text: str) -> bool:
    """Whether the text holds this word, apart from the letters of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None
