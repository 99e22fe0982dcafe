"""The run that a watch recorded, from its file: GPX or FIT, read by well-kept readers of an extra."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import IO

from prehab.errors import UserError
from prehab.formats import recording_fit, recording_gpx
from prehab.formats.problems import visible
from prehab.formats.recording import Recorded, believed, unreadable

MAX_SIZE = 64 * 1024 * 1024
"""How many bytes a recording may have, unpacked."""


def read_run(file: Path) -> Recorded:
    """Read the run in a file, by its ending; one that is packed, as sites hand it out, is unpacked.

    Raises:
        UserError: if it can't be read, holds no run, or the reader of such files is not installed.
    """
    if not (_ending(file) in _READERS or file.suffix.lower() in _UNPACKERS):
        raise UserError(
            f"not a recording that can be read: {visible(file.name)}", hint="give a .gpx or a .fit file"
        )
    try:
        if not file.is_file():
            raise UserError(f"{visible(str(file))} is not a file")
        if file.stat().st_size > MAX_SIZE:
            raise _too_long(file.name)
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"{visible(file.name)} can't be read", str(error)) from error
    name: PurePath = file
    if unpack := _UNPACKERS.get(file.suffix.lower()):
        name, data = unpack(data, file)
    return believed(_READERS[_ending(name)](data, visible(name.name)))


def _ending(file: PurePath) -> str:
    return file.suffix.lower()


def _gunzipped(data: bytes, file: PurePath) -> tuple[PurePath, bytes]:
    inside = file.with_suffix("")
    if _ending(inside) not in _READERS:
        raise _none_inside(file)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return inside, _all_of(packed, file)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(visible(file.name), "packed", error) from error


def _unzipped(data: bytes, file: PurePath) -> tuple[PurePath, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = [one for one in packed.namelist() if _ending(PurePath(one)) in _READERS]
            if len(inside) != 1:
                raise _none_inside(file)
            with packed.open(inside[0]) as one:
                return PurePath(inside[0]), _all_of(one, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise unreadable(visible(file.name), "packed", error) from error


def _all_of(packed: IO[bytes] | gzip.GzipFile, file: PurePath) -> bytes:
    data = packed.read(MAX_SIZE + 1)
    if len(data) > MAX_SIZE:
        raise _too_long(file.name)
    return data


def _too_long(name: str) -> UserError:
    return UserError(f"{visible(name)} is too long", hint="give the file of one run")


def _none_inside(file: PurePath) -> UserError:
    return UserError(
        f"not one recording in {visible(file.name)}", hint="give a .gpx or a .fit file, or one of them packed"
    )


_READERS: dict[str, Callable[[bytes, str], Recorded]] = {
    ".gpx": recording_gpx.read,
    ".fit": recording_fit.read,
}
_UNPACKERS: dict[str, Callable[[bytes, PurePath], tuple[PurePath, bytes]]] = {
    ".gz": _gunzipped,
    ".zip": _unzipped,
}
