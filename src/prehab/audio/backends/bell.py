"""The bell of the terminal, for a machine with no better sound."""

from __future__ import annotations

from collections.abc import Callable

from prehab.audio.deadlines import Deadlines
from prehab.audio.player import BackendError, Output, Sound
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned

BEL = "\a"
RINGS_FOR = frozenset({CueKind.GO, CueKind.END, CueKind.DONE})
"""A bell has one sound: it is kept for what one may not miss."""

Write = Callable[[str], None]
"""Sends text to the terminal; called in a thread of the bell's own."""


class BellPlayer:
    """Rings where a work begins and ends, and for a reminder. It is ready at once."""

    name = "bell"

    def __init__(self, sound: Sound, write: Write | None, now: Callable[[], Millis]) -> None:
        """Stand ready to ring.

        Raises:
            BackendError: if there is no terminal to ring.
        """
        if write is None:
            raise BackendError("there is no terminal that could ring", "run prehab in a terminal")
        self._write = write
        self._opened = now()
        self._loud = sound.volume > 0
        self._muted = sound.muted
        self._enabled = sound.enabled
        self._begun = 0
        self._deadlines = Deadlines(self._ring, now, sound.lead)

    @property
    def begun(self) -> int:
        return self._begun

    def describe(self) -> Output:
        return Output(self.name, device="the terminal's bell")

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        self._deadlines.replace(tuple(planned for planned in schedule if _rings(planned.cue)))

    def set_volume(self, volume: int) -> None:
        self._loud = volume > 0

    def set_muted(self, muted: bool) -> None:
        self._muted = muted

    def set_enabled(self, enabled: frozenset[CueKind]) -> None:
        self._enabled = enabled

    def ready_at(self) -> Millis | None:
        return self._opened

    def wait_ready(self, timeout: float) -> bool:
        return True

    def finish(self, timeout: float) -> None:
        self._deadlines.wait_done(timeout)
        self.close()

    def close(self) -> None:
        self._deadlines.close()

    def _ring(self, planned: Planned) -> None:
        if self._muted or not self._loud or planned.cue.kind not in self._enabled:
            return
        try:
            self._write(BEL)
        except (OSError, ValueError):
            return
        self._begun += 1


def _rings(cue: Cue) -> bool:
    return cue.kind in RINGS_FOR or cue.is_reminder
