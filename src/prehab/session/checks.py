"""What is doubtful about a routine that only several rooms can judge: pictures, speech, what follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from prehab import resources
from prehab.domain.compile import compile_timeline, levels
from prehab.domain.duration import Millis
from prehab.domain.routine import Routine
from prehab.domain.timeline import Unsaid
from prehab.formats.loader import Reading
from prehab.formats.problems import Problem, nearest


def is_figure(file: Path, reading: Reading, own_figures: Path) -> bool:
    """Whether a file is meant to be a figure: it lies among them, or it has poses, which no routine has."""
    is_among_them = file.parent in (own_figures, resources.figures())
    return is_among_them or (
        reading.routine is None and re.search(r"^\[pose\b", reading.source, re.M) is not None
    )


def further(
    reading: Reading, figures: Collection[str], routines: Collection[str], speech: Callable[[str], Millis]
) -> tuple[Problem, ...]:
    """Warn of figures and routines that don't exist and of texts that can't be said in their place.

    Args:
        reading: a file that was read; one with errors is judged no further.
        figures: the names of all figures there are.
        routines: the ids of all routines there are.
        speech: how long a text takes to say with the voice in use.
    """
    if reading.routine is None:
        return ()
    return (
        *_figures(reading, reading.routine, figures),
        *_speech(reading, reading.routine, speech),
        *_following(reading, reading.routine, routines),
    )


def _figures(reading: Reading, routine: Routine, known: Collection[str]) -> Iterator[Problem]:
    for number, step in enumerate(routine.steps(), 1):
        if step.figure is not None and step.figure not in known:
            close = nearest(step.figure, known)
            hint = f"did you mean {close!r}?" if close else "see `prehab figures`; the step plays without one"
            yield reading.warn(number, "figure", f"no such figure: {step.figure!r}", hint)


def _speech(reading: Reading, routine: Routine, speech: Callable[[str], Millis]) -> Iterator[Problem]:
    """A routine that grows is warned of what can be said at none of its levels."""
    numbers = {step.id: number for number, step in enumerate(routine.steps(), 1)}
    unsaid = [compile_timeline(routine, level, speech).unsaid for level in levels(routine) or (None,)]
    for text in unsaid[-1]:
        if all(text in others for others in unsaid):
            yield reading.warn(numbers[text.step.id], *_told(text))


def _following(reading: Reading, routine: Routine, known: Collection[str]) -> Iterator[Problem]:
    then = routine.progression.then if routine.progression else None
    if then is None or then in known or then in _beside(Path(reading.file)):
        return
    close = nearest(then, known)
    hint = f"did you mean {close!r}?" if close else "see `prehab list`; until there is one, nothing follows"
    yield reading.warn_at(("progression", "then"), f"no such routine: {then!r}", hint)


def _beside(file: Path) -> set[str]:
    """What may follow once the whole folder is put among one's own routines."""
    with suppress(OSError):
        return {other.stem for other in file.parent.glob("*.toml")}
    return set()


def _told(unsaid: Unsaid) -> tuple[str, str, str]:
    lines = {line.text for line in unsaid.step.say}
    if unsaid.text in lines:
        return "say", f"there is no time to say {unsaid.text!r} there", "move it, shorten it, or leave it out"
    return (
        "do",
        f"there is no time to say {unsaid.text!r}",
        "shorten it, or make the gap before the step longer",
    )
