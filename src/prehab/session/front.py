"""One run of prehab: its settings, routines, history and sound, each opened when it is first needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prehab.config import locations
from prehab.domain.duration import Millis
from prehab.domain.narration import PATIENCE
from prehab.errors import Exit, UserError
from prehab.formats.library import Entry, Library, Name
from prehab.formats.problems import Problem
from prehab.runtime.clock import Clock, SystemClock

if TYPE_CHECKING:
    from prehab.audio.choose import Refusal
    from prehab.config.settings import Settings
    from prehab.domain.timeline import Timeline
    from prehab.history.store import Answers, Store, Unfinished
    from prehab.session.session import Session
    from prehab.session.sound import Sound


@dataclass(frozen=True, slots=True)
class Wish:
    """How a session is to be run, where that differs from the settings."""

    level: Millis | None = None
    """The hold of a routine that grows."""
    muted: bool = False
    voiced: bool = True
    """Whether anything may be said."""
    backend: str | None = None
    speed: int = 1
    """A rehearsal is faster, and not recorded."""
    attended: bool = True
    """Whether somebody can press keys; where not, a step that waits ends by itself."""
    pain_before: int | None = None
    """The back before the session, 0 to 10."""
    continues: Unfinished | None = None
    """A session that broke off and goes on."""


def local_now() -> datetime:
    """What the wall clock shows, with its offset."""
    return datetime.now().astimezone()


class Prehab:
    """The rooms below, for screens and commands."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock: Clock = clock or SystemClock()
        self._notices: deque[str] = deque()
        self._settings: Settings | None = None
        self._store: Store | None = None
        self._is_recording = True

    # Settings

    @property
    def settings(self) -> Settings:
        """What the person has set; a file that is wrong in places counts where it is right."""
        if self._settings is None:
            from prehab.config.store import load_settings

            loaded = load_settings()
            self._settings = loaded.settings
            self._notices.extend(str(problem) for problem in loaded.problems)
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
        self._settings = replace(self.settings, **{spec.field: value})
        save_setting(key, value)

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

    # Routines

    @cached_property
    def library(self) -> Library:
        """The routines, one's own and the bundled ones."""
        return Library(locations.own_routines())

    def names(self) -> tuple[Name, ...]:
        """Every routine by name, before any is checked."""
        return self.library.names()

    def entries(self) -> Iterator[Entry]:
        """Every routine, checked as it is asked for."""
        self.library.refresh()
        return self.library.entries()

    def timeline(self, typed: str, level: Millis | None = None, sound: Sound | None = None) -> Timeline:
        """Unroll a routine that is named by id or path.

        Raises:
            UserError: if there is none, it can't be played, or it has no such level.
        """
        from prehab.domain.compile import compile_timeline
        from prehab.domain.narration import estimate

        routine = self.library.routine(typed)
        style = self.settings.style.style
        if style is not None:
            routine = replace(routine, style=style)
        try:
            return compile_timeline(routine, level, sound.measure if sound else estimate)
        except ValueError as error:
            raise UserError(str(error), exit_code=Exit.USAGE) from error

    def length(self, entry: Entry) -> Millis | None:
        """How long a routine takes as it would be done now, get-ready left out; `None` for a broken one."""
        from prehab.domain.compile import total_length

        return None if entry.routine is None else total_length(entry.routine)

    def own_routines_folder(self) -> Path:
        """Where one's own routines lie."""
        return locations.own_routines()

    def own_files(self) -> list[Path]:
        """One's own routine files."""
        return sorted(locations.own_routines().glob("*.toml"))

    def check(self, file: Path) -> tuple[Problem, ...]:
        """Everything that is wrong or doubtful about a routine file, in its order."""
        from prehab.domain.narration import estimate
        from prehab.figures.library import Library as Figures
        from prehab.formats.loader import inspect
        from prehab.session.checks import further

        reading = inspect(file)
        more = further(reading, Figures(locations.own_figures()).names(), estimate)
        return tuple(sorted((*reading.problems, *more), key=lambda problem: (problem.line, problem.column)))

    # History

    @property
    def history(self) -> Store:
        """The history, or what can be read of it when it can't be written; that is said once."""
        if self._store is None:
            from prehab.history.store import open_anyway

            opened = open_anyway(locations.history_file())
            self._store = opened.store
            if opened.trouble is not None:
                self._is_recording = False
                self._notices.append(f"{opened.trouble.title}; nothing is recorded")
        return self._store

    def answer(self, session_id: str, answers: Answers) -> None:
        """Keep what a person said about a session.

        Raises:
            UserError: if it can't be written.
        """
        self.history.update_answers(session_id, answers)

    # Sessions

    def session(self, typed: str, wish: Wish | None = None) -> Session:
        """Put a session together, with its sound open and its place in the history ready.

        Raises:
            UserError: if the routine can't be played.
        """
        from prehab.history.journal import Journal
        from prehab.session.session import Session

        wish = wish or Wish()
        self.timeline(typed, wish.level)
        sound = self._open_sound(wish)
        try:
            timeline = self.timeline(typed, wish.level, sound)
            store = self.history if wish.speed == 1 else None
            journal = None
            if store is not None and self._is_recording:
                journal = Journal(
                    locations.history_file(),
                    timeline,
                    local_now,
                    pain_before=wish.pain_before,
                    continues=wish.continues,
                )
        except UserError:
            sound.close()
            raise
        return Session(
            timeline,
            self._clock,
            sound=sound,
            recorder=journal,
            session_id=journal.session_id if journal else None,
            speed=wish.speed,
            patience=None if wish.attended else PATIENCE,
            first=(wish.continues.resume_at(timeline) or 0) if wish.continues else 0,
        )

    def _open_sound(self, wish: Wish) -> Sound:
        from prehab.session.sound import open_sound

        opened, refusals = open_sound(
            self.settings,
            muted=wish.muted,
            voiced=wish.voiced,
            backend=wish.backend,
            remember=self._try_to_remember,
        )
        self._notices.extend(_told(refusal) for refusal in refusals)
        return opened

    def _try_to_remember(self, key: str, spelled: str) -> None:
        """Keep a choice made in a session; where it can't be written the session goes on with one notice."""
        try:
            self.save(key, spelled)
        except UserError as error:
            self._notices.append(error.title)

    # Manners

    def notices(self) -> tuple[str, ...]:
        """What the person should know, each once."""
        taken = tuple(self._notices)
        self._notices.clear()
        return taken

    def awake(self) -> AbstractContextManager[str]:
        """Keep the machine awake while this lasts; gives a notice where that can't be had."""
        from prehab.session.awake import awake

        return awake()

    def keys(self) -> Mapping[str, str]:
        """A person's own keys, by the id of the command."""
        return self.settings.keys

    def close(self) -> None:
        """Let the history go."""
        if self._store is not None:
            self._store.close()
            self._store = None


def _told(refusal: Refusal) -> str:
    way_out = f" ({refusal.what_to_do})" if refusal.what_to_do else ""
    return f"no sound through {refusal.backend}: {refusal.why}{way_out}"
