"""What there is to see at one moment: a frozen picture of a session for screens and lines."""

from __future__ import annotations

from dataclasses import dataclass

from prehab.domain.commands import State
from prehab.domain.duration import Millis
from prehab.domain.timeline import Segment


@dataclass(frozen=True, slots=True)
class View:
    """A session at one moment. It holds no reference to the engine."""

    state: State
    at: Millis
    """The session clock when it was taken."""
    segment: Segment
    elapsed: Millis
    """How long the current segment has run."""
    length: Millis | None
    """How long the current segment is, with what was added; `None` when it waits for a key."""
    left: Millis | None
    """How long is left of it; `None` when it waits for a key."""
    count_in: Millis
    """How long until the clock runs on after a pause or a restart; 0 otherwise."""
    total_left: Millis
    """How long is left of the whole routine, get-ready not counted."""
    total: Millis
    following: Segment | None
    """The next work after the current segment's own, if there is one."""
    held: Millis
    """How long the current work counts as held so far; 0 in a gap."""
    beat: int
    """Beats counted so far in a work that has them."""
    beats: int
    """Beats the work has in all; 0 when it has none."""
    gap: Millis = Millis(0)
    """How long the machine was away when the session is paused by that; 0 otherwise."""
