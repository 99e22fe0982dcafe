"""Routines that are right, timelines of them, and people who press keys.

The strategies are cached, since making and checking them takes longer than drawing from them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from zlib import crc32

from hypothesis import strategies as st

from prehab.domain.commands import Command
from prehab.domain.compile import compile_timeline, levels
from prehab.domain.duration import Millis, seconds
from prehab.domain.routine import (
    At,
    Bouts,
    Easier,
    Group,
    Growth,
    Kind,
    Left,
    Line,
    Phase,
    Progression,
    Routine,
    Side,
    Step,
    Style,
)
from prehab.domain.timeline import Timeline

NAMES = (
    "Plank", "Wall calf stretch, knee straight", "Dead bug", "T-spine turn", "Seated hip switches",
    "Single-leg bridge", "Reach-and-round", "Side plank from the knees", "March", "Figure four",
)  # fmt: skip
TEXTS = (
    "",
    "Breathe.",
    "Back leg straight, heel heavy, hips drift forward.",
    "On your back; slide the heel in, then out until straight. Smooth.",
    "Elbows under shoulders, forearms down. Squeeze the seat, brace the belly, look at your hands. Breathe.",
)
SIDES = ((None,), (Side.LEFT,), (Side.RIGHT,), (Side.LEFT, Side.RIGHT))

Speech = Callable[[str], Millis]

_NAMES = st.sampled_from(NAMES)
_MAYBE_NAMES = st.none() | _NAMES
_TEXTS = st.sampled_from(TEXTS)
_SIDES = st.sampled_from(SIDES)
_KINDS = st.sampled_from(Kind)
_UP_TO_3 = st.integers(1, 3)
_REPS = st.integers(1, 12)
_FORMS = st.sampled_from(("for", "for", "beat", "reps", "bouts"))
_FORMS_AND_WAITING = st.sampled_from(("for", "for", "beat", "reps", "bouts", "wait"))


@cache
def spans(least: int, most: int) -> st.SearchStrategy[Millis]:
    """Whole seconds, small ones more often, since the rules change there."""
    return st.one_of(st.integers(least, min(most, 25)), st.integers(least, most)).map(seconds)


@cache
def gaps() -> st.SearchStrategy[Millis]:
    return spans(0, 60)


@cache
def maybe_gaps() -> st.SearchStrategy[Millis | None]:
    return st.none() | gaps()


@cache
def sayings() -> st.SearchStrategy[tuple[Line, ...]]:
    moments = st.one_of(st.just(At(None)), st.builds(At, spans(0, 90)), st.builds(Left, spans(1, 90)))
    line = st.builds(Line, st.sampled_from(TEXTS[1:4]), moments)
    return st.one_of(st.just(()), st.lists(line, max_size=3).map(tuple))


@cache
@st.composite
def steps(draw: st.DrawFn, *, waiting: bool = True, lengths: st.SearchStrategy[Millis] | None = None) -> Step:
    """A step without growth. Its id is made unique by the routine it goes into."""
    beat, reps, bouts = None, None, None
    length: Millis | None = draw(spans(1, 120) if lengths is None else lengths)
    form = draw(_FORMS_AND_WAITING if waiting else _FORMS)
    if form == "beat":
        beat = draw(spans(1, 10))
    elif form == "reps":
        beat, reps = draw(spans(1, 8)), draw(_REPS)
        length = Millis(beat * reps)
    elif form == "bouts":
        bouts = Bouts(draw(spans(1, 30)), draw(spans(0, 8)))
    elif form == "wait":
        length, reps = None, draw(_REPS)
    return Step(
        id="",
        name=draw(_NAMES),
        kind=draw(_KINDS),
        length=length,
        bouts=bouts,
        reps=reps,
        beat=beat,
        sets=draw(_UP_TO_3),
        rest=draw(gaps()),
        sides=draw(_SIDES),
        change=draw(maybe_gaps()),
        switch=draw(maybe_gaps()),
        spoken=draw(_MAYBE_NAMES),
        do=draw(_TEXTS),
        say=draw(sayings()),
    )


@cache
def groups(inner: st.SearchStrategy[Step]) -> st.SearchStrategy[Group]:
    return st.builds(
        Group, st.lists(inner, min_size=1, max_size=3).map(tuple), rounds=st.integers(1, 3), rest=gaps()
    )


@cache
def _items(inner: st.SearchStrategy[Step]) -> st.SearchStrategy[list[Step | Group]]:
    return st.lists(st.one_of(inner, inner, groups(inner)), min_size=1, max_size=4)


@cache
@st.composite
def routines(
    draw: st.DrawFn, *, waiting: bool = True, lengths: st.SearchStrategy[Millis] | None = None
) -> Routine:
    """A routine that is right, with at most one step that grows."""
    inner = steps(waiting=waiting, lengths=lengths)
    items = draw(_items(inner))
    growing = draw(st.none() | st.integers(0, len(items) - 1))
    progression = None
    if growing is not None and isinstance(grown := items[growing], Step) and grown.reps is None:
        start = draw(spans(2, 60))
        growth = Growth(start, Millis(start + draw(spans(1, 60))), draw(spans(1, 30)))
        items[growing] = replace(grown, length=start, growth=growth)
        if draw(st.booleans()):
            easier = Easier(draw(spans(1, start // 1000 - 1)), "An easier one")
            progression = Progression(easier=easier)
    return Routine(
        id="made-up",
        name="Made up",
        phase=draw(st.sampled_from(Phase)),
        items=_with_ids(items),
        get_ready=draw(gaps()),
        change=draw(gaps()),
        switch=draw(gaps()),
        rounds=draw(_UP_TO_3),
        round_rest=draw(gaps()),
        style=draw(st.sampled_from(Style)),
        progression=progression,
    )


def _with_ids(items: list[Step | Group]) -> tuple[Step | Group, ...]:
    number = 0

    def with_id(step: Step) -> Step:
        nonlocal number
        number += 1
        return replace(step, id=f"step-{number}")

    return tuple(
        replace(item, steps=tuple(with_id(step) for step in item.steps))
        if isinstance(item, Group)
        else with_id(item)
        for item in items
    )


@cache
def speeches() -> st.SearchStrategy[Speech]:
    """Voices: every text has a length of its own between 0.3 and 6 s, whatever its words."""

    def voice(seed: int) -> Speech:
        def speech(text: str) -> Millis:
            return Millis(300 + crc32(f"{seed} {text}".encode()) % 5701)

        return speech

    return st.integers(0, 2**16).map(voice)


@cache
@st.composite
def timelines(
    draw: st.DrawFn, *, waiting: bool = True, lengths: st.SearchStrategy[Millis] | None = None
) -> Timeline:
    routine = draw(routines(waiting=waiting, lengths=lengths))
    level = draw(st.sampled_from((None, *levels(routine))))
    return compile_timeline(routine, level, draw(speeches()))


@dataclass(frozen=True, slots=True)
class Press:
    """A key pressed some time after the one before."""

    after: Millis
    command: Command
    has_seen: bool
    """Whether the key tells which segment was on the screen when time began to pass."""


def presses(
    commands: tuple[Command, ...] = tuple(Command), *, most: int = 25
) -> st.SearchStrategy[list[Press]]:
    """Somebody who presses keys, in any order, hastily and slowly. Starting comes first."""
    waits = st.one_of(st.integers(0, 3_500), st.integers(0, 40_000), st.sampled_from((0, 1000, 3000, 10_000)))
    press = st.builds(Press, waits.map(Millis), st.sampled_from(commands), st.booleans())
    start = Press(Millis(0), Command.START, has_seen=False)
    return st.lists(press, max_size=most).map(lambda pressed: [start, *pressed])
