"""What is true of the rule whatever anybody does."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.growing import DAY, MONDAY, ladder, plank, planks, practice, record

from prehab.domain.duration import Millis, seconds
from prehab.domain.events import Outcome
from prehab.domain.progression import assess, practices, replay
from prehab.domain.records import Practice
from prehab.domain.routine import Easier, Growth, Kind, Phase, Progression, Routine, Step
from prehab.domain.rule import Verdict
from prehab.domain.standing import Standing

SCORES = st.none() | st.integers(0, 10)


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """A ladder of any size with any thresholds in order."""
    start = draw(st.integers(10, 60))
    growth = Growth(
        seconds(start), seconds(start + draw(st.integers(1, 60))), seconds(draw(st.integers(1, 30)))
    )
    easier = Easier(seconds(draw(st.integers(1, start - 1))), "Easier") if draw(st.booleans()) else None
    easy = draw(st.integers(1, 9))
    clean = draw(st.integers(easy, 9))
    ease = draw(st.integers(1, 10))
    rule = Progression(
        easier=easier,
        clean_to_advance=draw(st.integers(1, 4)),
        easy_rpe=easy,
        clean_rpe=clean,
        miss_rpe=draw(st.integers(clean + 1, 10)),
        misses_to_back=draw(st.integers(1, 3)),
        ease_pain=ease,
        stop_pain=draw(st.integers(ease, 10)),
    )
    sets = draw(st.integers(1, 4))
    step = Step("front-plank", "Front plank", Kind.HOLD, growth.start, sets=sets, growth=growth)
    return Routine("plank", "Plank", Phase.ANY_DAY, (step,), progression=rule)


@st.composite
def sessions(draw: st.DrawFn) -> Practice:
    """Any session, at any level."""
    hold = draw(st.integers(1, 130))
    held = draw(st.lists(st.integers(0, 130), max_size=4))
    level = draw(st.none() | st.just(seconds(hold)))
    return practice(
        draw(st.integers(0, 4000)) / 16,
        planks(hold, *held),
        outcome=draw(st.sampled_from(Outcome)),
        level_ms=level,
        rpe=draw(st.none() | st.integers(1, 10)),
        pain_before=draw(SCORES),
        pain=draw(st.none() | st.integers(0, 4) | st.integers(0, 10)),
        flare=draw(st.sampled_from((None, False, True))),
    )


HISTORIES = st.lists(sessions(), max_size=25)


def stand(routine: Routine, history: list[Practice], day: int = 260) -> Standing:
    return assess(routine, history, now=Millis((MONDAY - 719_163 + day) * DAY), today=MONDAY + day)


@given(routines(), HISTORIES, st.integers(0, 400))
def test_level_streak_and_misses_never_leave_their_range(
    routine: Routine, history: list[Practice], day: int
) -> None:
    found = stand(routine, history, day)
    rule, growing = routine.progression, routine.growing
    assert rule is not None
    assert growing is not None
    assert growing.growth is not None
    top = len(growing.growth.rungs())
    assert (0 if rule.easier else 1) <= found.level <= top
    assert 0 <= found.streak < max(rule.clean_to_advance, 1)
    assert 0 <= found.misses < rule.misses_to_back
    holds = ((rule.easier.length,) if rule.easier else (None,)) + growing.growth.rungs()
    assert found.hold_ms == holds[found.level]
    assert found.why.endswith(".")


@given(routines(), HISTORIES, st.randoms(use_true_random=False))
def test_the_order_in_which_records_come_changes_nothing(
    routine: Routine, history: list[Practice], chance: random.Random
) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert stand(routine, shuffled) == stand(routine, history)
    assert replay(routine, shuffled) == replay(routine, history)


@given(HISTORIES, st.data())
def test_a_record_that_is_there_twice_counts_once(history: list[Practice], data: st.DataObject) -> None:
    records = [record(one, f"{number:04}") for number, one in enumerate(history)]
    again = data.draw(st.lists(st.sampled_from(records), max_size=5)) if records else []
    assert sorted(practices("plank", [*records, *again]), key=repr) == sorted(history, key=repr)


@given(routines(), HISTORIES, st.data())
def test_deleting_a_record_is_as_if_it_had_never_been(
    routine: Routine, history: list[Practice], data: st.DataObject
) -> None:
    records = [record(one, f"{number:04}") for number, one in enumerate(history)]
    gone = set(data.draw(st.lists(st.sampled_from(records), max_size=3))) if records else set()
    left = [one for one in records if one not in gone]
    stand(routine, list(practices("plank", records)))
    never = [one.practice for one in left]
    assert stand(routine, list(practices("plank", left))) == stand(routine, never)


@given(routines(), HISTORIES, sessions())
def test_a_session_that_broke_off_changes_nothing(
    routine: Routine, history: list[Practice], more: Practice
) -> None:
    broken_off = replace(more, outcome=Outcome.UNFINISHED)
    assert stand(routine, [*history, broken_off]) == stand(routine, history)


@given(routines(), HISTORIES, sessions())
def test_a_session_stopped_with_nothing_held_changes_nothing(
    routine: Routine, history: list[Practice], more: Practice
) -> None:
    steps = tuple(replace(step, held_ms=Millis(0)) for step in more.steps)
    nothing = replace(more, outcome=Outcome.STOPPED, steps=steps)
    assert stand(routine, [*history, nothing]) == stand(routine, history)


@given(routines(), HISTORIES)
def test_no_session_leads_more_than_one_level_above_the_one_done(
    routine: Routine, history: list[Practice]
) -> None:
    for judged in replay(routine, history):
        if judged.counts:
            assert judged.marks.level <= judged.level + 1
            assert (judged.marks.level > judged.level) == (judged.verdict is Verdict.ADVANCE)


@given(routines(), st.lists(st.tuples(st.integers(1, 40), sessions()), max_size=25))
def test_who_keeps_to_the_plan_never_jumps(routine: Routine, plan: list[tuple[int, Practice]]) -> None:
    history: list[Practice] = []
    day, level = 0, None
    for pause, drawn in plan:
        day += pause
        now = stand(routine, history, day)
        assert level is None or now.level <= level + 1
        level = now.level
        assert now.hold_ms is not None
        held = [step.held_ms / 1000 for step in drawn.steps]
        works = planks(now.hold_ms // 1000, *held)
        noon = practice(day, works, level_ms=now.hold_ms)
        history.append(replace(drawn, at=noon.at, day=noon.day, level_ms=now.hold_ms, steps=works))


@given(routines(), HISTORIES)
def test_days_off_never_lead_up_and_never_below_level_1(routine: Routine, history: list[Practice]) -> None:
    last = max((one.day for one in history), default=MONDAY) - MONDAY
    levels = [stand(routine, history, last + days).level for days in (0, 7, 14, 28, 300)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] >= min(levels[0], 1)


@given(st.lists(st.integers(1, 10), max_size=20))
def test_pain_never_leads_up_and_always_takes_the_streak(pains: list[int]) -> None:
    routine = Routine(
        "plank", "Plank", Phase.ANY_DAY,
        (Step("front-plank", "Front plank", Kind.HOLD, seconds(30), sets=3,
              growth=Growth(seconds(30), seconds(60), seconds(5))),),
        progression=Progression(easier=Easier(seconds(20), "Easier")),
    )  # fmt: skip
    history: list[Practice] = []
    for number, pain in enumerate(pains):
        before = stand(routine, history, number * 2)
        history.append(plank(number * 2, ladder(before.level), rpe=1, pain=pain))
        after = stand(routine, history, number * 2)
        if pain >= 4:
            assert (after.level, after.streak) == (max(0, before.level - 1), 0)
            assert after.verdict is (Verdict.STOP if pain >= 6 else Verdict.BACK)
