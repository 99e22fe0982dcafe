from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prehab.domain.duration import (
    HOUR,
    Millis,
    clock_face,
    parse_duration,
    seconds,
    short_length,
    spell,
    spoken_length,
)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("45s", 45_000),
        ("1m30s", 90_000),
        ("2m", 120_000),
        ("1h", 3_600_000),
        ("1h1m1s", 3_661_000),
        ("90s", 90_000),
        ("0s", 0),
        (45, 45_000),
        (0, 0),
    ],
)
def test_a_duration_is_read_as_a_person_writes_it(written: str | int, span: int) -> None:
    assert parse_duration(written) == span


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "45",
        "1.5s",
        "5 s",
        "s",
        "1s1m",
        "30s30s",
        "-5s",
        "-5",
        "５s",
        "45S",
        "45s\n",
        True,
        None,
        1.5,
        -1,
    ],
)
def test_anything_else_is_refused_with_the_value_in_the_message(written: object) -> None:
    with pytest.raises(ValueError, match="duration") as caught:
        parse_duration(written)  # type: ignore[arg-type]
    assert str(written) in str(caught.value) or repr(written) in str(caught.value)


def test_an_escape_sequence_is_shown_and_not_sent_to_the_terminal() -> None:
    with pytest.raises(ValueError, match="not a duration") as caught:
        parse_duration("\x1b[31m5s")
    assert "\x1b" not in str(caught.value)


@given(st.integers(0, 10**6))
def test_what_is_spelled_is_read_back_as_the_same(count: int) -> None:
    assert parse_duration(spell(seconds(count))) == seconds(count)


@pytest.mark.parametrize(
    ("left", "face"),
    [(0, "0:00"), (1, "0:01"), (999, "0:01"), (1000, "0:01"), (1001, "0:02"), (59_001, "1:00"), (-5, "0:00"),
     (920_000, "15:20"), (3_599_001, "1:00:00"), (HOUR + 61_000, "1:01:01")],
)  # fmt: skip
def test_a_running_timer_never_shows_nothing_left(left: int, face: str) -> None:
    assert clock_face(Millis(left)) == face


@pytest.mark.parametrize(
    ("span", "label"), [(0, "0 s"), (30, "30 s"), (60, "60 s"), (61, "1:01"), (90, "1:30"), (3600, "1:00:00")]
)
def test_a_label_is_short(span: int, label: str) -> None:
    assert short_length(seconds(span)) == label


@pytest.mark.parametrize(
    ("span", "words"),
    [(1, "1 second"), (30, "30 seconds"), (60, "1 minute"), (90, "1 minute 30"), (120, "2 minutes"),
     (150, "2 minutes 30"), (3600, "60 minutes")],
)  # fmt: skip
def test_a_voice_reads_a_length_well(span: int, words: str) -> None:
    assert spoken_length(seconds(span)) == words
