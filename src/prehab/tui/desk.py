"""Puts what the rooms below know into the shapes that the screens show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from prehab.domain import gate
from prehab.domain.duration import Millis, clock_face
from prehab.errors import UserError
from prehab.session.front import Prehab, Wish
from prehab.tui.ports import Answers, BrokenOff, Entry, Named, Past, Setting

if TYPE_CHECKING:
    from prehab.domain.records import SessionRecord
    from prehab.domain.timeline import Timeline
    from prehab.figures.figure import Figure
    from prehab.figures.library import Library as Figures
    from prehab.history.stats import Place
    from prehab.session.session import Session

_VERSIONS = {"warmup": "last.warm-up", "stretch": "last.stretch"}
"""Routines that come short and full, and the settings that keep which version was used last."""
_SHORTCUTS = {"warm-up": "warmup", "cool-down": "stretch"}
_OTHER = {"short": "full", "full": "short"}
RECOVERY = "recovery-back"
"""The bundled routine for a sore back."""
HIDDEN = frozenset({"safety.accepted", "last.warm-up", "last.stretch"})
"""Settings that are kept for a person rather than set by them."""


class Desk:
    """The front of the house as the screens want it."""

    def __init__(self, prehab: Prehab, wish: Wish | None = None) -> None:
        self._prehab = prehab
        self._wish = wish or Wish()
        self._older: Place | None = None

    def names(self) -> Sequence[Named]:
        """The routines by name, quickly."""
        return [Named(one.id, one.name, one.phase) for one in self._prehab.names()]

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

    def preview(self, id: str) -> Timeline:
        """A routine as it would be played now."""
        return self._prehab.timeline(id)

    def shortcut(self, purpose: str) -> str:
        """The routine behind one of the three keys."""
        family = _SHORTCUTS.get(purpose)
        return purpose if family is None else f"{family}-{self._prehab.setting(_VERSIONS[family])}"

    def other_length(self, id: str) -> str | None:
        """The other version of a routine, from now on the one that its key starts."""
        family, _, version = id.rpartition("-")
        if version not in _OTHER:
            return None
        other = f"{family}-{_OTHER[version]}"
        if all(one.id != other for one in self._prehab.names()):
            return None
        self._use_version(other)
        return other

    def asks_back(self, id: str) -> bool:
        """Whether the back is asked about before this routine."""
        return gate.asks_back(self._prehab.timeline(id).routine)

    def before(self, id: str, back: int | None) -> gate.Before:
        """What the answer means."""
        return gate.before(self._prehab.timeline(id).routine, back)

    def recovery(self) -> str | None:
        """The routine for a sore back."""
        return RECOVERY if any(one.id == RECOVERY for one in self._prehab.names()) else None

    def broken_off(self) -> BrokenOff | None:
        """The session that broke off last."""
        found = self._prehab.history.unfinished_latest()
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
        self._prehab.history.leave_unfinished(session_id)

    def discard(self, session_id: str) -> None:
        """Forget a session that broke off."""
        self._prehab.history.delete(session_id)

    def open(self, id: str, *, back: int | None = None, goes_on: bool = False) -> Session:
        """Prepare a session."""
        wish = replace(self._wish, pain_before=back)
        if goes_on and (found := self._prehab.history.unfinished_latest()) is not None:
            wish = replace(wish, continues=found, level=found.record.level_ms)
        session = self._prehab.session(id, wish)
        with suppress(UserError):
            self._use_version(id)
        return session

    def _use_version(self, id: str) -> None:
        family, _, version = id.rpartition("-")
        if family in _VERSIONS and self._prehab.setting(_VERSIONS[family]) != version:
            self._prehab.save(_VERSIONS[family], version)

    def figure(self, name: str | None) -> Figure | None:
        """The picture of a name."""
        return self._figures.find(name)

    @cached_property
    def _figures(self) -> Figures:
        from prehab.config import locations
        from prehab.figures.library import Library

        return Library(locations.own_figures())

    def setting(self, key: str) -> str:
        """The value of a setting."""
        return self._prehab.setting(key)

    def settings(self) -> Sequence[Setting]:
        """All settings that a person chooses."""
        from prehab.config.settings import SPECS

        return [
            Setting(spec.key, spec.label, spec.does, self._prehab.setting(spec.key), spec.kind.choices)
            for spec in SPECS
            if spec.key not in HIDDEN
        ]

    def save(self, key: str, value: str) -> None:
        """Keep a setting."""
        self._prehab.save(key, value)

    def choose_sound(self, choice: str) -> None:
        """Keep what it may sound like."""
        self._prehab.choose_sound(choice)

    def keys(self) -> Mapping[str, str]:
        """A person's own keys."""
        return self._prehab.keys()

    def notices(self) -> Sequence[str]:
        """What a person should know once."""
        return self._prehab.notices()

    def history(self, limit: int, skip: int = 0) -> Sequence[Past]:
        """Sessions, newest first; the next page follows the one before."""
        from prehab.history.stats import page

        if skip and self._older is None:
            return ()
        found = page(self._prehab.history, limit, self._older if skip else None)
        self._older = found.older
        return [_past(record) for record in found.sessions]

    def outlook(self, session: Session, answers: Answers) -> str:
        """What a session means for next time."""
        return ""

    def answer(self, session: Session, answers: Answers) -> None:
        """Keep what was said about a session."""
        if session.id is None:
            return
        from prehab.history.store import Answers as Said

        places = {work.segment.index: place for place, work in enumerate(session.summary.works)}
        held = {places[index]: span for index, span in (answers.held or {}).items() if index in places}
        said = Said(held=held)
        if answers.effort is not None:
            said = replace(said, rpe=answers.effort)
        if answers.pain is not None:
            said = replace(said, pain=answers.pain)
        self._prehab.answer(session.id, said)

    def awake(self) -> AbstractContextManager[str]:
        """Keep the machine awake."""
        return self._prehab.awake()


def _past(record: SessionRecord) -> Past:
    held: dict[str, list[str]] = {}
    for step in record.steps:
        seconds = f"{round(step.held_ms / 1000)}"
        held.setdefault(step.name, []).append(seconds)
    total = Millis(sum(step.held_ms for step in record.steps))
    steps = tuple((name, " · ".join(parts)) for name, parts in held.items())
    return Past(record.id, _when(record), record.name, clock_face(total), record.outcome.value, steps)


def _when(record: SessionRecord) -> str:
    from datetime import datetime

    moment = datetime.fromisoformat(record.started_at.written)
    return f"{moment.day:>2} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
