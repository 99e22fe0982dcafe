"""Everything that CI does, on this machine: lint, types, layers, and the tests on two Pythons.

Runs with any Python 3.11 or newer and nothing installed; it makes its own environments in `.venvs/`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def interpreters() -> dict[tuple[int, int], Path]:
    """Every supported CPython of this machine that can make an environment, one for each minor version."""
    found: dict[tuple[int, int], Path] = {}
    names = [f"python3.{minor}" for minor in range(OLDEST[1], 30)]
    candidates = [Path(path) for name in names if (path := shutil.which(name))]
    candidates += sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    candidates += [Path(sys.executable)]
    for candidate in candidates:
        version = _version(candidate)
        if version is not None and version >= OLDEST:
            found.setdefault(version, candidate)
    return found


def _version(python: Path) -> tuple[int, int] | None:
    code = "import sys, venv, ensurepip; print(sys.implementation.name, *sys.version_info[:2])"
    try:
        said = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.fullmatch(r"cpython ([0-9]+) ([0-9]+)\s*", said.stdout)
    return (int(match[1]), int(match[2])) if match else None


def environment(version: tuple[int, int], python: Path) -> Path:
    """Make the environment of one Python, with the project and its tools in it."""
    folder = ROOT / ".venvs" / f"{version[0]}.{version[1]}"
    binary = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (binary / "pytest").exists():
        run("make the environment", [str(python), "-m", "venv", "--clear", str(folder)])
    run("install", [str(binary / "python"), "-m", "pip", "install", "-q", "-e", ".[dev]"])
    return binary


def run(what: str, words: list[str]) -> None:
    """Run one step; the first that fails ends everything."""
    print(
        f"── {what}: {' '.join(Path(words[0]).name if n == 0 else w for n, w in enumerate(words))}",
        flush=True,
    )
    code = subprocess.run(words, cwd=ROOT, check=False).returncode
    if code:
        print(f"── {what} failed ({code})", flush=True)
        sys.exit(code)


def main() -> None:
    """Lint once with the oldest Python, then test with the oldest and the newest."""
    known = interpreters()
    oldest, newest = min(known), max(known)
    print(f"── Pythons: {', '.join(f'{major}.{minor}' for major, minor in sorted(known))}", flush=True)
    binary = environment(oldest, known[oldest])
    run("lint", [str(binary / "ruff"), "check"])
    run("format", [str(binary / "ruff"), "format", "--check"])
    run("layers", [str(binary / "lint-imports")])
    run("types", [str(binary / "mypy")])
    for version in sorted({oldest, newest}):
        binary = environment(version, known[version])
        run(f"tests on {version[0]}.{version[1]}", [str(binary / "pytest"), "-q", "-n", "2"])


if __name__ == "__main__":
    main()
