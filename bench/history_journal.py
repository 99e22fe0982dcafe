"""What keeping a session costs: the screen's thread at each look, the disk at each write, and the imports.

python -m bench history_journal
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.measure import PYTHON, commands, heading

from prehab.domain.commands import Command, State
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis, seconds
from prehab.domain.engine import Engine
from prehab.domain.events import StepOutcome
from prehab.domain.records import StepRecord
from prehab.domain.routine import Kind, Phase, Routine, Step
from prehab.history.instants import wall_clock
from prehab.history.journal import Journal
from prehab.history.pen import Page, Pen
from prehab.history.stats import page
from prehab.history.store import open_store

LOOK_EVERY = 250
WRITES = 300


def routine() -> Routine:
    """Half an hour of planks."""
    step = Step("plank", "Plank", Kind.HOLD, seconds(30), sets=30, rest=seconds(30))
    return Routine("plank", "Plank", Phase.ANY_DAY, (step,))


def looks(history: Path) -> list[float]:
    """How long `accept` keeps its caller, in microseconds, look by look."""
    timeline = compile_timeline(routine())
    engine, now, times = Engine(timeline), Millis(0), []
    journal = Journal(history, timeline, wall_clock)
    events = engine.handle(Command.START, now)
    while engine.state is not State.DONE:
        view = engine.view(now)
        times.append(_timed(partial(journal.accept, events, view)) * 1e6)
        now = Millis(now + LOOK_EVERY)
        events = engine.advance(now)
    journal.accept(events, engine.view(now))
    journal.close()
    return times


def writes(history: Path) -> list[float]:
    """How long one running hold takes to reach the disk, in milliseconds, write by write."""
    store = open_store(history)
    pen = Pen(history, page(store, 1).sessions[0].id, Millis(500))
    times = []
    for held in range(WRITES):
        step = StepRecord("plank", "Plank", None, 1, 1, Millis(30_000), Millis(held), StepOutcome.SHORT)
        times.append(_timed(partial(pen.write, Page(works={held // 40: step}))) * 1000)
    pen.close()
    store.close()
    return times


def _timed(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _row(name: str, times: list[float], unit: str) -> None:
    ordered = sorted(times)
    high = ordered[int(len(ordered) * 0.99)]
    print(f"{name:44}{median(ordered):9.2f}{high:9.2f}{ordered[-1]:9.2f}  {unit}")


def main() -> None:
    """Print the middle, the 99th percentile and the worst of each."""
    with tempfile.TemporaryDirectory() as folder:
        history = Path(folder) / "history.db"
        open_store(history).close()
        heading("Keeping a session of half an hour")
        print(f"{'':44}{'median':>9}{'p99':>9}{'worst':>9}")
        _row("one look, in the thread of the screen", looks(history), "µs")
        _row("one write, on the disk, in its own thread", writes(history), "ms")
    heading("Imports, beside a bare Python")
    named = {
        "python -c pass": "pass",
        "settings, no file yet": "from prehab.config.store import load_settings; load_settings()",
        "the history, opened": "from prehab.history.store import open_store",
        "the journal": "import prehab.history.journal",
        "export and import": "import prehab.history.exchange",
    }
    costs = commands({name: [PYTHON, "-c", code] for name, code in named.items()}, 15)
    bare = costs["python -c pass"].wall_ms
    for name, cost in costs.items():
        print(f"{name:44}{cost.wall_ms:9.1f} ms{cost.wall_ms / bare:8.2f}x")


if __name__ == "__main__":
    main()
