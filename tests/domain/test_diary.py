"""Which morning belongs to which run, and when the back should be shown to somebody."""

from __future__ import annotations

import pytest
from tests.domain.diaries import diary_of, moment, run, sore

from prehab.domain.diary import Diary, Place, Rated, Surface, Told, When, seen_by_somebody


def told(entry_day: int, hour: float, when: When | None = None) -> Told:
    """What a score of that moment is about, in a diary with one run, on day 0 at half past seven."""
    entry = sore(entry_day, 3, hour, when=when)
    return Diary([run(0)], [entry]).told(entry)


def test_the_next_morning_belongs_to_the_run_of_the_day_before() -> None:
    assert told(1, 6.5) == Told(When.MORNING, run(0))


def test_a_score_shortly_before_a_run_is_how_it_was_before_it() -> None:
    assert told(0, 7.0) == Told(When.BEFORE, run(0))
    assert told(0, 7.5) == Told(When.BEFORE, run(0))


def test_a_score_of_the_same_day_is_no_morning_after() -> None:
    assert told(0, 9.0) == Told(None, None)
    assert told(0, 18.0) == Told(None, None)


def test_an_evening_run_has_its_morning_after_eight_hours() -> None:
    evening = run(0, 22.0)
    early, early_enough = sore(1, 3, 5.9), sore(1, 3, 6.0)
    diary = Diary([evening], [early, early_enough])
    assert diary.told(early) == Told(None, None)
    assert diary.told(early_enough) == Told(When.MORNING, evening)


def test_a_score_later_than_36_hours_is_late_and_left_out() -> None:
    assert told(1, 19.5, When.MORNING) == Told(When.MORNING, run(0))
    late = told(1, 19.6, When.MORNING)
    assert (late.run, late.is_late) == (None, True)
    assert Diary([run(0)], [sore(1, 3, 19.6, when=When.MORNING)]).rated("lower back") == ()


def test_the_second_morning_is_no_part_of_a_comparison() -> None:
    assert told(2, 6.5).when is When.SECOND_MORNING
    assert Diary([run(0)], [sore(2, 3)]).rated("lower back") == ()


def test_a_morning_before_the_evening_run_of_the_next_day_is_still_the_morning_after() -> None:
    entry = sore(1, 3, 6.7)
    assert Diary([run(0, 18.0), run(1, 18.0)], [entry]).told(entry) == Told(When.MORNING, run(0, 18.0))


def test_what_the_person_says_about_the_time_counts() -> None:
    entry = sore(1, 3, 6.7, when=When.MORNING)
    assert Diary([run(0), run(1)], [entry]).told(entry) == Told(When.MORNING, run(0))


def test_an_evening_called_the_morning_after_is_not_that_of_a_run_of_the_same_day() -> None:
    evening = sore(1, 3, 20.0, when=When.MORNING)
    second = sore(2, 3, 7.0, when=When.SECOND_MORNING)
    diary = Diary([run(0, 18.0), run(1, 8.0)], [evening, second])
    assert diary.told(evening) == Told(When.MORNING, run(0, 18.0))
    assert diary.told(second) == Told(When.SECOND_MORNING, run(0, 18.0))
    assert told(0, 20.0, When.MORNING).run is None


def test_the_order_in_which_things_are_told_does_not_matter() -> None:
    runs, scores = [run(0), run(2)], [sore(1, 3), sore(2, 1, 7.0), sore(3, 4)]
    one = Diary(runs, scores).rated("lower back")
    assert one == Diary(runs[::-1], scores[::-1]).rated("lower back")
    assert one == (Rated(run(0), 3), Rated(run(2), 4, before=1))


def test_the_first_score_of_a_morning_counts_and_the_worse_of_two_sides() -> None:
    scores = [
        sore(1, 2, 6.5, side=Place.LEFT),
        sore(1, 5, 6.5, side=Place.RIGHT),
        sore(1, 0, 9.0),
    ]
    assert Diary([run(0)], scores).rated("lower back") == (Rated(run(0), 5),)


def test_the_morning_is_asked_about_until_it_was_told() -> None:
    now = moment(1, 6.5)
    assert Diary([run(0)], []).to_ask(now) == run(0)
    assert Diary([run(0)], [sore(1, 0)]).to_ask(now) is None
    assert Diary([run(0)], []).to_ask(moment(0, 20)) is None
    assert Diary([run(0, 23.5)], []).to_ask(moment(1, 6.5)) is None
    assert Diary([run(0)], []).to_ask(moment(3, 6.5)) is None


def test_half_a_mixed_run_on_concrete_is_a_run_on_concrete() -> None:
    halves = ((Surface.CONCRETE, 50), (Surface.GRASS, 50))
    little = ((Surface.CONCRETE, 30), (Surface.GRASS, 70))
    assert run(0, surface=Surface.MIXED, shares=halves).is_on_concrete is True
    assert run(0, surface=Surface.MIXED, shares=little).is_on_concrete is False
    assert run(0).is_on_concrete is None


def test_shoes_know_how_far_they_came() -> None:
    runs = [
        run(0, shoes="Old", distance_m=5000),
        run(2, shoes="Old"),
        run(4, shoes="New", distance_m=3000),
        run(6),
    ]
    assert Diary(runs, []).shoes_so_far() == {"Old": 5000, "New": 3000}


@pytest.mark.parametrize(
    ("scores", "is_seen"),
    [
        ([4, 5, 4], True),
        ([0, 9, 4, 4, 7], True),
        ([4, 4], False),
        ([4, 4, 3], False),
        ([4, 4, 4, 1], False),
    ],
)
def test_three_bad_mornings_in_a_row_should_be_seen_by_somebody(scores: list[int], is_seen: bool) -> None:
    assert bool(seen_by_somebody(diary_of([({}, score) for score in scores]))) is is_seen


@pytest.mark.parametrize(
    ("scores", "is_seen"),
    [
        ([3] * 14, True),
        ([3] * 13, False),
        ([2, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3], True),
        ([4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2], False),
        ([3, 3, 3, 3, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3], False),
        ([0] * 20, False),
        ([], False),
    ],
)
def test_a_back_that_is_no_better_over_two_weeks_should_be_seen_by_somebody(
    scores: list[int], is_seen: bool
) -> None:
    diary = Diary([], [sore(day, score) for day, score in enumerate(scores)])
    assert bool(seen_by_somebody(diary)) is is_seen


def test_sore_shoulders_alone_send_nobody_to_a_doctor() -> None:
    assert not seen_by_somebody(diary_of([({}, 9)] * 5, area="shoulders"))
