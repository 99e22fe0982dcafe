"""What the diary can say about surface, warm-up and stretch, and what it cannot: a fixed list of comparisons.

Gates come first, then order in time, then an interval; one that holds zero reads `cannot tell`, never `no
effect`. The list does not depend on what was found, and it is never sorted by size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from statistics import fmean

from prehab.domain.diary import ALWAYS_ASKED, Amount, Diary, Rated
from prehab.domain.permutation import difference, interval, p_value

LISTED_FROM = 3
"""With fewer scores in a group than this there are only counts."""
COMPARED_FROM = 5
"""With fewer than this there is no average difference: no interval of 95 % exists for three and three."""
ORDERED_BELOW = 0.2
"""Groups whose order in time is this unlikely sit at different times, and are not compared."""
ALSO_LONGER = 1.2
"""Runs whose mean lengths differ by more than this factor are said to."""
LUCK = 0.05
"""How often one comparison of nothing but noise shows a difference."""


class Status(Enum):
    """How much can be said."""

    COMPARED = "compared"
    TOO_FEW = "too-few"
    """The scores can be listed, and no more."""
    COUNTS_ONLY = "counts-only"
    TIME_ORDER = "time-order"
    """The groups sit at different times of the diary, which alone could explain a difference."""
    NO_VARIATION = "no-variation"
    """Every score is the same."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A habit or a circumstance that runs are compared by."""

    name: str
    group: str
    others: str
    is_in_group: Callable[[Rated], bool | None]
    """Whether a run belongs to the group; `None` where it is not known, and the run is left out."""
    adjective: str
    """What runs of the group are called: `5 concrete runs`."""
    other_adjective: str
    short: str
    """The group at the start of a sentence."""
    other_short: str


def _done(amount: Amount | None) -> bool | None:
    return None if amount is None else amount is not Amount.NONE


FACTORS = (
    Factor(
        "surface", "concrete", "other surfaces", lambda one: one.run.is_on_concrete,
        "concrete", "other", "Concrete", "other surfaces",
    ),
    Factor(
        "warm-up", "warmed up", "not warmed up", lambda one: _done(one.run.warm_up),
        "warmed-up", "not warmed-up", "Warmed up", "not warmed up",
    ),
    Factor(
        "stretch", "stretched", "not stretched", lambda one: _done(one.run.stretch),
        "stretched", "not stretched", "Stretched", "not stretched",
    ),
)  # fmt: skip
COMPARISONS = tuple(product(FACTORS, ALWAYS_ASKED))
"""All that is ever looked at, in this order."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What else the runs of the two groups had of one kind: the means, `None` where nobody said."""

    label: str
    group: float | None
    others: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison, as far as it could be taken."""

    outcome: str
    """The area that was rated."""
    factor: str
    group: str
    others: str
    scores: tuple[int, ...]
    """The scores of the group, in the order of its runs."""
    other_scores: tuple[int, ...]
    status: Status
    sentence: str
    mean: float | None = None
    other_mean: float | None = None
    difference: float | None = None
    """The mean of the group less that of the others."""
    low: float | None = None
    """The interval of 95 %; `None` where there is none to be had."""
    high: float | None = None
    beside: tuple[Beside, ...] = ()

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval speaks for a difference."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def also(self) -> Iterator[str]:
        """What else the runs of the two groups had, a line for each thing that is known of both."""
        for one in self.beside:
            if one.group is not None and one.others is not None:
                means = f"{self.group} {one.group:.1f}, {self.others} {one.others:.1f}"
                is_said = one is not self.beside[0] or self.excludes_zero or not _longer(self.beside)
                yield f"mean {one.label}: {means}{'' if is_said else '; the runs also differed in length'}"

    @property
    def size(self) -> str:
        """How much the difference is, in a word; empty where none is shown."""
        if not self.excludes_zero or self.difference is None:
            return ""
        points = abs(self.difference)
        return "small" if points < 1 else "modest" if points < 2 else "worth noticing"


def insights(diary: Diary) -> tuple[Comparison, ...]:
    """Every comparison of the list, in its order."""
    rated = {area: diary.rated(area) for area in ALWAYS_ASKED}
    return tuple(_compare(factor, area, rated[area]) for factor, area in COMPARISONS)


def luck(looked_at: int = len(COMPARISONS)) -> str:
    """How often so many comparisons show something that is nothing."""
    return f"1 diary in {round(1 / (1 - (1 - LUCK) ** looked_at))}"


def _compare(factor: Factor, area: str, rated: Sequence[Rated]) -> Comparison:
    known = [(one, belongs) for one in rated if (belongs := factor.is_in_group(one)) is not None]
    group = [one for one, belongs in known if belongs]
    others = [one for one, belongs in known if not belongs]
    scores, other_scores = _scores(group), _scores(others)
    fewest = min(len(scores), len(other_scores))
    if fewest < COMPARED_FROM:
        status = Status.COUNTS_ONLY if fewest < LISTED_FROM else Status.TOO_FEW
        sentence = _too_few(factor, scores, other_scores)
        return _comparison(factor, area, scores, other_scores, status, sentence)
    mean, other_mean = fmean(scores), fmean(other_scores)
    beside = _beside(group, others)
    if len({*scores, *other_scores}) == 1:
        sentence = (
            f"All {len(known)} rated runs have the same next-day {_adjective(area)} score, {scores[0]}: "
            "no variation to compare."
        )
        return _comparison(
            factor, area, scores, other_scores, Status.NO_VARIATION, sentence,
            mean=mean, other_mean=other_mean, beside=beside,
        )  # fmt: skip
    apart = difference(scores, other_scores)
    if order := _order(factor, [belongs for _, belongs in known]):
        return _comparison(
            factor, area, scores, other_scores, Status.TIME_ORDER, order,
            mean=mean, other_mean=other_mean, difference=apart, beside=beside,
        )  # fmt: skip
    low, high = interval(scores, other_scores)
    return _comparison(
        factor, area, scores, other_scores, Status.COMPARED,
        _compared(factor, area, scores, other_scores, low, high, beside),
        mean=mean, other_mean=other_mean, difference=apart, low=low, high=high, beside=beside,
    )  # fmt: skip


def _comparison(
    factor: Factor,
    area: str,
    scores: tuple[int, ...],
    other_scores: tuple[int, ...],
    status: Status,
    sentence: str,
    *,
    mean: float | None = None,
    other_mean: float | None = None,
    difference: float | None = None,
    low: float | None = None,
    high: float | None = None,
    beside: tuple[Beside, ...] = (),
) -> Comparison:
    return Comparison(
        area, factor.name, factor.group, factor.others, scores, other_scores, status, sentence,
        mean, other_mean, difference, low, high, beside,
    )  # fmt: skip


def _scores(rated: Iterable[Rated]) -> tuple[int, ...]:
    return tuple(one.after for one in rated)


def _order(factor: Factor, belongs: Sequence[bool]) -> str:
    """Say that the groups sit at different times; empty where they are mixed well enough."""
    group = [number for number, is_in in enumerate(belongs) if is_in]
    others = [number for number, is_in in enumerate(belongs) if not is_in]
    if p_value(group, others) >= ORDERED_BELOW:
        return ""
    side = "later" if difference(group, others) > 0 else "earlier"
    return f"Most of your {factor.adjective} runs came {side}; time alone could explain this."


def _too_few(factor: Factor, scores: Sequence[int], other_scores: Sequence[int]) -> str:
    sentence = (
        f"Not enough data yet: {len(scores)} {factor.adjective} and {len(other_scores)} "
        f"{factor.other_adjective} runs have a next-day score; this needs {COMPARED_FROM} of each."
    )
    if min(len(scores), len(other_scores)) < LISTED_FROM:
        return sentence
    listed, other_listed = (", ".join(map(str, some)) for some in (scores, other_scores))
    return f"{sentence} {factor.short}: {listed}; {factor.other_short}: {other_listed}."


def _compared(
    factor: Factor,
    area: str,
    scores: Sequence[int],
    other_scores: Sequence[int],
    low: float,
    high: float,
    beside: Sequence[Beside],
) -> str:
    mean, other_mean = round(fmean(scores), 1), round(fmean(other_scores), 1)
    apart = round(mean - other_mean, 1)
    how_far = f"{abs(apart):.1f} {'higher' if apart > 0 else 'lower'}" if apart else "0.0 apart"
    if low <= 0 <= high:
        return (
            f"{factor.short} {mean:.1f}, {factor.other_short} {other_mean:.1f}: {how_far} "
            f"({low:.1f} to {high:.1f}). Your diary cannot tell these apart yet. "
            "That is not the same as no effect."
        )
    parts = [
        f"In {len(scores) + len(other_scores)} rated runs, next-day {_adjective(area)} soreness averaged "
        f"{mean:.1f} after {len(scores)} {factor.adjective} runs and {other_mean:.1f} after "
        f"{len(other_scores)} others: {how_far} (95% interval {low:.1f} to {high:.1f}).",
        "This is your diary, not an experiment.",
        _longer(beside),
        f"{len(COMPARISONS)} comparisons were looked at; with {len(COMPARISONS)}, about {luck()} shows one "
        "like this by luck.",
    ]
    return " ".join(part for part in parts if part)


def _beside(group: Sequence[Rated], others: Sequence[Rated]) -> tuple[Beside, ...]:
    def means(label: str, of: Callable[[Rated], float | None]) -> Beside:
        return Beside(label, _mean(map(of, group)), _mean(map(of, others)))

    return (
        means("distance in km", lambda one: one.run.distance_m and one.run.distance_m / 1000),
        means("effort", lambda one: one.run.effort),
        means("score before the run", lambda one: one.before),
    )


def _longer(beside: Sequence[Beside]) -> str:
    distance = beside[0]
    if not distance.group or not distance.others:
        return ""
    more, less = max(distance.group, distance.others), min(distance.group, distance.others)
    if more / less <= ALSO_LONGER:
        return ""
    apart = abs(round(distance.group, 1) - round(distance.others, 1))
    return f"Those runs were also {apart:.1f} km {'longer' if more == distance.group else 'shorter'}."


def _adjective(area: str) -> str:
    return area.replace(" ", "-")


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
