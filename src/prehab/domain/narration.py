"""What is said, and where there is time for it.

Every work is announced by name and side, whatever else has to give way. Around that, in this order, come the
author's own lines, how long the rest is, the length of what is next, how to do it, and the counting of beats.
Speech never meets speech; a tone may sound over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from prehab.domain.cues import Cue, CueKind, in_order
from prehab.domain.duration import Millis, seconds, spoken_length
from prehab.domain.routine import At, Line
from prehab.domain.timeline import Segment, SegmentKind, Unsaid, Work

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
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)


def estimate(text: str) -> Millis:
    """Guess how long a text takes to say without a voice at hand: 2.16 words a second and 0.2 s."""
    return Millis(_SENTENCE_START + round(len(text.split()) * 1000 / _WORDS_PER_SECOND))


def number_word(number: int) -> str:
    """Write a small number as a word; larger ones stay digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


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


@dataclass(slots=True)
class _Announcement:
    """The call to a work: its core is always said, its length if there is time."""

    work: Segment
    host: Segment
    """The segment in which it begins."""
    start: Millis
    core: str
    full: str
    brief: str | None
    latest: Millis
    """When the work begins: the full form must be over by then."""
    in_roomy_gap: bool
    from_end: bool
    end: Millis = Millis(0)
    text: str = ""


@dataclass(slots=True)
class _Script:
    """The sheet on which sentences are laid out, in the time of the unrolled routine."""

    segments: tuple[Segment, ...]
    speech: Callable[[str], Millis]
    starts: list[Millis] = field(default_factory=list)
    """When each segment begins; a step that waits counts as `PATIENCE`."""
    taken: list[tuple[Millis, Millis]] = field(default_factory=list)
    """When somebody speaks, in order."""
    cues: list[list[Cue]] = field(default_factory=list)
    announcements: list[_Announcement] = field(default_factory=list)
    unsaid: list[Unsaid] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = Millis(0)
        for segment in self.segments:
            self.starts.append(at)
            self.cues.append([])
            at = Millis(at + _length(segment))
        self.starts.append(at)

    # Placing

    def _is_free(self, start: Millis, end: Millis) -> bool:
        place = bisect_left(self.taken, (start, end))
        before_ok = place == 0 or self.taken[place - 1][1] + BREATH <= start
        return before_ok and (place == len(self.taken) or end + BREATH <= self.taken[place][0])

    def _take(self, start: Millis, end: Millis) -> None:
        self.taken.insert(bisect_left(self.taken, (start, end)), (start, end))

    def _say(
        self, host: Segment, start: Millis, text: str, *, from_end: bool = False, brief: str | None = None
    ) -> None:
        cue = Cue(
            offset=Millis(start - self.starts[host.index]),
            kind=CueKind.SAY,
            text=text,
            from_end=from_end,
            spoken_for=self.speech(text),
            brief=brief,
        )
        self.cues[host.index].append(cue)

    def _end(self, segment: Segment) -> Millis:
        return self.starts[segment.index + 1]

    # The passes, the most important first

    def announce(self) -> None:
        """Place the core of every announcement; one that would meet the one before waits for it."""
        free_from = Millis(0)
        previous: Segment | None = None
        for work in self.segments:
            if not work.is_work:
                continue
            made = self._announcement(work, previous)
            previous = work
            if made is None:
                continue
            made.start = max(made.start, free_from)
            made.text = made.core
            made.end = Millis(made.start + self.speech(made.core))
            free_from = Millis(made.end + BREATH)
            self._take(made.start, made.end)
            self.announcements.append(made)

    def _announcement(self, work: Segment, previous: Segment | None) -> _Announcement | None:
        told = _told(work, is_last_step=self._is_last_step(work.work), is_first=previous is None)
        if told is None:
            return None
        core, full, brief, bare = told
        gap = self.segments[work.index - 1] if work.index else None
        if gap is not None and gap.is_work:
            gap = None
        latest = self.starts[work.index]
        if gap is not None and (_length(gap) >= ROOMY_GAP or gap.kind is SegmentKind.SWITCH):
            start = self.starts[gap.index]
            if gap.kind is SegmentKind.REST and _length(gap) >= NAMED_REST:
                start = Millis(latest - REST_LEAD)
            roomy = gap.kind is not SegmentKind.SWITCH
            return _Announcement(work, gap, start, core, full, brief, latest, roomy, from_end=False)
        if previous is not None and _length(previous) >= TALKED_OVER_WORK:
            start = Millis(self._end(previous) - WORK_LEAD)
            return _Announcement(work, previous, start, core, full, brief, latest, False, from_end=True)
        host = gap or work
        return _Announcement(
            work, host, self.starts[host.index], bare, bare, brief, latest, False, from_end=False
        )

    def _is_last_step(self, work: Work) -> bool:
        last = self.segments[-1].work
        return last.number > 1 and (work.number, work.round) == (last.number, last.round)

    def author_lines(self) -> None:
        """Place the lines of the file where they are asked for; an announcement makes way if it can wait."""
        for work in self.segments:
            if not work.is_work or work.work.bout > 1:
                continue
            for line in work.work.step.say:
                if not self._place_line(work, line):
                    self.unsaid.append(Unsaid(work.work.step, line.text))

    def _place_line(self, work: Segment, line: Line) -> bool:
        moment = line.moment
        if isinstance(moment, At):
            into = _length(work) // 2 if moment.after is None else moment.after
        else:
            into = _length(work) - moment.before_end
        if not 0 <= into < _length(work):
            return False
        start = Millis(self.starts[work.index] + into)
        end = Millis(start + self.speech(line.text))
        if not self._is_free(start, end) and not self._delay_announcement(start, end):
            return False
        self._take(start, end)
        self._say(work, start, line.text, from_end=not isinstance(moment, At))
        return True

    def _delay_announcement(self, start: Millis, end: Millis) -> bool:
        """Let the announcement that begins during a line begin after it, if its core still fits."""
        in_the_way = [a for a in self.announcements if a.start < end + BREATH and a.end + BREATH > start]
        if len(in_the_way) != 1:
            return False
        waiting = in_the_way[0]
        later = Millis(end + BREATH)
        over = Millis(later + waiting.end - waiting.start)
        if waiting.start < start or over > waiting.latest or later >= self._end(waiting.host):
            return False
        self.taken.remove((waiting.start, waiting.end))
        if not self._is_free(start, end) or not self._is_free(later, over):
            self._take(waiting.start, waiting.end)
            return False
        waiting.start, waiting.end = later, over
        self._take(later, over)
        return True

    def name_rests(self) -> None:
        """Say how long a long rest is, at its start."""
        for gap in self.segments:
            if gap.kind is not SegmentKind.REST or _length(gap) < NAMED_REST:
                continue
            text = f"Rest. {spoken_length(_length(gap)).capitalize()}."
            start = self.starts[gap.index]
            end = Millis(start + self.speech(text))
            if self._is_free(start, end):
                self._take(start, end)
                self._say(gap, start, text)

    def complete_announcements(self) -> None:
        """Add the length to the announcements that have time for it, and speak them all."""
        for made in self.announcements:
            self.taken.remove((made.start, made.end))
            whole = Millis(made.start + self.speech(made.full))
            if whole <= made.latest and self._is_free(made.start, whole):
                made.text, made.end = made.full, whole
            self._take(made.start, made.end)
            self._say(made.host, made.start, made.text, from_end=made.from_end, brief=made.brief)

    def instruct(self) -> None:
        """Say how a step is done: before it begins as far as that fits, the rest once it is under way."""
        for made in self.announcements:
            if not _is_first_time(made.work.work) or not made.work.work.step.do:
                continue
            left = _sentences(made.work.work.step.do)
            if made.in_roomy_gap:
                left = self._say_what_fits(made.host, Millis(made.end + BREATH), made.latest, left)
            if left and _length(made.work) >= TALKED_OVER_WORK:
                start = Millis(self.starts[made.work.index] + SETTLED)
                left = self._say_what_fits(made.work, start, self._end(made.work), left)
            if left:
                self.unsaid.append(Unsaid(made.work.work.step, " ".join(left)))

    def _say_what_fits(self, host: Segment, start: Millis, latest: Millis, left: list[str]) -> list[str]:
        """Say as many whole sentences as there is time for, and return the others."""
        for count in range(len(left), 0, -1):
            text = " ".join(left[:count])
            end = Millis(start + self.speech(text))
            if end <= latest and self._is_free(start, end):
                self._take(start, end)
                self._say(host, start, text)
                return left[count:]
        return left

    def count_beats(self) -> None:
        """Count repetitions aloud on their beats, where nothing else is said."""
        for work in self.segments:
            beat = work.work.step.beat
            if not work.is_work or work.work.step.reps is None or beat is None:
                continue
            for number, into in enumerate(range(beat, _length(work), beat), 1):
                start = Millis(self.starts[work.index] + into)
                text = number_word(number)
                end = Millis(start + self.speech(text))
                if self._is_free(start, end):
                    self._take(start, end)
                    self._say(work, start, text)

    def spoken_segments(self) -> tuple[Segment, ...]:
        """The segments with their tones and everything that is said."""
        return tuple(
            replace(segment, cues=in_order([*segment.cues, *sorted(said, key=lambda cue: cue.offset)]))
            if said
            else segment
            for segment, said in zip(self.segments, self.cues, strict=True)
        )


def _length(segment: Segment) -> Millis:
    return PATIENCE if segment.length is None else segment.length


def _is_first_time(work: Work) -> bool:
    return work.round == 1 and work.set == 1 and work.bout == 1 and work.side in (None, work.step.sides[0])


def _told(segment: Segment, *, is_last_step: bool, is_first: bool) -> tuple[str, str, str | None, str] | None:
    """The words of an announcement: core, with length, in short, and without its lead-in.

    Nothing is said between the bouts of one hold.
    """
    work = segment.work
    if work.bout > 1:
        return None
    side = "" if work.side is None else f"{work.side.value} side"
    if work.side is not None and work.side is not work.step.sides[0]:
        text = f"{side.capitalize()}."
        return text, text, text, text
    if work.set > 1:
        count = (
            "Last set"
            if work.set == work.sets
            else f"Set {number_word(work.set)} of {number_word(work.sets)}"
        )
        text = f"{count}, {side}." if side else f"{count}."
        return text, text, text, text
    called = f"{work.spoken}, {side}" if side else work.spoken
    lead = "Last one: " if is_last_step and not is_first else "Next: "
    inside = lead + _lower_first(called)
    return f"{inside}.", f"{inside}, {_amount(segment)}.", f"{called}.", f"{called}."


def _amount(segment: Segment) -> str:
    step, bouts = segment.work.step, segment.work.bouts
    if step.reps is not None:
        return f"{step.reps} reps" if step.reps > 1 else "1 rep"
    length = spoken_length(segment.length or Millis(0))
    return f"{number_word(bouts)} times {length}" if bouts > 1 else length


def _lower_first(text: str) -> str:
    """Lower the first letter inside a sentence, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?;])\s+", text.strip()) if part]


def spoken_texts(segments: tuple[Segment, ...]) -> Iterator[str]:
    """Every text that may be said, in the order it is due, the short forms included."""
    for segment in segments:
        for cue in segment.cues:
            if cue.text is not None:
                yield cue.text
            if cue.brief is not None:
                yield cue.brief
        yield segment.call
