"""Everything that is measured, one part after the other: `python -m bench [PART…]`."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    "startup",
    "engine",
    "screens",
    "figures",
    "sound_timing",
    "export",
    "history_scale",
    "history_journal",
    "insights",
)


def main(wanted: list[str]) -> None:
    """Run the parts that are asked for, or all of them."""
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.exit(f"no such part: {', '.join(unknown)} (there are {', '.join(PARTS)})")
    for part in wanted or PARTS:
        importlib.import_module(f"bench.{part}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
