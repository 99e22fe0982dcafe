"""The real program in a real terminal: what signals do to both."""

from __future__ import annotations

import os
import signal
import sqlite3
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyte
import pytest

if sys.platform == "win32":
    pytest.skip("signals and pseudo-terminals are those of Unix", allow_module_level=True)

import fcntl
import pty
import select
import termios

COLUMNS, ROWS = 90, 28
PATIENCE = 20.0
"""Seconds; only a machine in trouble needs more than one."""

PROGRAM = "import sys; from prehab.cli.main import run; sys.exit(run(sys.argv[1:]))"


class Terminal:
    """A terminal with one program in it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.code: int | None = None
        settings = folder / "config" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('[safety]\naccepted = true\n[sound]\nchoice = "silent"\nbackend = "silent"\n')
        self.folder = folder
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            environment = {
                **os.environ,
                "PREHAB_DATA_DIR": str(folder / "data"),
                "PREHAB_CONFIG_DIR": str(folder / "config"),
                "TERM": "xterm-256color",
            }
            os.execve(sys.executable, [sys.executable, "-c", PROGRAM, *words], environment)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def read(self, seconds: float = 0.1) -> None:
        """Take in what the program writes, for a while."""
        if not select.select([self._master], [], [], seconds)[0]:
            return
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return
        self.raw += data
        self._stream.feed(data)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Read on until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what}; the screen says:\n{self.text}"
            self.read()

    def shows(self, text: str) -> None:
        self.until(lambda: text in self.text, f"waited for {text!r}")

    def is_stopped(self) -> bool:
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
        return pid == self.pid and os.WIFSTOPPED(status)

    def has_ended(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid == self.pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None

    def hang_up(self) -> None:
        os.close(self._master)

    def sessions(self) -> list[tuple[str, int]]:
        with closing(sqlite3.connect(self.folder / "data" / "history.db")) as db:
            return db.execute(
                "SELECT outcome, (SELECT count(*) FROM step WHERE session = key) FROM session"
            ).fetchall()

    def close(self) -> None:
        if not self.has_ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def open_(*words: str) -> Terminal:
        opened.append(Terminal(tmp_path, *words))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def in_a_hold(terminal: Callable[..., Terminal]) -> Terminal:
    """A session in its first hold."""
    one = terminal("start", "stretch-short")
    one.shows("GET READY")
    one.type("\r")
    one.shows("7:54 left")
    return one


def is_restored(one: Terminal) -> bool:
    return (
        one.raw.rfind(b"\x1b[?1049l") > one.raw.rfind(b"\x1b[?1049h")
        and one.raw.rstrip().rfind(b"\x1b[?25h") > 0
    )


def test_sigterm_restores_the_terminal_exits_143_and_keeps_the_session(
    terminal: Callable[..., Terminal],
) -> None:
    one = in_a_hold(terminal)
    one.signal(signal.SIGTERM)
    one.until(one.has_ended, "waited for the end")
    one.read()
    assert one.code == 143
    assert is_restored(one)
    assert b"\x1b[23;2t" in one.raw
    assert one.sessions() == [("unfinished", 1)]


def test_an_interrupt_from_outside_exits_130_and_keeps_the_session(terminal: Callable[..., Terminal]) -> None:
    one = in_a_hold(terminal)
    one.signal(signal.SIGINT)
    one.until(one.has_ended, "waited for the end")
    one.read()
    assert one.code == 130
    assert is_restored(one)
    assert one.sessions() == [("unfinished", 1)]


def test_a_terminal_that_goes_away_ends_the_program_and_keeps_the_session(
    terminal: Callable[..., Terminal],
) -> None:
    one = in_a_hold(terminal)
    one.hang_up()
    end = time.monotonic() + PATIENCE
    while not one.has_ended():
        assert time.monotonic() < end
        time.sleep(0.02)
    assert one.sessions() == [("unfinished", 1)]


def test_ctrl_z_and_fg_bring_the_whole_screen_back_paused_with_the_question(
    terminal: Callable[..., Terminal],
) -> None:
    one = in_a_hold(terminal)
    one.type("\x1a")
    one.until(one.is_stopped, "waited for it to stop")
    assert is_restored(one)
    one.screen.reset()
    one.signal(signal.SIGCONT)
    one.shows("Paused while you were away")
    one.shows("Go on from here")
    one.shows("Post-run stretch, short")
    one.type(" ")
    one.until(lambda: "Paused while" not in one.text, "waited for the question to go")
    one.type("q")
    one.shows("End and keep 0:0")
    one.type("\r")
    one.shows("Ended early")


def test_sigstop_pauses_too(terminal: Callable[..., Terminal]) -> None:
    one = in_a_hold(terminal)
    one.signal(signal.SIGSTOP)
    one.until(one.is_stopped, "waited for it to stop")
    one.signal(signal.SIGCONT)
    one.shows("Paused while you were away")
    one.type("q")
    one.shows("Ended early")


def test_ctrl_c_asks_like_q(terminal: Callable[..., Terminal]) -> None:
    one = in_a_hold(terminal)
    one.type("\x03")
    one.shows("End and keep 0:0")
    one.type("\r")
    one.shows("Ended early")
    one.type("q")
    one.until(one.has_ended, "waited for the end")
    assert one.code == 0


def test_the_title_tells_the_time_left(terminal: Callable[..., Terminal]) -> None:
    one = in_a_hold(terminal)
    one.until(lambda: b"left \xc2\xb7 Post-run stretch, short" in one.raw, "waited for a title")
    assert b"\x1b[22;2t" in one.raw


def test_what_stands_in_the_terminal_is_what_the_app_drew(terminal: Callable[..., Terminal]) -> None:
    one = in_a_hold(terminal)
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        one.read()
    one.type(" ")
    one.shows("PAUSED")
    one.read(0.3)
    before = one.text
    one.screen.reset()
    fcntl.ioctl(one._master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS - 1, 0, 0))
    one.signal(signal.SIGWINCH)
    one.read(0.5)
    fcntl.ioctl(one._master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    one.signal(signal.SIGWINCH)
    one.until(lambda: one.text == before, "waited for the same picture")


EDITOR = """\
import pathlib, sys
try:
    print("THE EDITOR HAS THE TERMINAL", flush=True)
    said = input()
except KeyboardInterrupt:
    print("ctrl+c is the editor's own", flush=True)
    said = input()
file = pathlib.Path(sys.argv[1])
file.write_text(file.read_text().replace("30s", said))
"""
MINE = 'name = "Mine"\nphase = "any-day"\n[[step]]\nname = "Bridge"\nfor = "30s"\nareas = ["hips"]\n'


def test_the_editor_gets_the_terminal_as_it_was_and_gives_it_back(
    terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, mine = tmp_path / "editor.py", tmp_path / "config" / "routines" / "mine.toml"
    script.write_text(EDITOR)
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    mine.parent.mkdir(parents=True)
    mine.write_text(MINE)
    one = terminal()
    one.shows("BEFORE A RUN")
    one.type("/")
    one.shows("/ ▏")
    one.type("mine")
    one.shows("Bridge")
    one.type("\r")
    one.type("e")
    one.shows("THE EDITOR HAS THE TERMINAL")
    assert is_restored(one)
    # Python loses an interrupt that comes between its last look for one and its reading of the line.
    one.read(0.3)
    one.type("\x03")
    one.shows("ctrl+c is the editor's own")
    one.type("45s\r")
    one.shows("Saved: Mine")
    one.shows("ANY DAY")
    one.shows("45 s")
    one.shows("⏎ start")
    assert "THE EDITOR" not in one.text
    assert '"45s"' in mine.read_text()
    one.type(",")
    one.shows("Volume")
    one.type("\x1b")
    one.until(lambda: "Volume" not in one.text, "waited for the settings to go")
    one.type("q")
    one.until(one.has_ended, "waited for the end")
    assert one.code == 0
