"""Which voice speaks here, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prehab.audio.voices import espeak, macos, nanotts, windows
from prehab.audio.voices.apart import VoiceApart
from prehab.audio.voices.engine import Engine, VoiceName

AUTO = "auto"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An engine that cannot be used, and the way out."""

    name: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class EngineKind:
    """One way to speak."""

    name: str
    """What a person writes in the settings."""
    about: str
    """One line for `doctor` and the settings screen."""
    open: Callable[[VoiceName], Engine]
    """Takes the engine up. Only ever called in the process that is kept apart."""
    missing: Callable[[], str]
    """Why it cannot be used here, without loading it; empty if it can."""
    hint: str
    """What to do where it is missing."""
    voices: tuple[str, ...] = ()
    """The only voices it has; empty where that is for the machine to say."""


ENGINES = (
    EngineKind(
        "nanotts",
        "the small voice inside the package",
        nanotts.NanoTTS,
        nanotts.missing,
        "pip install py-nanotts (it has no wheel for macOS)",
        nanotts.VOICES,
    ),
    EngineKind("say", "the voices of macOS", macos.Say, macos.missing, "on a Mac it is part of the system"),
    EngineKind(
        "windows",
        "the voices of Windows",
        windows.WindowsSpeech,
        windows.missing,
        "on Windows it is part of the system",
    ),
    EngineKind(
        "espeak-ng",
        "the program espeak-ng, if you have installed it",
        espeak.Espeak,
        espeak.missing,
        "install espeak-ng with your system's package manager",
    ),
)
"""In the order in which `auto` tries them."""


def choose_voice(
    wanted: str = AUTO, voice: str = "", speed: float = 1.0
) -> tuple[VoiceApart | None, tuple[Refusal, ...]]:
    """Find the voice to speak with, without loading it: no engine is tried before the first sentence.

    Args:
        wanted: a name of `ENGINES`, `auto` for the first that is there, or `none`.
        voice: the engine's own name of a voice; empty for its default.
        speed: 1.0 is the engine's usual speed.

    Returns:
        The voice, or `None`, and why each engine that was asked before it is not used.
    """
    if wanted == NONE:
        return None, ()
    asked = [kind for kind in ENGINES if wanted in (AUTO, kind.name)]
    if not asked:
        known = ", ".join((AUTO, *(kind.name for kind in ENGINES), NONE))
        return None, (Refusal(wanted, f"there is no such engine: {wanted!r}", f"choose one of {known}"),)
    refusals: list[Refusal] = []
    for kind in asked:
        refusal = _refuse(kind, voice)
        if refusal is None:
            return VoiceApart(VoiceName(kind.name, voice, speed)), tuple(refusals)
        refusals.append(refusal)
    return None, tuple(refusals)


def open_engine(name: VoiceName) -> Engine:
    """Take up an engine in this very process.

    Raises:
        VoiceError: if it cannot be taken up.
    """
    return next(kind for kind in ENGINES if kind.name == name.engine).open(name)


def _refuse(kind: EngineKind, voice: str) -> Refusal | None:
    why = kind.missing()
    if why:
        return Refusal(kind.name, why, kind.hint)
    if voice and kind.voices and voice not in kind.voices:
        return Refusal(kind.name, f"it has no voice {voice!r}", f"choose one of {', '.join(kind.voices)}")
    return None
