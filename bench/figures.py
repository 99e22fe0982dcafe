"""What a moving picture costs: time to draw it, and bytes to the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from statistics import median

from bench.measure import heading, row

from prehab.figures.animation import Animation
from prehab.figures.cost import bytes_sent
from prehab.figures.draw import draw
from prehab.figures.figure import Figure
from prehab.figures.library import Library
from prehab.figures.motion import cycle_of

SIZES = ((34, 12), (46, 20), (60, 24))
STEP_MS = 30_000
"""How long a usual step shows one figure."""


def main() -> None:
    """Print the rows of the figures."""
    heading("figures (CPU, best of several runs; bytes counted, not sent)")
    library = Library()
    figures = [figure for name in library.names() if (figure := library.find(name)) is not None]
    read = best(lambda: [Library().find(name) for name in library.names()], 2)
    row(f"reading and checking {len(figures)} figures", f"{read:.0f} ms", "", True)
    for size in SIZES:
        one = median(best(partial(draw, figure, 0, *size), 3) for figure in figures)
        row(f"one picture at {spelled(size)}", f"{one:.1f} ms", "", True)
    cycles = {figure.name: best(partial(cycle_drawn, figure), 2) for figure in figures}
    worst = max(cycles, key=cycles.__getitem__)
    share = cycles[worst] / STEP_MS * 100
    row(f"a whole cycle at 60x24 ({worst})", f"{cycles[worst]:.0f} ms", "", True)
    row("the same of one core in a step of 30 s", f"{share:.2f} %", "at most 2 %", share <= 2)
    for size in SIZES:
        for moves, budget in ((True, 6000), (False, 2500)):
            some = [figure for figure in figures if figure.moves is moves]
            rates = {figure.name: bytes_a_second(figure, *size) for figure in some}
            most = max(rates, key=rates.__getitem__)
            what = f"{'moving' if moves else 'breathing'} at {spelled(size)}, most ({most})"
            limit = f"at most {budget / 1000:g} kB/s"
            row(what, f"{rates[most] / 1000:.1f} kB/s", limit, rates[most] <= budget)


def spelled(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def cycle_drawn(figure: Figure) -> int:
    """Draw every picture of a figure at a large size."""
    return len(Animation(figure, 60, 24).frames())


def best(action: Callable[[], object], runs: int) -> float:
    """The CPU time in milliseconds of the quickest run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times) * 1000


def bytes_a_second(figure: Figure, width: int, height: int) -> float:
    """What a terminal is sent when only the cells that change are painted again."""
    frames = Animation(figure, width, height).frames()
    return (
        sum(bytes_sent(before, after) for before, after in pairwise([*frames, frames[0]]))
        * 1000
        / cycle_of(figure)
    )


if __name__ == "__main__":
    main()
