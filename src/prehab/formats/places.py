"""Where in a file a key and its value stand, read off a syntax tree; loaded only when there is a problem.

A place is never made up: what has none of its own, such as a missing key, stands at the table it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import tomli
from tree_sitter import Language, Node, Parser, Tree
from tree_sitter_toml import language

from prehab.formats.findings import Path

_DEEPEST = 8
"""No key that the format knows lies deeper; what does is reported at the table that holds it."""
_ESCAPE = re.compile(rb"\\(?:(e)|(x[0-9A-Fa-f]{2})|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line, counted from 1 in characters."""

    line: int
    column: int
    width: int = 1


class Places:
    """The places of everything in a text that the TOML reader has accepted as `tables`."""

    def __init__(self, source: str, tables: Mapping[str, object]) -> None:
        self._text = _Text(source)
        self._keys: dict[Path, Node] = {}
        self._values: dict[Path, tuple[Node, Node]] = {}
        self._lengths: dict[Path, int] = {}
        tree = _parse(self._text.raw)
        for part in tree.root_node.named_children:
            if part.type == "pair":
                self._read_pair(part, ())
            elif part.type in ("table", "table_array_element"):
                self._read_table(part)
        # The grammar is that of TOML 1.0; where 1.1 has thrown it, it may have lost a table and miscounted.
        if tree.root_node.has_error and self._values.keys() != set(_paths(tables)):
            self._keys, self._values = {}, {}

    def find(self, path: Path, *, on_key: bool = False) -> Span:
        """The place of a value, or of its key, or of the nearest table above it that has one."""
        if on_key and (key := self._keys.get(path)) is not None:
            return self._text.span(key, key)
        for length in range(len(path), 0, -1):
            if (value := self._values.get(path[:length])) is not None:
                return self._text.span(*value)
        return Span(1, 1)

    def _read_table(self, table: Node) -> None:
        """Note a header, the tables it implies, and the pairs below it."""
        parts = _key_parts(table.named_children[0])[:_DEEPEST]
        header = (table.children[0], table.children[2])
        path: Path = ()
        for number, part in enumerate(parts, 1):
            path = (*path, self._text.key(part))
            self._keys.setdefault(path, part)
            if table.type == "table_array_element" and number == len(parts):
                self._lengths[path] = self._lengths.get(path, 0) + 1
            if path in self._lengths:
                self._values.setdefault(path, header)
                path = (*path, self._lengths[path] - 1)
            self._values.setdefault(path, header)
        self._values[path] = header
        for pair in table.named_children[1:]:
            if pair.type == "pair":
                self._read_pair(pair, path)

    def _read_pair(self, pair: Node, base: Path) -> None:
        """Note a pair and all that its value holds, by a list and not by calls: files nest deep."""
        waiting: list[tuple[Path, Node]] = [self._enter(pair, base)]
        while waiting:
            path, value = waiting.pop()
            if len(path) > _DEEPEST:
                continue
            self._values[path] = (value, value)
            if value.type == "inline_table":
                waiting += [
                    self._enter(inner, path) for inner in value.named_children if inner.type == "pair"
                ]
            elif value.type == "array":
                items = [item for item in value.named_children if item.type not in ("comment", "ERROR")]
                waiting += [((*path, index), item) for index, item in enumerate(items)]

    def _enter(self, pair: Node, base: Path) -> tuple[Path, Node]:
        """Note the key of a pair, dotted or not, and hand back where it leads."""
        key, value = pair.named_children[:2]
        path = base
        for part in _key_parts(key)[: _DEEPEST + 1]:
            path = (*path, self._text.key(part))
            self._keys.setdefault(path, part)
            if len(path) <= _DEEPEST:
                self._values.setdefault(path, (part, part))
        return path, value


class _Text:
    """The bytes that the tree counts in, and the way back to characters."""

    def __init__(self, source: str) -> None:
        self.raw = source.encode()
        self._lines = self.raw.split(b"\n")

    def key(self, part: Node) -> str:
        """Read one part of a key as the TOML reader does."""
        written = self.raw[part.start_byte : part.end_byte].decode()
        return written if part.type == "bare_key" else next(iter(tomli.loads(f"{written}=0")))

    def span(self, first: Node, last: Node) -> Span:
        """Count in characters; a stretch of several lines is its first."""
        row, start = first.start_point
        line = self._lines[row].removesuffix(b"\r")
        end = last.end_point[1] if last.end_point[0] == row else len(line)
        return Span(row + 1, len(line[:start].decode()) + 1, max(1, len(line[start:end].decode())))


def statement_before(source: str, position: int) -> Span | None:
    """The key or header of the statement that ends at a position: the TOML reader blames its end."""
    text = _Text(source)
    at = max(0, len(source[:position].encode()) - 1)
    node = _parse(text.raw).root_node.descendant_for_byte_range(at, at)
    while node is not None and node.type not in ("pair", "table", "table_array_element"):
        node = node.parent
    return text.span(node.named_children[0], node.named_children[0]) if node is not None else None


def _parse(raw: bytes) -> Tree:
    # The escapes that came with TOML 1.1 would make an error of the string; others as long stand in for them.
    known = _ESCAPE.sub(
        lambda found: rb"\t" if found[1] else rb"\\" + found[2][1:] if found[2] else found[0], raw
    )
    return Parser(Language(language())).parse(known)


def _key_parts(key: Node) -> list[Node]:
    """Open a dotted key, whose tree leans to the left."""
    parts = []
    while key.type == "dotted_key":
        key, last = key.named_children[:2]
        parts.append(last)
    return [key, *reversed(parts)]


def _paths(tables: Mapping[str, object]) -> Iterator[Path]:
    """Every path that a text of these tables has a place for."""
    waiting: list[tuple[Path, object]] = [((), tables)]
    while waiting:
        path, value = waiting.pop()
        if path:
            yield path
        if len(path) < _DEEPEST and isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif len(path) < _DEEPEST and isinstance(value, list):
            waiting += [((*path, index), inner) for index, inner in enumerate(value)]
