"""The session as a machine: it is told what time it is, and says what happened.

The engine reads no clock. Every method takes `now`, a point on the session's clock; `advance` catches up from
the last look with the true times of everything that was due, so one look after ten seconds says what ten
looks would have said. Pausing moves the origin of the current segment; there is no second counter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prehab.domain.commands import COUNT_IN, FRESH, LEGAL, MORE_BY, Command, IllegalCommand, State
from prehab.domain.cues import Cue, CueKind, longer
from prehab.domain.duration import SECOND, Millis
from prehab.domain.events import (
    CueDue,
    Event,
    GapFound,
    Outcome,
    Paused,
    Resumed,
    SegmentStarted,
    SessionEnded,
    StepOutcome,
    TimeAdded,
    WorkEnded,
)
from prehab.domain.routine import Kind, Style
from prehab.domain.timeline import Segment, SegmentKind, Timeline
from prehab.domain.view import View

STILL_HEARD = Millis(15_000)
"""How long a sentence may still be sounding; cues this old are kept in the schedule."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A cue with its time on the session's clock, and a key that tells this sounding from any other."""

    due: Millis
    key: int
    cue: Cue


class Engine:
    """Steps a person through a timeline."""

    def __init__(self, timeline: Timeline, *, patience: Millis | None = None, first: int = 0) -> None:
        """Stand ready at the start of a segment.

        Args:
            timeline: what to step through.
            patience: how long a step that waits for a key waits at most; `None` is for ever.
            first: the index of the segment to begin with, when a broken-off session goes on.
        """
        self._timeline = timeline
        self._segments = timeline.segments
        self._patience = patience
        self._calm = timeline.routine.style is Style.CALM
        self._state = State.READY
        self._outcome: Outcome | None = None
        self._jumps = 0
        self._calls = 0
        self._quiet_from = Millis(0)
        """When the sentence that was begun last is over; none begins before."""
        self._ended: set[int] = set()
        """The works that have a result already."""
        self._recent: list[Sounding] = []
        self._gap = Millis(0)
        self._after = _suffix_sums(self._segments)
        self._following = _following_works(self._segments)
        self._lead: tuple[Sounding, ...] = ()
        self._cues: tuple[Cue, ...] = ()
        self._next_cue = 0
        self._first_pause: Millis | None = None
        self._stand_at(first, Millis(0))

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._state

    @property
    def index(self) -> int:
        """The current segment."""
        return self._index

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, once it has."""
        return self._outcome

    # Being told

    def advance(self, now: Millis) -> tuple[Event, ...]:
        """Say everything that was due up to now and has not been said."""
        return tuple(self._advance(now))

    def handle(self, command: Command, now: Millis, *, seen: int | None = None) -> tuple[Event, ...]:
        """Catch up, then do what the person asks.

        Args:
            command: the wish.
            now: when it was made.
            seen: the segment the person saw; if it is over by now the command is dropped, so that a key
                pressed at a boundary never skips two. Pausing, resuming and ending are about the session.

        Raises:
            IllegalCommand: if the state does not hear it; nothing changes then.
        """
        if command not in LEGAL[self._state]:
            raise IllegalCommand(command, self._state)
        events = list(self._advance(now))
        if command not in LEGAL[self._state]:
            return tuple(events)
        if seen is not None and seen != self._index and command in _ABOUT_A_SEGMENT:
            return tuple(events)
        events += self._obey(command, now)
        events += self._advance(now)
        return tuple(events)

    def interrupt(self, last_seen: Millis, lost: Millis) -> tuple[Event, ...]:
        """Pause a running session at the last moment seen; the machine was away for as long as `lost`."""
        if self._state is not State.RUNNING:
            return ()
        events = self.advance(last_seen)
        if self._state is not State.RUNNING:
            return events
        self._hold_still(last_seen)
        self._gap = lost
        return (*events, GapFound(last_seen, self._index, lost))

    # What there is to see and hear

    def view(self, now: Millis) -> View:
        """Picture the session as it stands; call `advance` with the same moment first."""
        segment = self._segments[self._index]
        length = self._length()
        elapsed = self._position(now)
        left = None if length is None else Millis(length - elapsed)
        counts = segment.kind is not SegmentKind.GET_READY and segment.length is not None
        is_working = segment.is_work and self._state is not State.DONE
        beat, beats = self._beats(segment, elapsed)
        return View(
            state=self._state,
            at=now,
            segment=segment,
            elapsed=elapsed,
            length=length,
            left=left,
            count_in=self._count_in_left(now),
            total_left=Millis(self._after[self._index + 1] + (left or 0 if counts else 0)),
            total=self._timeline.total,
            following=self._following[self._index],
            held=self._held(elapsed) if is_working else Millis(0),
            beat=beat,
            beats=beats,
            gap=self._gap,
        )

    def next_due(self) -> Millis | None:
        """When the next thing happens if nobody touches a key; `None` while nothing will."""
        if self._state is not State.RUNNING:
            return None
        if self._lead:
            return self._lead[0].due
        length = self._length()
        end = None if length is None else Millis(self._origin + length)
        if self._next_cue < len(self._cues):
            cue = Millis(self._origin + self._cues[self._next_cue].offset)
            return cue if end is None else min(cue, end)
        return end

    def upcoming(self) -> tuple[Sounding, ...]:
        """What is to be heard up to the next step that waits for a key, and what may still be sounding."""
        if self._state is not State.RUNNING:
            return tuple(self._recent)
        return (*self._recent, *self._lead, *self._future())

    def _future(self) -> Iterator[Sounding]:
        quiet_from = self._quiet_from
        for sounding in self._planned():
            if sounding.cue.kind is CueKind.SAY:
                if sounding.due < quiet_from:
                    continue
                quiet_from = _over(sounding)
            yield sounding

    def _planned(self) -> Iterator[Sounding]:
        length, origin, index = self._length(), self._origin, self._index
        for cue in self._cues[self._next_cue :]:
            yield self._sounding(origin, index, cue)
        while length is not None and index + 1 < len(self._segments):
            origin, index = Millis(origin + length), index + 1
            for cue in self._cues_of(index, Millis(0)):
                yield self._sounding(origin, index, cue)
            length = self._length_of(index)

    def _sounding(self, origin: Millis, index: int, cue: Cue) -> Sounding:
        """The key is the same for the same sounding, however often the schedule is made."""
        stay = self._jumps * 2**14 + index
        key = (stay * 2**3 + _KIND_NUMBER[cue.kind]) * 2**32 + cue.offset
        return Sounding(Millis(origin + cue.offset), key, cue)

    def revise(self, timeline: Timeline, now: Millis) -> tuple[Event, ...]:
        """Catch up, then go on with other cues: the same segments, with other things to be heard in them.

        What was due before stays as it was, and what stays where it was goes on sounding.
        """
        events = self.advance(now)
        self._timeline, self._segments = timeline, timeline.segments
        self._cues = self._cues_of(self._index, self._extra)
        position = self._position(now)
        self._next_cue = sum(1 for cue in self._cues if cue.offset <= position) if self._next_cue else 0
        return events

    # Catching up

    def _advance(self, now: Millis) -> Iterator[Event]:
        while (due := self.next_due()) is not None and due <= now:
            if self._lead:
                sounding, *rest = self._lead
                self._lead = tuple(rest)
                yield self._heard(sounding)
            elif self._next_cue < len(self._cues) and due == self._origin + self._cues[self._next_cue].offset:
                sounding = self._sounding(self._origin, self._index, self._cues[self._next_cue])
                self._next_cue += 1
                if sounding.cue.kind is not CueKind.SAY or sounding.due >= self._quiet_from:
                    yield self._heard(sounding)
            else:
                yield from self._segment_over(due)

    def _heard(self, sounding: Sounding) -> CueDue:
        self._recent = [s for s in self._recent if s.due > sounding.due - STILL_HEARD]
        self._recent.append(sounding)
        if sounding.cue.kind is CueKind.SAY:
            self._quiet_from = _over(sounding)
        return CueDue(sounding.due, self._index, sounding.cue)

    def _segment_over(self, due: Millis) -> Iterator[Event]:
        segment = self._segments[self._index]
        if segment.is_work:
            yield from self._result(due, self._index, self._length() or Millis(0))
        yield from self._go_on(self._index + 1, due)

    def _go_on(self, index: int, due: Millis) -> Iterator[Event]:
        """Stand at a segment, or end the session behind the last one."""
        if index >= len(self._segments):
            self._stand_at(len(self._segments) - 1, due)
            yield self._end(due, self._length() or Millis(0), Outcome.COMPLETED)
            return
        self._stand_at(index, due)
        yield SegmentStarted(due, index)

    def _end(self, due: Millis, position: Millis, outcome: Outcome) -> SessionEnded:
        self._position_at_stop = position
        self._state = State.DONE
        self._outcome = outcome
        return SessionEnded(due, outcome)

    def _stand_at(self, index: int, now: Millis) -> None:
        self._index = index
        self._origin = now
        self._position_at_stop = Millis(0)
        self._runs_from = Millis(0)
        """The position below which a count-in is still running."""
        self._extra = Millis(0)
        self._first_pause = None
        self._lead = ()
        self._next_cue = 0
        self._cues = self._cues_of(index, Millis(0))

    # Obeying

    def _obey(self, command: Command, now: Millis) -> Iterator[Event]:
        match command:
            case Command.START:
                self._state = State.RUNNING
                yield from self._begin(now)
            case Command.PAUSE:
                self._hold_still(now)
                yield Paused(now, self._index)
            case Command.RESUME:
                yield from self._resume(now)
            case Command.MORE:
                yield from self._more(now)
            case Command.NEXT:
                yield from self._skip(now)
            case Command.DONE:
                yield from self._finish(now)
            case Command.BACK | Command.RESTART:
                yield from self._again(self._target(command, now), now)
            case Command.STOP:
                yield from self._stop(now)

    def _begin(self, now: Millis) -> Iterator[Event]:
        if self._index:
            yield from self._again(self._index, now)
        else:
            yield from self._go_on(self._index, now)
            yield from self._call(now)

    def _hold_still(self, now: Millis) -> None:
        position = self._position(now)
        if not self._count_in_left(now) and position > 0 and self._first_pause is None:
            self._first_pause = position
        self._position_at_stop = position
        self._state = State.PAUSED
        self._lead = ()
        self._discontinue()

    def _resume(self, now: Millis) -> Iterator[Event]:
        position = self._position_at_stop
        self._state = State.RUNNING
        self._gap = Millis(0)
        lead = COUNT_IN if self._segments[self._index].is_work else Millis(0)
        self._run_from(position, now, lead)
        yield Resumed(now, self._index, lead)
        if not position:
            yield from self._call(now)

    def _run_from(self, position: Millis, now: Millis, lead: Millis) -> None:
        """Let the segment run on after a lead, with another `go` if its own has sounded before."""
        self._origin = Millis(now + lead - position)
        self._runs_from = position
        tones = [(Millis(now + at), CueKind.TICK) for at in range(0, lead, SECOND)]
        if lead and self._next_cue:
            tones.append((Millis(now + lead), CueKind.GO))
        self._lead = tuple(
            Sounding(due, self._next_call_key(), Cue(Millis(0), kind, soft=self._calm)) for due, kind in tones
        )

    def _more(self, now: Millis) -> Iterator[Event]:
        if self._segments[self._index].length is None:
            return
        self._extra = Millis(self._extra + MORE_BY)
        self._cues = self._cues_of(self._index, self._extra)
        if self._next_cue:
            position = self._position(now)
            self._next_cue = sum(1 for cue in self._cues if cue.offset <= position)
        yield TimeAdded(now, self._index, MORE_BY)

    def _skip(self, now: Millis) -> Iterator[Event]:
        """Leave a work out: this one or, in a gap, the one that follows."""
        index, position = self._index, self._position(now)
        if not self._segments[index].is_work:
            index, position = index + 1, Millis(0)
        yield from self._result(now, index, position, StepOutcome.SKIPPED)
        self._discontinue()
        yield from self._go_on(index + 1, now)
        yield from self._call(now)

    def _finish(self, now: Millis) -> Iterator[Event]:
        """End this work and keep what was held; in a gap begin now."""
        is_work, is_last = self._segments[self._index].is_work, self._index + 1 == len(self._segments)
        was_told = self._quiet_from <= now and not self._will_say_where()
        if is_work:
            yield from self._result(now, self._index, self._position(now))
        self._discontinue()
        if is_work:
            end = Cue(Millis(0), CueKind.DONE if is_last else CueKind.END, soft=self._calm)
            yield self._heard(Sounding(now, self._next_call_key(), end))
        yield from self._go_on(self._index + 1, now)
        if is_work or not was_told:
            yield from self._call(now)

    def _again(self, index: int, now: Millis) -> Iterator[Event]:
        """Begin a segment anew; a work gets the count-in, since a hand was on the keyboard."""
        self._discontinue()
        yield from self._go_on(index, now)
        if self._state is State.RUNNING and self._segments[index].is_work:
            self._run_from(Millis(0), now, COUNT_IN)
        yield from self._call(now)

    def _target(self, command: Command, now: Millis) -> int:
        is_old = self._segments[self._index].is_work and self._position(now) > FRESH
        if command is Command.RESTART or is_old:
            return self._index
        before = (index for index in range(self._index - 1, -1, -1) if self._segments[index].is_work)
        return next(before, self._index)

    def _stop(self, now: Millis) -> Iterator[Event]:
        segment, position = self._segments[self._index], self._position(now)
        if segment.is_work and position:
            waits = segment.length is None
            yield from self._result(now, self._index, position, StepOutcome.SHORT if waits else None)
        self._discontinue()
        yield self._end(now, position, Outcome.STOPPED)

    def _result(
        self, due: Millis, index: int, position: Millis, outcome: StepOutcome | None = None
    ) -> Iterator[WorkEnded]:
        """Say how a work ended; a try that never began leaves the result of an earlier one standing."""
        if not position and index in self._ended:
            return
        self._ended.add(index)
        held = self._held(position)
        yield WorkEnded(due, index, held, outcome or _judge(self._segments[index], held))

    def _call(self, now: Millis) -> Iterator[Event]:
        """Say where a key has led, unless the segment will say so itself."""
        if self._state is not State.RUNNING or self._will_say_where():
            return
        segment = self._segments[self._index]
        cue = Cue(Millis(0), CueKind.SAY, text=segment.call, spoken_for=segment.call_for, brief=segment.call)
        yield self._heard(Sounding(now, self._next_call_key(), cue))

    def _will_say_where(self) -> bool:
        """Whether name and side are still to be said here; at the end of a work it is the next one's."""
        is_work = self._segments[self._index].is_work
        return any(
            cue.brief is not None and not (is_work and cue.from_end) for cue in self._cues[self._next_cue :]
        )

    def _discontinue(self) -> None:
        """What sounded before is over: nothing of it belongs to the schedule any more."""
        self._jumps += 1
        self._recent = []
        self._quiet_from = Millis(0)

    def _next_call_key(self) -> int:
        self._calls += 1
        return -self._calls

    # Measuring

    def _cues_of(self, index: int, extra: Millis) -> tuple[Cue, ...]:
        segment = self._segments[index]
        if segment.length is not None:
            return longer(
                segment.cues, segment.length, extra, segment.work.step.beat if segment.is_work else None
            )
        if self._patience is None:
            return tuple(cue for cue in segment.cues if not cue.from_end)
        return longer(segment.cues, Millis(0), self._patience, None)

    def _length_of(self, index: int) -> Millis | None:
        length = self._segments[index].length
        return self._patience if length is None else length

    def _length(self) -> Millis | None:
        length = self._length_of(self._index)
        return None if length is None else Millis(length + self._extra)

    def _position(self, now: Millis) -> Millis:
        """How far into the current segment the session is."""
        if self._state is not State.RUNNING:
            return self._position_at_stop
        position = max(self._runs_from, now - self._origin)
        length = self._length()
        return Millis(position if length is None else min(position, length))

    def _count_in_left(self, now: Millis) -> Millis:
        if self._state is not State.RUNNING:
            return Millis(0)
        return Millis(max(0, self._runs_from - (now - self._origin)))

    def _held(self, position: Millis) -> Millis:
        """A hold counts up to its first pause; other kinds of work go on counting after it."""
        if self._first_pause is None or self._segments[self._index].work.step.kind is not Kind.HOLD:
            return position
        return min(self._first_pause, position)

    def _beats(self, segment: Segment, elapsed: Millis) -> tuple[int, int]:
        beat, length = segment.work.step.beat, self._length()
        if not segment.is_work or beat is None or length is None:
            return 0, 0
        beats = -(-length // beat)
        return min(elapsed // beat, beats), beats


_KIND_NUMBER = {kind: number for number, kind in enumerate(CueKind)}

_ABOUT_A_SEGMENT = frozenset({Command.NEXT, Command.DONE, Command.BACK, Command.RESTART, Command.MORE})
"""Commands that mean the segment on the screen."""


def _over(sounding: Sounding) -> Millis:
    return Millis(sounding.due + sounding.cue.spoken_for)


def _judge(segment: Segment, held: Millis) -> StepOutcome:
    return StepOutcome.DONE if segment.length is None or held >= segment.length else StepOutcome.SHORT


def _suffix_sums(segments: tuple[Segment, ...]) -> tuple[Millis, ...]:
    """How long everything from each segment on takes."""
    sums = [Millis(0)]
    for segment in reversed(segments):
        sums.append(Millis(sums[-1] + (segment.length or 0)))
    return tuple(reversed(sums))


def _following_works(segments: tuple[Segment, ...]) -> tuple[Segment | None, ...]:
    """For each segment the work that comes after its own."""
    following: list[Segment | None] = []
    own: Segment | None = None
    after: Segment | None = None
    for segment in reversed(segments):
        if segment.is_work:
            own, after = segment, own
        following.append(after)
    return tuple(reversed(following))
