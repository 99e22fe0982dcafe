"""What a day is good for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.growing import CIRCUITS, DAY, MONDAY, PLANK, TENS, plank, record, round_of, standing

from prehab.domain.diary import Amount, Run, Soreness
from prehab.domain.due import Today, plan
from prehab.domain.duration import Millis, seconds
from prehab.domain.events import Outcome
from prehab.domain.records import Instant, Practice
from prehab.domain.routine import Kind, Phase, Routine, Step
from prehab.domain.week import Done

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def simple(id_: str, phase: Phase, kind: Kind = Kind.HOLD, per_week: int | None = None) -> Routine:
    step = Step(id_, id_, kind, seconds(30))
    return Routine(id_, id_.capitalize(), phase, (step,), per_week=per_week)


WARM_UPS = (simple("warmup-full", Phase.BEFORE_RUN, per_week=3), simple("warmup-short", Phase.BEFORE_RUN))
STRETCHES = (
    simple("stretch-full", Phase.AFTER_RUN, per_week=1),
    simple("stretch-short", Phase.AFTER_RUN, per_week=2),
)
ROLLING = (
    simple("foam-full", Phase.ANY_DAY, Kind.ROLL),
    simple("foam-hamstrings", Phase.ANY_DAY, Kind.ROLL, per_week=5),
)
DESK = simple("desk-reset", Phase.ANY_DAY, per_week=5)
RECOVERY = simple("recovery-back", Phase.RECOVERY)
LIBRARY = (*CIRCUITS, DESK, *ROLLING, PLANK, RECOVERY, *STRETCHES, TENS, *WARM_UPS)


def done(routine: str, day: float, **more: Any) -> Done:
    at = Millis(int((MONDAY - 719_163 + day) * DAY))
    return Done(routine, at, MONDAY + int(day), more.pop("outcome", Outcome.COMPLETED), **more)


def today(
    day: int,
    *sessions: Done,
    back: int | None = None,
    library: tuple[Routine, ...] = LIBRARY,
    wanted: dict[str, int] | None = None,
    **history: list[Practice],
) -> Today:
    """The plan of a day; histories of routines that grow come by id, underscores for hyphens."""
    standings = {
        one.id: standing(one, *history.get(one.id.replace("-", "_"), ()), day=day)
        for one in library
        if one.progression is not None
    }
    return plan(library, standings, sessions, MONDAY + day, back=back, wanted=wanted)


def ids(found: Today) -> list[str]:
    return [one.routine for one in found.due]


def said(found: Today, routine: str) -> str:
    return next(one.why for one in found.due if one.routine == routine)


def count(found: Today, label: str) -> tuple[int, int]:
    return next((one.done, one.of) for one in found.targets if one.label == label)


def test_on_the_first_day_everything_is_offered_and_the_plank_comes_first() -> None:
    found = today(MON)
    assert ids(found) == ["plank", "warmup-full", "foam-hamstrings", "desk-reset"]
    assert said(found, "plank") == "A good day to begin: 3 sets of 30 s."
    assert found.note == ""


def test_the_weeks_targets_are_those_of_the_files_and_of_a_runners_week() -> None:
    targets = [(one.label, one.done, one.of) for one in today(MON).targets]
    assert targets == [
        ("Stretch", 0, 3), ("Core", 0, 3), ("Warm-up", 0, 3), ("Rolling", 0, 5), ("Desk-reset", 0, 5),
    ]  # fmt: skip


def test_who_wants_another_number_a_week_has_it_and_is_spared_what_they_do_not_want() -> None:
    wanted = {"core": 2, "rolling": 0, "desk-reset": 1}
    found = today(MON, wanted=wanted)
    assert [(one.label, one.of) for one in found.targets] == [
        ("Stretch", 3), ("Core", 2), ("Warm-up", 3), ("Desk-reset", 1),
    ]  # fmt: skip
    assert "foam-hamstrings" not in ids(found)
    two = [done("plank", day) for day in (MON, WED)]
    assert "plank" in ids(today(FRI, *two, plank=[plank(WED)]))
    assert "plank" not in ids(today(FRI, *two, plank=[plank(WED)], wanted=wanted))


def test_who_wants_no_number_of_stretches_still_gets_one_after_a_run() -> None:
    found = today(MON, done("warmup-full", MON), wanted={"stretch": 0})
    assert ids(found)[0].startswith("stretch-")
    assert "Stretch" not in [one.label for one in found.targets]


class TestPlank:
    def test_it_is_due_on_days_that_are_not_back_to_back(self) -> None:
        on_monday = done("plank", MON)
        assert "plank" not in ids(today(MON, on_monday, plank=[plank(MON)]))
        assert "plank" not in ids(today(TUE, on_monday, plank=[plank(MON)]))
        found = today(WED, on_monday, plank=[plank(MON)])
        assert said(found, "plank") == "3 sets of 30 s, with a day between: 1 of 3 this week."

    def test_three_a_week_are_enough(self) -> None:
        three = [done("plank", day) for day in (MON, WED, FRI)]
        assert "plank" not in ids(today(SUN, *three, plank=[plank(FRI)]))
        assert "plank" in ids(today(SUN + 1, *three, plank=[plank(FRI)]))

    def test_all_core_work_counts_for_the_same_target(self) -> None:
        found = today(WED, done("tens", MON), done("core-1", TUE))
        assert count(found, "Core") == (2, 3)
        assert not {"plank", "tens", "core-1"} & set(ids(found))

    def test_twice_on_one_day_is_once(self) -> None:
        assert count(today(WED, done("plank", 0.3), done("plank", 0.7)), "Core") == (1, 3)

    def test_what_broke_off_or_was_empty_is_not_counted(self) -> None:
        broken_off = done("plank", TUE, outcome=Outcome.UNFINISHED)
        empty = done("plank", TUE, outcome=Outcome.STOPPED, is_empty=True)
        found = today(TUE, broken_off, empty)
        assert count(found, "Core") == (0, 3)
        assert "plank" in ids(found)

    def test_what_was_stopped_halfway_is(self) -> None:
        assert count(today(WED, done("plank", MON, outcome=Outcome.STOPPED)), "Core") == (1, 3)

    def test_the_version_used_last_is_offered(self) -> None:
        assert "tens" in ids(today(WED, done("plank", MON - 3), done("tens", MON)))
        assert "plank" in ids(today(WED, done("tens", MON - 3), done("plank", MON)))

    def test_after_two_painful_sessions_it_is_the_short_bouts(self) -> None:
        history = [plank(MON - 5, 45, pain=4), plank(MON - 3, 40, pain=4)]
        assert ids(today(MON, done("plank", MON - 3), plank=history))[0] == "tens"

    def test_after_three_there_is_a_week_without(self) -> None:
        history = [plank(day - 7, 45, pain=4) for day in (MON, WED, FRI)]
        found = today(MON, done("plank", FRI - 7), plank=history)
        assert not {"plank", "tens", "core-1"} & set(ids(found))
        assert found.note == "No plank for 4 more days; show your back to a physio."
        assert "plank" not in ids(today(THU, plank=history))
        assert "tens" in ids(today(FRI, plank=history))

    def test_after_a_stop_it_waits_for_the_back(self) -> None:
        history = [plank(MON - 4, 30, pain=7, pain_before=2)]
        assert said(today(MON, done("plank", MON - 4), plank=history), "plank") == (
            "Only when the back is at 2 or less before you start."
        )

    def test_who_has_outgrown_it_is_led_to_the_circuits(self) -> None:
        outgrown = [plank(day, 60) for day in (-6, -4, -2)]
        found = today(MON, done("plank", -2), plank=outgrown)
        assert ids(found)[0] == "core-1"
        assert said(found, "core-1") == "2 rounds, with a day between: 0 of 3 this week."
        later = today(SUN, done("core-1", THU), plank=outgrown, core_1=[round_of(TUE), round_of(THU)])
        assert ids(later)[0] == "core-2"


class TestStretch:
    def test_it_is_due_when_the_warm_up_was_done_earlier_the_same_day(self) -> None:
        assert "stretch-short" not in ids(today(MON))
        found = today(MON, done("warmup-short", 0.3))
        assert ids(found)[0] == "stretch-short"
        assert said(found, "stretch-short").startswith("You warmed up earlier today")
        assert "stretch-short" not in ids(today(TUE, done("warmup-short", 0.3)))

    def test_it_is_done_once_it_was_done_after_the_warm_up(self) -> None:
        assert "stretch-short" in ids(today(MON, done("stretch-full", 0.2), done("warmup-short", 0.3)))
        assert "stretch-short" not in ids(today(MON, done("warmup-short", 0.3), done("stretch-full", 0.4)))

    def test_one_of_three_is_the_long_one(self) -> None:
        two = [done("stretch-short", MON), done("stretch-short", WED)]
        assert ids(today(FRI, *two, done("warmup-full", 4.3)))[0] == "stretch-full"

    def test_a_fourth_run_of_the_week_still_gets_its_stretch(self) -> None:
        three = [done("stretch-short", day) for day in (MON, TUE, WED)]
        assert "stretch-full" in ids(today(FRI, *three, done("warmup-full", 4.3)))


class TestRecovery:
    def test_it_is_due_when_the_back_says_so_and_the_plank_is_not(self) -> None:
        found = today(MON, back=4)
        assert ids(found) == ["recovery-back", "foam-hamstrings", "desk-reset"]
        assert said(found, "recovery-back") == "Your back is at 4 today: gentle moves, and no plank."
        assert "recovery-back" not in ids(today(MON, back=3))

    def test_what_was_said_before_a_session_today_is_enough(self) -> None:
        assert ids(today(MON, done("desk-reset", 0.3, pain_before=5)))[0] == "recovery-back"

    def test_the_newest_word_of_the_day_counts(self) -> None:
        early, late = done("desk-reset", 0.3, pain_before=5), done("desk-reset", 0.6, pain_before=1)
        assert "recovery-back" not in ids(today(MON, early, late))
        assert "recovery-back" not in ids(today(MON, early, back=2))

    def test_a_flare_or_pain_of_yesterday_is_enough(self) -> None:
        flare = today(TUE, done("plank", MON, flare=True))
        assert said(flare, "recovery-back").startswith("The back was clearly worse this morning")
        pain = today(TUE, done("plank", MON, pain=5))
        assert said(pain, "recovery-back") == "It hurt at 5 yesterday: gentle moves today, and no plank."
        assert "recovery-back" not in ids(today(WED, done("plank", MON, pain=5, flare=True)))
        assert "recovery-back" not in ids(today(TUE, done("plank", MON, pain=5), back=1))

    def test_once_done_it_is_not_asked_for_again_and_the_plank_still_waits(self) -> None:
        found = today(MON, done("recovery-back", 0.3, pain_before=4))
        assert not {"recovery-back", "plank"} & set(ids(found))

    def test_at_six_there_is_no_routine_but_the_safety_text(self) -> None:
        found = today(MON, done("warmup-full", 0.3), back=6)
        assert found.is_safety
        assert found.due == ()
        assert found.note.endswith("See the warning signs.")
        assert count(found, "Warm-up") == (1, 3)

    def test_pain_that_ended_a_session_today_does_the_same(self) -> None:
        assert today(MON, done("plank", 0.3, pain_before=1, pain=7)).is_safety


class TestTheRestOfTheWeek:
    def test_a_warm_up_is_only_offered_for_a_run(self) -> None:
        assert said(today(MON), "warmup-full") == (
            "If you run today, it readies you to run: 0 of 3 this week."
        )
        assert "warmup-full" not in ids(today(TUE, done("warmup-full", MON)))

    def test_the_warm_up_used_last_is_offered(self) -> None:
        assert "warmup-short" in ids(today(WED, done("warmup-short", MON)))

    def test_rolling_is_for_most_days(self) -> None:
        rolled = [done("foam-hamstrings", day) for day in (MON, TUE, WED, THU)]
        assert "foam-hamstrings" in ids(today(FRI, *rolled))
        assert "foam-hamstrings" not in ids(today(FRI, *rolled, done("foam-full", 4.2)))
        assert "foam-full" not in ids(today(SAT, *rolled, done("foam-full", 4.2)))

    def test_the_desk_is_for_working_days(self) -> None:
        assert "desk-reset" in ids(today(FRI))
        assert not {"desk-reset"} & {*ids(today(SAT)), *ids(today(SUN))}

    def test_a_routine_of_ones_own_is_due_as_often_as_its_file_says(self) -> None:
        clams = simple("clams", Phase.ANY_DAY, per_week=2)
        library = (*LIBRARY, clams)
        assert said(today(MON, library=library), "clams") == "You asked for it: 0 of 2 this week."
        assert "clams" not in ids(today(TUE, done("clams", MON), library=library))
        both = [done("clams", MON), done("clams", WED)]
        assert "clams" not in ids(today(FRI, *both, library=library))

    def test_more_than_daily_means_more_than_once_a_day(self) -> None:
        library = (simple("tucks", Phase.ANY_DAY, per_week=14),)
        once, twice = done("tucks", 0.3), done("tucks", 0.6)
        assert ids(today(MON, once, library=library)) == ["tucks"]
        assert ids(today(MON, once, twice, library=library)) == []

    def test_what_no_file_asks_for_is_never_due(self) -> None:
        found = today(MON, library=(simple("yoga", Phase.ANY_DAY),))
        assert (found.due, found.targets) == ((), ())

    def test_a_free_day_is_part_of_the_plan(self) -> None:
        found = today(TUE, done("plank", MON), library=(PLANK,), plank=[plank(MON)])
        assert found.due == ()
        assert found.note == "Nothing is due today: rest is part of the plan."

    def test_weeks_begin_on_monday(self) -> None:
        last_sunday = done("foam-hamstrings", MON - 1)
        assert count(today(MON, last_sunday), "Rolling") == (0, 5)
        assert count(today(SUN, done("foam-hamstrings", MON)), "Rolling") == (1, 5)


def test_a_long_time_without_anything_is_never_held_against_anybody() -> None:
    away = [done(one.id, MON - 60) for one in LIBRARY if one is not TENS]
    found = today(MON, *away, plank=[plank(MON - 60, 45)])
    assert ids(found) == ["plank", "warmup-short", "foam-hamstrings", "desk-reset"]
    assert said(found, "plank") == "3 sets of 35 s, with a day between: 0 of 3 this week."
    assert all(one.done == 0 for one in found.targets)


def test_a_whole_record_gives_what_the_plan_needs() -> None:
    session = plank(0, pain_before=1, pain=2, flare=True)
    taken = Done.of(record(session, "a"))
    assert taken == Done("plank", session.at, session.day, session.outcome, False, 1, 2, True)
    assert Done.of(record(replace(session, steps=()), "b")).is_empty


SESSIONS = st.builds(
    done,
    st.sampled_from([one.id for one in LIBRARY] + ["gone"]),
    st.integers(-400, 100).map(lambda sixteenth: sixteenth / 16),
    outcome=st.sampled_from(Outcome),
    is_empty=st.booleans(),
    pain_before=st.none() | st.integers(0, 10),
    pain=st.none() | st.integers(0, 10),
    flare=st.none() | st.booleans(),
)


@given(st.lists(SESSIONS, max_size=20), st.integers(0, 6), st.none() | st.integers(0, 10))
def test_whatever_was_done_a_day_is_a_short_list_without_doubles(
    sessions: list[Done], day: int, back: int | None
) -> None:
    found = today(day, *sessions, back=back)
    assert len(set(ids(found))) == len(found.due) <= 6
    assert all(one.why.endswith(".") for one in found.due)
    assert bool(found.due) != bool(found.note)
    backwards = today(day, *reversed(sessions), back=back)
    assert backwards == found or len({one.at for one in sessions}) < len(sessions)
    if back is not None and back >= 4:
        assert not {"plank", "tens", "core-1", "warmup-full", "warmup-short"} & set(ids(found))


# The run itself


def run_at(day: float, **more: Any) -> Run:
    return Run("run", instant(day), **more)


def back_at(day: float, score: int, area: str = "lower back") -> Soreness:
    return Soreness("sore", instant(day), area, score)


def instant(day: float) -> Instant:
    return Instant("", Millis(int((MONDAY - 719_163 + day) * DAY)), MONDAY + int(day))


def with_diary(day: int, runs: tuple[Run, ...] = (), soreness: tuple[Soreness, ...] = ()) -> Today:
    standings = {one.id: standing(one, day=day) for one in LIBRARY if one.progression is not None}
    return plan(LIBRARY, standings, (), MONDAY + day, runs=runs, soreness=soreness)


def test_after_a_logged_run_the_stretch_comes_first_and_the_warm_up_is_gone() -> None:
    found = with_diary(TUE, (run_at(TUE + 0.3),))
    assert ids(found)[0] == "stretch-short"
    assert said(found, "stretch-short") == "You ran today: while you are warm, it keeps you supple."
    assert not {"warmup-full", "warmup-short"} & set(ids(found))


def test_a_run_of_yesterday_asks_for_no_stretch_today() -> None:
    found = with_diary(WED, (run_at(TUE + 0.3),))
    assert "stretch-short" not in ids(found)
    assert "warmup-full" in ids(found)


def test_a_run_that_was_stretched_after_asks_for_none() -> None:
    assert "stretch-short" not in ids(with_diary(TUE, (run_at(TUE + 0.3, stretch=Amount.SHORT),)))


def test_a_sore_morning_gets_the_gentle_routine_and_no_plank() -> None:
    found = with_diary(TUE, (run_at(MON + 0.3),), (back_at(TUE + 0.28, 4),))
    assert ids(found)[0] == "recovery-back"
    assert "plank" not in ids(found)
    assert said(found, "recovery-back") == "Your back is at 4 today: gentle moves, and no plank."


def test_sore_shoulders_or_a_back_that_was_sore_yesterday_change_nothing() -> None:
    usual = ids(with_diary(TUE))
    assert ids(with_diary(TUE, (), (back_at(TUE + 0.28, 9, "shoulders"), back_at(MON + 0.28, 5)))) == usual


def test_the_newest_word_about_the_back_counts() -> None:
    assert "recovery-back" not in ids(with_diary(TUE, (), (back_at(TUE + 0.28, 5), back_at(TUE + 0.5, 2))))


def test_a_back_at_six_belongs_to_the_safety_text() -> None:
    found = with_diary(TUE, (), (back_at(TUE + 0.28, 6),))
    assert found.is_safety
    assert found.due == ()
