"""Timing whole commands fairly: interleaved, so that a busy moment of the machine hits all of them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, at the median of its runs."""

    wall_ms: float
    cpu_ms: float


def commands(
    named: Mapping[str, Sequence[str]], runs: int, env: Mapping[str, str] | None = None
) -> dict[str, Cost]:
    """Run each command so many times, in turn; each is run once before, to fill caches."""
    times: dict[str, list[Cost]] = {name: [] for name in named}
    for turn in range(runs + 1):
        for name, words in named.items():
            cost = _once(words, env)
            if turn:
                times[name].append(cost)
    return {
        name: Cost(median(cost.wall_ms for cost in costs), median(cost.cpu_ms for cost in costs))
        for name, costs in times.items()
    }


def _once(words: Sequence[str], env: Mapping[str, str] | None) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(
        list(words),
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **(env or {})},
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall * 1000, cpu * 1000)


def heading(text: str) -> None:
    """Name what the next rows measure."""
    print(f"\n{text}\n{'─' * len(text)}", flush=True)


def row(what: str, measured: str, budget: str, holds: bool) -> None:
    """One line: what, how much, how much at most, and whether it holds."""
    print(f"{what:<52} {measured:>22}  {budget:>16}  {'ok' if holds else 'OVER'}", flush=True)
