"""What a person reads beside the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.growing import CIRCUITS, PLANK, TENS, plank, round_of, standing, tens

from prehab.domain.chain import ALONE
from prehab.domain.records import Practice
from prehab.domain.routine import Progression

ONE, TWO, THREE, FOUR = CIRCUITS
AT_40 = [plank(-4, 30, 2), plank(-2, 40), plank(0, 40)]
"""A clean session at 40 s."""


def why(*sessions: Practice, day: float | None = None) -> str:
    return standing(PLANK, *sessions, day=day).why


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([], "Nothing recorded yet. Begin with three sets of 30 s; two clean sessions move you up."),
        ([plank(0)], "A clean session. Same level, 30 s; one more clean session moves you up."),
        ([plank(0), plank(2)], "Two clean sessions in a row. Up to 35 s; two clean sessions move you up."),
        (
            [plank(0, rpe=3)],
            "All three sets held to time, at effort 3: easy. Up to 35 s; two clean sessions move you up.",
        ),
        (
            [plank(0, rpe=8)],
            "All three sets held to time, at effort 8. Same level, 30 s; "
            "two clean sessions (effort 7 or less) move you up.",
        ),
        (
            [plank(0, rpe=None)],
            "All three sets held to time; without an effort it counts neither way. Same level, 30 s; "
            "two clean sessions (effort 7 or less) move you up.",
        ),
        (
            [plank(0, sets=2)],
            "Two of three sets held to time. Same level, 30 s; two clean sessions move you up.",
        ),
        (
            [plank(0, sets=0)],
            "None of three sets held to time; bad days are normal. Same level, 30 s; "
            "two clean sessions move you up.",
        ),
        (
            [plank(0, rpe=10)],
            "Effort 10 took all there was; bad days are normal. Same level, 30 s; "
            "two clean sessions (effort 7 or less) move you up.",
        ),
        (
            [*AT_40, plank(2, 40, 1), plank(4, 40, 1)],
            "Two hard sessions in a row. Back to 35 s; two clean sessions move you up.",
        ),
        (
            [plank(0, sets=0), plank(2, sets=0)],
            "Two hard sessions in a row. Back to 20 s (front plank from the knees); "
            "two clean sessions move you up.",
        ),
        (
            [plank(0, flare=True)],
            "The back was clearly worse the morning after. Same level, 30 s; two clean sessions move you up.",
        ),
        (
            [*AT_40, plank(2, 40, pain=4)],
            "Pain of 4 during the session. Back to 35 s; two clean sessions (pain 3 or less) move you up.",
        ),
        (
            [*AT_40, plank(2, 40, pain=4), plank(4, 35, pain=5)],
            "Two sessions in a row with pain of 4 or more. Back to 30 s; "
            "short bouts are there for a sore back: try tens.",
        ),
        (
            [*AT_40, plank(2, 40, pain=4), plank(4, 35, pain=5), plank(6, 30, pain=4)],
            "Three sessions in a row with pain of 4 or more. No plank for a week; show this to a physio.",
        ),
        (
            [*AT_40, plank(2, 40, pain=7, pain_before=1)],
            "Pain of 7 ended the session. Next time 35 s, but only when the back is at 1 or less "
            "before you start.",
        ),
        (
            [plank(0), plank(2, 40)],
            "You chose 40 s: all three sets held to time. Same level, 40 s; two clean sessions move you up.",
        ),
        (
            [plank(0, 60), plank(2, 60)],
            "A clean session. Same level, 60 s; one more clean session takes you on to Core circuit 1.",
        ),
        (
            [plank(0, 60), plank(2, 60), plank(4, 60)],
            "Two clean sessions in a row. On to Core circuit 1; broaden now, do not lengthen.",
        ),
    ],
)
def test_a_verdict_comes_with_why_and_what_would_change_it(sessions: list[Practice], said: str) -> None:
    assert why(*sessions) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (6, "A clean session. Same level, 40 s; one more clean session moves you up."),
        (9, "9 days off. Same level, 40 s; two clean sessions move you up."),
        (20, "20 days off. One level down, 35 s; two clean sessions move you up."),
        (30, "30 days off. Two levels down, 30 s; two clean sessions move you up."),
    ],
)
def test_days_off_are_told_kindly(days: int, said: str) -> None:
    assert why(*AT_40, day=days) == said


def test_after_the_week_off_the_way_back_is_told() -> None:
    pain = [plank(0, 45, pain=4), plank(2, 40, pain=4), plank(4, 35, pain=6, pain_before=2)]
    assert why(*pain, day=11) == (
        "Three sessions in a row with pain of 4 or more. The week without is over; show this to a physio if "
        "you have not. Begin again at 30 s when the back is at 2 or less before you start."
    )


def test_a_stop_after_a_painful_session_also_offers_bouts() -> None:
    assert why(*AT_40, plank(2, 40, pain=4), plank(4, 35, pain=6)).endswith(
        "before you start. Shorter bouts are there for a sore back: try tens."
    )


def test_who_has_moved_on_is_not_told_of_days_off() -> None:
    outgrown = [plank(0, 60), plank(2, 60), plank(4, 60)]
    assert why(*outgrown, day=100) == why(*outgrown)


def test_what_has_nothing_after_it_says_so() -> None:
    bare = replace(PLANK, progression=Progression())
    top = [plank(0, 60), plank(2, 60)]
    assert (
        standing(bare, *top, place=ALONE).why == "A clean session. Same level, 60 s; nothing longer follows."
    )
    assert (
        standing(bare, *top, plank(4, 60), place=ALONE).why
        == "Two clean sessions in a row. Same level, 60 s; this is the top, and it is enough to keep it."
    )


def test_circuits_speak_of_rounds_and_of_one_another() -> None:
    assert standing(ONE).why == (
        "Nothing recorded yet. Begin when you like; two clean sessions take you on to Core circuit 2."
    )
    assert standing(ONE, round_of(0, 1)).why == (
        "One of two rounds held to time. Same circuit; two clean sessions take you on to Core circuit 2."
    )
    assert standing(ONE, round_of(0), round_of(2)).why == "Two clean sessions in a row. On to Core circuit 2."
    assert standing(TWO, round_of(0, 0), round_of(2, 0)).why == (
        "Two hard sessions in a row. Core circuit 1 for now; "
        "two clean sessions there bring you back to this one."
    )
    assert standing(TWO, round_of(0), day=20).why == (
        "20 days off. Core circuit 1 for now; two clean sessions there bring you back to this one."
    )
    assert standing(TWO, round_of(0, pain=6)).why == (
        "Pain of 6 ended the session. Next time only when the back is at 3 or less before you start."
    )
    assert standing(FOUR, round_of(0)).why == "A clean session. Same circuit; no harder circuit follows."
    assert (
        standing(FOUR, round_of(0), round_of(2)).why
        == "Two clean sessions in a row. Same circuit; this is the top, and it is enough to keep it."
    )


def test_a_third_painful_session_names_what_to_leave_out() -> None:
    three = [round_of(day, pain=4) for day in (0, 2, 4)]
    assert "No core circuit 1 for a week; show this to a physio." in standing(ONE, *three).why
    bouts = [tens(day, pain=4) for day in (0, 2, 4)]
    assert "No plank in tens for a week" in standing(TENS, *bouts).why


def test_one_set_is_not_counted_in_words() -> None:
    single = replace(PLANK, items=(replace(next(PLANK.steps()), sets=1),))
    assert standing(single, plank(0, sets=0, of=1)).why.startswith("Not held to time; bad days are normal.")
