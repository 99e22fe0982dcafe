"""One move of a note as a step: timed by its dose, and dressed with what is known of moves of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from prehab.domain.duration import SECOND, Millis, seconds
from prehab.domain.routine import MAX_TEXT, Growth, Kind, Position, Side, Step
from prehab.formats.moves import areas_of

_SHORT = seconds(10)
"""A hold shorter than this, several times over, is a repetition."""
_TO_CHANGE = seconds(2)
"""What a repetition with a hold takes beyond the hold."""
_TEMPO = seconds(3)
FLOOR = seconds(20)
"""Time to get down on the floor before the first step; between steps half of it."""
_GROWS_BY = seconds(5)
UPRIGHT = (None, Position.STANDING, Position.SEATED)
"""Positions that nobody has to get down for."""


@dataclass(slots=True)
class Dose:
    """What is said of one move besides its name, as it is found."""

    at: int
    sets: int = 1
    reps: int | None = None
    hold: Millis | None = None
    to: Millis | None = None
    rest: Millis | None = None
    beat: Millis | None = None
    sides: tuple[Side | None, ...] | None = None
    do: str = ""


def timed(dose: Dose, kin: Step | None) -> Step:
    """The step by its dose alone."""
    sets, reps, hold = dose.sets, dose.reps, dose.hold
    if reps is None and hold is not None and sets > 1 and hold < _SHORT and dose.rest is None and not dose.to:
        sets, reps = 1, sets
    rest = seconds(30) if dose.rest is None else dose.rest
    if reps is None:
        kind = kin.kind if kin is not None and kin.kind in (Kind.MOVE, Kind.ROLL) else Kind.HOLD
        growth = Growth(hold or SECOND, dose.to, _GROWS_BY) if dose.to and kind is Kind.HOLD else None
        beat = kin.beat if kin is not None and kind is Kind.ROLL else dose.beat
        return Step("", "", kind, hold, growth=growth, beat=beat, sets=sets, rest=rest)
    tempo = kin.beat if kin is not None and kin.reps and kin.beat else _TEMPO
    beat = dose.beat or (Millis(hold + _TO_CHANGE) if hold else tempo)
    return Step("", "", Kind.REPS, Millis(reps * beat), reps=reps, beat=beat, sets=sets, rest=rest)


def dressed(step: Step, written: str, kin: Step | None, dose: Dose) -> Step:
    """The step with its sides, and with what is known of moves of its name."""
    hold = f"Hold each for {dose.hold // SECOND} s." if step.reps and dose.hold else ""
    if kin is None:
        areas, position = areas_of(written)
        do = " ".join(part for part in (_sentence(dose.do), hold) if part)
        return replace(step, sides=dose.sides or (None,), areas=areas, position=position, do=do[:MAX_TEXT])
    # A hold that has two sides is held on both; for repetitions the note has to say so.
    sides = dose.sides or (kin.sides if step.reps is None and len(kin.sides) == 2 else (None,))
    words = (_sentence(dose.do) or _without_doses(kin.do), hold)
    return replace(
        step,
        sides=sides,
        areas=kin.areas,
        position=kin.position,
        figure=kin.figure,
        do=" ".join(part for part in words if part)[:MAX_TEXT],
        avoid=kin.avoid,
        switch=kin.switch,
    )


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _without_doses(text: str) -> str:
    """Leave out the sentences with a number: they tell the dose of another routine."""
    return " ".join(part for part in re.split(r"(?<=[.!?])\s+", text) if not re.search("[0-9]", part))
