"""Sessions as JSON text straight from their rows: no records are made in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring, encode_basestring_ascii

from prehab.errors import UNPRINTABLE
from prehab.history.rows import STEPS
from prehab.history.store import Store

_Quote = Callable[[str], str]

_REMEMBERED = 16_384
"""So many different steps are not written a second time; most sessions of a person are made of the same."""

_ROWS = f"""
    SELECT id, routine, name, started_at, ended_at, outcome, coalesce(level_ms, 'null'),
        coalesce(rpe, 'null'), coalesce(pain_before, 'null'), coalesce(pain, 'null'),
        CASE flare WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END,
        note, coalesce(planned_ms, 'null'), {STEPS}
    FROM session"""


def newest_first(store: Store, limit: int | None = None) -> Iterator[str]:
    """Every session, or the newest, as a person reads them: letters stay letters.

    What a terminal would act on is spelled out.
    """
    most = -1 if limit is None else limit
    return _texts(store, "ORDER BY started_ms DESC, id DESC LIMIT ?", most, quote=_readable)


def oldest_first(store: Store) -> Iterator[str]:
    """Every session in plain ASCII, which no way of sending can spoil."""
    return _texts(store, "ORDER BY started_ms, id", quote=encode_basestring_ascii)


def _texts(store: Store, order: str, *values: object, quote: _Quote) -> Iterator[str]:
    quote = lru_cache(maxsize=_REMEMBERED)(quote)
    written = _Written(quote)
    for row in store.rows(f"{_ROWS} {order}", *values):
        (
            id_,
            routine,
            name,
            started,
            ended,
            outcome,
            level,
            rpe,
            before,
            pain,
            flare,
            note,
            planned,
            packed,
        ) = row
        ended = "null" if ended is None else f'"{ended}"'
        steps = ", ".join(map(written.__getitem__, packed.split("\x1e"))) if packed else ""
        yield (
            f'{{"kind": "session", "id": "{id_}", "routine": {quote(routine)}, "name": {quote(name)},'
            f' "started_at": "{started}", "ended_at": {ended}, "outcome": "{outcome}",'
            f' "level_ms": {level}, "rpe": {rpe}, "pain_before": {before}, "pain": {pain},'
            f' "flare": {flare}, "note": {quote(note)}, "planned_ms": {planned}, "steps": [{steps}]}}'
        )


class _Written(dict[str, str]):
    """The text of each packed step that was met."""

    def __init__(self, quote: _Quote) -> None:
        super().__init__()
        self._quote = quote

    def __missing__(self, packed: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        step, name, side, set_, round_, planned, held, outcome = packed.split("\x1f")
        side = f'"{side}"' if side else "null"
        self[packed] = text = (
            f'{{"step": {self._quote(step)}, "name": {self._quote(name)},'
            f' "side": {side}, "set": {set_}, "round": {round_},'
            f' "planned_ms": {planned or "null"}, "held_ms": {held}, "outcome": "{outcome}"}}'
        )
        return text


def _readable(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", encode_basestring(text))
