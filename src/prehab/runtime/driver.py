"""Joins the engine, the clock and the listeners, and finds out when the machine was away."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from prehab.domain.commands import LEGAL, Command, State
from prehab.domain.duration import Millis
from prehab.domain.engine import Engine
from prehab.domain.events import Event
from prehab.domain.timeline import Timeline
from prehab.domain.view import View
from prehab.runtime.clock import Clock
from prehab.runtime.sinks import Planned, Player, Sink, SinkError

SLEPT = Millis(2_000)
"""A machine that was asleep for longer than this was away."""
LATE_LOOK = Millis(5_000)
"""Where no clock tells of sleep, a look later than this means the machine was away."""


class Driver:
    """One session being driven: looks at the clock, moves the engine, tells the listeners."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        *,
        sinks: Sequence[Sink] = (),
        player: Player | None = None,
        speed: int = 1,
        late_look: Millis | None = LATE_LOOK if sys.platform == "win32" else None,
    ) -> None:
        """Stand ready; nothing runs before `Command.START`.

        Args:
            engine: the session.
            clock: what tells the time.
            sinks: who hears every look.
            player: who plays the schedule.
            speed: how many session seconds pass in a real one; a rehearsal is faster.
            late_look: how late a look means the machine was away; `None` where the clock tells of sleep.
        """
        self._engine = engine
        self._clock = clock
        self._sinks = list(sinks)
        self._player = player
        self._speed = speed
        self._late_look = late_look
        self._zero: Millis | None = None
        self._last_seen = Millis(0)
        self._last_slept = clock.slept()
        self._continued = False
        self._failures: list[str] = []
        self.view = engine.view(Millis(0))
        """The session at the last look."""

    @property
    def legal(self) -> frozenset[Command]:
        """Which commands are heard now."""
        return LEGAL[self._engine.state]

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._engine.state

    def now(self) -> Millis:
        """Session time: 0 at the start, pauses counted, faster in a rehearsal."""
        if self._zero is None:
            return Millis(0)
        return Millis((self._clock.now() - self._zero) * self._speed)

    def pulse(self) -> View:
        """Look at the clock and let everything happen that was due."""
        now = self.now()
        gap = self._find_gap(now)
        self._tell((*gap, *self._engine.advance(now)), now, replan=bool(gap))
        return self.view

    def handle(self, command: Command, *, seen: int | None = None) -> View:
        """Let everything happen that was due, then do what the person asks.

        A key that only a gap found now has made meaningless is dropped.

        Raises:
            IllegalCommand: if the session does not hear it now; nothing changes then.
        """
        if command is Command.START and self._zero is None:
            self._zero = self._clock.now()
            self._last_slept = self._clock.slept()
        now = self.now()
        events = self._find_gap(now)
        if not events or command in self.legal:
            events += self._engine.handle(command, now, seen=seen)
        self._tell(events, now, replan=True)
        return self.view

    def revise(self, timeline: Timeline) -> View:
        """Let everything happen that was due, then go on with the cues of a timeline of the same segments."""
        now = self.now()
        self._tell((*self._find_gap(now), *self._engine.revise(timeline, now)), now, replan=True)
        return self.view

    def continued(self) -> None:
        """Take note that the program was stopped and goes on (SIGCONT): the next look pauses."""
        self._continued = True

    def until_next(self) -> Millis | None:
        """How long, in real milliseconds, until something happens by itself; `None` while nothing will."""
        due = self._engine.next_due()
        return None if due is None else Millis(max(0, -(-(due - self.now()) // self._speed)))

    def failures(self) -> tuple[str, ...]:
        """Notices of listeners that were let go since this was last asked."""
        failed = tuple(self._failures)
        self._failures.clear()
        return failed

    def replan(self) -> None:
        """Hand the whole known schedule to the player again."""
        if self._player is None or self._zero is None:
            return
        zero, speed = self._zero, self._speed
        schedule = tuple(
            Planned(Millis(zero + sounding.due // speed), sounding.cue, sounding.key)
            for sounding in self._engine.upcoming()
        )
        try:
            self._player.replace(schedule)
        except SinkError as error:
            player, self._player = self._player, None
            self._let_go(player, str(error))

    def close(self) -> None:
        """Let every listener finish."""
        sinks, player = tuple(self._sinks), self._player
        self._sinks.clear()
        self._player = None
        for sink in sinks:
            self._let_go(sink)
        if player is not None:
            self._let_go(player)

    def _find_gap(self, now: Millis) -> tuple[Event, ...]:
        slept = self._clock.slept()
        away = slept - self._last_slept > SLEPT or self._continued
        if self._late_look is not None and now - self._last_seen > self._late_look * self._speed:
            away = True
        lost = Millis((now - self._last_seen) // self._speed + slept - self._last_slept)
        self._last_slept, self._continued = slept, False
        if not away or self._engine.state is not State.RUNNING:
            return ()
        return self._engine.interrupt(self._last_seen, lost)

    def _tell(self, events: Sequence[Event], now: Millis, *, replan: bool = False) -> None:
        self._last_seen = now
        self.view = self._engine.view(now)
        if replan:
            self.replan()
        for sink in tuple(self._sinks):
            try:
                sink.accept(events, self.view)
            except SinkError as error:
                self._sinks.remove(sink)
                self._let_go(sink, str(error))

    def _let_go(self, listener: Sink | Player, notice: str = "") -> None:
        """Close a listener; what fails there is told only where nothing has been told of it yet."""
        try:
            listener.close()
        except SinkError as error:
            notice = notice or str(error)
        if notice:
            self._failures.append(notice)
