"""What is measured, in a process of its own: cues beside a screen that repaints 20 times a second.

`python -m bench.sound_child WAY SECONDS STALLED RESULT`: WAY is `ours`, `naive`, or `alone` (ours without a
screen); STALLED is the number of the cue before which the sound thread is held up, or 0;
RESULT is a file that is written: when each cue was due, and what it cost.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from prehab import resources
from prehab.audio.backends.miniaudio_ import MiniaudioPlayer
from prehab.audio.clips import load_tones
from prehab.audio.player import Sound
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis
from prehab.runtime.clock import nanos
from prehab.runtime.sinks import Planned

KINDS = (CueKind.TICK, CueKind.TICK, CueKind.TICK, CueKind.GO)
"""Three ticks and a begin, as before a work."""
TONES = load_tones(resources.sounds())
STALL = 0.4
"""How long the sound thread is held up, in seconds."""
HZ = 20
"""How often the screen is painted."""

CallAt = Callable[[float, Callable[[], None]], object]
"""Has the event loop do something at a moment of the monotonic clock."""


def cues(seconds: int) -> list[tuple[Millis, Cue]]:
    """A cue each second, from a second and a half from now."""
    start = nanos() // 1_000_000 + 1_500
    return [(Millis(start + 1_000 * n), Cue(Millis(0), KINDS[n % len(KINDS)])) for n in range(seconds)]


class StallingClock:
    """The clock of the sound thread, which holds it up once."""

    def __init__(self) -> None:
        self.stall_at: int | None = None
        """When, in nanoseconds."""

    def __call__(self) -> int:
        if self.stall_at is not None and nanos() > self.stall_at:
            self.stall_at = None
            time.sleep(STALL)
        return nanos()


class Ours:
    """The whole schedule handed to the mixer at once."""

    def __init__(self, stalled: int) -> None:
        """Open the device; a quarter of a second before this cue is due, the thread is held up."""
        self._stalled = stalled
        self._clock = StallingClock()
        self._player = MiniaudioPlayer(Sound(TONES, volume=100), clock=self._clock)
        self._player.wait_ready(5)

    def play(self, schedule: list[tuple[Millis, Cue]], call_at: CallAt) -> None:
        self._player.replace(tuple(Planned(due, cue, key) for key, (due, cue) in enumerate(schedule)))
        if self._stalled:
            self._clock.stall_at = (schedule[self._stalled][0] - 250) * 1_000_000

    def close(self) -> None:
        self._player.close()


class Naive:
    """A sound started from the event loop when its timer fires, by a program that plays a file."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def play(self, schedule: list[tuple[Millis, Cue]], call_at: CallAt) -> None:
        for due, cue in schedule:
            call_at(due / 1000, partial(self._start, cue.kind))

    def close(self) -> None:
        for process in self._running:
            process.wait()

    def _start(self, kind: CueKind) -> None:
        file = resources.sounds() / f"{kind.value}.wav"
        self._running.append(subprocess.Popen(["paplay", str(file)], stderr=subprocess.DEVNULL))


def beside_a_screen(way: Ours | Naive, seconds: int) -> dict[str, Any]:
    """Play while a small Textual app counts down."""
    import asyncio

    from textual.app import App, ComposeResult
    from textual.widgets import Digits, Label, ProgressBar

    class Beside(App[None]):
        def compose(self) -> ComposeResult:
            yield Digits("0")
            yield Label("Front plank")
            yield ProgressBar(total=seconds)

        def on_mount(self) -> None:
            self.schedule = cues(seconds)
            loop = asyncio.get_running_loop()
            # The loop's clock is the monotonic one.
            way.play(self.schedule, loop.call_at)
            self.set_interval(1 / HZ, self.paint)
            self.set_timer(seconds + 2.0, self.exit)

        def paint(self) -> None:
            left = self.schedule[-1][0] / 1000 - time.monotonic()
            self.query_one(Digits).update(f"{left:.1f}")
            self.query_one(ProgressBar).update(progress=seconds - left)

    app = Beside()
    before = time.process_time()
    app.run()
    return result(app.schedule, before, seconds + 2.0)


def alone(seconds: int) -> dict[str, Any]:
    """Play without a screen, then play nothing for as long: what sound alone costs."""
    way = Ours(0)
    before = time.process_time()
    schedule = cues(seconds)
    way.play(schedule, lambda at, act: None)
    time.sleep(seconds + 2.0)
    found = result(schedule, before, seconds + 2.0)
    before = time.process_time()
    time.sleep(seconds)
    found["paused_cpu"] = (time.process_time() - before) / seconds
    way.close()
    return found


def result(schedule: list[tuple[Millis, Cue]], before: float, took: float) -> dict[str, Any]:
    return {
        "due": [due for due, _ in schedule],
        "kinds": [cue.kind.value for _, cue in schedule],
        "cpu": (time.process_time() - before) / took,
    }


def main(way: str, seconds: str, stalled: str, path: str) -> None:
    if way == "alone":
        found = alone(int(seconds))
    else:
        playing = Naive() if way == "naive" else Ours(int(stalled))
        found = beside_a_screen(playing, int(seconds))
        playing.close()
    Path(path).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
