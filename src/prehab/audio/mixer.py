"""Mixes ready-made clips sample by sample into one stream. It owns no device and reads no clock.

The same mixer feeds a loudspeaker, block by block as it asks, and a file, as fast as it can be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from prehab.audio.anchor import Anchor, FileAnchor, StreamAnchor
from prehab.audio.clips import FRAMES_A_MILLI, Clip
from prehab.audio.envelopes import FADES_FOR, LOWERS_FOR, RETURNS_FOR, Level, fading, lowering
from prehab.audio.player import Sound
from prehab.audio.samples import gain_of, limited, mixed, part, scaled
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned

TOO_LATE = 750 * FRAMES_A_MILLI
"""A cue that is later than this, in frames, is dropped."""
WAITS_FOR = 400 * FRAMES_A_MILLI
"""A sentence waits this long, in frames, for the end of one that began late, as that of a get-ready does."""
BLOCK = 100 * FRAMES_A_MILLI
"""The block in which a file is rendered."""


@dataclass(slots=True)
class _Heard:
    """A clip that is in the stream."""

    key: int
    clip: Clip
    is_speech: bool
    begins: int
    """Its first frame."""
    ends: int
    """The frame after its last."""
    fades: int | None = None
    """The frame from which it is taken back."""

    def take_back(self, frame: int) -> None:
        """Let it fade from this frame on, if it does not already."""
        if self.fades is None or frame < self.fades:
            self.fades = frame
            self.ends = min(self.ends, max(frame, self.begins) + FADES_FOR)

    @property
    def matters_until(self) -> int:
        """The frame from which it changes nothing any more, speech beside it included."""
        return self.ends if self.is_speech else max(self.ends, self.lets_speech_back + RETURNS_FOR)

    @property
    def lets_speech_back(self) -> int:
        """The frame from which speech beside it comes back: its last quarter hides nothing."""
        return self.begins + max(LOWERS_FOR, self.clip.frames * 3 // 4)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A schedule as the mixer reads it, made once by whoever hands it over."""

    due: tuple[Planned, ...]
    keys: frozenset[int]


class Mixer:
    """What sounds now and what will, as samples.

    `render` is called by one thread, everything else by any: what they want is left for the next block.
    """

    def __init__(self, sound: Sound, anchor: Anchor | None = None) -> None:
        """Make one with nothing to play.

        Args:
            sound: what cues sound like, and how loud.
            anchor: joins the clock and the frames; by default that of a device.
        """
        self._tones = sound.tones
        self._spoken = sound.spoken
        self._lead = sound.lead * FRAMES_A_MILLI
        self._anchor = anchor or StreamAnchor()
        self.volume = sound.volume
        """0 to 100; a change is heard from the next block on, over 10 ms."""
        self.muted = sound.muted
        """Whether nothing is heard; cues pass all the same."""
        self.enabled = sound.enabled
        """The kinds of cue that are heard."""
        self._level = Level(self._gain())
        self._wanted = self._plan = _Plan((), frozenset())
        self._next = 0
        self._begun: set[int] = set()
        self._heard: list[_Heard] = []
        self._rendered = 0
        self._silence = b""
        self.begun = 0
        """How many cues have begun to sound."""

    @property
    def settled(self) -> bool:
        """Whether cues are placed exactly; before that nothing is placed at all."""
        return self._anchor.settled

    @property
    def lag(self) -> Millis:
        """How long a sound waits in the queue of the device, as far as that is known."""
        return Millis(self._anchor.lag // FRAMES_A_MILLI)

    @property
    def idle(self) -> bool:
        """Whether everything that was due has been rendered to its end."""
        return self._wanted is self._plan and self._next == len(self._plan.due) and not self._heard

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        """Play this from the next block on and nothing else.

        A key that sounds already goes on; what sounds and is not in it fades within 5 ms.
        """
        due = tuple(sorted(schedule, key=lambda planned: planned.deadline))
        self._wanted = _Plan(due, frozenset(planned.key for planned in due))

    def restart(self) -> None:
        """Make ready for another device; call it while nobody renders."""
        self._anchor.restart()

    def render(self, frames: int, now: int) -> bytes:
        """The next so many frames, as mono 16 bit samples.

        Args:
            frames: how many.
            now: the monotonic clock in nanoseconds, read when they were asked for.
        """
        first = self._rendered
        self._rendered += frames
        self._anchor.observe(first, now * FRAMES_A_MILLI // 1_000_000)
        self._follow_plan(first)
        if self._anchor.settled:
            self._place(first, first + frames)
        return self._mix(first, frames)

    def _follow_plan(self, first: int) -> None:
        plan = self._wanted
        if plan is self._plan:
            return
        self._plan, self._next = plan, 0
        for heard in self._heard:
            if heard.key not in plan.keys:
                heard.take_back(first)
        # A cue is rendered before its moment. One that was taken back in between may be handed over again.
        self._begun &= plan.keys

    def _place(self, first: int, last: int) -> None:
        due, anchor = self._plan.due, self._anchor
        early = anchor.lag + self._lead
        while self._next < len(due):
            planned = due[self._next]
            frame = anchor.frame_of(planned.deadline)
            if frame - early >= last:
                return
            self._next += 1
            if planned.key not in self._begun and first - frame <= TOO_LATE:
                self._begin(planned, max(frame - early, first))

    def _begin(self, planned: Planned, frame: int) -> None:
        self._begun.add(planned.key)
        cue = planned.cue
        if cue.kind not in self.enabled:
            return
        is_speech = cue.kind is CueKind.SAY
        clip = self._spoken(cue) if is_speech else self._tones.of(cue)
        if clip is None:
            return
        if is_speech:
            for heard in self._heard:
                if heard.is_speech and heard.fades is None and frame < heard.ends <= frame + WAITS_FOR:
                    frame = heard.ends
                elif heard.is_speech:
                    heard.take_back(frame)
        self._heard.append(_Heard(planned.key, clip, is_speech, frame, frame + clip.frames))
        self.begun += 1

    def _mix(self, first: int, frames: int) -> bytes:
        last = first + frames
        if self._heard:
            self._heard = [heard for heard in self._heard if heard.matters_until > first]
        self._level.move(self._gain(), first)
        gains = self._level.gains(first, last)
        here = [heard for heard in self._heard if heard.begins < last and heard.ends > first]
        if not here or gains == 0:
            return self._silent(frames)
        parts = [(max(heard.begins - first, 0), self._part(heard, first, last)) for heard in here]
        return limited(scaled(mixed(frames, parts), gains)).tobytes()

    def _part(self, heard: _Heard, first: int, last: int) -> list[int]:
        """What is heard of one clip between two frames."""
        first, last = max(first, heard.begins), min(last, heard.ends)
        samples = part(heard.clip, first - heard.begins, last - heard.begins)
        if heard.is_speech:
            samples = self._lowered(samples, first, last)
        if heard.fades is not None:
            samples = scaled(samples, fading(heard.fades, first, last))
        return samples

    def _lowered(self, speech: list[int], first: int, last: int) -> list[int]:
        """Speech, quieter under each tone that is in the stream."""
        tones = (heard for heard in self._heard if not heard.is_speech)
        found = (lowering(tone.begins, tone.lets_speech_back, first, last) for tone in tones)
        changes = [gains for gains in found if gains is not None]
        if not changes:
            return speech
        return scaled(speech, list(map(min, *changes)) if len(changes) > 1 else changes[0])

    def _gain(self) -> int:
        return 0 if self.muted else gain_of(self.volume)

    def _silent(self, frames: int) -> bytes:
        if len(self._silence) != 2 * frames:
            self._silence = bytes(2 * frames)
        return self._silence


def rendered(sound: Sound, schedule: tuple[Planned, ...], length: Millis) -> Iterator[bytes]:
    """A whole schedule as sound, in blocks: sample for sample what a loudspeaker is sent.

    Args:
        sound: what cues sound like, and how loud; its lead is left out.
        schedule: deadlines count from the first sample.
        length: how long it is; the last block is shorter.
    """
    mixer = Mixer(replace(sound, lead=Millis(0)), FileAnchor())
    mixer.replace(schedule)
    left = length * FRAMES_A_MILLI
    while left > 0:
        frames = min(left, BLOCK)
        yield mixer.render(frames, 0)
        left -= frames
