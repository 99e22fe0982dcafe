"""Keeps the chatter of C libraries off the terminal, where a screen is or will be drawn."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

_ONE_AT_A_TIME = Lock()
_ALSA_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_JACK_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
_ignore_alsa = _ALSA_HANDLER(lambda *_said: None)
_ignore_jack = _JACK_HANDLER(lambda _said: None)


@contextmanager
def stderr_away() -> Iterator[None]:
    """Send what is written to file descriptor 2 nowhere for a while.

    It is the whole process's descriptor, and Textual draws on it: while a screen is up it is left alone.
    """
    with _ONE_AT_A_TIME:
        if is_drawn_on():
            yield
            return
        if sys.stderr is not None:
            with suppress(OSError, ValueError):
                sys.stderr.flush()
        try:
            kept = os.dup(2)
        except OSError:
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)


def is_drawn_on() -> bool:
    """Whether file descriptor 2 is a terminal that somebody has taken out of line mode, as screens do."""
    if sys.platform == "win32":
        return False
    import termios

    try:
        return not termios.tcgetattr(2)[3] & termios.ICANON
    except termios.error:
        return False


def hush() -> None:
    """Ask the libraries that talk on Linux to keep quiet for as long as the process lives."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignore_alsa)
    with suppress(OSError, AttributeError):
        jack = ctypes.CDLL("libjack.so.0")
        jack.jack_set_error_function(_ignore_jack)
        jack.jack_set_info_function(_ignore_jack)
