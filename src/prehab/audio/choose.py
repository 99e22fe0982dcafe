"""Opens the way of making sound that was asked for, or the next best one, and says what was refused and why.

A session uses it like this:

    opened = open_player("auto", tones, volume=40, spoken=speaker.clip, on_notice=notify, bell_write=ring)
    player = opened.player                  # a runtime.sinks.Player with volume, mute and more: audio.player
    player.wait_ready(3.0)                  # about 1.5 s with a device; the session's zero comes after it
    driver = Driver(engine, clock, player=player)
    ...
    player.finish(2.0)                      # the last tone is heard to its end; or player.close() at once

Open it before the screen starts where that can be done: a sound library may write to the terminal while it
looks for a device, and only then can that be kept away for certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prehab.audio.clips import Spoken, Tones, says_nothing
from prehab.audio.player import EVERY_KIND, BackendError, Notice, Sound, SoundPlayer
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.clock import SystemClock

BACKENDS = ("miniaudio", "simpleaudio", "bell", "silent")
"""Every backend by name, the best first: the order in which `auto` tries them."""
AUTO = "auto"
"""The name that stands for the best one that works."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A backend that was tried and could not be used."""

    backend: str
    why: str
    """A lowercase sentence."""
    what_to_do: str = ""
    """The way out; empty when there is none."""


@dataclass(frozen=True, slots=True)
class OpenedPlayer:
    """A player that can be used, and what was tried before it."""

    player: SoundPlayer
    refusals: tuple[Refusal, ...] = ()
    """In the order they were tried; empty when the first choice works."""


def open_player(
    name: str,
    clips: Tones,
    volume: int = 40,
    muted: bool = False,
    lead: Millis = Millis(0),
    on_notice: Notice = lambda notice: None,
    bell_write: Callable[[str], None] | None = None,
    *,
    spoken: Spoken = says_nothing,
    enabled: frozenset[CueKind] = EVERY_KIND,
) -> OpenedPlayer:
    """Open a backend by name, or the best one that works. It never fails: the last resort is silence.

    Args:
        name: one of `BACKENDS`, or `auto`. One that can't be used gives way to the next, with its refusal.
        clips: the tones.
        volume: 0 to 100.
        muted: whether nothing is heard at first.
        lead: how much earlier every cue is sent, for headphones that are late.
        on_notice: told, in a thread of the sound's own, when the device goes away.
        bell_write: writes the bell to the terminal; without it there is no bell.
        spoken: finds the clip of what a cue says.
        enabled: the kinds of cue that are heard.
    """
    sound = Sound(clips, spoken, volume, muted, lead, enabled)
    refusals: list[Refusal] = []
    for backend in _in_turn(name):
        try:
            return OpenedPlayer(
                open_backend(backend, sound, on_notice, bell_write),
                tuple(refusals),
            )
        except BackendError as error:
            refusals.append(Refusal(backend, error.why, error.what_to_do))
    raise AssertionError("silence can't be refused")


def open_backend(
    name: str, sound: Sound, on_notice: Notice, bell_write: Callable[[str], None] | None
) -> SoundPlayer:
    """Open this backend and no other.

    Raises:
        BackendError: if it can't make sound here.
    """
    now = SystemClock().now
    match name:
        case "miniaudio":
            from prehab.audio.backends.miniaudio_ import MiniaudioPlayer

            return MiniaudioPlayer(sound, on_notice)
        case "simpleaudio":
            from prehab.audio.backends.simpleaudio_ import SimpleaudioPlayer

            return SimpleaudioPlayer(sound, on_notice, now)
        case "bell":
            from prehab.audio.backends.bell import BellPlayer

            return BellPlayer(sound, bell_write, now)
        case "silent":
            from prehab.audio.backends.silent import SilentPlayer

            return SilentPlayer(now())
        case _:
            raise BackendError(f"there is no sound backend {name!r}", f"try {AUTO}, {', '.join(BACKENDS)}")


def _in_turn(name: str) -> Iterator[str]:
    """The one that was asked for, then the others; somebody who asks for silence gets it."""
    if name != AUTO:
        yield name
    yield from (backend for backend in BACKENDS if backend != name)
