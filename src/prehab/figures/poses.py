"""Reading poses: each is a table of named angles, and may begin with another and change a few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from prehab.figures.body import Angle
from prehab.figures.figure import Limb, Pose, Support, View, swapped
from prehab.figures.limbs import Limbs
from prehab.figures.reading import FAR_AWAY, Asker, Path, Table, shown
from prehab.formats.problems import nearest

MAX_POSES = 12
POSE_KEYS = (
    "from", "swap", "trunk", "neck", "head", "twist", "shoulders", "arms", "legs", "hip", "pin", "air",
    "roller", "supports",
)  # fmt: skip
"""What a pose may say, beside its four limbs."""
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


class Poses:
    """Reads the poses of one file, in the order they are written."""

    def __init__(self, ask: Asker, view: View) -> None:
        self.ask = ask
        self.view = view
        self.limbs = Limbs(ask, view)

    def poses(self, tables: Table) -> dict[str, Pose]:
        written = tables.get("pose")
        if not isinstance(written, dict) or not written:
            self.ask.wrong(("pose",), "has no pose", "write [pose] and under it start = { … }")
            return {}
        if len(written) > MAX_POSES:
            self.ask.wrong(("pose",), f"has {len(written)} poses", f"at most {MAX_POSES} fit")
            return {}
        poses: dict[str, Pose] = {}
        for name, table in written.items():
            if isinstance(table, dict):
                poses[name] = self.pose(table, ("pose", name), poses)
            else:
                self.ask.wrong(("pose", name), f"must be a table, not {shown(table)}", "write it as { … }")
        return poses

    def pose(self, table: Table, path: Path, earlier: Mapping[str, Pose]) -> Pose:
        first, second = self.view.sides
        limbs = [f"{side}-{limb}" for limb in ("arm", "leg") for side in (first, second)]
        self.ask.keys(table, path, [*POSE_KEYS, *limbs])
        base = self.start_of(table, path, earlier)
        trunk = self.ask.get(table, path, "trunk", base.trunk, self.trunk)
        above = trunk[1] if "trunk" in table and "from" not in table else None
        neck = self.ask.get(table, path, "neck", above or base.neck, self.limbs.angle)
        straight = neck if "neck" in table or above else base.head
        head = self.ask.get(table, path, "head", straight, self.limbs.angle)
        arms, legs = list(base.arms), list(base.legs)
        for side, word in enumerate(self.view.sides):
            for key in ("arms", f"{word}-arm"):
                arms[side] = self.ask.get(table, path, key, arms[side], self.limbs.chain(side, "hand"))
            for key in ("legs", f"{word}-leg"):
                legs[side] = self.ask.get(table, path, key, legs[side], self.limbs.chain(side, "foot"))
        supports = base.supports
        return replace(
            base,
            trunk=trunk,
            neck=neck,
            head=head,
            twist=self.ask.get(table, path, "twist", base.twist, self.ask.number(-90, 90)),
            shoulders=self.ask.get(table, path, "shoulders", base.shoulders, self.ask.pair(6)),
            arms=(arms[0], arms[1]),
            legs=(legs[0], legs[1]),
            hip=self.ask.get(table, path, "hip", base.hip, self.hip),
            pin=self.ask.get(table, path, "pin", base.pin, self.limbs.pin),
            air=self.ask.get(table, path, "air", base.air, self.ask.number(0, 30)),
            roller=self.ask.get(table, path, "roller", base.roller, self.ask.place),
            supports=self.ask.get(table, path, "supports", supports, self.supports),
        )

    def start_of(self, table: Table, path: Path, earlier: Mapping[str, Pose]) -> Pose:
        """The pose that this one changes."""
        if "from" not in table:
            return Pose() if self.view is View.SIDE else FACING
        name = table["from"]
        if not isinstance(name, str) or name not in earlier:
            known = ", ".join(earlier) or "none yet"
            self.ask.wrong(
                (*path, "from"), f"no such pose before this one: {shown(name)}", f"known here: {known}"
            )
            return Pose()
        base = earlier[name]
        return swapped(base, self.view) if self.ask.get(table, path, "swap", False, self.ask.flag) else base

    def trunk(self, value: object, path: Path) -> tuple[Angle, Angle]:
        """`10` for a straight back, `[10, 40]` for a bent one; either may be `[angle, out]`."""
        if isinstance(value, list) and len(value) == 2:
            return self.limbs.angle(value[0], (*path, 0)), self.limbs.angle(value[1], (*path, 1))
        both = self.limbs.angle(value, path)
        return both, both

    def hip(self, value: object, path: Path) -> tuple[float, float | None]:
        """`40` is a height, `[5, 40]` a place, `[5]` a place that settles on the floor."""
        if isinstance(value, list) and len(value) == 1:
            return (self.ask.place(value[0], (*path, 0)), None)
        if isinstance(value, list):
            return self.ask.pair(FAR_AWAY)(value, path)
        return (0.0, self.ask.place(value, path))

    def supports(self, value: object, path: Path) -> tuple[Support, ...]:
        found: list[Support] = []
        for index, word in enumerate(self.ask.words(value, path)):
            part, on, thing = word.partition(" on ")
            if not on or thing not in SURFACES:
                self.ask.wrong(
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
                self.ask.wrong(
                    (*path, index),
                    f"no such part: {shown(part)}",
                    f"did you mean {close!r}?" if close else "",
                )
            found += [Support(name, thing) for name in parts]
        return tuple(found)


def support_parts(word: str, view: View) -> tuple[str, ...]:
    """The parts a support's first word means: `hands` is both of them."""
    if word in MIDDLE_PARTS:
        return (word,)
    if word in _PLURALS:
        return tuple(f"{side}-{_PLURALS[word]}" for side in view.sides)
    side, _, part = word.partition("-")
    return (word,) if side in view.sides and part in SUPPORT_PARTS else ()
