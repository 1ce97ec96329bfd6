"""Whatever is done to a file, reading answers records and findings, or says that it is unreadable."""

import json
from copy import deepcopy
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uneplace.contracts.decp import Level, UnreadableFile, read

from .samples import FLAT, OFFICIAL

SAMPLES = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in (
        OFFICIAL / "marches_concessions.json",
        OFFICIAL / "v1.5.0_paquet.json",
        OFFICIAL / "v1.5.0_cc-avec-modifications.json",
        FLAT,
    )
]
BYTES = [path.read_bytes() for path in sorted(OFFICIAL.iterdir()) if path.suffix in (".json", ".xml")]

ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(st.characters(), max_size=30),
    st.sampled_from(
        [
            "CDL",
            "",
            "\ud800",
            "1" * 5000,
            "9" * 14,
            10**60,
            1e308,
            -0.0,
            "1e999",
            "٣",
            "0000-00-00",
            "9999-12-31T23:59:59-23:00",
            [],
            {},
            [[]],
            [None],
            {"marche": {}},
            {"titulaire": [None, 3, {"id": {}}]},
            {"considerationSociale": [{"considerationSociale": ["Clause sociale"]}]},
        ]
    ),
)


def places(value, path=()):
    """The path of every value inside a JSON value."""
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from places(child, (*path, name))


@st.composite
def spoiled(draw):
    """A sample of which some values, anywhere, were replaced, removed, doubled or wrapped."""
    content = deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 6))):
        *parents, last = draw(st.sampled_from([path for path in places(content) if path]))
        holder = content
        for name in parents:
            holder = holder[name]
        match draw(st.sampled_from(["replace", "remove", "wrap", "double"])):
            case "replace":
                holder[last] = deepcopy(draw(ODD_VALUES))
            case "remove":
                del holder[last]
            case "wrap":
                holder[last] = [holder[last]]
            case "double":
                holder[last] = [holder[last], deepcopy(holder[last])]
        if not any(path for path in places(content)):
            break
    return content


def reading_or_refusal(content):
    """The reading when there is one; the only other answer is one line that says why not."""
    try:
        return read(content)
    except UnreadableFile as error:
        refusal = str(error)
    assert refusal.strip()
    assert "\n" not in refusal
    return None


def check_sound(reading):
    assert reading.read == len(reading.records) + reading.rejected
    for finding in reading.findings:
        assert finding.message.strip()
        assert finding.level in Level
        (finding.record + finding.path + finding.message).encode()
    assert reading.rejected <= len([finding for finding in reading.findings if finding.level == Level.ERROR])
    for record in reading.records:
        assert record.id
        assert record.buyer.identifier
        assert record.object
        repr(record).encode()
        assert "\x00" not in record.object
        for amount in [record.amount, *(change.amount for change in record.modifications)]:
            assert amount is None or 0 <= amount < Decimal(10) ** 11
        for months in [record.duration_months, *(change.duration_months for change in record.modifications)]:
            assert months is None or 0 < months <= 1200


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=spoiled())
def test_spoiled_values_never_stop_the_reading(content):
    if reading := reading_or_refusal(json.dumps(content).encode()):
        check_sound(reading)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_spoiled_bytes_never_stop_the_reading(data):
    content = bytearray(data.draw(st.sampled_from(BYTES)))
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 40)))
        content[start:end] = data.draw(st.binary(max_size=10))
    if reading := reading_or_refusal(bytes(content)):
        check_sound(reading)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_never_stop_the_reading(content):
    if reading := reading_or_refusal(content):
        check_sound(reading)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=spoiled(), other=spoiled())
def test_the_order_of_the_files_changes_nothing(one, other):
    contents = [json.dumps(one).encode(), json.dumps(other).encode()]
    try:
        forward, backward = read(*contents), read(*reversed(contents))
    except UnreadableFile:
        return
    key = lambda record: record.identity  # noqa: E731
    assert sorted(forward.records, key=key) == sorted(backward.records, key=key)
