"""Where a person stands in a routine that grows: a pure fold over what was done, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from prehab.domain.chain import ALONE, Place, places
from prehab.domain.duration import HOUR, Millis
from prehab.domain.gauge import Gauge
from prehab.domain.records import Practice, SessionRecord
from prehab.domain.routine import Progression, Routine
from prehab.domain.rule import PHYSIO_AFTER, TENS_AFTER, Effort, Ladder, Marks, Verdict, judge, rested
from prehab.domain.standing import Judged, Standing, State
from prehab.domain.why import Case, why

TOO_SOON = Millis(24 * HOUR)
"""A session that begins sooner than this after the last one that counted is left out, but for its pain."""
WEEK_OFF = 7
_USUAL = 5
"""So many of the newest answers about the back tell what is usual."""
TENS = "tens"
"""The id of the plank in short bouts, offered for a sore back."""


def practices(routine_id: str, records: Iterable[SessionRecord]) -> tuple[Practice, ...]:
    """What a level is folded from, out of whole records: those of one routine, each id once."""
    by_id = {record.id: record.practice for record in records if record.routine == routine_id}
    return tuple(by_id.values())


def replay(routine: Routine, sessions: Iterable[Practice], place: Place = ALONE) -> tuple[Judged, ...]:
    """Judge every session of a routine that grows, oldest first, whatever order they come in."""
    gauge, rule = Gauge.of(routine, place.number), _rule(routine)
    state = _begin(gauge.ladder)
    judged = []
    for practice in in_order(sessions):
        level, held = gauge.level(practice, state.marks.level), gauge.held(practice)
        counts = _add(gauge, rule, state, practice)
        judged.append(Judged(practice, level, held, counts, state.marks, state.verdict))
    return tuple(judged)


def assess(
    routine: Routine, sessions: Iterable[Practice], *, now: Millis, today: int, place: Place = ALONE
) -> Standing:
    """Fold the sessions of a routine that grows into where the person stands.

    Args:
        routine: one with a progression.
        sessions: its sessions in any order.
        now: milliseconds since 1970.
        today: the local day, counted as in `Instant`.
        place: where it stands among the routines that follow one another.
    """
    return follow(routine, sessions, 0, now=now, today=today, place=place)[0]


def follow(
    routine: Routine,
    sessions: Iterable[Practice],
    newest: int,
    *,
    now: Millis,
    today: int,
    place: Place = ALONE,
) -> tuple[Standing, tuple[Judged, ...]]:
    """Do what `assess` and `replay` do in one go, and keep only so many of the newest sessions, judged."""
    gauge, rule = Gauge.of(routine, place.number), _rule(routine)
    state = _begin(gauge.ladder)
    ordered = in_order(sessions)
    first_kept = len(ordered) - newest
    judged = []
    for number, practice in enumerate(ordered):
        if number < first_kept:
            _add(gauge, rule, state, practice)
            continue
        level, held = gauge.level(practice, state.marks.level), gauge.held(practice)
        counts = _add(gauge, rule, state, practice)
        judged.append(Judged(practice, level, held, counts, state.marks, state.verdict))
    return _standing(routine, place, gauge, rule, state, now, today), tuple(judged)


def _standing(
    routine: Routine, place: Place, gauge: Gauge, rule: Progression, state: State, now: Millis, today: int
) -> Standing:
    days = None if state.day is None else max(0, today - state.day)
    level = rested(state.marks, days or 0, gauge.ladder).level
    offer, rest_until, limit = _offer(state, gauge), _rest_until(state, today), _back_limit(state, rule)
    case = Case(routine, place, gauge, state, level, days or 0, rest_until is not None, offer, limit)
    return Standing(
        routine=routine.id,
        level=level,
        hold_ms=gauge.hold(level),
        sets=gauge.planned,
        streak=state.marks.streak,
        misses=state.marks.misses,
        verdict=state.verdict,
        why=why(case),
        would_count=state.at is None or not 0 <= now - state.at < TOO_SOON,
        days_off=days,
        sore=state.sore,
        offer=offer,
        rest_until=rest_until,
        back_limit=limit,
        awaits_morning=not state.is_flare_known,
        graduated_at=state.graduated_at,
        last_at=state.at,
    )


def standings(
    routines: Iterable[Routine],
    sessions_of: Callable[[str], Iterable[Practice]],
    *,
    now: Millis,
    today: int,
) -> dict[str, Standing]:
    """Where the person stands in every routine that grows, by id, in the order of the routines.

    Args:
        routines: all there are; those without a progression are left out.
        sessions_of: gives the sessions of a routine by its id.
        now: as in `assess`.
        today: as in `assess`.
    """
    routines = [routine for routine in routines if routine.progression is not None]
    known = places(routines)
    return {
        routine.id: assess(routine, sessions_of(routine.id), now=now, today=today, place=known[routine.id])
        for routine in routines
    }


def in_order(sessions: Iterable[Practice]) -> list[Practice]:
    """Oldest first; two of the same millisecond stand in an order that does not depend on an import."""
    ordered = sorted(sessions, key=lambda practice: practice.at)
    if any(one.at == other.at for one, other in pairwise(ordered)):
        ordered = sorted(set(ordered), key=lambda practice: (practice.at, repr(practice)))
    return ordered


def _begin(ladder: Ladder) -> State:
    level = max(1, ladder.bottom)
    return State(Marks(level), done=level)


def _add(gauge: Gauge, rule: Progression, state: State, practice: Practice) -> bool:
    """Move the state on by a session, and tell whether it counted."""
    if not gauge.counts(practice):
        return False
    pain = practice.pain or 0
    is_sore = pain >= rule.ease_pain
    is_early = state.at is not None and practice.at - state.at < TOO_SOON
    if is_early and not is_sore:
        return False
    expected = rested(state.marks, 0 if state.day is None else practice.day - state.day, gauge.ladder)
    done = gauge.level(practice, expected.level)
    if is_early:
        before, earns = Marks(min(state.marks.level, done)), False
    else:
        before, earns = _before(state, expected, done)
    effort = Effort(gauge.held(practice), gauge.planned, practice.rpe, pain, bool(practice.flare))
    ruling = judge(before, effort, rule, gauge.ladder, earns=earns)
    state.graduated_at = _graduated_at(state, ruling.verdict, practice.at)
    state.marks, state.verdict, state.reason = ruling.marks, ruling.verdict, ruling.reason
    state.effort, state.done = effort, before.level
    state.sore = state.sore + 1 if is_sore else 0
    state.sore_day = practice.day if is_sore else None
    if practice.pain_before is not None:
        state.backs = (*state.backs, practice.pain_before)[-_USUAL:]
    if not is_early:
        state.at, state.day, state.is_flare_known = practice.at, practice.day, practice.flare is not None
    return True


def _before(state: State, expected: Marks, done: int) -> tuple[Marks, bool]:
    """What the session is judged from, and whether it can count towards moving up."""
    if done == expected.level:
        return expected, True
    # Who cannot hold the first rung begins below it: that is no choice against the rule.
    is_gentle_start = state.verdict is Verdict.START and done < expected.level
    return Marks(done, misses=expected.misses), is_gentle_start


def _graduated_at(state: State, verdict: Verdict, at: Millis) -> Millis | None:
    if verdict is Verdict.GRADUATE:
        return at
    return None if verdict in (Verdict.BACK, Verdict.STOP) else state.graduated_at


def _offer(state: State, gauge: Gauge) -> str | None:
    is_whole_hold = bool(gauge.holds) and gauge.bouts is None
    return TENS if is_whole_hold and state.sore >= TENS_AFTER else None


def _rest_until(state: State, today: int) -> int | None:
    if state.sore < PHYSIO_AFTER or state.sore_day is None:
        return None
    until = state.sore_day + WEEK_OFF
    return until if today < until else None


def _back_limit(state: State, rule: Progression) -> int | None:
    """Back to its usual, and below where pain asks for a change."""
    if state.verdict is not Verdict.STOP:
        return None
    fine = rule.ease_pain - 1
    return min(fine, sorted(state.backs)[len(state.backs) // 2]) if state.backs else fine


def _rule(routine: Routine) -> Progression:
    return routine.progression or Progression()
