"""What a person takes along: a session as sound, a routine on paper, a week in the calendar."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from prehab.audio.export import Exported, export_audio
from prehab.audio.speech import Talk
from prehab.config import locations
from prehab.domain.agenda import MORNING
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis
from prehab.domain.fit import AS_IT_IS, Fit
from prehab.session.front import Prehab
from prehab.session.sound import speaker_of, tones_of


def sound_file(
    prehab: Prehab,
    typed: str,
    file: Path,
    *,
    level: Millis | None = None,
    fit: Fit = AS_IT_IS,
    talk: str = "full",
    on_progress: Callable[[float], None] = lambda done: None,
) -> tuple[Exported, tuple[str, ...]]:
    """Write a session as a sound file, with the voice and the cues of the settings, at full volume.

    Args:
        prehab: the house.
        typed: the routine.
        file: where to; its ending says as what.
        level: the hold of a routine that grows.
        fit: how it is to differ from its file.
        talk: `full`, `short` or `off`.
        on_progress: told which part is done, from 0 to 1.

    Returns:
        What was written, and what the person should know about it.

    Raises:
        UserError: if there is no such routine, or it can't be written there or as that.
    """
    timeline, settings = prehab.timeline(typed, level, fit=fit), prehab.choices.settings
    notices: deque[str] = deque()
    speaker = speaker_of(settings, notices) if talk != "off" else None
    try:
        if speaker is not None:
            timeline = compile_timeline(timeline.routine, timeline.level, speaker.measure_exactly)
        exported = export_audio(
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
    return exported, tuple(notices)


def sheet_file(prehab: Prehab, typed: str, *, level: Millis | None = None, fit: Fit = AS_IT_IS) -> str:
    """Write a routine as Markdown: times, cues and pictures, for the fridge.

    Raises:
        UserError: as `Prehab.timeline` does.
    """
    from prehab.figures.library import Library as Figures
    from prehab.session.sheet import drawer, sheet

    return sheet(prehab.timeline(typed, level, fit=fit), drawer(Figures(locations.own_figures())))


def week_file(
    prehab: Prehab,
    typed: str = "",
    *,
    days: tuple[int, ...] | None = None,
    at: Millis = MORNING,
    remind: Millis | None = None,
    level: Millis | None = None,
    fit: Fit = AS_IT_IS,
) -> str:
    """Write the plan of a week as iCalendar: of some routines, or of all that a week should hold.

    Args:
        prehab: the house.
        typed: routines, with + between; empty for the whole week.
        days: when they are done, counted from Monday, 0; those of the runs for the whole week.
        at: the time of day of a run, and of what has no time of its own.
        remind: how long before; 0 for never.
        level: the hold of a routine that grows.
        fit: how the routines are to differ from their files.

    Raises:
        UserError: as `Prehab.fitted` does, or if a routine does not say how often and no days are given.
    """
    from prehab.session.calendar import REMIND, calendar, plan_of, plan_of_week
    from prehab.session.fitting import at_level

    if typed:
        plan = plan_of(prehab.fitted(typed, fit, level), days, at)
    else:
        parts = at_level(prehab.routines(), None, prehab.ledger.standing)
        plan = plan_of_week(parts, prehab.ledger.standings(), prehab.choices.settings.targets, days, at)
    return calendar(plan, prehab.wall_clock(), REMIND if remind is None else remind)
