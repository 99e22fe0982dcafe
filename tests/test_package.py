"""The data folders are found in a wheel, in the wheel made from the sdist, and in an editable install."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from prehab import resources

ROOT = Path(__file__).resolve().parent.parent
PRINT_FOLDERS = (
    "from prehab import resources as r; print(r.routines()); print(r.figures()); print(r.sounds());"
    "print(all(any(p.iterdir()) for p in (r.routines(), r.figures(), r.sounds())))"
)


def _build(what: str, source: Path, out: Path) -> Path:
    words = [sys.executable, "-m", "build", "--no-isolation", f"--{what}", "--outdir", str(out), str(source)]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return next(out.glob("*.whl" if what == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheels(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    return {
        "the checkout": _build("wheel", ROOT, tmp_path_factory.mktemp("from-checkout")),
        "the sdist": _build("wheel", next(unpacked.iterdir()), tmp_path_factory.mktemp("from-sdist")),
    }


@pytest.mark.parametrize("source", ["the checkout", "the sdist"])
def test_a_wheel_carries_the_data_and_finds_it(wheels: dict[str, Path], source: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheels[source]) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    for kind, ending in (("routines", ".toml"), ("figures", ".toml"), ("sounds", ".wav")):
        inside = [name for name in names if name.startswith(f"prehab/data/{kind}/") and name.endswith(ending)]
        assert len(inside) == len(list((ROOT / kind).glob(f"*{ending}")))
    assert "prehab/py.typed" in names
    assert "prehab/data/docs/how-sure-are-we.md" in names
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {PRINT_FOLDERS}"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert said == [
        *(str(tmp_path / "prehab" / "data" / k) for k in ("routines", "figures", "sounds")),
        "True",
    ]


def test_an_editable_install_finds_the_data_beside_src() -> None:
    for folder in (resources.routines(), resources.figures(), resources.sounds()):
        assert folder.is_dir()
        assert any(folder.iterdir())
