"""One guided session: the timeline driven by the clock, heard, recorded and ready to be painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prehab.domain.commands import Command, State
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import MINUTE, SECOND, Millis
from prehab.domain.engine import Engine
from prehab.domain.events import Event
from prehab.domain.posture import tired
from prehab.domain.routine import Routine
from prehab.domain.summary import EMPTY, Summary, WorkDone, add
from prehab.domain.timeline import Timeline
from prehab.domain.view import View
from prehab.history.journal import Journal
from prehab.history.store import Answers, Unfinished
from prehab.runtime.clock import Clock
from prehab.runtime.driver import Driver
from prehab.runtime.sinks import Sink
from prehab.session.sound import Sound

HEARTBEAT = Millis(450)
"""The longest time between two looks at a work, so that the history never misses a second of a hold."""
SETTLE_AT_MOST = Millis(2_500)
"""A stream of sound that is not regular by then is not waited for."""


class _Listener:
    """Collects what a front end wants to know: the events since it last asked, and the summary so far."""

    def __init__(self, timeline: Timeline, before: Summary) -> None:
        self.summary = before
        self._timeline = timeline
        self._fresh: list[Event] = []

    def accept(self, events: Sequence[Event], view: View) -> None:
        self._fresh += events
        self.summary = add(self.summary, events, self._timeline)

    def close(self) -> None:
        self._fresh.clear()

    def take(self) -> tuple[Event, ...]:
        taken = tuple(self._fresh)
        self._fresh.clear()
        return taken


class Session:
    """What screens and plain lines drive; everything below the paint is here and the same for both."""

    def __init__(
        self,
        timeline: Timeline,
        clock: Clock,
        *,
        sound: Sound,
        recorder: Journal | None = None,
        session_id: str | None = None,
        speed: int = 1,
        patience: Millis | None = None,
        continues: Unfinished | None = None,
        first: int = 0,
    ) -> None:
        """Put a session together; nothing runs before `start`.

        Args:
            timeline: what to be led through.
            clock: what tells the time.
            sound: what plays it.
            recorder: who keeps it; `None` for a rehearsal.
            session_id: what the history knows it by; `None` when it is not kept.
            speed: how many session seconds pass in a real one.
            patience: how long a step that waits for a key waits at most.
            continues: a session that broke off and goes on, with all that was done in it.
            first: the index of the segment with which it goes on.
        """
        self.timeline = timeline
        self.sound = sound
        self.id = session_id
        self._clock = clock
        self._recorder = recorder
        self._listener = _Listener(timeline, _done_before(timeline, continues))
        sinks: list[Sink] = [self._listener]
        if recorder is not None:
            sinks.append(recorder)
        self._driver = Driver(
            Engine(timeline, patience=patience, first=first), clock, sinks=sinks, player=sound, speed=speed
        )
        self.pain = continues.record.pain if continues else None
        """The worst pain that was told of during the session, 0 to 10."""
        self._first = first
        self._wanted_at: Millis | None = None
        self._closed = False

    @property
    def view(self) -> View:
        """The moment that was looked at last."""
        return self._driver.view

    @property
    def legal(self) -> frozenset[Command]:
        """Which commands are heard now."""
        return self._driver.legal

    @property
    def summary(self) -> Summary:
        """What was done so far, or in all once it is over."""
        return self._listener.summary

    @property
    def held(self) -> Millis:
        """All the work so far with what is held just now; of a work that is tried again the last try."""
        view = self.view
        others = (work for work in self.summary.works if work.segment.index != view.segment.index)
        return Millis(view.held + sum(work.held for work in others)) if view.held else self.summary.held

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return self._driver.state is State.DONE

    def start(self) -> View:
        """Begin as soon as the sound has settled; `pulse` carries it out."""
        if self._wanted_at is None:
            self._wanted_at = self._clock.now()
            self._have_it_spoken()
        return self.pulse()

    def pulse(self) -> View:
        """Look at the clock and let everything happen that was due."""
        if self._wanted_at is not None and self._driver.state is State.READY:
            waited = self._clock.now() - self._wanted_at
            if not self.sound.has_settled() and waited < SETTLE_AT_MOST:
                return self.view
            if self.sound.has_learned():
                self._place_sentences()
            return self._driver.handle(Command.START)
        if self.sound.has_learned(at_rest=True):
            self._place_sentences()
        return self._driver.pulse()

    def do(self, command: Command, seen: int | None = None) -> View:
        """Let everything happen that was due, then do what the person asks.

        Raises:
            IllegalCommand: if the session does not hear it now; nothing changes then.
        """
        if command is Command.START:
            return self.start()
        return self._driver.handle(command, seen=seen)

    @property
    def can_tire(self) -> bool:
        """Whether it is a run with posture checks that `tired` makes more frequent."""
        return self.timeline.routine.checks is not None

    def tired(self) -> View:
        """Take note that the runner is getting tired: from now on the checks are those of the late part."""
        view = self.pulse()
        if self.can_tire and view.segment.is_work and self._driver.state is State.RUNNING:
            self.timeline = self._tired(view.elapsed)
            checks = self.timeline.routine.checks
            if self._recorder is not None and checks is not None and checks.tired_at is not None:
                self._recorder.tired(checks.tired_at)
            return self._driver.revise(self.timeline)
        return view

    def _tired(self, at: Millis) -> Timeline:
        return self._unrolled(tired(self.timeline.routine, at))

    def _unrolled(self, routine: Routine) -> Timeline:
        going_on = self._first or None
        return compile_timeline(routine, self.timeline.level, self.sound.measure, going_on=going_on)

    def _have_it_spoken(self) -> None:
        may_become = [self._tired(Millis(0))] if self.can_tire else []
        self.sound.prepare(self.timeline, *may_become)

    def _place_sentences(self) -> None:
        """Place them by how long they are now that they have been spoken: by a guess one may meet another.

        Where the session stands it goes on as it was: there, something may have been said already.
        """
        before, placed = self.timeline, self._unrolled(self.timeline.routine)
        if self._driver.state is not State.READY:
            here = self.view.segment.index
            segments = (*placed.segments[:here], before.segments[here], *placed.segments[here + 1 :])
            placed = replace(placed, segments=segments)
        self.timeline = placed
        self._have_it_spoken()
        self._driver.revise(placed)

    def skip_step(self) -> View:
        """Leave out what is left of the step, all its sides and sets; the next round has it again."""
        work = now = self.view.segment.work
        while not self.is_over and (now.number, now.round) == (work.number, work.round):
            now = self.do(Command.NEXT, self.view.segment.index).segment.work
        return self.view

    def note_pain(self, pain: int | None) -> None:
        """Keep what the person says it hurts; the worst counts."""
        if pain is None:
            return
        self.pain = max(pain, self.pain or 0)
        if self._recorder is not None:
            self._recorder.answer(Answers(pain=self.pain))

    def continued(self) -> None:
        """Take note that the program was stopped and goes on: the next look pauses and asks."""
        self._driver.continued()

    def next_change(self) -> Millis:
        """How long until the digits or the words change by themselves, at most a second.

        While a work runs it is less than half of one, so that the history never misses a second of a hold.
        """
        view = self.view
        if view.state is State.READY:
            return Millis(100)
        if view.state is not State.RUNNING:
            return SECOND
        shown = view.count_in or view.left
        until_digit = shown % SECOND or SECOND if shown is not None else SECOND - view.elapsed % SECOND
        until_event = self._driver.until_next()
        at_most = HEARTBEAT if view.segment.is_work else SECOND
        return Millis(min(until_digit, at_most if until_event is None else until_event, at_most))

    def until_next(self) -> Millis:
        """How long, in real milliseconds, until something happens by itself; at most a minute."""
        if self._driver.state is State.READY:
            return Millis(50)
        due = self._driver.until_next()
        return MINUTE if due is None else due

    def events(self) -> tuple[Event, ...]:
        """What happened since this was last asked."""
        return self._listener.take()

    def notices(self) -> tuple[str, ...]:
        """What the person should know, each once: a device that vanished, a history that can't be written."""
        return (*self._driver.failures(), *self.sound.notices())

    def close(self) -> None:
        """Let the sound go and the history finish; a session not ended yet stays in it as unfinished."""
        if not self._closed:
            self._closed = True
            self._driver.close()


def _done_before(timeline: Timeline, continues: Unfinished | None) -> Summary:
    """What was done of a session before it broke off."""
    if continues is None:
        return EMPTY
    works = sorted(continues.works.items())
    done = (WorkDone(timeline.segments[index], step.held_ms, step.outcome) for index, step in works)
    return Summary(EMPTY.outcome, tuple(done))
