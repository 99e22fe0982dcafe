"""The diary of a runner: runs, how sore it was, and which morning belongs to which run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from prehab.domain.duration import HOUR, Millis
from prehab.domain.records import Instant
from prehab.domain.routine import AREAS

ALWAYS_ASKED = ("lower back", "shoulders")
"""The areas that every check-in asks about, and the only ones that are compared."""
SORE_AREAS = (*(area for area in AREAS if area != "whole body"), "feet")
"""The areas that can be sore."""

MAX_DISTANCE = 1_000_000
"""The longest run that is believed, in metres."""
MAX_DURATION = Millis(7 * 24 * HOUR)

MORNING_FROM = Millis(8 * HOUR)
"""So long after a run it is its morning after: early enough that an evening run still has one."""
MORNING_UNTIL = Millis(36 * HOUR)
"""A score given later than this is late, and left out of comparisons."""
SECOND_MORNING_UNTIL = Millis(60 * HOUR)
JUST_BEFORE = Millis(3 * HOUR)
"""A score given at most so long before a run may be how it was before that run."""
SAID_BEFORE = Millis(12 * HOUR)
"""The same where the person says that it was before the run."""

SHARP_QUESTION = "Sharp or numb anywhere?"
"""Yes leads to the safety text."""
SAFETY_FROM = 6
"""A score of the lower back from here on leads to the safety text."""


class Surface(Enum):
    """What was run on."""

    CONCRETE = "concrete"
    ASPHALT = "asphalt"
    TRACK = "track"
    TRAIL = "trail"
    GRASS = "grass"
    TREADMILL = "treadmill"
    MIXED = "mixed"
    """Several of them; the run may say how much of each."""


class Amount(Enum):
    """How much of a warm-up or of a stretch was done with a run."""

    NONE = "none"
    SHORT = "short"
    FULL = "full"


class When(Enum):
    """Where a soreness score stands to a run."""

    BEFORE = "before"
    MORNING = "morning"
    SECOND_MORNING = "second-morning"


class Place(Enum):
    """Where in an area it is sore."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Run:
    """One run. Everything but its time may be unknown, and unknown is not `no`."""

    id: str
    """A UUID in its usual spelling, lower case."""
    started_at: Instant
    distance_m: int | None = None
    duration_ms: Millis | None = None
    surface: Surface | None = None
    shares: tuple[tuple[Surface, int], ...] = ()
    """Of a mixed run, how many per cent of it were on what; empty where nobody said."""
    effort: int | None = None
    """1 to 10."""
    hills: bool | None = None
    shoes: str | None = None
    warm_up: Amount | None = None
    stretch: Amount | None = None
    note: str = ""

    @property
    def is_on_concrete(self) -> bool | None:
        """Whether it was on concrete: at least half of it, where the shares are known."""
        if self.surface is None:
            return None
        if self.shares:
            return dict(self.shares).get(Surface.CONCRETE, 0) >= 50
        return self.surface is Surface.CONCRETE


@dataclass(frozen=True, slots=True)
class Soreness:
    """How sore one area was at one moment."""

    id: str
    """A UUID in its usual spelling, lower case."""
    at: Instant
    area: str
    """One of `SORE_AREAS`."""
    score: int
    """0 to 10."""
    when: When | None = None
    """Where the person said it stands to a run; `None` leaves it to the nearest run."""
    side: Place | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The scores that were given at one moment, each for another area."""

    entries: tuple[Soreness, ...]
    """One or more, in the order of `SORE_AREAS`."""

    @property
    def at(self) -> Instant:
        """When."""
        return self.entries[0].at


def check_ins(soreness: Iterable[Soreness]) -> tuple[CheckIn, ...]:
    """Scores by the moments they were given at, oldest first; a second one for an area stands by itself."""
    grouped: list[list[Soreness]] = []
    for entry in sorted(soreness, key=lambda one: (one.at.epoch, one.id)):
        of_this_moment = (group for group in grouped[-3:] if group[0].at.epoch == entry.at.epoch)
        place = next(
            (group for group in of_this_moment if all(one.area != entry.area for one in group)), None
        )
        if place is None:
            grouped.append([entry])
        else:
            place.append(entry)
    return tuple(
        CheckIn(tuple(sorted(group, key=lambda one: SORE_AREAS.index(one.area)))) for group in grouped
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a score is about."""

    when: When | None
    """`None` when it is neither before a run nor on a morning after one."""
    run: Run | None
    """The run it belongs to."""
    is_late: bool = False
    """Whether it was meant for a morning after, but came later than that."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A run with what the diary says of one area around it."""

    run: Run
    after: int
    """The score of the morning after."""
    before: int | None = None
    """The score before the run."""


class Diary:
    """Runs and scores, joined: each run with its morning after."""

    def __init__(self, runs: Iterable[Run], soreness: Iterable[Soreness]) -> None:
        self.runs = tuple(sorted(runs, key=lambda run: (run.started_at.epoch, run.id)))
        """Oldest first."""
        self.soreness = tuple(sorted(soreness, key=lambda one: (one.at.epoch, one.id)))
        """Oldest first."""
        self._starts = [run.started_at.epoch for run in self.runs]

    def told(self, entry: Soreness) -> Told:
        """What a score is about: what the person said, or else what the nearest run makes of it."""
        before, after = self._last(entry), self._next(entry)
        if entry.when is None:
            return self._by_nearest(entry, before, after)
        if entry.when is When.BEFORE:
            is_near = after is not None and _until(entry, after) <= SAID_BEFORE
            return Told(When.BEFORE, after if is_near else None)
        if entry.when is When.SECOND_MORNING:
            return Told(When.SECOND_MORNING, self._latest(entry, days=2, most=SECOND_MORNING_UNTIL))
        run = self._latest(entry, days=1, most=MORNING_UNTIL)
        is_late = run is None and before is not None and _since(entry, before) > MORNING_UNTIL
        return Told(When.MORNING, run, is_late)

    def rated(self, area: str) -> tuple[Rated, ...]:
        """The runs whose morning after has a score for an area, oldest first.

        Of several scores of one morning the first counts; of those given at one moment, as for two sides, the
        worst.
        """
        after: dict[str, Soreness] = {}
        before: dict[str, Soreness] = {}
        for entry in self.soreness:
            if entry.area != area:
                continue
            told = self.told(entry)
            if told.run is None:
                continue
            if told.when is When.MORNING:
                _keep(after, told.run.id, entry, is_first=True)
            elif told.when is When.BEFORE:
                _keep(before, told.run.id, entry, is_first=False)
        return tuple(
            Rated(run, after[run.id].score, before[run.id].score if run.id in before else None)
            for run in self.runs
            if run.id in after
        )

    def to_ask(self, now: Instant) -> Run | None:
        """The newest run whose morning after it is now, and whose back nobody has told of yet."""
        run = next((run for run in reversed(self.runs) if run.started_at.epoch <= now.epoch), None)
        if run is None or run.started_at.day >= now.day:
            return None
        if not MORNING_FROM <= now.epoch - run.started_at.epoch <= MORNING_UNTIL:
            return None
        answered = {rated.run.id for area in ALWAYS_ASKED for rated in self.rated(area)}
        return None if run.id in answered else run

    def shoes_so_far(self) -> dict[str, int]:
        """How many metres each pair of shoes has behind it."""
        metres: dict[str, int] = {}
        for run in self.runs:
            if run.shoes:
                metres[run.shoes] = metres.get(run.shoes, 0) + (run.distance_m or 0)
        return metres

    def _by_nearest(self, entry: Soreness, before: Run | None, after: Run | None) -> Told:
        until = None if after is None else _until(entry, after)
        since = None if before is None else _since(entry, before)
        if until is not None and until <= JUST_BEFORE and (since is None or until <= since):
            return Told(When.BEFORE, after)
        if since is None or before is None or entry.at.day <= before.started_at.day or since < MORNING_FROM:
            return Told(None, None)
        if since <= MORNING_UNTIL:
            return Told(When.MORNING, before)
        if since <= SECOND_MORNING_UNTIL:
            return Told(When.SECOND_MORNING, before, is_late=True)
        return Told(None, None, is_late=True)

    def _last(self, entry: Soreness) -> Run | None:
        place = bisect_left(self._starts, entry.at.epoch)
        return self.runs[place - 1] if place else None

    def _next(self, entry: Soreness) -> Run | None:
        place = bisect_left(self._starts, entry.at.epoch)
        return self.runs[place] if place < len(self.runs) else None

    def _latest(self, entry: Soreness, *, days: int, most: Millis) -> Run | None:
        """The newest run that an entry, so many mornings later, can be about."""
        for run in reversed(self.runs[: bisect_right(self._starts, entry.at.epoch - MORNING_FROM)]):
            if _since(entry, run) > most:
                return None
            if entry.at.day >= run.started_at.day + days:
                return run
        return None


def seen_by_somebody(diary: Diary) -> str:
    """Why the back should be shown to somebody; empty while the diary gives no reason."""
    rated = diary.rated(ALWAYS_ASKED[0])
    if len(rated) >= IN_A_ROW and all(one.after >= BAD_MORNING for one in rated[-IN_A_ROW:]):
        return f"Lower back at {BAD_MORNING} or more on the morning after {IN_A_ROW} runs in a row."
    if _is_no_better([one for one in diary.soreness if one.area == ALWAYS_ASKED[0]]):
        return f"Lower back no better over {NO_BETTER_DAYS} days of entries."
    return ""


IN_A_ROW = 3
BAD_MORNING = 4
NO_BETTER_DAYS = 14
_STILL_SORE = 2
"""A back that is below this at any time in the two weeks is not one that stays sore."""


def _is_no_better(entries: Sequence[Soreness]) -> bool:
    """Whether the back stayed sore for two weeks, and their second half was no better than the first."""
    if not entries:
        return False
    first_day = entries[-1].at.day - NO_BETTER_DAYS + 1
    start = max((place for place, one in enumerate(entries) if one.at.day <= first_day), default=None)
    if start is None:
        return False
    scores = [one.score for one in entries[start:]]
    half = len(scores) // 2
    if half == 0 or min(scores) < _STILL_SORE:
        return False
    earlier, later = scores[:half], scores[-half:]
    return sum(later) >= sum(earlier)


def _keep(kept: dict[str, Soreness], run: str, entry: Soreness, *, is_first: bool) -> None:
    """Keep the first or the last entry of a run, and of those of one moment the worst."""
    known = kept.get(run)
    if known is None or (entry.score > known.score if known.at.epoch == entry.at.epoch else not is_first):
        kept[run] = entry


def _since(entry: Soreness, run: Run) -> Millis:
    return Millis(entry.at.epoch - run.started_at.epoch)


def _until(entry: Soreness, run: Run) -> Millis:
    return Millis(run.started_at.epoch - entry.at.epoch)
