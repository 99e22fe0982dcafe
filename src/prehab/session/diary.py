"""The diary as a person keeps it: runs are logged, mornings asked about, and what it can tell is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from prehab.domain import around
from prehab.domain.diary import (
    ALWAYS_ASKED,
    SAFETY_FROM,
    CheckIn,
    Diary,
    Place,
    Run,
    Soreness,
    Surface,
    When,
    check_ins,
    seen_by_somebody,
)
from prehab.domain.duration import HOUR, Millis
from prehab.domain.records import Instant
from prehab.domain.routine import Phase, Routine
from prehab.errors import UserError
from prehab.formats.problems import visible
from prehab.history import diary as kept
from prehab.history.instants import instant_of
from prehab.history.store import Store

if TYPE_CHECKING:
    from prehab.domain.insights import Comparison

SHOWN = 21
"""How many days the line of the morning after goes back."""
CURRENT = 28
"""A reason to be seen by somebody is repeated unasked for so many days after the newest score."""
_AROUND = Millis(48 * HOUR)
"""Sessions this long before a run can't belong to it."""


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the line of the morning after."""

    day: int
    """As in `Instant`."""
    scores: Mapping[str, int | None]
    """How sore each of the areas that are always asked about was; `None` where nobody said."""
    runs: tuple[Run, ...]


_LETTERS = {
    Surface.CONCRETE: "c", Surface.ASPHALT: "a", Surface.TRACK: "t", Surface.TRAIL: "w", Surface.GRASS: "g",
    Surface.TREADMILL: "m", Surface.MIXED: "x", None: "o",
}  # fmt: skip
"""One letter for each surface; `w` is a way through the woods, as `t` is taken."""


def letter(day: DayShown) -> str:
    """The letter of what was run on, of the last run of a day; empty on a day without one."""
    return _LETTERS[day.runs[-1].surface] if day.runs else ""


def legend(days: Iterable[DayShown]) -> list[str]:
    """What the letters of these days stand for."""
    there = {day.runs[-1].surface for day in days if day.runs}
    return [
        f"{one} {surface.value if surface else 'surface not known'}"
        for surface, one in _LETTERS.items()
        if surface in there
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of telling how sore it is."""

    entries: tuple[Soreness, ...]
    is_safety: bool
    """Whether the safety text is to be shown now."""
    see_somebody: str
    """Why the lines of an ordinary visit are to be shown; empty where there is no reason."""
    trouble: UserError | None = None
    """Why nothing could be kept; what the scores call for is told all the same."""


_MORNING, _NOT_RUN = "last.morning", "last.not-run"
"""The settings that keep what was waved away."""


Page = Run | CheckIn
"""What a line of the diary is about."""


class Remembered(Protocol):
    """Where small choices are kept from one day to the next."""

    def setting(self, key: str) -> str:
        """The value that was kept last, empty where none was."""
        ...

    def remember(self, key: str, spelled: str) -> None:
        """Keep a value; where that can't be done it is no trouble."""
        ...


class DiaryDesk:
    """Everything that commands and screens do with the diary."""

    def __init__(
        self,
        history: Callable[[], Store],
        history_so_far: Callable[[], Store | None],
        routines: Callable[[], Sequence[Routine]],
        wall_clock: Callable[[], datetime],
        choices: Remembered,
    ) -> None:
        """Open nothing yet.

        Args:
            history: the history, made where there is none.
            history_so_far: the history if there is one.
            routines: all that there are.
            wall_clock: what tells the day.
            choices: remembers which question was waved away.
        """
        self._history = history
        self._history_so_far = history_so_far
        self._routines = routines
        self._wall_clock = wall_clock
        self._choices = choices

    def now(self) -> Instant:
        """The moment the wall clock shows."""
        return instant_of(self._wall_clock())

    def diary(self) -> Diary:
        """All runs and scores; what the sessions know of warm-ups and stretches is added to the runs."""
        store = self._history_so_far()
        if store is None:
            return Diary((), ())
        diary = kept.diary(store)
        if all(run.warm_up and run.stretch for run in diary.runs):
            return diary
        parts = self._parts(store, Millis(diary.runs[0].started_at.epoch - _AROUND))
        return Diary((around.filled(run, parts) for run in diary.runs), diary.soreness)

    # Logging

    def blank(self, at: Instant) -> Run:
        """A run of that moment with a new id, and with the warm-up and the stretch that the sessions know."""
        return self.filled(Run(_new_id(), at))

    def filled(self, run: Run) -> Run:
        """The same run with what the sessions know of its warm-up and stretch; what is said of it stays."""
        store = self._history_so_far()
        if store is None:
            return run
        return around.filled(run, self._parts(store, Millis(run.started_at.epoch - _AROUND)))

    def from_watch(self, file: Path) -> tuple[Run, str]:
        """The run that a watch recorded, and a word on it; the same file is the same run whenever it is read.

        Raises:
            UserError: if the file can't be read, or tells of a day to come.
        """
        from prehab.formats.watch import read_run
        from prehab.session.recorded import here, told_before

        recorded = read_run(file)
        now = self._wall_clock()
        began = here(recorded.started_at, now)
        if began > now:
            raise UserError(
                f"{visible(file.name)} tells of {began:%Y-%m-%d}, which is yet to come",
                hint="set the clock of the watch, and log the run by hand: prehab log run --date",
            )
        id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, f"run:{recorded.started_at.astimezone(UTC).isoformat()}"))
        run = Run(id_, instant_of(began), recorded.distance_m, recorded.duration_ms, recorded.surface)
        store = self._history_so_far()
        if store is None:
            return run, recorded.word
        return self.filled(kept.run(store, id_) or told_before(run, kept.runs(store))), recorded.word

    def run_to_confirm(self, *, is_asked_for: bool = True) -> Run | None:
        """The run that was probably just done and is not logged yet: one question, and enter is yes.

        Args:
            is_asked_for: whether somebody wants to log a run; unasked, one that was waved away is left alone.
        """
        store = self._history_so_far()
        if store is None:
            return None
        now = self.now()
        parts = self._parts(store, Millis(now.epoch - _AROUND))
        found = around.proposed(parts, kept.runs(store), now, _new_id()) if parts else None
        if found is None or is_asked_for or found.started_at.written != self._choices.setting(_NOT_RUN):
            return found
        return None

    def wave_run_away(self, run: Run) -> None:
        """Take note that a run that was probably done was none: nobody is asked about it again."""
        self._choices.remember(_NOT_RUN, run.started_at.written)

    def log_run(self, run: Run) -> None:
        """Keep a run, in place of one with the same id.

        Raises:
            UserError: if it can't be written.
        """
        kept.keep_run(self._history(), run)

    # Looking back, and putting right

    def pages(self) -> tuple[Page, ...]:
        """Every run and every check-in as they were told, newest first."""
        diary = self._as_told()
        pages: list[Page] = [*diary.runs, *check_ins(diary.soreness)]
        return tuple(sorted(pages, key=lambda page: _moment_of(page).epoch, reverse=True))

    def find(self, written: str) -> Page:
        """The run or the one score whose id begins so.

        Raises:
            UserError: if there is none, or more than one.
        """
        diary = self._as_told()
        found: list[Page] = [one for one in diary.runs if one.id.startswith(written.lower())]
        found += [CheckIn((one,)) for one in diary.soreness if one.id.startswith(written.lower())]
        if len(found) == 1 and written:
            return found[0]
        title = f"no such run or score: {written!r}"
        if found and written:
            title = f"more than one begins with {written}"
        raise UserError(visible(title), hint="see `prehab log list`")

    def _as_told(self) -> Diary:
        store = self._history_so_far()
        return Diary((), ()) if store is None else kept.diary(store)

    def keep(self, page: Page) -> None:
        """Keep a run or a check-in as it is given, in place of those with the same ids.

        Raises:
            UserError: if it can't be written.
        """
        if isinstance(page, Run):
            kept.keep_run(self._history(), page)
        else:
            kept.keep_soreness(self._history(), page.entries)

    def forget(self, page: Page) -> None:
        """Forget a run or a check-in; `keep` brings it back.

        Raises:
            UserError: if it can't be written.
        """
        ids = (page.id,) if isinstance(page, Run) else tuple(entry.id for entry in page.entries)
        kept.forget(self._history(), ids)

    def change(
        self,
        page: CheckIn,
        scores: Mapping[str, int],
        sides: Mapping[str, Place],
        *,
        is_sharp: bool = False,
    ) -> Answered:
        """Put a check-in right, and tell what the scores call for: areas without one are forgotten."""
        known = {entry.area: entry for entry in page.entries}
        when = next((entry.when for entry in page.entries), None)
        entries = tuple(
            replace(known[area], score=score, side=sides.get(area))
            if area in known
            else Soreness(_new_id(), page.at, area, score, when, sides.get(area))
            for area, score in scores.items()
        )
        is_safety = is_sharp or scores.get(ALWAYS_ASKED[0], 0) >= SAFETY_FROM
        try:
            kept.forget(self._history(), (known[area].id for area in known if area not in scores))
            kept.keep_soreness(self._history(), entries)
        except UserError as trouble:
            return Answered((), is_safety, "", trouble)
        return Answered(entries, is_safety, self.see_somebody())

    # Before a session

    def word_before(self, routine: Routine) -> str:
        """A plain word on a routine that is about to begin; empty where there is nothing to say.

        Held stretches on a day on which no run was seen yet may be meant for before one.
        """
        if not around.is_held_stretch(routine):
            return ""
        store, today = self._history_so_far(), self.now().day
        if store is not None:
            parts = self._parts(store, Millis(self.now().epoch - _AROUND))
            ran = any(run.started_at.day == today for run in kept.runs(store))
            if ran or any(
                part.started_at.day == today and part.phase in (Phase.BEFORE_RUN, Phase.DURING_RUN)
                for part in parts
            ):
                return ""
        return around.STRETCH_LATER

    # Soreness

    def run_to_ask(self) -> Run | None:
        """The run whose morning after it is and is still to be asked about, once."""
        store = self._history_so_far()
        run = None if store is None else kept.diary(store).to_ask(self.now())
        return None if run is not None and run.id == self._choices.setting(_MORNING) else run

    def wave_morning_away(self, run: Run) -> None:
        """Take note that nobody wants to say how the morning after a run was."""
        self._choices.remember(_MORNING, run.id)

    def log_soreness(
        self,
        scores: Mapping[str, int],
        *,
        at: Instant | None = None,
        when: When | None = None,
        side: Place | None = None,
        is_sharp: bool = False,
    ) -> Answered:
        """Keep the scores of one check-in, and tell what they call for.

        Args:
            scores: 0 to 10, by area.
            at: when; now if it is left out.
            when: where that stands to a run; left out, the nearest run tells.
            side: where in the areas it is sore.
            is_sharp: whether it is sharp or numb anywhere.
        """
        at = at or self.now()
        entries = tuple(Soreness(_new_id(), at, area, score, when, side) for area, score in scores.items())
        is_safety = is_sharp or scores.get(ALWAYS_ASKED[0], 0) >= SAFETY_FROM
        try:
            if entries:
                kept.keep_soreness(self._history(), entries)
        except UserError as trouble:
            return Answered((), is_safety, "", trouble)
        return Answered(entries, is_safety, self.see_somebody())

    def see_somebody(self, *, is_asked_for: bool = True) -> str:
        """Why the back should be shown to somebody; empty where the diary gives no reason.

        Args:
            is_asked_for: whether the diary is looked at; unasked, only a current reason is told.
        """
        store = self._history_so_far()
        if store is None:
            return ""
        diary = kept.diary(store)
        newest = max((one.at.day for one in diary.soreness), default=0)
        if not is_asked_for and self.now().day - newest > CURRENT:
            return ""
        return seen_by_somebody(diary)

    # Telling

    def insights(self) -> tuple[Comparison, ...]:
        """Every comparison of the fixed list, as far as the diary goes."""
        from prehab.domain.insights import insights

        return insights(self.diary())

    def mornings(self, days: int = SHOWN) -> tuple[DayShown, ...]:
        """The days up to today, oldest first: how sore it was when the day began, and what was run."""
        store, today = self._history_so_far(), self.now().day
        diary = Diary((), ()) if store is None else kept.diary(store)
        return tuple(_day(diary, day) for day in range(today - days + 1, today + 1))

    def _parts(self, store: Store, since: Millis) -> tuple[around.Part, ...]:
        from prehab.domain.compile import total_length

        routines = self._routines()
        lengths = {one.id: total_length(one) for one in routines}
        return kept.parts(store, around.amounts(routines, lengths), since)


def ran(run: Run) -> str:
    """The question about a run that was probably done: `Ran 6:42 to 7:20?`"""
    began = datetime.fromisoformat(run.started_at.written)
    if run.duration_ms is None:
        return f"Ran at {began.hour}:{began:%M}?"
    ended = began + timedelta(milliseconds=run.duration_ms)
    return f"Ran {began.hour}:{began:%M} to {ended.hour}:{ended:%M}?"


def _moment_of(page: Page) -> Instant:
    return page.started_at if isinstance(page, Run) else page.at


def _day(diary: Diary, day: int) -> DayShown:
    scores: dict[str, int | None] = dict.fromkeys(ALWAYS_ASKED)
    for entry in diary.soreness:
        if entry.at.day == day and entry.area in scores and scores[entry.area] is None:
            scores[entry.area] = entry.score
    return DayShown(day, scores, tuple(run for run in diary.runs if run.started_at.day == day))


def _new_id() -> str:
    return str(uuid.uuid4())
