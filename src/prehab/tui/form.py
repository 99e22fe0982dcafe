"""A run as a form: what each line holds, how a key changes it, and what becomes of it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from prehab.domain.diary import MAX_DISTANCE, MAX_DURATION, Amount, Diary, Run, Surface
from prehab.domain.duration import HOUR, MINUTE, SECOND, Millis, clock_face

UNKNOWN = "–"
_SURFACES = tuple(Surface)
_AMOUNTS = tuple(Amount)
_DIGITS = "0123456789"
_LONGEST_TEXT = 200
_STEP_M = 100
_STEP_SHARE = 10


class Field(Enum):
    """The lines of the form, in their order."""

    DAY = "Day"
    TIME = "Began at"
    DISTANCE = "Distance"
    DURATION = "Duration"
    SURFACE = "Surface"
    CONCRETE = "of it concrete"
    ASPHALT = "of it asphalt"
    TRACK = "of it track"
    TRAIL = "of it trail"
    GRASS = "of it grass"
    TREADMILL = "of it treadmill"
    EFFORT = "Effort"
    HILLS = "Hills"
    SHOES = "Shoes"
    WARM_UP = "Warm-up"
    STRETCH = "Stretch after"
    NOTE = "Note"


_SHARES: Mapping[Field, Surface] = {Field[one.name]: one for one in _SURFACES if one is not Surface.MIXED}
"""The lines of a mixed run."""
_TYPED: Mapping[Field, tuple[str, int]] = {
    Field.TIME: (_DIGITS + ":", 5),
    Field.DISTANCE: (_DIGITS + ".,", 6),
    Field.DURATION: (_DIGITS + ":", 7),
    **dict.fromkeys(_SHARES, (_DIGITS, 3)),
}
"""Lines that are typed: which characters, and how many at most."""
_TEXTS = (Field.SHOES, Field.NOTE)
_CHOSEN = {
    Field.SURFACE: tuple(one.value for one in _SURFACES),
    Field.WARM_UP: tuple(one.value for one in _AMOUNTS),
    Field.STRETCH: tuple(one.value for one in _AMOUNTS),
    Field.HILLS: ("yes", "no"),
}
"""Lines of which a digit chooses a value."""


@dataclass(frozen=True, slots=True)
class Form:
    """A run that is being told of."""

    run: Run
    today: datetime
    """The moment the form was opened; no run is later."""
    shoes: tuple[tuple[str, int], ...] = ()
    """The pairs that are known, the last one first, with their metres so far."""
    ends_now: bool = False
    """Whether nobody said when it began: then it ends now."""
    typing: tuple[Field, str] | None = None
    """The line that is being typed and what was typed so far, which need not make sense yet."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The lines that there are: shares are asked of mixed runs only."""
        return tuple(one for one in Field if one not in _SHARES or self.run.surface is Surface.MIXED)

    @property
    def began(self) -> datetime:
        """When the run began."""
        return datetime.fromisoformat(self.run.started_at.written)

    def shown(self, field: Field) -> str:
        """The value of a line, as a person reads it."""
        if self.typing is not None and self.typing[0] is field:
            return f"{self.typing[1]}▏{_UNITS.get(field, '')}"
        return self._shown_share(field) if field in _SHARES else _SHOWN[field](self)

    def hint(self, field: Field) -> str:
        """Which keys change a line."""
        if field in _CHOSEN:
            listed = ", ".join(f"{number} {word}" for number, word in enumerate(_CHOSEN[field], 1))
            return f"{listed}. Backspace: not known."
        if field is Field.SHOES and (so_far := dict(self.shoes).get(self.run.shoes or "")) is not None:
            return f"{so_far / 1000:.0f} km so far. {_HINTS[field]}"
        return self._hint_of_shares() if field in _SHARES else _HINTS[field]

    # Keys

    def typed(self, field: Field, character: str) -> Form | None:
        """What a character makes of a line; `None` where it means nothing there."""
        if field in _CHOSEN:
            choices = _CHOSEN[field]
            if character not in _DIGITS[1 : len(choices) + 1]:
                return None
            return self._choose(field, int(character) - 1)
        if field is Field.EFFORT:
            return self._with(effort=int(character) or 10) if character in _DIGITS else None
        if field in _TEXTS:
            written = self.run.shoes or "" if field is Field.SHOES else self.run.note
            return self._write(field, (written + character)[:_LONGEST_TEXT])
        if field not in _TYPED or character not in _TYPED[field][0]:
            return None
        before = self.typing[1] if self.typing is not None and self.typing[0] is field else ""
        if len(before) >= _TYPED[field][1]:
            return self
        return replace(self, typing=(field, before + character))

    def erased(self, field: Field) -> Form:
        """One character less where there is text; else the line is not known any more."""
        if self.typing is not None and self.typing[0] is field and self.typing[1]:
            return replace(self, typing=(field, self.typing[1][:-1]))
        if field in _TEXTS:
            written = self.run.shoes or "" if field is Field.SHOES else self.run.note
            return self._write(field, written[:-1])
        if field in _SHARES:
            return self._with_share(field, 0)
        if field in _FORGOTTEN:
            return replace(self, run=_FORGOTTEN[field](self.run), typing=None)
        return replace(self, typing=None)

    def stepped(self, field: Field, by: int) -> Form:
        """The next value of a line, or the one before."""
        form = self.left(field)
        if field in _CHOSEN:
            return form._choose(field, form._place(field, by))
        if field in _SHARES:
            return form._with_share(field, form._share(field) + by * _STEP_SHARE)
        return _STEPS[field](form, by) if field in _STEPS else form

    def left(self, field: Field) -> Form:
        """The cursor leaves a line: what was typed there counts, unless it makes no sense."""
        if self.typing is None or self.typing[0] is not field:
            return self
        text = self.typing[1]
        form = replace(self, typing=None)
        if field is Field.TIME and (moment := _time(text)) is not None:
            return form._at(form.began.replace(hour=moment[0], minute=moment[1], second=0, microsecond=0))
        if field is Field.DISTANCE and (metres := _metres(text)) is not None:
            return form._with(distance_m=_within(metres, MAX_DISTANCE))
        if field is Field.DURATION and (length := _length(text)) is not None:
            return form._lasting(length)
        return form._with_share(field, int(text)) if field in _SHARES and text else form

    # Values

    def _with(self, **changed: object) -> Form:
        return replace(self, run=replace(self.run, **changed), typing=None)  # type: ignore[arg-type]

    def _write(self, field: Field, text: str) -> Form:
        return self._with(shoes=text or None) if field is Field.SHOES else self._with(note=text)

    def _place(self, field: Field, by: int) -> int:
        now = _SHOWN[field](self)
        choices = _CHOSEN[field]
        at = choices.index(now) if now in choices else -1 if by > 0 else 0
        return (at + by) % len(choices)

    def _choose(self, field: Field, place: int) -> Form:
        if field is Field.SURFACE:
            surface = _SURFACES[place]
            shares = self.run.shares if surface is Surface.MIXED else ()
            return self._with(surface=surface, shares=shares)
        if field is Field.HILLS:
            return self._with(hills=place == 0)
        amount = _AMOUNTS[place]
        return self._with(warm_up=amount) if field is Field.WARM_UP else self._with(stretch=amount)

    def _at(self, began: datetime) -> Form:
        """Move the run; no run is yet to come."""
        from prehab.history.instants import instant_of

        local = began.replace(tzinfo=None).astimezone() if self._is_here else began
        moment = instant_of(min(local, self.today))
        return replace(self._with(started_at=moment), ends_now=False)

    @property
    def _is_here(self) -> bool:
        """Whether the clock of this machine tells the offset of other days, as summer time needs."""
        return self.today.astimezone().utcoffset() == self.today.utcoffset()

    def _day(self, by: int) -> Form:
        return self._at(self.began + timedelta(days=by))

    def _minutes(self, by: int) -> Form:
        return self._at(self.began + timedelta(minutes=5 * by))

    def _metre(self, by: int) -> Form:
        return self._with(distance_m=_within((self.run.distance_m or 0) + by * _STEP_M, MAX_DISTANCE))

    def _longer(self, by: int) -> Form:
        return self._lasting(Millis((self.run.duration_ms or 0) + by * MINUTE))

    def _lasting(self, length: Millis) -> Form:
        """A run of that length; one that just ended began so long ago."""
        known = _within(length, MAX_DURATION)
        form = self._with(duration_ms=known)
        if not self.ends_now or known is None:
            return form
        return replace(form._at(self.today - timedelta(milliseconds=length)), ends_now=True)

    def _harder(self, by: int) -> Form:
        return self._with(effort=max(1, min(10, (self.run.effort or 5) + by)))

    def _other_shoes(self, by: int) -> Form:
        if not self.shoes:
            return self
        names = [name for name, _ in self.shoes]
        at = names.index(self.run.shoes) if self.run.shoes in names else -1 if by > 0 else 0
        return self._with(shoes=names[(at + by) % len(names)])

    def _share(self, field: Field) -> int:
        return dict(self.run.shares).get(_SHARES[field], 0)

    @property
    def _shared(self) -> int:
        return sum(share for _, share in self.run.shares)

    def _with_share(self, field: Field, wanted: int) -> Form:
        """So many per cent of one surface, as far as the others leave room for it; none is not known."""
        if self.run.surface is not Surface.MIXED:
            return replace(self, typing=None)
        room = 100 - self._shared + self._share(field)
        shares = {**dict(self.run.shares), _SHARES[field]: max(0, min(room, wanted))}
        return self._with(shares=tuple((one, shares[one]) for one in _SHARES.values() if shares.get(one)))

    def _shown_share(self, field: Field) -> str:
        return f"{self._share(field)} %" if self._share(field) else UNKNOWN

    def _hint_of_shares(self) -> str:
        left = 100 - self._shared
        open_ = f"{left} % are still open" if left else "that is all of it"
        return f"Type per cent, or ← → ten; {open_}. Half concrete or more counts as a run on concrete."


def _shown_day(form: Form) -> str:
    away = form.today.toordinal() - form.began.toordinal()
    near = {0: "today", 1: "yesterday"}.get(away)
    return (
        f"{near}, {form.began:%a} {form.began.day} {form.began:%b}"
        if near
        else (f"{form.began:%a} {form.began.day} {form.began:%b %Y}")
    )


def _hills(run: Run) -> str:
    return UNKNOWN if run.hills is None else "yes" if run.hills else "no"


_SHOWN: Mapping[Field, Callable[[Form], str]] = {
    Field.DAY: _shown_day,
    Field.TIME: lambda form: f"{form.began.hour}:{form.began:%M}",
    Field.DISTANCE: lambda form: (
        UNKNOWN if form.run.distance_m is None else f"{form.run.distance_m / 1000:g} km"
    ),
    Field.DURATION: lambda form: UNKNOWN if form.run.duration_ms is None else _face(form.run.duration_ms),
    Field.SURFACE: lambda form: form.run.surface.value if form.run.surface else UNKNOWN,
    Field.EFFORT: lambda form: UNKNOWN if form.run.effort is None else f"{form.run.effort} of 10",
    Field.HILLS: lambda form: _hills(form.run),
    Field.SHOES: lambda form: form.run.shoes or UNKNOWN,
    Field.WARM_UP: lambda form: form.run.warm_up.value if form.run.warm_up else UNKNOWN,
    Field.STRETCH: lambda form: form.run.stretch.value if form.run.stretch else UNKNOWN,
    Field.NOTE: lambda form: form.run.note or UNKNOWN,
}
_UNITS = {Field.DISTANCE: " km", Field.DURATION: " min", **dict.fromkeys(_SHARES, " %")}
_HINTS: Mapping[Field, str] = {
    Field.DAY: "← → another day.",
    Field.TIME: "Type it as in 7:30, or ← → five minutes.",
    Field.DISTANCE: "Type kilometres as in 5.2, or ← → 100 m. Backspace: not known.",
    Field.DURATION: "Type minutes, or 31:20; ← → one minute. Backspace: not known.",
    Field.EFFORT: "1 to 9, 0 for 10: how hard it was. Backspace: not known.",
    Field.SHOES: "Type a name, or ← → the pairs you have run in.",
    Field.NOTE: "Whatever else there is to say.",
}
_FORGOTTEN: Mapping[Field, Callable[[Run], Run]] = {
    Field.DISTANCE: lambda run: replace(run, distance_m=None),
    Field.DURATION: lambda run: replace(run, duration_ms=None),
    Field.SURFACE: lambda run: replace(run, surface=None, shares=()),
    Field.EFFORT: lambda run: replace(run, effort=None),
    Field.HILLS: lambda run: replace(run, hills=None),
    Field.WARM_UP: lambda run: replace(run, warm_up=None),
    Field.STRETCH: lambda run: replace(run, stretch=None),
}
"""How a line becomes unknown, which is not the same as no."""
_STEPS: Mapping[Field, Callable[[Form, int], Form]] = {
    Field.DAY: Form._day,
    Field.TIME: Form._minutes,
    Field.DISTANCE: Form._metre,
    Field.DURATION: Form._longer,
    Field.EFFORT: Form._harder,
    Field.SHOES: Form._other_shoes,
}


def _face(length: Millis) -> str:
    whole = Millis(length // SECOND * SECOND)
    return f"{whole // MINUTE} min" if whole % MINUTE == 0 and whole < HOUR else clock_face(whole)


def _time(text: str) -> tuple[int, int] | None:
    hours, colon, minutes = text.partition(":")
    if not colon:
        digits = text if len(text) > 2 else f"{text}00"
        hours, minutes = digits[:-2], digits[-2:]
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        return None
    return int(hours), int(minutes)


def _within(value: int, most: int) -> int | None:
    """A length that a run may have; what is none is not known."""
    return min(value, most) if value > 0 else None


def _metres(text: str) -> int | None:
    try:
        return round(float(text.replace(",", ".")) * 1000) if text else None
    except ValueError:
        return None


def _length(text: str) -> Millis | None:
    """Minutes, or what a watch shows: `31:20`, `1:02:30`."""
    parts = text.split(":")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return Millis(numbers[0] * MINUTE)
    if any(number > 59 for number in numbers[1:]):
        return None
    whole = 0
    for number in numbers:
        whole = whole * 60 + number
    return Millis(whole * SECOND)


def known_shoes(diary: Diary) -> tuple[tuple[str, int], ...]:
    """The pairs that were run in, the last one first, with their metres so far."""
    so_far = diary.shoes_so_far()
    return tuple(
        (name, so_far[name]) for name in dict.fromkeys(run.shoes for run in reversed(diary.runs)) if name
    )
