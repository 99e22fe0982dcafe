"""A routine as a person wrote it, already checked: what `formats` makes and `compile` unrolls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from prehab.domain.duration import SECOND, Millis, seconds

AREAS = (
    "neck", "shoulders", "chest", "arms", "upper back", "lower back", "core", "hips", "glutes", "hamstrings",
    "quads", "knees", "calves", "shins", "ankles", "whole body",
)  # fmt: skip
"""The areas of the body that a step may name; others are a warning."""


class Phase(Enum):
    """When in a runner's day a routine belongs."""

    BEFORE_RUN = "before-run"
    DURING_RUN = "during-run"
    AFTER_RUN = "after-run"
    ANY_DAY = "any-day"
    RECOVERY = "recovery"


class Kind(Enum):
    """How a step is spoken of; it never means that the step waits."""

    HOLD = "hold"
    MOVE = "move"
    REPS = "reps"
    ROLL = "roll"


class Side(Enum):
    """A side of the body."""

    LEFT = "left"
    RIGHT = "right"


class Position(Enum):
    """How the body is placed during a step."""

    STANDING = "standing"
    SEATED = "seated"
    KNEELING = "kneeling"
    ALL_FOURS = "all-fours"
    FACE_DOWN = "face-down"
    ON_BACK = "on-back"
    ON_SIDE = "on-side"


class Style(Enum):
    """How much is heard: every tick and half, or soft bells only."""

    FULL = "full"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class At:
    """A moment counted from the start of a work; `None` is half of it."""

    after: Millis | None


@dataclass(frozen=True, slots=True)
class Left:
    """A moment counted from the end of a work."""

    before_end: Millis


@dataclass(frozen=True, slots=True)
class Line:
    """Something said inside a work."""

    text: str
    moment: At | Left
    is_reminder: bool = False
    """Whether it is what the work is about: a voice that says little says it too, and no voice is a tone."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A hold that grows with practice, rung by rung."""

    start: Millis
    """The hold of level 1."""
    end: Millis
    """The longest hold; the last rung, even where the step does not divide the range."""
    by: Millis
    """How much longer each rung is than the one below."""

    def rungs(self) -> tuple[Millis, ...]:
        """The holds of levels 1, 2, …"""
        return (*(Millis(hold) for hold in range(self.start, self.end, self.by)), self.end)


@dataclass(frozen=True, slots=True)
class Bouts:
    """A hold split into short works with small gaps, rounded up to whole bouts."""

    each: Millis
    gap: Millis


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise with its sets and sides."""

    id: str
    """The slug of the name, with -2, -3 for repeats in the file."""
    name: str
    kind: Kind
    length: Millis | None
    """How long one work is; `None` when the step waits for a key. A growing step has its first rung here."""
    growth: Growth | None = None
    bouts: Bouts | None = None
    reps: int | None = None
    beat: Millis | None = None
    """The time between two knocks that count repetitions or passes."""
    sets: int = 1
    rest: Millis = field(default=seconds(30))
    """The gap between two sets."""
    sides: tuple[Side | None, ...] = (None,)
    """`(None,)` when the step has no sides; left comes before right."""
    change: Millis | None = None
    """The gap before this step; `None` takes the routine's."""
    switch: Millis | None = None
    """The gap between its sides; `None` takes the routine's."""
    spoken: str | None = None
    """The name to say where the written one is long."""
    do: str = ""
    avoid: str = ""
    say: tuple[Line, ...] = ()
    areas: tuple[str, ...] = ()
    position: Position | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Steps done in turn, several rounds of them."""

    steps: tuple[Step, ...]
    rounds: int = 1
    rest: Millis = field(default=seconds(30))
    """The gap between two rounds."""


@dataclass(frozen=True, slots=True)
class Easier:
    """What stands below the first rung: level 0."""

    length: Millis
    name: str
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Progression:
    """The rule by which a routine grows; the defaults are those of the plank ladder.

    Thresholds are on the 1 to 10 effort scale and the 0 to 10 pain scale.
    """

    easier: Easier | None = None
    then: str | None = None
    """The id of the routine that follows when this one is outgrown."""
    clean_to_advance: int = 2
    """Clean sessions in a row that move up one level."""
    clean_rpe: int = 7
    """Hardest set at or below this counts as clean."""
    easy_rpe: int = 3
    """Hardest set at or below this moves up at once."""
    miss_rpe: int = 10
    """Hardest set at or above this is a miss."""
    misses_to_back: int = 2
    """Misses in a row that move one level back."""
    ease_pain: int = 4
    """Pain at or above this means one level back."""
    stop_pain: int = 6
    """Pain at or above this ends the session."""


@dataclass(frozen=True, slots=True)
class CheckCue:
    """What is said to look after one area on the run."""

    area: str
    say: tuple[str, ...]
    """In turn, each time the area comes."""
    late: str | None = None
    """Said instead in the late part."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Posture checks inside the one step of a run, whatever its length."""

    first: Millis
    """When the first one is due."""
    every: Millis
    """The time between two of the early part."""
    order: tuple[str, ...]
    """The areas of the early part, in turn."""
    late_from: tuple[int, int]
    """Where the late part begins, as a fraction of the run."""
    late_every: Millis
    late_order: tuple[str, ...]
    clear: Millis
    """An early one that comes this close to the late part, or closer, is left out."""
    quiet: Millis
    """None is due so close to the end."""
    cues: tuple[CheckCue, ...]
    start: int = 0
    """How many early ones there were in earlier runs: the areas go on from there."""
    tired_at: Millis | None = None
    """When the runner said that they are getting tired: the late part begins then, if it has not yet."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A whole routine. One that exists is right; nothing downstream checks it again."""

    id: str
    """The stem of its file."""
    name: str
    phase: Phase
    items: tuple[Step | Group, ...]
    about: str = ""
    needs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    get_ready: Millis = field(default=seconds(10))
    change: Millis = field(default=seconds(6))
    switch: Millis = field(default=seconds(4))
    rounds: int = 1
    round_rest: Millis = field(default=seconds(30))
    style: Style = Style.FULL
    progression: Progression | None = None
    per_week: int | None = None
    """How often a week it is due; `None` when it is done as needed."""
    checks: Checks | None = None
    """Posture checks of a routine that is a run: then it has one step, whose length is the run's."""

    def steps(self) -> Iterator[Step]:
        """Every step in the order of the file, groups opened."""
        for item in self.items:
            if isinstance(item, Group):
                yield from item.steps
            else:
                yield item

    @property
    def growing(self) -> Step | None:
        """The step whose hold grows, if any."""
        return next((step for step in self.steps() if step.growth is not None), None)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area that a step names, in order of first mention."""
        return tuple(dict.fromkeys(area for step in self.steps() for area in step.areas))


MAX_STEPS = 500
MAX_COUNT = 999
"""Sets, rounds and reps are 1 to this."""
MAX_SEGMENTS = 10_000
MIN_STEP = SECOND
MAX_STEP = seconds(4 * 3600)
MAX_TOTAL = seconds(24 * 3600)
MAX_NAME = 200
MAX_TEXT = 500
