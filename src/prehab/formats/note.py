"""A physio's note as it is written: `clam 3x12 each; plank 3x30s/45s`, read as a routine."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import NoReturn

from prehab.domain.duration import SECOND, Millis, seconds, spell
from prehab.domain.routine import (
    MAX_COUNT,
    MAX_NAME,
    MAX_STEP,
    MAX_STEPS,
    MAX_TEXT,
    Growth,
    Kind,
    Phase,
    Position,
    Progression,
    Routine,
    Side,
    Step,
)
from prehab.errors import Exit, UserError
from prehab.formats.build import StepIds
from prehab.formats.checks import errors
from prehab.formats.moves import areas_of, nearest_move
from prehab.formats.problems import UNPRINTABLE, nearest, visible

GRAMMAR = """\
A note is moves with their doses, parted by ; or , or line ends:

  clam 3x12 each              three sets of 12 on each side (or: each leg, per side, l/r, left)
  plank 3x30s/45s             three holds of 30 s with 45 s of rest (or: plank 3x30s rest 45s)
  plank 3x30-60s/45s          the same, and it grows from 30 to 60 s as you get better
  bird dog 10x5s each         ten times a hold of 5 s: under 10 s it is a repetition, 2 s between
  bridge 2x10x5s              two sets of those
  squat 3x12 @4s              one every 4 s; 3 s where nothing is said
  calf stretch 30s each       one hold; lengths are 30s, 90s, 2m, 1m30s, 1:30
  clam 3x12 each (slowly)     words in brackets are shown and said as what to do

  2 rounds/60s                all of it twice, with 60 s between; once in the note, anywhere
  3x a week                   how often it is due (or: daily, twice a day)

Moves that the bundled routines have bring their picture, their areas and what to do."""
"""The whole of it, on one screen."""

_SHORT = seconds(10)
"""A hold shorter than this, several times over, is a repetition."""
_TO_CHANGE = seconds(2)
"""What a repetition with a hold takes beyond the hold."""
_TEMPO = seconds(3)
_FLOOR = seconds(20)
"""Time to get down on the floor before the first step; between steps half of it."""
_GROWS_BY = seconds(5)
_UPRIGHT = (None, Position.STANDING, Position.SEATED)
MAX_NOTE = 10_000
"""A note has at most so many characters."""

_HOURS = r"h(?:ours?|rs?)?(?![A-Za-z])\.?"
_MINUTES = r"m(?:in(?:ute)?s?)?(?![A-Za-z])\.?"
_SECONDS = r"(?:s(?:ec(?:ond)?s?)?(?![A-Za-z])|''|[\"”″])\.?"
_TIME = (
    rf"(?:[0-9]{{1,3}}:[0-5][0-9]|[0-9]{{1,5}}\s*{_HOURS}(?:\s*[0-9]{{1,3}}\s*{_MINUTES})?"
    rf"|[0-9]{{1,5}}\s*{_MINUTES}(?:\s*[0-9]{{1,3}}\s*{_SECONDS})?|[0-9]{{1,5}}\s*{_SECONDS})"
)
_UNIT = rf"(?:{_MINUTES}|{_SECONDS})"
_X = r"\s*[x×*X]\s*"
_N = r"[0-9]{1,5}"
_START = r"(?<![A-Za-z0-9.])"
_DOSE = re.compile(
    rf"""{_START}(?:
        (?P<range>(?:(?P<gsets>{_N}){_X})?(?P<from>{_N})\s*(?:{_UNIT})?\s*[-–]\s*(?P<to>{_TIME}))
      | (?P<sets3>{_N}){_X}(?P<reps3>{_N}){_X}(?P<hold3>{_TIME})
      | (?P<count>{_N}){_X}(?P<time>{_TIME})
      | (?P<sets>{_N}){_X}(?P<reps>{_N})(?:\s*(?:reps?|repetitions?|times)\b)?(?![0-9A-Za-z])
      | (?P<wsets>{_N})\s*sets?\s*(?:of|x|×)?\s*
        (?:(?P<wtime>{_TIME})|(?P<wreps>{_N})(?![0-9A-Za-z])(?:\s*(?:reps?|repetitions?|times)\b)?)
      | (?P<osets>{_N})\s*sets?\b
      | (?P<alone>{_TIME})
      | x\s*(?P<xreps>{_N})(?![0-9A-Za-z])
      | (?P<only>{_N})\s*(?:x(?![A-Za-z0-9])|reps?\b|repetitions?\b|times\b)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LIMB = r"(?:\s+(?:sides?|legs?|arms?|ways?|hips?|feet|foot))?"
_EACH = re.compile(
    rf"(?:(?:on\s+)?(?:(?:each|both){_LIMB}|every\s+(?:side|leg|arm))|ea\.?{_LIMB}|e/s|(?:per|a|/)\s*(?:side|leg|arm|way)|bilateral(?:ly)?"
    r"|l(?:eft)?\s*(?:/|\+|&|and|then)\s*r(?:ight)?)(?![A-Za-z])",
    re.IGNORECASE,
)
_ONE_SIDE = re.compile(
    rf"(?:on\s+(?:the\s+)?)?(?P<side>left|right){_LIMB}(?:\s+only)?(?![A-Za-z])", re.IGNORECASE
)
_LETTER = re.compile(r"(?P<side>[LR])(?=\s*(?:[;,.)\n]|$))")
_TIMES = re.compile(
    rf"(?:[x×*X]\s*(?P<a>{_N})(?:\s*(?:sets?|times)\b)?|(?P<b>{_N})\s*(?:sets|times)\b)(?![0-9])"
)
_IN_A_SET = re.compile(
    rf"(?:of\s+|x\s*)?(?:(?P<time>{_TIME})|(?P<reps>{_N})(?:\s*(?:reps?|repetitions?)\b)?(?![0-9A-Za-z]))",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r]+")
_COMMA = re.compile(r",\s*")
_CLOSING = re.compile(r"\s*\)")
_NAME_AFTER = re.compile(r"\s*(?:of\s+)?(?P<name>[A-Za-z][^;\n,(/@0-9]*)")
_TAIL = re.compile(
    rf"\s+(?:{_EACH.pattern}|{_ONE_SIDE.pattern}|(?:rest|hold|with|using|daily)\b|w/|[LR]$)", re.IGNORECASE
)
_LEADING = re.compile(r"(?:hold(?:ing)?|do)\s+(?:a\s+|the\s+)?(?=\S)", re.IGNORECASE)
_TRAILING = re.compile(r"\s+(?:for|of|at|do|hold(?:\s+for)?)$", re.IGNORECASE)
_HOLDS = re.compile(r"holds?(?![A-Za-z])(?!\s*:?\s*[0-9])", re.IGNORECASE)
_WITH = re.compile(
    r"(?:w/|with\b|using\b)\s*(?!rest)[A-Za-z][^;,\n(]*?"
    r"(?=\s+(?:each|ea|both|per|on|left|right|rest|hold|daily|l/r)\b|\s*(?:[;,\n(]|$))",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"(?:/\s*(?P<a>{_TIME})|(?:with\s+)?rest(?:ing)?\s*:?\s*(?P<b>{_TIME})|(?:with\s+)?(?P<c>{_TIME})\s*rests?\b)"
    r"(?:\s*rests?\b)?(?:\s*between(?:\s+sets)?)?",
    re.IGNORECASE,
)
_HELD = re.compile(rf"(?:hold(?:ing)?\s*(?:for\s*)?(?P<a>{_TIME})|(?P<b>{_TIME})\s*holds?\b)", re.IGNORECASE)
_TEMPO_SAID = re.compile(rf"(?:@|every)\s*(?P<a>{_TIME}|{_N}(?![0-9A-Za-z]))", re.IGNORECASE)
_WORDS = re.compile(r"\((?P<text>[^()\n]*)\)")
_BULLET = re.compile(r"(?:[-–•*]\s+|[0-9]{1,2}[.)]\s+|(?:then|and)\s+)+", re.IGNORECASE)
_ROUNDS = re.compile(
    rf"(?:(?P<n>{_N})\s*(?:rounds?|circuits?|laps?)|repeat\s*(?P<m>{_N})\s*(?:x|times))"
    rf"(?:\s*,?\s*(?:/|(?:with\s+)?rest)?\s*(?P<rest>{_TIME})(?:\s*(?:rest|between)\b)*)?\s*(?=[;,\n]|$)",
    re.IGNORECASE,
)
_WORDS_FOR = {"twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WEEK = re.compile(
    rf"(?:(?P<n>{_N}|once|{'|'.join(_WORDS_FOR)})\s*(?:x|×|times)?\s*(?:a|per|/|each|every)\s*(?P<per>day|week|wk)|daily|every\s*day)"
    r"\s*(?=[;,.)\n]|$)",
    re.IGNORECASE,
)
_AFTER_A_DOSE = 'after a dose come "each", "left", "/45s" for the rest, "@4s", or words in brackets'
_OPTIONS = ("each", "both", "left", "right", "rest", "hold", "every", "daily")
_PARTS = re.compile(r"[\s;,.]+")


class NoteError(UserError):
    """A note that can't be read, with the character where it went wrong underlined."""

    def __init__(self, message: str, hint: str, note: str, position: int, width: int = 1) -> None:
        self.message = message
        self.position = position
        """In characters, counted from 0."""
        self.width = width
        start = note.rfind("\n", 0, position) + 1
        line = note[start:].split("\n", 1)[0]
        # A long note is shown round the mistake, so that the mark stays on the screen.
        cut = max(0, position - start - 60)
        shown, before = line[cut : cut + 100], line[cut : position - start]
        mark = " " * len(visible(before)) + "^" * max(1, min(width, len(shown) - len(before)))
        pointed = f"{visible(shown)}\n{mark}" if shown.strip() else ""
        super().__init__(f"this note can't be read: {message}", pointed, hint, exit_code=Exit.USAGE)


@dataclass(slots=True)
class _Dose:
    """What is said of one move besides its name, as it is found."""

    at: int
    sets: int = 1
    reps: int | None = None
    hold: Millis | None = None
    to: Millis | None = None
    rest: Millis | None = None
    beat: Millis | None = None
    sides: tuple[Side | None, ...] | None = None
    do: str = ""


def looks_like_note(typed: str) -> bool:
    """Whether words that name no routine were probably meant as a note: there are moves, and a dose."""
    return _DOSE.search(typed) is not None and re.search(r"[A-Za-z]{2}", typed) is not None


def parse_note(note: str, known: Sequence[Step] = (), *, routine_id: str = "note", name: str = "") -> Routine:
    """Read a note as a routine.

    Args:
        note: what the physio wrote.
        known: steps of other routines; a move of the same name borrows figure, areas, position and words.
        routine_id: the id that the routine gets.
        name: the name that it gets; the moves by default.

    Raises:
        NoteError: pointing at the character where the note can't be understood.
    """
    return _Reader(note, known).read(routine_id, name)


class _Reader:
    """Goes through a note from left to right, once."""

    def __init__(self, note: str, known: Sequence[Step]) -> None:
        self._note = note
        self._known = known
        self._at = 0
        self._ids = StepIds()
        self._steps: list[Step] = []
        self._starts: list[int] = []
        self._rounds, self._round_rest = 1, seconds(30)
        self._per_week: int | None = None

    def read(self, routine_id: str, name: str) -> Routine:
        if len(self._note) > MAX_NOTE:
            self._fail("it is too long", f"at most {MAX_NOTE} characters; write a file instead", MAX_NOTE)
        if found := UNPRINTABLE.search(self._note.replace("\n", " ").replace("\r", " ").replace("\t", " ")):
            self._fail(f"there is a control character, {visible(found[0])}", "leave it out", found.start())
        while self._skip(_PARTS) or self._at < len(self._note):
            self._skip(_BULLET)
            if self._at < len(self._note):
                self._entry()
        if not self._steps:
            self._fail("there is no move in it", 'write a name and a dose, as in "plank 3x30s"', 0)
        return self._routine(routine_id, name)

    def _routine(self, routine_id: str, name: str) -> Routine:
        is_floor = self._steps[0].position not in _UPRIGHT
        names = list(dict.fromkeys(step.name for step in self._steps))
        others = f" and {len(names) - 2} more" if len(names) > 2 else ""
        routine = Routine(
            id=routine_id,
            name=name or (", ".join(names[:2])[: MAX_NAME - len(others)] + others),
            phase=Phase.ANY_DAY,
            items=tuple(self._steps),
            get_ready=_FLOOR if is_floor else seconds(10),
            change=Millis(_FLOOR // 2),
            rounds=self._rounds,
            round_rest=self._round_rest,
            progression=Progression() if any(step.growth for step in self._steps) else None,
            per_week=self._per_week,
        )
        for finding in errors(routine):
            number = next((part for part in finding.path if isinstance(part, int)), 0)
            self._fail(f"{self._steps[number].name}: {finding.message}", finding.hint, self._starts[number])
        return routine

    def _entry(self) -> None:
        """One move with its dose, or what is said of the whole."""
        if (found := _ROUNDS.match(self._note, self._at)) is not None:
            self._rounds = self._count(found, "n" if found["n"] else "m")
            self._round_rest = self._span(found, "rest") if found["rest"] else self._round_rest
            self._at = found.end()
        elif (found := _WEEK.match(self._note, self._at)) is not None:
            self._often(found)
            self._at = found.end()
        else:
            self._move()

    def _often(self, found: re.Match[str]) -> None:
        said = (found["n"] or "1").lower()
        times = _WORDS_FOR.get(said) or (self._count(found, "n") if (found["n"] or "").isdigit() else 1)
        is_week = (found["per"] or "day").lower() in ("week", "wk")
        self._per_week = times if is_week else 7 * times
        if self._per_week > 14:
            self._fail("that is more than 14 times a week", "14 times is the most", found.start())

    def _move(self) -> None:
        start = self._at
        end = min(at if at >= 0 else len(self._note) for at in (self._find(";"), self._find("\n")))
        found = _DOSE.search(self._note, start, end)
        if found is None:
            written = self._note[start:end].rstrip(" \t\r,.")
            self._fail(
                f"how long, or how often? There is no dose for {visible(written[:40])!r}",
                "write 3x12, 30s, or 3x30s after the name; `prehab new --help` shows all of it",
                start + len(written),
            )
        name = _cleaned(self._note[start : found.start()])
        self._at = found.end()
        dose = self._dose(found)
        if self._note[start : found.start()].rstrip().endswith("("):
            self._skip(_CLOSING)
        if not name:
            # As some write it: the dose first, then the move.
            self._take_options(dose)
            name = self._name_after(dose, start)
        self._options(dose)
        self._add(name, start, dose)

    def _dose(self, found: re.Match[str]) -> _Dose:
        dose = _Dose(found.start())
        for group in ("gsets", "sets3", "count", "sets", "wsets", "osets"):
            if found[group]:
                dose.sets = self._count(found, group)
        for group in ("reps3", "reps", "wreps", "xreps", "only"):
            if found[group]:
                dose.reps = self._count(found, group)
        for group in ("hold3", "time", "wtime", "alone"):
            if found[group]:
                dose.hold = self._span(found, group)
        if found["range"]:
            dose.to = self._span(found, "to")
            # "1-2m" begins at one minute, "30-60s" at thirty seconds.
            is_minutes = re.search(r"[0-9]\s*m", found["to"], re.IGNORECASE) is not None
            dose.hold = Millis(int(found["from"]) * (60 if is_minutes else 1) * SECOND)
            if not SECOND <= dose.hold < dose.to:
                self._fail("it does not grow", "the first is shorter, as in 30-60s", found.start("from"))
        return dose

    def _name_after(self, dose: _Dose, start: int) -> str:
        """The name of a move whose dose came first."""
        named = _NAME_AFTER.match(self._note, self._at)
        if named is None:
            self._fail("there is no name before this dose", 'as in "plank 3x30s"', start)
        tail = _TAIL.search(named["name"])
        written = named["name"][: tail.start() if tail else None].rstrip()
        self._at = named.start("name") + len(written)
        return _cleaned(written)

    def _take_options(self, dose: _Dose) -> bool:
        """Take every option that comes; tells whether a comma stands where it stopped."""
        while True:
            self._skip(_BLANKS)
            comma = _COMMA.match(self._note, self._at)
            end = self._option(dose, comma.end() if comma else self._at)
            if end is None:
                return comma is not None
            self._at = end

    def _options(self, dose: _Dose) -> None:
        """Everything after the dose, up to what parts this move from the next."""
        while True:
            comma = self._take_options(dose)
            if comma or self._at >= len(self._note) or self._note[self._at] in ";\n,.":
                return
            if _BULLET.match(self._note, self._at):
                return
            told = re.split("[;,\n]", self._note[self._at :], maxsplit=1)[0].strip()
            if re.fullmatch(r"-\s*[0-9]+", told):
                self._fail(
                    "that is a range", "choose one number; a hold may grow, as in 30-60s", self._at, len(told)
                )
            meant = nearest(told.split()[0], _OPTIONS)
            if _DOSE.search(told) and re.match("[A-Za-z]", told) and meant is None:
                self._fail("another move begins here", "part moves with a ;", self._at, len(told))
            hint = f"did you mean {meant!r}?" if meant else _AFTER_A_DOSE
            if meant is None and re.fullmatch("[^()0-9]+", told):
                hint = f"if it is what to do, put it in brackets: ({visible(told[:40])})"
            self._fail(f"no idea what {visible(told[:40])!r} means here", hint, self._at, len(told))

    def _option(self, dose: _Dose, at: int) -> int | None:
        """Take one option; tells where it ends, or nothing where there is none."""
        takers: tuple[tuple[re.Pattern[str], Callable[[_Dose, re.Match[str]], bool]], ...] = (
            (_WEEK, self._take_week),
            (_EACH, self._take_both),
            (_ONE_SIDE, self._take_side),
            (_LETTER, self._take_side),
            (_HELD, self._take_hold),
            (_REST, self._take_rest),
            (_TEMPO_SAID, self._take_tempo),
            (_TIMES, self._take_times),
            (_IN_A_SET, self._take_in_a_set),
            (_HOLDS, lambda dose, found: True),
            (_WITH, self._take_words),
            (_WORDS, self._take_brackets),
        )
        for pattern, take in takers:
            found = pattern.match(self._note, at)
            if found is not None and take(dose, found):
                return found.end()
        return None

    def _take_week(self, dose: _Dose, found: re.Match[str]) -> bool:
        self._often(found)
        return True

    def _take_both(self, dose: _Dose, found: re.Match[str]) -> bool:
        dose.sides = (Side.LEFT, Side.RIGHT)
        return True

    def _take_side(self, dose: _Dose, found: re.Match[str]) -> bool:
        dose.sides = (Side.LEFT if found["side"].lower().startswith("l") else Side.RIGHT,)
        return True

    def _take_hold(self, dose: _Dose, found: re.Match[str]) -> bool:
        dose.hold = self._span(found, "a" if found["a"] else "b")
        return True

    def _take_rest(self, dose: _Dose, found: re.Match[str]) -> bool:
        dose.rest = self._span(found, next(group for group in "abc" if found[group]))
        return True

    def _take_tempo(self, dose: _Dose, found: re.Match[str]) -> bool:
        dose.beat = self._span(found, "a")
        return True

    def _take_times(self, dose: _Dose, found: re.Match[str]) -> bool:
        """`30s x 3`, or `10 reps, 3 sets`: the number of sets came last."""
        if dose.sets > 1:
            return False
        dose.sets = self._count(found, "a" if found["a"] else "b")
        return True

    def _take_in_a_set(self, dose: _Dose, found: re.Match[str]) -> bool:
        """`3 sets, 12 reps`: what is in a set came later."""
        if dose.reps is not None or dose.hold is not None:
            return False
        if found["time"]:
            dose.hold = self._span(found, "time")
        else:
            dose.reps = self._count(found, "reps")
        return True

    def _take_words(self, dose: _Dose, found: re.Match[str]) -> bool:
        words = re.sub(r"^w/\s*", "with ", found[0], flags=re.IGNORECASE)
        dose.do = " ".join((dose.do, *words.split())).strip()
        return True

    def _take_brackets(self, dose: _Dose, found: re.Match[str]) -> bool:
        """`(R)` is the right side, `(slowly)` is what to do."""
        inside = copy(dose)
        end = self._option(inside, found.start("text")) if found["text"].strip() else found.end("text")
        if end == found.end("text"):
            for slot in ("sets", "reps", "hold", "rest", "beat", "sides", "do"):
                setattr(dose, slot, getattr(inside, slot))
        else:
            dose.do = " ".join((dose.do, *found["text"].split())).strip()
        return True

    def _add(self, written: str, start: int, dose: _Dose) -> None:
        if len(self._steps) == MAX_STEPS:
            self._fail(f"there are more than {MAX_STEPS} moves", "use rounds", start)
        if len(written) > MAX_NAME or len(dose.do) > MAX_TEXT:
            self._fail("that is too long", f"a name has at most {MAX_NAME} characters", start)
        if dose.reps is None and dose.hold is None:
            self._fail("how much is a set of it?", "as in 3 sets of 12, or 3x30s", dose.at)
        kin = nearest_move(written, self._known)
        step = _timed(dose, kin)
        if (step.length or 0) > MAX_STEP or (step.length or SECOND) < SECOND:
            self._fail(
                f"{spell(step.length or Millis(0))} is out of range",
                f"1s to {spell(MAX_STEP)} is possible",
                dose.at,
            )
        name = written[0].upper() + written[1:]
        self._starts.append(start)
        self._steps.append(replace(_dressed(step, written, kin, dose), id=self._ids.new(name), name=name))

    def _find(self, separator: str) -> int:
        return self._note.find(separator, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self._note, self._at)
        self._at = found.end() if found else self._at
        return found is not None

    def _count(self, found: re.Match[str], group: str) -> int:
        number = int(found[group])
        if not 1 <= number <= MAX_COUNT:
            self._fail(
                f"{number} is out of range",
                f"1 to {MAX_COUNT} is possible",
                found.start(group),
                len(found[group]),
            )
        return number

    def _span(self, found: re.Match[str], group: str) -> Millis:
        hours, minutes, secs = _clock(found[group])
        span = seconds(hours * 3600 + minutes * 60 + secs)
        if span > MAX_STEP:
            told = f"{found[group].strip()} is out of range"
            self._fail(told, f"at most {spell(MAX_STEP)} is possible", found.start(group), len(found[group]))
        return span

    def _fail(self, message: str, hint: str, position: int, width: int = 1) -> NoReturn:
        raise NoteError(message, hint, self._note, position, width)


def _cleaned(written: str) -> str:
    """A name without what leads into it, or on to the dose."""
    name = written.strip(" \t\r,.:-–=(")
    return _TRAILING.sub("", _LEADING.sub("", name, count=1) if _LEADING.match(name) else name)


def _clock(written: str) -> tuple[int, int, int]:
    """Hours, minutes and seconds of a time as the patterns above let it pass; a bare number is seconds."""
    if ":" in written:
        minutes, secs = written.split(":")
        return 0, int(minutes), int(secs)
    parts = {"h": 0, "m": 0, "s": 0}
    for number, unit in re.findall(r"([0-9]+)\s*([hm]?)", written.lower()):
        parts[unit or "s"] = int(number)
    return parts["h"], parts["m"], parts["s"]


def _timed(dose: _Dose, kin: Step | None) -> Step:
    """The step by its dose alone."""
    sets, reps, hold = dose.sets, dose.reps, dose.hold
    if reps is None and hold is not None and sets > 1 and hold < _SHORT and dose.rest is None and not dose.to:
        sets, reps = 1, sets
    rest = seconds(30) if dose.rest is None else dose.rest
    if reps is None:
        kind = kin.kind if kin is not None and kin.kind in (Kind.MOVE, Kind.ROLL) else Kind.HOLD
        growth = Growth(hold or SECOND, dose.to, _GROWS_BY) if dose.to and kind is Kind.HOLD else None
        beat = kin.beat if kin is not None and kind is Kind.ROLL else dose.beat
        return Step("", "", kind, hold, growth=growth, beat=beat, sets=sets, rest=rest)
    tempo = kin.beat if kin is not None and kin.reps and kin.beat else _TEMPO
    beat = dose.beat or (Millis(hold + _TO_CHANGE) if hold else tempo)
    return Step("", "", Kind.REPS, Millis(reps * beat), reps=reps, beat=beat, sets=sets, rest=rest)


def _dressed(step: Step, written: str, kin: Step | None, dose: _Dose) -> Step:
    """The step with its sides, and with what is known of moves of its name."""
    hold = f"Hold each for {dose.hold // SECOND} s." if step.reps and dose.hold else ""
    if kin is None:
        areas, position = areas_of(written)
        do = " ".join(part for part in (_sentence(dose.do), hold) if part)
        return replace(step, sides=dose.sides or (None,), areas=areas, position=position, do=do[:MAX_TEXT])
    # A hold that has two sides is held on both; for repetitions the note has to say so.
    sides = dose.sides or (kin.sides if step.reps is None and len(kin.sides) == 2 else (None,))
    words = (_sentence(dose.do) or _without_doses(kin.do), hold)
    return replace(
        step,
        sides=sides,
        areas=kin.areas,
        position=kin.position,
        figure=kin.figure,
        do=" ".join(part for part in words if part)[:MAX_TEXT],
        avoid=kin.avoid,
        switch=kin.switch,
    )


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _without_doses(text: str) -> str:
    """Leave out the sentences with a number: they tell the dose of another routine."""
    return " ".join(part for part in re.split(r"(?<=[.!?])\s+", text) if not re.search("[0-9]", part))
