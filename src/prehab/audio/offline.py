"""The miniaudio library without its internet radio, which would bring the web and mail: 2.4 MB, and 20 ms."""

from __future__ import annotations

import sys
from threading import Lock
from types import ModuleType
from typing import Any

_RADIO = ("urllib.request", "html")
"""What miniaudio imports for its radio alone; prehab never goes to the network."""
_importing = Lock()


def load_miniaudio() -> Any:
    """Import miniaudio.

    Raises:
        ImportError: if it is not installed.
        OSError: if what it is linked with is missing.
    """
    with _importing:
        is_new = "miniaudio" not in sys.modules
        held_out = [name for name in _RADIO if is_new and name not in sys.modules]
        sys.modules.update({name: ModuleType(name) for name in held_out})
        try:
            import miniaudio
        finally:
            for name in held_out:
                del sys.modules[name]
    return miniaudio
