"""Sound where there is none: everything is accepted and nothing is heard."""

from __future__ import annotations

from prehab.audio.player import Output
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned


class SilentPlayer:
    """Keeps a session going without a device. It is ready at once and never begins a cue."""

    name = "silent"
    begun = 0

    def __init__(self, opened: Millis) -> None:
        self._opened = opened

    def describe(self) -> Output:
        return Output(self.name)

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        """Nothing is played."""

    def set_volume(self, volume: int) -> None:
        """Nothing is loud or quiet."""

    def set_muted(self, muted: bool) -> None:
        """It is always muted."""

    def set_enabled(self, enabled: frozenset[CueKind]) -> None:
        """No kind is heard."""

    def ready_at(self) -> Millis | None:
        return self._opened

    def wait_ready(self, timeout: float) -> bool:
        return True

    def finish(self, timeout: float) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to let go."""
