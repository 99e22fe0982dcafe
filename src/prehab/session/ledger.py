"""The history and what it says: where the person stands, what is due, what is still to be asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from prehab.config import locations

if TYPE_CHECKING:
    from prehab.domain.due import Today
    from prehab.domain.duration import Millis
    from prehab.domain.gate import Before
    from prehab.domain.records import SessionRecord
    from prehab.domain.routine import Routine
    from prehab.domain.standing import Standing
    from prehab.errors import UserError
    from prehab.history.store import Answers, Store
    from prehab.session.choices import Choices
    from prehab.session.looking_back import LookingBack
    from prehab.session.outlook import Said
    from prehab.session.progress import Grown, Growth
    from prehab.session.session import Session

_WAVED_AWAY = "last.session-morning"


class Ledger:
    """What was done, opened when it is first needed."""

    def __init__(
        self,
        shelf: Callable[[], list[Routine]],
        wall_clock: Callable[[], datetime],
        choices: Choices,
        notices: deque[str],
    ) -> None:
        """Open nothing yet.

        Args:
            shelf: gives every routine that can be played.
            wall_clock: what tells the day.
            choices: remembers which question was waved away.
            notices: told that the history can't be written.
        """
        self._shelf = shelf
        self._wall_clock = wall_clock
        self._choices = choices
        self._notices = notices
        self._opening = Lock()
        self._store: Store | None = None
        self._trouble: UserError | None = None
        self._is_unread = False

    @property
    def history(self) -> Store:
        """The history, or what can be read of it when it can't be written; that is said once."""
        with self._opening:
            if self._store is None:
                from prehab.history.store import open_anyway

                opened = open_anyway(locations.history_file())
                self._store = opened.store
                self._trouble, self._is_unread = opened.trouble, opened.is_unread
                if opened.trouble is not None:
                    self._notices.append(_not_recorded(opened.trouble))
            return self._store

    @property
    def is_recording(self) -> bool:
        """Whether what is done is written down, as far as is known."""
        return self._trouble is None

    @property
    def lasting(self) -> Store:
        """The history, for what has to be kept.

        Raises:
            UserError: if it can't be written.
        """
        store = self.history
        if self._trouble is not None:
            raise self._trouble
        return store

    @property
    def whole(self) -> Store:
        """The history, for what would be wrong without any of it.

        Raises:
            UserError: if it can't be read.
        """
        store = self.history
        self.insist()
        return store

    def insist(self) -> None:
        """Make sure that nothing of the history is missing, where there is one.

        Raises:
            UserError: if it can't be read.
        """
        if self.so_far() is not None and self._trouble is not None and self._is_unread:
            with suppress(ValueError):
                self._notices.remove(_not_recorded(self._trouble))
            raise self._trouble

    def standings(self) -> dict[str, Standing]:
        """Where the person stands in every routine that grows, as if the next session began now."""
        routines = self._shelf()
        return {id_: grown.standing for id_, grown in self._grown(routines, routines).items()}

    def standing(self, routine: Routine) -> Standing | None:
        """Where the person stands in one routine; `None` when it does not grow."""
        grown = self.grown(routine)
        return grown.standing if grown else None

    def grown(self, routine: Routine) -> Grown | None:
        """What the history says about one routine; `None` when it does not grow."""
        if routine.progression is None:
            return None
        routines = self._shelf()
        # The cues a person chose make no other routine of it.
        routine = next((one for one in routines if replace(one, style=routine.style) == routine), routine)
        if routine not in routines:
            routines = [routine, *(other for other in routines if other.id != routine.id)]
        return self._grown(routines, [routine])[routine.id]

    def looking_back(self) -> LookingBack:
        """The history from this moment on."""
        from prehab.session.looking_back import LookingBack

        return LookingBack(self._shelf(), self.so_far(), self._wall_clock(), self.grown)

    def _grown(self, routines: list[Routine], wanted: list[Routine]) -> dict[str, Grown]:
        return self._growth.of(routines, wanted, self.so_far(), self._wall_clock())

    @cached_property
    def _growth(self) -> Growth:
        from prehab.session.progress import Growth

        return Growth()

    def today(self, back: int | None = None) -> Today:
        """What is due today and why; `back` is how the back is, where it was asked."""
        from prehab.session.progress import today

        store, wanted = self.so_far(), self._choices.settings.targets
        return today(self._shelf(), self.standings(), store, self._wall_clock(), back=back, wanted=wanted)

    def so_far(self) -> Store | None:
        """The history if there is one: only looking never makes the file."""
        is_there = self._store is not None or locations.may_be_there(locations.history_file())
        return self.history if is_there else None

    def outlook(self, session: Session, said: Said) -> Standing | None:
        """Where a session that just ended leads, if this is said about it; `None` where nothing grows."""
        from prehab.domain.chain import places
        from prehab.history import stats
        from prehab.session.outlook import outlook

        routine = session.timeline.routine
        if routine.progression is None or session.id is None:
            return None
        record = self.history.record(session.id)
        if record is None:
            return None
        return outlook(
            session.timeline,
            session.summary,
            said,
            [one for one in stats.practice(self.history, routine.id) if one.at != record.started_at.epoch],
            started=record.started_at.epoch,
            day=record.started_at.day,
            pain_before=record.pain_before,
            place=places([routine, *self._shelf()])[routine.id],
        )

    def before(self, routine: Routine, back: int | None) -> Before:
        """Whether a session of this routine may begin with the back as it is; unsaid, as it was today."""
        from prehab.domain.gate import before

        standing = self.standing(routine)
        return before(
            routine,
            self._back_today() if back is None else back,
            limit=standing.back_limit if standing else None,
            yesterday=self._back_yesterday(),
            is_week_off=standing is not None and standing.rest_until is not None,
        )

    def first_levels(self, routine: Routine) -> tuple[str, Millis, Millis] | None:
        """The easier form by its name and its hold, and the usual hold, before the first session."""
        from prehab.domain.compile import levels

        if routine.progression is None or routine.progression.easier is None:
            return None
        standing = self.standing(routine)
        holds = levels(routine)
        is_first = standing is not None and standing.last_at is None
        return (routine.progression.easier.name, holds[0], holds[1]) if is_first and len(holds) > 1 else None

    def instead(self, routine: Routine, back: int | None) -> str:
        """Why gentle moves are offered in place of this routine, with the back as it is."""
        from prehab.domain.gate import instead

        standing = self.standing(routine)
        text = instead(routine, self._back_today() if back is None else back)
        if standing is None or (standing.back_limit is None and standing.rest_until is None):
            return text
        return f"{text} {standing.why}"

    def _back_today(self) -> int | None:
        from prehab.session.progress import back_of

        return back_of(self.so_far(), self._wall_clock().toordinal())

    def _back_yesterday(self) -> int | None:
        from prehab.history import stats

        store, day = self.so_far(), self._wall_clock().toordinal() - 1
        told = () if store is None else stats.between(store, day, day)
        scores = [score for one in told for score in (one.pain_before, one.pain) if score is not None]
        return max(scores, default=None)

    def morning_to_ask(self) -> SessionRecord | None:
        """The newest session of what grows whose morning after is still to be asked about, once."""
        from prehab.domain.gate import ASKED_FOR, asks_morning
        from prehab.history import stats

        store, day = self.so_far(), self._wall_clock().toordinal()
        if store is None:
            return None
        grows = {routine.id for routine in self._shelf() if routine.progression is not None}
        recent = [one for one in stats.between(store, day - ASKED_FOR, day - 1) if one.routine in grows]
        newest = recent[-1] if recent else None
        if newest is None or newest.id == self._choices.setting(_WAVED_AWAY):
            return None
        return newest if asks_morning(newest.started_at.day, newest.flare, day) else None

    def wave_morning_away(self, session_id: str) -> None:
        """Take note that nobody wants to say how that morning was: no answer is not a good one."""
        self._choices.remember(_WAVED_AWAY, session_id)

    def newest(self) -> SessionRecord | None:
        """The session that began last."""
        from prehab.history import stats

        store = self.so_far()
        return None if store is None else next(iter(stats.page(store, 1).sessions), None)

    def answer(self, session_id: str, answers: Answers) -> None:
        """Keep what a person said about a session.

        Raises:
            UserError: if it can't be written.
        """
        self.history.update_answers(session_id, answers)

    def close(self) -> None:
        """Let the history go."""
        if self._store is not None:
            self._store.close()
            self._store = None


def _not_recorded(trouble: UserError) -> str:
    return f"{trouble.title}; nothing is recorded (prehab doctor says why)"
