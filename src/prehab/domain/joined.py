"""Several routines in a row as one: what `show` prints and an export plays of `warmup-short + plank`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from prehab.domain.duration import Millis
from prehab.domain.fit import Fitted, freeze
from prehab.domain.posture import with_checks
from prehab.domain.routine import Group, Phase, Routine, Step, Style


def join(parts: Sequence[Fitted]) -> Routine:
    """Make one routine of several; each begins with its own get-ready, and what grows is held at its level.

    It is for looking and listening. A session of several routines is one session of each, so that every one
    of them stands in the history under its own name.
    """
    first = parts[0].routine
    if len(parts) == 1:
        return first
    frozen = [with_checks(freeze(part).routine) for part in parts]
    phases = {routine.phase for routine in frozen}
    items: list[Step | Group] = []
    for number, routine in enumerate(frozen):
        items += _items(routine, lead=routine.get_ready if number else routine.change)
    return Routine(
        id="+".join(routine.id for routine in frozen),
        name=", then ".join(routine.name for routine in frozen),
        phase=first.phase if len(phases) == 1 else Phase.ANY_DAY,
        items=_with_ids(items),
        needs=tuple(dict.fromkeys(need for routine in frozen for need in routine.needs)),
        sources=tuple(dict.fromkeys(source for routine in frozen for source in routine.sources)),
        get_ready=first.get_ready,
        style=Style.CALM if all(routine.style is Style.CALM for routine in frozen) else Style.FULL,
    )


def _items(routine: Routine, lead: Millis) -> Iterator[Step | Group]:
    """The items of a routine with its pace written into every step."""
    paced = [_paced(item, routine) for item in routine.items]
    steps = [item for item in paced if isinstance(item, Step)]
    if routine.rounds > 1 and len(steps) == len(paced):
        yield _led(Group(tuple(steps), routine.rounds, routine.round_rest), lead)
        return
    for lap in range(routine.rounds):
        for number, item in enumerate(paced):
            starts = lead if lap == 0 else routine.round_rest
            yield _led(item, starts) if number == 0 else item


def _paced(item: Step | Group, routine: Routine) -> Step | Group:
    if isinstance(item, Group):
        return replace(item, steps=tuple(_step(step, routine) for step in item.steps))
    return _step(item, routine)


def _step(step: Step, routine: Routine) -> Step:
    return replace(
        step,
        change=routine.change if step.change is None else step.change,
        switch=routine.switch if step.switch is None else step.switch,
    )


def _led(item: Step | Group, lead: Millis) -> Step | Group:
    """The same after a gap of its own."""
    if isinstance(item, Group):
        return replace(item, steps=(replace(item.steps[0], change=lead), *item.steps[1:]))
    return replace(item, change=lead)


def _with_ids(items: Sequence[Step | Group]) -> tuple[Step | Group, ...]:
    """Ids that two routines share are told apart, as those of two steps of one name are."""
    taken: set[str] = set()

    def renamed(step: Step) -> Step:
        free, number = step.id, 1
        while free in taken:
            number += 1
            free = f"{step.id}-{number}"
        taken.add(free)
        return replace(step, id=free)

    return tuple(
        replace(item, steps=tuple(renamed(step) for step in item.steps))
        if isinstance(item, Group)
        else renamed(item)
        for item in items
    )
