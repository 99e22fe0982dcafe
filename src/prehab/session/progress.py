"""Where the person stands in what grows, and what today is good for: the rules over the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from prehab.domain.chain import places
from prehab.domain.diary import ALWAYS_ASKED
from prehab.domain.due import Today, back_today, plan
from prehab.domain.duration import Millis
from prehab.domain.progression import follow
from prehab.domain.routine import Routine
from prehab.domain.standing import Judged, Standing
from prehab.domain.week import Done
from prehab.history import diary, stats
from prehab.history.store import Store

LOOKED_BACK = 21
"""How many days matter for what is due."""
SHOWN = 200
"""So many of the newest sessions of a routine are kept judged, for a chart."""


@dataclass(frozen=True, slots=True)
class Grown:
    """What the history says about one routine that grows."""

    routine: Routine
    standing: Standing
    newest: tuple[Judged, ...]
    """Its newest sessions, oldest first."""


class Growth:
    """What the history says about what grows, folded once for as long as no record changes.

    A fold reads every session of its routine, and screens ask many times.
    """

    def __init__(self) -> None:
        self._of: object = None
        self._known: dict[str, Grown] = {}

    def of(
        self, routines: Sequence[Routine], wanted: Iterable[Routine], store: Store | None, moment: datetime
    ) -> dict[str, Grown]:
        """Fold the history of some routines, by id.

        Args:
            routines: all of them: a routine's place is among those that follow one another.
            wanted: those to be told about; one without a progression is passed over.
            store: the history; `None` when there is none yet.
            moment: now, with its offset; what stands on it is right to the hour.
        """
        of = (tuple(routines), None if store is None else store.changes(), f"{moment:%Y-%m-%d %H}")
        if of != self._of:
            self._of, self._known = of, {}
        known, place_of = self._known, places(routines)
        asked = [routine for routine in wanted if routine.progression is not None]
        for routine in asked:
            if routine.id not in known:
                standing, newest = follow(
                    routine,
                    () if store is None else stats.practice(store, routine.id),
                    SHOWN,
                    now=Millis(round(moment.timestamp() * 1000)),
                    today=moment.toordinal(),
                    place=place_of[routine.id],
                )
                known[routine.id] = Grown(routine, standing, newest)
        return {routine.id: known[routine.id] for routine in asked}


def today(
    routines: Sequence[Routine],
    standings: Mapping[str, Standing],
    store: Store | None,
    moment: datetime,
    *,
    back: int | None = None,
    wanted: Mapping[str, int] | None = None,
) -> Today:
    """Say what is due today and why.

    Args:
        routines: all that can be done.
        standings: for each routine with a progression, where the person stands.
        store: the history, if there is one.
        moment: what the wall clock shows.
        back: how the back is, where it was asked.
        wanted: how often a week the person wants what, as in `wishes`.
    """
    day = moment.toordinal()
    recent = () if store is None else stats.between(store, day - LOOKED_BACK, day)
    done = [Done.of(record) for record in recent]
    runs = () if store is None else diary.runs(store)
    soreness = () if store is None else diary.soreness(store)
    return plan(routines, standings, done, day, back=back, runs=runs, soreness=soreness, wanted=wanted)


def back_of(store: Store | None, day: int) -> int | None:
    """The newest word of a day about the back, in a session or in the diary."""
    if store is None:
        return None
    done = [Done.of(record) for record in stats.between(store, day, day)]
    scores = [one for one in diary.soreness(store) if one.at.day == day and one.area == ALWAYS_ASKED[0]]
    return back_today(done, day, scores)
