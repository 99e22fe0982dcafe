"""When cues are heard, recorded from a device made of nothing: `python -m bench.sound_timing [--short]`.

Cues a second apart are played beside a screen that repaints 20 times a second, and found again in the
recording: on an idle machine, beside two busy processes, with the sound thread held up once for 400 ms, with
the sound server held up again and again; by prehab's mixer and by the naive way, a sound started from the
event loop. It installs nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

from bench.measure import PYTHON, heading
from bench.sound_sink import RATE, NullSink, Recording, missing, onsets

from prehab import resources
from prehab.audio.backends.miniaudio_ import SERVER_QUEUE
from prehab.audio.clips import load_tones

SECONDS, SHORT = 40, 12
"""How many cues a run has, in the long form and in the short one."""
HEARD = 300
"""A sample further from 0 is heard."""
TURN = 0.1
"""How long the server gets no turn, each second of the fourth kind of run, in seconds."""
BUSY = 2
"""How many busy processes there are beside the second kind of run."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was found of one run; times in ms."""

    cues: int
    late: tuple[tuple[int, float], ...]
    """Number and lateness of each cue that was found."""
    cpu: float
    busy: float
    """The share of the machine that was in use, by anybody."""

    @property
    def errors(self) -> list[float]:
        """How far each cue is from where the others say it belongs: a constant delay is no error."""
        middle = median(late for _, late in self.late)
        return sorted(abs(late - middle) for _, late in self.late)

    @property
    def drift(self) -> float:
        """By how much cues get later in a minute."""
        xs, ys = [n for n, _ in self.late], [late for _, late in self.late]
        x, y = sum(xs) / len(xs), sum(ys) / len(ys)
        return 60 * sum((a - x) * (b - y) for a, b in self.late) / sum((a - x) ** 2 for a in xs)

    def off_after(self, cue: int, by: float = 20.0) -> int:
        """How many cues from this one on are out of place."""
        before = median(late for n, late in self.late if n < cue)
        return sum(abs(late - before) > by for n, late in self.late if n >= cue)


def main(wanted: Sequence[str] = ()) -> None:
    """Run it all and print a table."""
    heading("Cue timing, on a null sink")
    if absent := missing():
        print(f"not measured: {', '.join(absent)} not found (apt-get install pulseaudio pulseaudio-utils)")
        return
    seconds = SHORT if "--short" in wanted else SECONDS
    sink = NullSink()
    try:
        _table(sink, seconds)
        _cost(sink, seconds)
    finally:
        sink.close()


def _table(sink: NullSink, seconds: int) -> None:
    print(f"{seconds} cues, ms{'':17} found  median    p99    max  drift/min  late  CPU   machine")
    quiet = _row("prehab", _run(sink, "ours", seconds))
    with _busy():
        loaded = _row("prehab, 2 busy processes", _run(sink, "ours", seconds))
    stall_at = seconds // 2
    stalled = _row("prehab, held up 400 ms once", _run(sink, "ours", seconds, stall_at), has_drift=False)
    with _without_a_turn(sink):
        _row(f"prehab, server held up {1000 * TURN:.0f} ms", _run(sink, "ours", seconds))
    naive = _row("naive", _run(sink, "naive", seconds))
    with _busy():
        naive_loaded = _row("naive, 2 busy processes", _run(sink, "naive", seconds))
    print(
        f"\nafter the stall {stalled.off_after(stall_at)} cues were out of place by more than 20 ms"
        " (at most 2)\n"
        f"naive : prehab, median {_ratio(naive, quiet, 0.5)}, largest {_ratio(naive, quiet, 1)};"
        f" beside busy processes {_ratio(naive_loaded, loaded, 0.5)}, {_ratio(naive_loaded, loaded, 1)}\n"
        f"the server holds {SERVER_QUEUE} ms, of which this recorder leaves it 145: one that gets no turn for"
        " longer is late by the rest, whatever is played\n"
        "wanted: median 0.1, largest 5 on a quiet machine and 50 beside busy processes, no drift"
    )


def _cost(sink: NullSink, seconds: int) -> None:
    found = _played(sink, "alone", seconds, 0)
    print(
        f"\nsound alone, without a screen: {100 * found['cpu']:.2f} % of a core while cues sound (at most 2),"
        f" {100 * found['paused_cpu']:.2f} % while nothing does (at most 1)"
    )


def _row(name: str, run: Run, *, has_drift: bool = True) -> Run:
    """Print a line of the table; a stall is a step, which is no drift."""
    if len(run.late) < 2:
        print(f"{name:30} {len(run.late):2}/{run.cues}  nothing to compare", flush=True)
        return run
    errors = run.errors
    drift = f"{run.drift:10.2f}" if has_drift else f"{'':10}"
    print(
        f"{name:30} {len(run.late):2}/{run.cues} {_at(errors, 0.5):7.2f} {_at(errors, 0.99):6.1f}"
        f" {errors[-1]:6.1f} {drift} {median(late for _, late in run.late):5.0f}"
        f" {100 * run.cpu:4.1f} % {100 * run.busy:5.0f} %",
        flush=True,
    )
    return run


def _ratio(one: Run, other: Run, part: float) -> str:
    if len(one.late) < 2 or len(other.late) < 2:
        return "unknown"
    # Under a hundredth of a ms an onset can't be told from another.
    return f"{max(_at(one.errors, part), 0.01) / max(_at(other.errors, part), 0.01):.0f} : 1"


def _at(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _run(sink: NullSink, way: str, seconds: int, stall_at: int = 0) -> Run:
    busy = _MachineUse()
    with sink.recording() as recording:
        found = _played(sink, way, seconds, stall_at)
        time.sleep(0.3)
        late = _lateness(recording, found["due"], found["kinds"])
    return Run(seconds, late, found["cpu"], busy.share())


def _played(sink: NullSink, way: str, seconds: int, stall_at: int) -> dict[str, Any]:
    """Run the child on a terminal of its own, and read what it leaves."""
    master, slave = os.openpty()
    Thread(target=_drain, args=(master,), daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "result.json")
        subprocess.run(
            [PYTHON, "-m", "bench.sound_child", way, str(seconds), str(stall_at), str(path)],
            check=True,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **sink.environ, "TERM": "xterm-256color", "LINES": "30", "COLUMNS": "100"},
        )
        os.close(slave)
        found: dict[str, Any] = json.loads(path.read_text())
        return found


def _drain(master: int) -> None:
    try:
        while os.read(master, 65_536):
            pass
    except OSError:
        os.close(master)


def _lateness(recording: Recording, due: list[int], kinds: list[str]) -> tuple[tuple[int, float], ...]:
    """How late each cue was that can be found, by the moment its own sound can first be heard."""
    rises = {
        kind.value: next(n for n, sample in enumerate(clip.samples) if abs(sample) > HEARD) * 1000 / RATE
        for kind, clip in load_tones(resources.sounds()).plain.items()
    }
    found = [recording.began * 1000 + frame * 1000 / RATE for frame in onsets(recording.samples(), HEARD)]
    late = []
    for n, (moment, kind) in enumerate(zip(due, kinds, strict=True)):
        near = [at for at in found if moment - 100 <= at < moment + 900]
        if near:
            late.append((n, near[0] - moment - rises[kind]))
    return tuple(late)


class _MachineUse:
    """How busy the whole machine has been since this was made."""

    def __init__(self) -> None:
        self._idle, self._all = self._read()

    def share(self) -> float:
        idle, everything = self._read()
        return 1 - (idle - self._idle) / max(1, everything - self._all)

    @staticmethod
    def _read() -> tuple[int, int]:
        fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        return fields[3] + fields[4], sum(fields)


@contextmanager
def _without_a_turn(sink: NullSink) -> Iterator[None]:
    """A server that is held up again and again, as a busy machine may do by itself."""
    over = Event()

    def hold_up() -> None:
        while not over.wait(1.0 - TURN / 2):
            with sink.hanging():
                time.sleep(TURN)

    thread = Thread(target=hold_up, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def _busy() -> Iterator[None]:
    """Two processes that never rest."""
    running = [subprocess.Popen([PYTHON, "-c", "while True: pass"]) for _ in range(BUSY)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
