"""Where the person stands in what grows, and what today is good for: the rules over the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from prehab.domain.chain import places
from prehab.domain.due import Today, plan
from prehab.domain.duration import Millis
from prehab.domain.progression import assess
from prehab.domain.routine import Routine
from prehab.domain.standing import Standing
from prehab.domain.week import Done
from prehab.history import stats
from prehab.history.store import Store

LOOKED_BACK = 21
"""How many days matter for what is due."""


def standings(
    routines: Sequence[Routine], wanted: Iterable[Routine], store: Store | None, moment: datetime
) -> dict[str, Standing]:
    """Fold the history into where the person stands.

    Args:
        routines: all of them: a routine's place is among those that follow one another.
        wanted: those to be told about; one without a progression is passed over.
        store: the history; `None` when there is none yet.
        moment: now, with its offset.
    """
    known = places(routines)
    return {
        routine.id: assess(
            routine,
            () if store is None else stats.practice(store, routine.id),
            now=Millis(round(moment.timestamp() * 1000)),
            today=moment.toordinal(),
            place=known[routine.id],
        )
        for routine in wanted
        if routine.progression is not None
    }


def today(
    routines: Sequence[Routine], store: Store | None, moment: datetime, *, back: int | None = None
) -> Today:
    """Say what is due today and why; `back` is how the back is, where it was asked."""
    day = moment.toordinal()
    recent = () if store is None else stats.between(store, day - LOOKED_BACK, day)
    done = [Done.of(record) for record in recent]
    return plan(routines, standings(routines, routines, store, moment), done, day, back=back)
