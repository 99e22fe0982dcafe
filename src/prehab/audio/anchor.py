"""Where a moment lies in a stream of sound: the joint between the clock and the frames that were rendered.

Counting frames alone is exact until the device's queue runs dry once, and late by that gap for ever after.
Reading the clock alone jitters with the thread that asks for sound. So each call for a block yields one
reading, clock minus frames; a call is sometimes late and never early, so the lowest reading of the last
second is the truth. It is kept as a reference. When the truth leaves it by more than a little, the queue ran
dry, and the reference goes there at once. A little may be a sound server that asks at other moments than
before, while what is heard goes on evenly: that moves nothing. Drift is what is left, and is followed slowly.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

from prehab.audio.clips import FRAMES_A_MILLI
from prehab.domain.duration import Millis

WINDOW = 1000 * FRAMES_A_MILLI
"""How far back readings count."""
LITTLE = 50 * FRAMES_A_MILLI
"""A truth that is further off means that the queue ran dry."""
PATIENT_WINDOW = 5000 * FRAMES_A_MILLI
"""How far back readings count where it is less: all calls of a second may have been late."""
SLACK = 10 * FRAMES_A_MILLI
"""The reference stays while the truth is no further away than this, and follows it at this distance."""
QUEUE = 300 * FRAMES_A_MILLI
"""What the device holds at most: a call that is later than this came after the queue ran dry."""
LONGEST_LAG = 400 * FRAMES_A_MILLI
"""No queue is believed to be longer."""
HALF = 300 * FRAMES_A_MILLI
"""The stream has settled when the lowest readings of the last two of these agree."""
BURST = 50 * FRAMES_A_MILLI
"""Calls that follow the first one within this fill the queue."""
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
        self._filling: _Filling | None = None
        self._reference = 0
        self._lag = 0
        self._dry: tuple[int, int] | None = None

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
        self._settled, self._filling, self._dry = False, None, None

    def observe(self, rendered: int, now: int) -> None:
        reading = now - rendered
        if self._settled and reading - self._reference > QUEUE:
            self._run_dry(rendered, now)
        filling = self._filling = self._filling or _Filling(rendered, now)
        filling.observe(rendered, now)
        self._readings.append((now, reading))
        if self._settled:
            self._follow(filling, now)
        else:
            self._settle(filling, now)

    def _settle(self, filling: _Filling, now: int) -> None:
        """Wait until the burst that fills the queue is over, and the gap that often comes after it."""
        self._forget(now - 2 * HALF)
        early = [reading for at, reading in self._readings if at < now - HALF]
        late = [reading for at, reading in self._readings if at >= now - HALF]
        waited = now - filling.began
        is_regular = waited >= 2 * HALF and len(early) > 1 and len(late) > 1
        if (is_regular and abs(min(early) - min(late)) <= AGREE) or waited >= PATIENCE:
            self._settled = True
            self._reference = self._lowest()
            self._lag = filling.lag(self._reference)

    def _follow(self, filling: _Filling, now: int) -> None:
        self._forget(now - PATIENT_WINDOW)
        recent = min(reading for at, reading in self._readings if at >= now - WINDOW)
        if self._dry is not None:
            self._refill(filling, now, recent)
        elif abs(recent - self._reference) > LITTLE:
            self._forget(now - WINDOW)
            self._reference = recent
        else:
            away = self._lowest() - self._reference
            self._reference += max(0, away - SLACK) + min(0, away + SLACK)

    def _run_dry(self, rendered: int, now: int) -> None:
        """What was rendered so far has been played, and this call is the first of a new filling."""
        self._dry = (self._reference, self._lag)
        self._filling = _Filling(rendered, now)
        self._readings.clear()
        self._reference, self._lag = now - rendered, 0

    def _refill(self, filling: _Filling, now: int, lowest: int) -> None:
        """Follow the burst that fills the queue again: rendering gets ahead, cues stay where they belong.

        No more is made up for than before, lest cues are suddenly earlier than they used to be.
        """
        before, lag = self._dry or (0, 0)
        if lowest <= before + SLACK:
            # The calls that were missing have all come: it had not run dry after all.
            self._reference, self._lag, self._dry = lowest, lag, None
            return
        if lowest < self._reference:
            self._reference = lowest
            self._lag = min(lag, filling.lag(lowest))
        if now - filling.began >= WINDOW:
            self._dry = None

    def _lowest(self) -> int:
        return min(reading for _, reading in self._readings)

    def _forget(self, before: int) -> None:
        while len(self._readings) > 1 and self._readings[0][0] < before:
            self._readings.popleft()


class _Filling:
    """An empty queue being filled, and what that tells about how much it holds."""

    def __init__(self, rendered: int, now: int) -> None:
        self.began = now
        self._first = now - rendered
        self._burst = 0

    def observe(self, rendered: int, now: int) -> None:
        """Take note of a call; those at the beginning come as fast as they are answered."""
        if now - self.began <= BURST:
            self._burst = max(self._burst, self._first - (now - rendered))

    def lag(self, reference: int) -> int:
        """How many frames a sound waits: no more than it really is, for a cue may be late but not early.

        Playing began with the first call or later, and what was asked for at once is still ahead.
        """
        return min(LONGEST_LAG, max(self._burst, self._first - reference))
