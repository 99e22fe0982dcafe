"""From the text of a figure file to a `Figure`, with every mistake named and placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from prehab.domain.duration import Millis
from prehab.domain.routine import MAX_NAME, MAX_TEXT, Side
from prehab.figures.check import findings_of
from prehab.figures.figure import Crop, Ease, Figure, Key, Motion, Pose, Props, View
from prehab.figures.motion import BREATH
from prehab.figures.poses import Poses
from prehab.figures.reading import Asker, Missing, Table, shown
from prehab.figures.reading import Path as KeyPath
from prehab.figures.silhouette import MIDDLE, MUSCLES
from prehab.formats.files import Unreadable, read_text
from prehab.formats.findings import locate
from prehab.formats.problems import Problem, nearest
from prehab.formats.toml import read_tables

FORMAT = 1
TOP = (
    "format", "name", "about", "view", "shows", "turn", "crop", "works", "supports", "mat", "wall", "chair",
    "bench", "roller", "doorway", "strap", "pose", "motion",
)  # fmt: skip
"""The keys of a figure file."""
MAX_KEYS = 24
SIDE_TURN = 14.0
"""How far a body seen from the side is turned towards the viewer, so that its far limbs can be seen."""
PLURALS = {"calves": "calf"} | {f"{name}s": name for name in MUSCLES if name not in MIDDLE and name != "calf"}
"""The muscles of both sides at once."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file."""

    figure: Figure | None
    """`None` when a mistake leaves nothing to draw."""
    problems: tuple[Problem, ...]


def load(path: Path) -> Loaded:
    """Read one file; whatever is wrong with it is a problem, never an exception."""
    try:
        return read(read_text(path), path.stem, str(path))
    except Unreadable as error:
        return Loaded(None, (Problem(str(path), error.line, error.column, "", error.message, error.hint),))


def read(text: str, name: str, file: str) -> Loaded:
    """Read the text of a figure that is called `name`."""
    tables = read_tables(text, file)
    if isinstance(tables, Problem):
        return Loaded(None, (tables,))
    reader = _Reader()
    figure = reader.figure(tables, name)
    found = reader.ask.findings
    if figure is not None and not any(finding.severity == "error" for finding in found):
        found += findings_of(figure)
    problems = locate(found, file, text, tables)
    return Loaded(None if any(problem.is_error for problem in problems) else figure, problems)


class _Reader:
    """One file on its way to a figure."""

    def __init__(self) -> None:
        self.ask = Asker()
        self.view = View.SIDE

    def figure(self, tables: Table, name: str) -> Figure | None:
        self.ask.keys(tables, (), TOP)
        if tables.get("format") != FORMAT:
            self.ask.wrong(("format",), "must be 1", "begin the file with format = 1")
        self.view = self.ask.get(tables, (), "view", View.SIDE, self.ask.choice(View))
        reader = Poses(self.ask, self.view)
        props = self.props(tables)
        title = self.ask.get(tables, (), "name", name, self.ask.text(MAX_NAME))
        if "name" not in tables:
            self.ask.wrong(("name",), "is missing", 'write name = "Bird dog"')
        poses = reader.poses(tables)
        motion = self.motion(tables, poses)
        side = Side.RIGHT if self.view is View.SIDE else Side.LEFT
        turn = SIDE_TURN if self.view is View.SIDE else 0.0
        figure = Figure(
            name=name,
            title=title,
            view=self.view,
            poses=poses,
            motion=motion or Motion((), Millis(1)),
            about=self.ask.get(tables, (), "about", "", self.ask.text(MAX_TEXT)),
            works=self.ask.get(tables, (), "works", (), self.works),
            supports=self.ask.get(tables, (), "supports", (), reader.supports),
            props=props,
            shows=self.ask.get(tables, (), "shows", side, self.ask.choice(Side)),
            turn=self.ask.get(tables, (), "turn", turn, self.ask.number(-60, 60)),
            crop=self.ask.get(tables, (), "crop", Crop.WHOLE, self.ask.choice(Crop)),
        )
        return figure if motion is not None and poses else None

    def works(self, value: object, path: KeyPath) -> tuple[str, ...]:
        known = [
            *MIDDLE,
            *(f"{side}-{name}" for name in MUSCLES if name not in MIDDLE for side in self.view.sides),
        ]
        marked: list[str] = []
        for index, word in enumerate(self.ask.words(value, path)):
            if word in PLURALS:
                marked += [f"{side}-{PLURALS[word]}" for side in self.view.sides]
            elif word in known:
                marked.append(word)
            else:
                close = nearest(word, [*known, *PLURALS])
                self.ask.wrong(
                    (*path, index),
                    f"no such muscle: {shown(word)}",
                    f"did you mean {close!r}?" if close else "",
                )
        return tuple(dict.fromkeys(marked))

    def props(self, tables: Table) -> Props:
        return Props(
            wall=self.ask.get(tables, (), "wall", None, self.ask.place),
            mat=self.ask.get(tables, (), "mat", False, self.ask.flag),
            chair=self.ask.get(tables, (), "chair", None, self.ask.place),
            bench=self.ask.get(tables, (), "bench", None, self.ask.place),
            roller=self.ask.get(tables, (), "roller", None, self.ask.place),
            doorway=self.ask.get(tables, (), "doorway", None, self.ask.number(10, 60)),
            strap=self.ask.get(tables, (), "strap", (), self.strap),
        )

    def strap(self, value: object, path: KeyPath) -> tuple[str, ...]:
        known = [f"{side}-{part}" for side in self.view.sides for part in STRAP_PARTS]
        words = self.ask.words(value, path)
        for index, word in enumerate(words):
            if word not in known:
                hint = f"one of {', '.join(known)}"
                raise self.ask.wrong((*path, index), f"no such part: {shown(word)}", hint)
        return tuple(words)

    def motion(self, tables: Table, poses: Mapping[str, Pose]) -> Motion | None:
        """When each pose comes; one pose alone needs no motion."""
        path: KeyPath = ("motion",)
        if not poses:
            return None
        if "motion" not in tables:
            if len(poses) > 1:
                self.ask.wrong(("pose",), f"has {len(poses)} poses and no [motion]", "say when each comes")
            return Motion((Key(next(iter(poses)), Millis(0)),), BREATH)
        written = tables["motion"]
        if not isinstance(written, dict):
            self.ask.wrong(path, f"must be a table, not {shown(written)}", "write [motion] and keys = […]")
            return None
        self.ask.keys(written, path, ("cycle", "beats", "keys", "still"))
        seconds = self.ask.get(written, path, "cycle", 4.0, self.ask.number(0.3, 60))
        beats = self.ask.get(written, path, "beats", 1.0, self.ask.number(1, 20))
        cycle = Millis(round(1000 * seconds))
        keys = self.key_poses(written.get("keys"), cycle, poses)
        if keys is None:
            return None
        still = self.ask.get(written, path, "still", None, self.ask.among({key.pose for key in keys}))
        return Motion(keys, cycle, round(beats), still)

    def key_poses(self, rows: object, cycle: Millis, poses: Mapping[str, Pose]) -> tuple[Key, ...] | None:
        """The keys in order of time, the first at 0, the last before the end of the cycle."""
        path: KeyPath = ("motion", "keys")
        if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_KEYS:
            hint = 'for example [["start", 0], ["up", 1.5]]'
            self.ask.wrong(path, f"must be a list of 1 to {MAX_KEYS} keys", hint)
            return None
        keys = [key for index, row in enumerate(rows) if (key := self.key(row, index, poses)) is not None]
        if len(keys) < len(rows):
            return None
        for index, (earlier, later) in enumerate(pairwise(keys)):
            if later.at <= earlier.at:
                self.ask.wrong(
                    (*path, index + 1), "comes no later than the key before it", "keep them in order"
                )
        if keys[0].at != 0:
            self.ask.wrong((*path, 0), f"begins at {keys[0].at / 1000:g}", "the first key is at 0")
        if keys[-1].at >= cycle:
            message = f"ends at {cycle / 1000:g}, when its last key has not come"
            self.ask.wrong(("motion", "cycle"), message, "the cycle ends after its last key")
        return tuple(keys)

    def key(self, row: object, index: int, poses: Mapping[str, Pose]) -> Key | None:
        path: KeyPath = ("motion", "keys", index)
        if not isinstance(row, list) or len(row) not in (2, 3):
            self.ask.wrong(
                path, "must be a pose and a second", 'for example ["up", 1.5] or ["up", 1.5, "linear"]'
            )
            return None
        if not isinstance(row[0], str) or row[0] not in poses:
            self.ask.wrong(path, f"no such pose: {shown(row[0])}", f"known here: {', '.join(poses)}")
            return None
        try:
            at = self.ask.number(0, 60)(row[1], path)
            ease = self.ask.choice(Ease)(row[2], path) if len(row) == 3 else Ease.SMOOTH
        except Missing:
            return None
        return Key(row[0], Millis(round(at * 1000)), ease)


STRAP_PARTS = ("wrist", "fingers", "ankle", "heel", "toes", "knee")
