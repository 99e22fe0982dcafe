"""The front door: `prehab` and `python -m prehab`."""

from __future__ import annotations

import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command line and answer its exit code.

    Nothing heavy is imported before it is known what is asked for.
    """
    words = sys.argv[1:] if argv is None else argv
    _open_what_is_closed()
    if words in (["--version"], ["-V"]):
        from prehab import __version__

        return _say(f"prehab {__version__}")
    from prehab.cli.main import run

    return run(words)


def _open_what_is_closed() -> None:
    """Give a program that was started without standard streams nothing to read, and nowhere to write to."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _say(text: str) -> int:
    """Write a line and answer the exit code, without anything that takes time to load."""
    try:
        print(text, flush=True)
    except OSError:
        from prehab.cli.output import settle

        settle()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
