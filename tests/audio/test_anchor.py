"""Where a moment lies in a stream, with streams that behave as real ones were seen to."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from prehab.audio.anchor import SLACK, FileAnchor, StreamAnchor
from prehab.audio.clips import FRAMES_A_MILLI, RATE
from prehab.domain.duration import Millis

PERIOD = 100 * FRAMES_A_MILLI


class Device:
    """A device with a queue: it asks for a period when there is room, and plays what it has.

    Time is in frames of its clock. `heard` tells when a frame came out, the truth that cues are held against.
    """

    def __init__(self, periods: int = 3, began: int = 5_000_000, starts_late: int = 0) -> None:
        self.anchor = StreamAnchor()
        self.now = began
        self.rendered = 0
        self._room = periods * PERIOD
        self._plays_from = began + starts_late
        self._offset: int | None = None
        self.heard: list[tuple[int, int]] = []

    def _queued(self, at: int) -> int:
        played = 0 if self._offset is None else max(0, at - max(self._offset, self._plays_from))
        return self.rendered - played

    def ask(self, jitter: int = 0) -> None:
        """Wait until there is room, and a little longer, and ask."""
        if self._offset is None:
            self._offset = self.now
        self.now += max(0, self._queued(self.now) + PERIOD - self._room) + jitter
        if self._queued(self.now) < 0:
            # It ran dry: what comes now is heard at once.
            self._offset = self.now - self.rendered
            self._plays_from = 0
        self.anchor.observe(self.rendered, self.now)
        comes_out = max(self._offset, self._plays_from) + self.rendered
        self.heard.append((self.rendered, comes_out))
        self.rendered += PERIOD

    def lateness(self, millis_ahead: int = 500) -> int:
        """How late, in frames, a cue would come out that is due in a while."""
        deadline = Millis(self.now // FRAMES_A_MILLI + millis_ahead)
        frame = self.anchor.frame_of(deadline) - self.anchor.lag
        base, comes_out = self.heard[-1]
        return frame - base + comes_out - deadline * FRAMES_A_MILLI


def settled(device: Device) -> Device:
    for _ in range(40):
        device.ask()
        if device.anchor.settled:
            return device
    raise AssertionError("it never settled")


def jitters() -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 30 * FRAMES_A_MILLI), min_size=12, max_size=60)


def test_a_file_begins_at_zero_and_is_never_late() -> None:
    anchor = FileAnchor()
    anchor.observe(4_800, 99)
    assert anchor.settled
    assert anchor.frame_of(Millis(1_500)) == 72_000


def test_it_is_not_settled_while_the_queue_fills() -> None:
    device = Device()
    for _ in range(5):
        device.ask()
    assert not device.anchor.settled


def test_it_settles_within_a_second_of_regular_calls() -> None:
    device = Device()
    began = device.now
    settled(device)
    assert device.now - began < 1000 * FRAMES_A_MILLI


def test_a_gap_after_the_first_burst_is_waited_for() -> None:
    device = Device(starts_late=700 * FRAMES_A_MILLI)
    began = device.now
    settled(device)
    assert 1000 * FRAMES_A_MILLI < device.now - began < 2000 * FRAMES_A_MILLI


def test_a_stream_that_is_never_regular_is_taken_as_it_is_after_three_seconds() -> None:
    anchor = StreamAnchor()
    now = rendered = 0
    for _ in range(3):
        anchor.observe(rendered, now)
        rendered, now = rendered + PERIOD, now + 700 * FRAMES_A_MILLI
    assert not anchor.settled
    for _ in range(3):
        anchor.observe(rendered, now)
        rendered, now = rendered + PERIOD, now + 700 * FRAMES_A_MILLI
    assert anchor.settled


def test_what_waits_in_the_queue_is_made_up_for() -> None:
    for periods in (2, 3):
        device = settled(Device(periods))
        assert abs(device.lateness()) < SLACK


def test_a_cue_is_never_sent_too_early_whatever_is_unknown() -> None:
    device = settled(Device(starts_late=700 * FRAMES_A_MILLI))
    assert device.lateness() >= -SLACK


@given(jitters())
def test_late_calls_do_not_move_cues(late: list[int]) -> None:
    device = settled(Device())
    for jitter in late:
        device.ask()
        before = device.lateness()
        device.ask(jitter)
        assert device.lateness() == before


def all_late(device: Device, calls: int, millis: int) -> int:
    """How late cues are after so many calls, each of them so late."""
    for _ in range(calls):
        device.ask(millis * FRAMES_A_MILLI)
        device.now -= millis * FRAMES_A_MILLI
    return device.lateness()


def test_a_second_of_late_calls_moves_nothing_and_six_move_by_what_is_more_than_a_little() -> None:
    device = settled(Device())
    before = device.lateness()
    assert all_late(device, 15, 30) == before
    assert all_late(device, 45, 30) == before - 20 * FRAMES_A_MILLI


def test_a_server_that_asks_at_other_moments_moves_nothing() -> None:
    device = settled(Device())
    before = device.lateness()
    assert {all_late(device, 60, millis) for millis in (8, 2, 10, 0)} == {before}


def steps(device: Device, count: int) -> Iterator[int]:
    for _ in range(count):
        device.ask()
        yield device.lateness()


def test_a_stall_is_over_for_cues_after_a_second() -> None:
    device = settled(Device())
    before = device.lateness()
    device.ask(400 * FRAMES_A_MILLI)
    *_, after = steps(device, 12)
    assert abs(after - before) <= SLACK


def test_a_short_stall_that_nobody_notices_is_made_up_for_too() -> None:
    """The queue held one period only, as PulseAudio's was seen to: 250 ms late means 150 ms of silence."""
    device = settled(Device(periods=1))
    before = device.lateness()
    device.ask(250 * FRAMES_A_MILLI)
    *_, after = steps(device, 12)
    assert abs(after - before) <= SLACK


def test_after_a_long_absence_the_first_call_already_knows_where_it_is() -> None:
    device = settled(Device())
    device.ask(30_000 * FRAMES_A_MILLI)
    assert abs(device.lateness()) < SLACK
    for lateness in steps(device, 12):
        assert abs(lateness) < SLACK


def test_calls_that_were_only_held_up_change_nothing() -> None:
    """The device asks late, but has a long queue of its own and asks for all that was missed."""
    anchor = StreamAnchor()
    rendered, now = 0, 5_000_000
    for _ in range(12):
        anchor.observe(rendered, now)
        rendered, now = rendered + PERIOD, now + PERIOD
    before = (anchor.frame_of(Millis(1_000_000)), anchor.lag)
    now += 5 * PERIOD
    for _ in range(6):
        anchor.observe(rendered, now)
        rendered += PERIOD
    assert (anchor.frame_of(Millis(1_000_000)), anchor.lag) == before


@given(st.integers(-100, 100))
def test_a_card_with_a_clock_of_its_own_is_followed(parts_per_million: int) -> None:
    anchor = StreamAnchor()
    now, worst = 5_000_000.0, 0
    for call in range(3_000):
        anchor.observe(call * PERIOD, round(now))
        if anchor.settled:
            here = anchor.frame_of(Millis(0)) + round(now) - call * PERIOD
            worst = max(worst, abs(here))
        now += PERIOD * (1 + parts_per_million / 1_000_000)
    assert worst <= SLACK + 100 * 6 * RATE // 1_000_000


def test_another_device_is_waited_for_again() -> None:
    device = settled(Device())
    device.anchor.restart()
    assert not device.anchor.settled
