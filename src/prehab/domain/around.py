"""What was done around a run, from the sessions: the warm-up before it, the stretch after it, and the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from prehab.domain.diary import Amount, Run
from prehab.domain.duration import HOUR, MINUTE, Millis
from prehab.domain.records import Instant
from prehab.domain.routine import Kind, Phase, Routine
from prehab.domain.week import is_rolling

WARM_UP_WITHIN = Millis(90 * MINUTE)
"""A warm-up that began at most so long before a run belongs to it."""
STRETCH_WITHIN = Millis(3 * HOUR)
"""A stretch that began at most so long after a run belongs to it."""
SHORTEST_RUN = Millis(8 * MINUTE)
LONGEST_RUN = Millis(3 * HOUR)
"""Whoever comes back later than this after a warm-up has done other things too: no length is proposed."""

_FULL_WARM_UP = Millis(6 * MINUTE)
_FULL_STRETCH = Millis(12 * MINUTE)

STRETCH_LATER = (
    "Held stretches fit better after the run; before it, the warm-up moves. "
    "If you are not about to run, go on."
)
"""Said when a stretch is opened on a day on which no run was seen yet: a plain word, not a block."""


@dataclass(frozen=True, slots=True)
class Part:
    """A session that belongs to a day with a run."""

    phase: Phase
    amount: Amount
    started_at: Instant
    ended_at: Instant


def amounts(routines: Iterable[Routine], lengths: Mapping[str, Millis]) -> dict[str, tuple[Phase, Amount]]:
    """Which routines are warm-ups, stretches or guided runs, and whether in the short or the full version.

    Args:
        routines: all of them.
        lengths: how long each is, by id.
    """
    found: dict[str, tuple[Phase, Amount]] = {}
    for routine in routines:
        if routine.progression is not None or is_rolling(routine):
            continue
        if routine.phase in (Phase.BEFORE_RUN, Phase.AFTER_RUN):
            full_from = _FULL_WARM_UP if routine.phase is Phase.BEFORE_RUN else _FULL_STRETCH
            is_full = lengths.get(routine.id, Millis(0)) >= full_from
            found[routine.id] = (routine.phase, Amount.FULL if is_full else Amount.SHORT)
        elif routine.phase is Phase.DURING_RUN:
            found[routine.id] = (routine.phase, Amount.NONE)
    return found


def filled(run: Run, parts: Sequence[Part]) -> Run:
    """Add to a run what the sessions know: what the person said about it stays."""
    start = run.started_at.epoch
    end = start + (run.duration_ms or 0)
    if run.warm_up is None:
        before = [
            one for one in _of(parts, Phase.BEFORE_RUN) if 0 <= start - one.started_at.epoch <= WARM_UP_WITHIN
        ]
        run = replace(run, warm_up=_most(before))
    if run.stretch is None:
        after = [
            one
            for one in _of(parts, Phase.AFTER_RUN)
            if start < one.started_at.epoch <= max(end, start) + STRETCH_WITHIN
        ]
        run = replace(run, stretch=_most(after))
    return run


def proposed(parts: Sequence[Part], runs: Iterable[Run], now: Instant, new_id: str) -> Run | None:
    """The run that was probably just done: led by prehab, or begun after a warm-up of today.

    Args:
        parts: the sessions, oldest first.
        runs: those that are logged already.
        now: when the program was opened again.
        new_id: the id that the run gets.
    """
    today = [one for one in parts if one.started_at.day == now.day and one.started_at.epoch < now.epoch]
    last_logged = max((run.started_at.epoch for run in runs), default=Millis(0))
    for one in reversed(today):
        if one.phase is Phase.DURING_RUN:
            if last_logged >= one.started_at.epoch - WARM_UP_WITHIN:
                return None
            length = Millis(one.ended_at.epoch - one.started_at.epoch)
            return filled(Run(new_id, one.started_at, duration_ms=length), parts)
        if one.phase is Phase.BEFORE_RUN:
            took = Millis(now.epoch - one.ended_at.epoch)
            if last_logged >= one.started_at.epoch or took < SHORTEST_RUN:
                return None
            known = took if took <= LONGEST_RUN else None
            return filled(Run(new_id, one.ended_at, duration_ms=known), parts)
    return None


def is_held_stretch(routine: Routine) -> bool:
    """Whether a routine holds stretches, as one does after a run."""
    return routine.phase is Phase.AFTER_RUN and any(step.kind is Kind.HOLD for step in routine.steps())


def _of(parts: Iterable[Part], phase: Phase) -> list[Part]:
    return [one for one in parts if one.phase is phase]


def _most(parts: Sequence[Part]) -> Amount | None:
    """The fullest that was done; nothing seen is unknown, not none."""
    if not parts:
        return None
    return Amount.FULL if any(one.amount is Amount.FULL for one in parts) else Amount.SHORT
