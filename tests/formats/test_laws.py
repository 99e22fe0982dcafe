"""Whatever a file holds, it is read or refused in words, each at a place inside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.strategies import Tables, right, spelled, wild, written

from prehab import resources
from prehab.formats.loader import Reading, inspect, inspect_text
from prehab.formats.problems import visible

BUNDLED = tuple(path.read_text(encoding="utf-8") for path in sorted(resources.routines().glob("*.toml")))


def _check(reading: Reading) -> None:
    """A routine with warnings, or errors; each at a place that the file has, in harmless words."""
    assert (reading.routine is None) == any(problem.is_error for problem in reading.problems)
    lines = reading.source.split("\n")
    for problem in reading.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.width >= 1
        assert problem.message
        assert visible(str(problem)) == str(problem)
    places = [(problem.line, problem.column) for problem in reading.problems]
    assert places == sorted(places)


@given(st.text())
def test_any_text_is_judged(source: str) -> None:
    _check(inspect_text(source, "x.toml", "x"))


@given(written)
def test_any_toml_is_judged(source: str) -> None:
    _check(inspect_text(source, "x.toml", "x"))


@given(wild)
def test_any_use_of_the_words_is_judged(tables: Tables) -> None:
    _check(inspect_text(tomlkit.dumps(tables), "x.toml", "x"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_judged(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(raw)
    reading = inspect(path)
    if reading.source:
        _check(reading)
    assert reading.problems


@given(st.sampled_from(BUNDLED), st.data())
def test_a_routine_with_one_stretch_replaced_is_judged(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(len(source), start + 30)))
    slip = data.draw(
        st.text(max_size=5) | st.sampled_from(['"', "[", "]]", "{", "=", "\n", "[[step]]\n", "0"])
    )
    _check(inspect_text(source[:start] + slip + source[end:], "x.toml", "x"))


@given(right())
def test_a_right_file_is_a_routine(tables: Tables) -> None:
    reading = inspect_text(tomlkit.dumps(tables), "x.toml", "x")
    _check(reading)
    assert reading.routine is not None, [str(problem) for problem in reading.problems]
    assert reading.routine.name == tables["name"]
    assert len(reading.routine.items) == len(tables["step"])


@given(right())
def test_a_routine_written_down_reads_as_the_same(tables: Tables) -> None:
    routine = inspect_text(tomlkit.dumps(tables), "x.toml", "x").routine
    assert routine is not None
    assert inspect_text(tomlkit.dumps(spelled(routine)), "x.toml", "x").routine == routine


@given(right(), st.data())
def test_one_slip_in_a_key_is_one_problem_at_that_key(tables: Tables, data: st.DataObject) -> None:
    holders: list[dict[str, Any]] = [tables, *(item for item in tables["step"] if "step" not in item)]
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from([key for key in holder if len(key) > 3 and key != "step"] or ["name"]))
    holder[key + key[-1]] = holder.pop(key)
    reading = inspect_text(tomlkit.dumps(tables), "x.toml", "x")
    (problem,) = reading.problems
    assert problem.source[problem.column - 1 :].startswith(key + key[-1])
    assert f"'{key}'" in problem.hint
