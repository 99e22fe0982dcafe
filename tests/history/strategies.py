"""Records as a diary may hold them, for properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import Instant, SessionRecord, StepRecord
from prehab.domain.routine import Side
from prehab.history.instants import instant_of

IDS = tuple(f"0198f0c2-0000-7000-8000-{number:012x}" for number in range(4))


def _instant(seconds: int, minutes_east: int) -> Instant:
    zone = timezone(timedelta(minutes=minutes_east))
    return instant_of(datetime.fromtimestamp(seconds, UTC).astimezone(zone))


instants = st.builds(_instant, st.integers(0, 4_000_000_000), st.integers(-14 * 60, 14 * 60))
spans = st.integers(0, 86_400_000).map(Millis)
names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1e\x1f"), min_size=1, max_size=20
)
slugs = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
notes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1e\x1f"), max_size=40)

steps = st.builds(
    StepRecord,
    step=slugs,
    name=names,
    side=st.sampled_from([None, Side.LEFT, Side.RIGHT]),
    set=st.integers(1, 999),
    round=st.integers(1, 999),
    planned_ms=st.none() | spans,
    held_ms=spans,
    outcome=st.sampled_from(StepOutcome),
)


def sessions(ids: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[SessionRecord]:
    """Any session that could have been recorded."""
    pain = st.none() | st.integers(0, 10)
    return st.builds(
        SessionRecord,
        id=st.uuids().map(str) if ids is None else ids,
        routine=slugs,
        name=names,
        started_at=instants,
        ended_at=st.none() | instants,
        outcome=st.sampled_from(Outcome),
        level_ms=st.none() | st.integers(1, 14_400_000).map(Millis),
        rpe=st.none() | st.integers(1, 10),
        pain_before=pain,
        pain=pain,
        flare=st.none() | st.booleans(),
        note=notes,
        planned_ms=st.none() | spans,
        steps=st.lists(steps, max_size=4).map(tuple),
    )


diaries = st.lists(sessions(st.sampled_from(IDS)), max_size=8)
"""Records of a few sessions, some of them told several times and in different ways."""
