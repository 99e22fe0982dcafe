"""How the cost of the history grows with its length: queries, the first page, writing, import and export.

python bench/history_scale.py
python bench/history_scale.py --sessions 1000 100000 --only-planks
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import Instant, SessionRecord, StepRecord
from prehab.domain.routine import Phase, Side
from prehab.history.exchange import export_lines, import_lines
from prehab.history.instants import parse_instant
from prehab.history.stats import between, count, day_totals, page, practice, week_totals
from prehab.history.store import Answers, Store, open_store

FIRST_DAY = parse_instant("2000-01-01T07:30:00+01:00")
DAY = 86_400_000
PHASES = {"plank": Phase.ANY_DAY, "warmup-full": Phase.BEFORE_RUN, "stretch-full": Phase.AFTER_RUN}


def sessions(many: int, only_planks: bool) -> Iterator[SessionRecord]:
    """A diary: a plank, a warm-up and a stretch in turn, three a day, some of them broken off."""
    chance = random.Random(7)
    for number in range(many):
        routine, works = ("plank", 3) if only_planks or number % 3 == 0 else _OTHERS[number % 3 - 1]
        epoch = Millis(FIRST_DAY.epoch + number * DAY // 3)
        started = Instant(FIRST_DAY.written, epoch, FIRST_DAY.day + number // 3)
        steps = tuple(_step(routine, place, chance) for place in range(works))
        yield SessionRecord(
            id=f"{number:08x}-0000-4000-8000-000000000000",
            routine=routine,
            name=routine.title(),
            started_at=started,
            ended_at=Instant(FIRST_DAY.written, Millis(epoch + 300_000), started.day),
            outcome=Outcome.COMPLETED if chance.random() < 0.95 else Outcome.UNFINISHED,
            level_ms=Millis(30_000 + 5_000 * (number % 7)) if routine == "plank" else None,
            rpe=chance.randint(3, 9),
            pain_before=chance.randint(0, 3),
            pain=chance.randint(0, 3),
            flare=None,
            note="",
            planned_ms=Millis(180_000),
            steps=steps,
        )


_OTHERS = (("warmup-full", 14), ("stretch-full", 24))


def _step(routine: str, place: int, chance: random.Random) -> StepRecord:
    full = chance.random() < 0.9
    return StepRecord(
        step="front-plank" if routine == "plank" else f"step-{place // 2}",
        name="Front plank" if routine == "plank" else f"Step number {place // 2}",
        side=None if routine == "plank" else (Side.LEFT, Side.RIGHT)[place % 2],
        set=place + 1 if routine == "plank" else 1,
        round=1,
        planned_ms=Millis(30_000),
        held_ms=Millis(30_000 if full else chance.randrange(1_000, 30_000)),
        outcome=StepOutcome.DONE if full else StepOutcome.SHORT,
    )


def best(action: Callable[[], object], rounds: int = 3) -> float:
    """The middle of a few runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure(folder: Path, many: int, only_planks: bool) -> dict[str, float]:
    """Every figure for a history of one length."""
    path = folder / f"{many}.db"
    store = open_store(path)
    lines: list[str] = []
    figures = {"put all": best(lambda: _fill(store, many, only_planks), 1)}
    last = FIRST_DAY.day + many // 3
    newest = page(store, 1).sessions[0].id
    store.close()
    figures["open"] = best(lambda: open_store(path).close())
    store = open_store(path)
    figures["first page of 50"] = best(lambda: page(store, 50))
    figures["tenth page of 50"] = best(lambda: _walk(store, 10))
    figures["practice of plank"] = best(lambda: sum(1 for _ in practice(store, "plank")))
    figures["26 weeks by phase"] = best(lambda: week_totals(day_totals(store, PHASES, last - 182, last)))
    figures["21 days of records"] = best(lambda: between(store, last - 21, last))
    figures["count"] = best(lambda: count(store))
    figures["unfinished"] = best(lambda: store.unfinished_latest())
    figures["one answer"] = best(lambda: store.update_answers(newest, Answers(rpe=6)))
    figures["export all"] = best(lambda: lines.extend(export_lines(store)), 1)
    other = open_store(folder / f"{many}-other.db")
    figures["import all"] = best(lambda: import_lines(other, lines, {}), 1)
    figures["import again"] = best(lambda: import_lines(other, lines, {}), 1)
    other.close()
    store.close()
    figures["file, MB"] = path.stat().st_size / 1e6
    return figures


def _fill(store: Store, many: int, only_planks: bool) -> None:
    with store.writing():
        for record in sessions(many, only_planks):
            store.replace(record)


def _walk(store: Store, pages: int) -> None:
    place = None
    for _ in range(pages):
        place = page(store, 50, place).older


def main(arguments: Sequence[str] = ()) -> None:
    """Print a column for each length."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only-planks", action="store_true", help="every session counts towards one level")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        columns = [measure(Path(folder), many, chosen.only_planks) for many in chosen.sessions]
    print(f"{'ms, unless said otherwise':28}" + "".join(f"{many:>12,}" for many in chosen.sessions))
    for name in columns[0]:
        print(f"{name:28}" + "".join(f"{column[name]:12.1f}" for column in columns))


if __name__ == "__main__":
    main(sys.argv[1:])
