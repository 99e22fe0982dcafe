"""Runs out of the files that watches write."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.recordings import BEGAN, fit, gpx

from prehab.errors import UserError
from prehab.formats.watch import Recorded, read_run


def recorded(folder: Path, name: str, data: str | bytes) -> Recorded:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_run(file)


def refused(folder: Path, name: str, data: str | bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        recorded(folder, name, data)
    return caught.value


def test_a_gpx_file_tells_when_how_far_and_how_long(tmp_path: Path) -> None:
    found = recorded(tmp_path, "run.gpx", gpx(10))
    assert found.started_at == BEGAN
    assert found.duration_ms == 600_000
    assert found.distance_m == pytest.approx(2224, abs=8)


def test_a_pause_between_two_pieces_of_track_is_no_way_run(tmp_path: Path) -> None:
    found = recorded(tmp_path, "run.GPX", gpx(10, segments=2))
    assert found.duration_ms == 600_000
    assert found.distance_m == pytest.approx(2224 - 222, abs=8)


def test_a_fit_file_tells_what_its_session_says(tmp_path: Path) -> None:
    found = recorded(tmp_path, "run.fit", fit())
    assert found == Recorded(BEGAN, 5200, found.duration_ms)
    assert found.duration_ms == 1_880_500


def test_a_fit_file_that_broke_off_tells_what_its_records_say(tmp_path: Path) -> None:
    found = recorded(tmp_path, "run.fit", fit(with_session=False))
    assert (found.started_at, found.distance_m, found.duration_ms) == (BEGAN, 430, 120_000)


def test_a_wrong_checksum_alone_loses_no_run(tmp_path: Path) -> None:
    assert recorded(tmp_path, "run.fit", fit()[:-2] + b"\x00\x00").distance_m == 5200


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("run.gpx", "no xml", "is no GPX file"),
        ("run.gpx", b"\xff\xfe\x00", "is no GPX file"),
        ("run.gpx", gpx(3, with_times=False), "there is no run in run.gpx"),
        ("run.fit", b"no fit", "is no FIT file"),
        ("run.fit", fit()[:60], "is no FIT file"),
        ("run.tcx", "", "not a recording that can be read: run.tcx"),
    ],
)
def test_another_file_is_refused_in_words(tmp_path: Path, name: str, data: str | bytes, said: str) -> None:
    assert said in refused(tmp_path, name, data).title


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a file"):
        read_run(tmp_path / "run.gpx")


def test_a_missing_reader_is_said_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gpxpy", None)
    error = refused(tmp_path, "run.gpx", gpx())
    assert "not installed" in error.title
    assert error.hint == "install it with: pip install 'prehab[watch]'"


@settings(max_examples=80)
@given(st.data())
def test_no_damage_to_a_file_is_more_than_an_error_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(fit())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("damaged") / "run.fit"
    file.write_bytes(whole)
    with suppress(UserError):
        assert read_run(file).started_at.tzinfo is not None
