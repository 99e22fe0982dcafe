"""The chart of holds: what moved the level is marked, however few rows there are."""

from __future__ import annotations

import pytest

from prehab.domain.duration import Millis, seconds
from prehab.domain.rule import Verdict
from prehab.session.looking_back import Held
from prehab.tui.widgets.plot import plot


def held(day: int, level: int, verdict: Verdict, following: int) -> Held:
    sets: tuple[Millis, ...] = (seconds(level),) * 3
    return Held(day, seconds(level), sets, True, verdict, seconds(following))


@pytest.mark.parametrize("height", [8, 9, 12, 20])
def test_what_is_outgrown_at_the_longest_hold_is_marked_in_a_low_chart_too(height: int) -> None:
    sessions = [
        held(700_000, 30, Verdict.ADVANCE, 35),
        held(700_020, 60, Verdict.GRADUATE, 60),
        held(700_040, 20, Verdict.HOLD, 20),
    ]
    lines = plot(sessions, 52, height, 700_040)
    drawn = "\n".join("".join(text for text, _ in line) for line in lines)
    assert "*" in drawn
    assert "▲" in drawn
    assert len(lines) == height
