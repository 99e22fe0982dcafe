"""What the sessions of a day know about its run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.diaries import moment, run

from prehab.domain.around import Part, amounts, filled, is_held_stretch, proposed
from prehab.domain.diary import Amount, Run
from prehab.domain.duration import Millis, seconds
from prehab.domain.routine import Kind, Phase, Routine, Step


def part(phase: Phase, start: float, end: float, amount: Amount = Amount.SHORT) -> Part:
    return Part(phase, amount, moment(0, start), moment(0, end))


WARM_UP = part(Phase.BEFORE_RUN, 6.6, 6.7)
STRETCH = part(Phase.AFTER_RUN, 7.5, 7.6, Amount.FULL)
RUN = run(0, 6.75, duration_ms=Millis(1_800_000))


def test_a_warm_up_before_and_a_stretch_after_belong_to_the_run() -> None:
    found = filled(RUN, [WARM_UP, STRETCH])
    assert (found.warm_up, found.stretch) == (Amount.SHORT, Amount.FULL)


def test_nothing_seen_is_unknown_and_not_none() -> None:
    assert filled(RUN, []) == RUN


def test_what_the_person_said_stays() -> None:
    told = replace(RUN, warm_up=Amount.NONE, stretch=Amount.NONE)
    assert filled(told, [WARM_UP, STRETCH]) == told


def test_a_stretch_of_the_evening_does_not_belong_to_the_run_of_the_morning() -> None:
    assert filled(RUN, [part(Phase.AFTER_RUN, 20, 20.1)]).stretch is None
    assert filled(RUN, [part(Phase.BEFORE_RUN, 4, 4.1)]).warm_up is None


def ask(*parts: Part, hour: float = 7.3, logged: tuple[Run, ...] = ()) -> Run | None:
    return proposed(parts, logged, moment(int(hour // 24), hour % 24), "new")


def test_whoever_comes_back_after_a_warm_up_has_probably_run() -> None:
    found = ask(WARM_UP)
    assert found is not None
    assert found.started_at == WARM_UP.ended_at
    assert found.duration_ms == moment(0, 7.3).epoch - WARM_UP.ended_at.epoch
    assert found.warm_up is Amount.SHORT


def test_a_run_that_was_led_is_known_to_the_second() -> None:
    led = part(Phase.DURING_RUN, 6.75, 7.25)
    found = ask(WARM_UP, led)
    assert found is not None
    assert (found.started_at, found.duration_ms) == (led.started_at, 1_800_000)


@pytest.mark.parametrize("logged", [run(0, 6.65), run(0, 6.8)])
def test_a_run_that_is_logged_is_not_asked_about_again(logged: Run) -> None:
    assert ask(WARM_UP, logged=(logged,)) is None
    assert ask(part(Phase.DURING_RUN, 6.75, 7.25), logged=(logged,)) is None


def test_nobody_is_asked_in_the_first_minutes_nor_on_another_day() -> None:
    assert ask(WARM_UP, hour=6.8) is None
    assert ask(WARM_UP, hour=31) is None
    assert ask(STRETCH, hour=9) is None


def test_after_a_long_absence_the_length_is_left_open() -> None:
    found = ask(WARM_UP, hour=15)
    assert found is not None
    assert found.duration_ms is None


def routine(id_: str, phase: Phase, kind: Kind = Kind.HOLD) -> Routine:
    return Routine(id_, id_, phase, (Step(id_, id_, kind, seconds(30)),))


def test_rolling_is_no_stretch_and_a_long_one_is_full() -> None:
    routines = [
        routine("long", Phase.AFTER_RUN),
        routine("brief", Phase.AFTER_RUN),
        routine("foam", Phase.AFTER_RUN, Kind.ROLL),
        routine("desk", Phase.ANY_DAY),
        routine("led", Phase.DURING_RUN, Kind.MOVE),
    ]
    lengths = {"long": seconds(900), "brief": seconds(300)}
    assert amounts(routines, lengths) == {
        "long": (Phase.AFTER_RUN, Amount.FULL),
        "brief": (Phase.AFTER_RUN, Amount.SHORT),
        "led": (Phase.DURING_RUN, Amount.NONE),
    }
    assert is_held_stretch(routines[0])
    assert not is_held_stretch(routines[2])
