"""A routine fitted to the day keeps to its rule, whatever routine and whatever time there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.strategies import routines, spans

from prehab.domain.compile import compile_timeline, levels, total_length
from prehab.domain.duration import Millis, seconds
from prehab.domain.fit import AS_IT_IS, Fit, Fitted, Unfit, differences, fit, length_of, shortest_length
from prehab.domain.joined import join
from prehab.domain.routine import Group, Growth, Kind, Phase, Progression, Routine, Side, Step

EACH = (Side.LEFT, Side.RIGHT)
_SOME_AREAS = st.lists(st.sampled_from(("calves", "hips", "core", "neck")), max_size=2, unique=True).map(
    tuple
)


@st.composite
def fitted(draw: st.DrawFn, routine_id: str = "made-up") -> Fitted:
    """A routine at one of its levels, its steps with areas."""
    routine = draw(routines())

    def dressed(step: Step) -> Step:
        return replace(step, areas=draw(_SOME_AREAS))

    items = tuple(
        replace(item, steps=tuple(dressed(step) for step in item.steps))
        if isinstance(item, Group)
        else dressed(item)
        for item in routine.items
    )
    routine = replace(routine, id=routine_id, items=items)
    return Fitted(routine, draw(st.sampled_from(levels(routine) or (None,))))


def rows() -> st.SearchStrategy[tuple[Fitted, ...]]:
    """One routine, or two in a row."""
    one = fitted().map(lambda part: (part,))
    return st.one_of(one, st.tuples(fitted("first"), fitted("second")))


def _by_id(parts: tuple[Fitted, ...]) -> dict[tuple[str, str], Step]:
    return {
        (part.routine.id.removesuffix("-cut"), step.id): step
        for part in parts
        for step in part.routine.steps()
    }


def _areas(parts: tuple[Fitted, ...]) -> set[str]:
    return {area for part in parts for area in part.routine.areas}


@given(rows(), st.integers(1, 3600).map(seconds))
def test_what_is_fitted_fits_or_nothing_would(parts: tuple[Fitted, ...], within: Millis) -> None:
    try:
        done = fit(parts, Fit(within=within))
    except Unfit:
        return
    assert done
    assert length_of(done) <= within


@given(rows(), st.integers(1, 1800).map(seconds))
def test_no_step_is_cut_apart_moved_or_lengthened(parts: tuple[Fitted, ...], within: Millis) -> None:
    try:
        done = fit(parts, Fit(within=within))
    except Unfit:
        return
    before, after = _by_id(parts), _by_id(done)
    assert list(after) == [key for key in before if key in after]
    for key, step in after.items():
        was = before[key]
        assert step.sides == was.sides
        assert (step.change, step.switch, step.rest, step.beat) == (
            was.change,
            was.switch,
            was.rest,
            was.beat,
        )
        assert 1 <= step.sets <= was.sets
        if was.growth is None and was.length is not None and step.length is not None:
            assert shortest_length(was) <= step.length <= was.length


@given(rows(), st.integers(1, 1800).map(seconds))
def test_an_area_goes_only_when_every_hold_would_be_at_its_shortest(
    parts: tuple[Fitted, ...], within: Millis
) -> None:
    try:
        done = fit(parts, Fit(within=within))
    except Unfit:
        return
    if _areas(done) == _areas(parts):
        return
    # Everything that is there can't be shortened enough to make room for all areas.
    for part in done:
        assert part.routine.rounds == 1
        assert all(step.sets == 1 for step in part.routine.steps())


@given(rows())
def test_what_fits_already_is_left_alone(parts: tuple[Fitted, ...]) -> None:
    assert fit(parts, Fit(within=length_of(parts))) == parts
    assert fit(parts, AS_IT_IS) == parts
    assert differences(parts, parts) == ()


@given(rows(), st.sampled_from(("calves", "hips", "core", "neck")))
def test_a_skipped_area_is_in_nothing_that_is_left(parts: tuple[Fitted, ...], area: str) -> None:
    try:
        done = fit(parts, Fit(skip=(area,)))
    except Unfit:
        assert all(area in step.areas for part in parts for step in part.routine.steps())
        return
    assert area not in _areas(done)
    kept = {key for key, step in _by_id(parts).items() if area not in step.areas}
    assert _by_id(done).keys() == kept


@given(rows(), spans(1, 120))
def test_a_chosen_hold_is_that_of_everything_held_but_what_grows(
    parts: tuple[Fitted, ...], hold: Millis
) -> None:
    try:
        done = _by_id(fit(parts, Fit(hold=hold)))
    except Unfit:
        return
    for key, was in _by_id(parts).items():
        is_held = was.kind in (Kind.HOLD, Kind.ROLL) and was.reps is None and was.growth is None
        assert done[key].length == (hold if is_held and was.length is not None else done[key].length)
        if not is_held and was.growth is None:
            assert done[key].length == was.length


@given(rows(), st.integers(30, 900).map(seconds))
def test_what_is_fitted_can_be_played(parts: tuple[Fitted, ...], within: Millis) -> None:
    try:
        done = fit(parts, Fit(within=within))
    except Unfit:
        return
    for part in done:
        timeline = compile_timeline(part.routine, part.hold)
        assert timeline.works


@given(st.tuples(fitted("first"), fitted("second")))
def test_routines_in_a_row_take_as_long_as_one_after_the_other(parts: tuple[Fitted, ...]) -> None:
    joined = join(parts)
    assert total_length(joined) == length_of(parts)
    works = [compile_timeline(part.routine, part.hold).works for part in parts]
    together = compile_timeline(joined).works
    assert [(work.work.name, work.length, work.work.side) for work in together] == [
        (work.work.name, work.length, work.work.side) for some in works for work in some
    ]


def _routine(*steps: Step, **more: object) -> Fitted:
    routine = Routine("mine", "Mine", Phase.ANY_DAY, steps, **more)  # type: ignore[arg-type]
    return Fitted(routine, routine.growing.length if routine.growing else None)


def _hold(name: str, length: int, *areas: str, **more: object) -> Step:
    return Step(name, name, Kind.HOLD, seconds(length), areas=areas, **more)  # type: ignore[arg-type]


def _names(parts: tuple[Fitted, ...]) -> list[str]:
    return [step.name for part in parts for step in part.routine.steps()]


def test_a_step_that_others_cover_goes_before_any_hold_is_shortened() -> None:
    part = _routine(_hold("a", 30, "calves"), _hold("b", 30, "hips"), _hold("c", 30, "calves"))
    (done,) = fit((part,), Fit(within=seconds(70)))
    assert _names((done,)) == ["a", "b"]
    assert {step.length for step in done.routine.steps()} == {seconds(30)}


def test_holds_get_shorter_together_and_not_under_their_floor() -> None:
    part = _routine(_hold("a", 60, "calves", sides=EACH), _hold("b", 30, "hips"))
    (done,) = fit((part,), Fit(within=seconds(120)))
    assert [step.length for step in done.routine.steps()] == [seconds(45), seconds(20)]
    with pytest.raises(Unfit, match="can't be done in 10s") as refused:
        fit((part,), Fit(within=seconds(10)))
    assert refused.value.hint == "the shortest takes 0:15"


def test_the_last_step_alone_with_an_area_goes_first() -> None:
    part = _routine(_hold("a", 30, "calves"), _hold("b", 30, "hips"), _hold("c", 30, "neck"))
    assert _names(fit((part,), Fit(within=seconds(36)))) == ["a", "b"]


def test_what_grows_keeps_its_hold_and_loses_sets() -> None:
    growth = Growth(seconds(30), seconds(60), seconds(5))
    plank = _hold("plank", 30, "core", growth=growth, sets=3, rest=seconds(45))
    part = Fitted(_routine(plank, progression=Progression()).routine, seconds(40))
    (two,) = fit((part,), Fit(within=seconds(125)))
    assert (two.routine.id, two.hold, two.routine.growing and two.routine.growing.sets) == (
        "mine",
        seconds(40),
        2,
    )
    # One of three would be a miss to the rule, which a short day is not.
    (one,) = fit((part,), Fit(within=seconds(40)))
    assert (one.routine.id, one.hold, one.routine.progression) == ("mine-cut", None, None)
    assert [step.length for step in one.routine.steps()] == [seconds(40)]


def test_a_circuit_that_lost_a_step_moves_no_level() -> None:
    part = _routine(
        _hold("a", 30, "core"), _hold("b", 30, "core"), rounds=2, progression=Progression(then="core-2")
    )
    (done,) = fit((part,), Fit(within=seconds(95)))
    assert done.routine.id == "mine-cut"
    (half,) = fit((part,), Fit(rounds=1))
    assert half.routine.id == "mine"


def test_what_was_done_is_told() -> None:
    part = _routine(
        _hold("a", 30, "calves", sets=2), _hold("b", 30, "hips"), _hold("c", 30, "calves"), rounds=2
    )
    done = fit((part,), Fit(within=seconds(60)))
    assert differences((part,), done) == (
        "left out: c",
        "lengths: 30 s → 25 s",
        "sets: 2 → 1",
        "rounds: 2 → 1",
    )


def test_a_routine_that_is_called_a_cut_is_its_own() -> None:
    part = _routine(_hold("a", 30, "calves"), _hold("b", 30, "calves"))
    part = Fitted(replace(part.routine, id="hair-cut"), None)
    done = fit((part,), Fit(within=seconds(40)))
    assert done[0].routine.id == "hair-cut"
    assert differences((part,), done) == ("left out: b",)


@pytest.mark.parametrize("rounds", [0, 1000])
def test_rounds_out_of_range_are_refused(rounds: int) -> None:
    with pytest.raises(Unfit, match="out of range"):
        fit((_routine(_hold("a", 30)),), Fit(rounds=rounds))


def test_rounds_of_a_group_are_those_that_are_meant() -> None:
    group = Group((_hold("a", 30), _hold("b", 30)), rounds=3)
    part = Fitted(Routine("mine", "Mine", Phase.ANY_DAY, (_hold("w", 60), group)), None)
    (done,) = fit((part,), Fit(rounds=2))
    assert [item.rounds for item in done.routine.items if isinstance(item, Group)] == [2]
    assert done.routine.rounds == 1
