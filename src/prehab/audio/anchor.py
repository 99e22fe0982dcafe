"""Where a moment lies in a stream of sound: the joint between the clock and the frames that were rendered.

Counting frames alone is exact until the device's queue runs dry once, and late by that gap for ever after.
Reading the clock alone jitters with the thread that asks for sound. So each call for a block yields one
reading, clock minus frames; a call is sometimes late and never early, so the lowest reading of the last
second is the truth. It is kept as a reference, which moves only when the truth has left it by more than
jitter explains.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

from prehab.audio.clips import FRAMES_A_MILLI
from prehab.domain.duration import Millis

WINDOW = 1000 * FRAMES_A_MILLI
"""How far back readings count."""
MOVES_BY = 4 * FRAMES_A_MILLI
"""The reference stays while the truth is no further away than this."""
QUEUE = 300 * FRAMES_A_MILLI
"""What the device holds at most: a call that is later than this came after the queue ran dry."""
LONGEST_LAG = 400 * FRAMES_A_MILLI
"""No queue is believed to be longer."""
HALF = 300 * FRAMES_A_MILLI
"""The stream has settled when the lowest readings of the last two of these agree."""
AGREE = 10 * FRAMES_A_MILLI
PATIENCE = 3000 * FRAMES_A_MILLI
"""A stream that never settles is taken as it is after this."""


class Anchor(Protocol):
    """Tells the frame of a moment."""

    @property
    def settled(self) -> bool:
        """Whether the frames it tells can be relied on."""
        ...

    @property
    def lag(self) -> int:
        """How many frames a sound waits in the queue, as far as that is known."""
        ...

    def restart(self) -> None:
        """Forget everything: another device asks from now on."""
        ...

    def observe(self, rendered: int, now: int) -> None:
        """Take note that a block is asked for.

        Args:
            rendered: the frames rendered before it.
            now: the monotonic clock, in frames.
        """
        ...

    def frame_of(self, deadline: Millis) -> int:
        """The frame that is rendered at this moment."""
        ...


class FileAnchor:
    """The anchor of a file: its first frame is the moment 0, and nothing is ever late."""

    settled = True
    lag = 0

    def restart(self) -> None:
        """There is nothing to forget."""

    def observe(self, rendered: int, now: int) -> None:
        """A file has no clock."""

    def frame_of(self, deadline: Millis) -> int:
        return deadline * FRAMES_A_MILLI


class StreamAnchor:
    """The anchor of a device that asks for blocks as it plays them."""

    def __init__(self) -> None:
        self._readings: deque[tuple[int, int]] = deque()
        self._settled = False
        self._first_call: int | None = None
        self._start = 0
        self._reference = 0
        self._lag = 0
        self._dry: tuple[int, int] | None = None
        self._dry_until = 0

    @property
    def settled(self) -> bool:
        return self._settled

    @property
    def lag(self) -> int:
        return self._lag

    def frame_of(self, deadline: Millis) -> int:
        return deadline * FRAMES_A_MILLI - self._reference

    def restart(self) -> None:
        self._readings.clear()
        self._settled, self._first_call, self._dry = False, None, None

    def observe(self, rendered: int, now: int) -> None:
        reading = now - rendered
        if self._first_call is None:
            self._first_call, self._start = now, reading
        self._readings.append((now, reading))
        if self._settled:
            self._follow(now, reading)
        else:
            self._settle(now)

    def _settle(self, now: int) -> None:
        """Wait until the burst that fills the queue is over, and the gap that often comes after it."""
        self._forget(now - 2 * HALF)
        early = [reading for at, reading in self._readings if at < now - HALF]
        late = [reading for at, reading in self._readings if at >= now - HALF]
        first = now if self._first_call is None else self._first_call
        regular = now - first >= 2 * HALF and len(early) > 1 and len(late) > 1
        if (regular and abs(min(early) - min(late)) <= AGREE) or now - first >= PATIENCE:
            self._settled = True
            self._reference = self._lowest()
            self._lag = self._queued()

    def _follow(self, now: int, reading: int) -> None:
        if reading - self._reference > QUEUE:
            self._dry = (self._reference, self._lag)
            self._dry_until = now + WINDOW
            self._readings = deque([(now, reading)])
            self._start = self._reference = reading
            self._lag = 0
            return
        self._forget(now - WINDOW)
        lowest = self._lowest()
        if self._dry is not None:
            self._refill(now, lowest)
        elif abs(lowest - self._reference) > MOVES_BY:
            self._reference = lowest

    def _refill(self, now: int, lowest: int) -> None:
        """The queue fills up again after it ran dry, in a burst that lets rendering get ahead of playing."""
        before, lag = self._dry or (0, 0)
        if lowest <= before + MOVES_BY:
            # The calls that were missing have all come: it had not run dry after all.
            self._reference, self._lag, self._dry = lowest, lag, None
            return
        if lowest < self._reference:
            self._reference = lowest
            self._lag = self._queued()
        if now >= self._dry_until:
            self._dry = None

    def _queued(self) -> int:
        """How far rendering is ahead of playing, which began with the first call, or later."""
        return min(LONGEST_LAG, max(0, self._start - self._reference))

    def _lowest(self) -> int:
        return min(reading for _, reading in self._readings)

    def _forget(self, before: int) -> None:
        while len(self._readings) > 1 and self._readings[0][0] < before:
            self._readings.popleft()
