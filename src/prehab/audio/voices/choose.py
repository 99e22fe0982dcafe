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
    """An engine that cannot be used, or not with the voice that was asked for."""

    engine: str
    why: str
    """A lowercase sentence."""
    what_to_do: str
    """The way out."""


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
    what_to_do: str
    """The way out where it is missing."""
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
        voice: the engine's own name of a voice; empty for its default. Where no engine has it, the default
            of the first that is there speaks instead.
        speed: 1.0 is the engine's usual speed.

    Returns:
        The voice, or `None` where nothing can speak, and what was refused on the way.
    """
    if wanted == NONE:
        return None, ()
    asked = [kind for kind in ENGINES if wanted in (AUTO, kind.name)]
    if not asked:
        known = ", ".join((AUTO, *(kind.name for kind in ENGINES), NONE))
        return None, (Refusal(wanted, f"there is no such engine: {wanted!r}", f"choose one of {known}"),)
    refusals: list[Refusal] = []
    instead: VoiceName | None = None
    for kind in asked:
        why = kind.missing()
        if why:
            refusals.append(Refusal(kind.name, why, kind.what_to_do))
        elif voice and kind.voices and voice not in kind.voices:
            known = ", ".join(kind.voices)
            refusals.append(Refusal(kind.name, f"it has no voice {voice!r}", f"choose one of {known}"))
            instead = instead or VoiceName(kind.name, "", speed)
        else:
            return VoiceApart(VoiceName(kind.name, voice, speed)), tuple(refusals)
    return (VoiceApart(instead) if instead else None), tuple(refusals)


def open_engine(name: VoiceName) -> Engine:
    """Take up an engine in this very process.

    Raises:
        VoiceError: if it cannot be taken up.
    """
    return next(kind for kind in ENGINES if kind.name == name.engine).open(name)
