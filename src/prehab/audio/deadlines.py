"""A thread that does things at their moment on the monotonic clock, for backends that have no stream."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread

from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned

TOO_LATE = Millis(750)
"""A cue that is later than this is dropped."""

Step = Callable[[Planned], None]
"""Does something about one cue and returns; called in the thread. It must not raise."""


class Deadlines:
    """Waits for each cue of the schedule in a thread of its own: a stalled screen can't delay it."""

    def __init__(
        self, play: Step, now: Callable[[], Millis], lead: Millis, *, prepare: Step = lambda planned: None
    ) -> None:
        """Start with nothing to wait for.

        Args:
            play: begins a cue, when it is due.
            now: the monotonic clock.
            lead: how much earlier every cue is played.
            prepare: told which cue is next, when nothing is due before it; it may take its time.
        """
        self._play = play
        self._prepare = prepare
        self._now = now
        self._lead = lead
        self._waiting: list[Planned] = []
        self._prepared: int | None = None
        self._played: set[int] = set()
        self._is_playing = False
        self._is_closed = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, name="prehab-cues", daemon=True)
        self._thread.start()

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        """Wait for these cues from now on and for no other; what was played already is not played again."""
        with self._changed:
            self._played &= {planned.key for planned in schedule}
            waiting = (planned for planned in schedule if planned.key not in self._played)
            self._waiting = sorted(waiting, key=lambda planned: planned.deadline, reverse=True)
            self._prepared = None
            self._changed.notify_all()

    def wait_done(self, timeout: float) -> bool:
        """Wait, at most so many seconds, until every cue has been played; say whether it came to that."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._is_closed or not (self._waiting or self._is_playing), timeout
            )

    def close(self) -> None:
        """Play nothing more."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()
        self._thread.join(1.0)

    def _run(self) -> None:
        while (step := self._next()) is not None:
            act, planned = step
            if act is self._prepare or self._now() - planned.deadline <= TOO_LATE:
                act(planned)

    def _next(self) -> tuple[Step, Planned] | None:
        """Wait until there is something to do; `None` when it is all over."""
        with self._changed:
            self._is_playing = False
            self._changed.notify_all()
            while not self._is_closed:
                if not self._waiting:
                    self._changed.wait()
                    continue
                planned = self._waiting[-1]
                left = planned.deadline - self._lead - self._now()
                if left <= 0:
                    self._played.add(planned.key)
                    self._is_playing = True
                    return self._play, self._waiting.pop()
                if self._prepared != planned.key:
                    self._prepared = planned.key
                    return self._prepare, planned
                self._changed.wait(left / 1000)
            return None
