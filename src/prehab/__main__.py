"""The front door: `prehab` and `python -m prehab`."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command line and answer its exit code.

    Nothing heavy is imported before it is known what is asked for.
    """
    words = sys.argv[1:] if argv is None else argv
    if words in (["--version"], ["-V"]):
        from prehab import __version__

        sys.stdout.write(f"prehab {__version__}\n")
        return 0
    from prehab.cli.main import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
