"""One run of prehab over real files: routine, sound, history and level put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from prehab.domain.commands import Command, State
from prehab.domain.duration import Millis
from prehab.domain.events import Outcome
from prehab.domain.gate import Before
from prehab.domain.timeline import SegmentKind
from prehab.errors import UserError
from prehab.history.store import Answers
from prehab.runtime.clock import ManualClock
from prehab.session.front import Prehab, Wish
from prehab.session.outlook import Said
from prehab.session.session import Session

SILENT = Wish(backend="silent", voiced=False)
MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=timezone(timedelta(hours=1)))


class Day:
    """A wall clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


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


def lead_through(session: Session, clock: ManualClock) -> None:
    """Let a session run to its end, a second at a time."""
    session.start()
    while not session.is_over:
        clock.jump(1000)
        session.pulse()
    session.close()


def clean_plank(prehab: Prehab, clock: ManualClock, day: Day, *, rpe: int = 6) -> None:
    session = prehab.session("plank", SILENT)
    lead_through(session, clock)
    assert session.id is not None
    prehab.ledger.answer(session.id, Answers(rpe=rpe))
    day.now += timedelta(days=2)


def test_a_session_is_led_to_its_end_and_kept_with_what_was_held(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    lead_through(session, clock)
    assert session.summary.outcome is Outcome.COMPLETED
    assert [work.held for work in session.summary.works] == [30_000] * 3
    record = prehab.ledger.history.record(session.id or "")
    assert record is not None
    assert record.outcome is Outcome.COMPLETED
    assert record.level_ms == 30_000
    assert record.planned_ms == 180_000
    assert [step.held_ms for step in record.steps] == [30_000] * 3


def test_two_clean_sessions_move_the_next_one_up(prehab: Prehab, clock: ManualClock, day: Day) -> None:
    clean_plank(prehab, clock, day)
    clean_plank(prehab, clock, day)
    assert prehab.timeline("plank").level == 35_000
    assert prehab.ledger.standings()["plank"].level == 2


def test_gentle_moves_are_offered_with_the_reason_be_it_the_back_or_the_session_before(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    plank = prehab.library.routine("plank")
    assert prehab.ledger.instead(plank, 4) == "Your back is at 4: gentle moves instead of this one today."
    session = prehab.session("plank", SILENT)
    lead_through(session, clock)
    prehab.ledger.answer(session.id or "", Answers(rpe=6, pain=7))
    day.now += timedelta(days=2)
    assert "Pain of 7 ended the session." in prehab.ledger.instead(plank, 3)


def test_the_summary_says_what_an_answer_would_mean_before_it_is_given(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    clean_plank(prehab, clock, day)
    session = prehab.session("plank", SILENT)
    lead_through(session, clock)
    clean, hard = (
        prehab.ledger.outlook(session, Said(effort=6)),
        prehab.ledger.outlook(session, Said(effort=9)),
    )
    assert clean is not None
    assert hard is not None
    assert (clean.level, hard.level) == (2, 1)
    dropped = prehab.ledger.outlook(
        session, Said(effort=6, held={1: Millis(30_000), 3: Millis(12_000), 5: Millis(9_000)})
    )
    assert dropped is not None
    assert dropped.misses == 1


def test_a_session_that_does_not_count_is_told_so_and_not_what_the_one_before_meant(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    clean_plank(prehab, clock, day)
    day.now -= timedelta(days=1, hours=12)
    session = prehab.session("plank", SILENT)
    lead_through(session, clock)
    soon, sore = (prehab.ledger.outlook(session, Said(effort=6, pain=pain)) for pain in (0, 5))
    assert soon is not None
    assert soon.why == (
        "This session is kept, but does not count: the one before was less than 24 hours ago. Next time 30 s."
    )
    assert sore is not None
    assert sore.why.startswith("Pain of 5 during the session.")


def test_a_session_in_which_nothing_was_held_is_told_that_it_does_not_count(
    prehab: Prehab, clock: ManualClock
) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    session.do(Command.STOP)
    session.close()
    empty = prehab.ledger.outlook(session, Said())
    assert empty is not None
    assert "does not count: nothing was held" in empty.why


def test_a_rehearsal_is_not_kept(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", Wish(backend="silent", voiced=False, speed=10))
    lead_through(session, clock)
    assert session.id is None


def test_a_session_that_broke_off_goes_on_where_it_was(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    for _ in range(70):
        clock.jump(1000)
        session.pulse()
    session.close()
    found = prehab.ledger.history.unfinished_latest()
    assert found is not None
    again = prehab.session(
        "plank", Wish(backend="silent", voiced=False, continues=found, level=found.record.level_ms)
    )
    assert again.id == session.id
    assert again.view.segment.index == found.segment == 2
    assert again.held == 30_000
    lead_through(again, clock)
    assert [work.held for work in again.summary.works] == [30_000] * 3
    standing = prehab.ledger.outlook(again, Said(effort=6))
    assert standing is not None
    assert (standing.streak, standing.misses) == (1, 0)
    record = prehab.ledger.history.record(session.id or "")
    assert record is not None
    assert record.outcome is Outcome.COMPLETED
    assert [step.held_ms for step in record.steps] == [30_000] * 3


@pytest.mark.parametrize("seconds_before", [70, 100])
def test_who_goes_on_gets_ready_first_as_at_the_beginning(
    prehab: Prehab, clock: ManualClock, seconds_before: int
) -> None:
    """Broken off in the rest before the second set, or in the middle of that set."""
    session = prehab.session("plank", SILENT)
    session.start()
    for _ in range(seconds_before):
        clock.jump(1000)
        session.pulse()
    session.close()
    found = prehab.ledger.history.unfinished_latest()
    assert found is not None
    again = prehab.session("plank", replace(SILENT, continues=found, level=found.record.level_ms))
    view = again.start()
    assert (view.segment.kind, view.segment.length) == (SegmentKind.GET_READY, 20_000)
    assert view.segment.work.set == 2
    clock.jump(19_999)
    assert again.pulse().segment.kind is SegmentKind.GET_READY
    clock.jump(1)
    view = again.pulse()
    assert (view.segment.is_work, view.segment.work.set, view.count_in) == (True, 2, 0)
    again.close()


def test_who_breaks_off_again_while_getting_ready_goes_on_at_the_same_set(
    prehab: Prehab, clock: ManualClock
) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    for _ in range(100):
        clock.jump(1000)
        session.pulse()
    session.close()
    for _ in range(2):
        found = prehab.ledger.history.unfinished_latest()
        assert found is not None
        again = prehab.session("plank", replace(SILENT, continues=found, level=found.record.level_ms))
        again.start()
        clock.jump(5_000)
        assert again.pulse().segment.work.set == 2
        again.close()
    found = prehab.ledger.history.unfinished_latest()
    assert found is not None
    assert [step.held_ms for step in found.record.steps] == [30_000, 5_000]


def test_a_work_that_is_tried_again_is_counted_once(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    for _ in range(60):
        clock.jump(1000)
        session.pulse()
    assert session.held == 30_000
    session.do(Command.BACK)
    assert session.held == 30_000
    for _ in range(8):
        clock.jump(1000)
        session.pulse()
    assert session.held == 5_000
    session.close()


def test_a_pain_told_before_a_session_broke_off_is_not_forgotten(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    for _ in range(60):
        clock.jump(1000)
        session.pulse()
    session.note_pain(3)
    session.close()
    found = prehab.ledger.history.unfinished_latest()
    assert found is not None
    again = prehab.session("plank", replace(SILENT, continues=found, level=found.record.level_ms))
    again.start()
    again.note_pain(1)
    assert again.pain == 3
    again.close()


def test_a_pain_told_in_the_session_is_kept_and_the_worst_counts(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    clock.jump(25_000)
    session.pulse()
    session.do(Command.PAUSE)
    session.note_pain(5)
    session.note_pain(3)
    session.do(Command.STOP)
    session.close()
    record = prehab.ledger.history.record(session.id or "")
    assert record is not None
    assert record.pain == 5
    assert record.outcome is Outcome.STOPPED


def test_a_morning_that_was_waved_away_is_never_asked_about_again_and_stays_unknown(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    clean_plank(prehab, clock, day)
    asked = prehab.ledger.morning_to_ask()
    assert asked is not None
    prehab.ledger.wave_morning_away(asked.id)
    assert prehab.ledger.morning_to_ask() is None
    another_start = Prehab(clock, day)
    assert another_start.ledger.morning_to_ask() is None
    record = another_start.ledger.history.record(asked.id)
    assert record is not None
    assert record.flare is None
    another_start.close()
    clean_plank(prehab, clock, day)
    newer = prehab.ledger.morning_to_ask()
    assert newer is not None
    assert newer.id != asked.id


def test_the_morning_after_is_asked_once_and_holds_the_level(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    clean_plank(prehab, clock, day)
    clean_plank(prehab, clock, day)
    open_question = prehab.ledger.morning_to_ask()
    assert open_question is not None
    prehab.ledger.answer(open_question.id, Answers(flare=True))
    assert prehab.ledger.morning_to_ask() is None
    assert prehab.ledger.standings()["plank"].level == 1


@pytest.mark.parametrize(
    ("back", "expected"),
    [(None, Before.GO), (3, Before.GO), (4, Before.RECOVER), (6, Before.SAFETY), (10, Before.SAFETY)],
)
def test_the_back_decides_whether_a_plank_begins(prehab: Prehab, back: int | None, expected: Before) -> None:
    assert prehab.ledger.before(prehab.timeline("plank").routine, back) is expected


@pytest.mark.parametrize("choice", ["silent", "voice-and-tones"])
def test_who_wants_no_sound_is_not_told_that_there_is_none(
    prehab: Prehab, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere")
    prehab.choices.choose_sound(choice)
    prehab.session("plank", Wish(voiced=False)).close()
    told = [notice for notice in prehab.notices() if "no sound device" in notice]
    assert len(told) == (0 if choice == "silent" else 1)


@pytest.mark.parametrize(
    ("told", "expected"), [(2, Before.GO), (4, Before.RECOVER), (6, Before.SAFETY), (9, Before.SAFETY)]
)
def test_who_skips_the_question_is_taken_at_what_the_diary_says_of_today(
    prehab: Prehab, day: Day, told: int, expected: Before
) -> None:
    plank = prehab.timeline("plank").routine
    prehab.diary.log_soreness({"lower back": told, "shoulders": 8})
    assert prehab.ledger.before(plank, None) is expected
    assert prehab.ledger.before(plank, 0) is Before.GO
    day.now += timedelta(days=1)
    assert prehab.ledger.before(plank, None) is Before.GO


def test_a_routine_of_ones_own_wins_over_the_bundled_one(prehab: Prehab, own_folders: Path) -> None:
    own = own_folders / "config" / "routines"
    own.mkdir(parents=True)
    (own / "plank.toml").write_text(
        'format = 1\nname = "Mine"\nphase = "any-day"\n[[step]]\nname = "Plank"\nfor = "10s"\n',
        encoding="utf-8",
    )
    assert prehab.timeline("plank").routine.name == "Mine"


def test_a_broken_routine_is_refused_with_its_problems(prehab: Prehab, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        prehab.session(str(file), SILENT)
    assert "broken.toml:1:1" in refused.value.detail


def test_a_history_that_is_no_history_is_left_alone_and_the_session_runs(
    prehab: Prehab, clock: ManualClock, own_folders: Path
) -> None:
    file = own_folders / "data" / "history.db"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"this is a diary of another kind" * 100)
    before = file.read_bytes()
    session = prehab.session("foam-hamstrings", SILENT)
    lead_through(session, clock)
    assert session.summary.outcome is Outcome.COMPLETED
    assert any("nothing is recorded" in notice for notice in prehab.notices())
    assert file.read_bytes() == before


def test_the_style_of_the_settings_takes_the_place_of_the_routines(prehab: Prehab) -> None:
    full = prehab.timeline("plank")
    prehab.choices.save("sound.style", "calm")
    calm = prehab.timeline("plank")
    kinds = [{cue.kind.value for segment in one.works for cue in segment.cues} for one in (full, calm)]
    assert "half" in kinds[0]
    assert "half" not in kinds[1]


def test_what_is_chosen_by_keys_is_remembered(prehab: Prehab, clock: ManualClock, day: Day) -> None:
    session = prehab.session("plank", SILENT)
    assert session.sound.volume_by(5) == 45
    assert session.sound.toggle_mute() is True
    session.close()
    later = Prehab(clock, day)
    assert later.choices.settings.volume == 45
    assert later.choices.settings.muted
    assert session.sound.volume_by(5) == 50
    assert not session.sound.muted


def test_the_clock_of_a_session_stands_still_while_it_is_paused(prehab: Prehab, clock: ManualClock) -> None:
    session = prehab.session("plank", SILENT)
    session.start()
    clock.jump(25_000)
    before = session.pulse()
    session.do(Command.PAUSE)
    clock.jump(600_000)
    after = session.pulse()
    assert after.state is State.PAUSED
    assert (after.segment, after.left, after.total_left) == (before.segment, before.left, before.total_left)
    session.close()


def test_three_painful_sessions_in_a_row_put_the_plank_aside_for_a_week(
    prehab: Prehab, clock: ManualClock, day: Day
) -> None:
    for _ in range(3):
        session = prehab.session("plank", SILENT)
        lead_through(session, clock)
        prehab.ledger.answer(session.id or "", Answers(rpe=6, pain=4))
        day.now += timedelta(days=2)
    plank = prehab.timeline("plank").routine
    assert prehab.ledger.before(plank, 0) is Before.RECOVER
    assert prehab.ledger.before(plank, None) is Before.RECOVER
    assert prehab.ledger.before(prehab.timeline("recovery-back").routine, 0) is Before.GO
    day.now += timedelta(days=7)
    assert prehab.ledger.before(plank, 0) is Before.GO
