"""`prehab safety`: the warning signs."""

from __future__ import annotations

import argparse
import shutil
import textwrap

from prehab.cli import output
from prehab.domain import safety
from prehab.errors import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(args: argparse.Namespace) -> Exit:
    """Print the text, wrapped to the terminal."""
    width = min(80, shutil.get_terminal_size((80, 24)).columns)
    for part in safety.text().splitlines():
        indent = "    " if part.startswith("  - ") else ""
        output.lines(textwrap.wrap(part, width, subsequent_indent=indent) or [""])
    return Exit.OK
