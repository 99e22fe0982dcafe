"""The diary over real files: what is proposed, asked, kept and told on which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.formats.recordings import gpx

from prehab.domain.commands import Command
from prehab.domain.diary import Amount, CheckIn, Place, Run, Surface
from prehab.domain.duration import MINUTE, Millis
from prehab.domain.events import CueDue, Outcome
from prehab.domain.fit import AS_IT_IS, Fit
from prehab.errors import UserError
from prehab.history.instants import instant_of
from prehab.runtime.clock import ManualClock
from prehab.session.front import Prehab, Wish

SILENT = Wish(backend="silent", voiced=False)
MORNING = datetime(2026, 3, 2, 6, 38, tzinfo=timezone(timedelta(hours=1)))


class Day:
    """A wall clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def prehab(clock: ManualClock, day: Day) -> Iterator[Prehab]:
    house = Prehab(clock, day)
    yield house
    house.close()


def lead_through(prehab: Prehab, clock: ManualClock, day: Day, routine: str) -> None:
    """Do a whole session, with the day going on as it does."""
    session = prehab.session(routine, SILENT)
    session.start()
    while not session.is_over:
        clock.jump(1000)
        day.goes_on(seconds=1)
        session.pulse()
    session.close()


def log(prehab: Prehab, day: Day, *, ago: float = 0) -> None:
    prehab.diary.log_run(prehab.diary.blank(instant_of(day.now - timedelta(hours=ago))))


def test_only_looking_never_makes_the_file(prehab: Prehab) -> None:
    assert prehab.diary.run_to_confirm() is None
    assert prehab.diary.run_to_ask() is None
    assert prehab.diary.see_somebody() == ""
    assert len(prehab.diary.insights()) == 6
    assert len(prehab.diary.mornings()) == 21
    assert prehab.ledger.history.path is not None


def test_a_run_after_the_warm_up_is_proposed_and_then_the_stretch_is_due(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    lead_through(prehab, clock, day, "warmup-short")
    warmed_up = day.now
    day.goes_on(minutes=38)
    run = prehab.diary.run_to_confirm()
    assert run is not None
    assert run.warm_up is Amount.SHORT
    assert abs(run.started_at.epoch - instant_of(warmed_up).epoch) < 2000
    assert abs((run.duration_ms or 0) - 38 * 60_000) < 2000
    prehab.diary.log_run(run)
    assert prehab.diary.run_to_confirm() is None
    assert prehab.ledger.today().due[0].routine.startswith("stretch-")
    lead_through(prehab, clock, day, "stretch-short")
    (logged,) = prehab.diary.diary().runs
    assert logged.stretch is Amount.SHORT
    assert not any(due.routine.startswith("stretch-") for due in prehab.ledger.today().due)


def test_a_run_that_was_waved_away_comes_back_only_to_who_logs_one(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    lead_through(prehab, clock, day, "warmup-short")
    day.goes_on(minutes=9)
    run = prehab.diary.run_to_confirm(is_asked_for=False)
    assert run is not None
    prehab.diary.wave_run_away(run)
    day.goes_on(minutes=30)
    assert prehab.diary.run_to_confirm(is_asked_for=False) is None
    asked_for = prehab.diary.run_to_confirm()
    assert asked_for is not None
    assert asked_for.started_at == run.started_at


def test_the_morning_after_is_asked_about_once_and_makes_the_day(prehab: Prehab, day: Day) -> None:
    log(prehab, day)
    assert prehab.diary.run_to_ask() is None
    day.goes_on(days=1)
    run = prehab.diary.run_to_ask()
    assert run is not None
    answered = prehab.diary.log_soreness({"lower back": 4, "shoulders": 1})
    assert (answered.is_safety, answered.see_somebody) == (False, "")
    assert prehab.diary.run_to_ask() is None
    due = [one.routine for one in prehab.ledger.today().due]
    assert due[0] == "recovery-back"
    assert "plank" not in due
    shown = prehab.diary.mornings()
    assert shown[-1].scores == {"lower back": 4, "shoulders": 1}
    assert shown[-2].runs == (run,)


@pytest.mark.parametrize(
    ("scores", "is_sharp"), [({"lower back": 6}, False), ({"lower back": 0}, True), ({}, True)]
)
def test_red_flags_lead_to_the_safety_text(prehab: Prehab, scores: dict[str, int], is_sharp: bool) -> None:
    assert prehab.diary.log_soreness(scores, is_sharp=is_sharp).is_safety


def test_three_bad_mornings_say_that_somebody_should_see_it(prehab: Prehab, day: Day) -> None:
    for _ in range(3):
        assert prehab.diary.see_somebody() == ""
        log(prehab, day)
        day.goes_on(days=1)
        answered = prehab.diary.log_soreness({"lower back": 4})
        assert answered.see_somebody == prehab.diary.see_somebody()
        day.goes_on(days=1)
    assert prehab.diary.see_somebody(is_asked_for=False)
    day.goes_on(days=40)
    assert prehab.diary.see_somebody(is_asked_for=False) == ""
    assert prehab.diary.see_somebody()


EVENING = datetime(2026, 11, 22, 19, 30, tzinfo=MORNING.tzinfo)
"""Of the day on which the made recordings were made."""


def test_a_recording_read_twice_is_one_run_and_keeps_what_was_said(
    prehab: Prehab, day: Day, tmp_path: Path
) -> None:
    day.now = EVENING
    file = tmp_path / "run.gpx"
    file.write_text(gpx(10), encoding="utf-8")
    run, word = prehab.diary.from_watch(file)
    assert word == ""
    assert run.started_at.written == "2026-11-22T07:42:00+01:00"
    assert run.duration_ms == Millis(600_000)
    prehab.diary.log_run(replace(run, surface=Surface.TRAIL))
    again, _ = prehab.diary.from_watch(file)
    assert (again.id, again.surface) == (run.id, Surface.TRAIL)
    prehab.diary.log_run(again)
    assert len(prehab.diary.diary().runs) == 1


def test_a_run_that_was_told_of_before_is_found_in_the_recording(
    prehab: Prehab, day: Day, tmp_path: Path
) -> None:
    day.now = EVENING
    file = tmp_path / "run.gpx"
    file.write_text(gpx(10), encoding="utf-8")
    at = instant_of(EVENING.replace(hour=7, minute=40))
    told = replace(prehab.diary.blank(at), duration_ms=Millis(12 * MINUTE), effort=5, surface=Surface.GRASS)
    later = prehab.diary.blank(instant_of(EVENING.replace(hour=7, minute=55)))
    prehab.diary.log_run(told)
    prehab.diary.log_run(later)
    run, _ = prehab.diary.from_watch(file)
    assert (run.id, run.effort, run.surface) == (told.id, 5, Surface.GRASS)
    assert run.started_at.written == "2026-11-22T07:42:00+01:00"
    assert run.distance_m == pytest.approx(2224, abs=8)
    assert run.duration_ms == 10 * MINUTE


def test_a_recording_of_a_day_to_come_is_refused(prehab: Prehab, day: Day, tmp_path: Path) -> None:
    day.now = EVENING
    file = tmp_path / "run.gpx"
    file.write_text(gpx(10).replace("2026-11-22", "2026-12-24"), encoding="utf-8")
    with pytest.raises(UserError, match="2026-12-24, which is yet to come"):
        prehab.diary.from_watch(file)


def test_a_page_of_the_diary_is_forgotten_and_put_back(prehab: Prehab, day: Day) -> None:
    log(prehab, day)
    day.goes_on(days=1)
    prehab.diary.log_soreness({"shoulders": 2, "lower back": 5})
    check_in, run = prehab.diary.pages()
    assert isinstance(run, Run)
    assert isinstance(check_in, CheckIn)
    assert [(one.area, one.score) for one in check_in.entries] == [("shoulders", 2), ("lower back", 5)]
    for page in (run, check_in):
        prehab.diary.forget(page)
        assert page not in prehab.diary.pages()
        prehab.diary.forget(page)
        prehab.diary.keep(page)
        assert prehab.diary.pages() == (check_in, run)


def test_a_check_in_that_is_put_right_keeps_its_moment_and_its_ids(prehab: Prehab, day: Day) -> None:
    log(prehab, day)
    day.goes_on(days=1)
    prehab.diary.log_soreness({"lower back": 5, "shoulders": 2})
    (check_in, _) = prehab.diary.pages()
    assert isinstance(check_in, CheckIn)
    day.goes_on(days=3)
    answered = prehab.diary.change(check_in, {"lower back": 3, "calves": 1}, {"calves": Place.LEFT})
    assert not answered.is_safety
    (changed, _) = prehab.diary.pages()
    assert isinstance(changed, CheckIn)
    assert changed.at == check_in.at
    told = {one.area: (one.score, one.side) for one in changed.entries}
    assert told == {"lower back": (3, None), "calves": (1, Place.LEFT)}
    by_area = {one.area: one.id for one in check_in.entries}
    assert [one.id for one in changed.entries if one.area == "lower back"] == [by_area["lower back"]]


def test_red_flags_reach_the_safety_text_when_a_check_in_is_put_right(prehab: Prehab) -> None:
    prehab.diary.log_soreness({"lower back": 2})
    (check_in,) = prehab.diary.pages()
    assert isinstance(check_in, CheckIn)
    assert prehab.diary.change(check_in, {"lower back": 2}, {}, is_sharp=True).is_safety
    assert prehab.diary.change(check_in, {"lower back": 6}, {}).is_safety
    assert not prehab.diary.change(check_in, {}, {}).is_safety
    assert prehab.diary.pages() == ()


def test_an_entry_is_found_by_the_beginning_of_its_id(prehab: Prehab, day: Day) -> None:
    log(prehab, day)
    log(prehab, day, ago=48)
    prehab.diary.log_soreness({"lower back": 2})
    for page in prehab.diary.pages():
        id_ = page.id if isinstance(page, Run) else page.entries[0].id
        assert prehab.diary.find(id_.upper()) == page
    for written in ("", "no-such-id"):
        with pytest.raises(UserError):
            prehab.diary.find(written)


def said_in_the_run(prehab: Prehab, fit: Fit = AS_IT_IS) -> list[str]:
    timeline = prehab.timeline("run-posture", fit=fit)
    return [cue.text for cue in timeline.segments[-1].cues if cue.text is not None]


def test_the_areas_of_the_next_run_go_on_where_the_last_one_left_off(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    twenty = Fit(run_for=Millis(20 * 60_000))
    assert said_in_the_run(prehab, twenty)[:3] == [
        "Eyes ahead, chin level, head over shoulders.",
        "Shrug up, let go, leave the shoulders low.",
        "Elbows back, hands travel forward, not across.",
    ]
    session = prehab.session("run-posture", replace(SILENT, fit=twenty))
    session.start()
    while not session.is_over:
        clock.jump(10_000)
        session.pulse()
    session.close()
    assert said_in_the_run(prehab)[0] == "Unclench. Hold an imaginary egg."
    day.goes_on(minutes=21)
    run = prehab.diary.run_to_confirm()
    assert run is not None
    assert run.warm_up is None


def test_an_open_run_hears_the_late_checks_once_the_runner_is_tired_and_is_kept(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    session = prehab.session("run-posture", replace(SILENT, fit=Fit(is_open=True)))
    session.start()
    said: list[str] = []

    def go_on(minutes: int) -> None:
        for _ in range(minutes * 60):
            clock.jump(1000)
            day.goes_on(seconds=1)
            session.pulse()
            said.extend(one.cue.text for one in session.events() if isinstance(one, CueDue) and one.cue.text)

    go_on(12)
    assert session.can_tire
    session.tired()
    session.tired()
    go_on(3)
    session.do(Command.DONE)
    session.close()
    assert said[-3:] == [
        "Elbows back, hands travel forward, not across.",
        "Shoulders low. Shake the arms out for five seconds.",
        "Unclench. Hold an imaginary egg.",
    ]
    record = prehab.ledger.history.record(session.id or "")
    assert record is not None
    assert record.outcome is Outcome.COMPLETED
    assert abs(record.steps[0].held_ms - 14 * 60_000 - 50_000) < 1500


@pytest.mark.parametrize(
    ("is_open", "tired_after", "held", "next_area"),
    [
        (True, None, 15, "Belly lightly firm"),  # after head, shoulders, arms, hands
        (True, 10, 30, "Unclench"),  # the early ones of 13:00 and later were never heard
        (True, 4, 30, "Shrug up"),
        (True, 13.05, 30, "Belly lightly firm"),  # the one of 13:00 was just heard
        (False, 6, 30, "Elbows back"),
        (False, None, 30, "Shoulders over hips"),
        (False, None, 8, "Elbows back"),
    ],
)
def test_the_next_run_goes_on_with_the_first_early_area_that_was_not_heard(
    prehab: Prehab,
    clock: ManualClock,
    day: Day,
    is_open: bool,
    tired_after: float | None,
    held: int,
    next_area: str,
) -> None:
    fit = Fit(is_open=True) if is_open else Fit(run_for=Millis(30 * MINUTE))
    session = prehab.session("run-posture", replace(SILENT, fit=fit))
    session.start()
    while session.view.elapsed < held * MINUTE - 2500 and not session.is_over:
        clock.jump(5000)
        session.pulse()
        if tired_after is not None and session.view.elapsed >= tired_after * MINUTE:
            session.tired()
    if not session.is_over:
        session.do(Command.DONE)
    session.close()
    day.goes_on(days=2)
    assert said_in_the_run(prehab)[0].startswith(next_area)


def test_nothing_but_a_run_tires(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    clock.jump(25_000)
    session.pulse()
    before = session.timeline
    session.tired()
    assert not session.can_tire
    assert session.timeline is before
    session.close()


def test_red_flags_reach_the_safety_text_even_where_nothing_can_be_kept(own_folders: Path) -> None:
    file = own_folders / "data" / "history.db"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"this is a diary of another kind" * 100)
    prehab = Prehab()
    answered = prehab.diary.log_soreness({"lower back": 7})
    assert answered.is_safety
    assert answered.trouble is not None
    assert answered.entries == ()
    with pytest.raises(UserError):
        prehab.diary.log_run(prehab.diary.blank(prehab.diary.now()))
    prehab.close()
