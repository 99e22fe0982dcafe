"""The check-in of a runner in plain lines: one key for each answer, and every one may be skipped."""

from __future__ import annotations

from dataclasses import replace

from prehab.cli import report
from prehab.cli.keyboard import Keyboard
from prehab.cli.questions import one_of, score
from prehab.domain import diary, gate, safety
from prehab.domain.diary import ALWAYS_ASKED, Run, Surface
from prehab.errors import UserError
from prehab.session.diary import Answered, ran
from prehab.session.front import Prehab

_SKIPS = ("enter", "escape", "space")


def check_in(keys: Keyboard) -> tuple[dict[str, int], bool]:
    """Ask how sore it is; the scores by area, and whether it is sharp or numb anywhere."""
    scale = ", ".join(f"{number} {words}" for number, words in gate.ANCHORS.items())
    report.paragraph(f"{scale}. → is 10, enter skips.")
    asked = {area: score(keys, f"{area.capitalize()}, 0 to 10?") for area in ALWAYS_ASKED}
    is_sharp = one_of(keys, f"{diary.SHARP_QUESTION} y or n.", ("y", "n", *_SKIPS)) == "y"
    return {area: number for area, number in asked.items() if number is not None}, is_sharp


def morning_after(prehab: Prehab, keys: Keyboard) -> bool:
    """Ask how it is where this is the morning after a run; whether anything else may follow.

    Whoever skips the first question is asked no other.
    """
    run = prehab.diary.run_to_ask()
    if run is None:
        return True
    report.paragraph("It is the morning after a run. How sore is it?")
    first = score(keys, f"{ALWAYS_ASKED[0].capitalize()}, 0 to 10? → is 10, enter skips.")
    if first is None:
        prehab.diary.wave_morning_away(run)
        return True
    others = {area: score(keys, f"{area.capitalize()}, 0 to 10?") for area in ALWAYS_ASKED[1:]}
    told = {area: number for area, number in others.items() if number is not None}
    is_sharp = one_of(keys, f"{diary.SHARP_QUESTION} y or n.", ("y", "n", *_SKIPS)) == "y"
    answered = prehab.diary.log_soreness({ALWAYS_ASKED[0]: first, **told}, is_sharp=is_sharp)
    tell_answered(answered)
    return not answered.is_safety


def after_run(prehab: Prehab, keys: Keyboard) -> None:
    """Ask about the run that was just led, so that it is in the diary with one key."""
    run = prehab.diary.run_to_confirm(is_asked_for=False)
    if run is None:
        return
    told = about_run(keys, run, is_sure=False)
    if told is None:
        prehab.diary.wave_run_away(run)
        return
    try:
        prehab.diary.log_run(told)
    except UserError as error:
        report.error(error)
    else:
        report.paragraph("The run is in the diary.")


def tell_answered(answered: Answered) -> None:
    """Show what the scores call for, and why they could not be kept."""
    if answered.trouble is not None:
        report.error(answered.trouble)
    if answered.is_safety:
        report.paragraph(safety.text())
    elif answered.see_somebody:
        tell_to_see_somebody(answered.see_somebody)


def about_run(keys: Keyboard, run: Run, *, is_sure: bool) -> Run | None:
    """Ask whether a run was run so, and what nothing but its runner knows; `None` if it was none."""
    if not is_sure and one_of(keys, f"{ran(run)} Enter is yes.", ("enter", "y", "n", "escape")) in (
        "n",
        "escape",
    ):
        return None
    surfaces = list(Surface)
    listed = ", ".join(f"{number} {surface.value}" for number, surface in enumerate(surfaces, 1))
    pressed = one_of(
        keys, f"On what? {listed}; enter skips.", (*map(str, range(1, len(surfaces) + 1)), *_SKIPS)
    )
    surface = run.surface if pressed in _SKIPS else surfaces[int(pressed) - 1]
    effort = score(keys, "How hard was it, 1 to 10? (0 is 10, enter skips)", lowest=1)
    return replace(run, surface=surface, effort=effort)


def tell_to_see_somebody(why: str) -> None:
    """Show why, and the lines of an ordinary visit."""
    report.paragraph(f"{why}\n{safety.visit()}")
