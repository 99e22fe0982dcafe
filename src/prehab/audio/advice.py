"""What a person can do where there is no sound, by where the program runs."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def no_device(environ: Mapping[str, str], *, has_system: bool = True) -> str:
    """The way out when no device answers.

    Args:
        environ: the environment of the program.
        has_system: whether any sound system could be spoken to; where none can, its library may be missing.
    """
    if _is_far(environ):
        return "over ssh sound would come out of the other machine: run prehab on the one you hear"
    if "PULSE_SERVER" in environ:
        return f"PULSE_SERVER is {environ['PULSE_SERVER']}: start the sound server there, or unset it"
    if sys.platform == "linux" and not has_system:
        return (
            "install libasound2 or libpulse0 (your package manager has them), or start PulseAudio or PipeWire"
        )
    if sys.platform == "linux":
        return "plug in a device, or start PulseAudio or PipeWire (try: pactl info)"
    return "plug in a device, or choose one in the sound settings of the system"


def elsewhere(environ: Mapping[str, str]) -> str:
    """What may keep a device that answers from being heard."""
    if _is_far(environ) and "PULSE_SERVER" not in environ:
        return "over ssh it is heard there, not here: run prehab on the machine you hear"
    return ""


def bell(environ: Mapping[str, str]) -> str:
    """What may keep a terminal's bell from being heard."""
    if "TMUX" in environ:
        return "tmux passes it on with: set -g bell-action any; set -g visual-bell off"
    if environ.get("TERM", "").startswith("screen"):
        return "screen passes it on with: vbell off"
    return "if nothing is heard, switch the bell on in the settings of the terminal"


def _is_far(environ: Mapping[str, str]) -> bool:
    return "SSH_CONNECTION" in environ or "SSH_TTY" in environ
