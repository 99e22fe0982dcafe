"""The routine file as its author sees it: every table and key, with its bounds and its description.

Pydantic stands at the door and goes no further: `build` turns these tables into the words of the domain.
Which keys go together is judged by `keys`, before this, so that one gap never hides another.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from prehab.domain.duration import SECOND, Millis, spell
from prehab.domain.routine import (
    AREAS,
    MAX_COUNT,
    MAX_NAME,
    MAX_STEP,
    MAX_TEXT,
    At,
    Kind,
    Phase,
    Position,
    Style,
)
from prehab.formats.values import choice, count, duration, moment, refuse, slug, text, version


class Sides(Enum):
    """Which sides of the body a step is done on."""

    EACH = "each"
    LEFT = "left"
    RIGHT = "right"


Span = Annotated[Millis, duration(SECOND)]
Gap = Annotated[Millis, duration(Millis(0))]
Name = Annotated[str, text(MAX_NAME)]
Text = Annotated[str, text(MAX_TEXT)]
Area = Annotated[str, text(MAX_NAME, known=AREAS)]
Times = Annotated[int, count(1, MAX_COUNT)]
Sessions = Annotated[int, count(1, 99)]
Effort = Annotated[int, count(1, 10)]

MaybeSpan = Annotated[Millis | None, duration(SECOND)]
MaybeGap = Annotated[Millis | None, duration(Millis(0))]
MaybeName = Annotated[str | None, text(MAX_NAME)]
MaybeText = Annotated[str | None, text(MAX_TEXT)]
MaybeTimes = Annotated[int | None, count(1, MAX_COUNT)]
MaybeFigure = Annotated[str | None, slug()]


def _key(description: str, default: object = None) -> Any:
    """Describe a key that may be left out; its default is written, and read, as it would be in the file."""
    if default is None:
        return Field(default=None, description=description)
    return Field(default=default, validate_default=True, description=description)


def _needed(description: str, **schema: Any) -> Any:
    """Describe a key that has to be there."""
    return Field(description=description, json_schema_extra=schema or None)


class Table(BaseModel):
    """What all tables of the file share."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )


class ForTable(Table):
    """A length that grows with practice, or a hold split into short bouts."""

    time: MaybeSpan = _key("How long one work is, when it doesn't grow.")
    from_: MaybeSpan = _key("The first hold of a step that grows: level 1.")
    to: MaybeSpan = _key("The longest hold of a step that grows: the last level.")
    by: MaybeSpan = _key("How much longer each level holds than the one before.")
    bouts: MaybeSpan = _key("Split the hold into works of this length, rounded up to whole ones.")
    gap: Gap = _key("The rest between two bouts.", "3s")

    @model_validator(mode="after")
    def _grows(self) -> ForTable:
        if self.from_ is not None and self.to is not None and self.to <= self.from_:
            raise refuse(
                f"is no longer than `from`, {spell(self.from_)}", "a step grows from short to long", "to"
            )
        return self


class SayTable(Table):
    """A sentence said inside a work."""

    text: Text = _needed("What is said.")
    at: Annotated[At | None, moment()] = _key('When, from the start of the work: "half", or a duration.')
    left: MaybeSpan = _key("When, counted back from the end of the work.")


def _shape_of_length(value: object) -> str:
    return "<for>" if isinstance(value, dict) else "<span>"


Length = Annotated[
    Annotated[Millis, duration(SECOND), Tag("<span>")] | Annotated[ForTable, Tag("<for>")],
    Discriminator(_shape_of_length),
]


class StepTable(Table):
    """One exercise. It is timed by `for`, or by `reps` with `beat`; with `reps` alone it waits for a key."""

    name: Name = _needed("What the step is called; it may be long, `spoken` is what the voice says.")
    kind: Annotated[Kind | None, choice(Kind)] = _key(
        "How the step is spoken of. Without it, a step with `reps` is reps and any other a hold."
    )
    for_: Length | None = _key("How long one work is, on each side; a table makes it grow or splits it.")
    reps: MaybeTimes = _key("How many repetitions; with `beat` they are timed and counted aloud.")
    beat: MaybeSpan = _key("The time between two soft knocks, which count repetitions or passes.")
    sets: Times = _key("How often the step is done; a set is both sides.", 1)
    rest: Gap = _key("The gap between two sets.", "30s")
    sides: Annotated[Sides | None, choice(Sides)] = _key("Each is left, then right, as one step.")
    change: MaybeGap = _key("The gap before this step, instead of the one under [pace].")
    switch: MaybeGap = _key("The gap between its sides, instead of the one under [pace].")
    areas: list[Area] = _key('The areas of the body it is for, as in ["calves", "lower back"].', [])
    position: Annotated[Position | None, choice(Position)] = _key("How the body is placed.")
    figure: MaybeFigure = _key("The name of its picture.")
    do: MaybeText = _key("What to do, in a sentence.")
    avoid: MaybeText = _key("The usual mistake, in a sentence.")
    spoken: MaybeName = _key("The name to say where the written one is long.")
    say: list[SayTable] = _key("Sentences said inside each work.", [])

    @model_validator(mode="after")
    def _fits(self) -> StepTable:
        if self.reps and self.beat and self.reps * self.beat > MAX_STEP:
            raise refuse(
                f"comes to {spell(Millis(self.reps * self.beat))}", f"at most {spell(MAX_STEP)}", "reps"
            )
        return self


class GroupTable(Table):
    """Steps done in turn, several rounds of them."""

    rounds: Times = _key("How often the steps are gone through.", 1)
    rest: Gap = _key("The gap between two rounds.", "30s")
    step: list[StepTable] = _needed("The steps of the group, each under [[step.step]].", minItems=1)


def shape_of_item(value: object) -> str:
    """Tell a group by its steps, or by what only a group that lacks them would have."""
    return "<group>" if isinstance(value, dict) and ("step" in value or _is_bare_group(value)) else "<step>"


def _is_bare_group(table: dict[str, object]) -> bool:
    """Whether a table without steps was meant to hold some."""
    return "rounds" in table and "name" not in table


Item = Annotated[
    Annotated[StepTable, Tag("<step>")] | Annotated[GroupTable, Tag("<group>")], Discriminator(shape_of_item)
]


class PaceTable(Table):
    """The gaps of the whole routine, and how often it is gone through."""

    get_ready: Gap = _key("The lead before the first step; not part of the total.", "10s")
    change: Gap = _key("The gap between two steps: read, move, lie down.", "6s")
    switch: Gap = _key("The gap between two sides.", "4s")
    rounds: Times = _key("How often the whole routine is gone through.", 1)
    round_rest: Gap = _key("The gap between two rounds.", "30s")


class CuesTable(Table):
    """How much is heard."""

    style: Annotated[Style | None, choice(Style)] = _key(
        "Every tick, or soft bells only; calm is the default of after-run and recovery."
    )


class EasierTable(Table):
    """What is done below the first hold of the growing step: level 0."""

    for_: Span = _needed("How long it is held.")
    name: Name = _needed("What it is called.")
    figure: MaybeFigure = _key("The name of its picture.")


class ProgressionTable(Table):
    """The rule by which the routine grows. Effort is rated 1 to 10, pain 0 to 10."""

    easier: EasierTable | None = _key("What stands below the first level.")
    then: MaybeName = _key("The id of the routine that follows when this one is outgrown.")
    clean_to_advance: Sessions = _key("Clean sessions in a row that move up one level.", 2)
    clean_rpe: Effort = _key("An effort up to this, with all sets held, is a clean session.", 7)
    easy_rpe: Effort = _key("An effort up to this moves up at once.", 3)
    miss_rpe: Effort = _key("An effort from this on is a miss.", 10)
    misses_to_back: Sessions = _key("Misses in a row that move one level back.", 2)
    ease_pain: Effort = _key("Pain from this on moves one level back.", 4)
    stop_pain: Effort = _key("Pain from this on ends the session.", 6)

    @model_validator(mode="after")
    def _in_order(self) -> ProgressionTable:
        if self.easy_rpe > self.clean_rpe:
            raise refuse(f"is above clean-rpe, {self.clean_rpe}", "easy is also clean", "easy-rpe")
        if self.miss_rpe <= self.clean_rpe:
            raise refuse(f"is not above clean-rpe, {self.clean_rpe}", "a miss can't be clean", "miss-rpe")
        if self.stop_pain < self.ease_pain:
            raise refuse(f"is below ease-pain, {self.ease_pain}", "stop comes after ease", "stop-pain")
        return self


class RoutineTable(Table):
    """A routine for prehab: steps to be guided through. Its id is the name of the file without .toml."""

    format: Annotated[int, version()] = _key("The format of this file.", 1)
    name: Name = _needed("What the routine is called.")
    phase: Annotated[Phase, choice(Phase)] = _key("When in a runner's day it belongs.", "any-day")
    about: Annotated[str | None, text(MAX_TEXT, folds=True)] = _key("What it is for, in a sentence or two.")
    needs: list[Name] = _key('What has to be at hand, as in ["mat", "wall"].', [])
    sources: list[Name] = _key("Where it comes from.", [])
    per_week: Annotated[int | None, count(1, 14)] = _key("How often a week it is due.")
    pace: PaceTable = _key("The gaps of the whole routine.", {})
    cues: CuesTable = _key("What is heard of the routine.", {})
    progression: ProgressionTable | None = _key("The rule by which it grows.")
    step: list[Item] = _needed("The steps, in order: each under [[step]].", minItems=1)
