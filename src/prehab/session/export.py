"""A session as a sound file, with the voice and the cues of the settings."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from prehab.audio.export import Exported, export_audio
from prehab.audio.speech import Talk
from prehab.config.settings import Settings
from prehab.domain.compile import compile_timeline
from prehab.domain.timeline import Timeline
from prehab.session.sound import speaker_of, tones_of


def export(
    settings: Settings,
    timeline: Timeline,
    file: Path,
    talk: str,
    notices: deque[str],
    on_progress: Callable[[float], None],
) -> Exported:
    """Write a session as a sound file: the tones, cues and voice of the settings, at full volume."""
    speaker = speaker_of(settings, notices) if talk != "off" else None
    try:
        if speaker is not None:
            timeline = compile_timeline(timeline.routine, timeline.level, speaker.measure_exactly)
        return export_audio(
            timeline,
            tones_of(settings, notices),
            file,
            speaker=speaker,
            talk=Talk[talk.upper()],
            enabled=settings.cues_on,
            on_progress=on_progress,
        )
    finally:
        if speaker is not None:
            speaker.close()
