"""The rule of growing, told session by session."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.domain.growing import (
    CIRCUITS,
    FRONT,
    MONDAY,
    PLANK,
    TENS,
    ladder,
    marks,
    plank,
    planks,
    practice,
    record,
    standing,
    tens,
    work,
)

from prehab.domain.duration import seconds
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.progression import practices, replay, standings
from prehab.domain.records import Practice
from prehab.domain.routine import Easier, Group, Growth, Kind, Phase, Progression, Routine, Side, Step
from prehab.domain.rule import Verdict


def sessions_to(level: int, streak: int, misses: int) -> list[Practice]:
    """A short history that leaves these marks."""
    if misses:
        return [plank(0, ladder(level), 1)]
    reached = [] if level == 1 else [plank(0, 30, 2), plank(2, ladder(level))]
    return [*reached, plank(4, ladder(level))] if streak else reached


@pytest.mark.parametrize(
    ("before", "sets", "rpe", "more", "after"),
    [
        ((1, 0, 0), 3, 6, {}, (1, 1, 0, "hold")),
        ((1, 1, 0), 3, 7, {}, (2, 0, 0, "advance")),
        ((1, 1, 0), 3, 8, {}, (1, 0, 0, "hold")),
        ((3, 1, 0), 2, 7, {}, (3, 0, 0, "hold")),
        ((3, 0, 0), 1, 9, {}, (3, 0, 1, "hold")),
        ((3, 0, 1), 0, 10, {}, (2, 0, 0, "back")),
        ((4, 1, 0), 3, 6, {"pain": 4}, (3, 0, 0, "back")),
        ((4, 1, 0), 3, 6, {"pain": 7}, (3, 0, 0, "stop")),
        ((2, 0, 0), 3, 3, {}, (3, 0, 0, "advance")),
        ((7, 1, 0), 3, 7, {}, (7, 0, 0, "graduate")),
        ((5, 1, 0), 3, 6, {"flare": True}, (5, 0, 0, "hold")),
        ((0, 0, 1), 1, 9, {}, (0, 0, 0, "back")),
    ],
)
def test_the_published_vectors_hold(
    before: tuple[int, int, int],
    sets: int,
    rpe: int,
    more: dict[str, Any],
    after: tuple[int, int, int, str],
) -> None:
    history = sessions_to(*before)
    assert marks(standing(PLANK, *history))[:3] == before
    last = plank(6, ladder(before[0]), sets, rpe=rpe, **more)
    assert marks(standing(PLANK, *history, last)) == after


def test_nothing_recorded_starts_at_the_first_rung() -> None:
    found = standing(PLANK)
    assert marks(found) == (1, 0, 0, "start")
    assert (found.hold_ms, found.sets, found.days_off, found.would_count) == (30_000, 3, None, True)


def test_fourteen_clean_sessions_lead_from_level_1_to_graduation() -> None:
    history: list[Practice] = []
    levels = []
    for number in range(14):
        now = standing(PLANK, *history)
        assert now.verdict is not Verdict.GRADUATE
        assert now.hold_ms is not None
        levels.append(now.level)
        history.append(plank(number * 2, now.hold_ms // 1000))
    assert levels == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]
    assert marks(standing(PLANK, *history)) == (7, 0, 0, "graduate")


def test_misses_go_back_to_none_after_any_session_that_is_not_one() -> None:
    history = [plank(0, 30, 1), plank(2, 30, 2), plank(4, 30, 1)]
    assert marks(standing(PLANK, *history)) == (1, 0, 1, "hold")


def test_effort_10_is_a_miss_with_all_sets_held() -> None:
    assert marks(standing(PLANK, plank(0, rpe=10))) == (1, 0, 1, "hold")
    assert marks(standing(PLANK, plank(0, rpe=10), plank(2, rpe=10))) == (0, 0, 0, "back")


def test_without_an_easier_step_the_first_level_is_the_lowest() -> None:
    bare = replace(PLANK, progression=Progression())
    assert marks(standing(bare, plank(0, sets=0), plank(2, sets=0))) == (1, 0, 0, "back")


class TestMissingAnswers:
    def test_a_session_without_effort_neither_counts_nor_breaks_a_streak(self) -> None:
        assert marks(standing(PLANK, plank(0, rpe=None))) == (1, 0, 0, "hold")
        assert marks(standing(PLANK, plank(0), plank(2, rpe=None))) == (1, 1, 0, "hold")
        assert marks(standing(PLANK, plank(0), plank(2, rpe=None), plank(4))) == (2, 0, 0, "advance")
        assert marks(standing(PLANK, plank(0), plank(2, sets=2, rpe=None))) == (1, 1, 0, "hold")

    def test_a_session_without_effort_ends_a_row_of_misses(self) -> None:
        assert marks(standing(PLANK, plank(0, sets=0), plank(2, rpe=None), plank(4, sets=0)))[2] == 1

    def test_a_miss_and_a_flare_are_known_without_an_effort(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(2, sets=1, rpe=None))) == (1, 0, 1, "hold")
        assert marks(standing(PLANK, plank(0), plank(2, rpe=None, flare=True))) == (1, 0, 0, "hold")

    def test_pain_counts_without_an_effort(self) -> None:
        assert marks(standing(PLANK, plank(0, rpe=None, pain=5))) == (0, 0, 0, "back")

    def test_no_pain_given_is_no_pain_and_no_answer_about_the_morning_no_flare(self) -> None:
        history = [plank(0, pain=None, flare=None), plank(2, pain=None, flare=None)]
        assert marks(standing(PLANK, *history)) == (2, 0, 0, "advance")

    def test_an_answer_about_the_morning_that_comes_later_changes_the_verdict(self) -> None:
        said_nothing = [plank(0), plank(2)]
        assert standing(PLANK, *said_nothing).awaits_morning
        told = [plank(0), plank(2, flare=True)]
        assert marks(standing(PLANK, *told)) == (1, 0, 0, "hold")
        assert not standing(PLANK, *told).awaits_morning


class TestWhatCounts:
    @pytest.mark.parametrize("pain", [None, 8])
    def test_an_unfinished_session_does_not_count_at_all(self, pain: int | None) -> None:
        broken_off = plank(2, sets=1, of=2, outcome=Outcome.UNFINISHED, pain=pain)
        assert standing(PLANK, plank(0), broken_off, day=3) == standing(PLANK, plank(0), day=3)

    def test_one_stopped_with_nothing_held_does_not_count_at_all(self) -> None:
        nothing = practice(2, planks(30, 0), level_ms=seconds(30), outcome=Outcome.STOPPED, pain=7)
        assert standing(PLANK, plank(0), nothing, day=3) == standing(PLANK, plank(0), day=3)

    def test_one_stopped_before_its_first_work_does_not_count_at_all(self) -> None:
        empty = practice(2, (), level_ms=seconds(30), outcome=Outcome.STOPPED)
        assert standing(PLANK, plank(0), empty, day=3) == standing(PLANK, plank(0), day=3)

    def test_one_stopped_after_two_sets_holds_two_sets(self) -> None:
        stopped = plank(0, sets=2, of=2, outcome=Outcome.STOPPED)
        assert replay(PLANK, [stopped])[0].held == 2
        assert marks(standing(PLANK, stopped)) == (1, 0, 0, "hold")

    def test_a_second_session_within_a_day_is_left_out(self) -> None:
        early = plank(0.9)
        assert marks(standing(PLANK, plank(0), early, day=2)) == (1, 1, 0, "hold")
        assert marks(standing(PLANK, plank(0), plank(0.2, sets=0), day=2)) == (1, 1, 0, "hold")
        assert marks(standing(PLANK, plank(0), plank(1), day=2)) == (2, 0, 0, "advance")

    def test_a_day_is_counted_from_the_last_session_that_counted(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(0.8), plank(1.2))) == (2, 0, 0, "advance")

    def test_pain_counts_even_within_a_day(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(0.3, pain=4), day=2)) == (0, 0, 0, "back")
        assert marks(standing(PLANK, plank(0), plank(0.3, pain=6), day=2)) == (0, 0, 0, "stop")

    def test_pain_within_a_day_never_leads_up(self) -> None:
        chosen = plank(0.3, 60, pain=5)
        assert standing(PLANK, plank(0), chosen, day=2).level == 0

    def test_a_session_that_would_come_too_early_is_told(self) -> None:
        assert not standing(PLANK, plank(0), day=0.5).would_count
        assert standing(PLANK, plank(0), day=1).would_count
        assert standing(PLANK, plank(400), day=1).would_count, "a clock that was set back blocks nothing"


class TestSets:
    def test_seconds_corrected_downwards_are_not_held(self) -> None:
        honest = practice(0, planks(30, 30, 30, 24), level_ms=seconds(30))
        assert replay(PLANK, [honest])[0].held == 2

    def test_time_added_does_not_change_what_was_planned(self) -> None:
        longer = practice(0, planks(30, 38, 40, 31), level_ms=seconds(30))
        assert replay(PLANK, [longer])[0].held == 3

    def test_a_skipped_set_is_not_held_whatever_its_seconds(self) -> None:
        works = (*planks(30, 30, 30), work(30, 30, set=3, outcome=StepOutcome.SKIPPED))
        assert replay(PLANK, [practice(0, works)])[0].held == 2

    def test_a_set_has_both_sides(self) -> None:
        both = replace(FRONT, sides=(Side.LEFT, Side.RIGHT))
        routine = replace(PLANK, items=(both,))
        works = tuple(
            work(30, 20 if (number, side) == (2, Side.RIGHT) else 30, set=number, side=side)
            for number in (1, 2, 3)
            for side in both.sides
        )
        assert replay(routine, [practice(0, works)])[0].held == 2
        stopped = practice(0, works[:1], outcome=Outcome.STOPPED)
        assert replay(routine, [stopped])[0].held == 0

    def test_other_steps_of_the_routine_do_not_count(self) -> None:
        march = Step("march", "March", Kind.MOVE, seconds(20))
        routine = replace(PLANK, items=(march, FRONT))
        works = (work(20, 0, step="march"), *planks(30, 30, 30, 30))
        assert marks(standing(routine, practice(0, works, level_ms=seconds(30)))) == (1, 1, 0, "hold")
        only_march = practice(0, (work(20, 20, step="march"),), outcome=Outcome.STOPPED)
        assert standing(routine, only_march).verdict is Verdict.START

    def test_a_renamed_step_keeps_its_history_where_it_is_the_only_one(self) -> None:
        renamed = replace(PLANK, items=(replace(FRONT, id="forearm-plank", name="Forearm plank"),))
        assert marks(standing(renamed, plank(0))) == (1, 1, 0, "hold")

    def test_sets_in_rounds_are_counted_together(self) -> None:
        routine = replace(PLANK, items=(Group((replace(FRONT, sets=1),), rounds=3),))
        works = tuple(work(30, 30, round=lap) for lap in (1, 2, 3))
        assert standing(routine, practice(0, works)).sets == 3
        assert replay(routine, [practice(0, works)])[0].held == 3

    @pytest.mark.parametrize(
        ("sets", "held", "after"),
        [
            (1, 1, (1, 1, 0, "hold")),
            (1, 0, (1, 0, 1, "hold")),
            (2, 1, (1, 0, 0, "hold")),
            (2, 0, (1, 0, 1, "hold")),
            (5, 3, (1, 0, 0, "hold")),
            (5, 2, (1, 0, 1, "hold")),
        ],
    )
    def test_less_than_half_of_any_number_of_sets_is_a_miss(
        self, sets: int, held: int, after: tuple[int, int, int, str]
    ) -> None:
        routine = replace(PLANK, items=(replace(FRONT, sets=sets),))
        assert marks(standing(routine, plank(0, sets=held, of=sets))) == after


class TestTens:
    def test_the_same_rule_holds(self) -> None:
        assert marks(standing(TENS, tens(0), tens(2))) == (2, 0, 0, "advance")
        assert marks(standing(TENS, tens(0), tens(2, sets=2))) == (1, 0, 0, "hold")

    def test_a_set_is_held_when_all_its_bouts_are(self) -> None:
        whole = tens(0, 30)
        in_a_gap = replace(whole, steps=whole.steps[:7], outcome=Outcome.STOPPED)
        assert replay(TENS, [in_a_gap])[0].held == 2

    @pytest.mark.parametrize(("hold", "level"), [(20, 0), (30, 1), (40, 2), (50, 4), (60, 6)])
    def test_a_level_that_is_not_said_is_read_off_the_bouts(self, hold: int, level: int) -> None:
        assert replay(TENS, [tens(0, hold, level_ms=None)])[0].level == level

    def test_of_two_levels_with_as_many_bouts_it_is_the_one_that_was_due(self) -> None:
        history = [tens(0, 40), tens(2, 40, level_ms=None)]
        assert [judged.level for judged in replay(TENS, history)] == [3, 3]


class TestChosenLevels:
    def test_the_rule_goes_on_from_the_level_done_with_no_streak(self) -> None:
        history = [plank(0), plank(2, 50)]
        assert marks(standing(PLANK, *history)) == (5, 0, 0, "hold")
        assert marks(standing(PLANK, *history, plank(4, 50))) == (5, 1, 0, "hold")
        assert marks(standing(PLANK, *history, plank(4, 50), plank(6, 50))) == (6, 0, 0, "advance")

    def test_an_easy_session_at_a_chosen_level_does_not_lead_further_up(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(2, 60, rpe=1))) == (7, 0, 0, "hold")

    def test_pain_and_misses_are_judged_from_the_level_done(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(2, 50, pain=4))) == (4, 0, 0, "back")
        assert marks(standing(PLANK, plank(0), plank(2, 50, 1))) == (5, 0, 1, "hold")
        assert marks(standing(PLANK, plank(0, sets=0), plank(2, 50, 1))) == (4, 0, 0, "back")

    def test_a_lower_level_may_be_chosen_as_well(self) -> None:
        assert marks(standing(PLANK, plank(0, 50), plank(2, 30))) == (1, 0, 0, "hold")

    def test_from_the_knees_is_a_beginning_like_any_other(self) -> None:
        assert marks(standing(PLANK, plank(0, 20))) == (0, 1, 0, "hold")
        assert marks(standing(PLANK, plank(0, 20), plank(2, 20))) == (1, 0, 0, "advance")

    @pytest.mark.parametrize(("hold", "level"), [(5, 0), (25, 0), (33, 1), (59, 6), (90, 7)])
    def test_a_hold_off_the_ladder_counts_as_the_rung_below(self, hold: int, level: int) -> None:
        assert replay(PLANK, [plank(0, hold)])[0].level == level

    def test_a_hold_off_the_ladder_on_the_right_rung_is_no_choice(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(2, 33))) == (2, 0, 0, "advance")

    def test_a_level_that_is_not_said_is_the_longest_planned_hold(self) -> None:
        assert replay(PLANK, [plank(0, 45, level_ms=None)])[0].level == 4

    def test_what_the_days_off_prescribed_is_no_choice(self) -> None:
        there = [plank(0), plank(2, 45), plank(4, 45)]
        assert marks(standing(PLANK, *there, plank(19, 40))) == (3, 1, 0, "hold")
        assert marks(standing(PLANK, *there, plank(19, 45))) == (4, 0, 0, "hold")


class TestDaysOff:
    @pytest.mark.parametrize(
        ("start", "days", "level"),
        [
            (4, 6, 4), (4, 7, 4), (4, 13, 4), (4, 14, 3), (4, 27, 3), (4, 28, 2), (4, 400, 2),
            (2, 28, 1), (1, 28, 1), (1, 14, 1), (0, 14, 0), (0, 400, 0),
        ],
    )  # fmt: skip
    def test_levels_go_down_step_by_step(self, start: int, days: int, level: int) -> None:
        found = standing(PLANK, plank(-2, 30, 2), plank(0, ladder(start)), day=days)
        assert (found.level, found.days_off) == (level, days)
        assert found.hold_ms == ladder(level) * 1000

    def test_the_streak_starts_again_after_a_week(self) -> None:
        assert marks(standing(PLANK, plank(0), plank(6))) == (2, 0, 0, "advance")
        assert marks(standing(PLANK, plank(0), plank(7))) == (1, 1, 0, "hold")

    def test_what_the_last_session_left_is_still_told(self) -> None:
        found = standing(PLANK, plank(0), day=20)
        assert (found.streak, found.verdict) == (1, Verdict.HOLD)

    def test_calendar_days_are_counted_not_hours(self) -> None:
        late = plank(0.4)
        assert standing(PLANK, late, day=6.9).days_off == 6
        assert standing(PLANK, late, day=7).days_off == 7

    def test_a_clock_set_back_takes_no_days(self) -> None:
        assert standing(PLANK, plank(0, 30), day=-365).days_off == 0


class TestPain:
    def test_two_painful_sessions_in_a_row_offer_bouts(self) -> None:
        history = [plank(0, 50), plank(2, 50, pain=4)]
        assert standing(PLANK, *history).offer is None
        history.append(plank(4, 45, pain=5))
        assert standing(PLANK, *history).offer == "tens"
        assert standing(PLANK, *history, plank(6, 40)).offer is None

    def test_bouts_are_not_offered_to_who_does_them(self) -> None:
        assert standing(TENS, tens(0, pain=4), tens(2, 20, pain=4)).offer is None

    def test_a_third_one_brings_a_week_off(self) -> None:
        history = [plank(day, 30, pain=4) for day in (0, 2, 4)]
        assert standing(PLANK, *history[:2], day=5).rest_until is None
        assert standing(PLANK, *history, day=5).rest_until == MONDAY + 11
        assert standing(PLANK, *history, day=10).rest_until == MONDAY + 11
        assert standing(PLANK, *history, day=11).rest_until is None

    def test_a_session_without_pain_breaks_the_row_and_one_that_does_not_count_does_not(self) -> None:
        pain = [plank(0, pain=4), plank(2, 20, pain=4)]
        left_out = plank(2.5, 20)
        assert standing(PLANK, *pain, left_out, plank(4, 20, pain=4), day=5).sore == 3
        assert standing(PLANK, *pain, plank(4, 20), plank(6, 20, pain=4), day=7).sore == 1

    def test_after_a_stop_the_back_has_to_be_at_its_usual_and_at_three_or_less(self) -> None:
        assert standing(PLANK, plank(0, pain=6)).back_limit == 3
        assert standing(PLANK, plank(0, pain_before=1), plank(2, pain=6)).back_limit == 1
        assert standing(PLANK, plank(0, pain=6, pain_before=5)).back_limit == 3
        quiet = [plank(day, pain_before=back) for day, back in ((0, 0), (2, 2), (4, 2))]
        assert standing(PLANK, *quiet, plank(6, pain_before=1, pain=8)).back_limit == 2

    def test_without_a_stop_there_is_no_such_limit(self) -> None:
        assert standing(PLANK, plank(0, pain=5, pain_before=4)).back_limit is None
        assert standing(PLANK, plank(0, pain=7), plank(2, 20)).back_limit is None


class TestThresholds:
    def test_they_are_the_routines_own(self) -> None:
        rule = Progression(
            easier=Easier(seconds(20), "From the knees"), clean_to_advance=3, clean_rpe=5, easy_rpe=1,
            miss_rpe=9, misses_to_back=1, ease_pain=2, stop_pain=3,
        )  # fmt: skip
        routine = replace(PLANK, progression=rule)
        assert marks(standing(routine, plank(0, rpe=5), plank(2, rpe=5))) == (1, 2, 0, "hold")
        assert marks(standing(routine, *(plank(day, rpe=5) for day in (0, 2, 4)))) == (2, 0, 0, "advance")
        assert marks(standing(routine, plank(0, rpe=6))) == (1, 0, 0, "hold")
        assert marks(standing(routine, plank(0, rpe=1))) == (2, 0, 0, "advance")
        assert marks(standing(routine, plank(0, rpe=9))) == (0, 0, 0, "back")
        assert marks(standing(routine, plank(0, pain=2))) == (0, 0, 0, "back")
        assert marks(standing(routine, plank(0, pain=3))) == (0, 0, 0, "stop")

    def test_a_ladder_that_the_step_does_not_divide_ends_on_its_last_rung(self) -> None:
        wall_sit = Step(
            "wall-sit", "Wall sit", Kind.HOLD, seconds(20),
            growth=Growth(seconds(20), seconds(45), seconds(10)),
        )  # fmt: skip
        routine = Routine("wall-sit", "Wall sit", Phase.ANY_DAY, (wall_sit,), progression=Progression())
        easy = [
            practice(day, (work(hold, hold, step="wall-sit"),), level_ms=seconds(hold), rpe=2)
            for day, hold in ((0, 20), (2, 30), (4, 40), (6, 45))
        ]
        assert [(one.level, one.verdict.value) for one in replay(routine, easy)] == [
            (1, "advance"), (2, "advance"), (3, "advance"), (4, "graduate"),
        ]  # fmt: skip
        assert standing(routine, *easy).hold_ms == 45_000


def test_whole_records_are_taken_by_routine_and_once_each() -> None:
    first, second = record(plank(0), "a"), record(plank(2), "b")
    other = record(plank(4), "c", routine="tens")
    assert practices("plank", [second, first, other, first]) == (second.practice, first.practice)
    assert marks(standing(PLANK, *practices("plank", [second, first, first]))) == (2, 0, 0, "advance")


def test_all_that_grows_is_assessed_together_each_in_its_place() -> None:
    stretch = replace(PLANK, id="stretch", progression=None)
    history = {"plank": [plank(0), plank(2)]}
    library = (*CIRCUITS, PLANK, stretch, TENS)
    found = standings(
        library, lambda id_: history.get(id_, []), now=history["plank"][-1].at, today=MONDAY + 2
    )
    assert list(found) == ["core-1", "core-2", "core-3", "core-4", "plank", "tens"]
    assert [one.level for one in found.values()] == [1, 2, 3, 4, 2, 1]
    assert found["plank"].verdict is Verdict.ADVANCE
    assert not found["plank"].would_count


def test_a_replay_tells_of_each_session_what_became_of_it() -> None:
    history = [plank(0), plank(0.5), plank(2), plank(4, 35, 1), plank(5, 35, outcome=Outcome.UNFINISHED)]
    told = [(one.level, one.held, one.counts, one.verdict.value) for one in replay(PLANK, reversed(history))]
    assert told == [
        (1, 3, True, "hold"),
        (1, 3, False, "hold"),
        (1, 3, True, "advance"),
        (2, 1, True, "hold"),
        (2, 3, False, "hold"),
    ]
