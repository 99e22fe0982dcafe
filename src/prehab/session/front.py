"""One run of prehab: its settings, routines, history and sound, each opened when it is first needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from prehab.config import locations
from prehab.domain.duration import Millis
from prehab.domain.fit import AS_IT_IS, Fit, Fitted, whole
from prehab.domain.narration import PATIENCE
from prehab.errors import UserError
from prehab.formats.files import read_text
from prehab.formats.library import Entry, Library, Name
from prehab.formats.problems import Problem, RoutineError
from prehab.runtime.clock import Clock, SystemClock
from prehab.session.choices import Choices
from prehab.session.ledger import Ledger

if TYPE_CHECKING:
    from prehab.audio.choose import Refusal
    from prehab.domain.routine import Routine
    from prehab.domain.timeline import Timeline
    from prehab.history.journal import Journal
    from prehab.history.store import Unfinished
    from prehab.session.diary import DiaryDesk
    from prehab.session.own import Draft, Edited
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
    fit: Fit = AS_IT_IS
    """How the routine is to differ from its file today."""
    fitted: Fitted | None = None
    """What is played instead of the file: a routine fitted to the day already, or one of several in a row."""


def local_now() -> datetime:
    """What the wall clock shows, with its offset."""
    return datetime.now().astimezone()


def library_apart() -> Library:
    """The person's routines and the bundled ones, read in another process: for a program that stays."""
    from prehab.formats.apart import read_apart

    return Library(locations.own_routines(), read=read_apart)


class Prehab:
    """The rooms below, for screens and commands."""

    def __init__(
        self,
        clock: Clock | None = None,
        wall_clock: Callable[[], datetime] = local_now,
        library: Library | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            clock: what sessions are timed by.
            wall_clock: what tells the day.
            library: the routines, if not the person's own and the bundled ones, read in this process.
        """
        self._clock: Clock = clock or SystemClock()
        self._library = library
        self.wall_clock = wall_clock
        """What tells the day."""
        self._notices: deque[str] = deque()
        self._journals: list[Journal] = []
        self.choices = Choices(self._notices)
        self.ledger = Ledger(self.routines, wall_clock, self.choices, self._notices)

    # Routines

    @cached_property
    def library(self) -> Library:
        """The routines, one's own and the bundled ones."""
        return self._library or Library(locations.own_routines())

    def names(self) -> tuple[Name, ...]:
        """Every routine by name, before any is checked."""
        return self.library.names()

    def entries(self) -> Iterator[Entry]:
        """Every routine, checked as it is asked for."""
        self.library.refresh()
        return self.library.entries()

    def routines(self) -> list[Routine]:
        """Every routine that can be played."""
        return [entry.routine for entry in self.library.entries() if entry.routine is not None]

    def parts(self, typed: str) -> tuple[str, ...]:
        """The words for each routine of `warmup-short + plank`; one alone for all else.

        Raises:
            UserError: if one is missing.
        """
        from prehab.session.typed import parts

        return parts(self.library, typed)

    def fitted(self, typed: str, fit: Fit = AS_IT_IS, level: Millis | None = None) -> tuple[Fitted, ...]:
        """The routines that are named by id, path or note, in a row, at their next level, fitted to the day.

        Raises:
            UserError: if there is none, it can't be played, it has no such level, or can't be fitted so.
        """
        from prehab.session.fitting import at_level, fit_all, from_history
        from prehab.session.typed import routine_of

        routines = [routine_of(self.library, None, part) for part in self.parts(typed)]
        if any(routine.checks for routine in routines):
            routines = from_history(routines, self.ledger.so_far())
        return fit_all(at_level(routines, level, self.ledger.standing), fit)

    def understood(self, typed: str) -> tuple[str, ...]:
        """How the notes among these words were read, one move a line; nothing where all are routines.

        Raises:
            UserError: as `fitted` does.
        """
        from prehab.session.sheet import doses
        from prehab.session.typed import NOTE

        notes = [part for part in self.fitted(typed) if part.routine.id.startswith(NOTE)]
        return tuple(line for part in notes for line in doses(self._unrolled((part,), None)))

    def in_turn(self, typed: str, wish: Wish) -> tuple[tuple[str, Wish], ...]:
        """The sessions that a wish comes to, one for each routine in a row: words and wish for `session`.

        Raises:
            UserError: as `fitted` does.
        """
        if wish.fitted is not None:
            return ((typed, wish),)
        words = self.parts(typed)
        by_id = {part.routine.id: word for part, word in zip(self.fitted(typed), words, strict=True)}
        if len(words) == 1 and not wish.fit:
            return ((typed, wish),)
        return tuple(
            (by_id[whole(part.routine.id, by_id)], replace(wish, fitted=part, level=part.hold))
            for part in self.fitted(typed, wish.fit, wish.level)
        )

    def timeline(
        self, typed: str, level: Millis | None = None, sound: Sound | None = None, fit: Fit = AS_IT_IS
    ) -> Timeline:
        """Unroll a routine that is named by id, path or note, at its next level if no other is given.

        Several with + between are unrolled as one.

        Raises:
            UserError: if there is none, it can't be played, it has no such level, or can't be fitted so.
        """
        return self._unrolled(self.fitted(typed, fit, level), sound)

    def planned(self, typed: str, wish: Wish, sound: Sound | None = None) -> Timeline:
        """What a session with this wish would step through.

        Raises:
            UserError: as `timeline` does.
        """
        parts = (wish.fitted,) if wish.fitted else self.fitted(typed, wish.fit, wish.level)
        return self._unrolled(parts, sound)

    def _unrolled(self, parts: tuple[Fitted, ...], sound: Sound | None) -> Timeline:
        from prehab.domain.compile import compile_timeline
        from prehab.domain.joined import join
        from prehab.domain.narration import estimate

        routine = join(parts)
        hold = parts[0].hold if len(parts) == 1 else None
        style = self.choices.settings.style.style
        if style is not None:
            routine = replace(routine, style=style)
        return compile_timeline(routine, hold, sound.measure if sound else estimate)

    def length(self, entry: Entry) -> Millis | None:
        """How long a routine takes as it would be done now, get-ready left out; `None` for a broken one."""
        from prehab.domain.compile import total_length

        if entry.routine is None:
            return None
        standing = self.ledger.standing(entry.routine)
        return total_length(entry.routine, standing.hold_ms if standing else None)

    def own_routines_folder(self) -> Path:
        """Where one's own routines lie."""
        return locations.own_routines()

    def own_files(self) -> list[Path]:
        """One's own routines, then one's own figures."""
        folders = (locations.own_routines(), locations.own_figures())
        try:
            return [file for folder in folders for file in sorted(folder.glob("*.toml"))]
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UserError(f"{error.filename} can't be read", why, "make it readable") from error

    def check(self, file: Path) -> tuple[Problem, ...]:
        """Everything that is wrong or doubtful about a routine or a figure, in the order of its file."""
        from prehab.domain.narration import estimate
        from prehab.figures.library import Library as Figures
        from prehab.figures.loader import load
        from prehab.formats.loader import inspect
        from prehab.session.checks import further, is_figure

        reading = inspect(file)
        if is_figure(file, reading, locations.own_figures()):
            return load(file).problems
        figures = Figures(locations.own_figures()).names()
        more = further(reading, figures, self.library.ids(), estimate)
        return tuple(sorted((*reading.problems, *more), key=lambda problem: (problem.line, problem.column)))

    # One's own routines

    def new(self, name: str, note: str = "", like: str = "") -> Path:
        """Make a routine of one's own that plays at once: from a note, from another one, or a commented one.

        Args:
            name: what it is called; its file is named after it.
            note: as a physio writes it.
            like: the id or path of the routine to start from.

        Raises:
            UserError: if there is such a file already, the note can't be read, or it can't be written.
        """
        from prehab.session import own
        from prehab.session.typed import from_note

        path, title = own.file_for(name, locations.own_routines())
        if note:
            text = own.text_of_note(note, from_note(note, name=title))
        elif like:
            entry = self.library.find(like)
            if entry.routine is None:
                raise RoutineError(str(entry.path), entry.problems)
            text = own.text_like(read_text(entry.path), title)
        else:
            text = own.text_of_template(path, title)
        own.create(path, text)
        self.library.refresh()
        return path

    def draft(self, typed: str) -> Draft:
        """Begin to edit a routine of one's own, on a copy; a good one is only replaced by a good one.

        Raises:
            UserError: if there is no such file, it is a bundled one, or no copy can be made.
        """
        from prehab.session import own

        entry = self.library.find(typed)
        if not entry.own:
            raise UserError(
                f"{entry.id} is bundled, and stays as it is",
                hint=f"make one of your own from it: prehab new my-{entry.id} --from {entry.id}",
            )
        return own.begin(entry.path)

    def finish(self, draft: Draft) -> Edited:
        """Check what was edited and save it if it can be played; else the copy is kept, for another try.

        Raises:
            UserError: if it can't be written, or the file was changed by somebody else meanwhile.
        """
        from prehab.session import own

        edited = own.finish(draft, self.check(draft.path))
        self.library.refresh()
        return edited

    @cached_property
    def diary(self) -> DiaryDesk:
        """The runs, how sore it was, and what that can tell."""
        from prehab.session.diary import DiaryDesk

        return DiaryDesk(
            lambda: self.ledger.lasting, self.ledger.so_far, self.routines, self.wall_clock, self.choices
        )

    # Sessions

    def session(self, typed: str, wish: Wish | None = None) -> Session:
        """Put a session together, with its sound open and its place in the history ready.

        Raises:
            UserError: if the routine can't be played.
        """
        from prehab.domain.compile import compile_timeline, lead_in
        from prehab.history.journal import Journal
        from prehab.session.session import Session

        wish = wish or Wish()
        self.planned(typed, wish)
        sound = self._open_sound(wish)
        try:
            timeline = self.planned(typed, wish, sound)
            first = 0
            if wish.continues is not None and (segment := wish.continues.resume_at(timeline)) is not None:
                timeline = compile_timeline(timeline.routine, timeline.level, sound.measure, going_on=segment)
                first = lead_in(timeline.segments, segment)
            store = self.ledger.history if wish.speed == 1 else None
            journal = None
            if store is not None and self.ledger.is_recording:
                journal = Journal(
                    locations.history_file(),
                    timeline,
                    self.wall_clock,
                    pain_before=wish.pain_before,
                    continues=wish.continues,
                )
                self._journals.append(journal)
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
            continues=wish.continues,
            first=first,
        )

    def audition(self, sentence: str) -> Iterator[tuple[str, bool]]:
        """Play every cue and a sentence, one after the other; tells of each whether it began to sound."""
        sound = self._open_sound(Wish())
        try:
            yield from sound.audition(sentence, self._clock)
        finally:
            sound.close()
            self._notices.extend(sound.notices())

    def _open_sound(self, wish: Wish) -> Sound:
        from prehab.session.sound import open_sound

        opened, refusals = open_sound(
            self.choices.settings,
            muted=wish.muted,
            voiced=wish.voiced,
            backend=wish.backend,
            remember=self.choices.remember,
        )
        if wish.backend or not opened.muted:
            self._notices.extend(_told(refusals, opened.backend))
        return opened

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

    def close(self) -> None:
        """Let the history go, once all that was done is in it."""
        while self._journals:
            if not self._journals.pop().finish():
                self._notices.append("a session was not written into the history: see `prehab history`")
        self.ledger.close()


_STAND_INS = {
    "bell": "the terminal's bell rings instead",
    "silent": "nothing is heard",
}


def _told(refusals: tuple[Refusal, ...], backend: str) -> tuple[str, ...]:
    """One sentence for all that was refused; `doctor` knows the particulars."""
    if not refusals or backend not in _STAND_INS:
        return tuple(f"{one.backend} can't be used: {one.why}" for one in refusals[:1])
    return (f"no sound device here: {_STAND_INS[backend]} (prehab doctor says why)",)
