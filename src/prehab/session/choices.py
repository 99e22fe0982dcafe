"""What a person has set, read once and kept as it changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from prehab.errors import UserError

if TYPE_CHECKING:
    from prehab.config.settings import Settings


OWN_SOUNDS = "own-sounds."
"""What the keys of the settings begin with that name a sound file."""


class Choices:
    """The settings of one run."""

    def __init__(self, notices: deque[str]) -> None:
        self._notices = notices
        self._settings: Settings | None = None

    @property
    def settings(self) -> Settings:
        """What the person has set; a file that is wrong in places counts where it is right."""
        if self._settings is None:
            from prehab.config.store import load_settings

            loaded = load_settings()
            self._notices.extend(str(problem) for problem in loaded.problems)
            self._settings = self._heard(loaded.settings)
        return self._settings

    def setting(self, key: str) -> str:
        """The value of a setting, as a person spells it."""
        from prehab.config.settings import BY_KEY

        spec = BY_KEY[key]
        return spec.kind.spell(getattr(self.settings, spec.field))

    def save(self, key: str, spelled: str) -> None:
        """Keep a setting; it holds for this run even where the file can't be written.

        Raises:
            UserError: if it can't be kept.
        """
        from prehab.config.settings import BY_KEY
        from prehab.config.store import save_setting

        spec = BY_KEY[key]
        value: Any = spec.kind.parse(spelled)
        if value and key.startswith(OWN_SOUNDS) and (why := _unusable(value)):
            raise UserError(
                f"{key} can't be saved", why, f"the {key.removeprefix(OWN_SOUNDS)} stays as it is"
            )
        self._settings = replace(self.settings, **{spec.field: value})
        save_setting(key, value)

    def _heard(self, settings: Settings) -> Settings:
        """The settings without the sound files that can't be played; the bundled sounds take their places."""
        bad = {kind.value: why for kind, file in settings.own_sounds.items() if (why := _unusable(file))}
        self._notices.extend(
            f"settings.toml: {OWN_SOUNDS}{kind}: {why}; the bundled sound plays" for kind, why in bad.items()
        )
        silent: dict[str, Any] = {f"own_{kind}": "" for kind in bad}
        return replace(settings, **silent)

    def choose_sound(self, choice: str) -> None:
        """Take the answer to what prehab may sound like: `voice-and-tones`, `soft-tones` or `silent`.

        Raises:
            UserError: if it can't be kept.
        """
        mode, style, muted = {
            "voice-and-tones": ("full", "routine", "off"),
            "soft-tones": ("off", "calm", "off"),
            "silent": ("off", "routine", "on"),
        }[choice]
        answers = {"voice.mode": mode, "sound.style": style, "sound.muted": muted, "sound.choice": choice}
        for key, value in answers.items():
            self.save(key, value)

    def remember(self, key: str, spelled: str) -> None:
        """Keep a choice made in a session; where it can't be written the session goes on with one notice."""
        try:
            self.save(key, spelled)
        except UserError as error:
            self._notices.append(error.title)

    def keys(self) -> Mapping[str, str]:
        """A person's own keys, by the id of the command."""
        return self.settings.keys


def _unusable(file: str) -> str:
    """Why the sound file that a setting names can't be played; empty if it can."""
    from prehab.audio.clips import UnusableSoundError, read_own
    from prehab.config.locations import beside_settings

    try:
        read_own(beside_settings(file))
    except UnusableSoundError as error:
        return str(error)
    except UserError as error:
        return f"{error.title} ({error.hint})"
    return ""
