"""The miniaudio library without its internet radio, which would bring HTTP and mail: 2 MB, and 20 ms."""

from __future__ import annotations

import sys
from threading import Lock
from types import ModuleType
from typing import Any

_RADIO = "urllib.request"
"""What miniaudio imports for its radio alone; prehab never goes to the network."""
_importing = Lock()


def load_miniaudio() -> Any:
    """Import miniaudio.

    Raises:
        ImportError: if it is not installed.
        OSError: if what it is linked with is missing.
    """
    with _importing:
        is_held_out = "miniaudio" not in sys.modules and _RADIO not in sys.modules
        if is_held_out:
            sys.modules[_RADIO] = ModuleType(_RADIO)
        try:
            import miniaudio
        finally:
            if is_held_out:
                del sys.modules[_RADIO]
    return miniaudio
