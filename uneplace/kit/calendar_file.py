"""One event as a calendar program reads it: RFC 5545, in UTC so that no time zone needs to be described."""

from datetime import UTC, datetime, timedelta

LONGEST = 75  # bytes of a line, its end not counted (section 3.1)
PRODUCT = "-//Uneplace//Uneplace//FR"
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def event_file(
    uid: str,
    *,
    revision: int,
    written_at: datetime,
    starts_at: datetime,
    minutes: int,
    summary: str,
    place: str = "",
    words: str = "",
) -> bytes:
    """The file of one event. The same `uid` with a later `revision` replaces it in the reader's calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(uid)}",
        f"SEQUENCE:{revision}",
        f"DTSTAMP:{_moment(written_at)}",
        f"DTSTART:{_moment(starts_at)}",
        f"DTEND:{_moment(starts_at + timedelta(minutes=minutes))}",
        f"SUMMARY:{_text(summary)}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        *([f"DESCRIPTION:{_text(words)}"] if words else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _text(value: str) -> str:
    return value.translate(ESCAPED)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> bytes:
    """Lines too long go on after a line end and a space, never in the middle of a letter."""
    parts, current = [], b""
    for letter in line:
        encoded = letter.encode()
        if len(current) + len(encoded) > (LONGEST if not parts else LONGEST - 1):
            parts.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*parts, current])
