"""From the text of a figure file to a `Figure`, with every mistake named and placed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import tomli

from prehab.domain.duration import Millis
from prehab.domain.routine import MAX_NAME, MAX_TEXT, Side
from prehab.figures.body import Angle
from prehab.figures.figure import (
    Chain,
    Crop,
    Ease,
    Figure,
    Key,
    Limb,
    Motion,
    Pose,
    Props,
    Reach,
    Support,
    View,
    swapped,
)
from prehab.figures.rig import ARM_PARTS, LEG_PARTS
from prehab.figures.silhouette import MIDDLE, MUSCLES
from prehab.formats.files import Unreadable, read_text
from prehab.formats.findings import Finding, locate
from prehab.formats.problems import UNPRINTABLE, Problem, nearest, visible

FORMAT = 1
TOP = (
    "format", "name", "about", "view", "shows", "turn", "crop", "works", "supports", "mat", "wall", "chair",
    "bench", "roller", "doorway", "strap", "pose", "motion",
)  # fmt: skip
"""The keys of a figure file."""
MAX_POSES = 12
MAX_KEYS = 24
SIDE_TURN = 14.0
"""How far a body seen from the side is turned towards the viewer, so that its far limbs can be seen."""
FAR_AWAY = 300.0
"""No place is farther than this from the middle."""
TURNS = 1080.0
"""No angle is written larger than this."""

Table = Mapping[str, object]
Path_ = tuple[str | int, ...]
Choice = TypeVar("Choice", bound=Enum)


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
    from prehab.figures.check import findings_of  # check draws on this module's names for its paths

    try:
        tables = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        line, column, message = _syntax(error)
        return Loaded(None, (Problem(file, line, column, "", message, "correct the TOML"),))
    reader = _Reader()
    figure = reader.figure(tables, name)
    found = reader.findings
    if figure is not None and not any(finding.severity == "error" for finding in found):
        found += findings_of(figure)
    problems = locate(found, file, text, tables)
    return Loaded(None if any(problem.is_error for problem in problems) else figure, problems)


def _syntax(error: tomli.TOMLDecodeError) -> tuple[int, int, str]:
    return error.lineno, error.colno, visible(error.msg[:1].lower() + error.msg[1:])


class _Missing(Exception):
    """A value that is wrong; the finding is already noted."""


class _Reader:
    """Collects every mistake on the way through one file."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.view = View.SIDE

    def wrong(self, path: Path_, message: str, hint: str = "", *, on_key: bool = False) -> _Missing:
        """Note a mistake; raise what this returns to give the value up."""
        self.findings.append(Finding(path, message, hint, on_key=on_key))
        return _Missing()

    def figure(self, tables: Table, name: str) -> Figure | None:
        self.keys(tables, (), TOP)
        if tables.get("format") != FORMAT:
            self.wrong(("format",), "must be 1", "begin the file with format = 1")
        self.view = self.get(tables, (), "view", View.SIDE, self.choice(View))
        props = self.props(tables)
        title = self.get(tables, (), "name", name, self.text(MAX_NAME))
        if "name" not in tables:
            self.wrong(("name",), "is missing", 'write name = "Bird dog"')
        poses = self.poses(tables)
        motion = self.motion(tables, poses)
        side = Side.RIGHT if self.view is View.SIDE else Side.LEFT
        turn = SIDE_TURN if self.view is View.SIDE else 0.0
        figure = Figure(
            name=name,
            title=title,
            view=self.view,
            poses=poses,
            motion=motion or Motion((), Millis(1)),
            about=self.get(tables, (), "about", "", self.text(MAX_TEXT)),
            works=self.get(tables, (), "works", (), self.works),
            supports=self.get(tables, (), "supports", (), self.supports),
            props=props,
            shows=self.get(tables, (), "shows", side, self.choice(Side)),
            turn=self.get(tables, (), "turn", turn, self.number(-60, 60)),
            crop=self.get(tables, (), "crop", Crop.WHOLE, self.choice(Crop)),
        )
        return figure if motion is not None and poses else None

    def keys(self, table: Table, path: Path_, known: Sequence[str]) -> None:
        """Refuse what nobody reads."""
        for key in table:
            if key not in known:
                close = nearest(key, known)
                hint = f"did you mean {close!r}?" if close else f"known here: {', '.join(known)}"
                self.wrong((*path, key), "no such key", hint, on_key=True)

    def get(self, table: Table, path: Path_, key: str, default: _T, how: Callable[[object, Path_], _T]) -> _T:
        """Read one value, or its default where it is left out or wrong."""
        if key not in table:
            return default
        try:
            return how(table[key], (*path, key))
        except _Missing:
            return default

    def choice(self, kind: type[Choice]) -> Callable[[object, Path_], Choice]:
        def how(value: object, path: Path_) -> Choice:
            for member in kind:
                if value == member.value:
                    return member
            raise self.wrong(
                path, f"can't be {shown(value)}", f"one of {', '.join(str(m.value) for m in kind)}"
            )

        return how

    def number(self, low: float, high: float) -> Callable[[object, Path_], float]:
        def how(value: object, path: Path_) -> float:
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
                raise self.wrong(path, f"must be a number, not {shown(value)}")
            if not low <= value <= high:
                raise self.wrong(path, f"is {value:g}", f"between {low:g} and {high:g}")
            return float(value)

        return how

    def place(self, value: object, path: Path_) -> float:
        return self.number(-FAR_AWAY, FAR_AWAY)(value, path)

    def text(self, limit: int) -> Callable[[object, Path_], str]:
        def how(value: object, path: Path_) -> str:
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(path, f"must be text, not {shown(value)}", "text stands in quotes")
            if UNPRINTABLE.search(value):
                raise self.wrong(path, "can't hold control characters", "leave them out")
            if len(value) > limit:
                raise self.wrong(path, f"is {len(value)} characters long", f"at most {limit} fit")
            return value.strip()

        return how

    def flag(self, value: object, path: Path_) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(path, f"must be true or false, not {shown(value)}")
        return value

    def words(self, value: object, path: Path_) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or len(value) > 30:
            raise self.wrong(path, "must be a list of texts", 'for example ["near-calf"]')
        return [str(item) for item in value]

    def works(self, value: object, path: Path_) -> tuple[str, ...]:
        known = [
            *MIDDLE,
            *(f"{side}-{name}" for name in MUSCLES if name not in MIDDLE for side in self.view.sides),
        ]
        both = {f"{name}s": name for name in MUSCLES if name not in MIDDLE}
        marked: list[str] = []
        for index, word in enumerate(self.words(value, path)):
            if word in both:
                marked += [f"{side}-{both[word]}" for side in self.view.sides]
            elif word in known:
                marked.append(word)
            else:
                close = nearest(word, [*known, *both])
                self.wrong(
                    (*path, index),
                    f"no such muscle: {shown(word)}",
                    f"did you mean {close!r}?" if close else "",
                )
        return tuple(dict.fromkeys(marked))

    def props(self, tables: Table) -> Props:
        return Props(
            wall=self.get(tables, (), "wall", None, self.place),
            mat=self.get(tables, (), "mat", False, self.flag),
            chair=self.get(tables, (), "chair", None, self.place),
            bench=self.get(tables, (), "bench", None, self.place),
            roller=self.get(tables, (), "roller", None, self.place),
            doorway=self.get(tables, (), "doorway", None, self.number(10, 60)),
            strap=self.get(tables, (), "strap", (), self.strap),
        )

    def strap(self, value: object, path: Path_) -> tuple[str, ...]:
        known = [f"{side}-{part}" for side in self.view.sides for part in STRAP_PARTS]
        words = self.words(value, path)
        for index, word in enumerate(words):
            if word not in known:
                raise self.wrong((*path, index), f"no such part: {shown(word)}", f"one of {', '.join(known)}")
        return tuple(words)

    def supports(self, value: object, path: Path_) -> tuple[Support, ...]:
        found: list[Support] = []
        for index, word in enumerate(self.words(value, path)):
            part, on, thing = word.partition(" on ")
            if not on or thing not in SURFACES:
                self.wrong(
                    (*path, index),
                    f"must say what is on what, not {shown(word)}",
                    'for example "near-foot on floor"',
                )
                continue
            parts = support_parts(part, self.view)
            if not parts:
                close = nearest(
                    part, [f"{side}-{name}" for side in self.view.sides for name in SUPPORT_PARTS]
                )
                self.wrong(
                    (*path, index),
                    f"no such part: {shown(part)}",
                    f"did you mean {close!r}?" if close else "",
                )
            found += [Support(name, thing) for name in parts]
        return tuple(found)

    def poses(self, tables: Table) -> dict[str, Pose]:
        written = tables.get("pose")
        if not isinstance(written, dict) or not written:
            self.wrong(("pose",), "has no pose", "write [pose] and under it start = { … }")
            return {}
        if len(written) > MAX_POSES:
            self.wrong(("pose",), f"has {len(written)} poses", f"at most {MAX_POSES} fit")
            return {}
        poses: dict[str, Pose] = {}
        for name, table in written.items():
            if isinstance(table, dict):
                poses[name] = self.pose(table, ("pose", name), poses)
            else:
                self.wrong(("pose", name), f"must be a table, not {shown(table)}", "write it as { … }")
        return poses

    def pose(self, table: Table, path: Path_, earlier: Mapping[str, Pose]) -> Pose:
        first, second = self.view.sides
        limbs = [f"{side}-{limb}" for limb in ("arm", "leg") for side in (first, second)]
        self.keys(table, path, [*POSE_KEYS, *limbs])
        base = self.start_of(table, path, earlier)
        trunk = self.get(table, path, "trunk", base.trunk, self.trunk)
        above = trunk[1] if "trunk" in table and "from" not in table else None
        neck = self.get(table, path, "neck", above or base.neck, self.angle)
        head = self.get(table, path, "head", neck if "neck" in table or above else base.head, self.angle)
        arms, legs = list(base.arms), list(base.legs)
        for side, word in enumerate(self.view.sides):
            for key in ("arms", f"{word}-arm"):
                arms[side] = self.get(table, path, key, arms[side], self.chain(side, "hand"))
            for key in ("legs", f"{word}-leg"):
                legs[side] = self.get(table, path, key, legs[side], self.chain(side, "foot"))
        supports = base.supports
        return replace(
            base,
            trunk=trunk,
            neck=neck,
            head=head,
            twist=self.get(table, path, "twist", base.twist, self.number(-90, 90)),
            shoulders=self.get(table, path, "shoulders", base.shoulders, self.pair(6)),
            arms=(arms[0], arms[1]),
            legs=(legs[0], legs[1]),
            hip=self.get(table, path, "hip", base.hip, self.hip),
            pin=self.get(table, path, "pin", base.pin, self.pin),
            air=self.get(table, path, "air", base.air, self.number(0, 30)),
            roller=self.get(table, path, "roller", base.roller, self.place),
            supports=self.get(table, path, "supports", supports, self.supports),
        )

    def start_of(self, table: Table, path: Path_, earlier: Mapping[str, Pose]) -> Pose:
        """The pose that this one changes."""
        if "from" not in table:
            return Pose() if self.view is View.SIDE else FACING
        name = table["from"]
        if not isinstance(name, str) or name not in earlier:
            known = ", ".join(earlier) or "none yet"
            self.wrong(
                (*path, "from"), f"no such pose before this one: {shown(name)}", f"known here: {known}"
            )
            return Pose()
        base = earlier[name]
        return swapped(base, self.view) if self.get(table, path, "swap", False, self.flag) else base

    def angle(self, value: object, path: Path_) -> Angle:
        """`30`, or `[30, 20]` where the second points out of the picture."""
        if isinstance(value, list):
            if len(value) != 2:
                raise self.wrong(path, "must be one angle, or [angle, out]", "for example [90, 20]")
            return (
                self.number(-TURNS, TURNS)(value[0], (*path, 0)),
                self.number(-90, 90)(value[1], (*path, 1)),
            )
        return (self.number(-TURNS, TURNS)(value, path), 0.0)

    def trunk(self, value: object, path: Path_) -> tuple[Angle, Angle]:
        """`10` for a straight back, `[10, 40]` for a bent one; either may be `[angle, out]`."""
        if isinstance(value, list) and len(value) == 2:
            return self.angle(value[0], (*path, 0)), self.angle(value[1], (*path, 1))
        both = self.angle(value, path)
        return both, both

    def pair(self, limit: float) -> Callable[[object, Path_], tuple[float, float]]:
        def how(value: object, path: Path_) -> tuple[float, float]:
            if not isinstance(value, list) or len(value) != 2:
                raise self.wrong(path, "must be two numbers", "for example [0, 2]")
            number = self.number(-limit, limit)
            return (number(value[0], (*path, 0)), number(value[1], (*path, 1)))

        return how

    def hip(self, value: object, path: Path_) -> tuple[float, float | None]:
        """`40` is a height, `[5, 40]` a place, `[5]` a place that settles on the floor."""
        if isinstance(value, list) and len(value) == 1:
            return (self.place(value[0], (*path, 0)), None)
        if isinstance(value, list):
            return self.pair(FAR_AWAY)(value, path)
        return (0.0, self.place(value, path))

    def pin(self, value: object, path: Path_) -> str:
        known = [f"{side}-{part}" for side in self.view.sides for part in LEG_PARTS]
        if value not in known:
            raise self.wrong(path, f"no such part: {shown(value)}", f"one of {', '.join(known)}")
        return str(value)

    def chain(self, side: int, end: str) -> Callable[[object, Path_], Chain]:
        def how(value: object, path: Path_) -> Chain:
            if isinstance(value, dict):
                return self.reach(value, path, side, end)
            if not isinstance(value, list) or len(value) not in (2, 3):
                raise self.wrong(
                    path, "must be two or three angles, or a table", f"for example [180, 180, {90}]"
                )
            parts = [self.outward(self.angle(item, (*path, index)), side) for index, item in enumerate(value)]
            if len(parts) == 2:
                parts.append(parts[1] if end == "hand" else self.flat_foot(parts[1], side))
            return Limb(*parts)

        return how

    def flat_foot(self, shin: Angle, side: int) -> Angle:
        """A foot at right angles to its shin."""
        return (shin[0] - 90, shin[1]) if self.view is View.SIDE else self.outward((100.0, 70.0), side)

    def outward(self, angle: Angle, side: int) -> Angle:
        """From the front, angles of a limb are counted to its own side."""
        return (-angle[0], angle[1]) if self.view is not View.SIDE and side == 0 else angle

    def reach(self, table: Table, path: Path_, side: int, end: str) -> Reach:
        self.keys(table, path, ("on", "at", "heel", "turn", "out", end))
        on = table.get("on")
        thing = on if isinstance(on, str) else ""
        known = self.graspable(side, end)
        if thing not in known:
            close = nearest(thing, known)
            raise self.wrong(
                (*path, "on"),
                f"nothing to reach for: {shown(on)}",
                f"did you mean {close!r}?" if close else f"one of {', '.join(known)}",
            )
        at = self.target(table, path, thing, side)
        written = self.laid_flat(thing, side, end)
        if end in table:
            written = self.outward(self.angle(table[end], (*path, end)), side)
        out = self.place(table["out"], (*path, "out")) if "out" in table else None
        turn = self.get(table, path, "turn", 0.0, self.number(-180, 180))
        return Reach(thing, at, written, turn, out, heel="heel" in table)

    def laid_flat(self, thing: str, side: int, end: str) -> Angle | None:
        """How a hand or a foot lies on a thing when the file does not say."""
        if thing in ("wall", "doorway"):
            return (0.0, 0.0)
        if end == "foot" and thing in ("floor", "chair", "bench", "air"):
            return (90.0, 0.0) if self.view is View.SIDE else self.outward((100.0, 70.0), side)
        if end == "hand" and thing == "floor":
            return (90.0, 0.0) if self.view is View.SIDE else (0.0, 90.0)
        return None

    def graspable(self, side: int, end: str) -> list[str]:
        """What a limb of this side may be put on."""
        other = self.view.sides[1 - side]
        parts = [f"{other}-{part}" for part in LEG_PARTS]
        if end == "hand":
            parts += [f"{self.view.sides[side]}-{part}" for part in LEG_PARTS]
            parts += [f"{other}-{part}" for part in ARM_PARTS]
            parts += ["head", "neck", "chest", "waist", "seat"]
        return ["floor", "wall", "chair", "bench", "doorway", "air", *parts]

    def target(self, table: Table, path: Path_, thing: str, side: int) -> tuple[float, float]:
        """Where on the thing: one number along a floor or up a wall, else two."""
        key = "heel" if "heel" in table else "at"
        flip = -1.0 if self.view is not View.SIDE and side == 0 else 1.0
        if key not in table:
            if thing in ("floor", "wall", "air", "doorway"):
                raise self.wrong(path, "must say where", f'for example {{ on = "{thing}", at = 30 }}')
            return (0.0, 0.0)
        value = table[key]
        if isinstance(value, list):
            along, up = self.pair(FAR_AWAY)(value, (*path, key))
            return (along * flip, up)
        number = self.place(value, (*path, key))
        if thing in ("wall", "doorway"):
            return (flip, number)
        return (number * flip, 0.0)

    def motion(self, tables: Table, poses: Mapping[str, Pose]) -> Motion | None:
        written = tables.get("motion", {})
        if not isinstance(written, dict):
            self.wrong(
                ("motion",),
                f"must be a table, not {shown(written)}",
                "write [motion] and under it keys = […]",
            )
            return None
        if "motion" not in tables or not poses:
            if len(poses) > 1 and "motion" not in tables:
                self.wrong(("pose",), f"has {len(poses)} poses and no [motion]", "say when each comes")
            first = next(iter(poses), None)
            return None if first is None else Motion((Key(first, Millis(0)),), Millis(4000))
        self.keys(written, ("motion",), ("cycle", "beats", "keys", "still"))
        cycle = Millis(round(1000 * self.get(written, ("motion",), "cycle", 4.0, self.number(0.3, 60))))
        beats = round(self.get(written, ("motion",), "beats", 1.0, self.number(1, 20)))
        rows = written.get("keys")
        if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_KEYS:
            self.wrong(
                ("motion", "keys"),
                f"must be a list of 1 to {MAX_KEYS} keys",
                'for example [["start", 0], ["up", 1.5]]',
            )
            return None
        keys = [key for index, row in enumerate(rows) if (key := self.key(row, index, poses)) is not None]
        for index, (earlier, later) in enumerate(pairwise(keys)):
            if later.at <= earlier.at:
                self.wrong(
                    ("motion", "keys", index + 1),
                    "comes no later than the key before it",
                    "write the keys in order of time",
                )
        if keys and keys[0].at != 0:
            self.wrong(("motion", "keys", 0), f"begins at {keys[0].at / 1000:g}", "the first key is at 0")
        if keys and keys[-1].at >= cycle:
            self.wrong(("motion", "cycle"), f"ends at {cycle / 1000:g}", "the cycle ends after its last key")
        still = self.get(written, ("motion",), "still", None, self.among({key.pose for key in keys}))
        return Motion(tuple(keys), cycle, beats, still) if len(keys) == len(rows) else None

    def among(self, known: set[str]) -> Callable[[object, Path_], str]:
        def how(value: object, path: Path_) -> str:
            if value not in known:
                raise self.wrong(path, f"no such pose: {shown(value)}", f"one of {', '.join(sorted(known))}")
            return str(value)

        return how

    def key(self, row: object, index: int, poses: Mapping[str, Pose]) -> Key | None:
        path: Path_ = ("motion", "keys", index)
        if not isinstance(row, list) or len(row) not in (2, 3):
            self.wrong(
                path, "must be a pose and a second", 'for example ["up", 1.5] or ["up", 1.5, "linear"]'
            )
            return None
        if row[0] not in poses:
            self.wrong(path, f"no such pose: {shown(row[0])}", f"known here: {', '.join(poses)}")
            return None
        try:
            at = self.number(0, 60)(row[1], path)
            ease = self.choice(Ease)(row[2], path) if len(row) == 3 else Ease.SMOOTH
        except _Missing:
            return None
        return Key(str(row[0]), Millis(round(at * 1000)), ease)


_T = TypeVar("_T")

POSE_KEYS = (
    "from", "swap", "trunk", "neck", "head", "twist", "shoulders", "arms", "legs", "hip", "pin", "air",
    "roller", "supports",
)  # fmt: skip
"""What a pose may say, beside its four limbs."""
STRAP_PARTS = ("wrist", "fingers", "ankle", "heel", "toes", "knee")
SURFACES = ("floor", "wall", "chair", "bench", "roller", "doorway")
"""What a part of the body may be on."""
SUPPORT_PARTS = (
    "foot",
    "toes",
    "heel",
    "ankle",
    "shin",
    "knee",
    "thigh",
    "hip",
    "hand",
    "wrist",
    "forearm",
    "elbow",
    "shoulder",
)
"""The parts with a side that may rest on something."""
MIDDLE_PARTS = ("seat", "back", "head", "upper-back")
"""The parts in the middle that may rest on something."""
_PLURALS = {
    "feet": "foot",
    "toes": "toes",
    **{f"{part}s": part for part in SUPPORT_PARTS if part not in ("foot", "toes")},
}
FACING = Pose(
    arms=(
        Limb((-166.0, 0.0), (-172.0, 0.0), (-176.0, 0.0)),
        Limb((166.0, 0.0), (172.0, 0.0), (176.0, 0.0)),
    ),
    legs=(
        Limb((-176.0, 0.0), (-179.0, 0.0), (-100.0, 70.0)),
        Limb((176.0, 0.0), (179.0, 0.0), (100.0, 70.0)),
    ),
)
"""Standing as seen from the front, which poses begin with."""
_SPELLED = re.compile(r"[\w .,:+-]{0,40}")


def support_parts(word: str, view: View) -> tuple[str, ...]:
    """The parts a support's first word means: `hands` is both of them."""
    if word in MIDDLE_PARTS:
        return (word,)
    if word in _PLURALS:
        return tuple(f"{side}-{_PLURALS[word]}" for side in view.sides)
    side, _, part = word.partition("-")
    return (word,) if side in view.sides and part in SUPPORT_PARTS else ()


def shown(value: object) -> str:
    """Name a value in a message: short, on one line, harmless to a terminal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value) if _SPELLED.fullmatch(value) else visible(repr(value[:40]))
    if isinstance(value, (int, float)):
        return f"{value:g}" if abs(value) < 1e15 else "a number that large"
    return "a table" if isinstance(value, dict) else "an array" if isinstance(value, list) else "nothing"
