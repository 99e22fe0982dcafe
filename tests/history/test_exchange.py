"""Histories as lines: out and in again, merged in any order, and refused whole when a line is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.history.strategies import IDS, diaries, sessions

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome
from prehab.domain.records import SessionRecord
from prehab.domain.routine import Side
from prehab.errors import UserError
from prehab.history import texts
from prehab.history.database import open_copy
from prehab.history.exchange import LISTED, Imported, export_lines, import_lines
from prehab.history.merge import merge_sessions
from prehab.history.migrations import MIGRATIONS
from prehab.history.records import SESSION_KEYS, STEP_KEYS, session_from_json, session_to_json
from prehab.history.stats import newest_first
from prehab.history.store import Store

GROWING = {"plank": "front-plank", "tens": "front-plank"}

LINE: dict[str, Any] = {
    "kind": "session",
    "id": "0198f0c2-0000-7000-8000-000000000000",
    "routine": "plank",
    "name": "Plank",
    "started_at": "2026-11-22T07:30:00+01:00",
    "ended_at": "2026-11-22T07:33:10+01:00",
    "outcome": "completed",
    "level_ms": 30000,
    "rpe": 6,
    "pain_before": 1,
    "pain": 0,
    "flare": False,
    "note": "",
    "planned_ms": 180000,
    "steps": [
        {
            "step": "front-plank",
            "name": "Front plank",
            "side": None,
            "set": 1,
            "round": 1,
            "planned_ms": 30000,
            "held_ms": 30000,
            "outcome": "done",
        }
    ],
}


@contextmanager
def history(*lines: str) -> Iterator[Store]:
    store = Store(open_copy(Path("no such file")), None)
    try:
        import_lines(store, lines, GROWING)
        yield store
    finally:
        store.close()


def written(record: SessionRecord) -> str:
    return json.dumps(session_to_json(record))


def merged(*diary: Iterable[SessionRecord]) -> list[str]:
    with history() as store:
        for records in diary:
            import_lines(store, map(written, records), GROWING)
        return list(export_lines(store))


def read(**changes: Any) -> SessionRecord:
    table = {key: value for key, value in (LINE | changes).items() if value != "left out"}
    return session_from_json(table, GROWING)


def refused(store: Store, *lines: str) -> str:
    with pytest.raises(UserError) as caught:
        import_lines(store, lines, GROWING)
    assert "nothing was imported" in caught.value.title
    return caught.value.detail


# The form


@given(diaries)
def test_what_is_printed_and_exported_says_what_the_records_say(diary: list[SessionRecord]) -> None:
    with history(*map(written, diary)) as store:
        records = list(newest_first(store))
        assert [json.loads(text) for text in texts.newest_first(store)] == list(map(session_to_json, records))
        assert list(texts.oldest_first(store)) == [written(record) for record in reversed(records)]
        assert list(texts.newest_first(store, 2)) == list(texts.newest_first(store))[:2]


def test_letters_stay_letters_where_a_person_reads_them_and_controls_are_spelled_out() -> None:
    with history(json.dumps(LINE | {"name": "Brücke \x1b[31m\u202e 30″", "note": 'said "no"\n'})) as store:
        (text,) = texts.newest_first(store)
    assert '"name": "Brücke \\u001b[31m\\u202e 30″"' in text
    assert '"note": "said \\"no\\"\\n"' in text


@given(sessions(), st.sampled_from(['"steps": [{', "}, {", "}]}", '\\"steps": [{', '"}, {"', '"steps": []']))
def test_text_that_looks_like_the_form_is_only_text(record: SessionRecord, odd: str) -> None:
    steps = tuple(replace(step, name=odd) for step in record.steps)
    changed = replace(record, name=odd, note=f"a {odd} b", steps=steps)
    with history(written(changed)) as store:
        assert list(newest_first(store)) == [changed]


def test_a_mistake_in_a_step_is_found_wherever_the_steps_stand() -> None:
    with history() as store:
        wrong = LINE["steps"][0] | {"held_ms": "long"}
        line = {**LINE, "steps": [LINE["steps"][0], wrong]}
        front = {"steps": line.pop("steps"), **line}
        for table in (line | {"steps": front["steps"]}, front):
            assert "steps[1].held_ms: 'long' is not a whole number" in refused(store, json.dumps(table))
        for sort in ("run", "soreness"):
            assert "steps: no such key" in refused(store, json.dumps(LINE | {"kind": sort}))


def test_a_line_has_exactly_the_keys_of_the_exchange_form_in_their_order(store: Store) -> None:
    import_lines(store, [json.dumps(LINE)], GROWING)
    (line,) = export_lines(store)
    assert list(json.loads(line)) == list(LINE) == ["kind", *SESSION_KEYS]
    assert list(json.loads(line)["steps"][0]) == list(LINE["steps"][0]) == list(STEP_KEYS)
    assert json.loads(line) == LINE


@given(sessions())
def test_a_record_is_the_same_after_being_written_and_read(record: SessionRecord) -> None:
    table = json.loads(written(record))
    assert session_from_json(table, {}) == replace(record, name=record.name or record.routine)


@given(sessions())
def test_what_is_exported_is_plain_text_on_one_line(record: SessionRecord) -> None:
    with history(written(record)) as store:
        (line,) = export_lines(store)
    assert line.isascii()
    assert line.isprintable()


def test_what_may_be_missing_is_unknown_or_as_usual() -> None:
    record = session_from_json(
        {
            "kind": "session",
            "id": "0198F0C2-0000-7000-8000-00000000000A",
            "routine": "my-own",
            "started_at": "2026-11-22T07:30:00Z",
            "outcome": "stopped",
            "steps": [{"step": "clam", "held_ms": 5, "outcome": "short"}],
        },
        GROWING,
    )
    assert record.id == "0198f0c2-0000-7000-8000-00000000000a"
    assert record.name == "my-own"
    assert (record.ended_at, record.level_ms, record.planned_ms, record.note) == (None, None, None, "")
    assert (record.rpe, record.pain_before, record.pain, record.flare) == (None, None, None, None)
    (step,) = record.steps
    assert (step.name, step.side, step.set, step.round, step.planned_ms) == ("clam", None, 1, 1, None)


def _planks(*planned: int, **more: Any) -> list[dict[str, Any]]:
    step = {"step": "front-plank", "held_ms": 1, "outcome": "short", **more}
    return [step | {"set": number, "planned_ms": plan} for number, plan in enumerate(planned, 1)]


def test_a_missing_level_is_the_longest_planned_hold_of_the_step_that_grows() -> None:
    assert read(level_ms="left out", steps=_planks(30_000, 40_000, 35_000)).level_ms == 40_000


def test_the_bouts_of_a_split_hold_are_one_hold() -> None:
    bouts = [*_planks(10_000), *_planks(10_000), *_planks(10_000)]
    assert read(level_ms="left out", routine="tens", steps=bouts).level_ms == 30_000


def test_a_missing_level_is_unknown_where_nothing_grows() -> None:
    assert read(level_ms="left out", steps=[]).level_ms is None
    assert read(level_ms="left out", routine="stretch-full", steps=_planks(30_000)).level_ms is None
    assert read(level_ms=None, steps=_planks(30_000)).level_ms is None


def test_sides_are_read() -> None:
    assert [step.side for step in read(steps=_planks(1, 2, side="left")).steps] == [Side.LEFT, Side.LEFT]


def test_empty_lines_and_a_byte_order_mark_are_passed_over(store: Store) -> None:
    assert import_lines(store, ["\ufeff" + json.dumps(LINE) + "\r\n", "", "  \n"], GROWING) == Imported(
        added=1
    )


# What is wrong


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "sessions"}, "kind: 'sessions' is none of session"),
        ({"kind": None}, "kind: None is none of"),
        ({"kind": []}, "kind: [] is none of"),
        ({"id": "7"}, "id: '7' is not a UUID"),
        ({"id": "left out"}, "id: missing"),
        ({"routine": ""}, "routine: '' is not an id"),
        ({"routine": "a\x1bb"}, "routine: 'a\\x1bb' is not an id"),
        ({"routine": None}, "routine: missing"),
        ({"name": 7}, "name: 7 is not a text"),
        ({"name": "a" * 201}, "is not a text of at most 200 characters"),
        ({"note": "\ud800"}, "note: '\\ud800' is not a text"),
        ({"started_at": "2026-11-22T07:30:00"}, "started_at: not a time with its offset"),
        ({"started_at": 1_764_000_000}, "started_at: not a time with its offset"),
        ({"started_at": "left out"}, "started_at: missing"),
        ({"ended_at": "soon"}, "ended_at: not a time with its offset: 'soon'"),
        ({"outcome": "done"}, "outcome: 'done' is none of completed, stopped, unfinished"),
        ({"level_ms": 0}, "level_ms: 0 is not a whole number from 1"),
        ({"level_ms": "30s"}, "level_ms: '30s' is not a whole number"),
        ({"rpe": 11}, "rpe: 11 is not a whole number from 1 to 10"),
        ({"rpe": 0}, "rpe: 0 is not"),
        ({"rpe": 6.5}, "rpe: 6.5 is not"),
        ({"rpe": True}, "rpe: True is not"),
        ({"pain": -1}, "pain: -1 is not a whole number from 0 to 10"),
        ({"pain_before": 11}, "pain_before: 11 is not"),
        ({"flare": "no"}, "flare: 'no' is not true, false or null"),
        ({"planned_ms": -1}, "planned_ms: -1 is not"),
        ({"steps": {}}, "steps: not an array"),
        ({"steps": [1]}, "steps[0]: 1 is not an object"),
        ({"steps": _planks(30, side="up")}, "steps[0].side: 'up' is none of left, right"),
        ({"steps": _planks(30, held_ms=None)}, "steps[0].held_ms: missing"),
        ({"steps": _planks(30, held_ms=True)}, "steps[0].held_ms: True is not"),
        ({"steps": _planks(30, round=0)}, "steps[0].round: 0 is not"),
        (
            {"steps": _planks(30, outcome="completed")},
            "steps[0].outcome: 'completed' is none of done, short, skipped",
        ),
        ({"steps": _planks(30, reps=3)}, "steps[0].reps: no such key"),
        ({"steps": _planks(30, name=["x"])}, "steps[0].name: ['x'] is not a text"),
        ({"effort": 6}, "effort: no such key"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(store: Store, change: dict[str, Any], said: str) -> None:
    table = {key: value for key, value in (LINE | change).items() if value != "left out"}
    detail = refused(store, json.dumps(LINE), "", json.dumps(table))
    assert detail.startswith("line 3: ")
    assert said in detail
    assert detail.isascii()


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", "null", '"x"', "[" * 100_000, "9" * 5_000, "{'kind': 1}", "\x00"]
)
def test_a_line_that_is_no_object_is_named(store: Store, line: str) -> None:
    assert refused(store, line) == "line 1: not a JSON object"


def test_a_value_that_is_equal_to_one_seen_before_but_of_another_type_is_still_wrong(store: Store) -> None:
    import_lines(store, [json.dumps(LINE)], GROWING)
    step = LINE["steps"][0]
    assert "set: True" in refused(store, json.dumps(LINE | {"steps": [step | {"set": True}]}))
    assert "set: 1.0" in refused(store, json.dumps(LINE | {"steps": [step | {"set": 1.0}]}))


def test_every_wrong_line_is_named_and_nothing_of_the_file_is_imported(store: Store) -> None:
    wrong = json.dumps(LINE | {"rpe": 11, "pain": 11})
    detail = refused(store, json.dumps(LINE), wrong, wrong)
    assert [line.split(":")[0] for line in detail.splitlines()] == ["line 2", "line 3"]
    assert "rpe" in detail.splitlines()[0]
    assert "pain" in detail.splitlines()[0]
    assert list(newest_first(store)) == []


def test_a_file_of_another_kind_does_not_flood_the_screen(store: Store) -> None:
    detail = refused(store, *["x"] * 5_000).splitlines()
    assert len(detail) == LISTED + 1
    assert detail[-1] == f"and {5_000 - LISTED} more"


# Merging


@settings(max_examples=40)
@given(diaries, diaries)
def test_two_histories_say_the_same_whichever_is_merged_into_the_other(
    one: list[SessionRecord], other: list[SessionRecord]
) -> None:
    assert merged(one, other) == merged(other, one)


@given(diaries, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(diary: list[SessionRecord], chance: Any) -> None:
    shuffled = list(diary)
    chance.shuffle(shuffled)
    assert merged(diary) == merged(shuffled)


@settings(max_examples=40)
@given(diaries)
def test_importing_twice_changes_nothing(diary: list[SessionRecord]) -> None:
    lines = merged(diary)
    with history(*lines) as store:
        assert import_lines(store, lines, GROWING) == Imported(same=len(lines))
        assert list(export_lines(store)) == lines


@given(*[sessions(st.just(IDS[0]))] * 3)
def test_what_three_records_say_together_depends_on_no_order(
    one: SessionRecord, two: SessionRecord, three: SessionRecord
) -> None:
    assert merge_sessions(one, one) == one
    assert merge_sessions(one, two) == merge_sessions(two, one)
    assert merge_sessions(merge_sessions(one, two), three) == merge_sessions(one, merge_sessions(two, three))


def test_an_ended_session_beats_the_same_one_when_it_was_still_running() -> None:
    ended = read()
    running = replace(ended, outcome=Outcome.UNFINISHED, ended_at=None, steps=ended.steps * 2)
    assert merge_sessions(running, ended).outcome is Outcome.COMPLETED


def test_of_two_unfinished_ones_the_longer_stands() -> None:
    short = replace(read(), outcome=Outcome.UNFINISHED)
    long = replace(short, steps=short.steps * 2)
    assert merge_sessions(short, long) == long


def test_a_hold_that_was_corrected_downwards_stays_corrected() -> None:
    told = read()
    corrected = replace(told, steps=(replace(told.steps[0], held_ms=Millis(24_000)),))
    assert merge_sessions(told, corrected) == corrected


def test_answers_given_on_two_machines_come_together_and_the_more_careful_one_stands() -> None:
    here = replace(read(), rpe=6, pain=None, flare=None, note="windy")
    there = replace(read(), rpe=8, pain=4, flare=True, note="")
    both = merge_sessions(here, there)
    assert (both.rpe, both.pain, both.flare, both.note) == (8, 4, True, "windy")


def test_an_import_says_what_came_of_it(store: Store) -> None:
    other = LINE | {"id": IDS[1]}
    assert import_lines(store, [json.dumps(LINE), json.dumps(other)], GROWING) == Imported(added=2)
    more = LINE | {"pain": 3}
    assert import_lines(store, [json.dumps(more), json.dumps(other)], GROWING) == Imported(changed=1, same=1)


def test_the_kinds_of_record_come_out_oldest_first(store: Store) -> None:
    late = LINE | {"id": IDS[1], "started_at": "2027-01-01T00:00:00Z", "ended_at": None}
    import_lines(store, [json.dumps(late), json.dumps(LINE)], GROWING)
    assert [json.loads(line)["id"] for line in export_lines(store)] == [LINE["id"], IDS[1]]


def test_the_file_still_has_the_version_it_was_made_with() -> None:
    with history(json.dumps(LINE)) as store:
        assert next(store.rows("PRAGMA user_version")) == (len(MIGRATIONS),)
