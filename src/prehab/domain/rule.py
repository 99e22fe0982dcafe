"""The rule of growing: what one session makes of level, streak and misses. A pure function, top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prehab.domain.routine import Progression

PAUSE_DAYS = 7
"""From so many days off on, the streak starts again."""
DAYS_OFF = ((28, 2), (14, 1))
"""Days since the last session, and how many levels they take away."""
TENS_AFTER = 2
"""Sessions in a row with pain after which short bouts are offered."""
PHYSIO_AFTER = 3
"""Sessions in a row with pain after which there is a week without, and somebody should look at it."""


class Verdict(Enum):
    """What a session means for the next one."""

    START = "start"
    """Nothing is recorded yet."""
    HOLD = "hold"
    ADVANCE = "advance"
    BACK = "back"
    STOP = "stop"
    """Pain ended it; the next one waits for the back."""
    GRADUATE = "graduate"
    """Outgrown: another routine follows."""


class Reason(Enum):
    """Why the verdict is what it is; each has its own sentence."""

    FIRST = "first"
    STOPPED_BY_PAIN = "stopped by pain"
    SORE = "sore"
    MISSED = "missed"
    SPENT = "spent"
    """All was held, but nothing was left."""
    MISSED_AGAIN = "missed again"
    PARTLY_HELD = "partly held"
    FLARE = "flare"
    HARD = "hard"
    UNRATED = "unrated"
    CHOSEN = "chosen"
    """Clean, at a level that the person chose."""
    CLEAN = "clean"
    CLEAN_AGAIN = "clean again"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Marks:
    """What the rule keeps between two sessions."""

    level: int
    streak: int = 0
    """Clean sessions in a row at this level."""
    misses: int = 0
    """Missed sessions in a row."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What of a session the rule looks at."""

    held: int
    """Sets, or rounds, held to time."""
    planned: int
    """Sets, or rounds, in all."""
    rpe: int | None
    """Effort of the hardest set; `None` when it was not given."""
    pain: int
    flare: bool

    @property
    def is_full(self) -> bool:
        """Whether everything was held to time."""
        return self.held >= self.planned

    @property
    def is_short(self) -> bool:
        """Whether less than half was held: none or one of three sets, no round of two."""
        return 2 * self.held < self.planned


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels there are."""

    bottom: int
    top: int

    def below(self, level: int) -> int:
        """One level back, never out of range."""
        return max(self.bottom, level - 1)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a session leaves behind."""

    marks: Marks
    verdict: Verdict
    reason: Reason


def rested(marks: Marks, days: int, ladder: Ladder) -> Marks:
    """What days off leave: never under level 1, unless it was already there."""
    if days < PAUSE_DAYS:
        return marks
    floor = min(marks.level, max(1, ladder.bottom))
    return Marks(max(floor, marks.level - levels_lost(days)), misses=marks.misses)


def levels_lost(days: int) -> int:
    """How many levels so many days off take away."""
    return next((levels for since, levels in DAYS_OFF if days >= since), 0)


def judge(marks: Marks, effort: Effort, rule: Progression, ladder: Ladder, *, earns: bool = True) -> Ruling:
    """Judge a session by the first line of the rule that fits it.

    Args:
        marks: level done, streak and misses before the session.
        effort: what it was like.
        rule: the thresholds.
        ladder: the levels there are.
        earns: whether a clean session counts towards moving up; one at a chosen level does not.
    """
    level = marks.level
    if effort.pain >= rule.stop_pain:
        return Ruling(Marks(ladder.below(level)), Verdict.STOP, Reason.STOPPED_BY_PAIN)
    if effort.pain >= rule.ease_pain:
        return Ruling(Marks(ladder.below(level)), Verdict.BACK, Reason.SORE)
    is_spent = effort.rpe is not None and effort.rpe >= rule.miss_rpe
    if effort.is_short or is_spent:
        if marks.misses + 1 >= rule.misses_to_back:
            return Ruling(Marks(ladder.below(level)), Verdict.BACK, Reason.MISSED_AGAIN)
        reason = Reason.MISSED if effort.is_short else Reason.SPENT
        return Ruling(Marks(level, misses=marks.misses + 1), Verdict.HOLD, reason)
    if effort.flare:
        return Ruling(Marks(level), Verdict.HOLD, Reason.FLARE)
    if effort.rpe is None:
        reason = Reason.UNRATED if earns else Reason.CHOSEN
        return Ruling(Marks(level, marks.streak), Verdict.HOLD, reason)
    if not effort.is_full:
        return Ruling(Marks(level), Verdict.HOLD, Reason.PARTLY_HELD)
    if effort.rpe > rule.clean_rpe:
        return Ruling(Marks(level), Verdict.HOLD, Reason.HARD)
    if not earns:
        return Ruling(Marks(level), Verdict.HOLD, Reason.CHOSEN)
    return _clean(marks, effort.rpe, rule, ladder)


def _clean(marks: Marks, rpe: int, rule: Progression, ladder: Ladder) -> Ruling:
    is_easy = rpe <= rule.easy_rpe
    if not is_easy and marks.streak + 1 < rule.clean_to_advance:
        return Ruling(Marks(marks.level, marks.streak + 1), Verdict.HOLD, Reason.CLEAN)
    reason = Reason.EASY if is_easy else Reason.CLEAN_AGAIN
    if marks.level >= ladder.top:
        return Ruling(Marks(marks.level), Verdict.GRADUATE, reason)
    return Ruling(Marks(marks.level + 1), Verdict.ADVANCE, reason)
