"""The sound library comes without the network."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("miniaudio")

PROGRAM = """
import sys
from prehab.audio.offline import load_miniaudio
library = load_miniaudio()
assert library is load_miniaudio()
assert library.get_enabled_backends()
print(*sorted({"urllib.request", "http.client", "email"} & sys.modules.keys()))
import urllib.request
assert urllib.request.urlopen
"""


def test_no_network_is_loaded_with_the_sound_library_and_whoever_wants_it_can_have_it() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")
