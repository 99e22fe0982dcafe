"""Reads the settings without ever failing, and saves one without losing another."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prehab.config.kinds import Written
from prehab.config.locations import settings_file
from prehab.config.settings import BY_KEY, DEFAULTS, SPECS, Settings, Spec
from prehab.errors import UserError

MAX_BYTES = 256 * 1024
"""A settings file is at most this long."""

_TRIES = 100


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """Something in the settings file that is not taken."""

    key: str
    """Its table and name; empty when it is the whole file."""
    message: str
    hint: str
    line: int | None = None
    """Counted from one; `None` where it is not known."""

    def __str__(self) -> str:
        place = ":".join(filter(None, ("settings.toml", str(self.line or ""))))
        return f"{place}: {f'{self.key}: ' if self.key else ''}{self.message} ({self.hint})"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is set, and what of it could not be taken."""

    settings: Settings
    problems: tuple[SettingProblem, ...] = ()


def load_settings(path: Path | None = None) -> Loaded:
    """Read the settings; the default holds for everything that is missing or wrong."""
    try:
        table = _parse(_read(path or settings_file()))
    except _Unusable as unusable:
        return Loaded(DEFAULTS, (unusable.problem,))
    problems = list(_unknown(table))
    values: dict[str, Any] = {}
    for spec in SPECS:
        found = _find(table, spec)
        if found is None:
            continue
        try:
            values[spec.field] = spec.kind.read(found)
        except ValueError as error:
            hint = f"{spec.kind.spell(spec.default)} is used until then"
            problems.append(SettingProblem(spec.key, str(error), hint))
    return Loaded(Settings(**values), tuple(problems))


def save_setting(key: str, value: object, path: Path | None = None) -> None:
    """Keep one setting; everything else in the file stays as it is, comments and order included.

    Args:
        key: as in `Spec`.
        value: as the field of `Settings` holds it; `None` takes the setting out, so that its default holds.
        path: the file, if it is another one.

    Raises:
        UserError: if the value is not allowed, or the file cannot be read or written; it is then as it was.
    """
    path = path or settings_file()
    spec = BY_KEY[key]
    try:
        written = None if value is None else spec.kind.write(value)
        if written is not None:
            spec.kind.read(written)
        path.parent.mkdir(parents=True, exist_ok=True)
        _save(path, spec, written)
    except _Unusable as unusable:
        raise _cannot_save(
            key, str(unusable.problem), "correct the file first; it was left as it is"
        ) from None
    except ValueError as error:
        raise _cannot_save(key, str(error), f"every setting is explained in {path}") from None
    except OSError as error:
        why = f"{path}: {error.strerror or error}"
        raise _cannot_save(key, why, "make the file and its folder writable") from error


def _save(path: Path, spec: Spec, value: Written | None) -> None:
    from prehab.config.atomic import write_text
    from prehab.config.document import changed, template
    from prehab.config.locks import take

    # Whoever does not get the lock within a second goes on: it only guards against two changes at one moment.
    lock = take(path.with_name(f".{path.name}.lock"), _TRIES)
    try:
        text = _read(path)
        text = template() if text is None else text
        before = _parse(text)
        try:
            new = changed(text, spec, value)
        except ValueError as error:
            raise _Unusable(SettingProblem("", str(error), "move it to another place in the file")) from None
        _insist(before, _parse(new), spec, value)
        write_text(path, new)
    finally:
        if lock is not None:
            lock.release()


def _insist(before: dict[str, Any], after: dict[str, Any], spec: Spec, value: Written | None) -> None:
    """Refuse a text that says anything else than the one before and the one change."""
    expected = {other.key: _find(before, other) for other in SPECS} | {spec.key: value}
    if expected != {other.key: _find(after, other) for other in SPECS}:
        raise _Unusable(
            SettingProblem(spec.key, "it can't be changed without changing others", "edit the file")
        )


class _Unusable(Exception):
    """A file that says nothing."""

    def __init__(self, problem: SettingProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _read(path: Path) -> str | None:
    """The text of the file, or `None` if there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _Unusable(SettingProblem("", "is not a file", "move it away; the defaults are used"))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = f"can't be read: {(error.strerror or str(error)).lower()}"
        raise _Unusable(SettingProblem("", why, "the defaults are used")) from None
    if len(raw) > MAX_BYTES:
        raise _Unusable(SettingProblem("", "is longer than 256 KiB", "the defaults are used"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unusable(
            SettingProblem("", "is not UTF-8", "save it as UTF-8; the defaults are used")
        ) from None


def _parse(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        line: int | None = getattr(error, "lineno", None)
        why = getattr(error, "msg", str(error))
        raise _Unusable(SettingProblem("", f"not TOML: {why}", "the defaults are used", line)) from None
    except (RecursionError, ValueError) as error:
        raise _Unusable(SettingProblem("", f"not TOML: {error}", "the defaults are used")) from None


def _find(table: Mapping[str, Any], spec: Spec) -> Any:
    found: Any = table
    for name in spec.path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def _unknown(table: Mapping[str, Any]) -> Iterator[SettingProblem]:
    names = {spec.path for spec in SPECS}
    tables = {path[0] for path in names}
    whole = {path[0] for path in names if len(path) == 1}
    for section, content in table.items():
        if section in whole:
            continue
        if section not in tables or not isinstance(content, Mapping):
            yield _no_such(section)
            continue
        yield from (_no_such(f"{section}.{name}") for name in content if (section, name) not in names)


def _no_such(key: str) -> SettingProblem:
    from difflib import get_close_matches

    ends = {spec.path[-1]: spec.key for spec in reversed(SPECS)}
    sections = {spec.path[0] for spec in SPECS}
    near = get_close_matches(key, [*BY_KEY, *sections], 1) or get_close_matches(key.split(".")[-1], ends, 1)
    hint = f"did you mean {ends.get(near[0], near[0])!r}?" if near else "prehab does not know it"
    return SettingProblem(key, "no such setting", hint)


def _cannot_save(key: str, why: str, hint: str) -> UserError:
    return UserError(f"{key} can't be saved", why, hint)
