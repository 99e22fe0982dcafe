"""How long the commands take to answer that open no screen, against an interpreter that does nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.measure import PYTHON, commands, heading, row

RUNS = 11
OWN_ROUTINES = 10
"""With the bundled ones, 25 in all."""

ROUTINE = """format = 1
name = "Own routine {number}"
phase = "any-day"

[[step]]
name = "Calf stretch"
kind = "hold"
for = "30s"
sides = "each"
areas = ["calves"]
position = "standing"
do = "Heel heavy."
"""


def main() -> None:
    """Print the rows of start-up."""
    heading("start-up, against `python -c pass` (CPU, medians of interleaved runs)")
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "routines"
        own.mkdir()
        for number in range(OWN_ROUTINES):
            (own / f"own-{number}.toml").write_text(ROUTINE.format(number=number), encoding="utf-8")
        costs = commands(
            {
                "pass": [PYTHON, "-c", "pass"],
                "--version": [PYTHON, "-m", "prehab", "--version"],
                "--help": [PYTHON, "-m", "prehab", "--help"],
                "list": [PYTHON, "-m", "prehab", "list"],
                "show": [PYTHON, "-m", "prehab", "show", "stretch-full"],
            },
            RUNS,
            {"PREHAB_CONFIG_DIR": folder, "PREHAB_DATA_DIR": folder},
        )
    base = costs.pop("pass").cpu_ms
    for name, most in (("--version", 3), ("--help", 4), ("list", 20)):
        times = costs[name].cpu_ms / base
        row(
            f"prehab {name}", f"{costs[name].cpu_ms:.0f} ms = {times:.1f}x", f"at most {most}x", times <= most
        )
    row(
        "prehab show stretch-full",
        f"{costs['show'].cpu_ms:.0f} ms = {costs['show'].cpu_ms / base:.1f}x",
        "",
        True,
    )


if __name__ == "__main__":
    main()
