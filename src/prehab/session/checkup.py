"""What prehab finds on this machine: folders, history, sound, voice and terminal, for `doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prehab import __version__
from prehab.audio.probe import probe
from prehab.audio.voices.choose import ENGINES, choose_voice
from prehab.config import locations
from prehab.config.settings import Settings
from prehab.session.sound import can_ring, ring, tones_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    """The group it belongs to: program, files, sound, voice or terminal."""
    name: str
    state: str
    """`ok`, `in use`, `refused`, `missing` or `problem`."""
    detail: str = ""
    way_out: str = ""


def findings(settings: Settings, problems: tuple[str, ...]) -> Iterator[Finding]:
    """Look at everything in turn; nothing is changed and nothing is heard.

    Args:
        settings: the person's choices.
        problems: what was wrong with the file of the settings.
    """
    yield Finding(
        "program", "prehab", "ok", f"{__version__} on Python {platform.python_version()}, {platform.system()}"
    )
    yield from _files(problems)
    yield from _sound(settings)
    yield from _voice(settings)
    yield from _terminal()


def _files(problems: tuple[str, ...]) -> Iterator[Finding]:
    yield _place("settings", locations.settings_file())
    for problem in problems:
        yield Finding("files", "settings", "problem", problem)
    yield _place("own routines", locations.own_routines())
    yield _place("own figures", locations.own_figures())
    yield _history()
    yield _cache()


def _place(name: str, path: Path) -> Finding:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Finding("files", name, "missing", f"{path}: not there yet")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return Finding("files", name, "problem", f"{path}: {why}", "make it and its folder readable")
    return Finding("files", name, "ok", str(path))


def _cache() -> Finding:
    """Sentences are spoken anew in each session where nothing can be kept."""
    path = locations.speech_cache()
    there = next(folder for folder in (path, *path.parents) if locations.may_be_there(folder))
    if os.path.isdir(there) and os.access(there, os.W_OK):  # noqa: PTH112 - `Path.is_dir` may raise
        return _place("voice cache", path)
    return Finding("files", "voice cache", "problem", f"{path}: can't be written", f"make {there} writable")


def _history() -> Finding:
    from prehab.errors import UserError
    from prehab.history import stats
    from prehab.history.store import open_store

    path = locations.history_file()
    if not locations.may_be_there(path):
        return _place("history", path)
    try:
        store = open_store(path)
    except UserError as error:
        return Finding("files", "history", "problem", error.title, error.hint)
    try:
        count = stats.count(store)
        return Finding("files", "history", "ok", f"{path}: {count} session{'s' * (count != 1)}")
    finally:
        store.close()


def _sound(settings: Settings) -> Iterator[Finding]:
    is_found = False
    for state in probe(tones_of(settings, deque()), ring if can_ring() else None):
        if state.output is None:
            yield Finding("sound", state.backend, "refused", state.why, state.what_to_do)
            continue
        parts = [state.output.system or "", state.output.device or ""]
        if state.output.latency is not None:
            parts.append(f"cues are sent {state.output.latency} ms ahead")
        elif state.backend not in _PLAIN_WORDS:
            parts.append("how long a sound takes is not known")
        wanted = settings.backend.value
        in_use = not is_found if wanted == "auto" else state.backend == wanted
        is_found = is_found or in_use
        detail = ", ".join(part for part in parts if part) or _PLAIN_WORDS.get(state.backend, "")
        yield Finding("sound", state.backend, "in use" if in_use else "ok", detail, state.what_to_do)


_PLAIN_WORDS = {"bell": "the terminal's bell, for go, end and done", "silent": "nothing is heard"}


def _voice(settings: Settings) -> Iterator[Finding]:
    chosen, refusals = choose_voice(
        settings.voice_engine.value, settings.voice_name, settings.voice_rate / 100
    )
    in_use = chosen.name.engine if chosen is not None else ""
    refused = {refusal.engine: refusal for refusal in refusals}
    for kind in ENGINES:
        why = kind.missing()
        if chosen is not None and kind.name == in_use:
            voice = chosen.name.voice or (kind.voices[0] if kind.voices else "its own choice")
            yield Finding("voice", kind.name, "in use", f"{kind.about}: {voice}")
            if kind.name in refused:
                refusal = refused[kind.name]
                yield Finding("voice", kind.name, "problem", refusal.why, refusal.what_to_do)
        elif why:
            yield Finding("voice", kind.name, "refused", why, kind.what_to_do)
        elif kind.name in refused:
            refusal = refused[kind.name]
            yield Finding("voice", kind.name, "refused", refusal.why, refusal.what_to_do)
        else:
            yield Finding("voice", kind.name, "ok", kind.about)


def _terminal() -> Iterator[Finding]:
    size = shutil.get_terminal_size((0, 0))
    if not sys.stdout.isatty() or not size.columns:
        yield Finding(
            "terminal", "screen", "missing", "no terminal on stdout", "prehab start ROUTINE --plain"
        )
    elif size.columns < 20 or size.lines < 5:
        yield Finding("terminal", "screen", "problem", f"{size.columns}x{size.lines}", "20x5 is the least")
    else:
        yield Finding(
            "terminal", "screen", "ok", f"{size.columns}x{size.lines}, {os.environ.get('TERM', 'no TERM')}"
        )
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        yield Finding("terminal", "characters", "ok", "UTF-8: ⣿ is eight dots, █ a full block")
    else:
        yield Finding("terminal", "characters", "problem", encoding or "unknown", "set a UTF-8 locale")
    for name, variable in (("tmux", "TMUX"), ("ssh", "SSH_CONNECTION")):
        if variable in os.environ:
            yield Finding("terminal", name, "ok", f"prehab runs inside {name}")
