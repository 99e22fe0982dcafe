"""Writes a session into the history while it happens, in a thread of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import uuid4

from prehab.config.locks import FileLock
from prehab.domain.commands import State
from prehab.domain.duration import Millis
from prehab.domain.events import Event, Outcome, SegmentStarted, SessionEnded, StepOutcome, WorkEnded
from prehab.domain.records import Instant, SessionRecord, StepRecord
from prehab.domain.timeline import Timeline
from prehab.domain.view import View
from prehab.errors import UserError
from prehab.history.claims import claim
from prehab.history.instants import WallClock, instant_of
from prehab.history.pen import Page, Pen
from prehab.history.store import LONGEST_HELD, Answers, Unfinished
from prehab.history.troubles import explain, is_busy
from prehab.runtime.sinks import SinkError

WITHIN = Millis(900)
"""At most this much of a running hold is not yet in the history."""
CLOSE_WITHIN = Millis(3_000)
"""How long `close` waits for what is still to be written."""
FINISH_WITHIN = Millis(60_000)
"""How long `finish` waits for it."""
_PATIENCE = Millis(500)


class Journal:
    """A listener that keeps what is done as it is done; it never lets its caller wait for the disk."""

    def __init__(
        self,
        path: Path,
        timeline: Timeline,
        wall_clock: WallClock,
        *,
        pain_before: int | None = None,
        continues: Unfinished | None = None,
    ) -> None:
        """Stand ready; nothing is written before the session starts.

        Args:
            path: the history, which has been opened once before.
            timeline: what the session steps through.
            wall_clock: what tells the day and the time.
            pain_before: the back before a new session, 0 to 10, if it was asked.
            continues: the session that goes on, instead of a new one.

        Raises:
            UserError: if another program is in the middle of the session that is to go on.
        """
        self.session_id = str(uuid4()) if continues is None else continues.record.id
        """The id under which it is in the history."""
        self._path = path
        self._timeline = timeline
        self._wall_clock = wall_clock
        self._pain_before = pain_before
        self._continues = continues
        self._ended: dict[int, StepRecord] = {} if continues is None else dict(continues.works)
        """The last try of each work that came to its end."""
        self._started: datetime | None = None
        self._running: int | None = None
        """The segment whose try is in the history as running."""
        self._held = Millis(0)
        self._written = Millis(0)
        self._failure: SinkError | None = None
        self._is_closed = self._is_given_up = False
        self._claim = self._claim_it()
        self._pages: SimpleQueue[Page | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="history", daemon=True)
        self._thread.start()

    @property
    def failure(self) -> str | None:
        """Why something is missing from the history; `None` while all is well. Final after `finish`."""
        return None if self._failure is None else str(self._failure)

    def accept(self, events: Sequence[Event], view: View) -> None:
        """Note down what happened, and how long the running work has been held.

        Raises:
            SinkError: once the history could not be written.
        """
        if self._failure is not None:
            raise self._failure
        page = Page()
        if self._started is None and view.state is not State.READY:
            self._begin(page)
        for event in events:
            self._note(event, page)
        self._note_held(view, page)
        if not page.is_blank():
            self._pages.put(page)

    def answer(self, answers: Answers) -> None:
        """Note down what the person said in the middle of the session."""
        self._pages.put(Page(answers=[answers]))

    def tired(self, at: Millis) -> None:
        """Note down how far into the run the runner said that they were getting tired."""
        self._pages.put(Page(tired=at))

    def close(self) -> None:
        """Write what is left, and wait for it a little; what takes longer is for `finish`.

        Raises:
            SinkError: if something is missing from the history, at least so far.
        """
        if self._running is not None and self._held > self._written:
            self._pages.put(Page(works={self._running: self._try(self._running, self._held)}))
        self._is_closed = True
        self._pages.put(None)
        self._thread.join(CLOSE_WITHIN / 1000)
        if self._thread.is_alive():
            if self._failure is None:
                raise SinkError(f"not all of this session is in the history yet: {self._path} is busy")
        else:
            self._let_go()
        if self._failure is not None:
            raise self._failure

    def finish(self) -> bool:
        """Wait longer for a history that was busy when it was closed; whether all is written now."""
        if not self._is_closed:
            return True
        self._thread.join(FINISH_WITHIN / 1000)
        self._is_given_up = True
        self._let_go()
        return not self._thread.is_alive() and self._failure is None

    def _let_go(self) -> None:
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    # In the session's thread

    def _claim_it(self) -> FileLock | None:
        try:
            held = claim(self._path, self.session_id)
        except OSError:
            # Where there are no locks a second program cannot be told; that is no reason not to record.
            return None
        if held is None:
            raise UserError(
                "this session is running already",
                "another prehab is in the middle of it",
                "end it there, or start a new one here",
            )
        return held

    def _begin(self, page: Page) -> None:
        if self._continues is not None:
            self._started = datetime.fromisoformat(self._continues.record.started_at.written)
            return
        self._started = self._wall_clock()
        page.start = SessionRecord(
            id=self.session_id,
            routine=self._timeline.routine.id,
            name=self._timeline.routine.name,
            started_at=instant_of(self._started),
            ended_at=None,
            outcome=Outcome.UNFINISHED,
            level_ms=self._timeline.level,
            rpe=None,
            pain_before=self._pain_before,
            pain=None,
            flare=None,
            note="",
            planned_ms=self._timeline.total,
            steps=(),
        )

    def _note(self, event: Event, page: Page) -> None:
        match event:
            case SegmentStarted(index=index):
                self._take_back(page)
                page.segment = index
            case WorkEnded(index=index, held=held, outcome=outcome):
                done = replace(self._try(index, held), outcome=outcome)
                page.works[index] = self._ended[index] = done
                self._running = None
            case SessionEnded(due=due, outcome=outcome) if outcome is not Outcome.UNFINISHED:
                self._take_back(page)
                page.end = (self._now(due), outcome)
            case _:
                pass

    def _note_held(self, view: View, page: Page) -> None:
        """Write the running hold often enough that the next look cannot come too late for it."""
        if view.state is State.DONE or view.segment.index in page.works or not view.held:
            return
        if self._running != view.segment.index:
            self._running, self._held, self._written = view.segment.index, Millis(0), Millis(0)
        since_last_look = view.held - self._held
        self._held = view.held
        if view.held > self._written and view.held + since_last_look > self._written + WITHIN:
            self._written = view.held
            page.works[self._running] = self._try(self._running, view.held)

    def _take_back(self, page: Page) -> None:
        """A try that was left without an end does not count: the one before it, if any, stands again."""
        if self._running is not None:
            page.works[self._running] = self._ended.get(self._running)
            self._running = None

    def _try(self, index: int, held: Millis) -> StepRecord:
        segment = self._timeline.segments[index]
        work = segment.work
        return StepRecord(
            step=work.step.id,
            name=work.name,
            side=work.side,
            set=work.set,
            round=work.round,
            planned_ms=segment.length,
            held_ms=min(held, LONGEST_HELD),
            outcome=StepOutcome.SHORT,
        )

    def _now(self, due: Millis) -> Instant:
        """The time of day, never before the start: the clock may have been set back meanwhile."""
        now = self._wall_clock()
        if self._started is not None and now < self._started:
            now = self._started + timedelta(milliseconds=due)
        return instant_of(now)

    # In the journal's own thread

    def _write_all(self) -> None:
        pen = Pen(self._path, self.session_id, _PATIENCE)
        page, closing = Page(), False
        while not closing or not page.is_blank():
            if not closing:
                closing = self._gather(page)
            try:
                pen.write(page)
            except (sqlite3.Error, OSError) as error:
                if isinstance(error, sqlite3.Error) and is_busy(error) and not self._is_given_up:
                    continue
                self._failure = self._failure or _failure(error, self._path)
                if closing:
                    break
            else:
                page = Page()
        pen.close()

    def _gather(self, page: Page) -> bool:
        """Wait for news, take all there is, and say whether it was the last."""
        waiting = None if page.is_blank() else _PATIENCE / 1000
        with suppress(Empty):
            later = self._pages.get(timeout=waiting)
            while later is not None:
                page.add(later)
                later = self._pages.get_nowait()
            return True
        return False


def _failure(error: sqlite3.Error | OSError, path: Path) -> SinkError:
    return SinkError(f"{explain(error, path).title}; the session goes on without being recorded")
