"""A thread that does things at their moment on the monotonic clock, for backends that have no stream."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread

from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned

TOO_LATE = Millis(750)
"""A cue that is later than this is dropped."""
REMEMBERED = Millis(60_000)
"""How long a sounding is known by its key after it was due."""

Play = Callable[[Planned], None]
"""Begins one sound and returns; called in the thread. It must not raise."""


class Deadlines:
    """Waits for each cue of the schedule in a thread of its own: a stalled screen can't delay it."""

    def __init__(self, play: Play, now: Callable[[], Millis], lead: Millis, name: str) -> None:
        self._play = play
        self._now = now
        self._lead = lead
        self._waiting: list[Planned] = []
        self._played: dict[int, Millis] = {}
        self._closed = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        """Wait for these cues from now on and for no other; what was played already is not played again."""
        with self._changed:
            horizon = self._now() - REMEMBERED
            self._played = {key: due for key, due in self._played.items() if due > horizon}
            waiting = (planned for planned in schedule if planned.key not in self._played)
            self._waiting = sorted(waiting, key=lambda planned: planned.deadline, reverse=True)
            self._changed.notify_all()

    def wait_done(self, timeout: float) -> bool:
        """Wait, at most so many seconds, until every cue was due; say whether it came to that."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed or not self._waiting, timeout)

    def close(self) -> None:
        """Play nothing more."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        self._thread.join(1.0)

    def _run(self) -> None:
        while (planned := self._next()) is not None:
            if self._now() - planned.deadline <= TOO_LATE:
                self._play(planned)

    def _next(self) -> Planned | None:
        """Wait until a cue is due and take it; `None` when it is all over."""
        with self._changed:
            while not self._closed:
                if not self._waiting:
                    self._changed.notify_all()
                    self._changed.wait()
                    continue
                planned = self._waiting[-1]
                left = planned.deadline - self._lead - self._now()
                if left <= 0:
                    self._played[planned.key] = planned.deadline
                    return self._waiting.pop()
                self._changed.wait(left / 1000)
            return None
