"""Where a person stands: what the fold carries, and what it says in the end."""

from __future__ import annotations

from dataclasses import dataclass

from prehab.domain.duration import Millis
from prehab.domain.records import Practice
from prehab.domain.rule import Effort, Marks, Reason, Verdict


@dataclass(slots=True)
class State:
    """What the fold carries from one session to the next, moved on in place: histories are long."""

    marks: Marks
    done: int
    """The level of the session that the verdict is about; at the start the one to begin with."""
    verdict: Verdict = Verdict.START
    reason: Reason = Reason.FIRST
    effort: Effort | None = None
    """What that session was like."""
    at: Millis | None = None
    """When the last session that counted began."""
    day: int | None = None
    """On which day that was."""
    sore: int = 0
    """Sessions in a row with pain that asks for a change."""
    sore_day: int | None = None
    """The day of the last of them."""
    backs: tuple[int, ...] = ()
    """The newest answers to how the back was before a session."""
    graduated_at: Millis | None = None
    """When the session began by which it was outgrown; a step back takes it away."""
    is_flare_known: bool = True
    """Whether the morning after the last session that counted was asked about."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One session and what became of it, for a chart or a list."""

    practice: Practice
    level: int
    """The level really done."""
    held: int
    """Sets, or rounds, held to time."""
    counts: bool
    """Whether it moved the fold; unfinished, empty and too early sessions do not."""
    marks: Marks
    """Level, streak and misses after it."""
    verdict: Verdict
    """After it; where it does not count, as it was before."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands, and what the next session would be if it began now."""

    routine: str
    """The routine's id."""
    level: int
    """Days off counted. Of a circuit, its number."""
    hold_ms: Millis | None
    """How long the growing step is held; `None` for a circuit."""
    sets: int
    """Sets of the growing step, or rounds of a circuit."""
    streak: int
    """Clean sessions in a row, as the last session that counted left it; so are misses and verdict."""
    misses: int
    verdict: Verdict
    why: str
    """Why, and what would change it, in plain words."""
    would_count: bool
    """Whether a session that began now would count: the last one is a day ago."""
    days_off: int | None
    """Days since the last session that counted; `None` before the first."""
    sore: int
    """Sessions in a row with pain that asks for a change."""
    offer: str | None
    """The id of a gentler routine to offer in its place; `None` when this one is fine."""
    rest_until: int | None
    """The first day on which it is due again, after three painful sessions; `None` when it may be done."""
    back_limit: int | None
    """After a stop: the back must be at this or less before the next session."""
    awaits_morning: bool
    """Whether the morning after the last session may still change the verdict."""
    graduated_at: Millis | None
    """When the session began by which it was outgrown, unless a step back came after it."""
    last_at: Millis | None
    """When the last session that counted began."""
