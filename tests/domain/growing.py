"""Routines that grow, as the bundled ones do, and sessions of them in as few words as a test needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prehab.domain.chain import ALONE, Place, places
from prehab.domain.compile import levels
from prehab.domain.duration import HOUR, Millis, seconds
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.progression import assess
from prehab.domain.records import Instant, Practice, SessionRecord, StepRecord
from prehab.domain.routine import Bouts, Easier, Growth, Kind, Phase, Progression, Routine, Side, Step
from prehab.domain.standing import Standing

MONDAY = 739_943
"""A Monday, as days are counted."""
DAY = Millis(24 * HOUR)
RULE = Progression(easier=Easier(seconds(20), "Front plank from the knees"), then="core-1")
FRONT = Step(
    "front-plank", "Front plank", Kind.HOLD, seconds(30), sets=3, rest=seconds(45),
    growth=Growth(seconds(30), seconds(60), seconds(5)),
)  # fmt: skip
PLANK = Routine("plank", "Plank", Phase.ANY_DAY, (FRONT,), progression=RULE, per_week=3)
TENS = Routine(
    "tens", "Plank in tens", Phase.ANY_DAY, (replace(FRONT, bouts=Bouts(seconds(10), seconds(3))),),
    progression=RULE,
)  # fmt: skip


def circuit(number: int, then: bool = True) -> Routine:
    """A circuit of two moves, one of them with sides, two rounds."""
    moves = (
        Step("bird-dog", "Bird dog", Kind.REPS, seconds(35), sides=(Side.LEFT, Side.RIGHT)),
        Step("front-plank", "Front plank", Kind.HOLD, seconds(30)),
    )
    rule = Progression(then=f"core-{number + 1}" if then else None)
    name = f"Core circuit {number}"
    return Routine(f"core-{number}", name, Phase.ANY_DAY, moves, rounds=2, progression=rule)


CIRCUITS = tuple(circuit(number, then=number < 4) for number in (1, 2, 3, 4))
PLACES = places((PLANK, TENS, *CIRCUITS))


def practice(
    day: float, steps: tuple[StepRecord, ...], *, outcome: Outcome = Outcome.COMPLETED, **more: Any
) -> Practice:
    """A session at noon of a day, counted from `MONDAY`; a fraction moves it within the day."""
    values: dict[str, Any] = {"level_ms": None, "rpe": 6, "pain_before": None, "pain": None, "flare": None}
    return Practice(_at(day), MONDAY + int(day), outcome, steps=steps, **{**values, **more})


def plank(day: float, hold: int = 30, sets: int = 3, *, of: int = 3, **more: Any) -> Practice:
    """A plank session at a hold in seconds; so many sets held to time, the others let go early."""
    held = [hold if number < sets else hold - 6 for number in range(of)]
    return practice(day, planks(hold, *held), **{"level_ms": seconds(hold), **more})


def planks(hold: int, *held: float) -> tuple[StepRecord, ...]:
    """The sets of a plank with the seconds of each."""
    return tuple(work(hold, seconds_held, set=number) for number, seconds_held in enumerate(held, 1))


def tens(day: float, hold: int = 30, sets: int = 3, **more: Any) -> Practice:
    """A session in bouts; in the sets that are not held, the last bout is let go early."""
    bouts = -(-hold // 10)
    works = tuple(
        work(10, 10 if number <= sets or bout < bouts else 4, set=number)
        for number in (1, 2, 3)
        for bout in range(1, bouts + 1)
    )
    return practice(day, works, **{"level_ms": seconds(hold), **more})


def round_of(day: float, rounds: int = 2, **more: Any) -> Practice:
    """A session of a circuit; in the rounds that are not full, the plank is let go early."""
    works = tuple(part for lap in (1, 2) for part in _lap(lap, is_full=lap <= rounds))
    return practice(day, works, **more)


def _lap(lap: int, *, is_full: bool) -> tuple[StepRecord, ...]:
    return (
        work(35, 35, step="bird-dog", side=Side.LEFT, round=lap),
        work(35, 35, step="bird-dog", side=Side.RIGHT, round=lap),
        work(30, 30 if is_full else 12, round=lap),
    )


def work(planned: int | None, held: float, *, step: str = "front-plank", **more: Any) -> StepRecord:
    """One work, its outcome worked out from the seconds."""
    outcome = StepOutcome.DONE if planned is None or held >= planned else StepOutcome.SHORT
    values: dict[str, Any] = {"side": None, "set": 1, "round": 1, "outcome": outcome, **more}
    span = None if planned is None else seconds(planned)
    return StepRecord(step, step, planned_ms=span, held_ms=Millis(int(held * 1000)), **values)


def ladder(level: int) -> int:
    """The hold of a level of the plank, in seconds."""
    return levels(PLANK)[level] // 1000


def standing(
    routine: Routine, *sessions: Practice, day: float | None = None, place: Place | None = None
) -> Standing:
    """Where they leave a person: one day after the last of them, or on a day."""
    if day is None:
        day = max(((one.at - _at(0)) / DAY for one in sessions), default=0) + 1
    if place is None:
        place = PLACES.get(routine.id, ALONE)
    return assess(routine, sessions, now=_at(day), today=MONDAY + int(day), place=place)


def marks(found: Standing) -> tuple[int, int, int, str]:
    """Level, streak, misses and verdict."""
    return found.level, found.streak, found.misses, found.verdict.value


def record(session: Practice, id_: str, routine: str = "plank") -> SessionRecord:
    """The same as a whole record."""
    began = Instant(str(session.at), session.at, session.day)
    return SessionRecord(
        id_, routine, routine, began, None, session.outcome, session.level_ms, session.rpe,
        session.pain_before, session.pain, session.flare, "", None, session.steps,
    )  # fmt: skip


def _at(day: float) -> Millis:
    return Millis(int((MONDAY - 719_163 + day) * DAY) + 12 * HOUR)
