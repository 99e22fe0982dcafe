"""A session under random keys, with a note of everything it said."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.domain.strategies import Press

from prehab.domain.commands import Command, IllegalCommand
from prehab.domain.duration import Millis
from prehab.domain.engine import Engine
from prehab.domain.events import CueDue, Event
from prehab.domain.timeline import Timeline


@dataclass
class Session:
    """An engine, its clock, and what was heard of it."""

    timeline: Timeline
    patience: Millis | None = None
    now: Millis = Millis(0)
    events: list[Event] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    """Those that were legal when they were given."""

    def __post_init__(self) -> None:
        self.engine = Engine(self.timeline, patience=self.patience)

    def look(self, after: int = 0) -> list[Event]:
        self.now = Millis(self.now + after)
        return self._noted(self.engine.advance(self.now))

    def do(self, command: Command, *, seen: int | None = None) -> list[Event]:
        try:
            events = self.engine.handle(command, self.now, seen=seen)
        except IllegalCommand:
            return self.look()
        self.commands.append(command)
        return self._noted(events)

    def press(self, press: Press) -> list[Event]:
        """Let time pass unseen, then press the key."""
        seen = self.engine.index if press.has_seen else None
        self.now = Millis(self.now + press.after)
        return self.do(press.command, seen=seen)

    def _noted(self, events: tuple[Event, ...]) -> list[Event]:
        self.events += events
        return list(events)


def pressed(timeline: Timeline, presses: list[Press], patience: Millis | None = None) -> Session:
    session = Session(timeline, patience)
    for press in presses:
        session.press(press)
    return session


def cues(events: list[Event]) -> list[CueDue]:
    return [event for event in events if isinstance(event, CueDue)]
