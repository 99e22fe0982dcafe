"""What the screens cost in a real terminal, against a bare Textual app measured in the same run.

Also beside the naive way: a screen that updates digits, bar and list ten times a second. `--long` runs ten
minutes of session instead of half a minute.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest.mock import patch

from bench.measure import PYTHON, heading, row
from bench.sound_sink import NullSink, missing

COLUMNS, ROWS = 100, 30
STARTS = 9
WINDOW = 30.0
"""Seconds of a running session that are measured."""
LONG = 600.0
PAUSED = 10.0
PAINT = 30
"""Looks of a session that is led by hand between two times at which the screen comes to rest."""

BARE = "from textual.app import App\nfrom textual.widgets import Static\n"
BARE_APP = f"{BARE}class A(App):\n    def compose(self):\n        yield Static('prehab bench')\nA().run()\n"
NAIVE_APP = """
from textual.app import App
from textual.widgets import Digits, ProgressBar, Static
class A(App):
    def compose(self):
        yield Digits("0:00")
        yield ProgressBar(total=440)
        yield from (Static(f"step {i}") for i in range(12))
    def on_mount(self):
        self.t = 0; self.set_interval(0.1, self.tick)
    def tick(self):
        self.t += 0.1
        self.query_one(Digits).update(f"{int(self.t) // 60}:{int(self.t) % 60:02}")
        self.query_one(ProgressBar).update(progress=self.t)
        for i, row in enumerate(self.query(Static)):
            row.set_class(i == int(self.t) % 12, "now")
A().run()
"""
SILENT = """
[safety]
accepted = true
[sound]
choice = "silent"
muted = true
backend = "silent"
[voice]
mode = "off"
"""


HEARD = """
[safety]
accepted = true
[sound]
choice = "{choice}"
[voice]
mode = "{mode}"
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program used over a while."""

    cpu: float
    """Per cent of a core."""
    bytes: float
    """Written to the terminal each second."""


class Program:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, words: list[str], folder: Path, environ: Mapping[str, str] | None = None) -> None:
        import fcntl
        import pty
        import termios

        self.written = 0
        self.text = b""
        self.started = time.monotonic()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            environment = {
                **os.environ,
                **(environ or {}),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PREHAB_CONFIG_DIR": str(folder / "config"),
                "PREHAB_DATA_DIR": str(folder / "data"),
            }
            os.execve(words[0], words, environment)
        self._resize = lambda columns, rows: fcntl.ioctl(
            self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0)
        )
        self._resize(COLUMNS, ROWS)

    def read(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Take in what is written, for a while or until something is so."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not until():
            if select.select([self._master], [], [], min(left, 0.05))[0]:
                try:
                    data = os.read(self._master, 65536)
                except OSError:
                    return
                self.written += len(data)
                self.text = (self.text + data)[-200_000:]

    def until_says(self, text: bytes) -> float:
        """Milliseconds from the start until a text is on its way to the screen."""
        self.read(20, lambda: text in self.text)
        return (time.monotonic() - self.started) * 1000

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        self._resize(columns, rows)
        os.kill(self.pid, signal.SIGWINCH)

    def cost(self, seconds: float) -> Cost:
        """What it uses for a while."""
        cpu, written = self._cpu(), self.written
        self.read(seconds)
        return Cost((self._cpu() - cpu) / seconds * 100, (self.written - written) / seconds)

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, peak: bool = True) -> float:
        """Megabytes: the most it ever had, or what it has now."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        field = "VmHWM" if peak else "VmRSS"
        return int(status.split(f"{field}:")[1].split()[0]) / 1024

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)


def main() -> None:
    """Print the rows of the screens."""
    heading("screens, in a terminal of 100x30")
    with tempfile.TemporaryDirectory() as name:
        _by_hand(_furnished(Path(name)))
    if not sys.platform.startswith("linux"):
        print("  only measured on Linux: it reads /proc")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = _furnished(Path(name))
        _starts(folder)
        window = LONG if "--long" in sys.argv else WINDOW
        _running(folder, "stretch-full", "a hold that breathes", window, 2_500)
        _running(folder, "warmup-full", "a move that moves", window, 6_000)
        _heard(folder)
        _naive(folder)


def _furnished(folder: Path) -> Path:
    """Put settings into a folder with which nothing is asked and nothing is heard."""
    (folder / "config").mkdir()
    (folder / "config" / "settings.toml").write_text(SILENT, encoding="utf-8")
    return folder


def _by_hand(folder: Path) -> None:
    """Lead through a routine from start to summary on a clock that is moved by hand."""
    homes = {"PREHAB_CONFIG_DIR": str(folder / "config"), "PREHAB_DATA_DIR": str(folder / "data")}
    with patch.dict(os.environ, homes):
        taken = asyncio.run(_led_through("stretch-full"))
    row("15:20 through the screens, a look a second, CPU", f"{taken:.2f} s", "at most 2 s", taken <= 2)


async def _led_through(routine: str) -> float:
    from prehab.runtime.clock import ManualClock, SystemClock
    from prehab.tui.app import PrehabApp
    from prehab.tui.desk import Desk
    from prehab.tui.screens.session import SessionScreen
    from prehab.tui.screens.summary import SummaryScreen

    clock = ManualClock(SystemClock().now())
    desk = Desk(clock=clock)
    app = PrehabApp(desk, start=routine)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not isinstance(app.screen, SessionScreen):
            await pilot.pause()
        session = app.screen.session
        begun, looks = time.process_time(), 0
        while not session.is_over:
            clock.jump(1_000)
            app.screen.look()
            looks += 1
            if looks % PAINT == 0:
                await pilot.pause()
        while not isinstance(app.screen, SummaryScreen):
            await pilot.pause()
        taken = time.process_time() - begun
    desk.close()
    return taken


def _starts(folder: Path) -> None:
    programs = {
        "bare": ([PYTHON, "-c", BARE_APP], b"prehab bench"),
        "first mark": ([PYTHON, "-m", "prehab"], b"prehab"),
        "names": ([PYTHON, "-m", "prehab"], b"Post-run stretch, short"),
    }
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(STARTS):
        for name, (words, text) in programs.items():
            program = Program(words, folder)
            taken[name].append(program.until_says(text))
            program.close()
    base = median(taken.pop("bare"))
    for name, label, most in (
        ("first mark", "the first mark on the screen", 1.2),
        ("names", "the whole first frame, names in it", 1.6),
    ):
        times = median(taken[name]) / base
        row(
            label,
            f"{median(taken[name]):.0f} ms = {times:.2f}x",
            f"at most {most}x of {base:.0f} ms",
            times <= most,
        )


def _session(folder: Path, routine: str, environ: Mapping[str, str] | None = None) -> Program:
    program = Program([PYTHON, "-m", "prehab", "start", routine], folder, environ)
    program.until_says(b"GET READY")
    program.read(2)
    program.type("\r")
    program.read(3)
    return program


def _bare_memory(folder: Path) -> float:
    bare = Program([PYTHON, "-c", BARE_APP], folder)
    bare.until_says(b"prehab bench")
    bare.read(1)
    memory = bare.memory()
    bare.close()
    return memory


def _heard(folder: Path) -> None:
    """Memory beside a sound device, whose libraries the process carries as well."""
    lacking = missing()
    if lacking:
        print(f"  memory with a sound device is not measured: {', '.join(lacking)} missing")
        return
    bare = _bare_memory(folder)
    settings = folder / "config" / "settings.toml"
    sink = NullSink()
    try:
        for label, choice, mode, most in (
            ("memory with a device, without voice", "soft-tones", "off", 1.6),
            ("memory with a device and a voice", "voice-and-tones", "full", 2.0),
        ):
            settings.write_text(HEARD.format(choice=choice, mode=mode), encoding="utf-8")
            program = _session(folder, "stretch-full", sink.environ)
            program.read(10)
            times = program.memory() / bare
            row(label, f"{times:.2f}x", f"at most {most}x", times <= most)
            program.close()
    finally:
        sink.close()


def _running(folder: Path, routine: str, label: str, window: float, most: int) -> None:
    memory = _bare_memory(folder)
    program = _session(folder, routine)
    before = program.memory(peak=False)
    cost = program.cost(window)
    row(f"running, {label}: CPU", f"{cost.cpu:.2f} %", "at most 2 %", cost.cpu <= 2)
    row(f"running, {label}: bytes", f"{cost.bytes:.0f} B/s", f"at most {most} B/s", cost.bytes <= most)
    grown = program.memory(peak=False) - before
    row(
        "memory, without voice",
        f"{program.memory() / memory:.2f}x",
        "at most 1.6x",
        program.memory() <= 1.6 * memory,
    )
    row(f"memory grown in {window:.0f} s", f"{grown:.1f} MB", "", True)
    for columns, rows in ((60, 18), (140, 40), (20, 5), (COLUMNS, ROWS)):
        program.resize(columns, rows)
        program.read(0.5)
    program.type(" ")
    program.read(1.5)
    still = program.cost(PAUSED)
    row("paused: CPU", f"{still.cpu:.2f} %", "at most 0.3 %", still.cpu <= 0.3)
    row("paused: bytes", f"{still.bytes:.0f} B/s", "at most 0 B/s", still.bytes == 0)
    program.close()


def _naive(folder: Path) -> None:
    program = Program([PYTHON, "-c", NAIVE_APP], folder)
    program.until_says(b"step 11")
    program.read(1)
    cost = program.cost(WINDOW / 2)
    row("the naive way at 10 Hz", f"{cost.cpu:.2f} %, {cost.bytes:.0f} B/s", "", True)
    program.close()


if __name__ == "__main__":
    main()
