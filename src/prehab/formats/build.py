"""The tables of a file, already checked one by one, turned into the words of the domain."""

from __future__ import annotations

import re
import unicodedata

from prehab.domain.duration import Millis
from prehab.domain.routine import (
    At,
    Bouts,
    CheckCue,
    Checks,
    Easier,
    Group,
    Growth,
    Kind,
    Left,
    Line,
    Phase,
    Progression,
    Routine,
    Side,
    Step,
    Style,
)
from prehab.formats.schema import (
    ChecksTable,
    ForTable,
    GroupTable,
    ProgressionTable,
    RoutineTable,
    SayTable,
    Sides,
    StepTable,
)

_SIDES: dict[Sides | None, tuple[Side | None, ...]] = {
    None: (None,),
    Sides.EACH: (Side.LEFT, Side.RIGHT),
    Sides.LEFT: (Side.LEFT,),
    Sides.RIGHT: (Side.RIGHT,),
}
_CALM = (Phase.AFTER_RUN, Phase.RECOVERY)


def build(table: RoutineTable, routine_id: str) -> Routine:
    """Make the routine that a file describes."""
    ids = StepIds()
    pace = table.pace
    return Routine(
        id=routine_id,
        name=table.name,
        phase=table.phase,
        items=tuple(
            _group(item, ids) if isinstance(item, GroupTable) else _step(item, ids) for item in table.step
        ),
        about=table.about or "",
        needs=tuple(table.needs),
        sources=tuple(table.sources),
        per_week=table.per_week,
        get_ready=pace.get_ready,
        change=pace.change,
        switch=pace.switch,
        rounds=pace.rounds,
        round_rest=pace.round_rest,
        style=table.cues.style or (Style.CALM if calm_by_default(table.phase) else Style.FULL),
        progression=_progression(table.progression) if table.progression else None,
        checks=_checks(table.checks) if table.checks else None,
    )


def calm_by_default(phase: Phase) -> bool:
    """Whether a routine of this phase is calm where its file does not say."""
    return phase in _CALM


class StepIds:
    """Hands out the ids of the steps of one file, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, name: str) -> str:
        """The slug of a name, with -2, -3 for repeats."""
        slug = slugify(name)
        free, number = slug, 1
        while free in self._taken:
            number += 1
            free = f"{slug}-{number}"
        self._taken.add(free)
        return free


def slugify(name: str) -> str:
    """Write a name in small ASCII letters, digits and hyphens; `step` where it has no such letter."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    return slug if re.search("[a-z]", slug) else "step"


def _group(table: GroupTable, ids: StepIds) -> Group:
    return Group(tuple(_step(step, ids) for step in table.step), table.rounds, table.rest)


def _step(table: StepTable, ids: StepIds) -> Step:
    return Step(
        id=ids.new(table.name),
        name=table.name,
        kind=table.kind or (Kind.REPS if table.reps else Kind.HOLD),
        length=_length(table),
        growth=_growth(table.for_),
        bouts=_bouts(table.for_),
        reps=table.reps,
        beat=table.beat,
        sets=table.sets,
        rest=table.rest,
        sides=_SIDES[table.sides],
        change=table.change,
        switch=table.switch,
        spoken=table.spoken,
        do=table.do or "",
        avoid=table.avoid or "",
        say=tuple(_line(line) for line in table.say),
        areas=tuple(table.areas),
        position=table.position,
        figure=table.figure,
    )


def _length(table: StepTable) -> Millis | None:
    """How long one work is; a growing step has its first hold here."""
    if isinstance(table.for_, ForTable):
        return table.for_.time or table.for_.from_
    if table.reps and table.beat:
        return Millis(table.reps * table.beat)
    return table.for_


def _growth(length: Millis | ForTable | None) -> Growth | None:
    if isinstance(length, ForTable) and length.from_ and length.to and length.by:
        return Growth(length.from_, length.to, length.by)
    return None


def _bouts(length: Millis | ForTable | None) -> Bouts | None:
    if isinstance(length, ForTable) and length.bouts:
        return Bouts(length.bouts, length.gap)
    return None


def _line(table: SayTable) -> Line:
    return Line(table.text, Left(table.left) if table.left else table.at or At(None))


def _checks(table: ChecksTable) -> Checks:
    return Checks(
        first=table.first,
        every=table.every,
        order=tuple(table.order),
        late_from=table.late_from,
        late_every=table.late_every,
        late_order=tuple(table.late_order or table.order),
        clear=table.clear,
        quiet=table.quiet,
        cues=tuple(CheckCue(cue.area, tuple(cue.say), cue.late) for cue in table.cue),
    )


def _progression(table: ProgressionTable) -> Progression:
    easier = table.easier
    return Progression(
        easier=Easier(easier.for_, easier.name, easier.figure) if easier else None,
        then=table.then,
        clean_to_advance=table.clean_to_advance,
        clean_rpe=table.clean_rpe,
        easy_rpe=table.easy_rpe,
        miss_rpe=table.miss_rpe,
        misses_to_back=table.misses_to_back,
        ease_pain=table.ease_pain,
        stop_pain=table.stop_pain,
    )
