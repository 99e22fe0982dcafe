"""Puts what the rooms below know into the shapes that the screens show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from prehab.domain.duration import Millis
from prehab.errors import UserError
from prehab.tui.glance import GLANCED, Glance
from prehab.tui.ports import Entry, Named

if TYPE_CHECKING:
    from prehab.domain import gate
    from prehab.domain.due import Today
    from prehab.domain.fit import Fit
    from prehab.domain.routine import Routine
    from prehab.domain.timeline import Timeline
    from prehab.figures.figure import Figure
    from prehab.figures.library import Library as Figures
    from prehab.formats.library import Library
    from prehab.runtime.clock import Clock
    from prehab.session.diary import DiaryDesk
    from prehab.session.front import Prehab, Wish
    from prehab.session.looking_back import LookingBack
    from prehab.session.own import Draft, Edited
    from prehab.session.session import Session
    from prehab.tui.told import Answers, BrokenOff, Morning, Setting

_VERSIONS = {"warmup": "last.warm-up", "stretch": "last.stretch"}
"""Routines that come short and full, and the settings that keep which version was used last."""
_SHORTCUTS = {"warm-up": "warmup", "cool-down": "stretch"}
_OTHER = {"short": "full", "full": "short"}
RECOVERY = "recovery-back"
"""The bundled routine for a sore back."""
HIDDEN = frozenset(
    {
        "safety.accepted",
        "last.warm-up",
        "last.stretch",
        "last.morning",
        "last.session-morning",
        "last.not-run",
    }
)
"""Settings that are kept for a person rather than set by them."""


class Desk:
    """The front of the house as the screens want it."""

    def __init__(
        self, wish: Wish | None = None, library: Library | None = None, clock: Clock | None = None
    ) -> None:
        """Stand ready; the house is opened by the first question that the first frame does not ask.

        Args:
            wish: how a session is to be run.
            library: the routines, where some are read already.
            clock: what sessions are timed by, if not the clock of the machine.
        """
        self._asked_for = wish
        self._clock = clock
        self._library = library
        self._house: Prehab | None = None
        self._opening = Lock()

    @cached_property
    def _glance(self) -> Glance:
        return Glance()

    @property
    def _prehab(self) -> Prehab:
        with self._opening:
            if self._house is None:
                from prehab.session.front import Prehab, library_apart

                self._house = Prehab(self._clock, library=self._library or library_apart())
            return self._house

    @property
    def _wish(self) -> Wish:
        from prehab.session.front import Wish

        return self._asked_for or Wish()

    def look_up(self, typed: str) -> None:
        """Make sure that a routine can be played as it is wished for.

        Raises:
            UserError: when it can't.
        """
        self._prehab.planned(typed, self._wish)

    def close(self) -> None:
        """Let the house go."""
        if self._house is not None:
            self._house.close()

    def names(self) -> Sequence[Named]:
        """The routines by name, quickly."""
        return self._glance.names()

    def entries(self) -> Sequence[Entry]:
        """The routines, each checked."""
        named = {one.id: one for one in self._prehab.names()}
        found = []
        for entry in self._prehab.entries():
            problems = tuple(str(problem) for problem in entry.problems)
            name = named.get(entry.id)
            if entry.routine is None:
                said = name.name if name else entry.id
                found.append(Entry(entry.id, said, name.phase if name else None, None, problems))
            else:
                routine = entry.routine
                found.append(
                    Entry(entry.id, routine.name, routine.phase, self._prehab.length(entry), problems)
                )
        return found

    def preview(self, id: str, level: Millis | None = None, within: Millis | None = None) -> Timeline:
        """A routine as it would be played now."""
        from prehab.domain.fit import Fit

        return self._prehab.timeline(id, level, fit=Fit(within=within))

    def changes(self, id: str, level: Millis | None, within: Millis) -> Sequence[str]:
        """What is left out and what is shorter."""
        from prehab.domain.fit import CUT, Fit, differences

        whole = self._prehab.fitted(id, level=level)
        cut = self._prehab.fitted(id, Fit(within=within), level)
        is_less = any(part.routine.id == id + CUT for part in cut)
        return (*differences(whole, cut), *(["no level follows from it"] if is_less else []))

    def draft(self, id: str) -> Draft | None:
        """Begin to edit a routine of one's own."""
        entry = self._prehab.library.entry(id)
        return self._prehab.draft(id) if entry is None or entry.own else None

    def finish(self, draft: Draft) -> Edited:
        """Check what was edited, and save it if it can be played."""
        return self._prehab.finish(draft)

    def new(self, name: str, *, note: str = "", like: str = "") -> str:
        """Make a routine of one's own; its file always goes to the others."""
        plain = name.strip().removesuffix(".toml").replace("/", " ").replace("\\", " ")
        return self._prehab.new(plain, note=note, like=like).stem

    def levels(self, id: str) -> Sequence[Millis]:
        """The holds a routine can be done at."""
        from prehab.domain.compile import levels

        return levels(self._routine(id))

    def why(self, id: str) -> str:
        """Why a routine that grows stands where it does."""
        standing = self._prehab.ledger.standing(self._routine(id))
        return standing.why if standing else ""

    def shortcut(self, purpose: str) -> str:
        """The routine behind one of the three keys."""
        family = _SHORTCUTS.get(purpose)
        return purpose if family is None else f"{family}-{self.setting(_VERSIONS[family])}"

    def other_length(self, id: str) -> str | None:
        """The short version of a full routine, or the other way round; `None` where there is none."""
        family, _, version = id.rpartition("-")
        if version not in _OTHER:
            return None
        other = f"{family}-{_OTHER[version]}"
        return other if any(one.id == other for one in self.names()) else None

    def use_version(self, id: str) -> None:
        """Let the key of a routine start this version of it from now on."""
        self._use_version(id)

    def asks_back(self, id: str) -> bool:
        """Whether the back is asked about before this routine."""
        from prehab.domain.gate import asks_back

        return asks_back(self._routine(id))

    def before(self, id: str, back: int | None) -> gate.Before:
        """What the answer means."""
        return self._prehab.ledger.before(self._routine(id), back)

    def instead(self, id: str, back: int | None) -> str:
        """Why something gentler is offered."""
        return self._prehab.ledger.instead(self._routine(id), back)

    def _routine(self, id: str) -> Routine:
        return self._prehab.planned(id, self._wish).routine

    def morning(self) -> Morning | None:
        """The session whose morning after is still to be asked about."""
        from prehab.tui.told import Morning

        record = self._prehab.ledger.morning_to_ask()
        return None if record is None else Morning(record.id, record.name, record.started_at.day)

    def tell_morning(self, session_id: str, was: gate.Morning) -> None:
        """Keep how the back was on the morning after."""
        from prehab.history.store import Answers as Said

        self._prehab.ledger.answer(session_id, Said(flare=was.is_flare))

    def wave_morning_away(self, session_id: str) -> None:
        """Never ask about that morning again."""
        self._prehab.ledger.wave_morning_away(session_id)

    def run_length(self, id: str) -> Millis | None:
        """How long a run is planned to be that nobody has given a length yet."""
        from prehab.domain.posture import run_of

        fit = self._wish.fit
        step = None if fit.is_open or fit.run_for is not None else run_of(self._routine(id))
        return step.length if step else None

    def first_levels(self, id: str) -> tuple[str, Millis, Millis] | None:
        """The easier form by its name and its hold, and the usual hold, before the first session."""
        return None if self._wish.level is not None else self._prehab.ledger.first_levels(self._routine(id))

    def recovery(self) -> str | None:
        """The routine for a sore back."""
        return RECOVERY if any(one.id == RECOVERY for one in self._prehab.names()) else None

    def broken_off(self) -> BrokenOff | None:
        """The session that broke off last."""
        from prehab.tui.told import BrokenOff

        found = self._prehab.ledger.history.unfinished_latest()
        if found is None:
            return None
        record = found.record
        held = Millis(sum(step.held_ms for step in record.steps))
        known = {one.id for one in self._prehab.names()}
        can_go_on = (
            record.routine in known
            and found.resume_at(self._prehab.timeline(record.routine, record.level_ms)) is not None
        )
        return BrokenOff(record.id, record.routine, record.name, held, can_go_on)

    def leave(self, session_id: str) -> None:
        """Keep a session that broke off as it is."""
        self._prehab.ledger.history.leave_unfinished(session_id)

    def discard(self, session_id: str) -> None:
        """Forget a session that broke off."""
        self._prehab.ledger.history.delete(session_id)

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
        """Prepare a session."""
        wish = replace(self._wish, pain_before=back, level=level or self._wish.level)
        if within is not None:
            wish = replace(wish, fit=replace(wish.fit, within=within))
        if run is not None:
            wish = replace(wish, fit=replace(wish.fit, run_for=run.run_for, is_open=run.is_open))
        if goes_on and (found := self._prehab.ledger.history.unfinished_latest()) is not None:
            wish = replace(wish, continues=found, level=found.record.level_ms)
        session = self._prehab.session(id, wish)
        with suppress(UserError):
            self._use_version(id)
        return session

    def _use_version(self, id: str) -> None:
        family, _, version = id.rpartition("-")
        if family in _VERSIONS and self._prehab.choices.setting(_VERSIONS[family]) != version:
            self._prehab.choices.save(_VERSIONS[family], version)

    def figure(self, name: str | None) -> Figure | None:
        """The picture of a name."""
        return self._figures.find(name)

    @cached_property
    def _figures(self) -> Figures:
        from prehab.config import locations
        from prehab.figures.library import Library

        return Library(locations.own_figures())

    def setting(self, key: str) -> str:
        """The value of a setting; what the first frame needs is only glanced at."""
        if self._house is None and key in GLANCED:
            return self._glance.setting(key)
        return self._prehab.choices.setting(key)

    def settings(self) -> Sequence[Setting]:
        """All settings that a person chooses."""
        from prehab.config.settings import SPECS
        from prehab.tui.told import Setting

        return [
            Setting(
                spec.key, spec.label, spec.does, self._prehab.choices.setting(spec.key), spec.kind.choices
            )
            for spec in SPECS
            if spec.key not in HIDDEN
        ]

    def save(self, key: str, value: str) -> None:
        """Keep a setting."""
        self._prehab.choices.save(key, value)

    def choose_sound(self, choice: str) -> None:
        """Keep what it may sound like."""
        self._prehab.choices.choose_sound(choice)

    def keys(self) -> Mapping[str, str]:
        """A person's own keys."""
        return self._glance.keys() if self._house is None else self._prehab.choices.keys()

    def notices(self) -> Sequence[str]:
        """What a person should know once."""
        return self._prehab.notices()

    def today(self) -> Today:
        """What is due today and why."""
        return self._prehab.ledger.today()

    def looking_back(self) -> LookingBack:
        """The history from this moment on."""
        return self._prehab.ledger.looking_back()

    def diary(self) -> DiaryDesk:
        """The runs, how sore it was, and what that can tell."""
        return self._prehab.diary

    def word_before(self, id: str) -> str:
        """A plain word on a routine that is about to begin."""
        return self._prehab.diary.word_before(self._routine(id))

    def outlook(self, session: Session, answers: Answers) -> str:
        """What a session means for next time and why."""
        from prehab.session.outlook import Said

        said = Said(answers.effort, answers.pain, answers.held or {})
        standing = self._prehab.ledger.outlook(session, said)
        return "" if standing is None else standing.why

    def answer(self, session: Session, answers: Answers) -> None:
        """Keep what was said about a session."""
        from prehab.history.store import Answers as Said
        from prehab.tui.told import Answers

        if session.id is None or answers == Answers():
            return

        places = {work.segment.index: place for place, work in enumerate(session.summary.works)}
        held = {places[index]: span for index, span in (answers.held or {}).items() if index in places}
        said = Said(held=held)
        if answers.effort is not None:
            said = replace(said, rpe=answers.effort)
        if answers.pain is not None:
            said = replace(said, pain=answers.pain)
        self._prehab.ledger.answer(session.id, said)

    def awake(self) -> AbstractContextManager[str]:
        """Keep the machine awake."""
        return self._prehab.awake()
