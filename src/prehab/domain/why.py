"""The sentence beside a verdict: why it is so, what comes next, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from prehab.domain.chain import Place
from prehab.domain.duration import short_length
from prehab.domain.gauge import Gauge
from prehab.domain.routine import Progression, Routine
from prehab.domain.rule import PAUSE_DAYS, PHYSIO_AFTER, Effort, Reason, Verdict, levels_lost
from prehab.domain.standing import State
from prehab.domain.wording import lower_first, number_word


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the sentence is made of."""

    routine: Routine
    place: Place
    gauge: Gauge
    state: State
    level: int
    """The level of the next session, days off counted."""
    days: int
    """Days off."""
    is_resting: bool
    """Whether the week without is still running."""
    offer: str | None
    """A gentler routine to offer."""
    back_limit: int | None
    """How the back must be before the next session."""

    @property
    def rule(self) -> Progression:
        """The thresholds."""
        return self.routine.progression or Progression()

    @property
    def pieces(self) -> str:
        """What is counted: sets or rounds."""
        return "sets" if self.gauge.holds else "rounds"

    @property
    def is_pause(self) -> bool:
        """Whether there were so many days off that the streak starts again."""
        return self.days >= PAUSE_DAYS

    @property
    def is_outgrown(self) -> bool:
        """Whether the last session showed that there is nothing left to grow here."""
        return self.state.verdict is Verdict.GRADUATE

    @property
    def following(self) -> str | None:
        """The name of the routine that follows, if any does."""
        return self.place.after.name if self.place.after else None


def why(case: Case) -> str:
    """Write the sentence."""
    if case.state.sore >= PHYSIO_AFTER:
        return f"{_sore(case)} {_physio(case)}"
    if case.state.reason is Reason.STOPPED_BY_PAIN:
        return f"{_headline(case)} {_after_stop(case)}"
    is_about_pause = case.is_pause and not (case.is_outgrown and case.following)
    headline = f"{case.days} days off." if is_about_pause else _headline(case)
    change = _change(case)
    return f"{headline} {_next(case)}{'; ' if change else ''}{change}."


def _headline(case: Case) -> str:
    effort = case.state.effort
    if effort is None:
        return "Nothing recorded yet."
    return {
        Reason.FIRST: "Nothing recorded yet.",
        Reason.STOPPED_BY_PAIN: f"Pain of {effort.pain} ended the session.",
        Reason.SORE: _sore(case),
        Reason.MISSED: f"{_held(case, effort)}; bad days are normal.",
        Reason.SPENT: f"Effort {effort.rpe} took all there was; bad days are normal.",
        Reason.MISSED_AGAIN: f"{_count(case.rule.misses_to_back)} hard "
        f"{_sessions(case.rule.misses_to_back)} in a row.",
        Reason.PARTLY_HELD: f"{_held(case, effort)}.",
        Reason.FLARE: "The back was clearly worse the morning after.",
        Reason.HARD: f"{_held(case, effort)}, at effort {effort.rpe}.",
        Reason.UNRATED: f"{_held(case, effort)}; without an effort it counts neither way.",
        Reason.CHOSEN: f"You chose {_level(case, case.state.done)}: {lower_first(_held(case, effort))}.",
        Reason.CLEAN: "A clean session.",
        Reason.CLEAN_AGAIN: f"{_count(case.rule.clean_to_advance)} clean "
        f"{_sessions(case.rule.clean_to_advance)} in a row.",
        Reason.EASY: f"{_held(case, effort)}, at effort {effort.rpe}: easy.",
    }[case.state.reason]


def _held(case: Case, effort: Effort) -> str:
    if effort.planned == 1:
        return "Held to time" if effort.held else "Not held to time"
    if effort.is_full:
        all_of = "Both" if effort.planned == 2 else f"All {number_word(effort.planned)}"
        return f"{all_of} {case.pieces} held to time"
    held = _count(effort.held) if effort.held else "None"
    return f"{held} of {number_word(effort.planned)} {case.pieces} held to time"


def _sore(case: Case) -> str:
    if case.state.sore < 2:
        pain = case.state.effort.pain if case.state.effort else 0
        return f"Pain of {pain} during the session."
    return f"{_count(case.state.sore)} sessions in a row with pain of {case.rule.ease_pain} or more."


def _physio(case: Case) -> str:
    if case.is_resting:
        return f"No {lower_first(case.routine.name)} for a week; show this to a physio."
    again = f" Begin again at {_level(case, case.level)}" if case.gauge.holds else " Begin again"
    limit = (
        "" if case.back_limit is None else f" when the back is at {case.back_limit} or less before you start"
    )
    return f"The week without is over; show this to a physio if you have not.{again}{limit}."


def _after_stop(case: Case) -> str:
    level = f"Next time {_level(case, case.level)}, but only" if case.gauge.holds else "Next time only"
    text = f"{level} when the back is at {case.back_limit or 0} or less before you start."
    return f"{text} {_offer(case)}" if case.offer else text


def _offer(case: Case) -> str:
    return f"Shorter bouts are there for a sore back: try {case.offer}."


def _next(case: Case) -> str:
    if case.is_outgrown and case.following:
        return f"On to {case.following}"
    if not case.gauge.holds:
        return _next_circuit(case)
    level = _level(case, case.level)
    if case.state.effort is None:
        return f"Begin with {number_word(case.gauge.planned)} {case.pieces} of {level}"
    came_from = case.state.marks.level if case.is_pause else case.state.done
    moved = case.level - came_from
    if moved == 0:
        return f"Same level, {level}"
    if moved > 0:
        return f"Up to {level}"
    if case.is_pause:
        return f"{_count(-moved)} level{'s' if moved < -1 else ''} down, {level}"
    return f"Back to {level}"


def _next_circuit(case: Case) -> str:
    if before := _circuit_back(case):
        return f"{before} for now"
    return "Begin when you like" if case.state.effort is None else "Same circuit"


def _circuit_back(case: Case) -> str | None:
    """The name of the circuit before, where the last session or days off lead back to it."""
    is_back = case.state.verdict in (Verdict.BACK, Verdict.STOP) or levels_lost(case.days) > 0
    return case.place.before.name if is_back and case.place.before else None


def _change(case: Case) -> str:
    """What would change the verdict."""
    if case.offer:
        return f"short bouts are there for a sore back: try {case.offer}"
    if case.is_outgrown:
        if not case.following:
            return "this is the top, and it is enough to keep it"
        return "broaden now, do not lengthen" if case.gauge.holds else ""
    streak = 0 if case.is_pause else case.state.marks.streak
    left = max(1, case.rule.clean_to_advance - streak)
    more = "more " if streak else ""
    sessions = f"{number_word(left)} {more}clean {_sessions(left)}{_how(case)}"
    one = left == 1
    if _circuit_back(case):
        return f"{sessions} there {'brings' if one else 'bring'} you back to this one"
    if case.level < case.gauge.ladder.top:
        return f"{sessions} {'moves' if one else 'move'} you up"
    if case.following:
        return f"{sessions} {'takes' if one else 'take'} you on to {case.following}"
    return "nothing longer follows" if case.gauge.holds else "no harder circuit follows"


def _how(case: Case) -> str:
    """What clean means, where the last session shows that it needs saying."""
    if case.state.reason in (Reason.HARD, Reason.UNRATED, Reason.SPENT):
        return f" (effort {case.rule.clean_rpe} or less)"
    if case.state.reason is Reason.SORE:
        return f" (pain {case.rule.ease_pain - 1} or less)"
    return ""


def _level(case: Case, level: int) -> str:
    hold = case.gauge.hold(level)
    if hold is None:
        return case.routine.name
    easier = case.rule.easier
    below = f" ({lower_first(easier.name)})" if easier and level < 1 else ""
    return f"{short_length(hold)}{below}"


def _count(number: int) -> str:
    return number_word(number).capitalize()


def _sessions(number: int) -> str:
    return "session" if number == 1 else "sessions"
