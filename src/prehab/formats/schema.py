"""The routine file as its author sees it: every table and key, with its bounds and its description.

These tables stand at the door and go no further: `build` turns them into the words of the domain.
Which keys go together is judged by `keys`, before this, so that one gap never hides another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import cast

from pydantic_core import SchemaValidator

from prehab.domain.duration import SECOND, Millis, seconds, spell
from prehab.domain.routine import (
    AREAS,
    MAX_COUNT,
    MAX_NAME,
    MAX_STEP,
    MAX_STEPS,
    MAX_TEXT,
    At,
    Kind,
    Phase,
    Position,
    Style,
)
from prehab.formats.shapes import array, either, key, needed, refuse, table
from prehab.formats.values import choice, count, duration, fraction, moment, shown, slug, text, version


class Sides(Enum):
    """Which sides of the body a step is done on."""

    EACH = "each"
    LEFT = "left"
    RIGHT = "right"


MAX_ENTRIES = 100
"""How many areas, sentences, things at hand or sources may be named."""

SPAN = duration(SECOND)
GAP = duration(Millis(0))
CHECKED = duration(seconds(20))
NAME = text(MAX_NAME)
TEXT = text(MAX_TEXT)
TIMES = count(1, MAX_COUNT)
SESSIONS = count(1, 99)
RATING = count(1, 10)
FIGURE = slug()


@dataclass(frozen=True, slots=True)
class ForTable:
    """A length that grows with practice, or a hold split into short bouts."""

    time: Millis | None = key(SPAN, "How long one work is, when it doesn't grow.")
    from_: Millis | None = key(SPAN, "The first hold of a step that grows: level 1.")
    to: Millis | None = key(SPAN, "The longest hold of a step that grows: the last level.")
    by: Millis | None = key(SPAN, "How much longer each level holds than the one before.")
    bouts: Millis | None = key(SPAN, "Split the hold into works of this length, rounded up to whole ones.")
    gap: Millis = key(GAP, "The rest between two bouts.", "3s")


def _grows(table: ForTable) -> ForTable:
    if table.from_ is not None and table.to is not None and table.to <= table.from_:
        found = f"is no longer than `from`, {spell(table.from_)}"
        raise refuse(found, "a step grows from short to long", "to")
    return table


def _shape_of_length(value: object) -> str:
    return "<for>" if isinstance(value, dict) else "<span>"


LENGTH = either("Length", _shape_of_length, {"<span>": SPAN, "<for>": table(ForTable, _grows)})


@dataclass(frozen=True, slots=True)
class SayTable:
    """A sentence said inside a work."""

    text: str = needed(TEXT, "What is said.")
    at: At | None = key(moment(SECOND), 'When, from the start of the work: "half", or a duration.')
    left: Millis | None = key(SPAN, "When, counted back from the end of the work.")


@dataclass(frozen=True, slots=True)
class StepTable:
    """One exercise. It is timed by `for`, or by `reps` with `beat`; with `reps` alone it waits for a key."""

    name: str = needed(NAME, "What the step is called; it may be long, `spoken` is what the voice says.")
    kind: Kind | None = key(
        choice(Kind),
        "How the step is spoken of. Without it, a step with `reps` is reps and any other a hold.",
    )
    for_: Millis | ForTable | None = key(
        LENGTH, "How long one work is, on each side; a table makes it grow or splits it."
    )
    reps: int | None = key(TIMES, "How many repetitions; with `beat` they are timed and counted aloud.")
    beat: Millis | None = key(SPAN, "The time between two soft knocks, which count repetitions or passes.")
    sets: int = key(TIMES, "How often the step is done; a set is both sides.", 1)
    rest: Millis = key(GAP, "The gap between two sets.", "30s")
    sides: Sides | None = key(choice(Sides), "Each is left, then right, as one step.")
    change: Millis | None = key(GAP, "The gap before this step, instead of the one under [pace].")
    switch: Millis | None = key(GAP, "The gap between its sides, instead of the one under [pace].")
    areas: Sequence[str] = key(
        array(text(MAX_NAME, known=AREAS), MAX_ENTRIES),
        'The areas of the body it is for, as in ["calves", "lower back"].',
        [],
    )
    position: Position | None = key(choice(Position), "How the body is placed.")
    figure: str | None = key(FIGURE, "The name of its picture.")
    do: str | None = key(TEXT, "What to do, in a sentence.")
    avoid: str | None = key(TEXT, "The usual mistake, in a sentence.")
    spoken: str | None = key(NAME, "The name to say where the written one is long.")
    say: Sequence[SayTable] = key(array(table(SayTable), MAX_ENTRIES), "Sentences said inside each work.", [])


def _fits(table: StepTable) -> StepTable:
    if table.reps and table.beat and table.reps * table.beat > MAX_STEP:
        found = f"comes to {spell(Millis(table.reps * table.beat))}"
        raise refuse(found, f"at most {spell(MAX_STEP)}", "reps")
    return table


STEP = table(StepTable, _fits)


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Steps done in turn, several rounds of them."""

    rounds: int = key(TIMES, "How often the steps are gone through.", 1)
    rest: Millis = key(GAP, "The gap between two rounds.", "30s")
    step: Sequence[StepTable] = needed(
        array(STEP, MAX_STEPS, minItems=1), "The steps of the group, each under [[step.step]]."
    )


def shape_of_item(value: object) -> str:
    """Tell a group by its steps, or by what only a group that lacks them would have."""
    return "<group>" if isinstance(value, dict) and ("step" in value or _is_bare_group(value)) else "<step>"


def _is_bare_group(table: dict[str, object]) -> bool:
    """Whether a table without steps was meant to hold some."""
    return "rounds" in table and "name" not in table


ITEM = either("Item", shape_of_item, {"<step>": STEP, "<group>": table(GroupTable)})


@dataclass(frozen=True, slots=True)
class PaceTable:
    """The gaps of the whole routine, and how often it is gone through."""

    get_ready: Millis = key(GAP, "The lead before the first step; not part of the total.", "10s")
    change: Millis = key(GAP, "The gap between two steps: read, move, lie down.", "6s")
    switch: Millis = key(GAP, "The gap between two sides.", "4s")
    rounds: int = key(TIMES, "How often the whole routine is gone through.", 1)
    round_rest: Millis = key(GAP, "The gap between two rounds.", "30s")


@dataclass(frozen=True, slots=True)
class CuesTable:
    """How much is heard."""

    style: Style | None = key(
        choice(Style), "Every tick, or soft bells only; calm is the default of after-run and recovery."
    )


@dataclass(frozen=True, slots=True)
class EasierTable:
    """What is done below the first hold of the growing step: level 0."""

    for_: Millis = needed(SPAN, "How long it is held.")
    name: str = needed(NAME, "What it is called.")
    figure: str | None = key(FIGURE, "The name of its picture.")


@dataclass(frozen=True, slots=True)
class ProgressionTable:
    """The rule by which the routine grows. Effort is rated 1 to 10, pain 0 to 10."""

    easier: EasierTable | None = key(table(EasierTable), "What stands below the first level.")
    then: str | None = key(NAME, "The id of the routine that follows when this one is outgrown.")
    clean_to_advance: int = key(SESSIONS, "Clean sessions in a row that move up one level.", 2)
    clean_rpe: int = key(RATING, "An effort up to this, with all sets held, is a clean session.", 7)
    easy_rpe: int = key(RATING, "An effort up to this moves up at once.", 3)
    miss_rpe: int = key(RATING, "An effort from this on is a miss.", 10)
    misses_to_back: int = key(SESSIONS, "Misses in a row that move one level back.", 2)
    ease_pain: int = key(RATING, "Pain from this on moves one level back.", 4)
    stop_pain: int = key(RATING, "Pain from this on ends the session.", 6)


def _in_order(table: ProgressionTable) -> ProgressionTable:
    if table.easy_rpe > table.clean_rpe:
        raise refuse(f"is above clean-rpe, {table.clean_rpe}", "easy is also clean", "easy-rpe")
    if table.miss_rpe <= table.clean_rpe:
        raise refuse(f"is not above clean-rpe, {table.clean_rpe}", "a miss can't be clean", "miss-rpe")
    if table.stop_pain < table.ease_pain:
        raise refuse(f"is below ease-pain, {table.ease_pain}", "stop comes after ease", "stop-pain")
    return table


@dataclass(frozen=True, slots=True)
class CueTable:
    """What is said to look after one area on the run."""

    area: str = needed(NAME, "The area, as the orders name it.")
    say: Sequence[str] = needed(
        array(TEXT, MAX_ENTRIES, minItems=1), "The sentences, in turn each time the area comes."
    )
    late: str | None = key(TEXT, "Said instead in the late part.")


@dataclass(frozen=True, slots=True)
class ChecksTable:
    """Posture checks inside the one step of a run, whatever its length."""

    first: Millis = key(SPAN, "When the first one is due, from the start of the run.", "1m")
    every: Millis = key(CHECKED, "The time between two of the early part.", "4m")
    order: Sequence[str] = needed(
        array(NAME, MAX_ENTRIES, minItems=1), "The areas of the early part, in turn."
    )
    late_from: tuple[int, int] = key(fraction(), "Where in the run the late part begins.", "2/3")
    late_every: Millis = key(CHECKED, "The time between two of the late part.", "2m")
    late_order: Sequence[str] | None = key(
        array(NAME, MAX_ENTRIES, minItems=1),
        "The areas of the late part, in turn; the same order if it is left out.",
    )
    clear: Millis = key(GAP, "An early one this close to the late part, or closer, is left out.", "90s")
    quiet: Millis = key(GAP, "None is due so close to the end of the run.", "60s")
    cue: Sequence[CueTable] = needed(
        array(table(CueTable), MAX_ENTRIES, minItems=1),
        "The areas and what is said of each, under [[checks.cue]].",
    )


def _cues_fit(table: ChecksTable) -> ChecksTable:
    known = [cue.area for cue in table.cue]
    if not table.order or not known or not all(cue.say for cue in table.cue):
        empty = "cue" if table.order else "order"
        raise refuse("is empty", "a run looks after one area at least, with one sentence at least", empty)
    for order_key, order in (("order", table.order), ("late-order", table.late_order or ())):
        for area in order:
            if area not in known:
                way_out = f"known are {', '.join(known)}"
                raise refuse(f"names {shown(area)}, which has no cue", way_out, order_key)
    for area in known:
        if known.count(area) > 1:
            raise refuse(f"has {shown(area)} twice", "give all its sentences in one `say`", "cue")
    return table


@dataclass(frozen=True, slots=True)
class RoutineTable:
    """A routine for prehab: steps to be guided through. Its id is the name of the file without .toml."""

    format: int = key(version(), "The format of this file.", 1)
    name: str = needed(NAME, "What the routine is called.")
    phase: Phase = key(choice(Phase), "When in a runner's day it belongs.", "any-day")
    about: str | None = key(text(MAX_TEXT, folds=True), "What it is for, in a sentence or two.")
    needs: Sequence[str] = key(array(NAME, MAX_ENTRIES), 'What has to be at hand, as in ["mat", "wall"].', [])
    sources: Sequence[str] = key(array(NAME, MAX_ENTRIES), "Where it comes from.", [])
    per_week: int | None = key(count(1, 14), "How often a week it is due.")
    pace: PaceTable = key(table(PaceTable), "The gaps of the whole routine.", {})
    cues: CuesTable = key(table(CuesTable), "What is heard of the routine.", {})
    progression: ProgressionTable | None = key(
        table(ProgressionTable, _in_order), "The rule by which it grows."
    )
    checks: ChecksTable | None = key(
        table(ChecksTable, _cues_fit), "Posture checks on a run, said inside its one step."
    )
    step: Sequence[StepTable | GroupTable] = needed(
        array(ITEM, MAX_STEPS, minItems=1), "The steps, in order: each under [[step]]."
    )


@cache
def _validator() -> SchemaValidator:
    return SchemaValidator(table(RoutineTable).core)


def validate(tables: Mapping[str, object]) -> RoutineTable:
    """Read the tables of a file.

    Raises:
        ValidationError: with everything that is wrong in any of them.
    """
    return cast(RoutineTable, _validator().validate_python(tables))
