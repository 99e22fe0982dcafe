"""How routines follow one another by `then`: the ladder first, then circuit after circuit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prehab.domain.routine import Routine
from prehab.domain.rule import Verdict, levels_lost
from prehab.domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a routine stands in its chain."""

    number: int = 1
    """Of a circuit: which one it is, from 1."""
    before: Routine | None = None
    """The circuit before this one, if there is one."""
    after: Routine | None = None
    """What follows when this one is outgrown."""


ALONE = Place()


def is_circuit(routine: Routine) -> bool:
    """Whether it grows by going on to another routine instead of by a longer hold."""
    return routine.progression is not None and routine.growing is None


def places(routines: Iterable[Routine]) -> dict[str, Place]:
    """Find the place of every routine that has a progression, by id. A chain that bites its tail is cut."""
    known = {routine.id: routine for routine in routines if routine.progression is not None}
    before: dict[str, Routine] = {}
    for routine in sorted(known.values(), key=lambda routine: routine.id):
        following = _after(routine, known)
        if following is not None and is_circuit(routine) and is_circuit(following):
            before.setdefault(following.id, routine)
    return {
        id_: Place(_number(routine, before), before.get(id_), _after(routine, known))
        for id_, routine in known.items()
    }


def families(routines: Iterable[Routine]) -> list[tuple[Routine, ...]]:
    """The routines with a progression, in the order given, those together that a `then` connects."""
    known = {routine.id: routine for routine in routines if routine.progression is not None}
    home = {id_: id_ for id_ in known}
    for routine in known.values():
        following = _after(routine, known)
        if following is not None:
            old, new = home[following.id], home[routine.id]
            home = {id_: new if at == old else at for id_, at in home.items()}
    together: dict[str, list[Routine]] = {}
    for routine in known.values():
        together.setdefault(home[routine.id], []).append(routine)
    return [tuple(members) for members in together.values()]


def current(head: Routine, places: Mapping[str, Place], standings: Mapping[str, Standing]) -> str:
    """The id of the routine that a person has come to, going from the first of a chain by what was outgrown.

    Days off or a step back lead to the circuit before, until that one is outgrown once more.
    """
    walked = [head]
    while (
        (following := places[walked[-1].id].after) is not None
        and following not in walked
        and standings[walked[-1].id].graduated_at is not None
    ):
        walked.append(following)
    last = standings[walked[-1].id]
    if last.last_at is None:
        return last.routine
    down = int(last.verdict in (Verdict.BACK, Verdict.STOP)) + levels_lost(last.days_off or 0)
    circuits = [routine for routine in walked if is_circuit(routine)]
    for routine in circuits[max(0, len(circuits) - 1 - down) : -1]:
        outgrown = standings[routine.id].graduated_at
        if outgrown is None or outgrown < last.last_at:
            return routine.id
    return last.routine


def _after(routine: Routine, known: Mapping[str, Routine]) -> Routine | None:
    then = routine.progression.then if routine.progression else None
    return known.get(then) if then and then != routine.id else None


def _number(routine: Routine, before: Mapping[str, Routine]) -> int:
    walked = {routine.id}
    while (routine.id in before) and (routine := before[routine.id]).id not in walked:
        walked.add(routine.id)
    return len(walked)
