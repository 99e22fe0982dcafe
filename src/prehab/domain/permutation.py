"""How far two groups of a few scores differ, and how sure that is: a permutation test made an interval.

Relabelling the runs in every possible way needs no assumption about how scores are spread, and keeps its
promise with five runs in a group, where a bootstrap raises false alarms. What a relabelling comes to depends
only on its sum and on how many runs keep their group, so ways are counted instead of listed: one big number
holds, in slots, how many ways there are to each sum.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

SCALE = 10
"""The interval is looked for among differences of at most so many points either way."""
STEPS = 10
"""So many shifts are tried for each point."""
EXACT_UP_TO = 80
"""Up to so many runs every relabelling counts; with more, some drawn at random."""
DRAWN = 10_000

_SEED = 8
_ONE_IN = 20
"""A shift is kept when more than one relabelling in so many is as far from it."""

Ways = Mapping[tuple[int, int], int]
"""How many relabellings keep so many of the first group in it, and give it such a sum."""


def difference(group: Sequence[int], others: Sequence[int]) -> float:
    """The mean of the group less the mean of the others."""
    return sum(group) / len(group) - sum(others) / len(others)


def interval(group: Sequence[int], others: Sequence[int]) -> tuple[float, float]:
    """The lowest and the highest true difference, to a tenth, that the scores do not speak against (95 %)."""
    return _interval(group, others, relabellings(group, others))


def p_value(group: Sequence[int], others: Sequence[int]) -> float:
    """The share of relabellings in which the groups are at least as far apart as they are."""
    ways = relabellings(group, others)
    apart = abs(_apart(group, others, sum(group)))
    as_far = sum(count for (_, total), count in ways.items() if abs(_apart(group, others, total)) >= apart)
    return as_far / sum(ways.values())


def relabellings(group: Sequence[int], others: Sequence[int]) -> Ways:
    """Every way of dealing the runs out to two groups of the same sizes, or a fair sample of very many."""
    if len(group) + len(others) <= EXACT_UP_TO:
        return counted(group, others)
    return drawn(group, others)


def counted(group: Sequence[int], others: Sequence[int]) -> Ways:
    """Count every relabelling, without going through them one by one."""
    width = (len(group) + len(others)) // 8 + 1
    stay = _choices(group, len(group), width)
    come = _choices(others, len(group), width)
    ways = {}
    for kept in range(len(group) + 1):
        for total, count in _slots(stay[kept] * come[len(group) - kept], width):
            ways[kept, total] = count
    return ways


def drawn(group: Sequence[int], others: Sequence[int]) -> Ways:
    """Draw relabellings at random, the same ones each time; the true labels are among them."""
    both, size = (*group, *others), len(group)
    planes = [
        sum((value >> power & 1) << place for place, value in enumerate(both))
        for power in range(max(both).bit_length())
    ]
    before = (1 << size) - 1
    ways: Counter[tuple[int, int]] = Counter([(size, sum(group))])
    for places in _draws(len(both), size):
        total = sum((places & plane).bit_count() << power for power, plane in enumerate(planes))
        ways[(places & before).bit_count(), total] += 1
    return ways


@lru_cache(maxsize=1)
def _draws(count: int, size: int) -> tuple[int, ...]:
    """So many places out of all, many times over, each time as the bits of a number."""
    chance = random.Random(_SEED)
    return tuple(_some(chance, count, size) for _ in range(DRAWN - 1))


def _some(chance: random.Random, count: int, size: int) -> int:
    """Choose so many places: toss a coin for each, then right the number of them by single ones.

    No place is treated unlike another, so all choices are as likely; long diaries need it to be quick.
    """
    heads = size * 256 // count
    chosen = 0
    for power in range(8):
        tossed = chance.getrandbits(count)
        chosen = chosen | tossed if heads >> power & 1 else chosen & tossed
    missing = size - chosen.bit_count()
    while missing:
        place = 1 << chance.randrange(count)
        if missing > 0 and not chosen & place:
            chosen, missing = chosen | place, missing - 1
        elif missing < 0 and chosen & place:
            chosen, missing = chosen ^ place, missing + 1
    return chosen


def _choices(values: Sequence[int], most: int, width: int) -> list[int]:
    """For each number of values taken, the sums they can have: slot n counts the ways to the sum n."""
    taken = [1] + [0] * most
    for value in values:
        for count in range(most, 0, -1):
            taken[count] += taken[count - 1] << (8 * width * value)
    return taken


def _slots(packed: int, width: int) -> Iterator[tuple[int, int]]:
    """The slots that are not empty, with their numbers."""
    written = packed.to_bytes((packed.bit_length() + 7) // 8, "little")
    for number in range(-(-len(written) // width)):
        count = int.from_bytes(written[number * width : (number + 1) * width], "little")
        if count:
            yield number, count


def _apart(group: Sequence[int], others: Sequence[int], total: int) -> int:
    """The difference of the means where the group has this sum, times both sizes: a whole number."""
    everything = sum(group) + sum(others)
    return total * len(others) - (everything - total) * len(group)


def _interval(group: Sequence[int], others: Sequence[int], ways: Ways) -> tuple[float, float]:
    """Keep the shifts that enough relabellings are as far from as the groups are.

    A relabelling is as far from a shift as the truth is exactly between two bounds, so each adds its ways to
    one stretch of the shifts. All in whole numbers: a tie is a tie.
    """
    reach = SCALE * STEPS
    observed = STEPS * _apart(group, others, sum(group))
    size = len(group) * len(others)
    starts = [0] * (2 * reach + 2)
    for (stayed, total), count in ways.items():
        relabelled = STEPS * _apart(group, others, total)
        share = stayed * len(others) - (len(group) - stayed) * len(group)
        low, high = _stretch(relabelled, observed, share, size, reach)
        if low <= high:
            starts[low + reach] += count
            starts[high + reach + 1] -= count
    enough = sum(ways.values())
    kept_shifts = [
        place - reach for place, count in enumerate(accumulate(starts)) if _ONE_IN * count > enough
    ]
    return kept_shifts[0] / STEPS, kept_shifts[-1] / STEPS


def _stretch(relabelled: int, observed: int, share: int, size: int, reach: int) -> tuple[int, int]:
    """The shifts from which a relabelling, with its share of the shift, is at least as far as the truth."""
    if share in (size, -size):
        return -reach, reach
    one, other = (observed - relabelled, size - share), (observed + relabelled, size + share)
    low = min(-(-top // bottom) for top, bottom in (one, other))
    high = max(top // bottom for top, bottom in (one, other))
    return max(low, -reach), min(high, reach)
