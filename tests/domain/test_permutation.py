"""The interval against known values, against brute force, and against what must always hold."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prehab.domain import permutation
from prehab.domain.permutation import counted, difference, drawn, interval, p_value

VECTORS = [
    ("5 4 6 5 7", "3 2 4 3 4", 2.2, 1.0, 4.0, 0.024),
    ("5 3 6 2 4", "4 2 5 3 3", 0.6, -1.5, 3.0, 0.66),
    ("6 5 7 4 6", "4 3 5 2 4 3 4 5", 1.85, 0.5, 3.0, 0.018),
    ("5 4 6 3 5 4 6 5", "3 4 2 5 3 4 2 3", 1.5, 0.4, 2.6, 0.03),
    ("3 3 3 3 3", "3 3 3 3 3", 0.0, 0.0, 0.0, 1.0),
]

scores = st.lists(st.integers(0, 10), min_size=2, max_size=5)


def numbers(written: str) -> list[int]:
    return [int(score) for score in written.split()]


def brute_force(group: list[int], others: list[int]) -> tuple[float, float]:
    """Go through every relabelling and every shift, one by one."""
    both, size, rest = group + others, len(group), len(others)
    observed = difference(group, others)
    relabelled = []
    for chosen in combinations(range(len(both)), size):
        total = sum(both[place] for place in chosen)
        kept = sum(place < size for place in chosen)
        apart = total / size - (sum(both) - total) / rest
        relabelled.append((apart, kept / size - (size - kept) / rest))
    shifts = [shift / 10 for shift in range(-100, 101)]
    kept_shifts = [
        shift
        for shift in shifts
        if sum(abs(apart - shift * share) >= abs(observed - shift) - 1e-9 for apart, share in relabelled)
        > 0.05 * len(relabelled)
    ]
    return kept_shifts[0], kept_shifts[-1]


@pytest.mark.parametrize(("group", "others", "apart", "low", "high", "p"), VECTORS)
def test_known_scores_give_the_known_interval(
    group: str, others: str, apart: float, low: float, high: float, p: float
) -> None:
    one, other = numbers(group), numbers(others)
    assert difference(one, other) == pytest.approx(apart)
    assert interval(one, other) == (low, high)
    assert p_value(one, other) == pytest.approx(p, abs=0.005)


@settings(max_examples=40, deadline=None)
@given(scores, scores)
def test_counting_finds_what_going_through_all_of_them_finds(group: list[int], others: list[int]) -> None:
    assert interval(group, others) == brute_force(group, others)


@settings(deadline=None)
@given(scores, scores)
def test_the_groups_the_other_way_round_turn_the_interval_over(group: list[int], others: list[int]) -> None:
    low, high = interval(group, others)
    assert interval(others, group) == (-high, -low)


@settings(deadline=None)
@given(scores, scores)
def test_what_was_found_is_always_inside(group: list[int], others: list[int]) -> None:
    low, high = interval(group, others)
    assert low - 0.1 <= difference(group, others) <= high + 0.1


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 10), min_size=5, max_size=9), st.lists(st.integers(0, 10), min_size=5, max_size=9)
)
def test_zero_is_left_out_exactly_where_the_test_says_so(group: list[int], others: list[int]) -> None:
    low, high = interval(group, others)
    assert (low <= 0 <= high) or p_value(group, others) <= 0.05


def test_three_and_three_have_no_interval_worth_the_name() -> None:
    assert interval([9, 9, 9], [1, 1, 1]) == (-10, 10)


def test_a_draw_comes_to_what_counting_comes_to() -> None:
    group, others = [5, 4, 6, 3, 5, 4, 6, 5, 7, 2] * 2, [3, 4, 2, 5, 3, 4, 2, 3, 4, 4] * 2
    one = permutation._interval(group, others, counted(group, others))
    other = permutation._interval(group, others, drawn(group, others))
    assert other == pytest.approx(one, abs=0.11)


@pytest.mark.parametrize(("count", "size"), [(5, 1), (6, 3), (5, 4)])
def test_every_relabelling_is_drawn_as_often_as_any_other(count: int, size: int) -> None:
    often = Counter(permutation._draws(count, size))
    assert len(often) == comb(count, size)
    assert all(places.bit_count() == size for places in often)
    expected = (permutation.DRAWN - 1) / comb(count, size)
    assert all(abs(times - expected) < 5 * expected**0.5 for times in often.values())


def test_a_diary_of_years_is_judged_by_a_draw_that_is_the_same_each_time() -> None:
    group, others = [3, 4, 5, 4, 6] * 9, [2, 4, 3, 3, 5] * 9
    assert len(group) + len(others) > permutation.EXACT_UP_TO
    assert interval(group, others) == interval(group, others)
