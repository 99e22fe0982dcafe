"""What is asked before and after a session in plain mode: one key each, and every one may be skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from prehab.cli import report
from prehab.cli.keyboard import Keyboard
from prehab.domain import gate, safety
from prehab.domain.duration import HOUR, Millis, held_face, short_length
from prehab.domain.routine import Routine
from prehab.domain.wording import lower_first
from prehab.errors import UserError
from prehab.history.store import Answers
from prehab.session.front import Prehab, Wish
from prehab.session.outlook import Said
from prehab.session.session import Session

_MORNINGS = (
    gate.Morning.BETTER,
    gate.Morning.SAME,
    gate.Morning.BIT_WORSE,
    gate.Morning.CLEARLY_WORSE,
)
_SKIPS = ("enter", "escape", "space")
_HOW = "The right arrow is 10, enter skips."


def before(prehab: Prehab, keys: Keyboard, typed: str, wish: Wish, *, is_first: bool = True) -> Wish | None:
    """Ask what has to be known before a session; `None` when it had better not begin.

    Args:
        prehab: the house.
        keys: where the answers come from.
        typed: the routine.
        wish: how it is to be run.
        is_first: whether it is not a later one of several in a row: those don't ask about the last morning.

    Raises:
        UserError: if there is no such routine.
    """
    wish = _go_on(prehab, keys, typed, wish)
    if is_first:
        _morning(prehab, keys)
    routine = prehab.timeline(typed, wish.level).routine
    if wish.continues is not None or not gate.asks_back(routine):
        return wish
    back = score(keys, f"{gate.BACK_QUESTION} {_HOW}")
    match prehab.ledger.before(routine, back):
        case gate.Before.SAFETY:
            report.paragraph(safety.text())
            return None
        case gate.Before.RECOVER:
            report.paragraph(prehab.ledger.instead(routine, back))
            report.paragraph("To begin with those: prehab start recovery-back")
            return None
        case gate.Before.REST:
            report.paragraph("Worse than yesterday: leave it alone today.")
            report.paragraph(safety.DURING)
            return None
    return replace(wish, pain_before=back, level=wish.level or _first_level(prehab, keys, routine))


def _first_level(prehab: Prehab, keys: Keyboard, routine: Routine) -> Millis | None:
    """Offer the easier form before the first session of what has one."""
    first = prehab.ledger.first_levels(routine)
    if first is None:
        return None
    name, easier, usual = first
    question = f"Never held one? k: {lower_first(name)}, {short_length(easier)}."
    pressed = one_of(keys, f"{question} Enter begins with {short_length(usual)}.", ("k", *_SKIPS))
    return easier if pressed == "k" else None


def hurts(session: Session, keys: Keyboard) -> gate.During:
    """Ask about a pain in the middle of a session; the session is paused already."""
    sharp = one_of(keys, f"{gate.SHARP_QUESTION} y or n.", ("y", "n", *_SKIPS)) == "y"
    pain = score(keys, f"{gate.PAIN_QUESTION} {_HOW}")
    session.note_pain(pain)
    work = session.view.segment.work
    return gate.during(session.timeline.routine, work.step, pain, is_sharp=sharp)


def after(prehab: Prehab, keys: Keyboard, session: Session) -> None:
    """Ask how it was, keep it, and say what it means for the next time."""
    if session.id is None or not session.summary.works or session.timeline.routine.progression is None:
        return
    effort = score(keys, "How hard was the hardest of it, 1 to 10? 0 is 10, enter skips.", lowest=1)
    pain = score(keys, f"Worst pain in back or shoulders, 0 to 10? {_HOW}")
    said = Said(effort=effort, pain=pain if pain is not None else session.pain)
    answers = Answers()
    if said.effort is not None:
        answers = replace(answers, rpe=said.effort)
    if said.pain is not None:
        answers = replace(answers, pain=said.pain)
    standing = prehab.ledger.outlook(session, said)
    session_id = session.id
    _try_to_keep(lambda: prehab.ledger.answer(session_id, answers))
    if standing is not None:
        report.paragraph(standing.why)
    if gate.after(session.timeline.routine, said.pain, during=session.pain):
        report.paragraph(safety.text())


def score(keys: Keyboard, question: str, *, lowest: int = 0) -> int | None:
    """Ask for a number by one digit; `None` when skipped. → stands for 10, as does 0 where none can be 0."""
    digits = tuple(str(digit) for digit in range(10))
    pressed = one_of(keys, question, (*digits, "right", *_SKIPS))
    if pressed in _SKIPS:
        return None
    number = 10 if pressed == "right" else int(pressed)
    return 10 if number < lowest else number


def _go_on(prehab: Prehab, keys: Keyboard, typed: str, wish: Wish) -> Wish:
    """Offer to go on with this routine where it broke off."""
    found = prehab.ledger.history.unfinished_latest()
    if found is None or found.record.routine != prehab.planned(typed, wish).routine.id:
        return wish
    record = found.record
    timeline = prehab.planned(typed, replace(wish, level=record.level_ms))
    held = held_face(Millis(sum(step.held_ms for step in record.steps)))
    when = datetime.fromisoformat(record.started_at.written)
    question = f"{record.name} broke off on {when:%d %B at %H:%M}, with {held} of work done."
    can_go_on = found.resume_at(timeline) is not None
    ways = "Enter goes on, k keeps it as it is and starts anew, d discards it."
    pressed = one_of(
        keys, f"{question} {ways if can_go_on else ways[ways.index('k') :]}", ("enter", "k", "d")
    )
    if pressed == "enter" and can_go_on:
        return replace(wish, continues=found, level=record.level_ms)
    history = prehab.ledger.history
    decide = history.delete if pressed == "d" else history.leave_unfinished
    _try_to_keep(lambda: decide(record.id))
    return wish


def _morning(prehab: Prehab, keys: Keyboard) -> None:
    record = prehab.ledger.morning_to_ask()
    if record is None:
        return
    listed = ", ".join(f"{number} {morning.value}" for number, morning in enumerate(_MORNINGS, 1))
    question = f"{record.name}: the morning after, your back was: {listed}? Enter skips."
    pressed = one_of(keys, question, ("1", "2", "3", "4", *_SKIPS))
    if pressed in _SKIPS:
        prehab.ledger.wave_morning_away(record.id)
    else:
        flare = _MORNINGS[int(pressed) - 1].is_flare
        _try_to_keep(lambda: prehab.ledger.answer(record.id, Answers(flare=flare)))


def _try_to_keep(write: Callable[[], object]) -> None:
    """Write something down about an earlier session; the one that is about to begin needs none of it."""
    try:
        write()
    except UserError as error:
        report.error(error)


def one_of(keys: Keyboard, question: str, wanted: tuple[str, ...]) -> str:
    """Ask until one of these keys is pressed; ctrl+c is the program's to hear."""
    report.paragraph(question)
    while True:
        pressed = keys.wait(HOUR)
        if pressed == "ctrl+c":
            raise KeyboardInterrupt
        if pressed in wanted:
            return pressed
