"""What is in the stream, sample by sample."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.audio.scenes import (
    VARIED,
    clip,
    flat,
    nanos,
    says,
    schedules,
    sound,
    starts,
    tone,
    values,
    wavy,
)

from prehab.audio.anchor import FileAnchor
from prehab.audio.clips import FRAMES_A_MILLI, RATE
from prehab.audio.envelopes import FADES_FOR, LOWERED, RAMP
from prehab.audio.mixer import BLOCK, Mixer, rendered
from prehab.audio.player import Sound
from prehab.audio.samples import FULL, KNEE, gain_of, limited
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned

LENGTH = 1_000
"""How long the scenes are that Hypothesis makes, in ms: everything in them has ended by then."""
few = settings(max_examples=30, deadline=None)
"""An example renders a second or two of sound."""
MIXED = sound(wavy(90), VARIED)


def in_blocks(mixer: Mixer, sizes: Sequence[int]) -> list[int]:
    return values([mixer.render(size, 0) for size in sizes])


def whole(heard: Sound, schedule: tuple[Planned, ...], length: int = LENGTH) -> list[int]:
    return values(rendered(heard, schedule, Millis(length)))


class Stream:
    """A mixer with a device that asks for 100 ms at a time, on time but for what is said."""

    def __init__(self, heard: Sound, at: int = 100_000) -> None:
        self.mixer = Mixer(heard)
        self.frames = 0
        self._began = at * FRAMES_A_MILLI
        self._late = 0
        self.out: list[int] = []
        while not self.mixer.settled:
            self.block()

    def block(self, *, late: int = 0) -> list[int]:
        """Ask once, so many ms later than is due; the queue never runs dry of that."""
        now = self._began + self._late + self.frames + late * FRAMES_A_MILLI
        block = values([self.mixer.render(BLOCK, nanos(now))])
        self.frames += BLOCK
        self.out += block
        return block

    def stall(self, length: int) -> None:
        """Let nobody ask for a while, and the device play nothing."""
        self._late += length * FRAMES_A_MILLI

    def run(self, millis: int) -> list[int]:
        """Ask for so long."""
        return [value for _ in range(millis // 100) for value in self.block()]

    @property
    def now(self) -> int:
        """The moment of the next block, in ms."""
        return (self._began + self._late + self.frames) // FRAMES_A_MILLI

    def frame_of(self, deadline: int) -> int:
        """Where a cue of this deadline belongs in `out`."""
        return deadline * FRAMES_A_MILLI - self._began - self._late


# What does not depend on how it is asked for


@few
@given(schedules(), st.lists(st.integers(300, 9_000), min_size=1, max_size=40))
def test_however_the_blocks_are_cut_the_samples_are_the_same(
    schedule: tuple[Planned, ...], sizes: list[int]
) -> None:
    mixer = Mixer(MIXED, FileAnchor())
    mixer.replace(schedule)
    frames = LENGTH * FRAMES_A_MILLI
    times = frames // sum(sizes) + 1
    assert in_blocks(mixer, sizes * times)[:frames] == whole(MIXED, schedule)


@few
@given(schedules())
def test_what_a_loudspeaker_is_sent_is_what_a_file_contains(schedule: tuple[Planned, ...]) -> None:
    stream = Stream(MIXED)
    zero = stream.now + 200
    stream.mixer.replace(tuple(Planned(Millis(p.deadline + zero), p.cue, p.key) for p in schedule))
    first = stream.frame_of(zero)
    stream.run(LENGTH + 200)
    played = stream.out[first : first + LENGTH * FRAMES_A_MILLI]
    assert played == whole(MIXED, schedule)[: len(played)]


@given(st.permutations([tone(0), tone(300), says(100), tone(700)]))
def test_the_order_of_a_schedule_does_not_matter(schedule: list[Planned]) -> None:
    assert whole(sound(), tuple(schedule)) == whole(
        sound(), tuple(sorted(schedule, key=lambda p: p.deadline))
    )


# When a cue is heard


def test_a_cue_begins_at_exactly_its_frame() -> None:
    assert starts(whole(sound(), (tone(137), tone(801)))) == [137 * 48, 801 * 48]


@few
@given(st.lists(st.integers(0, 50), min_size=30, max_size=30))
def test_a_late_call_never_delays_a_later_cue(late: list[int]) -> None:
    stream = Stream(sound())
    dues = [stream.now + 200 + at for at in (0, 431, 1_000, 1_777, 2_500)]
    stream.mixer.replace(tuple(tone(due) for due in dues))
    for lateness in late:
        stream.block(late=lateness)
    assert starts(stream.out) == [stream.frame_of(due) for due in dues]


def test_after_a_stall_the_second_cue_is_on_time_again() -> None:
    stream = Stream(sound())
    dues = [stream.now + 300 + 1_000 * n for n in range(6)]
    stream.mixer.replace(tuple(tone(due) for due in dues))
    stream.run(1_000)
    stream.stall(400)
    stream.run(6_000)
    found = starts(stream.out)
    assert len(found) == 6
    assert found[0] == stream.frame_of(dues[0]) + 400 * FRAMES_A_MILLI
    for due, frame in list(zip(dues, found, strict=True))[2:]:
        assert abs(frame - stream.frame_of(due)) <= 10 * FRAMES_A_MILLI


def test_a_cue_three_quarters_of_a_second_late_is_still_heard_at_once() -> None:
    stream = Stream(sound())
    stream.mixer.replace((tone(stream.now - 700),))
    assert starts(stream.block()) == [0]


def test_a_cue_that_is_later_is_dropped() -> None:
    stream = Stream(sound())
    stream.mixer.replace((tone(stream.now - 760), tone(stream.now + 500)))
    due = stream.frame_of(stream.now + 500)
    stream.run(1_000)
    assert starts(stream.out) == [due]
    assert stream.mixer.begun == 1


def test_what_was_missed_while_the_program_stood_still_is_not_made_up_for() -> None:
    stream = Stream(sound())
    dues = [stream.now + 1_000 * n for n in range(20)]
    stream.mixer.replace(tuple(tone(due) for due in dues))
    stream.run(500)
    stream.stall(10_000)
    stream.run(500)
    assert stream.mixer.begun <= 2


def test_the_lead_sends_everything_earlier() -> None:
    stream = Stream(sound(lead=150))
    due = stream.now + 400
    stream.mixer.replace((tone(due),))
    expected = stream.frame_of(due - 150)
    stream.run(1_000)
    assert starts(stream.out) == [expected]


def test_a_file_has_no_lead() -> None:
    assert starts(whole(sound(lead=150), (tone(400),))) == [400 * 48]


def test_nothing_is_placed_before_the_stream_has_settled() -> None:
    mixer = Mixer(sound())
    mixer.replace((tone(1_000),))
    block = mixer.render(BLOCK, nanos(1_000 * 48))
    assert not mixer.settled
    assert not any(values([block]))


# Schedules that are replaced


@few
@given(schedules(), schedules(), st.integers(0, 5))
def test_a_schedule_that_was_replaced_begins_nothing_more(
    first: tuple[Planned, ...], second: tuple[Planned, ...], blocks: int
) -> None:
    """After the change it is as if the second were alone, but for what fades and what it had lowered."""
    change = blocks * BLOCK
    second = tuple(Planned(Millis(p.deadline + blocks * 100), p.cue, p.key + 1_000) for p in second)
    mixer = Mixer(MIXED, FileAnchor())
    mixer.replace(first)
    before = in_blocks(mixer, [BLOCK] * blocks)
    mixer.replace(second)
    after = in_blocks(mixer, [BLOCK] * (LENGTH // 100))
    assert before == whole(MIXED, first)[:change]
    over = RATE * 3 // 10
    assert after[over:] == whole(MIXED, second, LENGTH + blocks * 100)[change + over :]
    if not second:
        assert not any(after[FADES_FOR:])


def test_a_sounding_cue_that_is_in_the_new_schedule_goes_on() -> None:
    first = (says(0), tone(1_500))
    mixer = Mixer(sound(), FileAnchor())
    mixer.replace(first)
    out = in_blocks(mixer, [BLOCK] * 3)
    mixer.replace((first[0], tone(1_200)))
    out += in_blocks(mixer, [BLOCK] * 17)
    assert out == whole(sound(), (first[0], tone(1_200)), 2_000)


def test_a_cue_that_was_heard_is_not_heard_again_when_it_is_handed_over_again() -> None:
    schedule = (tone(0), tone(1_000))
    mixer = Mixer(sound(), FileAnchor())
    mixer.replace(schedule)
    out = []
    for _ in range(20):
        out += in_blocks(mixer, [BLOCK])
        mixer.replace(schedule)
    assert out == whole(sound(), schedule, 2_000)


def test_a_cue_that_was_taken_back_before_its_moment_is_heard_when_it_comes_again() -> None:
    """A pause just before a tone: it is in the queue of the device already, and due again after the pause."""
    stream = Stream(sound(flat(10_000, 20)))
    due = stream.now + 80
    stream.mixer.replace((tone(due, 7),))
    stream.run(100)
    stream.mixer.replace(())
    stream.run(2_000)
    again = stream.now + 300
    stream.mixer.replace((tone(again, 7),))
    expected = stream.frame_of(again)
    stream.run(1_000)
    assert starts(stream.out)[-1] == expected
    assert stream.mixer.begun == 2


def test_what_sounds_and_is_taken_back_fades_without_a_click() -> None:
    mixer = Mixer(sound(), FileAnchor())
    mixer.replace((says(0),))
    last = in_blocks(mixer, [BLOCK])[-1]
    mixer.replace(())
    after = in_blocks(mixer, [BLOCK])
    assert max(abs(b - a) for a, b in zip([last, *after], after, strict=False)) < 8_000 / 100
    assert not any(after[FADES_FOR:])


def test_pausing_is_silent_after_the_block_that_follows() -> None:
    stream = Stream(sound())
    stream.mixer.replace((says(stream.now), *(tone(stream.now + 100 * n) for n in range(20))))
    stream.run(500)
    stream.mixer.replace(())
    assert not any(stream.block()[FADES_FOR:])
    assert not any(stream.run(1_000))


def test_a_new_sentence_takes_the_place_of_one_that_still_sounds() -> None:
    said = {"first": flat(5_000, 1_000), "second": flat(300, 500)}
    out = whole(sound(said=said), (says(0, "first"), says(400, "second")))
    assert out[400 * 48 - 1] == 5_000
    assert set(out[400 * 48 + FADES_FOR : 900 * 48]) == {300}


def test_a_sentence_that_began_late_is_heard_to_its_end_before_the_next() -> None:
    said = {"first": flat(5_000, 1_000), "second": flat(300, 500)}
    out = whole(sound(said=said), (says(0, "first"), says(850, "second")), 1_600)
    assert set(out[: 1_000 * 48]) == {5_000}
    assert set(out[1_000 * 48 : 1_500 * 48]) == {300}


# How loud it is


@few
@given(schedules(), st.integers(0, 100))
def test_it_never_clips_and_never_wraps_round(schedule: tuple[Planned, ...], volume: int) -> None:
    loud = sound(flat(32_767, 200), {name: flat(-32_768, 600, 16_000) for name in VARIED}, volume=volume)
    assert all(-32_767 <= value <= 32_767 for value in whole(loud, schedule))


@given(st.lists(st.integers(-300_000, 300_000), min_size=1))
def test_the_limit_keeps_order_and_leaves_what_is_quiet_alone(samples: list[int]) -> None:
    out = limited(samples).tolist()
    assert [value for value in out if abs(value) < KNEE] == [s for s in samples if abs(s) < KNEE]
    pairs = sorted(zip(samples, out, strict=True))
    assert [value for _, value in pairs] == sorted(out)


@few
@given(schedules())
def test_volume_0_and_mute_are_silence(schedule: tuple[Planned, ...]) -> None:
    assert not any(whole(sound(wavy(90), VARIED, volume=0), schedule))
    assert not any(whole(sound(wavy(90), VARIED, muted=True), schedule))


def test_silence_is_always_the_same_bytes() -> None:
    mixer = Mixer(sound(), FileAnchor())
    assert mixer.render(BLOCK, 0) is mixer.render(BLOCK, 0)


def test_volume_follows_the_ear() -> None:
    assert gain_of(100) == FULL
    assert gain_of(50) == FULL // 4
    assert [gain_of(v) for v in range(0, 101, 5)] == sorted({gain_of(v) for v in range(0, 101, 5)})
    assert gain_of(-5) == 0
    assert gain_of(120) == FULL


def test_a_change_of_volume_is_a_short_ramp() -> None:
    mixer = Mixer(sound(flat(16_000, 1_000)), FileAnchor())
    mixer.replace((tone(0),))
    last = in_blocks(mixer, [BLOCK])[-1]
    mixer.volume = 50
    after = in_blocks(mixer, [BLOCK])
    assert max(abs(b - a) for a, b in zip([last, *after], after, strict=False)) < 16_000 / 100
    assert set(after[RAMP:]) == {4_000}


def test_muting_is_silent_after_a_few_ms_and_unmuting_finds_the_sound_where_it_would_be() -> None:
    mixer = Mixer(sound(said={"a sentence": wavy(1_000, 16_000)}), FileAnchor())
    mixer.replace((says(0),))
    in_blocks(mixer, [BLOCK])
    mixer.muted = True
    assert not any(in_blocks(mixer, [BLOCK])[RAMP:])
    assert not any(in_blocks(mixer, [BLOCK]))
    mixer.muted = False
    heard = in_blocks(mixer, [BLOCK])[RAMP:]
    expected = whole(sound(said={"a sentence": wavy(1_000, 16_000)}), (says(0),))
    assert heard == expected[3 * BLOCK + RAMP : 4 * BLOCK]


def test_speech_is_lowered_under_a_tone_and_comes_back() -> None:
    said = {"long": flat(8_000, 2_000)}
    heard = sound(clip([0] * RATE), said)
    out = whole(heard, (says(0, "long"), tone(500)), 2_500)
    assert set(out[: 500 * 48]) == {8_000}
    assert set(out[520 * 48 : 1_200 * 48]) == {8_000 * LOWERED // FULL}
    assert out[1_700 * 48] == 8_000
    assert max(abs(b - a) for a, b in pairwise(out[: 1_900 * 48])) < 8_000 / 100


def test_two_tones_lower_speech_no_further_than_one() -> None:
    said = {"long": flat(8_000, 2_000)}
    out = whole(sound(clip([0] * RATE), said), (says(0, "long"), tone(500), tone(600, 1)), 2_500)
    assert min(out[: 1_900 * 48]) == 8_000 * LOWERED // FULL


# Which cues are heard


def test_a_kind_that_is_switched_off_is_not_heard() -> None:
    mixer = Mixer(sound(), FileAnchor())
    mixer.enabled = frozenset({CueKind.GO})
    mixer.replace((tone(0, kind=CueKind.TICK), tone(300, kind=CueKind.GO), says(600)))
    assert starts(in_blocks(mixer, [BLOCK] * 20)) == [300 * 48]
    assert mixer.begun == 1


def test_a_sentence_that_nobody_can_say_is_silence() -> None:
    assert not any(whole(sound(), (says(0, "unheard of"),)))


def test_it_is_idle_when_everything_has_been_heard() -> None:
    mixer = Mixer(sound(), FileAnchor())
    assert mixer.idle
    mixer.replace((tone(150),))
    assert not mixer.idle
    in_blocks(mixer, [BLOCK] * 2)
    assert not mixer.idle
    in_blocks(mixer, [BLOCK] * 4)
    assert mixer.idle


def test_a_long_session_does_not_gather_what_is_over() -> None:
    mixer = Mixer(sound(), FileAnchor())
    for n in range(300):
        mixer.replace((tone(n * 1_000, n), tone(n * 1_000 + 500, 10_000 + n)))
        in_blocks(mixer, [BLOCK] * 10)
    assert len(mixer._begun) < 200
