"""What an answer about the back means: whether to begin, whether to go on, and what a morning tells."""

from __future__ import annotations

from enum import Enum

from prehab.domain.routine import Phase, Progression, Routine, Step

BACK_QUESTION = "Back right now, 0 to 10?"
"""Asked before a plank, core or recovery session; one key, and it may be skipped."""
PAIN_QUESTION = "How much does it hurt, 0 to 10?"
"""Asked when the person says during a session that it hurts."""
SHARP_QUESTION = "Is it sharp or shooting?"
"""Asked with it: such pain ends the session whatever the number."""
PAIN = (
    "nothing worth noticing", "hardly there", "there, now and then", "there, easy to ignore", "noticed often",
    "on my mind", "hard to put aside", "changes what I do", "hard to do anything", "hardly bearable",
    "worst I can imagine",
)  # fmt: skip
"""What the numbers of pain and of soreness stand for, from 0 to 10."""
ANCHORS = {number: PAIN[number] for number in (0, 3, 5, 7, 10)}
"""Those that are told before somebody answers."""
ASKED_FOR = 14
"""After so many days nobody remembers that morning, and it is not asked about."""


class Before(Enum):
    """What the answer before a session leads to."""

    GO = "go"
    RECOVER = "recover"
    """Offer the recovery routine instead."""
    REST = "rest"
    """Not even that today: the back got worse since yesterday."""
    SAFETY = "safety"
    """Show the safety text; no session."""


class During(Enum):
    """What the answer during a session leads to."""

    GO_ON = "go on"
    SKIP_STEP = "skip the step"
    END = "end"
    """The step was what the session is about: end it and keep what was done."""
    SAFETY = "safety"
    """End it, keep what was done, and show the safety text."""


class Morning(Enum):
    """How the back was on the morning after."""

    BETTER = "better"
    SAME = "the same"
    BIT_WORSE = "a bit worse"
    CLEARLY_WORSE = "clearly worse"
    """Two points or more."""

    @property
    def is_flare(self) -> bool:
        """Whether the rule takes it for a flare."""
        return self is Morning.CLEARLY_WORSE


def asks_back(routine: Routine) -> bool:
    """Whether the back is asked about before this routine."""
    return routine.progression is not None or routine.phase is Phase.RECOVERY


def before(
    routine: Routine,
    back: int | None,
    *,
    limit: int | None = None,
    yesterday: int | None = None,
    is_week_off: bool = False,
) -> Before:
    """Decide whether a session may begin.

    Args:
        routine: what is about to begin.
        back: the answer, 0 to 10; `None` when it was skipped.
        limit: the back must be at this or less, as `Standing.back_limit` says after a stop.
        yesterday: how the back was the day before, where it is known.
        is_week_off: whether three painful sessions in a row have put this routine aside for a week.
    """
    rule = routine.progression or Progression()
    if back is None:
        return Before.GO if limit is None and not is_week_off else Before.RECOVER
    if back >= rule.stop_pain:
        return Before.SAFETY
    if routine.phase is Phase.RECOVERY:
        is_worse = yesterday is not None and back > yesterday
        return Before.REST if back >= rule.ease_pain and is_worse else Before.GO
    if is_week_off or back >= rule.ease_pain or (limit is not None and back > limit):
        return Before.RECOVER
    return Before.GO


def instead(routine: Routine, back: int | None) -> str:
    """Say why gentle moves are offered in place of a routine, with the back as it is."""
    rule = routine.progression or Progression()
    if back is not None and back >= rule.ease_pain:
        return f"Your back is at {back}: gentle moves instead of this one today."
    return "The plan offers gentle moves instead of this one today."


def during(routine: Routine, step: Step, pain: int | None, *, is_sharp: bool = False) -> During:
    """Decide how a session goes on after the person said that it hurts.

    Args:
        routine: the one that is running.
        step: the step in which it hurt.
        pain: the answer, 0 to 10; `None` when it was skipped.
        is_sharp: whether it was sharp, shooting or electric.
    """
    rule = routine.progression or Progression()
    if is_sharp or (pain is not None and pain >= rule.stop_pain):
        return During.SAFETY
    if pain is None or pain < rule.ease_pain:
        return During.GO_ON
    return During.END if step.growth is not None else During.SKIP_STEP


def after(routine: Routine, pain: int | None, *, during: int | None) -> bool:
    """Whether the worst pain of a session calls for the warning signs, which were not shown in it already.

    Args:
        routine: the one that is over.
        pain: what was said after it, 0 to 10; `None` when it was skipped.
        during: what was said while it ran.
    """
    rule = routine.progression or Progression()
    return (during or 0) < rule.stop_pain <= (pain or 0)


def asks_morning(day: int, flare: bool | None, today: int) -> bool:
    """Whether the morning after a session of that day is still to be asked about."""
    return flare is None and day < today <= day + ASKED_FOR
