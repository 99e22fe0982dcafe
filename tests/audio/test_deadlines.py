"""The thread that waits for cues: what it plays, and what it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from queue import Empty, Queue

import pytest
from tests.audio.scenes import tone

from prehab.audio.deadlines import Deadlines
from prehab.domain.duration import Millis
from prehab.runtime.clock import ManualClock
from prehab.runtime.sinks import Planned


class Waiting:
    """A thread that waits, a clock that stands still, and what came of it."""

    def __init__(self, lead: int = 0) -> None:
        self.clock = ManualClock(10_000)
        self._done: Queue[tuple[str, int]] = Queue()
        self.deadlines = Deadlines(
            lambda planned: self._done.put(("play", planned.key)),
            self.clock.now,
            Millis(lead),
            prepare=lambda planned: self._done.put(("prepare", planned.key)),
        )

    def next(self) -> tuple[str, int]:
        return self._done.get(timeout=5)

    def is_quiet(self) -> bool:
        """Whether nothing happens that should not."""
        try:
            self._done.get(timeout=0.05)
        except Empty:
            return True
        return False


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    made = Waiting()
    yield made
    made.deadlines.close()


def test_what_is_due_is_played_in_order(waiting: Waiting) -> None:
    waiting.deadlines.replace((tone(9_990, 2), tone(9_950, 1)))
    assert [waiting.next(), waiting.next()] == [("play", 1), ("play", 2)]


def test_what_is_next_is_prepared_and_not_played_before_its_moment(waiting: Waiting) -> None:
    waiting.deadlines.replace((tone(10_030, 1),))
    assert waiting.next() == ("prepare", 1)
    assert waiting.is_quiet()
    waiting.clock.jump(30)
    assert waiting.next() == ("play", 1)


def test_what_is_too_late_is_dropped(waiting: Waiting) -> None:
    waiting.deadlines.replace((tone(9_240, 1), tone(9_260, 2)))
    assert waiting.next() == ("play", 2)
    assert waiting.is_quiet()


def test_what_was_replaced_is_not_played(waiting: Waiting) -> None:
    waiting.deadlines.replace((tone(10_500, 1),))
    assert waiting.next() == ("prepare", 1)
    waiting.deadlines.replace((tone(10_020, 2),))
    assert waiting.next() == ("prepare", 2)
    waiting.clock.jump(600)
    assert waiting.next() == ("play", 2)
    assert waiting.is_quiet()


def test_what_was_played_is_not_played_again(waiting: Waiting) -> None:
    schedule = (tone(10_000, 1), tone(9_999, 2))
    waiting.deadlines.replace(schedule)
    assert {waiting.next(), waiting.next()} == {("play", 1), ("play", 2)}
    waiting.deadlines.replace(schedule)
    assert waiting.is_quiet()


def test_waiting_ends_when_everything_was_played(waiting: Waiting) -> None:
    waiting.deadlines.replace((tone(9_999, 1),))
    assert waiting.deadlines.wait_done(5)
    assert waiting.next() == ("play", 1)
    waiting.deadlines.replace((tone(20_000, 2),))
    assert not waiting.deadlines.wait_done(0.01)


def test_the_lead_plays_earlier() -> None:
    waiting = Waiting(lead=200)
    waiting.deadlines.replace((tone(10_150, 1),))
    assert waiting.next() == ("play", 1)
    waiting.deadlines.close()


def test_nothing_is_played_after_the_end(waiting: Waiting) -> None:
    waiting.deadlines.close()
    waiting.deadlines.replace((Planned(Millis(9_999), tone(0).cue, 1),))
    assert waiting.is_quiet()
