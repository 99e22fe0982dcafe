"""What was done in a session: a fold over its events, the last try of each work counting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prehab.domain.duration import Millis
from prehab.domain.events import Event, Outcome, SessionEnded, StepOutcome, WorkEnded
from prehab.domain.timeline import Segment, Timeline


@dataclass(frozen=True, slots=True)
class WorkDone:
    """One work as it was really done."""

    segment: Segment
    held: Millis
    outcome: StepOutcome


@dataclass(frozen=True, slots=True)
class Summary:
    """A session as it was really done."""

    outcome: Outcome
    works: tuple[WorkDone, ...]
    """In the order of the timeline; works that were never reached are not in it."""

    @property
    def held(self) -> Millis:
        """All the work, pauses and gaps left out."""
        return Millis(sum(work.held for work in self.works))

    @property
    def done(self) -> int:
        """How many works were held to the end."""
        return sum(1 for work in self.works if work.outcome is StepOutcome.DONE)


EMPTY = Summary(Outcome.UNFINISHED, ())


def add(summary: Summary, events: Iterable[Event], timeline: Timeline) -> Summary:
    """Fold more events into a summary."""
    works = {work.segment.index: work for work in summary.works}
    outcome = summary.outcome
    for event in events:
        if isinstance(event, WorkEnded):
            works[event.index] = WorkDone(timeline.segments[event.index], event.held, event.outcome)
        elif isinstance(event, SessionEnded):
            outcome = event.outcome
    return replace(summary, outcome=outcome, works=tuple(works[index] for index in sorted(works)))
