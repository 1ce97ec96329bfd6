"""The file of a meeting, read as RFC 5545 says: unfolded, then unescaped."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from uneplace.kit.calendar_file import event_file

AT = datetime(2026, 2, 12, 10, 0, tzinfo=UTC)


def written(**fields) -> bytes:
    given = {
        "revision": 2,
        "written_at": AT,
        "starts_at": datetime(2026, 2, 17, 9, 30, tzinfo=ZoneInfo("Europe/Paris")),
        "minutes": 45,
        "summary": "Entretien",
    }
    return event_file("candidature-12@clauses.exemple.fr", **(given | fields))


def read(content: bytes) -> dict[str, str]:
    """Each property with its value."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


def unescaped(value: str) -> str:
    letters, rest = [], iter(value)
    for letter in rest:
        if letter == "\\":
            follows = next(rest)
            letters.append("\n" if follows in "nN" else follows)
        else:
            assert letter not in ";,\n\r"
            letters.append(letter)
    return "".join(letters)


def test_a_meeting_in_paris_is_written_in_utc_with_its_end():
    event = read(written())

    assert (event["DTSTART"], event["DTEND"]) == ("20260217T083000Z", "20260217T091500Z")
    assert event["DTSTAMP"] == "20260212T100000Z"
    assert (event["UID"], event["SEQUENCE"]) == ("candidature-12@clauses.exemple.fr", "2")


def test_the_summer_hour_is_that_of_the_day_of_the_meeting():
    event = read(written(starts_at=datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))))

    assert event["DTSTART"] == "20260701T073000Z"


def test_the_file_begins_and_ends_as_it_must():
    content = written(place="12, rue du Gué; sonner")

    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert content.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"LOCATION:12\\, rue du Gu\xc3\xa9\\; sonner\r\n" in content


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=300))
def test_whatever_is_written_is_read_back_and_no_line_is_too_long(words):
    content = written(summary=words)

    assert unescaped(read(content)["SUMMARY"]) == words
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_text_cannot_add_a_property():
    content = written(summary="Entretien\r\nATTENDEE:mailto:eve@ailleurs.example")

    assert b"\r\nATTENDEE" not in content
