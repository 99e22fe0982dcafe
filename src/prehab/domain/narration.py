"""What is said, and where there is time for it.

Every work is announced by name and side, whatever else has to give way. Around that, in this order, come the
author's own lines, how long the rest is, the length of what is next, how to do it, and the counting of beats.
Speech never meets speech; a tone may sound over it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from prehab.domain.cues import Cue, CueKind, in_order
from prehab.domain.duration import Millis, seconds
from prehab.domain.routine import At, Line, Step
from prehab.domain.timeline import Segment, SegmentKind, Unsaid, Work
from prehab.domain.wording import Wording, names, number_word, rest_words, sentences, wording

ROOMY_GAP = seconds(6)
"""A gap from here on has room for an announcement."""
NAMED_REST = seconds(20)
"""A rest from here on is announced by its own length first."""
REST_LEAD = seconds(15)
"""In such a rest, what is next is said this long before it begins."""
WORK_LEAD = seconds(8)
"""Where the gap is too short, what is next is said this long before the work ends."""
TALKED_OVER_WORK = seconds(15)
"""A work from here on has room for speech inside it."""
SETTLED = seconds(1)
"""How long after `go` the rest of the instruction begins."""
PATIENCE = seconds(30)
"""How long a step that waits is taken to last when speech is placed."""
BREATH = Millis(150)
"""The least silence between two sentences."""

_WORDS_PER_SECOND = 2.16
_SENTENCE_START = Millis(200)


def estimate(text: str) -> Millis:
    """Guess how long a text takes to say without a voice at hand: 2.16 words a second and 0.2 s."""
    return Millis(_SENTENCE_START + round(len(text.split()) * 1000 / _WORDS_PER_SECOND))


def narrate(
    segments: tuple[Segment, ...], speech: Callable[[str], Millis]
) -> tuple[tuple[Segment, ...], tuple[Unsaid, ...]]:
    """Add what is said to the cues of each segment, and tell what found no place."""
    script = _Script(segments, speech)
    script.announce()
    script.author_lines()
    script.name_rests()
    script.complete_announcements()
    script.instruct()
    script.count_beats()
    return script.spoken_segments(), tuple(dict.fromkeys(script.unsaid))


@dataclass(slots=True, eq=False)
class _Sentence:
    """Something said at a moment of the unrolled routine."""

    text: str
    start: Millis
    end: Millis
    moves_with: Segment | None = None
    """The segment whose end it belongs to, for when time is added there."""
    announces: _Announcement | None = None
    is_reminder: bool = False
    """Whether a voice set to `short` says it whole, and a tone stands for it where nobody speaks."""


@dataclass(slots=True, eq=False)
class _Announcement:
    """The call to a work: its core is said first of all things, its length if there is time."""

    work: Segment
    wording: Wording
    start: Millis
    """When it is best said."""
    begins: Millis
    """When the work begins: the full form must be over by then."""
    ends: Millis
    """When the work ends: from there on it is too late to say anything about it."""
    moves_with: Segment | None
    is_before_instruction: bool
    """Whether it stands in a gap that has room for how the step is done, too."""


class _Air:
    """Who speaks when, in slots of time, so that a day of speech is searched as fast as a minute."""

    _SLOT = 8_000

    def __init__(self) -> None:
        self._slots: dict[int, list[_Sentence]] = {}

    def around(self, start: Millis, end: Millis) -> list[_Sentence]:
        """The sentences that something said from start to end would meet."""
        first, last = start - BREATH, end + BREATH
        met = [
            sentence
            for slot in range(first // self._SLOT, last // self._SLOT + 1)
            for sentence in self._slots.get(slot, ())
            if sentence.start < last and first < sentence.end
        ]
        return list(dict.fromkeys(met))

    def take(self, sentence: _Sentence) -> None:
        for slot in self._touched(sentence):
            self._slots.setdefault(slot, []).append(sentence)

    def give_back(self, sentence: _Sentence) -> None:
        for slot in self._touched(sentence):
            self._slots[slot].remove(sentence)

    def sentences(self) -> list[_Sentence]:
        """Everything that is said, in order."""
        said = dict.fromkeys(sentence for slot in self._slots.values() for sentence in slot)
        return sorted(said, key=lambda sentence: sentence.start)

    def _touched(self, sentence: _Sentence) -> range:
        return range(sentence.start // self._SLOT, sentence.end // self._SLOT + 1)


class _Script:
    """The sheet on which sentences are laid out, in the time of the unrolled routine."""

    def __init__(self, segments: tuple[Segment, ...], speech: Callable[[str], Millis]) -> None:
        self.unsaid: list[Unsaid] = []
        self._segments = segments
        self._works = tuple(segment for segment in segments if segment.is_work)
        self._speech = cache(speech)
        self._starts = [Millis(0)]
        """When each segment begins, and the end; a step that waits counts as `_length` says."""
        for segment in segments:
            self._starts.append(Millis(self._starts[-1] + _length(segment)))
        self._air = _Air()
        self._announced: list[_Sentence] = []

    # The passes, the most important first

    def announce(self) -> None:
        """Place the core of every announcement; one that would meet the one before waits for it."""
        wanted = list(self._announcements())
        free_from = Millis(0)
        for place, announcement in enumerate(wanted, 1):
            start = max(announcement.start, free_from)
            words = announcement.wording
            if start >= announcement.ends:
                self._leave_out(announcement.work, words.core)
                continue
            sentence = self._sentence(words.core, start, moves_with=announcement.moves_with)
            if place < len(wanted) and sentence.end + BREATH > wanted[place].start:
                sentence = self._sentence(words.least, start, moves_with=announcement.moves_with)
            sentence.announces = announcement
            free_from = Millis(sentence.end + BREATH)
            self._air.take(sentence)
            self._announced.append(sentence)

    def author_lines(self) -> None:
        """Place the lines of the file where they are asked for; an announcement makes way if it can wait."""
        for work in self._works:
            if work.work.bout > 1:
                continue
            for line in work.work.step.say:
                if not self._place_line(work, line) and not _is_beyond(work.work.step, line):
                    self._leave_out(work, line.text)

    def name_rests(self) -> None:
        """Say how long a long rest is, at its start."""
        for gap in self._segments:
            if _is_named_rest(gap):
                self._try(self._sentence(rest_words(_length(gap)), self._starts[gap.index]))

    def complete_announcements(self) -> None:
        """Add what else there is time for to the announcements."""
        for sentence in self._announced:
            announcement = sentence.announces
            if announcement is None or sentence.text != announcement.wording.core:
                continue
            whole = Millis(sentence.start + self._speech(announcement.wording.full))
            if whole <= announcement.begins and self._air.around(sentence.start, whole) == [sentence]:
                self._air.give_back(sentence)
                sentence.text, sentence.end = announcement.wording.full, whole
                self._air.take(sentence)

    def instruct(self) -> None:
        """Say how a step is done: before it begins as far as that fits, the rest once it is under way."""
        for sentence in self._announced:
            announcement = sentence.announces
            if announcement is None or not _is_first_time(announcement.work.work):
                continue
            work = announcement.work
            left = sentences(work.work.step.do)
            after = Millis(sentence.end + BREATH)
            if announcement.is_before_instruction:
                left = self._say_what_fits(left, after, announcement.begins, announcement.moves_with)
            if left and _length(work) >= TALKED_OVER_WORK:
                start = max(Millis(announcement.begins + SETTLED), after)
                left = self._say_what_fits(left, start, announcement.ends, None)
            if left:
                self._leave_out(work, " ".join(left))

    def count_beats(self) -> None:
        """Count repetitions aloud on their beats, where nothing else is said."""
        for work in self._works:
            beat = work.work.step.beat
            if work.work.step.reps is None or beat is None:
                continue
            for number, into in enumerate(range(beat, _length(work), beat), 1):
                self._try(self._sentence(number_word(number), Millis(self._starts[work.index] + into)))

    def spoken_segments(self) -> tuple[Segment, ...]:
        """The segments with their tones and everything that is said."""
        said: list[list[Cue]] = [[] for _ in self._segments]
        for sentence in self._air.sentences():
            host = bisect_right(self._starts, sentence.start) - 1
            said[host].append(self._cue(sentence, self._segments[host]))
        return tuple(
            replace(segment, cues=in_order([*segment.cues, *cues]), call_for=self._speech(segment.call))
            for segment, cues in zip(self._segments, said, strict=True)
        )

    # Placing

    def _announcements(self) -> Iterator[_Announcement]:
        last = self._segments[-1].work
        previous: Segment | None = None
        for work in self._works:
            if work.work.bout == 1:
                is_last = (work.work.number, work.work.round) == (last.number, last.round)
                yield self._announcement(work, previous, is_last_step=is_last and previous is not None)
            previous = work

    def _announcement(self, work: Segment, previous: Segment | None, *, is_last_step: bool) -> _Announcement:
        """Find where a work is best announced: in the gap before it, or before that in the work before."""
        gap = self._segments[work.index - 1] if work.index else work
        gap = work if gap.is_work else gap
        begins, ends = self._starts[work.index], self._starts[work.index + 1]
        start, moves_with, is_bare = self._starts[gap.index], None, False
        has_room = gap is not work and _length(gap) >= ROOMY_GAP
        if _is_named_rest(gap):
            start, moves_with = Millis(begins - REST_LEAD), gap
        elif names(work.work) and not has_room:
            is_bare = previous is None or (previous.length or 0) < TALKED_OVER_WORK
            if previous is not None and not is_bare:
                start, moves_with = Millis(self._starts[previous.index + 1] - WORK_LEAD), previous
        words = wording(work, is_last_step=is_last_step, is_bare=is_bare)
        return _Announcement(work, words, start, begins, ends, moves_with, has_room)

    def _place_line(self, work: Segment, line: Line) -> bool:
        moment = line.moment
        if work.length is None:
            if not isinstance(moment, At) or moment.after is None:
                return False
            into = moment.after
        elif isinstance(moment, At):
            into = Millis(work.length // 2) if moment.after is None else moment.after
        else:
            into = Millis(work.length - moment.before_end)
        if not 0 <= into < _length(work):
            return False
        moves_with = None if isinstance(moment, At) else work
        sentence = self._sentence(line.text, Millis(self._starts[work.index] + into), moves_with=moves_with)
        sentence.is_reminder = line.is_reminder
        return self._try(sentence) or (self._delay_announcement(sentence) and self._try(sentence))

    def _delay_announcement(self, line: _Sentence) -> bool:
        """Let the announcement that begins during a line begin after it, if it is still over in time."""
        in_the_way = self._air.around(line.start, line.end)
        waiting = in_the_way[0]
        if len(in_the_way) > 1 or waiting.announces is None or waiting.start < line.start:
            return False
        later = Millis(line.end + BREATH)
        over = Millis(later + waiting.end - waiting.start)
        if over > waiting.announces.begins or self._air.around(later, over) not in ([], [waiting]):
            return False
        self._air.give_back(waiting)
        waiting.start, waiting.end = later, over
        self._air.take(waiting)
        return True

    def _say_what_fits(
        self, left: list[str], start: Millis, latest: Millis, moves_with: Segment | None
    ) -> list[str]:
        """Say as many whole sentences as there is time for, and return the others."""
        for count in range(len(left), 0, -1):
            sentence = self._sentence(" ".join(left[:count]), start, moves_with=moves_with)
            if sentence.end <= latest and self._try(sentence):
                return left[count:]
        return left

    def _sentence(self, text: str, start: Millis, *, moves_with: Segment | None = None) -> _Sentence:
        return _Sentence(text, start, Millis(start + self._speech(text)), moves_with)

    def _try(self, sentence: _Sentence) -> bool:
        """Say it, unless somebody speaks then."""
        if self._air.around(sentence.start, sentence.end):
            return False
        self._air.take(sentence)
        return True

    def _leave_out(self, work: Segment, text: str) -> None:
        self.unsaid.append(Unsaid(work.work.step, text))

    def _cue(self, sentence: _Sentence, host: Segment) -> Cue:
        brief = sentence.text if sentence.is_reminder else None
        if sentence.announces is not None:
            brief = sentence.announces.wording.brief
        spoken_for = Millis(sentence.end - sentence.start)
        if brief is not None and self._speech(brief) > spoken_for:
            brief = sentence.text
        return Cue(
            offset=Millis(sentence.start - self._starts[host.index]),
            kind=CueKind.SAY,
            text=sentence.text,
            from_end=sentence.moves_with is host,
            spoken_for=spoken_for,
            brief=brief,
            is_reminder=sentence.is_reminder,
        )


def _length(segment: Segment) -> Millis:
    """How long it takes; one that waits counts as `PATIENCE`, one whose end is open as its lines go on."""
    if segment.length is not None:
        return segment.length
    if segment.work.step.reps is not None:
        return PATIENCE
    moments = (line.moment for line in segment.work.step.say)
    last = max((one.after or 0 for one in moments if isinstance(one, At)), default=0)
    return Millis(last + PATIENCE)


def _is_named_rest(segment: Segment) -> bool:
    return segment.kind is SegmentKind.REST and _length(segment) >= NAMED_REST


def _is_beyond(step: Step, line: Line) -> bool:
    """Whether a line lies outside the step even at its longest: no time will ever be enough for it."""
    longest = step.length if step.growth is None else step.growth.end
    moment = line.moment.after if isinstance(line.moment, At) else line.moment.before_end
    return longest is not None and moment is not None and moment >= longest


def _is_first_time(work: Work) -> bool:
    return work.round == 1 and names(work)
