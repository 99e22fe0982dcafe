"""What was done: the records that the history keeps and that levels are folded from."""

from __future__ import annotations

from dataclasses import dataclass

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.routine import Side


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment that a wall clock showed, read once at the door; here it is only compared and carried."""

    written: str
    """ISO 8601 with its offset, as it is stored and exported."""
    epoch: Millis
    """Milliseconds since 1970 in UTC: what order and spans are worked out from."""
    day: int
    """The calendar day where it was written, counted from 1 January of the year 1."""


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One work of a session: a set of one side, or one bout of a split hold."""

    step: str
    """The step's id in its routine."""
    name: str
    """The name that was shown."""
    side: Side | None
    set: int
    round: int
    planned_ms: Millis | None
    """How long it was meant to be; `None` for a step that waits."""
    held_ms: Millis
    """How long it was really held."""
    outcome: StepOutcome


@dataclass(frozen=True, slots=True)
class Practice:
    """What of a session a level is folded from; much cheaper to read in thousands than the whole record."""

    at: Millis
    """When it began, in milliseconds since 1970."""
    day: int
    """The local calendar day on which it began, as in `Instant`."""
    outcome: Outcome
    level_ms: Millis | None
    rpe: int | None
    pain_before: int | None
    pain: int | None
    flare: bool | None
    steps: tuple[StepRecord, ...]


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as it is kept, exported and judged."""

    id: str
    """A UUID in its usual spelling, lower case."""
    routine: str
    """The routine's id."""
    name: str
    """The routine's name on that day."""
    started_at: Instant
    ended_at: Instant | None
    """`None` while it is unfinished, or where it is not known."""
    outcome: Outcome
    level_ms: Millis | None
    """The hold of the growing step; `None` where nothing grows."""
    rpe: int | None
    """Effort of the hardest set, 1 to 10."""
    pain_before: int | None
    """The back before the session, 0 to 10."""
    pain: int | None
    """The worst during the session, 0 to 10."""
    flare: bool | None
    """Whether the back was clearly worse on the morning after."""
    note: str
    planned_ms: Millis | None
    """The length of the whole routine without get-ready; `None` where it is not known."""
    steps: tuple[StepRecord, ...]
    """Works in the order of the routine; those never reached are not here."""

    @property
    def practice(self) -> Practice:
        """The part that a level is folded from."""
        return Practice(
            self.started_at.epoch,
            self.started_at.day,
            self.outcome,
            self.level_ms,
            self.rpe,
            self.pain_before,
            self.pain,
            self.flare,
            self.steps,
        )
