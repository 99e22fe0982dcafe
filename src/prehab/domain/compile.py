"""Unrolling: sets, sides, bouts, rounds and gaps become one tuple of segments, once and for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from prehab.domain.cues import gap_tones, work_tones
from prehab.domain.duration import Millis, spell
from prehab.domain.narration import estimate, narrate
from prehab.domain.posture import with_checks
from prehab.domain.routine import Group, Routine, Step, Style
from prehab.domain.timeline import Segment, SegmentKind, Timeline, Work
from prehab.domain.wording import call

_Gap = tuple[SegmentKind, Millis]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A work with the gap that stands before it."""

    work: Work
    length: Millis | None
    gap: SegmentKind
    gap_length: Millis


def compile_timeline(
    routine: Routine,
    level: Millis | None = None,
    speech: Callable[[str], Millis] = estimate,
    *,
    going_on: int | None = None,
) -> Timeline:
    """Unroll a routine for one session.

    Args:
        routine: what to unroll.
        level: the hold of the growing step; the first rung if not given.
        speech: how long a text takes to say, in milliseconds.
        going_on: the index of the segment with which a broken-off session goes on. The gap that leads there
            becomes a get-ready: the person has to get down on the mat once more.

    Raises:
        ValueError: if the routine has no such level; the message names those it has.
    """
    hold = _hold(routine, level)
    turns = tuple(_turns(with_checks(routine), hold))
    segments = tuple(_lay_out(routine, turns))
    if going_on is not None:
        segments = _ready_at(segments, lead_in(segments, going_on), routine)
    segments, unsaid = narrate(segments, speech)
    first = segments[0].length if segments[0].kind is SegmentKind.GET_READY else None
    total = Millis(sum(segment.length or 0 for segment in segments) - (first or 0))
    return Timeline(
        routine=routine,
        level=hold,
        segments=segments,
        get_ready=routine.get_ready,
        total=total,
        steps=sum(1 for _ in routine.steps()),
        unsaid=unsaid,
    )


def total_length(routine: Routine, level: Millis | None = None) -> Millis:
    """How long a routine takes without get-ready, and without unrolling what is said.

    Raises:
        ValueError: if the routine has no such level.
    """
    turns = tuple(_turns(routine, _hold(routine, level)))
    gaps = sum(turn.gap_length for turn in turns if turn.gap is not SegmentKind.GET_READY)
    return Millis(gaps + sum(turn.length or 0 for turn in turns))


def levels(routine: Routine) -> tuple[Millis, ...]:
    """The holds a routine can be done at, easiest first; empty where nothing grows."""
    growing = routine.growing
    if growing is None or growing.growth is None:
        return ()
    easier = routine.progression.easier if routine.progression else None
    return ((easier.length,) if easier else ()) + growing.growth.rungs()


def lead_in(segments: Sequence[Segment], index: int) -> int:
    """The gap before a work; a gap itself, or a work without one, leads in by itself."""
    is_led = index > 0 and segments[index].is_work and not segments[index - 1].is_work
    return index - 1 if is_led else index


def _ready_at(segments: tuple[Segment, ...], index: int, routine: Routine) -> tuple[Segment, ...]:
    gap = segments[index]
    if gap.is_work or not routine.get_ready:
        return segments
    calm = routine.style is Style.CALM
    longer = Millis(routine.get_ready - (gap.length or 0))
    ready = replace(
        gap,
        kind=SegmentKind.GET_READY,
        length=routine.get_ready,
        cues=gap_tones(routine.get_ready, calm=calm, is_get_ready=True),
    )
    later = (replace(segment, at=Millis(segment.at + longer)) for segment in segments[index + 1 :])
    return (*segments[:index], ready, *later)


def _hold(routine: Routine, level: Millis | None) -> Millis | None:
    ladder = levels(routine)
    if not ladder:
        if level is not None:
            raise ValueError(f"{routine.id} has no levels: nothing in it grows")
        return None
    if level is None:
        growing = routine.growing
        return growing.length if growing else None
    if not ladder[0] <= level <= ladder[-1]:
        known = ", ".join(spell(hold) for hold in ladder)
        raise ValueError(f"{routine.id} has no level {spell(level)} (it has {known})")
    return level


def _turns(routine: Routine, hold: Millis | None) -> Iterator[_Turn]:
    for lap in range(1, routine.rounds + 1):
        number = 1
        gap: _Gap | None = (SegmentKind.GET_READY, routine.get_ready)
        if lap > 1:
            gap = (SegmentKind.REST, routine.round_rest)
        for item in routine.items:
            steps, rounds, rest = (
                (item.steps, item.rounds, item.rest) if isinstance(item, Group) else ((item,), 1, None)
            )
            for turn in range(1, rounds + 1):
                for place, step in enumerate(steps):
                    change: _Gap = (
                        SegmentKind.CHANGE,
                        routine.change if step.change is None else step.change,
                    )
                    if rest is not None and turn > 1 and place == 0:
                        change = (SegmentKind.REST, rest)
                    yield from _step(
                        routine, step, number + place, gap or change, hold,
                        this_round=(lap - 1) * rounds + turn, rounds=routine.rounds * rounds,
                    )  # fmt: skip
                    gap = None
            number += len(steps)


def _step(
    routine: Routine,
    step: Step,
    number: int,
    before: _Gap,
    hold: Millis | None,
    *,
    this_round: int,
    rounds: int,
) -> Iterator[_Turn]:
    length, name, spoken, figure = step.length, step.name, step.spoken or step.name, step.figure
    if step.growth is not None:
        length = hold
        easier = routine.progression.easier if routine.progression else None
        if easier is not None and hold is not None and hold < step.growth.start:
            name, spoken, figure = easier.name, easier.name, easier.figure or figure
    bouts = 1
    if step.bouts is not None and length is not None:
        bouts, length = -(-length // step.bouts.each), step.bouts.each
    switch = routine.switch if step.switch is None else step.switch
    for this_set in range(1, step.sets + 1):
        for place, side in enumerate(step.sides):
            for bout in range(1, bouts + 1):
                work = Work(
                    step, number, name, spoken, figure, side,
                    this_set, step.sets, this_round, rounds, bout, bouts,
                )  # fmt: skip
                yield _Turn(work, length, *before)
                before = (SegmentKind.REST, step.bouts.gap if step.bouts else Millis(0))
            before = (SegmentKind.SWITCH, switch) if place + 1 < len(step.sides) else before
        before = (SegmentKind.REST, step.rest)


def _lay_out(routine: Routine, turns: tuple[_Turn, ...]) -> Iterator[Segment]:
    calm = routine.style is Style.CALM
    index, at = 0, Millis(0)
    for turn in turns:
        said = call(turn.work)
        if turn.gap_length:
            get_ready = turn.gap is SegmentKind.GET_READY
            tones = gap_tones(turn.gap_length, calm=calm, is_get_ready=get_ready)
            yield Segment(index, turn.gap, at, turn.gap_length, turn.work, tones, said)
            index, at = index + 1, Millis(at + turn.gap_length)
        tones = work_tones(turn.length, turn.work.step.beat, calm=calm, is_last=turn is turns[-1])
        yield Segment(index, SegmentKind.WORK, at, turn.length, turn.work, tones, said)
        index, at = index + 1, Millis(at + (turn.length or 0))
