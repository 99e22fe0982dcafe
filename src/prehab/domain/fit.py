"""A routine fitted to the day: shorter, fewer or more rounds, longer holds, without what hurts.

Time is saved in this order, and no further than it takes:

1. Steps go whose areas other steps cover as well, the last in the file first.
2. Holds get shorter, all in the same measure, down to half of themselves and never under 15 s; moves and
   repetitions down to half, and never under 10 s.
3. Rounds and sets get fewer, the most rounds first.
4. Steps go that are alone with an area: those that take the fewest areas with them first, then the last.

What fits after all comes back. Sides are never cut apart, gaps never shortened; what grows keeps its hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from prehab.domain.compile import total_length
from prehab.domain.duration import Millis, clock_face, seconds, short_length, spell
from prehab.domain.posture import planned
from prehab.domain.routine import MAX_COUNT, MAX_STEP, MIN_STEP, Group, Kind, Routine, Step

SHORTEST_HOLD = seconds(15)
SHORTEST_MOVE = seconds(10)
_ROUND = seconds(5)
_FINE = 60
"""How finely holds are shortened between their length and their floor."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a routine is to differ from its file today."""

    within: Millis | None = None
    """The time there is; get-ready is not counted, as in every length that is shown."""
    rounds: int | None = None
    hold: Millis | None = None
    """How long every hold and every rolling is; what grows has its level instead."""
    skip: tuple[str, ...] = ()
    """Areas of the body that are left alone."""
    run_for: Millis | None = None
    """How long a run with posture checks is."""
    is_open: bool = False
    """Whether such a run goes on until it is ended."""

    def __bool__(self) -> bool:
        """Whether anything is to differ."""
        return self != AS_IT_IS


AS_IT_IS = Fit()


class Unfit(ValueError):
    """A wish that can't be met; the hint says what can."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Fitted:
    """A routine as it is done today, with what grows held at its level."""

    routine: Routine
    hold: Millis | None
    """The hold of the growing step, for `compile_timeline`; `None` where nothing grows."""


def fit(parts: Sequence[Fitted], wish: Fit) -> tuple[Fitted, ...]:
    """Fit one routine, or several that are done in a row, to the day.

    A routine with a progression keeps its id only as long as the session can be judged by its rule. One that
    lost more becomes another: its id ends in `-cut`, and no level follows from it.

    Raises:
        Unfit: when the wish can't be met.
    """
    if not wish:
        return tuple(parts)
    done = tuple(parts)
    if wish.run_for is not None or wish.is_open:
        done = _run_for(done, None if wish.is_open else wish.run_for)
    if wish.skip:
        done = _without(done, wish.skip)
    if wish.rounds is not None:
        done = _in_rounds(done, wish.rounds)
    if wish.hold is not None:
        done = _held(done, wish.hold)
    if wish.within is not None:
        done = _within(done, wish.within)
    before = {part.routine.id: part for part in parts}
    return tuple(_named(before[part.routine.id], part) for part in done)


def length_of(parts: Sequence[Fitted]) -> Millis:
    """How long they take in a row: the get-ready of the first is not counted, those of the others are."""
    works = sum(total_length(part.routine, part.hold) for part in parts)
    return Millis(works + sum(part.routine.get_ready for part in parts[1:]))


def differences(before: Sequence[Fitted], after: Sequence[Fitted]) -> tuple[str, ...]:
    """What the fitting did, in short sentences; nothing where it did nothing."""
    old = {(part.routine.id, step.id): step for part in before for step in part.routine.steps()}
    ids = {part.routine.id for part in before}
    new = {(whole(part.routine.id, ids), step.id): step for part in after for step in part.routine.steps()}
    told = []
    gone = [step.name for key, step in old.items() if key not in new]
    if gone:
        told.append(f"left out: {', '.join(gone)}")
    for label, what in (("lengths", _length_change), ("sets", _sets_change)):
        changed = list(dict.fromkeys(change for key, step in new.items() if (change := what(old[key], step))))
        if changed:
            told.append(f"{label}: {', '.join(changed)}")
    rounds = {part.routine.id: [item.rounds for item in _laps(part.routine)] for part in before}
    for part in after:
        now = [item.rounds for item in _laps(part.routine)]
        was = rounds[whole(part.routine.id, ids)]
        if max(now) != max(was):
            told.append(f"rounds: {max(was)} → {max(now)}")
    return tuple(told)


CUT = "-cut"
"""How the id of a routine ends that lost so much that no level follows from it."""


def whole(routine_id: str, known: Collection[str]) -> str:
    """The id that a routine had before it was cut, among those that there were."""
    return routine_id if routine_id in known else routine_id.removesuffix(CUT)


def _length_change(old: Step, new: Step) -> str:
    if old.length is None or new.length is None or old.length == new.length:
        return ""
    return f"{short_length(old.length)} → {short_length(new.length)}"


def _sets_change(old: Step, new: Step) -> str:
    return f"{old.sets} → {new.sets}" if old.sets != new.sets else ""


def _laps(routine: Routine) -> tuple[Routine | Group, ...]:
    return (routine, *(item for item in routine.items if isinstance(item, Group)))


# What a person asks for by name


def _without(parts: tuple[Fitted, ...], skip: tuple[str, ...]) -> tuple[Fitted, ...]:
    kept = _keep(parts, lambda routine, step: not set(step.areas) & set(skip))
    if not kept:
        raise Unfit(f"without {', '.join(skip)} nothing is left of {_names(parts)}")
    return kept


def _in_rounds(parts: tuple[Fitted, ...], rounds: int) -> tuple[Fitted, ...]:
    if len(parts) > 1:
        raise Unfit("rounds are those of one routine", "leave --rounds out, or start the routines one by one")
    if not 1 <= rounds <= MAX_COUNT:
        raise Unfit(f"{rounds} rounds are out of range", f"1 to {MAX_COUNT} is possible")
    (part,) = parts
    routine = part.routine
    if routine.rounds == 1 and any(isinstance(item, Group) and item.rounds > 1 for item in routine.items):
        items = tuple(
            replace(item, rounds=rounds) if isinstance(item, Group) and item.rounds > 1 else item
            for item in routine.items
        )
        return (replace(part, routine=replace(routine, items=items)),)
    return (replace(part, routine=replace(routine, rounds=rounds)),)


def _held(parts: tuple[Fitted, ...], hold: Millis) -> tuple[Fitted, ...]:
    if not MIN_STEP <= hold <= MAX_STEP:
        raise Unfit(
            f"a hold of {spell(hold)} is out of range", f"{spell(MIN_STEP)} to {spell(MAX_STEP)} is possible"
        )

    def hold_it(step: Step) -> Step:
        return replace(step, length=hold) if _is_held(step) else step

    if not any(_is_held(step) for part in parts for step in part.routine.steps()):
        grows = any(part.routine.growing for part in parts)
        hint = "what grows has its --level" if grows else "leave --hold out"
        raise Unfit(f"nothing is held in {_names(parts)} whose length could be chosen", hint)
    return _change(parts, hold_it)


def _is_held(step: Step) -> bool:
    is_timed = step.growth is None and step.reps is None and step.length is not None
    return is_timed and step.kind in (Kind.HOLD, Kind.ROLL)


# The time there is

_Key = tuple[str, str]
"""A step of a routine, by both ids."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """How much is taken away."""

    gone: tuple[_Key, ...]
    """Steps left out, in the order in which they went."""
    repeats: int
    """Rounds and sets there are at most."""
    measure: int = _FINE
    """Where each length is between its floor, 0, and itself."""

    def of(self, parts: tuple[Fitted, ...]) -> tuple[Fitted, ...]:
        """What is left."""
        return _shortened(_at_most(_drop(parts, self.gone), self.repeats), self.measure)


def _within(parts: tuple[Fitted, ...], within: Millis) -> tuple[Fitted, ...]:
    def fits(cut: _Cut) -> bool:
        return length_of(cut.of(parts)) <= within

    whole = _Cut((), _most_repeats(parts))
    if fits(whole):
        return parts
    cut = _least_cut(parts, whole.repeats, fits)
    if cut is None:
        shortest = min(length_of(least.of(parts)) for least in _least_of_all(parts))
        raise Unfit(
            f"{_names(parts)} can't be done in {spell(within)}", f"the shortest takes {clock_face(shortest)}"
        )
    for key in reversed(cut.gone):
        more = replace(cut, gone=tuple(other for other in cut.gone if other != key))
        cut = more if fits(more) else cut
    return cut.of(parts)


def _least_cut(parts: tuple[Fitted, ...], most: int, fits: Callable[[_Cut], bool]) -> _Cut | None:
    """The first cut that is enough, stage by stage as the head of this page has it."""
    covered = _covered_first(parts)
    steps_gone = [_Cut(covered[:count], most) for count in range(1, len(covered) + 1)]
    if (cut := _first(steps_gone, fits)) is not None:
        return cut
    for repeats in range(most, 0, -1):
        if fits(_Cut(covered, repeats, 0)):
            measures = [_Cut(covered, repeats, measure) for measure in range(_FINE, -1, -1)]
            return _first(measures, fits)
    order = (*covered, *_last_of_an_area(parts))
    areas_gone = [_Cut(order[:count], 1, 0) for count in range(len(covered) + 1, len(order) + 1)]
    cut = _first(areas_gone, fits) or next(filter(fits, _least_of_all(parts)), None)
    if cut is None:
        return None
    return _first([replace(cut, measure=measure) for measure in range(_FINE, -1, -1)], fits)


def _least_of_all(parts: tuple[Fitted, ...]) -> list[_Cut]:
    """Each step alone, or else what grows: there is nothing less."""
    steps = _keyed(parts)
    growing = [key for key, step in steps.items() if step.growth is not None]
    alone = [growing] if growing else [[key] for key in steps]
    return [_Cut(tuple(key for key in steps if key not in kept), 1, 0) for kept in alone]


def _first(cuts: Sequence[_Cut], fits: Callable[[_Cut], bool]) -> _Cut | None:
    """The first of ever smaller ones that fits."""
    place = bisect_left(cuts, True, key=fits)
    return cuts[place] if place < len(cuts) else None


def _most_repeats(parts: Sequence[Fitted]) -> int:
    rounds = max(lap.rounds for part in parts for lap in _laps(part.routine))
    return max(rounds, *(step.sets for part in parts for step in part.routine.steps()))


def _covered_first(parts: tuple[Fitted, ...]) -> tuple[_Key, ...]:
    """Steps that may go without a loss of areas, in the order in which they go."""
    left = _keyed(parts)
    order: list[_Key] = []
    for key, step in reversed(list(left.items())):
        others = {area for other, one in left.items() if other != key for area in one.areas}
        if step.growth is None and len(left) > 1 and set(step.areas) <= others:
            order.append(key)
            del left[key]
    return tuple(order)


def _last_of_an_area(parts: tuple[Fitted, ...]) -> tuple[_Key, ...]:
    """What others do not cover, all but one step, in the order in which it goes."""
    parts = _drop(parts, _covered_first(parts))
    left = _keyed(parts)
    order: list[_Key] = []
    while len(left) > 1:
        counts: dict[str, int] = {}
        for step in left.values():
            for area in set(step.areas):
                counts[area] = counts.get(area, 0) + 1
        alone = {
            key: sum(counts[area] == 1 for area in set(step.areas))
            for key, step in reversed(list(left.items()))
            if step.growth is None
        }
        if not alone:
            break
        order.append(min(alone, key=lambda key: alone[key]))
        del left[order[-1]]
    return tuple(order)


def _keyed(parts: Sequence[Fitted]) -> dict[_Key, Step]:
    return {(part.routine.id, step.id): step for part in parts for step in part.routine.steps()}


def _at_most(parts: tuple[Fitted, ...], count: int) -> tuple[Fitted, ...]:
    """Rounds and sets cut to a number."""
    parts = _change(parts, lambda step: replace(step, sets=min(step.sets, count)))
    done = []
    for part in parts:
        items = tuple(
            replace(item, rounds=min(item.rounds, count)) if isinstance(item, Group) else item
            for item in part.routine.items
        )
        routine = replace(part.routine, rounds=min(part.routine.rounds, count), items=items)
        done.append(replace(part, routine=routine))
    return tuple(done)


def _shortened(parts: tuple[Fitted, ...], measure: int) -> tuple[Fitted, ...]:
    """Every step but the growing one at a measure between its floor, 0, and its length, `_FINE`."""
    return _change(parts, lambda step: _shorter(step, measure))


def _shorter(step: Step, measure: int) -> Step:
    if step.length is None or step.growth is not None or measure >= _FINE:
        return step
    floor = shortest_length(step)
    exact = floor + (step.length - floor) * measure // _FINE
    if step.reps is not None and step.beat is not None:
        reps = max(-(-floor // step.beat), exact // step.beat)
        return replace(step, reps=reps, length=Millis(reps * step.beat))
    grain = step.bouts.each if step.bouts else _ROUND
    return replace(step, length=Millis(min(step.length, max(floor, exact // grain * grain))))


def shortest_length(step: Step) -> Millis:
    """How far one work of a step may be shortened; 0 for a step that waits."""
    if step.length is None or step.growth is not None:
        return step.length or Millis(0)
    least = SHORTEST_HOLD if step.kind is Kind.HOLD else SHORTEST_MOVE
    half = -(-step.length // 2)
    if step.reps is not None and step.beat is not None:
        reps = max(-(-step.reps // 2), -(-least // step.beat))
        return Millis(min(step.reps, reps) * step.beat)
    return Millis(min(step.length, max(-(-half // 1000) * 1000, least)))


# Changing all steps of several routines


def _change(parts: tuple[Fitted, ...], change: Callable[[Step], Step]) -> tuple[Fitted, ...]:
    done = []
    for part in parts:
        items = tuple(
            replace(item, steps=tuple(change(step) for step in item.steps))
            if isinstance(item, Group)
            else change(item)
            for item in part.routine.items
        )
        done.append(replace(part, routine=replace(part.routine, items=items)))
    return tuple(done)


def _drop(parts: tuple[Fitted, ...], gone: Collection[_Key]) -> tuple[Fitted, ...]:
    out = frozenset(gone)
    return _keep(parts, lambda routine, step: (routine.id, step.id) not in out)


def _keep(parts: tuple[Fitted, ...], wanted: Callable[[Routine, Step], bool]) -> tuple[Fitted, ...]:
    """The steps that are wanted; what has none left is gone, and a level goes with what grew."""
    done = []
    for part in parts:
        if items := _items_of(part.routine, wanted):
            routine = replace(part.routine, items=items)
            done.append(Fitted(routine, part.hold if routine.growing is not None else None))
    return tuple(done)


def _items_of(routine: Routine, wanted: Callable[[Routine, Step], bool]) -> tuple[Step | Group, ...]:
    items: list[Step | Group] = []
    for item in routine.items:
        if isinstance(item, Group):
            if steps := tuple(step for step in item.steps if wanted(routine, step)):
                items.append(replace(item, steps=steps))
        elif wanted(routine, item):
            items.append(item)
    return tuple(items)


# What it is called then


def _run_for(parts: Sequence[Fitted], length: Millis | None) -> tuple[Fitted, ...]:
    if not any(part.routine.checks for part in parts):
        raise Unfit("no run to plan here", "--for says how long a run is; --in shortens other routines")
    if length is not None and not MIN_STEP <= length <= MAX_STEP:
        raise Unfit(f"a run of {spell(length)} can't be planned", f"{spell(MIN_STEP)} to {spell(MAX_STEP)}")
    return tuple(replace(part, routine=planned(part.routine, length)) for part in parts)


def _named(before: Fitted, after: Fitted) -> Fitted:
    if before.routine.progression is None or _can_be_judged(before.routine, after.routine):
        return after
    frozen = freeze(after)
    routine = replace(frozen.routine, id=f"{before.routine.id}{CUT}", progression=None)
    return replace(frozen, routine=routine)


def _can_be_judged(before: Routine, after: Routine) -> bool:
    """Whether the rule of the whole routine says something true of the session: less than half is a miss."""
    if before.growing is None:
        same = list(before.steps()) == list(after.steps())
        return same and 2 * _most_rounds(after) >= _most_rounds(before)
    if after.growing is None:
        return False
    done, planned = (one.growing.sets * _most_rounds(one) for one in (after, before) if one.growing)
    return 2 * done >= planned


def _most_rounds(routine: Routine) -> int:
    return routine.rounds * max((item.rounds for item in routine.items if isinstance(item, Group)), default=1)


def freeze(part: Fitted) -> Fitted:
    """The same at its level, with nothing in it that grows."""
    easier = part.routine.progression.easier if part.routine.progression else None

    def settle(step: Step) -> Step:
        if step.growth is None:
            return step
        hold = part.hold or step.length
        settled = replace(step, growth=None, length=hold)
        if easier is not None and hold is not None and hold < step.growth.start:
            figure = easier.figure or step.figure
            settled = replace(settled, name=easier.name, spoken=easier.name, figure=figure)
        return settled

    return replace(_change((part,), settle)[0], hold=None)


def _names(parts: Sequence[Fitted]) -> str:
    return " + ".join(part.routine.id for part in parts)
