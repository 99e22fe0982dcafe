"""A session by hand: the real engine, a clock that is told the time, and whoever listens."""

from __future__ import annotations

import time
from collections.abc import Callable

from prehab.domain.commands import Command
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis, seconds
from prehab.domain.engine import Engine
from prehab.domain.routine import Bouts, Easier, Growth, Kind, Phase, Progression, Routine, Side, Step
from prehab.domain.timeline import Timeline
from prehab.history.journal import Journal

PLANK = Routine(
    id="plank",
    name="Plank",
    phase=Phase.ANY_DAY,
    items=(
        Step(
            id="front-plank",
            name="Front plank",
            kind=Kind.HOLD,
            length=seconds(30),
            growth=Growth(seconds(30), seconds(60), seconds(5)),
            sets=3,
            rest=seconds(45),
        ),
    ),
    progression=Progression(easier=Easier(seconds(20), "Front plank from the knees")),
)
"""Get ready 0 to 10 s; holds at 10, 85 and 160 s; over at 190 s."""

STRETCH = Routine(
    id="stretch",
    name="Stretch",
    phase=Phase.AFTER_RUN,
    items=(
        Step(
            id="calf",
            name="Calf",
            kind=Kind.HOLD,
            length=seconds(30),
            sides=(Side.LEFT, Side.RIGHT),
        ),
        Step(id="breathe", name="Breathe", kind=Kind.REPS, length=None, reps=10),
    ),
)

TENS = Routine(
    id="tens",
    name="Tens",
    phase=Phase.ANY_DAY,
    items=(
        Step(
            id="front-plank",
            name="Front plank",
            kind=Kind.HOLD,
            length=seconds(30),
            growth=Growth(seconds(30), seconds(60), seconds(5)),
            bouts=Bouts(seconds(10), seconds(3)),
            sets=3,
        ),
    ),
)


def plank(level: int = 30) -> Timeline:
    """The plank at a level in seconds."""
    return compile_timeline(PLANK, seconds(level))


class ByHand:
    """Somebody doing a session, heard by a journal."""

    def __init__(self, journal: Journal, timeline: Timeline, first: int = 0) -> None:
        self.journal = journal
        self.engine = Engine(timeline, first=first)
        self.now = Millis(0)
        self.do(Command.START)

    def do(self, command: Command) -> None:
        """Press a key."""
        events = self.engine.handle(command, self.now)
        self.journal.accept(events, self.engine.view(self.now))

    def until(self, moment: float, look_every: int = 250) -> None:
        """Let time pass up to a second of the session, looking now and then."""
        while self.now < moment * 1000:
            self.now = Millis(min(self.now + look_every, int(moment * 1000)))
            self.journal.accept(self.engine.advance(self.now), self.engine.view(self.now))


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether another thread makes it true within a few seconds."""
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.01)
    return False
