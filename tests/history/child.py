"""A session in a program of its own, to be killed or to run out of room: `child.py HISTORY [BYTES|fast]`.

Without BYTES it runs in real time and prints what is true at each look. With BYTES no file may grow longer
than that, time flies, and it prints what was said about it; `fast` is the same without a limit.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from prehab.domain.commands import Command, State
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis
from prehab.domain.engine import Engine
from prehab.domain.routine import Kind, Phase, Routine, Step
from prehab.history.instants import wall_clock
from prehab.history.journal import Journal
from prehab.runtime.clock import ManualClock, SystemClock
from prehab.runtime.driver import Driver


def _routine(sets: int, length: int, rest: int) -> Routine:
    step = Step("hold", "Hold on to the wall", Kind.HOLD, Millis(length), sets=sets, rest=Millis(rest))
    return Routine("endless", "Endless", Phase.ANY_DAY, (step,), get_ready=Millis(100))


def run_in_real_time(history: Path) -> None:
    """Say at each look which session it is, how many works are over, and how long the running one is held."""
    timeline = compile_timeline(_routine(200, 1_600, 150))
    journal = Journal(history, timeline, wall_clock)
    driver = Driver(Engine(timeline), SystemClock(), sinks=[journal])
    view = driver.handle(Command.START)
    while view.state is not State.DONE:
        over = sum(1 for segment in timeline.segments[: view.segment.index] if segment.is_work)
        print(journal.session_id, view.at, over, view.held, flush=True)
        time.sleep(0.04)
        view = driver.pulse()


def run_out_of_room(history: Path, most: int) -> None:
    """Go through a long session, and print the notices and how it ended."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    run_fast(history)


def run_fast(history: Path) -> None:
    """Go through a long session with a clock that jumps."""
    timeline = compile_timeline(_routine(120, 20_000, 5_000))
    clock = ManualClock()
    journal = Journal(history, timeline, wall_clock)
    driver = Driver(Engine(timeline), clock, sinks=[journal])
    view = driver.handle(Command.START)
    while view.state is not State.DONE:
        clock.jump(900)
        view = driver.pulse()
        time.sleep(0.0002)
    driver.close()
    print(journal.session_id)
    print("; ".join(driver.failures()) or journal.failure)
    print(driver.state.value, flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case [path]:
            run_in_real_time(Path(path))
        case [path, "fast"]:
            run_fast(Path(path))
        case [path, most]:
            run_out_of_room(Path(path), int(most))
