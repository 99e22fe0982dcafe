"""What can be heard on this machine: every backend tried, every cue played, for `doctor`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import sleep

from prehab.audio import advice
from prehab.audio.choose import BACKENDS, open_backend
from prehab.audio.clips import TONE_KINDS, Tones
from prehab.audio.player import BackendError, Output, Sound, SoundPlayer
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis
from prehab.runtime.clock import Clock
from prehab.runtime.sinks import Planned

AHEAD = Millis(400)
"""How long before its moment a cue is handed over."""
APART = Millis(1_000)
"""How far apart cues are when they are shown, one after the other."""
SETTLES_WITHIN = 3.0
"""How long a device may take until its latency is known, in seconds."""


@dataclass(frozen=True, slots=True)
class BackendState:
    """What became of trying one backend."""

    backend: str
    output: Output | None
    """What it plays through; `None` when it was refused."""
    why: str = ""
    """A lowercase sentence when it was refused."""
    what_to_do: str = ""
    """The way out, or what may keep it from being heard; may be empty."""


def probe(tones: Tones, bell_write: Callable[[str], None] | None = None) -> tuple[BackendState, ...]:
    """Try every backend in turn, the best first, without a sound.

    Args:
        tones: what would be played.
        bell_write: writes the bell to the terminal; without it the bell is refused.
    """
    return tuple(_tried(backend, Sound(tones, muted=True), bell_write) for backend in BACKENDS)


def _tried(backend: str, sound: Sound, bell_write: Callable[[str], None] | None) -> BackendState:
    try:
        player = open_backend(backend, sound, lambda notice: None, bell_write)
    except BackendError as error:
        return BackendState(backend, None, error.why, error.what_to_do)
    try:
        player.wait_ready(SETTLES_WITHIN)
        return BackendState(backend, player.describe(), what_to_do=hint(backend))
    finally:
        player.close()


def hint(backend: str) -> str:
    """What may keep a backend that can be used from being heard; may be empty."""
    match backend:
        case "bell":
            return advice.bell(os.environ)
        case "silent":
            return ""
        case _:
            return advice.elsewhere(os.environ)


def audition(
    player: SoundPlayer,
    clock: Clock,
    *,
    sentence: str | None = None,
    pause: Callable[[float], None] = sleep,
) -> Iterator[tuple[Cue, bool]]:
    """Play every cue once, one after the other; yields each once it was heard, and whether it was begun.

    Args:
        player: what plays; it should be ready.
        clock: the clock of the player.
        sentence: what is said at the end; nothing without it.
        pause: waits so many seconds.
    """
    cues = [Cue(Millis(0), kind) for kind in TONE_KINDS]
    if sentence is not None:
        cues.append(Cue(Millis(0), CueKind.SAY, sentence))
    for key, cue in enumerate(cues, 1):
        before = player.begun
        player.replace((Planned(Millis(clock.now() + AHEAD), cue, key),))
        pause((AHEAD + APART) / 1000)
        yield cue, player.begun > before
