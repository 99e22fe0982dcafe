"""Runs and soreness scores as JSON objects and back; what comes from outside is checked here."""

from __future__ import annotations

from collections.abc import Mapping

from prehab.domain.diary import (
    MAX_DISTANCE,
    MAX_DURATION,
    SORE_AREAS,
    Amount,
    Place,
    Run,
    Soreness,
    Surface,
    When,
)
from prehab.domain.duration import Millis
from prehab.domain.records import Instant
from prehab.domain.routine import MAX_NAME
from prehab.history.fields import Fields, WrongValues
from prehab.history.store import MAX_NOTE

_NEVER = Instant("", Millis(0), 0)
_RUN_KEYS = (
    "id", "started_at", "distance_m", "duration_ms", "surface", "effort", "hills", "shoes", "warm_up",
    "stretch", "note",
)  # fmt: skip
_SORENESS_KEYS = ("id", "at", "area", "when", "score")


def run_to_json(run: Run) -> dict[str, object]:
    """Write a run with every key that the exchange form has; the shares only where they are known."""
    written: dict[str, object] = {
        "kind": "run",
        "id": run.id,
        "started_at": run.started_at.written,
        "distance_m": run.distance_m,
        "duration_ms": run.duration_ms,
        "surface": run.surface and run.surface.value,
        "effort": run.effort,
        "hills": run.hills,
        "shoes": run.shoes,
        "warm_up": run.warm_up and run.warm_up.value,
        "stretch": run.stretch and run.stretch.value,
        "note": run.note,
    }
    if run.shares:
        shares = [{"surface": surface.value, "percent": share} for surface, share in run.shares]
        written["shares"] = shares
    return written


def run_from_json(table: Mapping[str, object]) -> Run:
    """Read a run; every key but its id and its time may be missing or null, which is unknown.

    Raises:
        WrongValues: if it is not one; all that is wrong is in the message.
    """
    fields = Fields(table)
    fields.known("kind", *_RUN_KEYS, "shares")
    run = Run(
        id=fields.uuid("id"),
        started_at=fields.instant("started_at", required=True) or _NEVER,
        distance_m=fields.whole("distance_m", 0, MAX_DISTANCE),
        duration_ms=fields.span("duration_ms", MAX_DURATION),
        surface=fields.choice("surface", Surface),
        shares=tuple(_share(share) for share in fields.tables("shares", len(Surface))),
        effort=fields.whole("effort", 1, 10),
        hills=fields.truth("hills"),
        shoes=fields.text("shoes", MAX_NAME) or None,
        warm_up=fields.choice("warm_up", Amount),
        stretch=fields.choice("stretch", Amount),
        note=fields.text("note", MAX_NOTE),
    )
    fields.finish()
    if why := wrong_shares(run):
        raise WrongValues(f"shares: {why}")
    return run


def wrong_shares(run: Run) -> str:
    """What is wrong with how much of a run was on what; empty where nothing is."""
    if run.shares and run.surface is not Surface.MIXED:
        return "only a mixed run has them"
    surfaces = [surface for surface, _ in run.shares]
    if Surface.MIXED in surfaces or len(set(surfaces)) < len(surfaces):
        return "each surface once, and none of them mixed"
    if sum(share for _, share in run.shares) > 100:
        return "more than 100 per cent"
    return ""


def _share(fields: Fields) -> tuple[Surface, int]:
    fields.known("surface", "percent")
    surface = fields.choice("surface", Surface, required=True) or Surface.MIXED
    return surface, fields.whole("percent", 1, 100, required=True) or 1


def soreness_to_json(entry: Soreness) -> dict[str, object]:
    """Write a score with every key that the exchange form has; the side only where it is known."""
    written: dict[str, object] = {
        "kind": "soreness",
        "id": entry.id,
        "at": entry.at.written,
        "area": entry.area,
        "when": entry.when and entry.when.value,
        "score": entry.score,
    }
    if entry.side is not None:
        written["side"] = entry.side.value
    return written


def soreness_from_json(table: Mapping[str, object]) -> Soreness:
    """Read a score; where `when` is missing the runs of the diary tell it, each time it is asked.

    Raises:
        WrongValues: if it is not one; all that is wrong is in the message.
    """
    fields = Fields(table)
    fields.known("kind", *_SORENESS_KEYS, "side")
    area = fields.name("area", MAX_NAME)
    score = fields.whole("score", 0, 10, required=True)
    entry = Soreness(
        id=fields.uuid("id"),
        at=fields.instant("at", required=True) or _NEVER,
        area=area,
        score=score or 0,
        when=fields.choice("when", When),
        side=fields.choice("side", Place),
    )
    fields.finish()
    if area not in SORE_AREAS:
        raise WrongValues(f"area: {area!a} is none of {', '.join(SORE_AREAS)}")
    return entry
