"""One row for each sub-command: the help, the docs and the shell completion come out of it."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A sub-command that a person can type."""

    name: str
    summary: str
    """One sentence for the list of commands and the head of its help."""
    examples: tuple[str, ...]
    """Lines that can be pasted."""
    module: str
    """Where it lives; imported only when it is asked for."""
    takes_routine: bool = False
    """Whether its first word is a routine, for completion."""


COMMANDS: tuple[Row, ...] = (
    Row(
        "start",
        "Be guided through a routine.",
        (
            "prehab start warmup-short",
            "prehab start plank --level 40s",
            "prehab start stretch-full --in 10m --skip knees",
            "prehab start warmup-short + plank",
            'prehab start "plank 3x40s/30s; side plank 2x20s each" --plain',
        ),
        "prehab.cli.start",
        takes_routine=True,
    ),
    Row("list", "List the routines: id, name, phase, length.", ("prehab list",), "prehab.cli.list_"),
    Row(
        "show",
        "Print the whole timeline of a routine, with clock times and cues; nothing is played.",
        ("prehab show plank --level 60s", "prehab show stretch-full --json"),
        "prehab.cli.show",
        takes_routine=True,
    ),
    Row(
        "check",
        "Report every problem in routine files.",
        ("prehab check physio.toml", "prehab check"),
        "prehab.cli.check",
    ),
    Row(
        "new",
        "Make a routine of your own that plays at once: commented, from a physio's note, or from another.",
        (
            "prehab new evening",
            'prehab new physio "clam 3x12 each; bird dog 10x5s each; plank 3x30s/45s"',
            "prehab new my-plank --from plank",
        ),
        "prehab.cli.new",
    ),
    Row(
        "edit",
        "Open a routine of your own in your editor; it is checked on return.",
        ("prehab edit physio", "EDITOR='code --wait' prehab edit physio"),
        "prehab.cli.edit",
        takes_routine=True,
    ),
    Row(
        "progress",
        "Say where you stand in what grows, and why.",
        ("prehab progress", "prehab progress plank --json"),
        "prehab.cli.progress",
        takes_routine=True,
    ),
    Row("today", "Say what today is good for, and why.", ("prehab today",), "prehab.cli.today"),
    Row(
        "log",
        "Log a run, or how sore it is on the morning after; alone, list the runs.",
        (
            "prehab log run --distance 5.2km --duration 31m --surface concrete --effort 5",
            "prehab log soreness lower-back=4 shoulders=2",
            "prehab log run morning.gpx",
            "prehab log",
            "prehab log list",
        ),
        "prehab.cli.log",
    ),
    Row(
        "insights",
        "Say what your diary can tell about surface, warm-up and stretch, and what it cannot.",
        ("prehab insights", "prehab insights --json"),
        "prehab.cli.insights",
    ),
    Row("history", "List the sessions, newest first.", ("prehab history",), "prehab.cli.history"),
    Row(
        "export",
        "Take a routine along: as a sound file with chapters, as a sheet for the fridge, in the calendar.",
        (
            "prehab export warmup-short -o warmup.mp3",
            "prehab export stretch-full --in 10m -o fridge.md",
            "prehab export plank --days mon,wed,fri --at 7:00 -o plank.ics",
            "prehab export -o week.ics",
        ),
        "prehab.cli.export",
        takes_routine=True,
    ),
    Row(
        "figures",
        "Draw the pictures of the moves.",
        ("prehab figures bird-dog", "prehab figures front-plank --svg plank.svg"),
        "prehab.cli.figures",
    ),
    Row(
        "doctor",
        "Show paths, sound and terminal with their state, and play the cues.",
        ("prehab doctor", "prehab doctor --quiet --json"),
        "prehab.cli.doctor",
    ),
    Row(
        "safety",
        "Print the warning signs: when to stop, and when to see somebody.",
        ("prehab safety",),
        "prehab.cli.safety",
    ),
    Row(
        "schema",
        "Print the JSON Schema of the routine file.",
        ("prehab schema > routine.schema.json",),
        "prehab.cli.schema",
    ),
    Row(
        "completion",
        "Print the completion script of a shell.",
        ('eval "$(prehab completion bash)"', "prehab completion fish | source"),
        "prehab.cli.completion",
    ),
)
"""In the order the help shows them. A command is here when it works."""
