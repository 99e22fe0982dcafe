"""Reading arms and legs: three angles, or something to reach for."""

from __future__ import annotations

from collections.abc import Callable

from prehab.figures.body import Angle
from prehab.figures.figure import Chain, Limb, Reach, View
from prehab.figures.reading import FAR_AWAY, Asker, Path, Table, shown
from prehab.figures.rig import ARM_PARTS, LEG_PARTS
from prehab.formats.problems import nearest

TURNS = 1080.0
"""No angle is written larger than this."""


class Limbs:
    """Reads limbs as they are seen from one side: from the front, angles and places count outward."""

    def __init__(self, ask: Asker, view: View) -> None:
        self.ask = ask
        self.view = view

    def angle(self, value: object, path: Path) -> Angle:
        """`30`, or `[30, 20]` where the second points out of the picture."""
        if isinstance(value, list):
            if len(value) != 2:
                raise self.ask.wrong(path, "must be one angle, or [angle, out]", "for example [90, 20]")
            return (
                self.ask.number(-TURNS, TURNS)(value[0], (*path, 0)),
                self.ask.number(-90, 90)(value[1], (*path, 1)),
            )
        return (self.ask.number(-TURNS, TURNS)(value, path), 0.0)

    def chain(self, side: int, end: str) -> Callable[[object, Path], Chain]:
        def how(value: object, path: Path) -> Chain:
            if isinstance(value, dict):
                return self.reach(value, path, side, end)
            if not isinstance(value, list) or len(value) not in (2, 3):
                raise self.ask.wrong(
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

    def reach(self, table: Table, path: Path, side: int, end: str) -> Reach:
        self.ask.keys(table, path, ("on", "at", "heel", "turn", "out", end))
        on = table.get("on")
        thing = on if isinstance(on, str) else ""
        known = self.graspable(side, end)
        if thing not in known:
            close = nearest(thing, known)
            raise self.ask.wrong(
                (*path, "on"),
                f"nothing to reach for: {shown(on)}",
                f"did you mean {close!r}?" if close else f"one of {', '.join(known)}",
            )
        at = self.target(table, path, thing, side)
        written = self.laid_flat(thing, side, end)
        if end in table:
            written = self.outward(self.angle(table[end], (*path, end)), side)
        out = self.ask.place(table["out"], (*path, "out")) if "out" in table else None
        turn = self.ask.get(table, path, "turn", 0.0, self.ask.number(-180, 180))
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

    def target(self, table: Table, path: Path, thing: str, side: int) -> tuple[float, float]:
        """Where on the thing: one number along a floor or up a wall, else two."""
        key = "heel" if "heel" in table else "at"
        flip = -1.0 if self.view is not View.SIDE and side == 0 else 1.0
        if key not in table:
            if thing in ("floor", "wall", "air", "doorway"):
                raise self.ask.wrong(path, "must say where", f'for example {{ on = "{thing}", at = 30 }}')
            return (0.0, 0.0)
        value = table[key]
        if isinstance(value, list):
            along, up = self.ask.pair(FAR_AWAY)(value, (*path, key))
            return (along * flip, up)
        number = self.ask.place(value, (*path, key))
        if thing in ("wall", "doorway"):
            return (flip, number)
        return (number * flip, 0.0)

    def pin(self, value: object, path: Path) -> str:
        known = [f"{side}-{part}" for side in self.view.sides for part in LEG_PARTS]
        if value not in known:
            raise self.ask.wrong(path, f"no such part: {shown(value)}", f"one of {', '.join(known)}")
        return str(value)
