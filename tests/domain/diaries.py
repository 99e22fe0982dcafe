"""Diaries by hand: runs at half past seven, and how it was on the morning after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prehab.domain.diary import Amount, Diary, Run, Soreness, Surface, When
from prehab.domain.duration import HOUR, Millis
from prehab.domain.records import Instant

FIRST_DAY = 739_000
"""Any day; a Monday or not does not matter here."""


def moment(day: int, hour: float) -> Instant:
    """A moment of a day, counted from the first of the diary."""
    return Instant(f"day {day}, {hour} h", Millis(round((day * 24 + hour) * HOUR)), FIRST_DAY + day)


def run(day: int, hour: float = 7.5, **more: Any) -> Run:
    return Run(f"run-{day}-{hour}", moment(day, hour), **more)


def sore(day: int, score: int, hour: float = 6.5, area: str = "lower back", **more: Any) -> Soreness:
    return Soreness(f"{area}-{day}-{hour}-{score}", moment(day, hour), area, score, **more)


def diary_of(runs: Sequence[tuple[dict[str, Any], int | None]], area: str = "lower back") -> Diary:
    """A run every second day, each with its score on the morning after."""
    made = [run(2 * number, **what) for number, (what, _) in enumerate(runs)]
    scores = [sore(2 * n + 1, score, area=area) for n, (_, score) in enumerate(runs) if score is not None]
    return Diary(made, scores)


def taking_turns(group: dict[str, Any], others: dict[str, Any], first: str, second: str) -> Diary:
    """Runs of two groups one after the other, so that neither came later than the other."""
    one = [(group, int(score)) for score in first.split()]
    other = [(others, int(score)) for score in second.split()]
    mixed: list[tuple[dict[str, Any], int | None]] = []
    while one or other:
        longer = one if len(one) >= len(other) else other
        mixed.append(longer.pop(0))
    return diary_of(mixed)


CONCRETE = {"surface": Surface.CONCRETE}
GRASS = {"surface": Surface.GRASS}
STRETCHED = {"stretch": Amount.SHORT}
NOT_STRETCHED = {"stretch": Amount.NONE}
MORNING = When.MORNING
