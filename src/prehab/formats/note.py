"""A physio's note as it is written: `clam 3x12 each; plank 3x30s/45s`, read as a routine."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from typing import NoReturn

from prehab.domain.duration import SECOND, Millis, seconds, spell
from prehab.domain.routine import (
    MAX_COUNT,
    MAX_NAME,
    MAX_STEP,
    MAX_STEPS,
    MAX_TEXT,
    Phase,
    Progression,
    Routine,
    Side,
    Step,
)
from prehab.errors import Exit, UserError
from prehab.formats import note_words as words
from prehab.formats.build import StepIds
from prehab.formats.checks import errors
from prehab.formats.moves import nearest_move
from prehab.formats.note_steps import FLOOR, UPRIGHT, Dose, dressed, timed
from prehab.formats.problems import UNPRINTABLE, nearest, visible


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


def looks_like_note(typed: str) -> bool:
    """Whether words that name no routine were probably meant as a note: there are moves, and a dose."""
    start = typed[: words.MAX_NOTE]
    return words.DOSE.search(start) is not None and re.search(r"[A-Za-z]{2}", start) is not None


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
        if len(self._note) > words.MAX_NOTE:
            self._fail(
                "it is too long", f"at most {words.MAX_NOTE} characters; write a file instead", words.MAX_NOTE
            )
        if found := UNPRINTABLE.search(self._note.replace("\n", " ").replace("\r", " ").replace("\t", " ")):
            self._fail(f"there is a control character, {visible(found[0])}", "leave it out", found.start())
        while self._skip(words.PARTS) or self._at < len(self._note):
            self._skip(words.BULLET)
            if self._at < len(self._note):
                self._entry()
        if not self._steps:
            self._fail("there is no move in it", 'write a name and a dose, as in "plank 3x30s"', 0)
        return self._routine(routine_id, name)

    def _routine(self, routine_id: str, name: str) -> Routine:
        is_floor = self._steps[0].position not in UPRIGHT
        names = list(dict.fromkeys(step.name for step in self._steps))
        others = f" and {len(names) - 2} more" if len(names) > 2 else ""
        routine = Routine(
            id=routine_id,
            name=name or (", ".join(names[:2])[: MAX_NAME - len(others)] + others),
            phase=Phase.ANY_DAY,
            items=tuple(self._steps),
            get_ready=FLOOR if is_floor else seconds(10),
            change=Millis(FLOOR // 2),
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
        if (found := words.ROUNDS.match(self._note, self._at)) is not None:
            self._rounds = self._count(found, "n" if found["n"] else "m")
            self._round_rest = self._span(found, "rest") if found["rest"] else self._round_rest
            self._at = found.end()
        elif (found := words.WEEK.match(self._note, self._at)) is not None:
            self._often(found)
            self._at = found.end()
        else:
            self._move()

    def _often(self, found: re.Match[str]) -> None:
        said = (found["n"] or "1").lower()
        times = words.WORDS_FOR.get(said) or (self._count(found, "n") if (found["n"] or "").isdigit() else 1)
        is_week = (found["per"] or "day").lower() in ("week", "wk")
        self._per_week = times if is_week else 7 * times
        if self._per_week > 14:
            self._fail("that is more than 14 times a week", "14 times is the most", found.start())

    def _move(self) -> None:
        start = self._at
        end = min(at if at >= 0 else len(self._note) for at in (self._find(";"), self._find("\n")))
        found = words.DOSE.search(self._note, start, end)
        if found is None:
            written = self._note[start:end].rstrip(" \t\r,.")
            self._fail(
                f"how long, or how often? There is no dose for {visible(written[:40])!r}",
                "write 3x12, 30s, or 3x30s after the name; `prehab new --help` shows all of it",
                start + len(written),
            )
        name = words.cleaned(self._note[start : found.start()])
        self._at = found.end()
        dose = self._dose(found)
        if self._note[start : found.start()].rstrip().endswith("("):
            self._skip(words.CLOSING)
        if not name:
            # As some write it: the dose first, then the move.
            self._take_options(dose)
            name = self._name_after(dose, start)
        self._options(dose)
        self._add(name, start, dose)

    def _dose(self, found: re.Match[str]) -> Dose:
        dose = Dose(found.start())
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

    def _name_after(self, dose: Dose, start: int) -> str:
        """The name of a move whose dose came first."""
        named = words.NAME_AFTER.match(self._note, self._at)
        if named is None:
            self._fail("there is no name before this dose", 'as in "plank 3x30s"', start)
        tail = words.TAIL.search(named["name"])
        written = named["name"][: tail.start() if tail else None].rstrip()
        self._at = named.start("name") + len(written)
        return words.cleaned(written)

    def _take_options(self, dose: Dose) -> bool:
        """Take every option that comes; tells whether a comma stands where it stopped."""
        while True:
            self._skip(words.BLANKS)
            comma = words.COMMA.match(self._note, self._at)
            end = self._option(dose, comma.end() if comma else self._at)
            if end is None:
                return comma is not None
            self._at = end

    def _options(self, dose: Dose) -> None:
        """Everything after the dose, up to what parts this move from the next."""
        while True:
            comma = self._take_options(dose)
            if comma or self._at >= len(self._note) or self._note[self._at] in ";\n,.":
                return
            if words.BULLET.match(self._note, self._at):
                return
            told = re.split("[;,\n]", self._note[self._at :], maxsplit=1)[0].strip()
            if re.fullmatch(r"-\s*[0-9]+", told):
                self._fail(
                    "that is a range", "choose one number; a hold may grow, as in 30-60s", self._at, len(told)
                )
            meant = nearest(told.split()[0], words.OPTIONS)
            if words.DOSE.search(told) and re.match("[A-Za-z]", told) and meant is None:
                self._fail("another move begins here", "part moves with a ;", self._at, len(told))
            hint = f"did you mean {meant!r}?" if meant else words.AFTER_A_DOSE
            if meant is None and re.fullmatch("[^()0-9]+", told):
                hint = f"if it is what to do, put it in brackets: ({visible(told[:40])})"
            self._fail(f"no idea what {visible(told[:40])!r} means here", hint, self._at, len(told))

    def _option(self, dose: Dose, at: int) -> int | None:
        """Take one option; tells where it ends, or nothing where there is none."""
        takers: tuple[tuple[re.Pattern[str], Callable[[Dose, re.Match[str]], bool]], ...] = (
            (words.WEEK, self._take_week),
            (words.EACH, self._take_both),
            (words.ONE_SIDE, self._take_side),
            (words.LETTER, self._take_side),
            (words.HELD, self._take_hold),
            (words.REST, self._take_rest),
            (words.TEMPO_SAID, self._take_tempo),
            (words.TIMES, self._take_times),
            (words.IN_A_SET, self._take_in_a_set),
            (words.HOLDS, lambda dose, found: True),
            (words.WITH, self._take_words),
            (words.WORDS, self._take_brackets),
        )
        for pattern, take in takers:
            found = pattern.match(self._note, at)
            if found is not None and take(dose, found):
                return found.end()
        return None

    def _take_week(self, dose: Dose, found: re.Match[str]) -> bool:
        self._often(found)
        return True

    def _take_both(self, dose: Dose, found: re.Match[str]) -> bool:
        dose.sides = (Side.LEFT, Side.RIGHT)
        return True

    def _take_side(self, dose: Dose, found: re.Match[str]) -> bool:
        dose.sides = (Side.LEFT if found["side"].lower().startswith("l") else Side.RIGHT,)
        return True

    def _take_hold(self, dose: Dose, found: re.Match[str]) -> bool:
        dose.hold = self._span(found, "a" if found["a"] else "b")
        return True

    def _take_rest(self, dose: Dose, found: re.Match[str]) -> bool:
        dose.rest = self._span(found, next(group for group in "abc" if found[group]))
        return True

    def _take_tempo(self, dose: Dose, found: re.Match[str]) -> bool:
        dose.beat = self._span(found, "a")
        return True

    def _take_times(self, dose: Dose, found: re.Match[str]) -> bool:
        """`30s x 3`, or `10 reps, 3 sets`: the number of sets came last."""
        if dose.sets > 1:
            return False
        dose.sets = self._count(found, "a" if found["a"] else "b")
        return True

    def _take_in_a_set(self, dose: Dose, found: re.Match[str]) -> bool:
        """`3 sets, 12 reps`: what is in a set came later."""
        if dose.reps is not None or dose.hold is not None:
            return False
        if found["time"]:
            dose.hold = self._span(found, "time")
        else:
            dose.reps = self._count(found, "reps")
        return True

    def _take_words(self, dose: Dose, found: re.Match[str]) -> bool:
        words = re.sub(r"^w/\s*", "with ", found[0], flags=re.IGNORECASE)
        dose.do = " ".join((dose.do, *words.split())).strip()
        return True

    def _take_brackets(self, dose: Dose, found: re.Match[str]) -> bool:
        """`(R)` is the right side, `(slowly)` is what to do."""
        inside = copy(dose)
        end = self._option(inside, found.start("text")) if found["text"].strip() else found.end("text")
        if end == found.end("text"):
            for slot in ("sets", "reps", "hold", "rest", "beat", "sides", "do"):
                setattr(dose, slot, getattr(inside, slot))
        else:
            dose.do = " ".join((dose.do, *found["text"].split())).strip()
        return True

    def _add(self, written: str, start: int, dose: Dose) -> None:
        if len(self._steps) == MAX_STEPS:
            self._fail(f"there are more than {MAX_STEPS} moves", "use rounds", start)
        if len(written) > MAX_NAME or len(dose.do) > MAX_TEXT:
            self._fail("that is too long", f"a name has at most {MAX_NAME} characters", start)
        if dose.reps is None and dose.hold is None:
            self._fail("how much is a set of it?", "as in 3 sets of 12, or 3x30s", dose.at)
        kin = nearest_move(written, self._known)
        step = timed(dose, kin)
        if (step.length or 0) > MAX_STEP or (step.length or SECOND) < SECOND:
            self._fail(
                f"{spell(step.length or Millis(0))} is out of range",
                f"1s to {spell(MAX_STEP)} is possible",
                dose.at,
            )
        name = written[0].upper() + written[1:]
        self._starts.append(start)
        self._steps.append(replace(dressed(step, written, kin, dose), id=self._ids.new(name), name=name))

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
        hours, minutes, secs = words.clock(found[group])
        span = seconds(hours * 3600 + minutes * 60 + secs)
        if span > MAX_STEP:
            told = f"{found[group].strip()} is out of range"
            self._fail(told, f"at most {spell(MAX_STEP)} is possible", found.start(group), len(found[group]))
        return span

    def _fail(self, message: str, hint: str, position: int, width: int = 1) -> NoReturn:
        raise NoteError(message, hint, self._note, position, width)
