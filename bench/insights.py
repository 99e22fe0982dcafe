"""How often the diary cries wolf: false alarms of our own code where there is nothing, and what it finds.

Scores are whole numbers from 0 to 10 round 4 with a spread of 1.5, as a real diary has them. Each kind of
diary is made some hundred times over, the same ones every time.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence

from bench.measure import heading, row

from prehab.domain.diary import Amount, Diary, Run, Soreness, Surface
from prehab.domain.duration import HOUR, Millis
from prehab.domain.insights import Comparison, Status, insights
from prehab.domain.permutation import interval
from prehab.domain.records import Instant

DIARIES = 600
SPREAD = 1.5
USUAL = 4.0
ALLOWED = 0.05
DAY = Millis(24 * HOUR)


def main() -> None:
    """Print the rows of the diary."""
    heading(f"the diary ({DIARIES} made-up diaries a row, spread {SPREAD})")
    for group, others in ((5, 5), (8, 8), (10, 10), (5, 12), (20, 20)):
        share = _false_alarms(group, others)
        row(
            f"noise, {group} and {others} runs: interval without zero",
            f"{share:.1%}",
            f"at most {ALLOWED:.0%}",
            share <= ALLOWED,
        )
    _whole_diaries()
    for size, drop in ((5, 3.0), (8, 3.0)):
        found = Counter(_half_way(size, drop).status for _ in range(DIARIES))
        withheld = found[Status.TIME_ORDER] / DIARIES
        row(
            f"a habit taken up half-way, {size} and {size}: withheld",
            f"{withheld:.1%}",
            "100%",
            withheld == 1,
        )
    for size in (8, 10):
        drifting = [_drifting(size, 3.0) for _ in range(DIARIES)]
        wrong = sum(one.excludes_zero for one in drifting) / DIARIES
        row(
            f"a drift of 3 points, {size} and {size}: false alarms",
            f"{wrong:.1%}",
            f"at most {ALLOWED:.0%}",
            wrong <= ALLOWED,
        )
    for size, effect in ((5, 2.0), (8, 2.0), (10, 2.0), (10, 1.0)):
        power = sum(_finds(size, effect) for _ in range(DIARIES)) / DIARIES
        row(f"a true difference of {effect:g}, {size} and {size}: found", f"{power:.0%}", "", True)
    start = time.process_time()
    interval([_score() for _ in range(10)], [_score() for _ in range(10)])
    took = (time.process_time() - start) * 1000
    row("one interval, 10 and 10 runs", f"{took:.1f} ms", "at most 100 ms", took <= 100)
    years = _diary([_chance.random() < 0.5 for _ in range(600)], [USUAL] * 600, shuffled=True)
    start = time.process_time()
    insights(years)
    took = time.process_time() - start
    row("all comparisons of 600 runs", f"{took:.1f} s", "at most 1 s", took <= 1)


_chance = random.Random(20)


def _score(true: float = USUAL) -> int:
    return min(10, max(0, round(_chance.gauss(true, SPREAD))))


def _false_alarms(group: int, others: int) -> float:
    alarms = 0
    for _ in range(DIARIES):
        low, high = interval([_score() for _ in range(group)], [_score() for _ in range(others)])
        alarms += low > 0 or high < 0
    return alarms / DIARIES


def _finds(size: int, effect: float) -> bool:
    low, high = interval([_score(USUAL + effect) for _ in range(size)], [_score() for _ in range(size)])
    return low > 0 or high < 0


def _whole_diaries() -> None:
    """Noise in every factor and area: what one comparison shows, and what a whole diary of six does."""
    alarms = looks = shown = 0
    count = DIARIES // 2
    for _ in range(count):
        found = insights(_diary([_chance.random() < 0.5 for _ in range(24)], [USUAL] * 24, shuffled=True))
        compared = [one for one in found if one.status is Status.COMPARED]
        looks += len(compared)
        alarms += sum(one.excludes_zero for one in compared)
        shown += any(one.excludes_zero for one in compared)
    share = alarms / looks
    row(
        "noise, whole diaries of 24 runs: of all comparisons",
        f"{share:.1%}",
        f"at most {ALLOWED:.0%}",
        share <= ALLOWED,
    )
    row(
        "the same: diaries that show any of six", f"{shown / count:.1%}", "at most 26%", shown / count <= 0.26
    )


def _half_way(size: int, drop: float) -> Comparison:
    """Soreness falls all the while, and the stretch begins in the middle."""
    runs = 2 * size
    return _stretch(_diary([number >= size for number in range(runs)], _falling(runs, drop)))


def _drifting(size: int, drop: float) -> Comparison:
    """Soreness falls all the while, and stretching has nothing to do with when."""
    habit = [number < size for number in range(2 * size)]
    _chance.shuffle(habit)
    return _stretch(_diary(habit, _falling(2 * size, drop)))


def _falling(runs: int, drop: float) -> list[float]:
    return [USUAL + drop / 2 - drop * number / (runs - 1) for number in range(runs)]


def _stretch(diary: Diary) -> Comparison:
    return next(one for one in insights(diary) if (one.factor, one.outcome) == ("stretch", "lower back"))


def _diary(habit: Sequence[bool], true: Sequence[float], *, shuffled: bool = False) -> Diary:
    """A run every second day; the other factors are the same habit, or each one of its own."""
    runs, scores = [], []
    for number, (does, score) in enumerate(zip(habit, true, strict=True)):
        concrete, warm = (_chance.random() < 0.5, _chance.random() < 0.5) if shuffled else (does, does)
        at = _moment(2 * number, 7)
        runs.append(
            Run(
                f"{number}",
                at,
                surface=Surface.CONCRETE if concrete else Surface.GRASS,
                warm_up=Amount.SHORT if warm else Amount.NONE,
                stretch=Amount.SHORT if does else Amount.NONE,
            )
        )
        morning = _moment(2 * number + 1, 6)
        for area in ("lower back", "shoulders"):
            scores.append(Soreness(f"{area} {number}", morning, area, _score(score)))
    return Diary(runs, scores)


def _moment(day: int, hour: int) -> Instant:
    return Instant("", Millis(day * DAY + hour * HOUR), day + 1)


if __name__ == "__main__":
    main()
