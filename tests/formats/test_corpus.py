"""Every broken file is told apart by place, key and words."""

from __future__ import annotations

import pytest
from tests.formats.corpus import ERRORS, WARNINGS, Broken

from prehab.formats.loader import Reading, inspect_text


def _named(files: tuple[Broken, ...]) -> list[object]:
    return [pytest.param(file, id=file.name) for file in files]


def _check(file: Broken, reading: Reading) -> None:
    found = [(problem.line, problem.column, problem.key) for problem in reading.problems]
    assert found == [told[:3] for told in file.told], [str(problem) for problem in reading.problems]
    for problem, (_, _, _, begins) in zip(reading.problems, file.told, strict=True):
        assert problem.message.startswith(begins)
    assert file.hint in reading.problems[0].hint


@pytest.mark.parametrize("file", _named(ERRORS))
def test_every_mistake_is_told_at_its_place(file: Broken) -> None:
    reading = inspect_text(file.text.removeprefix("\ufeff"), "x.toml", "x")
    assert reading.routine is None
    assert all(problem.is_error for problem in reading.problems)
    _check(file, reading)


@pytest.mark.parametrize("file", _named(WARNINGS))
def test_every_doubt_is_told_and_the_routine_can_be_played(file: Broken) -> None:
    reading = inspect_text(file.text, "x.toml", "x")
    assert reading.routine is not None
    assert not any(problem.is_error for problem in reading.problems)
    _check(file, reading)
