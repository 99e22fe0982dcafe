from __future__ import annotations

from tests.domain.examples import step, timeline

from prehab.domain.duration import Millis, seconds
from prehab.domain.events import Outcome, SessionEnded, StepOutcome, WorkEnded
from prehab.domain.summary import EMPTY, add

THREE = timeline(step("Plank", 30, sets=3, rest=45), get_ready=0)
"""Works are segments 0, 2 and 4."""


def ended(index: int, held: int, outcome: StepOutcome) -> WorkEnded:
    return WorkEnded(Millis(0), index, seconds(held), outcome)


def test_what_was_held_is_summed_and_what_was_held_to_the_end_counted() -> None:
    events = (
        ended(0, 30, StepOutcome.DONE),
        ended(2, 24, StepOutcome.SHORT),
        ended(4, 0, StepOutcome.SKIPPED),
        SessionEnded(Millis(0), Outcome.COMPLETED),
    )
    summary = add(EMPTY, events, THREE)
    assert (summary.held, summary.done, summary.outcome) == (seconds(54), 1, Outcome.COMPLETED)


def test_it_does_not_matter_in_how_many_parts_the_events_come() -> None:
    events = (ended(0, 30, StepOutcome.DONE), ended(2, 30, StepOutcome.DONE))
    at_once = add(EMPTY, events, THREE)
    assert add(add(EMPTY, events[:1], THREE), events[1:], THREE) == at_once
    assert at_once.outcome is Outcome.UNFINISHED


def test_the_last_try_counts_and_keeps_its_place() -> None:
    events = (
        ended(0, 10, StepOutcome.SHORT),
        ended(2, 30, StepOutcome.DONE),
        ended(0, 30, StepOutcome.DONE),
    )
    works = add(EMPTY, events, THREE).works
    assert [(work.segment.index, work.held) for work in works] == [(0, seconds(30)), (2, seconds(30))]
