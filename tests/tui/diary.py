"""Sessions that were done, and a history that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from prehab.domain.duration import Millis, seconds
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import SessionRecord, StepRecord
from prehab.history.database import open_copy
from prehab.history.instants import instant_of
from prehab.history.store import Store

OPENED: list[Store] = []
"""The histories that a test has open; they are closed when it is over."""

NAMES = {
    "plank": ("Plank", "front-plank", "Front plank"),
    "stretch-full": ("Post-run stretch, full", "s0", "Wall calf stretch, knee straight"),
    "warmup-short": ("Dynamic warm-up, short", "walk", "Brisk walk or march"),
    "gone": ("A routine that is gone", "it", "It"),
}


def session(
    number: int,
    at: datetime,
    routine: str = "plank",
    held: Sequence[int] = (30, 30, 30),
    *,
    level: int = 30,
    rpe: int | None = 6,
    back: int | None = None,
    outcome: Outcome = Outcome.COMPLETED,
) -> SessionRecord:
    """A session of some sets, with the seconds held of each."""
    name, step, title = NAMES[routine]
    planned = seconds(level)
    steps = tuple(
        StepRecord(
            step,
            title,
            None,
            place,
            1,
            planned,
            seconds(length),
            StepOutcome.DONE if seconds(length) >= planned else StepOutcome.SHORT,
        )
        for place, length in enumerate(held, 1)
    )
    return SessionRecord(
        f"0198f0c2-0000-7000-8000-{number:012x}",
        routine,
        name,
        instant_of(at),
        instant_of(at + timedelta(minutes=4)),
        outcome,
        planned if routine == "plank" else None,
        rpe,
        back,
        1,
        None,
        "",
        Millis(180_000),
        steps,
    )


def history(*records: SessionRecord) -> Store:
    """A history in memory."""
    store = Store(open_copy(Path("nowhere/history.db")), None)
    OPENED.append(store)
    with store.writing():
        for record in records:
            store.replace(record)
    return store
