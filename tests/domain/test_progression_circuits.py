"""The circuits: rounds in place of sets, and one circuit after the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.growing import CIRCUITS, PLACES, PLANK, TENS, circuit, marks, plank, round_of, standing

from prehab.domain.chain import ALONE, current, families, places
from prehab.domain.events import Outcome
from prehab.domain.progression import replay
from prehab.domain.records import Practice
from prehab.domain.routine import Group, Progression, Routine

ONE, TWO, THREE, FOUR = CIRCUITS


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_level_is_the_number_of_the_circuit(number: int) -> None:
    found = standing(CIRCUITS[number - 1])
    assert (found.level, found.hold_ms, found.sets, found.verdict.value) == (number, None, 2, "start")


@pytest.mark.parametrize(
    ("rounds", "after"), [(2, (2, 1, 0, "hold")), (1, (2, 0, 0, "hold")), (0, (2, 0, 1, "hold"))]
)
def test_rounds_stand_in_place_of_sets(rounds: int, after: tuple[int, int, int, str]) -> None:
    assert marks(standing(TWO, round_of(0, rounds))) == after


def test_two_clean_sessions_or_an_easy_one_lead_on_to_the_next_circuit() -> None:
    assert marks(standing(ONE, round_of(0), round_of(2))) == (1, 0, 0, "graduate")
    assert marks(standing(ONE, round_of(0, rpe=3))) == (1, 0, 0, "graduate")
    assert marks(standing(FOUR, round_of(0), round_of(2))) == (4, 0, 0, "graduate")


def test_two_misses_or_pain_lead_back() -> None:
    assert marks(standing(TWO, round_of(0, 0), round_of(2, 0))) == (2, 0, 0, "back")
    assert marks(standing(TWO, round_of(0, pain=4))) == (2, 0, 0, "back")
    assert marks(standing(TWO, round_of(0, pain=6))) == (2, 0, 0, "stop")


def test_days_off_leave_the_number_of_the_circuit() -> None:
    assert standing(THREE, round_of(0), day=40).level == 3


def test_a_round_that_was_stopped_in_a_gap_is_not_full() -> None:
    whole = round_of(0)
    stopped = replace(whole, steps=whole.steps[:-1], outcome=Outcome.STOPPED)
    assert replay(ONE, [stopped])[0].held == 1
    all_but_in_name = replace(whole, outcome=Outcome.STOPPED)
    assert replay(ONE, [all_but_in_name])[0].held == 2


def test_rounds_of_a_group_count_like_rounds_of_the_routine() -> None:
    grouped = replace(ONE, items=(Group(tuple(ONE.steps()), rounds=2),), rounds=1)
    assert standing(grouped).sets == 2
    assert replay(grouped, [round_of(0, 1)])[0].held == 1


class TestChain:
    def test_numbers_count_the_circuits_and_not_the_ladder_before_them(self) -> None:
        assert [PLACES[f"core-{number}"].number for number in (1, 2, 3, 4)] == [1, 2, 3, 4]
        assert PLACES["core-1"].before is None
        assert PLACES["plank"].after is ONE
        assert PLACES["core-2"].before is ONE
        assert PLACES["core-4"].after is None

    def test_a_chain_that_bites_its_tail_is_cut(self) -> None:
        ring = (circuit(1), circuit(2), replace(circuit(3), progression=Progression(then="core-1")))
        assert {place.number for place in places(ring).values()} == {3}
        itself = replace(circuit(1), progression=Progression(then="core-1"))
        assert places([itself])["core-1"] == ALONE

    def test_routines_that_follow_one_another_are_a_family(self) -> None:
        other = replace(circuit(9, then=False), id="arms")
        found = families((PLANK, other, TENS, *CIRCUITS))
        assert [[one.id for one in family] for family in found] == [
            ["plank", "tens", "core-1", "core-2", "core-3", "core-4"],
            ["arms"],
        ]


def come_to(day: float, **done: list[Practice]) -> str:
    """Where somebody stands who did these sessions; underscores for hyphens."""
    members = (PLANK, *CIRCUITS)
    standings = {one.id: standing(one, *done.get(one.id.replace("-", "_"), ()), day=day) for one in members}
    return current(PLANK, places(members), standings)


class TestWhereThePersonHasCome:
    outgrown = [plank(0, 60), plank(2, 60), plank(4, 60)]  # noqa: RUF012
    first = [round_of(6), round_of(8)]  # noqa: RUF012

    def test_the_ladder_comes_first(self) -> None:
        assert come_to(1) == "plank"
        assert come_to(3, plank=self.outgrown[:2]) == "plank"

    def test_a_circuit_tried_on_the_way_changes_nothing(self) -> None:
        assert come_to(9, plank=self.outgrown[:2], core_1=self.first) == "plank"

    def test_then_circuit_after_circuit(self) -> None:
        assert come_to(5, plank=self.outgrown) == "core-1"
        assert come_to(9, plank=self.outgrown, core_1=self.first) == "core-2"

    def test_a_step_back_leads_to_the_circuit_before_until_it_is_outgrown_again(self) -> None:
        hard = [round_of(10, 0), round_of(12, 0)]
        assert come_to(13, plank=self.outgrown, core_1=self.first, core_2=hard) == "core-1"
        again = [*self.first, round_of(14)]
        assert come_to(15, plank=self.outgrown, core_1=again, core_2=hard) == "core-1"
        again.append(round_of(16))
        assert come_to(17, plank=self.outgrown, core_1=again, core_2=hard) == "core-2"

    def test_days_off_lead_back_as_well_but_never_out_of_the_circuits(self) -> None:
        second = [round_of(10), round_of(12)]
        third = [round_of(14)]
        there = {"plank": self.outgrown, "core_1": self.first, "core_2": second, "core_3": third}
        assert come_to(20, **there) == "core-3"
        assert come_to(28, **there) == "core-2"
        assert come_to(42, **there) == "core-1"
        assert come_to(60, plank=self.outgrown, core_1=[round_of(6)]) == "core-1"

    def test_pain_in_the_first_circuit_stays_with_it(self) -> None:
        assert come_to(9, plank=self.outgrown, core_1=[round_of(6), round_of(8, pain=5)]) == "core-1"

    def test_a_plank_that_goes_wrong_later_leads_back_to_planks(self) -> None:
        assert come_to(11, plank=[*self.outgrown, plank(10, 60, pain=4)], core_1=self.first) == "plank"


def test_a_routine_of_its_own_with_a_progression_is_judged_by_itself() -> None:
    mine = Routine("mine", "Mine", ONE.phase, ONE.items, rounds=2, progression=Progression())
    assert marks(standing(mine, round_of(0), place=ALONE)) == (1, 1, 0, "hold")
