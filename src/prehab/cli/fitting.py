"""What fitting a routine to the day did, told before it begins."""

from __future__ import annotations

from dataclasses import replace

from prehab.cli import report
from prehab.domain.duration import Millis, clock_face, meant_duration
from prehab.domain.fit import Fit, differences, length_of
from prehab.session.front import Prehab


def tell_differences(prehab: Prehab, typed: str, fit: Fit, level: Millis | None) -> None:
    """Say how long it is now and what was left out or shortened; nothing where nothing was asked for."""
    if not replace(fit, run_for=None, is_open=False):
        return
    before, after = prehab.fitted(typed, level=level), prehab.fitted(typed, fit, level)
    told = differences(before, after)
    report.notice(f"{clock_face(length_of(before))} → {clock_face(length_of(after))}")
    for text in told:
        report.notice(text)


def tell_note(prehab: Prehab, typed: str) -> None:
    """Say how a note was read, and where a level was probably meant; nothing where it is none."""
    read = prehab.understood(typed)
    for line in read:
        report.notice(line)
    name, _, rest = typed.partition(" ")
    entry = prehab.library.entry(name)
    if len(read) == 1 and entry is not None and entry.routine is not None and entry.routine.growing:
        level = f" --level {rest}" if meant_duration(rest) else ""
        report.notice(f"that is a note; the {name} that grows with you is: prehab start {name}{level}")
