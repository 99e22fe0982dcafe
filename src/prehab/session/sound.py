"""What a session sounds like: a player, a voice, and the keys that turn them up, down and off."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress

from prehab import resources
from prehab.audio.choose import Refusal, open_player
from prehab.audio.clips import Clip, Tones, load_tones, or_beeped
from prehab.audio.player import Output, SoundPlayer
from prehab.audio.probe import audition
from prehab.audio.speech import Speaker, Talk, texts_of
from prehab.audio.speech_cache import SpeechCache
from prehab.audio.voices.choose import choose_voice
from prehab.config.locations import beside_settings, speech_cache
from prehab.config.settings import Settings, VoiceEngine
from prehab.domain.cues import Cue
from prehab.domain.duration import Millis
from prehab.domain.narration import estimate
from prehab.domain.timeline import Timeline
from prehab.runtime.clock import Clock
from prehab.runtime.sinks import Planned

STEP = 5
"""How much louder or quieter one key makes it, of 100."""
LINGER = 1.2
"""How long the last sound may ring out when the session is over, in seconds."""

LONGEST_WAIT = 10.0
"""How long the first sentence of a voice may take, in seconds, where somebody waits for it."""

Remember = Callable[[str, str], None]
"""Keeps a choice for the next session: the key of its setting, and the value as a person spells it."""


class Narrator:
    """Finds the sentence of a cue, in the measure the person wants to be talked to."""

    def __init__(self, speaker: Speaker | None, talk: Talk) -> None:
        self.speaker = speaker
        self.talk = talk

    def __call__(self, cue: Cue) -> Clip | None:
        return None if self.speaker is None else self.speaker.clip(cue, self.talk)


class Sound:
    """Plays a session. A player for the driver, a volume and a voice for the person."""

    def __init__(
        self,
        player: SoundPlayer,
        narrator: Narrator,
        *,
        volume: int,
        muted: bool,
        notices: deque[str],
        remember: Remember = lambda key, value: None,
    ) -> None:
        """Take over an open player.

        Args:
            player: what makes the sound.
            narrator: what the player asks for sentences.
            volume: 0 to 100.
            muted: whether to begin silent.
            notices: filled by the player's and the speaker's threads.
            remember: called with each choice the person makes.
        """
        self._player = player
        self._narrator = narrator
        self._notices = notices
        self._remember = remember
        self.volume = volume
        self.muted = muted
        self._timelines: tuple[Timeline, ...] = ()
        self._ringing_out = False

    @property
    def backend(self) -> str:
        """The name of what plays."""
        return self._player.name

    @property
    def voice(self) -> str:
        """How much is said: `full`, `short` or `off`; `none` where nothing can speak."""
        return self._narrator.talk.name.lower() if self._narrator.speaker else "none"

    @property
    def is_heard(self) -> bool:
        """Whether anything reaches the ear; where not, the screen has to say it."""
        return not self.muted and self.volume > 0 and self._player.name != "silent"

    def describe(self) -> Output:
        """What the sound comes out of."""
        return self._player.describe()

    def measure(self, text: str) -> Millis:
        """How long a text takes to say with the voice in use, as far as that is known."""
        speaker = self._narrator.speaker
        if speaker is None:
            return estimate(text)
        return speaker.guess(text) if self._narrator.talk is Talk.OFF else speaker.measure(text)

    def prepare(self, *timelines: Timeline) -> None:
        """Have the sentences of a session spoken, in the background, the first one first.

        Args:
            timelines: what is stepped through, and what it may become at a key press.
        """
        self._timelines = timelines
        if self._narrator.speaker is not None and self._narrator.talk is not Talk.OFF:
            self._narrator.speaker.prepare(text for timeline in timelines for text in texts_of(timeline))

    def has_learned(self, *, at_rest: bool = False) -> bool:
        """Whether `measure` would be more exact now; said once for what was spoken since.

        Args:
            at_rest: only when everything has been spoken.
        """
        speaker = self._narrator.speaker
        return speaker is not None and (speaker.is_at_rest or not at_rest) and speaker.has_learned()

    def audition(self, sentence: str, clock: Clock) -> Iterator[tuple[str, bool]]:
        """Play every cue and a sentence, one after the other; tells of each whether it began to sound."""
        speaker = self._narrator.speaker
        if speaker is not None:
            speaker.prepare((sentence,))
            speaker.wait(LONGEST_WAIT)
        for cue, was_heard in audition(self._player, clock, sentence=sentence if speaker else None):
            yield (f"{cue.kind.value}, soft" if cue.soft else cue.kind.value), was_heard

    def has_settled(self) -> bool:
        """Whether cues are placed exactly by now."""
        return self._player.ready_at() is not None

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        self._ringing_out = bool(schedule)
        self._player.replace(schedule)

    def close(self) -> None:
        """Let the last sound ring out, then let the device and the voice go."""
        if self._ringing_out:
            self._player.finish(LINGER)
        self._player.close()
        if self._narrator.speaker is not None:
            self._narrator.speaker.close()

    def volume_by(self, change: int) -> int:
        """Make it louder or quieter, at most 100 and at least 0; turning it up ends a mute."""
        self.volume = max(0, min(100, self.volume + change))
        self._player.set_volume(self.volume)
        self._remember("sound.volume", str(self.volume))
        if self.muted and change > 0:
            self.toggle_mute()
        return self.volume

    def toggle_mute(self) -> bool:
        """Fall silent or be heard again; says which."""
        self.muted = not self.muted
        self._player.set_muted(self.muted)
        self._remember("sound.muted", "on" if self.muted else "off")
        return self.muted

    def cycle_voice(self) -> str:
        """Go from full to short to off and round again; says which."""
        order = (Talk.FULL, Talk.SHORT, Talk.OFF)
        if self._narrator.speaker is not None:
            was_off = self._narrator.talk is Talk.OFF
            self._narrator.talk = order[(order.index(self._narrator.talk) + 1) % len(order)]
            if was_off:
                self.prepare(*self._timelines)
            self._remember("voice.mode", self.voice)
        return self.voice

    def notices(self) -> tuple[str, ...]:
        """What happened to the sound since this was last asked."""
        taken = tuple(self._notices)
        self._notices.clear()
        return taken


def open_sound(
    settings: Settings,
    *,
    muted: bool,
    voiced: bool,
    backend: str | None,
    remember: Remember = lambda key, value: None,
) -> tuple[Sound, tuple[Refusal, ...]]:
    """Open the device and the voice that the settings ask for, or the next best; it never fails.

    Args:
        settings: the person's choices.
        muted: begin silent, whatever the settings say.
        voiced: whether anything may be said.
        backend: the backend to use instead of the settings' one.
        remember: called with each choice the person makes in the session.
    """
    notices: deque[str] = deque()
    narrator = Narrator(speaker_of(settings, notices) if voiced else None, Talk[settings.voice.name])
    tones = tones_of(settings, notices)
    opened = open_player(
        backend or settings.backend.value,
        tones,
        settings.volume,
        muted or settings.muted,
        Millis(settings.lead_ms),
        notices.append,
        ring if can_ring() else None,
        spoken=or_beeped(narrator, tones),
        enabled=settings.cues_on,
    )
    sound = Sound(
        opened.player,
        narrator,
        volume=settings.volume,
        muted=muted or settings.muted,
        notices=notices,
        remember=remember,
    )
    return sound, opened.refusals


def tones_of(settings: Settings, notices: deque[str]) -> Tones:
    """The cue sounds, the person's own in the place of the bundled ones; a bad one is a notice."""
    own = {kind: beside_settings(written) for kind, written in settings.own_sounds.items()}
    tones = load_tones(resources.sounds(), own)
    notices.extend(f"{bad.why}; the bundled sound plays" for bad in tones.refused)
    return tones


def speaker_of(settings: Settings, notices: deque[str]) -> Speaker | None:
    """Who speaks, as the settings have it; `None` where nothing can."""
    engine = settings.voice_engine
    voice, refusals = choose_voice(engine.value, settings.voice_name, settings.voice_rate / 100)
    if engine is not VoiceEngine.AUTO or settings.voice_name:
        notices.extend(f"the voice {refusal.engine} can't be used: {refusal.why}" for refusal in refusals)
    return None if voice is None else Speaker(voice, SpeechCache(speech_cache()), notices.append)


def ring(bell: str) -> None:
    """Ring the terminal's bell, past whatever draws on the screen."""
    with suppress(OSError, ValueError, AttributeError):
        sys.__stderr__.write(bell)  # type: ignore[union-attr]
        sys.__stderr__.flush()  # type: ignore[union-attr]


def can_ring() -> bool:
    """Whether there is a terminal whose bell could be heard."""
    return sys.__stderr__ is not None and sys.__stderr__.isatty()
