"""Routines by hand, said in as few words as their tests need."""

from __future__ import annotations

from typing import Any

from prehab.domain.commands import Command
from prehab.domain.compile import compile_timeline
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, seconds
from prehab.domain.engine import Engine
from prehab.domain.events import CueDue, Event
from prehab.domain.routine import Kind, Phase, Routine, Side, Step, Style
from prehab.domain.timeline import Segment, Timeline

BOTH = (Side.LEFT, Side.RIGHT)
FOREVER = seconds(7 * 24 * 3600)


def step(name: str = "Plank", length: int | None = 30, kind: Kind = Kind.HOLD, **more: Any) -> Step:
    """A step whose lengths are given in seconds."""
    for key in ("rest", "change", "switch", "beat"):
        if more.get(key) is not None:
            more[key] = seconds(more[key])
    span = None if length is None else seconds(length)
    return Step(name.lower().replace(" ", "-"), name, kind, span, **more)


def routine(*items: Any, calm: bool = False, **more: Any) -> Routine:
    """A routine whose lengths are given in seconds."""
    for key in ("get_ready", "change", "switch", "round_rest"):
        if key in more:
            more[key] = seconds(more[key])
    style = Style.CALM if calm else Style.FULL
    return Routine("mine", "Mine", Phase.ANY_DAY, items, style=style, **more)


def timeline(*items: Any, **more: Any) -> Timeline:
    return compile_timeline(routine(*items, **more))


def shape(unrolled: Timeline) -> list[tuple[str, int | None]]:
    """Kinds and seconds, in order."""
    return [(s.kind.value, None if s.length is None else s.length // 1000) for s in unrolled.segments]


def tones(segment: Segment) -> list[tuple[float, str]]:
    """Seconds into the segment, and what sounds there, speech left out."""
    return [(cue.offset / 1000, cue.kind.value) for cue in segment.cues if cue.kind is not CueKind.SAY]


def said(segment: Segment) -> list[tuple[float, str]]:
    """Seconds into the segment, and what is said there."""
    return [(cue.offset / 1000, cue.text) for cue in segment.cues if cue.text is not None]


def lines(unrolled: Timeline) -> list[str]:
    """Everything that is said, in order."""
    return [text for segment in unrolled.segments for _, text in said(segment)]


def started(unrolled: Timeline, **more: Any) -> Engine:
    engine = Engine(unrolled, **more)
    engine.handle(Command.START, Millis(0))
    return engine


def heard(events: tuple[Event, ...]) -> list[tuple[float, str]]:
    """Seconds and what was heard then: the text where something was said, the tone where not."""
    return [
        (event.due / 1000, event.cue.text or event.cue.kind.value)
        for event in events
        if isinstance(event, CueDue)
    ]
