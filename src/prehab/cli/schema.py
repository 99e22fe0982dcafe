"""`prehab schema`: the JSON Schema of the routine file, for editors."""

from __future__ import annotations

import argparse

from prehab.cli import output
from prehab.errors import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(args: argparse.Namespace) -> Exit:
    """Print it."""
    from prehab.formats.json_schema import json_schema

    output.as_json(json_schema())
    return Exit.OK
