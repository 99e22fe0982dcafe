"""What fitting a routine to the day did, told before it begins."""

from __future__ import annotations

from dataclasses import replace

from prehab.cli import report
from prehab.domain.duration import Millis, clock_face
from prehab.domain.fit import Fit, differences, length_of
from prehab.session.front import Prehab


def tell_differences(prehab: Prehab, typed: str, fit: Fit, level: Millis | None) -> None:
    """Say how long it is now and what was left out or shortened; nothing where nothing was asked for."""
    if not replace(fit, run_for=None):
        return
    before, after = prehab.fitted(typed, level=level), prehab.fitted(typed, fit, level)
    told = differences(before, after)
    report.notice(f"{clock_face(length_of(before))} → {clock_face(length_of(after))}")
    for text in told:
        report.notice(text)
