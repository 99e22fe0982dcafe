"""What answers about the back lead to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.growing import CIRCUITS, FRONT, MONDAY, PLANK, TENS

from prehab.domain.gate import Before, During, Morning, after, asks_back, asks_morning, before, during
from prehab.domain.routine import Kind, Phase, Progression, Routine, Step

RECOVERY = Routine("recovery-back", "Recovery", Phase.RECOVERY, (Step("walk", "Walk", Kind.MOVE, None),))
STRETCH = replace(RECOVERY, id="stretch", phase=Phase.AFTER_RUN)


def test_the_back_is_asked_about_before_what_strains_or_mends_it() -> None:
    assert all(asks_back(one) for one in (PLANK, TENS, *CIRCUITS, RECOVERY))
    assert not asks_back(STRETCH)


@pytest.mark.parametrize(
    ("back", "led_to"),
    [
        (None, Before.GO),
        (0, Before.GO),
        (3, Before.GO),
        (4, Before.RECOVER),
        (5, Before.RECOVER),
        (6, Before.SAFETY),
        (10, Before.SAFETY),
    ],
)
def test_three_bands_before_a_plank(back: int | None, led_to: Before) -> None:
    assert before(PLANK, back) is led_to
    assert before(CIRCUITS[0], back) is led_to


@pytest.mark.parametrize(
    ("back", "led_to"),
    [
        (None, Before.RECOVER),
        (0, Before.GO),
        (1, Before.GO),
        (2, Before.RECOVER),
        (3, Before.RECOVER),
        (6, Before.SAFETY),
    ],
)
def test_after_a_stop_the_back_has_to_be_at_its_usual_again(back: int | None, led_to: Before) -> None:
    assert before(PLANK, back, limit=1) is led_to


@pytest.mark.parametrize(
    ("back", "yesterday", "led_to"),
    [
        (3, 0, Before.GO),
        (4, None, Before.GO),
        (5, 5, Before.GO),
        (4, 3, Before.REST),
        (5, 4, Before.REST),
        (6, 7, Before.SAFETY),
        (None, 5, Before.GO),
    ],
)
def test_recovery_is_for_a_back_that_is_not_getting_worse(
    back: int | None, yesterday: int | None, led_to: Before
) -> None:
    assert before(RECOVERY, back, yesterday=yesterday) is led_to


@pytest.mark.parametrize(
    ("pain", "in_plank", "in_circuit"),
    [
        (None, During.GO_ON, During.GO_ON),
        (0, During.GO_ON, During.GO_ON),
        (3, During.GO_ON, During.GO_ON),
        (4, During.END, During.SKIP_STEP),
        (5, During.END, During.SKIP_STEP),
        (6, During.SAFETY, During.SAFETY),
        (10, During.SAFETY, During.SAFETY),
    ],
)
def test_three_bands_during_a_session(pain: int | None, in_plank: During, in_circuit: During) -> None:
    assert during(PLANK, FRONT, pain) is in_plank
    circuit = CIRCUITS[0]
    assert during(circuit, next(circuit.steps()), pain) is in_circuit


@pytest.mark.parametrize("pain", [None, 0, 3, 5, 9])
def test_sharp_pain_ends_the_session_whatever_the_number(pain: int | None) -> None:
    assert during(PLANK, FRONT, pain, is_sharp=True) is During.SAFETY
    assert during(STRETCH, next(STRETCH.steps()), pain, is_sharp=True) is During.SAFETY


@pytest.mark.parametrize(
    ("pain", "said_in_it", "is_shown"),
    [(None, None, False), (5, None, False), (6, None, True), (10, 5, True), (7, 7, False), (8, 6, False)],
)
def test_bad_pain_told_after_a_session_shows_the_signs_unless_they_were_shown_in_it(
    pain: int | None, said_in_it: int | None, is_shown: bool
) -> None:
    assert after(PLANK, pain, during=said_in_it) is is_shown


def test_the_thresholds_are_the_routines_own() -> None:
    careful = replace(PLANK, progression=Progression(ease_pain=2, stop_pain=3))
    assert before(careful, 2) is Before.RECOVER
    assert before(careful, 3) is Before.SAFETY
    assert during(careful, FRONT, 2) is During.END


def test_only_clearly_worse_is_a_flare() -> None:
    assert [answer for answer in Morning if answer.is_flare] == [Morning.CLEARLY_WORSE]


def test_a_morning_is_asked_about_once_it_has_come_and_while_it_is_remembered() -> None:
    assert not asks_morning(MONDAY, None, MONDAY)
    assert asks_morning(MONDAY, None, MONDAY + 1)
    assert asks_morning(MONDAY, None, MONDAY + 14)
    assert not asks_morning(MONDAY, None, MONDAY + 15)
    assert not asks_morning(MONDAY, False, MONDAY + 1)
    assert not asks_morning(MONDAY, None, MONDAY - 300)
