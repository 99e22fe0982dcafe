"""Which pose a figure is in at which moment: a pure function of milliseconds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, pi

from prehab.domain.duration import Millis
from prehab.figures.body import Angle, Vec, angle_of, minus, times
from prehab.figures.figure import Chain, Ease, Figure, Key, Limb, Pose, Reach
from prehab.figures.rig import Arm, Leg, Skeleton, solve

BREATH = Millis(4000)
"""One breath of a hold: in, and a little longer out."""


def breath_at(ms: int) -> float:
    """How full the chest is, 0 to 1: in for 1.6 s, out for 2.4 s."""
    inside = (ms % BREATH) / BREATH
    return (1 - cos(pi * inside / 0.4)) / 2 if inside < 0.4 else (1 + cos(pi * (inside - 0.4) / 0.6)) / 2


def cycle_of(figure: Figure, beat: Millis | None = None) -> Millis:
    """How long one cycle takes: the figure's own time, or as many of the step's beats as it fills."""
    if not figure.moves:
        return BREATH
    return figure.motion.cycle if beat is None else Millis(beat * figure.motion.beats)


def key_times(figure: Figure, cycle: Millis) -> tuple[Millis, ...]:
    """When each key of a cycle of this length comes, and its end.

    A longer cycle makes the stays longer and leaves the moves their speed, as a person would; a cycle too
    short for that is run through faster.
    """
    keys = figure.motion.keys
    spans = [
        later - key.at
        for key, later in zip(keys, [*(k.at for k in keys[1:]), figure.motion.cycle], strict=True)
    ]
    stays = [key.pose == keys[(i + 1) % len(keys)].pose for i, key in enumerate(keys)]
    moving = sum(span for span, stay in zip(spans, stays, strict=True) if not stay)
    staying = figure.motion.cycle - moving
    if staying and cycle > moving:
        scaled = [
            span * (cycle - moving) / staying if stay else span
            for span, stay in zip(spans, stays, strict=True)
        ]
    else:
        scaled = [span * cycle / figure.motion.cycle for span in spans]
    times = [0.0]
    for span in scaled:
        times.append(times[-1] + span)
    return tuple(Millis(round(at)) for at in times)


def skeleton_at(figure: Figure, ms: int, beat: Millis | None = None) -> Skeleton:
    """Where the joints are at a moment since the figure began to move."""
    keys = figure.motion.keys
    if len(keys) == 1:
        return solve(figure.poses[keys[0].pose], figure.view, figure.props)
    cycle = cycle_of(figure, beat)
    inside = ms % cycle
    times_ = key_times(figure, cycle)
    index = max(i for i in range(len(keys)) if times_[i] <= inside)
    span = times_[index + 1] - times_[index]
    share = (inside - times_[index]) / span if span else 0.0
    return tween(figure, keys[index], keys[(index + 1) % len(keys)], share)


def tween(figure: Figure, start: Key, end: Key, share: float) -> Skeleton:
    """The body on its way from one key to the next, `share` of the time through."""
    first, last = figure.poses[start.pose], figure.poses[end.pose]
    if first is last or share <= 0:
        return solve(first, figure.view, figure.props)
    return solve(blend(first, last, eased(start.ease, share), figure), figure.view, figure.props)


def eased(ease: Ease, share: float) -> float:
    """How far along a movement is when `share` of its time has passed."""
    match ease:
        case Ease.LINEAR:
            return share
        case Ease.IN:
            return share * share
        case Ease.OUT:
            return 1 - (1 - share) * (1 - share)
        case Ease.SMOOTH:
            return share * share * (3 - 2 * share)


def blend(first: Pose, last: Pose, share: float, figure: Figure) -> Pose:
    """The pose between two: joints move on arcs, and what both poses plant in one place stays planted."""
    ends: tuple[Skeleton, Skeleton] | None = None
    if any(not _alike(a, b) for a, b in zip(first.arms + first.legs, last.arms + last.legs, strict=True)) or (
        (first.hip[1] is None) is not (last.hip[1] is None)
    ):
        ends = (solve(first, figure.view, figure.props), solve(last, figure.view, figure.props))
    hip_y: float | None = None
    if first.hip[1] is not None and last.hip[1] is not None:
        hip_y = _mix(first.hip[1], last.hip[1], share)
    elif ends is not None and (first.hip[1] is None) is not (last.hip[1] is None):
        hip_y = _mix(ends[0].pelvis[1], ends[1].pelvis[1], share)

    def limb(which: str, side: int) -> Chain:
        a, b = (first.arms[side], last.arms[side]) if which == "arm" else (first.legs[side], last.legs[side])
        if ends is None or _alike(a, b):
            return _mix_chain(a, b, share)
        if which == "arm":
            return _mix_limb(
                *_same_turns(_arm_limb(ends[0].arms[side], a), _arm_limb(ends[1].arms[side], b)), share
            )
        return _mix_limb(
            *_same_turns(_leg_limb(ends[0].legs[side], a), _leg_limb(ends[1].legs[side], b)), share
        )

    return replace(
        first,
        trunk=(
            _mix_short(first.trunk[0], last.trunk[0], share),
            _mix_short(first.trunk[1], last.trunk[1], share),
        ),
        neck=_mix_short(first.neck, last.neck, share),
        head=_mix_short(first.head, last.head, share),
        twist=_mix(first.twist, last.twist, share),
        shoulders=_mix_angle(first.shoulders, last.shoulders, share),
        arms=(limb("arm", 0), limb("arm", 1)),
        legs=(limb("leg", 0), limb("leg", 1)),
        hip=(_mix(first.hip[0], last.hip[0], share), hip_y),
        air=_mix(first.air, last.air, share),
        roller=None
        if first.roller is None or last.roller is None
        else _mix(first.roller, last.roller, share),
    )


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _mix_angle(a: Angle, b: Angle, share: float) -> Angle:
    return (_mix(a[0], b[0], share), _mix(a[1], b[1], share))


def _mix_short(a: Angle, b: Angle, share: float) -> Angle:
    """On the shorter way round: no spine makes a full turn."""
    return _mix_angle(a, (_close(a[0], b[0]), b[1]), share)


def _close(to: float, angle: float) -> float:
    """The angle spelled as close to another as full turns allow."""
    return angle + 360 * round((to - angle) / 360)


def _alike(a: Chain, b: Chain) -> bool:
    """Whether two limbs are written the same way, so that their numbers can be mixed."""
    if isinstance(a, Limb) or isinstance(b, Limb):
        return isinstance(a, Limb) and isinstance(b, Limb)
    return a.on == b.on and a.heel == b.heel and (a.end is None) == (b.end is None)


def _mix_chain(a: Chain, b: Chain, share: float) -> Chain:
    if isinstance(a, Limb) and isinstance(b, Limb):
        return _mix_limb(a, b, share)
    assert isinstance(a, Reach)
    assert isinstance(b, Reach)
    return Reach(
        on=a.on,
        at=_mix_angle(a.at, b.at, share),
        end=None if a.end is None or b.end is None else _mix_angle(a.end, b.end, share),
        turn=_mix(a.turn, b.turn, share),
        out=None if a.out is None or b.out is None else _mix(a.out, b.out, share),
        heel=a.heel,
    )


def _mix_limb(a: Limb, b: Limb, share: float) -> Limb:
    return Limb(
        _mix_angle(a.upper, b.upper, share),
        _mix_angle(a.lower, b.lower, share),
        _mix_angle(a.end, b.end, share),
    )


def _same_turns(a: Limb, b: Limb) -> tuple[Limb, Limb]:
    """The second limb spelled without a full turn more or less than the first."""

    def close(first: Angle, second: Angle) -> Angle:
        return (_close(first[0], second[0]), second[1])

    return a, Limb(close(a.upper, b.upper), close(a.lower, b.lower), close(a.end, b.end))


def _unit(end: Vec, start: Vec) -> Vec:
    way = minus(end, start)
    size = max(1e-6, sum(part * part for part in way) ** 0.5)
    return times(way, 1 / size)


def _arm_limb(arm: Arm, written: Chain) -> Limb:
    """A placed arm as angles, spelled like the written ones where there are any."""
    if isinstance(written, Limb):
        return written
    return Limb(
        angle_of(_unit(arm.elbow, arm.shoulder), 180.0),
        angle_of(_unit(arm.wrist, arm.elbow), 180.0),
        angle_of(_unit(arm.fingers, arm.wrist), 180.0),
    )


def _leg_limb(leg: Leg, written: Chain) -> Limb:
    if isinstance(written, Limb):
        return written
    return Limb(
        angle_of(_unit(leg.knee, leg.hip), 180.0),
        angle_of(_unit(leg.ankle, leg.knee), 180.0),
        angle_of(_unit(leg.toe, leg.heel), 90.0),
    )


def sample_times(figure: Figure, beat: Millis | None = None, inner: int = 4) -> tuple[int, ...]:
    """Moments that show everything a cycle does: each key, and some between it and the next."""
    if not figure.moves:
        return (0,)
    times_ = key_times(figure, cycle_of(figure, beat))
    return tuple(
        round(start + (end - start) * part / inner)
        for start, end in pairwise(times_)
        for part in range(inner)
        if part == 0 or end > start
    )
