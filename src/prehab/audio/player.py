"""What every way of making sound looks like from outside, whatever is behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from prehab.audio.clips import Spoken, Tones, says_nothing
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Player

EVERY_KIND = frozenset(CueKind)
"""No cue is switched off."""

Notice = Callable[[str], None]
"""Takes one sentence for the person. It is called from a thread of the sound's own."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is to be heard, and how loud, whatever plays it."""

    tones: Tones
    spoken: Spoken = says_nothing
    volume: int = 40
    """0 (silent) to 100."""
    muted: bool = False
    lead: Millis = Millis(0)
    """How much earlier every cue is sent, for headphones that are late."""
    enabled: frozenset[CueKind] = EVERY_KIND
    """The kinds of cue that are heard."""


class BackendError(Exception):
    """A backend that can't make sound here."""

    def __init__(self, why: str, what_to_do: str = "") -> None:
        super().__init__(why)
        self.why = why
        """A lowercase sentence: what was tried and what came back."""
        self.what_to_do = what_to_do
        """The way out; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a sound comes out of."""

    backend: str
    """`miniaudio`, `simpleaudio`, `bell` or `silent`."""
    system: str | None = None
    """What of the operating system it speaks to, such as PulseAudio or ALSA."""
    device: str | None = None
    """The name of the device, as the system calls it."""
    latency: Millis | None = None
    """How long a sound waits in the queue; cues are sent that much earlier. `None` where it isn't known."""


class SoundPlayer(Player, Protocol):
    """A player that can be turned up, down and off, and says when it is ready.

    `replace` and `close` are `runtime.sinks.Player`'s. Every method may be called from any thread, returns at
    once unless it says it waits, and never raises for a device that is gone.
    """

    @property
    def name(self) -> str:
        """The backend: `miniaudio`, `simpleaudio`, `bell` or `silent`."""
        ...

    @property
    def begun(self) -> int:
        """How many cues have begun to sound since it was opened."""
        ...

    def describe(self) -> Output:
        """Say what is used, for `doctor` and the header of a screen."""
        ...

    def set_volume(self, volume: int) -> None:
        """Make it 0 (silent) to 100; it is heard within 0.35 s."""
        ...

    def set_muted(self, muted: bool) -> None:
        """Fall silent within 0.35 s, whatever is due, or be heard again."""
        ...

    def set_enabled(self, enabled: frozenset[CueKind]) -> None:
        """Play these kinds of cue only; what sounds already goes on."""
        ...

    def ready_at(self) -> Millis | None:
        """When cues began to be placed exactly, by the monotonic clock; `None` while it still settles."""
        ...

    def wait_ready(self, timeout: float) -> bool:
        """Wait, at most so many seconds, until cues are placed exactly; say whether they are."""
        ...

    def finish(self, timeout: float) -> None:
        """Wait, at most so many seconds, until all that is due has been heard to its end; then `close`."""
        ...
