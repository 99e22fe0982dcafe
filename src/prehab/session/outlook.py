"""What a session that just ended means for the next one, before its answers are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from prehab.domain.chain import ALONE, Place
from prehab.domain.duration import Millis, short_length
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.progression import TOO_SOON, follow
from prehab.domain.records import Practice, StepRecord
from prehab.domain.standing import Standing
from prehab.domain.summary import Summary, WorkDone
from prehab.domain.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a session that is over; `None` where they said nothing."""

    effort: int | None = None
    """The hardest set, 1 to 10."""
    pain: int | None = None
    """The worst during it, 0 to 10."""
    held: Mapping[int, Millis] = field(default_factory=dict)
    """Corrected lengths, by the index of the segment."""


def outlook(
    timeline: Timeline,
    summary: Summary,
    said: Said,
    before: Iterable[Practice],
    *,
    started: Millis,
    day: int,
    pain_before: int | None = None,
    place: Place = ALONE,
) -> Standing:
    """Fold the session with these answers behind those before it.

    Args:
        timeline: of a routine with a progression.
        summary: what was done.
        said: the answers so far.
        before: the sessions of the routine in the history, this one left out.
        started: when it began, in milliseconds since 1970.
        day: the local day on which it began.
        pain_before: the back before it, 0 to 10.
        place: where the routine stands in its chain.
    """
    practice = Practice(
        at=started,
        day=day,
        outcome=summary.outcome,
        level_ms=timeline.level,
        rpe=said.effort,
        pain_before=pain_before,
        pain=said.pain,
        flare=None,
        steps=tuple(_step(work, said.held.get(work.segment.index)) for work in summary.works),
    )
    standing, (newest,) = follow(
        timeline.routine, [*before, practice], 1, now=started, today=day, place=place
    )
    if newest.practice == practice and not newest.counts:
        return replace(standing, why=_left_out(practice, standing))
    return standing


def _left_out(practice: Practice, standing: Standing) -> str:
    """Why a session moves nothing: the sentence of the one before it would be taken for its own."""
    if practice.outcome is Outcome.UNFINISHED:
        why = "it was not finished"
    elif standing.last_at is not None and practice.at - standing.last_at < TOO_SOON:
        why = "the one before was less than 24 hours ago"
    else:
        why = "nothing was held"
    again = f" Next time {short_length(standing.hold_ms)}." if standing.hold_ms else ""
    return f"This session is kept, but does not count: {why}.{again}"


def _step(done: WorkDone, corrected: Millis | None) -> StepRecord:
    segment, work = done.segment, done.segment.work
    outcome = done.outcome
    if corrected is not None:
        outcome = StepOutcome.DONE if corrected >= (segment.length or 0) else StepOutcome.SHORT
    return StepRecord(
        step=work.step.id,
        name=work.name,
        side=work.side,
        set=work.set,
        round=work.round,
        planned_ms=segment.length,
        held_ms=done.held if corrected is None else corrected,
        outcome=outcome,
    )
