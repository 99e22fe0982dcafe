"""Routines at the level that is next, fitted to the day, within the bounds that files have too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from prehab.domain.compile import levels, total_length
from prehab.domain.duration import Millis
from prehab.domain.fit import Fit, Fitted, Unfit, fit
from prehab.domain.joined import join
from prehab.domain.posture import going_on, heard_early
from prehab.domain.routine import AREAS, Routine
from prehab.domain.standing import Standing
from prehab.errors import Exit, UserError
from prehab.formats.problems import nearest, visible
from prehab.history import stats
from prehab.history.store import Store


def at_level(
    routines: Sequence[Routine], level: Millis | None, standing: Callable[[Routine], Standing | None]
) -> tuple[Fitted, ...]:
    """Each routine with the hold of what grows in it: the one asked for, or the next one.

    Raises:
        UserError: if the level is none of theirs.
    """
    growing = [routine for routine in routines if levels(routine)]
    if level is not None and not growing:
        growing = [routines[0]]
    done = []
    for routine in routines:
        hold = level if routine in growing else None
        if level is None and (found := standing(routine)) is not None:
            hold = found.hold_ms
        try:
            total_length(routine, hold)
        except ValueError as error:
            raise UserError(str(error), exit_code=Exit.USAGE) from error
        if hold is None and routine.growing is not None:
            hold = routine.growing.length
        done.append(Fitted(routine, hold))
    return tuple(done)


def from_history(routines: Iterable[Routine], store: Store | None) -> list[Routine]:
    """The same routines; the early checks of a run go on where the runs before left off."""
    if store is None:
        return list(routines)
    return [going_on(one, _heard(one, store)) if one.checks else one for one in routines]


def _heard(routine: Routine, store: Store) -> int:
    """How many early checks all runs with this routine have heard."""
    tired = stats.tired(store, routine.id)
    return sum(
        heard_early(replace(routine.checks, tired_at=tired.get(practice.at)), step.planned_ms, step.held_ms)
        for practice in stats.practice(store, routine.id)
        for step in practice.steps[:1]
        if routine.checks is not None
    )


def fit_all(parts: tuple[Fitted, ...], wish: Fit) -> tuple[Fitted, ...]:
    """Fit them to the day.

    Raises:
        UserError: if the wish can't be met.
    """
    if not wish:
        return parts
    try:
        done = fit(parts, replace(wish, skip=tuple(_areas(parts, wish.skip))))
    except Unfit as unfit:
        raise UserError(str(unfit), hint=unfit.hint, exit_code=Exit.USAGE) from unfit
    from prehab.formats.checks import errors  # loads with the reader of files, which has run by now

    for finding in errors(join(done)):
        raise UserError(f"the whole {finding.message}", hint=finding.hint, exit_code=Exit.USAGE)
    return done


def _areas(parts: Sequence[Fitted], written: Sequence[str]) -> Iterator[str]:
    known = (*AREAS, *(area for part in parts for area in part.routine.areas))
    for area in written:
        said = " ".join(area.lower().replace("-", " ").split())
        if said not in known:
            meant = nearest(said, known)
            hint = f"did you mean {meant!r}?" if meant else f"known are {', '.join(AREAS)}"
            raise UserError(f"no such area: {visible(area)!r}", hint=hint, exit_code=Exit.USAGE)
        yield said
