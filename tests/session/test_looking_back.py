"""The history as it is looked back on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from prehab.domain.duration import Millis, seconds
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import SessionRecord, StepRecord
from prehab.domain.routine import Bouts, Growth, Kind, Phase, Progression, Routine, Side, Step
from prehab.domain.rule import Verdict
from prehab.history.instants import instant_of
from prehab.history.stats import monday_of
from prehab.history.store import Answers, Store, open_store
from prehab.session.looking_back import LookingBack
from prehab.session.progress import Grown
from prehab.session.progress import Growth as Folds

NOW = datetime(2026, 11, 22, 19, 30, tzinfo=timezone(timedelta(hours=1)))
TODAY = NOW.toordinal()
GROWTH = Growth(seconds(30), seconds(60), seconds(5))
PLANK = Routine(
    "plank",
    "Plank",
    Phase.ANY_DAY,
    (Step("front-plank", "Front plank", Kind.HOLD, seconds(30), growth=GROWTH, sets=3),),
    progression=Progression(),
)
TENS = replace(
    PLANK,
    id="tens",
    items=(replace(next(iter(PLANK.steps())), bouts=Bouts(seconds(10), seconds(3))),),
)
SIDE = replace(PLANK, id="side", items=(replace(next(iter(PLANK.steps())), sides=(Side.LEFT, Side.RIGHT)),))
STRETCH = Routine("stretch", "Stretch", Phase.AFTER_RUN, (Step("calf", "Calf", Kind.HOLD, seconds(30)),))


def held(
    *lengths: int, step: str = "front-plank", sides: tuple[Side | None, ...] = (None,)
) -> tuple[StepRecord, ...]:
    return tuple(
        StepRecord(
            step,
            step,
            side,
            place,
            1,
            seconds(30),
            seconds(length + (5 if side is Side.RIGHT else 0)),
            StepOutcome.DONE,
        )
        for place, length in enumerate(lengths, 1)
        for side in sides
    )


def record(
    number: int, days_ago: int, routine: str, steps: tuple[StepRecord, ...], **more: object
) -> SessionRecord:
    at = NOW - timedelta(days=days_ago)
    plain = SessionRecord(
        f"0198f0c2-0000-7000-8000-{number:012x}", routine, routine, instant_of(at), instant_of(at),
        Outcome.COMPLETED, seconds(30) if routine != "stretch" else None, 6, None, 0, None, "", None, steps,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "history.db")
    yield opened
    opened.close()


def looking(store: Store | None, *routines: Routine, folds: Folds | None = None) -> LookingBack:
    folds = folds or Folds()

    def growing(routine: Routine) -> Grown | None:
        return folds.of(routines, [routine], store, NOW).get(routine.id)

    return LookingBack(routines, store, NOW, growing)


def test_a_week_holds_the_phases_of_each_day_and_the_work_of_each_phase(store: Store) -> None:
    store.put(record(1, 1, "plank", held(30, 30, 24)))
    store.put(record(2, 1, "stretch", held(30, step="calf")))
    store.put(record(3, 8, "gone", held(10)))
    store.put(record(4, 0, "plank", held(0)))
    before, week = looking(store, PLANK, STRETCH).weeks(monday_of(TODAY) - 7, 2)
    assert week.monday == monday_of(TODAY)
    assert week.days[5] == {Phase.ANY_DAY, Phase.AFTER_RUN}
    assert week.days[6] == frozenset()
    assert week.spent == {Phase.ANY_DAY: seconds(84), Phase.AFTER_RUN: seconds(30)}
    assert week.total == seconds(114)
    assert before.spent == {None: seconds(10)}


def test_without_a_history_everything_is_empty_and_the_first_sentence_is_there() -> None:
    past = looking(None, PLANK, STRETCH)
    assert past.weeks(TODAY, 1)[0].spent == {}
    assert past.backs() == ()
    assert past.page(10).sessions == ()
    assert past.delete("nothing") is None
    past.put_back(record(1, 1, "plank", held(30)))
    holds = past.holds()
    assert holds is not None
    assert holds.sessions == ()
    assert "Begin with three sets of 30 s" in holds.standing.why


def test_where_nothing_grows_by_a_longer_hold_there_are_no_holds(store: Store) -> None:
    assert looking(store, STRETCH).holds() is None


def test_holds_tell_the_level_the_sets_and_where_each_session_led(store: Store) -> None:
    store.put(record(1, 9, "plank", held(30, 30, 30)))
    store.put(record(2, 7, "plank", held(30, 30, 24)))
    store.put(record(3, 5, "plank", held(30, 30, 30)))
    store.put(record(4, 3, "plank", held(30, 30, 30)))
    store.put(record(5, 1, "plank", held(30), outcome=Outcome.UNFINISHED))
    holds = looking(store, PLANK).holds()
    assert holds is not None
    assert [one.sets for one in holds.sessions][1] == (seconds(30), seconds(30), seconds(24))
    assert [one.verdict for one in holds.sessions[:4]] == [Verdict.HOLD] * 3 + [Verdict.ADVANCE]
    assert [one.following for one in holds.sessions[:4]] == [seconds(30)] * 3 + [seconds(35)]
    assert [one.counts for one in holds.sessions] == [True] * 4 + [False]
    assert holds.standing.hold_ms == seconds(35)


def test_bouts_of_a_set_are_added_up_and_of_two_sides_the_shorter_one_stands(store: Store) -> None:
    bouts = tuple(replace(one, set=1) for one in held(10, 10, 7))
    store.put(record(1, 3, "tens", bouts))
    store.put(record(2, 2, "side", held(25, 30, sides=(Side.LEFT, Side.RIGHT))))
    past = looking(store, PLANK, TENS, SIDE)
    tens, side = past.holds("tens"), past.holds("side")
    assert tens is not None
    assert side is not None
    assert tens.sessions[0].sets == (seconds(27),)
    assert side.sessions[0].sets == (seconds(25), seconds(30))
    assert side.others == ("side", "tens")


def test_the_routine_done_last_is_shown_unless_another_is_wanted(store: Store) -> None:
    store.put(record(1, 3, "plank", held(30, 30, 30)))
    store.put(record(2, 2, "side", held(30, 30, 30)))
    past = looking(store, PLANK, SIDE)
    shown, wanted, unknown = past.holds(), past.holds("plank"), past.holds("gone")
    assert shown is not None
    assert wanted is not None
    assert unknown is not None
    assert (shown.routine, wanted.routine, unknown.routine) == ("side", "plank", "side")


def test_the_back_is_looked_at_over_three_weeks_where_there_is_an_answer(store: Store) -> None:
    for number, (days_ago, score) in enumerate(((21, 5), (20, 4), (3, None), (0, 1)), 1):
        store.put(record(number, days_ago, "plank", held(30), pain_before=score))
    assert [(TODAY - one.day, one.score) for one in looking(store, PLANK).backs()] == [(20, 4), (0, 1)]


def test_a_fold_is_kept_until_something_is_written_here_or_elsewhere(store: Store, tmp_path: Path) -> None:
    folds = Folds()
    store.put(record(1, 3, "plank", held(30, 30, 30)))
    first = folds.of([PLANK], [PLANK], store, NOW)["plank"]
    assert folds.of([PLANK], [PLANK], store, NOW)["plank"] is first
    store.update_answers(first_id := record(1, 3, "plank", ()).id, Answers(rpe=10))
    here = folds.of([PLANK], [PLANK], store, NOW)["plank"]
    assert here.standing.misses == 1
    other = open_store(tmp_path / "history.db")
    other.delete(first_id)
    other.close()
    assert folds.of([PLANK], [PLANK], store, NOW)["plank"].newest == ()


def test_days_off_count_although_nothing_is_written(store: Store) -> None:
    folds = Folds()
    store.put(record(1, 3, "plank", held(40, 40, 40), level_ms=Millis(40_000)))
    assert folds.of([PLANK], [PLANK], store, NOW)["plank"].standing.days_off == 3
    later = folds.of([PLANK], [PLANK], store, NOW + timedelta(days=20))["plank"].standing
    assert later.days_off == 23
