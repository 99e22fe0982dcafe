"""Getting every sentence of a session spoken before it is due, without anybody waiting for it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from enum import Enum
from math import ceil
from threading import Condition, Lock, Thread

from prehab.audio.clips import Clip
from prehab.audio.speech_cache import SpeechCache, key
from prehab.audio.voices.engine import Voice, VoiceError
from prehab.audio.words import say_well
from prehab.domain.cues import Cue
from prehab.domain.duration import Millis
from prehab.domain.narration import estimate
from prehab.domain.timeline import Timeline

GIVE_UP = 3
"""After so many failures in a row the voice is not asked again."""
OPEN_CLIPS = 48
"""So many sentences are mapped at a time: each map holds a file open, and some systems allow only 256."""
MAX_GUESSED = 300
"""So many guessed texts are kept in mind to be spoken after the wanted ones."""
CLOSING = 5.0
"""How long `close` waits for the thread, in seconds."""


class Talk(Enum):
    """How much the voice says."""

    FULL = "full"
    SHORT = "short"
    """Names and sides only."""
    OFF = "off"

    def text(self, cue: Cue) -> str | None:
        """What is said of a cue."""
        return {Talk.FULL: cue.text, Talk.SHORT: cue.brief, Talk.OFF: None}[self]


def texts_of(timeline: Timeline) -> tuple[str, ...]:
    """Every text of a session once: what is said, as it is due, then what only a key press asks for."""
    cues = [cue for segment in timeline.segments for cue in segment.cues]
    said = [text for cue in cues for text in (cue.text, cue.brief)]
    calls = [segment.call for segment in timeline.segments]
    return tuple(dict.fromkeys(text for text in (*said, *calls) if text))


class Speaker:
    """Keeps a thread that has sentences spoken, the first one first, and hands out those that are ready.

    `clip`, `said` and `measure` never wait, and may be called from any thread.
    """

    def __init__(
        self, voice: Voice, cache: SpeechCache, on_notice: Callable[[str], None] = lambda notice: None
    ) -> None:
        """Make one that has nothing to do yet.

        Args:
            voice: who speaks; it is asked in the thread, and by `measure_exactly`.
            cache: where sentences are kept.
            on_notice: told, in the thread, the few things that a person should know.
        """
        self._voice = voice
        self._cache = cache
        self._on_notice = on_notice
        self._clips = _Clips(cache)
        self._lengths: dict[str, Millis] = {}
        self._guessed: dict[str, None] = {}
        self._told_by_guess: set[str] = set()
        self._change = Condition()
        self._wanted: frozenset[str] = frozenset()
        self._waiting: deque[str] = deque()
        self._ready: set[str] = set()
        self._failed: set[str] = set()
        self._failures_in_a_row = 0
        self._last_failure = ""
        self._failures_told = 0
        self._has_told_of_cache = False
        self._is_closed = False
        self._thread: Thread | None = None

    def prepare(self, texts: Iterable[str]) -> None:
        """Have these texts spoken, in this order, in the background; what was wanted before is forgotten."""
        wanted = dict.fromkeys(words for words in map(say_well, texts) if words)
        with self._change:
            self._failed.clear()
            self._failures_in_a_row = 0
            self._wanted = frozenset(wanted)
            self._waiting = deque(words for words in wanted if words not in self._ready)
            if self._thread is None and not self._is_closed:
                self._thread = Thread(target=self._work, name="prehab-speech", daemon=True)
                self._thread.start()

    def clip(self, cue: Cue, talk: Talk = Talk.FULL) -> Clip | None:
        """The sound of what a cue says; `None` when it says nothing, or is not ready yet."""
        text = talk.text(cue)
        return None if text is None else self.said(text)

    def said(self, text: str) -> Clip | None:
        """The sound of a text; `None` when it has none, or is not ready yet."""
        words = say_well(text)
        return self._clips.get(self._key(words)) if words in self._ready else None

    def measure(self, text: str) -> Millis:
        """How long a text takes to say: exactly where it has been spoken before, else by a rule of thumb.

        What had to be guessed is spoken too, after everything that is wanted; `has_learned` tells when.
        """
        words = say_well(text)
        known = self._known_length(words)
        return self._guess(words) if known is None else known

    def guess(self, text: str) -> Millis:
        """How long a text would take to say, by the rule of thumb: for while nothing is said anyway."""
        return self._guess(say_well(text))

    def measure_exactly(self, text: str) -> Millis:
        """How long a text takes to say; has it spoken and waits for that if need be.

        Where the voice cannot say it, the rule of thumb has to do.
        """
        words = say_well(text)
        if self._known_length(words) is None:
            self._make(words)
        return self.measure(text)

    def has_learned(self) -> bool:
        """Whether a length that was guessed since this was last answered with yes is known by now."""
        if not self._told_by_guess & self._ready:
            return False
        self._told_by_guess.clear()
        return True

    @property
    def is_at_rest(self) -> bool:
        """Whether there is nothing left to speak."""
        return self._thread is None

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until everything wanted is ready or has failed; says whether it came to that in time."""
        with self._change:
            return self._change.wait_for(lambda: self._is_closed or not self._undone(), timeout)

    def close(self) -> None:
        """Stop, also in the middle of a sentence. Clips that were handed out stay whole."""
        with self._change:
            self._is_closed = True
            self._change.notify_all()
            thread = self._thread
        self._voice.release()
        if thread is not None:
            thread.join(CLOSING)
        self._cache.prune()

    def _work(self) -> None:
        """What the thread does until there is nothing left to speak; `prepare` starts another one."""
        while True:
            words = self._next()
            if words is not None:
                self._try(words)
                continue
            self._voice.release()
            self._cache.prune(in_use={self._key(words) for words in self._wanted})
            self._tell_of_failures()
            with self._change:
                if self._is_closed or not (self._waiting or self._guessed):
                    self._thread = None
                    return

    def _next(self) -> str | None:
        with self._change:
            if self._is_closed:
                return None
            if self._waiting:
                return self._waiting.popleft()
            while self._guessed:
                words, _ = self._guessed.popitem()
                if words not in self._ready:
                    return words
            return None

    def _try(self, words: str) -> None:
        """Have a sentence spoken; a voice that fails again and again is given up."""
        failure = self._make(words)
        notices = []
        with self._change:
            if failure and not self._is_closed:
                self._failed.add(words)
                self._last_failure = failure
                self._failures_in_a_row += 1
                if self._failures_in_a_row == GIVE_UP:
                    self._failed |= self._undone()
                    self._waiting.clear()
                    self._guessed.clear()
                    notices.append(f"the voice is silent: {failure}")
            elif not failure:
                self._failures_in_a_row = 0
            if self._cache.trouble and not self._has_told_of_cache:
                self._has_told_of_cache = True
                notices.append(self._cache.trouble)
            self._change.notify_all()
        for notice in notices:
            self._on_notice(notice)

    def _tell_of_failures(self) -> None:
        """Tell once, at the end, of single sentences that failed."""
        if self._failures_in_a_row < GIVE_UP and len(self._failed) > self._failures_told:
            self._failures_told = len(self._failed)
            are = "1 sentence is" if self._failures_told == 1 else f"{self._failures_told} sentences are"
            self._on_notice(f"{are} not spoken: {self._last_failure}")

    def _make(self, words: str) -> str:
        """Find a sentence in the cache or have it spoken; returns why that failed, or nothing."""
        name = self._key(words)
        if not self._cache.check(name):
            try:
                self._cache.store(name, self._voice.speak(words))
            except VoiceError as error:
                return str(error)
        self._ready.add(words)
        return ""

    def _guess(self, words: str) -> Millis:
        if len(self._guessed) < MAX_GUESSED:
            self._guessed[words] = None
        self._told_by_guess.add(words)
        return Millis(round(estimate(words.replace("-", " ")) / self._voice.name.speed))

    def _known_length(self, words: str) -> Millis | None:
        if not words:
            return Millis(0)
        if words not in self._lengths:
            length = self._cache.length(self._key(words))
            if length is None:
                return None
            self._lengths[words] = Millis(ceil(length))
        return self._lengths[words]

    def _undone(self) -> frozenset[str]:
        return self._wanted - self._ready - self._failed

    def _key(self, words: str) -> str:
        return key(self._voice.name, words)


class _Clips:
    """The sentences mapped at the moment, those used last."""

    def __init__(self, cache: SpeechCache) -> None:
        self._cache = cache
        self._lock = Lock()
        self._open: OrderedDict[str, Clip] = OrderedDict()

    def get(self, name: str) -> Clip | None:
        with self._lock:
            if name in self._open:
                self._open.move_to_end(name)
                return self._open[name]
        clip = self._cache.load(name)
        if clip is None or not clip.frames:
            return None
        with self._lock:
            self._open[name] = clip
            if len(self._open) > OPEN_CLIPS:
                # Only this reference goes: a clip that is being played keeps its map until it has sounded.
                self._open.popitem(last=False)
        return clip
