def whole_number(text: str | None) -> int | None:
    """A number of a hidden field or of an address; None for anything else that somebody may send."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
