"""Sentences already spoken, kept on disk: found again by what was said and by whom, mapped to be played."""

from __future__ import annotations

import mmap
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from struct import Struct
from zlib import crc32

from prehab.audio.clips import Clip
from prehab.audio.voices.engine import Recording, VoiceName

LIMIT = 64 * 1024 * 1024
"""How much a cache may hold, in bytes: about half an hour of speech."""

_FORMAT = 1
"""Part of every key: raise it when the layout of the files, or what is done to a sentence, changes."""
_HEADER = Struct("<8sIII")
"""Magic, samples a second, samples, checksum of the samples."""
_MAGIC = b"prehab\x01\n"
_ENDING = ".speech"
_UNFINISHED = ".unfinished"
_FORGOTTEN = 3600.0
"""An unfinished file this many seconds older than the newest sentence was left by a process that died."""
_BLOCK = 64 * 1024


def key(voice: VoiceName, words: str) -> str:
    """What a sentence is found by."""
    # With it comes all of OpenSSL, 4 MB: only where something is said.
    from hashlib import sha256

    told = "\0".join((str(_FORMAT), voice.engine, voice.voice, repr(voice.speed), words))
    return sha256(told.encode()).hexdigest()[:40]


class SpeechCache:
    """A folder of sentences, shared with other processes, that never fails.

    What cannot be kept on disk is kept in memory, and `trouble` says so.
    """

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._in_memory: dict[str, Recording] = {}
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why sentences cannot be kept on disk; empty while they can."""
        return self._trouble

    def length(self, key: str) -> float | None:
        """How long a kept sentence is, in ms, without reading more than its header."""
        kept = self._in_memory.get(key)
        if kept is not None:
            return _length(len(kept.samples), kept.rate)
        header = self._header(key)
        return _length(header[1], header[0]) if header else None

    def check(self, key: str) -> bool:
        """Read a kept sentence through, and mark it as used; one that is garbage counts as not there."""
        if key in self._in_memory:
            return True
        if self._folder is None:
            return False
        path = self._path(key)
        with suppress(OSError), path.open("rb") as file:
            header = _read_header(file.read(_HEADER.size), file.seek(0, os.SEEK_END))
            if header is None:
                return False
            file.seek(_HEADER.size)
            checksum = 0
            # Not through a map: its pages, once touched, count as memory used.
            while block := file.read(_BLOCK):
                checksum = crc32(block, checksum)
            if checksum != header[2]:
                return False
            with suppress(OSError):
                os.utime(path)
            return True
        return False

    def load(self, key: str) -> Clip | None:
        """Map a kept sentence, in some 50 microseconds; it stays whole even when its file is removed."""
        kept = self._in_memory.get(key)
        if kept is not None:
            return Clip(memoryview(kept.samples), kept.rate)
        if self._folder is None:
            return None
        with suppress(OSError, ValueError), self._path(key).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            header = _read_header(mapped[: _HEADER.size], len(mapped))
            if header is not None:
                return Clip(memoryview(mapped)[_HEADER.size :].cast("h"), header[0])
        return None

    def store(self, key: str, spoken: Recording) -> None:
        """Keep a sentence: on disk, whole or not at all, or else in memory."""
        content = spoken.samples.tobytes()
        header = _HEADER.pack(_MAGIC, spoken.rate, len(spoken.samples), crc32(content))
        if self._folder is not None:
            try:
                self._write(self._folder, self._path(key), header + content)
            except OSError as error:
                if self.check(key):
                    return
                reason = error.strerror or str(error)
                self._trouble = f"spoken sentences cannot be kept in {self._folder}: {reason}"
            else:
                return
        self._in_memory[key] = spoken

    def prune(self, in_use: Collection[str] = ()) -> None:
        """Remove the sentences used longest ago until the rest is small enough; those in use always stay."""
        if self._folder is None:
            return
        kept = sorted(_files(self._folder, _ENDING))
        newest = kept[-1][0] if kept else 0.0
        for used, _, path in _files(self._folder, _UNFINISHED):
            if used < newest - _FORGOTTEN:
                _remove(path)
        total = sum(size for _, size, _ in kept)
        for _, size, path in kept:
            if total <= self._limit:
                break
            if path.name.removesuffix(_ENDING) not in in_use and _remove(path):
                total -= size

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{key}{_ENDING}"

    def _header(self, key: str) -> tuple[int, int, int] | None:
        if self._folder is None:
            return None
        with suppress(OSError), self._path(key).open("rb") as file:
            return _read_header(file.read(_HEADER.size), os.fstat(file.fileno()).st_size)
        return None

    @staticmethod
    def _write(folder: Path, path: Path, content: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        import tempfile

        number, unfinished = tempfile.mkstemp(_UNFINISHED, dir=folder)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise


def _read_header(start: bytes, size: int) -> tuple[int, int, int] | None:
    """Take a header apart, unless it is not one or the file has another size than it says."""
    if len(start) < _HEADER.size:
        return None
    magic, rate, count, checksum = _HEADER.unpack(start)
    fits = magic == _MAGIC and 4_000 <= rate <= 192_000 and size == _HEADER.size + 2 * count
    return (rate, count, checksum) if fits else None


def _files(folder: Path, ending: str) -> list[tuple[float, int, Path]]:
    """When each was last used, its size, and where it is."""
    found: list[tuple[float, int, Path]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.name.endswith(ending) and entry.is_file():
                    state = entry.stat()
                    found.append((state.st_mtime, state.st_size, Path(entry.path)))
    return found


def _remove(path: Path) -> bool:
    """Remove a file; Windows keeps one that is being played, here or by another process."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _length(samples: int, rate: int) -> float:
    return samples * 1000 / rate
