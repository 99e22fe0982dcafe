"""Runs and soreness scores: kept, written as lines, read again, and merged in any order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.history.strategies import IDS, instants, notes

from prehab.domain.diary import SORE_AREAS, Amount, Place, Run, Soreness, Surface, When
from prehab.domain.duration import Millis
from prehab.errors import UserError
from prehab.history import diary
from prehab.history.database import open_copy
from prehab.history.diary_lines import run_from_json, run_to_json, soreness_from_json, soreness_to_json
from prehab.history.exchange import Imported, export_lines, import_lines
from prehab.history.migrations import MIGRATIONS
from prehab.history.store import Store, open_store

RUN: dict[str, Any] = {
    "kind": "run",
    "id": "0198f0c2-0000-7000-8000-000000000000",
    "started_at": "2026-11-22T07:30:00+01:00",
    "distance_m": 5000,
    "duration_ms": 1800000,
    "surface": "concrete",
    "effort": 5,
    "hills": None,
    "shoes": None,
    "warm_up": "short",
    "stretch": None,
    "note": "",
}
SORENESS: dict[str, Any] = {
    "kind": "soreness",
    "id": "0198f0c2-0000-7000-8000-000000000001",
    "at": "2026-11-23T06:40:00+01:00",
    "area": "lower back",
    "when": "morning",
    "score": 4,
}


@contextmanager
def history(*lines: str) -> Iterator[Store]:
    store = Store(open_copy(Path("no such file")), None)
    try:
        import_lines(store, lines, {})
        yield store
    finally:
        store.close()


def refused(table: dict[str, Any]) -> str:
    with history() as store:
        with pytest.raises(UserError) as caught:
            import_lines(store, [json.dumps(table)], {})
        assert list(export_lines(store)) == []
    return caught.value.detail


shares = st.dictionaries(
    st.sampled_from([surface for surface in Surface if surface is not Surface.MIXED]),
    st.integers(1, 33),
    max_size=3,
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    surface = draw(st.none() | st.sampled_from(Surface))
    return Run(
        id=draw(st.sampled_from(IDS)),
        started_at=draw(instants),
        distance_m=draw(st.none() | st.integers(0, 100_000)),
        duration_ms=draw(st.none() | st.integers(0, 86_400_000).map(Millis)),
        surface=surface,
        shares=tuple(draw(shares).items()) if surface is Surface.MIXED else (),
        effort=draw(st.none() | st.integers(1, 10)),
        hills=draw(st.none() | st.booleans()),
        shoes=draw(st.none() | st.sampled_from(["Old", "New pair"])),
        warm_up=draw(st.none() | st.sampled_from(Amount)),
        stretch=draw(st.none() | st.sampled_from(Amount)),
        note=draw(notes),
    )


soreness = st.builds(
    Soreness,
    id=st.sampled_from(IDS),
    at=instants,
    area=st.sampled_from(SORE_AREAS),
    score=st.integers(0, 10),
    when=st.none() | st.sampled_from(When),
    side=st.none() | st.sampled_from(Place),
)
entries = st.lists(st.one_of(runs(), soreness), max_size=8)


def line(entry: Run | Soreness) -> str:
    return json.dumps(run_to_json(entry) if isinstance(entry, Run) else soreness_to_json(entry))


def merged(*diaries: list[Run | Soreness]) -> list[str]:
    with history() as store:
        for one in diaries:
            import_lines(store, map(line, one), {})
        return list(export_lines(store))


@pytest.mark.parametrize("table", [RUN, SORENESS])
def test_a_line_comes_out_as_it_went_in_with_its_keys_in_order(table: dict[str, Any]) -> None:
    with history(json.dumps(table)) as store:
        (written,) = export_lines(store)
    assert written == json.dumps(table)


@settings(max_examples=100, deadline=None)
@given(runs())
def test_any_run_survives_the_line_and_the_file(run: Run) -> None:
    assert run_from_json(json.loads(json.dumps(run_to_json(run)))) == run
    with history() as store:
        diary.keep_run(store, run)
        assert list(diary.runs(store)) == [run]


@settings(max_examples=100, deadline=None)
@given(soreness)
def test_any_score_survives_the_line_and_the_file(entry: Soreness) -> None:
    assert soreness_from_json(json.loads(json.dumps(soreness_to_json(entry)))) == entry
    with history() as store:
        diary.keep_soreness(store, [entry])
        assert list(diary.soreness(store)) == [entry]


@settings(max_examples=60, deadline=None)
@given(entries, entries)
def test_two_diaries_come_to_the_same_whichever_is_merged_first(
    one: list[Run | Soreness], other: list[Run | Soreness]
) -> None:
    assert merged(one, other) == merged(other, one)
    assert merged(one, other, other, one) == merged(one, other)


@pytest.mark.parametrize("key", [key for key in RUN if key not in ("kind", "id", "started_at")])
def test_what_a_run_does_not_say_is_unknown(key: str) -> None:
    missing = run_from_json({known: value for known, value in RUN.items() if known != key})
    null = run_from_json(RUN | {key: None})
    assert missing == null
    assert getattr(missing, key) == ("" if key == "note" else None)


def test_what_one_machine_knows_of_a_run_the_other_learns() -> None:
    with history(json.dumps(RUN)) as store:
        told = json.dumps(RUN | {"warm_up": None, "stretch": "full", "note": "windy"})
        assert import_lines(store, [told], {}) == Imported(changed=1)
        (run,) = diary.runs(store)
    assert (run.warm_up, run.stretch, run.note) == (Amount.SHORT, Amount.FULL, "windy")


def test_a_mixed_run_says_how_much_of_what() -> None:
    mixed = RUN | {"surface": "mixed", "shares": [{"surface": "concrete", "percent": 60}]}
    with history(json.dumps(mixed)) as store:
        (run,) = diary.runs(store)
        assert json.loads(next(export_lines(store))) == mixed
    assert run.shares == ((Surface.CONCRETE, 60),)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "7"}, "id: '7' is not a UUID"),
        ({"started_at": "yesterday"}, "started_at: not a time with its offset"),
        ({"started_at": None}, "started_at: missing"),
        ({"distance_m": 5.5}, "distance_m: 5.5 is not a whole number"),
        ({"distance_m": -1}, "distance_m"),
        ({"surface": "sand"}, "surface: 'sand' is none of concrete, asphalt"),
        ({"effort": 0}, "effort: 0 is not a whole number from 1 to 10"),
        ({"hills": "yes"}, "hills: 'yes' is not true, false or null"),
        ({"warm_up": True}, "warm_up: True is none of none, short, full"),
        ({"shares": [{"surface": "grass", "percent": 50}]}, "shares: only a mixed run has them"),
        (
            {
                "surface": "mixed",
                "shares": [{"surface": "grass", "percent": 60}, {"surface": "track", "percent": 50}],
            },
            "shares: more than 100 per cent",
        ),
        ({"surface": "mixed", "shares": [{"surface": "mixed", "percent": 60}]}, "none of them mixed"),
        ({"pace": 5}, "pace: no such key"),
    ],
)
def test_a_wrong_run_is_refused_with_the_reason(changes: dict[str, Any], said: str) -> None:
    assert said in refused(RUN | changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"score": None}, "score: missing"),
        ({"score": 11}, "score: 11 is not a whole number from 0 to 10"),
        ({"area": "lower-back"}, "area: 'lower-back' is none of"),
        ({"area": None}, "area: missing"),
        ({"when": "evening"}, "when: 'evening' is none of before, morning, second-morning"),
        ({"at": "2026-11-23T06:40:00"}, "at: not a time with its offset"),
    ],
)
def test_a_wrong_score_is_refused_with_the_reason(changes: dict[str, Any], said: str) -> None:
    assert said in refused(SORENESS | changes)


def test_a_history_from_before_the_diary_gains_it(path: Path) -> None:
    open_store(path, MIGRATIONS[:1]).close()
    store = open_store(path)
    diary.keep_run(store, run_from_json(RUN))
    assert diary.diary(store).runs == (run_from_json(RUN),)
    store.close()


def test_a_run_is_forgotten_and_can_be_put_back(store: Store) -> None:
    diary.keep_run(store, run_from_json(RUN))
    diary.keep_soreness(store, [soreness_from_json(SORENESS)])
    kept = diary.diary(store)
    diary.forget(store, [RUN["id"], SORENESS["id"], "0198f0c2-0000-7000-8000-00000000ffff"])
    assert [*diary.runs(store), *diary.soreness(store)] == []
    diary.keep_run(store, kept.runs[0])
    diary.keep_soreness(store, kept.soreness)
    assert (diary.diary(store).runs, diary.diary(store).soreness) == (kept.runs, kept.soreness)
