"""The miniaudio library without its internet radio, which would bring the web and mail: 2.4 MB, and 20 ms."""

from __future__ import annotations

from threading import Lock
from typing import Any

from prehab.runtime.memory import left_out

_RADIO = ("urllib.request", "html")
"""What miniaudio imports for its radio alone; prehab never goes to the network."""
_importing = Lock()


def load_miniaudio() -> Any:
    """Import miniaudio.

    Raises:
        ImportError: if it is not installed.
        OSError: if what it is linked with is missing.
    """
    with _importing, left_out(*_RADIO, hollow=True):
        import miniaudio
    return miniaudio
