"""The bundled routines are what they promise to be; the figures are typed here and not computed."""

from __future__ import annotations

import re
from functools import cache

import pytest

from prehab import resources
from prehab.domain.compile import compile_timeline, levels
from prehab.domain.duration import seconds
from prehab.domain.routine import AREAS, Growth, Kind, Phase, Routine, Style
from prehab.domain.timeline import SegmentKind
from prehab.formats.library import Library
from prehab.formats.loader import inspect

TOTALS = {
    "warmup-full": (440_000, 380_000),
    "warmup-short": (241_000, 205_000),
    "plank": (180_000, 90_000),
    "tens": (198_000, 90_000),
    "core-1": (636_000, 440_000),
    "core-2": (784_000, 588_000),
    "core-3": (854_000, 650_000),
    "core-4": (1_012_000, 808_000),
    "stretch-full": (920_000, 720_000),
    "stretch-short": (475_000, 345_000),
    "foam-full": (587_000, 510_000),
    "foam-short": (244_000, 210_000),
    "foam-hamstrings": (186_000, 180_000),
    "desk-reset": (237_000, 205_000),
    "recovery-back": (510_000, 420_000),
    "run-posture": (1_800_000, 1_800_000),
    "run-walk": (1_500_000, 1_500_000),
}
"""How long each routine is at its first level without get-ready, and how much of it is work, in ms."""

PLANK = {20: 150, 30: 180, 35: 195, 40: 210, 45: 225, 50: 240, 55: 255, 60: 270}
"""The plank session by the seconds of its hold."""
TENS = {20: 159, 30: 198, 35: 237, 40: 237, 45: 276, 50: 276, 55: 315, 60: 315}
"""The same in bouts of 10 s with 3 s between, rounded up to whole bouts."""

ADVISED = {
    "shoulders", "chest", "neck", "upper back", "lower back", "hips", "hamstrings", "quads", "calves",
    "shins", "knees", "ankles",
}  # fmt: skip
"""The areas that a stretch after the run should not leave out."""

GET_READY_ON_THE_FLOOR = (
    "plank", "tens", "core-1", "core-2", "core-3", "core-4",
    "foam-full", "foam-short", "foam-hamstrings", "recovery-back",
)  # fmt: skip

every = pytest.mark.parametrize("routine_id", sorted(TOTALS))


@cache
def routine(routine_id: str) -> Routine:
    """A bundled routine."""
    return Library().routine(routine_id)


def test_these_and_no_others_are_bundled() -> None:
    assert set(Library().ids()) == set(TOTALS)


@every
def test_nothing_is_wrong_or_doubtful(routine_id: str) -> None:
    assert inspect(resources.routines() / f"{routine_id}.toml").problems == ()


@every
def test_total_and_work_are_those_of_the_content(routine_id: str) -> None:
    timeline = compile_timeline(routine(routine_id))
    work = sum(segment.length or 0 for segment in timeline.segments if segment.kind is SegmentKind.WORK)
    assert (timeline.total, work) == TOTALS[routine_id]


@pytest.mark.parametrize(("routine_id", "lengths"), [("plank", PLANK), ("tens", TENS)])
def test_the_ladder_is_that_of_the_content(routine_id: str, lengths: dict[int, int]) -> None:
    growing = routine(routine_id)
    assert levels(growing) == tuple(seconds(hold) for hold in lengths)
    totals = {hold: compile_timeline(growing, seconds(hold)).total for hold in lengths}
    assert totals == {hold: seconds(total) for hold, total in lengths.items()}


@every
def test_every_step_says_what_to_do_what_to_avoid_and_where(routine_id: str) -> None:
    for step in routine(routine_id).steps():
        assert step.do, step.name
        assert step.avoid, step.name
        assert step.areas, step.name
        assert set(step.areas) <= set(AREAS), step.name
        assert step.position, step.name
        assert step.figure, step.name


@every
def test_no_step_waits_for_a_key(routine_id: str) -> None:
    assert all(step.length for step in routine(routine_id).steps())


@every
def test_every_routine_says_what_it_is_for_and_where_it_comes_from(routine_id: str) -> None:
    assert routine(routine_id).about
    assert routine(routine_id).sources


@every
def test_every_file_leads_an_editor_to_the_schema(routine_id: str) -> None:
    text = (resources.routines() / f"{routine_id}.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ./routine.schema.json\nformat = 1\n")


@every
def test_there_is_time_to_get_down_on_the_floor(routine_id: str) -> None:
    on_the_floor = routine_id in GET_READY_ON_THE_FLOOR
    assert routine(routine_id).get_ready == seconds(20 if on_the_floor else 10)


@pytest.mark.parametrize("routine_id", ["stretch-full", "stretch-short"])
def test_both_stretches_reach_every_area_that_the_advice_names(routine_id: str) -> None:
    assert set(routine(routine_id).areas) >= ADVISED


@every
def test_nothing_is_promised_that_is_not_known(routine_id: str) -> None:
    about = routine(routine_id).about.lower()
    assert not re.search(r"causes|prevent|works|proven|because of|significant|cure|guarantees", about)


@pytest.mark.parametrize("routine_id", ["warmup-full", "warmup-short"])
def test_a_warm_up_moves_and_holds_nothing(routine_id: str) -> None:
    assert routine(routine_id).phase is Phase.BEFORE_RUN
    assert all(step.kind is Kind.MOVE for step in routine(routine_id).steps())


def test_stretching_rolling_and_recovery_are_calm() -> None:
    calm = {routine_id for routine_id in TOTALS if routine(routine_id).style is Style.CALM}
    assert calm == {
        "stretch-full", "stretch-short", "foam-full", "foam-short", "foam-hamstrings",
        "desk-reset", "recovery-back",
    }  # fmt: skip


def test_the_plank_grows_from_30_to_60_seconds() -> None:
    (step,) = routine("plank").steps()
    assert step.growth == Growth(seconds(30), seconds(60), seconds(5))
    assert (step.sets, step.rest) == (3, seconds(45))


def test_what_is_outgrown_leads_to_what_follows() -> None:
    following = {
        routine_id: rule.then
        for routine_id in TOTALS
        if (rule := routine(routine_id).progression) is not None
    }
    assert following == {
        "plank": "core-1",
        "tens": "core-1",
        "core-1": "core-2",
        "core-2": "core-3",
        "core-3": "core-4",
        "core-4": None,
    }


def test_rolling_stays_off_the_low_back_and_says_so() -> None:
    for routine_id in ("foam-full", "foam-short", "foam-hamstrings"):
        assert not {"lower back", "neck", "knees"} & set(routine(routine_id).areas)
        assert all(step.beat == seconds(3) for step in routine(routine_id).steps())


@every
def test_rounds_of_counted_moves_are_counted_aloud(routine_id: str) -> None:
    for step in routine(routine_id).steps():
        if found := re.search(r"[0-9]+(?= slow reps| reps|$)| (?P<times>[0-9]+)(?= x )", step.name):
            assert step.reps == int(found[0])


def test_no_posture_check_is_longer_than_ten_words() -> None:
    checks = routine("run-posture").checks
    assert checks is not None
    assert set(checks.order) == set(checks.late_order) == {cue.area for cue in checks.cues}
    for cue in checks.cues:
        for text in (*cue.say, cue.late or ""):
            assert len(text.split()) <= 10, text


def test_a_run_says_before_it_starts_that_one_ear_stays_free() -> None:
    for routine_id in ("run-posture", "run-walk"):
        segments = compile_timeline(routine(routine_id)).segments
        assert segments[0].kind is SegmentKind.GET_READY
        said = " ".join(cue.text for cue in segments[0].cues if cue.text)
        assert "One ear free near traffic." in said


def test_the_first_week_of_running_is_five_minutes_of_walking_and_twenty_of_both() -> None:
    works = [one.length for one in compile_timeline(routine("run-walk")).segments if one.is_work]
    assert works == [seconds(300), *[seconds(60), seconds(90)] * 8]


def test_one_move_has_one_figure() -> None:
    figures: dict[str, set[str]] = {}
    for routine_id in TOTALS:
        for step in routine(routine_id).steps():
            assert step.figure is not None
            figures.setdefault(step.name, set()).add(step.figure)
    several = {name for name, shown in figures.items() if len(shown) > 1}
    assert several == {"Neck side tilt"}, "on a chair it is another picture"
