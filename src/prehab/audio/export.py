"""A guided session as a sound file: the same schedule through the same mixer, faster than real time."""

from __future__ import annotations

import os
import uuid
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from prehab.audio.clips import RATE, Tones, or_beeped, says_nothing
from prehab.audio.id3 import Chapter, tag
from prehab.audio.mixer import rendered
from prehab.audio.player import EVERY_KIND, Sound
from prehab.audio.speech import Speaker, Talk, texts_of
from prehab.domain.commands import Command
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, clock_face
from prehab.domain.engine import Engine
from prehab.domain.narration import PATIENCE
from prehab.domain.timeline import Segment, Timeline
from prehab.errors import Exit, UserError
from prehab.runtime.sinks import Planned

TAIL = Millis(1_500)
"""How long a file goes on after the last segment: its last tone rings out."""
KILOBITS = 64
"""A second of MP3, in thousands of bits: speech and tones in mono lose nothing that can be heard."""

_LAME_FASTEST = 7
_WAV_LIMIT = 0xFFFF_FFFF - 64
"""A WAV file counts its bytes in 32 bits, its header included."""
_LOOK = 0.1
"""How often waiting for the voice tells how far it is, in seconds."""

Progress = Callable[[float], None]
"""Told which part is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A sound file that was written."""

    path: Path
    length: Millis
    size: int
    """In bytes."""
    chapters: tuple[Chapter, ...]
    """A chapter for each step and round; in a WAV file they are not marked."""
    unspoken: tuple[str, ...]
    """What should be heard in it but could not be spoken."""


def export_audio(
    timeline: Timeline,
    tones: Tones,
    path: Path,
    *,
    speaker: Speaker | None = None,
    talk: Talk = Talk.FULL,
    enabled: frozenset[CueKind] = EVERY_KIND,
    on_progress: Progress = lambda done: None,
) -> Exported:
    """Write a whole session, at full volume, as WAV or MP3 by the ending of the file.

    A step that waits for a key gets 30 s. An existing file is replaced once the new one is complete.

    Args:
        timeline: what to play.
        tones: the cue sounds.
        path: where to write.
        speaker: who speaks; without one there are tones alone.
        talk: how much is said.
        enabled: the kinds of cue that are heard.
        on_progress: told how far it is, the voice included.

    Raises:
        UserError: if it cannot be written there, or not as that.
    """
    length = Millis(sum(map(_length, timeline.segments)) + TAIL)
    encoder = _encoder(path, length)
    unspoken = _speak(timeline, speaker, talk, on_progress) if speaker is not None else ()

    schedule = schedule_of(timeline)
    spoken = says_nothing if speaker is None else lambda cue: speaker.clip(cue, talk)
    sound = Sound(tones, or_beeped(spoken, tones), volume=100, enabled=enabled)
    chapters = chapters_of(timeline)
    with _replacing(path) as file:
        blocks = _counted(rendered(sound, schedule, length), 2 * RATE * length // 1000, on_progress)
        encoder(file, _Programme(timeline.routine.name, length, chapters, blocks))
        size = file.tell()
    return Exported(path, length, size, chapters, unspoken)


def schedule_of(timeline: Timeline) -> tuple[Planned, ...]:
    """What is heard when nobody touches a key, counted from the first segment."""
    engine = Engine(timeline, patience=PATIENCE)
    engine.handle(Command.START, Millis(0))
    return tuple(Planned(sounding.due, sounding.cue, sounding.key) for sounding in engine.upcoming())


def chapters_of(timeline: Timeline) -> tuple[Chapter, ...]:
    """A chapter for each step, from the gap that announces it to the next one's; in each round again."""
    chapters, at = [], Millis(0)
    for _, segments in groupby(
        timeline.segments, key=lambda segment: (segment.work.number, segment.work.round)
    ):
        step = tuple(segments)
        end = Millis(at + sum(map(_length, step)))
        chapters.append(Chapter(_title(step[0]), at, end))
        at = end
    return tuple(chapters)


def _counted(blocks: Iterator[bytes], whole: int, on_progress: Progress) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        on_progress(done / whole)


def _title(segment: Segment) -> str:
    work = segment.work
    return work.name if work.rounds == 1 else f"{work.name}, round {work.round} of {work.rounds}"


def _length(segment: Segment) -> Millis:
    return PATIENCE if segment.length is None else segment.length


def _speak(timeline: Timeline, speaker: Speaker, talk: Talk, on_progress: Progress) -> tuple[str, ...]:
    """Have everything spoken and wait for it; returns what could not be."""
    if talk is Talk.OFF:
        return ()
    speaker.prepare(texts_of(timeline))
    while not speaker.wait(_LOOK):
        on_progress(0.0)
    cues = [cue for segment in timeline.segments for cue in segment.cues]
    said = dict.fromkeys(text for cue in cues if (text := talk.text(cue)))
    return tuple(text for text in said if speaker.measure(text) and speaker.said(text) is None)


@dataclass(frozen=True, slots=True)
class _Programme:
    """What a file is to hold."""

    title: str
    length: Millis
    chapters: tuple[Chapter, ...]
    blocks: Iterator[bytes]


def _write_wav(file: BinaryIO, programme: _Programme) -> None:
    """Mono, 16 bit, 48 kHz, streamed."""
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.setnframes(programme.length * RATE // 1000)
        for block in programme.blocks:
            out.writeframesraw(block)


def _write_mp3(file: BinaryIO, programme: _Programme) -> None:
    """Mono at a constant bit rate, behind a tag with the chapters."""
    import lameenc

    lame = lameenc.Encoder()
    lame.silence()
    lame.set_channels(1)
    lame.set_in_sample_rate(RATE)
    lame.set_bit_rate(KILOBITS)
    lame.set_quality(_LAME_FASTEST)
    file.write(tag(programme.title, programme.length, programme.chapters))
    for block in programme.blocks:
        file.write(lame.encode(block))
    file.write(lame.flush())


_Encoder = Callable[[BinaryIO, _Programme], None]

_ENCODERS: dict[str, _Encoder] = {".wav": _write_wav, ".mp3": _write_mp3}
ENDINGS = tuple(_ENCODERS)
"""The endings of the files that can be written."""


def _encoder(path: Path, length: Millis) -> _Encoder:
    ending = path.suffix.lower()
    encoder = _ENCODERS.get(ending)
    if encoder is None:
        raise UserError(
            f"can't tell from its name what kind of sound file {path.name!r} is to be",
            hint=f"end it in {' or '.join(ENDINGS)}",
            exit_code=Exit.USAGE,
        )
    if ending == ".wav" and 2 * RATE * length // 1000 > _WAV_LIMIT:
        raise UserError(
            f"{clock_face(length)} hours are too long for a WAV file, which ends at 4 GB",
            hint="export it as .mp3",
        )
    return encoder


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside the one that is wanted, which takes its place if all goes well and is gone otherwise."""
    # Not Path.resolve, which raises for links that go round in a circle.
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise UserError(f"{path} is not a file", hint="name a file to write, in a folder that exists")
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with beside.open("xb") as file:
            yield file
        beside.replace(target)
    except OSError as error:
        if not target.parent.is_dir():
            raise UserError(
                f"there is no folder {target.parent}", hint="make it first, or name another one"
            ) from error
        raise UserError(
            f"{path} could not be written: {error.strerror or error}",
            hint="choose another folder with -o, or make room",
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
