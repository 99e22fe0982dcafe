"""What the diary says and what it keeps to itself."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.diaries import (
    CONCRETE,
    GRASS,
    NOT_STRETCHED,
    STRETCHED,
    diary_of,
    run,
    sore,
    taking_turns,
)

from prehab.domain.diary import Amount, Diary, Run, Soreness, Surface, When
from prehab.domain.insights import Comparison, Status, insights

NEVER = re.compile(r"\b(causes?|prevents?|works?|proven|because of|significant(ly)?|cured?)\b", re.IGNORECASE)


def of(diary: Diary, factor: str = "surface", outcome: str = "lower back") -> Comparison:
    return next(one for one in insights(diary) if (one.factor, one.outcome) == (factor, outcome))


def test_the_list_is_fixed_whatever_the_diary_holds() -> None:
    wanted = [
        ("surface", "lower back"), ("surface", "shoulders"),
        ("warm-up", "lower back"), ("warm-up", "shoulders"),
        ("stretch", "lower back"), ("stretch", "shoulders"),
    ]  # fmt: skip
    for diary in (Diary([], []), taking_turns(CONCRETE, GRASS, "5 4 6 5 7", "3 2 4 3 4")):
        assert [(one.factor, one.outcome) for one in insights(diary)] == wanted


def test_a_difference_is_told_with_its_interval_and_its_limits() -> None:
    longer, shorter = CONCRETE | {"distance_m": 5600}, GRASS | {"distance_m": 4500}
    found = of(taking_turns(longer, shorter, "5 4 6 5 7", "3 2 4 3 4"))
    assert found.status is Status.COMPARED
    assert found.difference == pytest.approx(2.2)
    assert (found.low, found.high) == (1.0, 4.0)
    assert found.size == "worth noticing"
    assert found.sentence == (
        "In 10 rated runs, next-day lower-back soreness averaged 5.4 after 5 concrete runs and 3.2 after 5 "
        "others: 2.2 higher (95% interval 1.0 to 4.0). This is your diary, not an experiment. "
        "Those runs were also 1.1 km longer. "
        "6 comparisons were looked at; with 6, about 1 diary in 4 shows one like this by luck."
    )


def test_runs_of_much_the_same_length_are_not_said_to_differ() -> None:
    one, other = CONCRETE | {"distance_m": 5000}, GRASS | {"distance_m": 4500}
    assert "km" not in of(taking_turns(one, other, "5 4 6 5 7", "3 2 4 3 4")).sentence


def test_an_interval_with_zero_in_it_reads_cannot_tell() -> None:
    found = of(taking_turns(NOT_STRETCHED, STRETCHED, "5 3 6 2 4", "4 2 5 3 3"), "stretch")
    assert found.sentence == (
        "Stretched 3.4, not stretched 4.0: 0.6 lower (-3.0 to 1.5). Your diary cannot tell these apart yet. "
        "That is not the same as no effect."
    )
    assert (found.low, found.high, found.size) == (-3.0, 1.5, "")


def test_the_line_adds_up_though_the_figures_are_not_rounded() -> None:
    found = of(taking_turns(CONCRETE, GRASS, "6 5 7 4 6", "4 3 5 2 4 3 4 5"))
    assert found.difference == pytest.approx(1.85)
    assert (
        "averaged 5.6 after 5 concrete runs and 3.8 after 8 others: 1.8 higher (95% interval 0.5 to 3.0)"
        in (found.sentence)
    )


def test_fewer_than_three_of_a_kind_are_only_counted() -> None:
    found = of(taking_turns(CONCRETE, GRASS, "5 4", "3 2 4 3 4 5"))
    assert found.status is Status.COUNTS_ONLY
    assert found.sentence == (
        "Not enough data yet: 2 concrete and 6 other runs have a next-day score; this needs 5 of each."
    )
    assert (found.mean, found.difference, found.low) == (None, None, None)


def test_three_or_four_of_a_kind_are_listed_without_an_average() -> None:
    found = of(taking_turns(CONCRETE, GRASS, "5 4 6", "3 2 4 3 4 5"))
    assert found.status is Status.TOO_FEW
    assert found.sentence.endswith("Concrete: 5, 4, 6; other surfaces: 3, 2, 4, 3, 4, 5.")
    assert (found.mean, found.difference, found.low) == (None, None, None)


def test_runs_that_differed_in_length_are_said_to_beside_every_comparison() -> None:
    longer, shorter = CONCRETE | {"distance_m": 5600}, GRASS | {"distance_m": 4500}
    found = of(taking_turns(longer, shorter, "5 3 6 2 4", "4 2 5 3 3"))
    assert not found.excludes_zero
    means = "mean distance in km: concrete 5.6, other surfaces 4.5"
    assert list(found.also()) == [f"{means}; the runs also differed in length"]
    told_already = of(taking_turns(longer, shorter, "5 4 6 5 7", "3 2 4 3 4"))
    assert "1.1 km longer" in told_already.sentence
    assert list(told_already.also()) == [means]


def test_scores_that_are_all_the_same_are_no_precise_zero() -> None:
    found = of(taking_turns(CONCRETE, GRASS, "3 3 3 3 3", "3 3 3 3 3"))
    assert found.status is Status.NO_VARIATION
    assert "no variation to compare" in found.sentence
    assert (found.mean, found.difference, found.low, found.high) == (3, None, None, None)


def test_a_habit_taken_up_half_way_is_withheld() -> None:
    before: list[tuple[dict[str, Any], int | None]] = [(NOT_STRETCHED, 6)] * 6
    since: list[tuple[dict[str, Any], int | None]] = [(STRETCHED, 3)] * 6
    found = of(diary_of(before + since), "stretch")
    assert found.status is Status.TIME_ORDER
    assert (found.low, found.high) == (None, None)
    assert found.sentence == "Most of your stretched runs came later; time alone could explain this."


def test_unknown_is_left_out_and_is_no_no() -> None:
    known = taking_turns(CONCRETE, GRASS, "5 4 6 5 7", "3 2 4 3 4")
    unknown = [run(day) for day in range(40, 60, 2)]
    rated = [sore(day + 1, 9) for day in range(40, 60, 2)]
    assert of(Diary((*known.runs, *unknown), (*known.soreness, *rated))).sentence == of(known).sentence


def test_scores_from_before_runs_and_second_mornings_are_no_outcome() -> None:
    diary = taking_turns(CONCRETE, GRASS, "5 4 6 5 7", "3 2 4 3 4")
    others = [sore(day, 9, 7.0, when=When.BEFORE) for day in range(0, 20, 2)]
    found = of(Diary(diary.runs, (*diary.soreness, *others)))
    assert found.difference == pytest.approx(2.2)
    assert found.beside[2].group == 9


def test_a_short_warm_up_is_a_warm_up() -> None:
    runs: list[tuple[dict[str, Any], int | None]] = [
        ({"warm_up": amount}, 2 + number % 3)
        for number, amount in enumerate([Amount.SHORT, Amount.NONE, Amount.FULL, Amount.NONE] * 4)
    ]
    found = of(diary_of(runs), "warm-up")
    assert (len(found.scores), len(found.other_scores)) == (8, 8)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Diaries of up to forty runs, told of more or less fully."""
    runs: list[Run] = []
    scores: list[Soreness] = []
    chance = random.Random(draw(st.integers(0, 2**32)))
    for number in range(draw(st.integers(0, 40))):
        runs.append(
            run(
                2 * number,
                surface=chance.choice([None, Surface.CONCRETE, Surface.GRASS, Surface.MIXED]),
                warm_up=chance.choice([None, *Amount]),
                stretch=chance.choice([None, *Amount]),
                distance_m=chance.choice([None, 3000, 8000]),
            )
        )
        top = chance.choice([0, 3, 10])
        scores += [
            sore(2 * number + 1, chance.randint(0, top), area=area) for area in ("lower back", "shoulders")
        ]
    return Diary(runs, scores)


@settings(max_examples=60, deadline=None)
@given(diaries())
def test_no_sentence_ever_claims_more_than_a_diary_can(diary: Diary) -> None:
    for one in insights(diary):
        assert not NEVER.search(one.sentence), one.sentence
        assert one.sentence.endswith(".")
        has_interval = one.low is not None
        assert has_interval is (one.status is Status.COMPARED)
        if one.status in (Status.COUNTS_ONLY, Status.TOO_FEW):
            assert one.difference is None
            assert min(len(one.scores), len(one.other_scores)) < 5
        if has_interval and not one.excludes_zero:
            assert "cannot tell these apart yet" in one.sentence
