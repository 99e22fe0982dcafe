"""What the screens need from the rooms below, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from prehab.domain.duration import Millis
from prehab.domain.routine import Phase

if TYPE_CHECKING:
    from prehab.domain import gate
    from prehab.domain.due import Today
    from prehab.domain.fit import Fit
    from prehab.domain.timeline import Timeline
    from prehab.figures.figure import Figure
    from prehab.session.diary import DiaryDesk
    from prehab.session.looking_back import LookingBack
    from prehab.session.own import Draft, Edited
    from prehab.session.session import Session
    from prehab.tui.told import Answers, BrokenOff, Morning, Setting


@dataclass(frozen=True, slots=True)
class Named:
    """A routine as it is known before its file was checked."""

    id: str
    name: str
    phase: Phase | None
    """`None` when the file does not say, or says nonsense."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A routine of the library, checked."""

    id: str
    name: str
    phase: Phase | None
    total: Millis | None
    """How long it takes; `None` when it is broken."""
    problems: tuple[str, ...]
    """What is wrong with its file, as `check` prints it; a broken one has at least one."""


class Front(Protocol):
    """The rooms below, as the screens see them."""

    def names(self) -> Sequence[Named]:
        """The routines by name, quickly, before anything is checked."""
        ...

    def entries(self) -> Sequence[Entry]:
        """The routines, each checked; may take a while."""
        ...

    def preview(self, id: str, level: Millis | None = None, within: Millis | None = None) -> Timeline:
        """A routine as it would be played now, with the hold that is due or another, in the time there is.

        Raises:
            UserError: when it is broken or gone, or can't be done in that time.
        """
        ...

    def changes(self, id: str, level: Millis | None, within: Millis) -> Sequence[str]:
        """What is left out and what is shorter when a routine is done in the time there is.

        Raises:
            UserError: as `preview` does.
        """
        ...

    def draft(self, id: str) -> Draft | None:
        """Begin to edit a routine of one's own, on a copy; `None` for a bundled one, which stays as it is.

        Raises:
            UserError: when there is none, or no copy can be made.
        """
        ...

    def finish(self, draft: Draft) -> Edited:
        """Check what was edited, and save it if it can be played.

        Raises:
            UserError: when it can't be written, or somebody else changed the file meanwhile.
        """
        ...

    def new(self, name: str, *, note: str = "", like: str = "") -> str:
        """Make a routine of one's own and answer its id.

        Args:
            name: what it is called.
            note: what it consists of, as a physio writes it.
            like: the routine to begin with a copy of.

        Raises:
            UserError: when there is one of that name, the note can't be read, or it can't be written.
        """
        ...

    def levels(self, id: str) -> Sequence[Millis]:
        """The holds a routine can be done at, shortest first; empty where nothing grows."""
        ...

    def why(self, id: str) -> str:
        """Why a routine that grows stands where it does, and what would change it; empty for all others."""
        ...

    def shortcut(self, purpose: str) -> str:
        """The routine that `warm-up`, `plank` or `cool-down` starts: the version used last."""
        ...

    def other_length(self, id: str) -> str | None:
        """The short version of a full routine, or the other way round; `None` where there is none."""
        ...

    def use_version(self, id: str) -> None:
        """Let the key of a routine start this version of it from now on."""
        ...

    def asks_back(self, id: str) -> bool:
        """Whether the back is asked about before this routine."""
        ...

    def before(self, id: str, back: int | None) -> gate.Before:
        """What the answer means; `None` when it was left out."""
        ...

    def instead(self, id: str, back: int | None) -> str:
        """Why something gentler is offered, with that answer."""
        ...

    def recovery(self) -> str | None:
        """The routine for a sore back, if there is one."""
        ...

    def broken_off(self) -> BrokenOff | None:
        """The session that broke off last, as long as nobody has decided about it."""
        ...

    def leave(self, session_id: str) -> None:
        """Keep a session that broke off as it is."""
        ...

    def discard(self, session_id: str) -> None:
        """Forget a session that broke off."""
        ...

    def morning(self) -> Morning | None:
        """The session whose morning after is still to be asked about."""
        ...

    def tell_morning(self, session_id: str, was: gate.Morning) -> None:
        """Keep how the back was on the morning after.

        Raises:
            UserError: when it can't be written.
        """
        ...

    def wave_morning_away(self, session_id: str) -> None:
        """Never ask about that morning again."""
        ...

    def run_length(self, id: str) -> Millis | None:
        """How long a run is planned to be that nobody has given a length yet; `None` for all else."""
        ...

    def first_levels(self, id: str) -> tuple[str, Millis, Millis] | None:
        """The easier form by its name and its hold, and the usual hold, before the first session of both."""
        ...

    def open(
        self,
        id: str,
        *,
        back: int | None = None,
        level: Millis | None = None,
        within: Millis | None = None,
        run: Fit | None = None,
        goes_on: bool = False,
    ) -> Session:
        """Prepare a session.

        Args:
            id: the routine.
            back: how the back is before it, 0 to 10.
            level: the hold of what grows, where it is not to be the one that is due.
            within: the time there is, where that is less than the routine takes.
            run: how long a run with posture checks is to be, where that was asked.
            goes_on: whether the session that broke off last goes on.

        Raises:
            UserError: when the routine is broken or gone.
        """
        ...

    def figure(self, name: str | None) -> Figure | None:
        """The picture of a name; `None` where there is none that can be drawn."""
        ...

    def setting(self, key: str) -> str:
        """The value of a setting, as a person sees it."""
        ...

    def settings(self) -> Sequence[Setting]:
        """All settings, in their order."""
        ...

    def save(self, key: str, value: str) -> None:
        """Keep a setting.

        Raises:
            UserError: when it can't be written.
        """
        ...

    def choose_sound(self, choice: str) -> None:
        """Keep what it may sound like: `voice-and-tones`, `soft-tones` or `silent`.

        Raises:
            UserError: when it can't be written.
        """
        ...

    def keys(self) -> Mapping[str, str]:
        """A person's own keys, by the id of the command."""
        ...

    def notices(self) -> Sequence[str]:
        """What a person should know once: unreadable settings, a history that can't be written."""
        ...

    def today(self) -> Today:
        """What is due today and why; may take a while.

        Raises:
            UserError: when the history can't be read.
        """
        ...

    def looking_back(self) -> LookingBack:
        """The history from this moment on.

        Raises:
            UserError: when it can't be read.
        """
        ...

    def diary(self) -> DiaryDesk:
        """The runs, how sore it was, and what that can tell."""
        ...

    def word_before(self, id: str) -> str:
        """A plain word on a routine that is about to begin; empty where there is nothing to say.

        Raises:
            UserError: when the history can't be read.
        """
        ...

    def outlook(self, session: Session, answers: Answers) -> str:
        """What a session means for next time and why, if these are the answers; empty where nothing grows."""
        ...

    def answer(self, session: Session, answers: Answers) -> None:
        """Keep what was said about a session."""
        ...

    def awake(self) -> AbstractContextManager[str]:
        """Keep the machine awake; gives a notice when that can't be had."""
        ...
