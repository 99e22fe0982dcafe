"""How little the core costs: unrolling, looking at the clock, pressing a key."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.measure import heading, row

from prehab import resources
from prehab.domain.commands import Command
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis, clock_face, seconds
from prehab.domain.engine import Engine
from prehab.domain.routine import At, Group, Kind, Line, Phase, Routine, Side, Step
from prehab.domain.timeline import Timeline
from prehab.formats import loader
from prehab.runtime.clock import ManualClock
from prehab.runtime.driver import Driver

LOOK = 100
"""Milliseconds between two looks: ten a second."""
RUNS = 7


def main() -> None:
    """Print the rows of the core."""
    heading("the core (CPU, best of several runs)")
    stretch = loader.read(resources.routines() / "stretch-full.toml")
    timeline = compile_timeline(stretch)
    length = clock_face(Millis(timeline.get_ready + timeline.total))

    run = best(lambda: looked_at(timeline))
    row(f"{length} through the engine, ten looks a second", f"{run:.1f} ms", "at most 50 ms", run <= 50)
    driven = best(lambda: driven_through(timeline))
    row(f"{length} through the driver, with a view a look", f"{driven:.1f} ms", "", True)
    unrolled = best(lambda: compile_timeline(stretch))
    row("unrolling stretch-full, speech and all", f"{unrolled:.1f} ms", "", True)

    many = crowd(10_000)
    few = crowd(1_000)
    ten, one = best(lambda: compile_timeline(many), 3), best(lambda: compile_timeline(few), 3)
    row("unrolling 10 000 segments", f"{ten:.0f} ms", "at most 1000 ms", ten <= 1000)
    row("against 1 000 of them", f"{ten / one:.1f}x", "at most 15x", ten / one <= 15)
    crowded = compile_timeline(many)
    key = best(lambda: pressed(crowded), 3)
    row("a key with 10 000 segments to come", f"{key:.0f} ms", "at most 250 ms", key <= 250)


def best(action: Callable[[], object], runs: int = RUNS) -> float:
    """The CPU time in milliseconds of the quickest run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times) * 1000


def looked_at(timeline: Timeline) -> Engine:
    engine = Engine(timeline)
    engine.handle(Command.START, Millis(0))
    for now in range(LOOK, timeline.get_ready + timeline.total + LOOK, LOOK):
        engine.advance(Millis(now))
    return engine


def driven_through(timeline: Timeline) -> Driver:
    clock = ManualClock()
    driver = Driver(Engine(timeline), clock)
    driver.handle(Command.START)
    for _ in range(LOOK, timeline.get_ready + timeline.total + LOOK, LOOK):
        clock.jump(LOOK)
        driver.pulse()
    return driver


def pressed(timeline: Timeline) -> int:
    """Start, and hand over all there is to come."""
    engine = Engine(timeline)
    engine.handle(Command.START, Millis(0))
    return len(engine.upcoming())


def crowd(segments: int) -> Routine:
    """Two-second works, their gaps of a second and lines that meet the announcements."""
    steps = tuple(
        Step(
            id=f"step-{number}",
            name=f"Step number {number}",
            kind=Kind.MOVE,
            length=seconds(2),
            sides=(Side.LEFT, Side.RIGHT),
            do="Do it well. Breathe.",
            say=(Line("Slowly now.", At(None)), Line("And on.", At(seconds(1)))),
        )
        for number in range(5)
    )
    gap = seconds(1)
    group = Group(steps, rounds=segments // (4 * len(steps)), rest=gap)
    return Routine("crowd", "Crowd", Phase.ANY_DAY, (group,), get_ready=gap, change=gap, switch=gap)


if __name__ == "__main__":
    main()
