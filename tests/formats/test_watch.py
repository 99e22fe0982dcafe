"""Runs out of the files that watches write."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.recordings import BEGAN, Part, fit, gpx

from prehab.domain.diary import Surface
from prehab.domain.duration import Millis
from prehab.errors import UserError
from prehab.formats.recording import Recorded
from prehab.formats.watch import MAX_SIZE, read_run


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


def test_what_a_watch_did_not_measure_is_not_known(tmp_path: Path) -> None:
    """A treadmill without a foot pod says 0 m, and a watch that broke off says nothing."""
    indoors = Part(sub_sport="treadmill", centimetres=0)
    found = recorded(tmp_path, "run.fit", fit(metres=(None, None), parts=[indoors]))
    assert (found.distance_m, found.duration_ms, found.surface) == (None, 1_880_500, Surface.TREADMILL)
    nothing = recorded(tmp_path, "run.fit", fit(metres=(None, None), with_session=False))
    assert nothing.distance_m is None
    missing = Part(elapsed=None, centimetres=None)
    assert recorded(tmp_path, "run.fit", fit(parts=[missing])) == Recorded(BEGAN, 430, Millis(120_000))


@pytest.mark.parametrize(
    ("sub_sport", "surface"),
    [("trail", Surface.TRAIL), ("track", Surface.TRACK), ("road", None), ("generic", None)],
)
def test_a_watch_that_was_told_what_is_run_on_tells_it(
    tmp_path: Path, sub_sport: str, surface: Surface | None
) -> None:
    assert recorded(tmp_path, "run.fit", fit(parts=[Part(sub_sport=sub_sport)])).surface is surface


def test_of_several_sports_in_one_file_the_runs_are_taken(tmp_path: Path) -> None:
    parts = [
        Part("cycling", after=0, elapsed=1_200_000, centimetres=1_000_000),
        Part("transition", after=20, elapsed=60_000, centimetres=0),
        Part("running", after=21, elapsed=600_000, centimetres=200_000),
        Part("running", after=40, elapsed=300_000, centimetres=100_000),
    ]
    found = recorded(tmp_path, "run.fit", fit(parts=parts))
    assert found == Recorded(BEGAN + timedelta(minutes=21), 3000, Millis(900_000))


def test_a_ride_is_not_refused_but_called_one(tmp_path: Path) -> None:
    found = recorded(tmp_path, "ride.fit", fit(parts=[Part("cycling")]))
    assert found.distance_m == 5200
    assert found.word == "the file calls it cycling, not a run"
    ride = gpx().replace("<trk>", "<trk><type>road_biking</type>")
    assert recorded(tmp_path, "ride.gpx", ride).word == "the file calls it road biking, not a run"
    trail = recorded(tmp_path, "run.gpx", gpx().replace("<trk>", "<trk><type>trail_running</type>"))
    assert (trail.word, trail.surface) == ("", Surface.TRAIL)


@pytest.mark.parametrize("hours", [-3.5, 0, 5.75, 13])
def test_a_run_is_told_on_the_clocks_of_where_it_was(tmp_path: Path, hours: float) -> None:
    found = recorded(tmp_path, "run.fit", fit(offset=timedelta(hours=hours)))
    assert found.started_at == BEGAN
    assert found.started_at.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("hours", [0.6, 40])
def test_a_watch_whose_own_clock_is_set_wrong_tells_utc(tmp_path: Path, hours: float) -> None:
    found = recorded(tmp_path, "run.fit", fit(offset=timedelta(hours=hours)))
    assert found.started_at.utcoffset() == timedelta(0)


def test_a_recording_that_breaks_off_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = fit(metres=[10.0 * minute for minute in range(60)])
    found = recorded(tmp_path, "run.fit", whole[: len(whole) // 2])
    assert found.started_at == BEGAN
    assert 200 < (found.distance_m or 0) < 400
    assert found.word.startswith("the file breaks off")


def test_a_planned_course_is_no_run(tmp_path: Path) -> None:
    error = refused(tmp_path, "course.fit", fit(kind=6))
    assert (error.title, error.detail) == ("there is no run in course.fit", "it says that it holds course")


def test_a_watch_without_a_fix_has_no_time(tmp_path: Path) -> None:
    assert "no run" in refused(tmp_path, "run.fit", fit(began=datetime(1990, 1, 2, tzinfo=UTC))).title
    first = gpx(10).replace("2026-11-22T06:42:00Z", "1970-01-01T00:00:00Z")
    found = recorded(tmp_path, "run.gpx", first)
    assert (found.started_at, found.duration_ms) == (BEGAN + timedelta(minutes=1), 540_000)


def test_points_of_which_few_have_a_time_do_not_tell_how_long_it_took(tmp_path: Path) -> None:
    kept = gpx(10).split("<time>")
    planned = "<time>".join(kept[:2]) + "".join(part.partition("</time>")[2] for part in kept[2:])
    found = recorded(tmp_path, "run.gpx", planned)
    assert (found.started_at, found.duration_ms) == (BEGAN, None)
    assert found.distance_m == pytest.approx(2224, abs=8)


def test_a_track_that_nobody_runs_has_no_distance_and_says_so(tmp_path: Path) -> None:
    found = recorded(tmp_path, "run.gpx", gpx(10).replace('lat="48.01000"', 'lat="48.51000"'))
    assert (found.distance_m, found.duration_ms) == (None, 600_000)
    assert "is no run: left out" in found.word


def test_the_tracks_of_several_runs_are_not_taken_for_one(tmp_path: Path) -> None:
    again = gpx(10).partition("<trk>")[2]
    several = gpx(10).replace("</gpx>\n", "<trk>" + again.replace("2026-11-22", "2026-11-25"))
    assert refused(tmp_path, "all.gpx", several).detail == "it holds the tracks of several runs"
    joined = gpx(10).replace("T06:52", "T23:52")
    assert refused(tmp_path, "joined.gpx", joined).detail == "it holds the tracks of several runs"
    one = gpx(10).replace("</gpx>\n", "<trk>" + again.replace("T06:", "T07:"))
    assert recorded(tmp_path, "run.gpx", one).duration_ms == 70 * 60_000


def test_an_old_file_with_its_own_encoding_is_read(tmp_path: Path) -> None:
    old = gpx(10).replace("Morning run", "Läufchen").replace('version="1.1"', 'version="1.0"')
    for name, text in (
        ("ISO-8859-1", old.replace("UTF-8", "ISO-8859-1").encode("latin-1")),
        ("UTF-16", old.replace("UTF-8", "UTF-16").encode("utf-16")),
        ("UTF-8 with a mark", old.encode("utf-8-sig")),
    ):
        assert recorded(tmp_path, "run.gpx", text).duration_ms == 600_000, name


def test_an_offset_that_a_point_names_is_kept(tmp_path: Path) -> None:
    found = recorded(tmp_path, "run.gpx", gpx(10).replace("Z</time>", "+05:30</time>"))
    assert found.started_at.isoformat() == "2026-11-22T06:42:00+05:30"


def test_words_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    refused(tmp_path, "run.gpx", gpx(1).replace("<gpx", bomb + "<gpx", 1).replace("Morning", "&b;"))


def test_a_packed_recording_is_unpacked(tmp_path: Path) -> None:
    assert recorded(tmp_path, "run.fit.gz", gzip.compress(fit())).distance_m == 5200
    assert recorded(tmp_path, "1234.zip", zipped({"1234_ACTIVITY.fit": fit()})).distance_m == 5200
    assert recorded(tmp_path, "1234.zip", zipped({"a.gpx": gpx().encode(), "b.txt": b""})).distance_m


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("all.zip", {"a.gpx": b"", "b.fit": b""}, "not one recording in all.zip"),
        ("notes.zip", {"notes.txt": b"x"}, "not one recording in notes.zip"),
        ("notes.txt.gz", b"", "not one recording in notes.txt.gz"),
        ("run.fit.gz", b"no gzip", "run.fit.gz is no packed file that can be read"),
        ("run.zip", b"no zip", "run.zip is no packed file that can be read"),
        ("run.gpx.gz", gzip.compress(b"x" * (MAX_SIZE + 1), 1), "run.gpx.gz is too long"),
    ],
)
def test_a_package_without_a_recording_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes | dict[str, bytes], said: str
) -> None:
    assert said in refused(tmp_path, name, zipped(data) if isinstance(data, dict) else data).title


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as one package."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return packed.getvalue()


def test_a_wrong_checksum_alone_loses_no_run(tmp_path: Path) -> None:
    assert recorded(tmp_path, "run.fit", fit()[:-2] + b"\x00\x00").distance_m == 5200


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("run.gpx", "no xml", "is no GPX file"),
        ("run.gpx", b"\xff\xfe\x00", "is no GPX file"),
        ("run.gpx", gpx(3, with_times=False), "there is no run in run.gpx"),
        ("run.fit", b"no fit", "is no FIT file"),
        ("run.fit", fit()[:40], "is no FIT file"),
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
