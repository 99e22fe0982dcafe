"""How long half an hour of guided sound takes to write, voice and all, and how much memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.measure import PYTHON, heading, row

ROUTINE = "stretch-full"
ROUNDS = 2
"""Twice the full stretch: 31 minutes, of which a sixth is speech."""
LEAST_RATIO = {"wav": 100, "mp3": 30}
MOST_MEMORY = 150


def main() -> None:
    """Print the rows of export, each measured in a process of its own with nothing spoken before."""
    heading("export of 31 minutes of guided sound")
    for ending, least in LEAST_RATIO.items():
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [PYTHON, "-m", "bench.export", ending, folder], check=True, capture_output=True, text=True
            )
        told = json.loads(done.stdout)
        if told["sentences"]:
            each = 1000 * told["spoken_s"] / told["sentences"]
            row(f"{told['sentences']} sentences spoken by {told['voice']}", f"{each:.0f} ms each", "", True)
        ratio = told["length_s"] / (told["spoken_s"] + told["written_s"])
        size = told["size"] / 1e6
        row(
            f"{ending}, the voice included ({size:.0f} MB)",
            f"1/{ratio:.0f}",
            f"at most 1/{least}",
            ratio >= least,
        )
        memory = told["memory_mb"]
        row(f"{ending}, memory", f"{memory:.0f} MB", f"at most {MOST_MEMORY} MB", memory <= MOST_MEMORY)


def once(ending: str, folder: Path) -> dict[str, object]:
    """Export once and tell what it took."""
    import resource

    from prehab import resources
    from prehab.audio.clips import load_tones
    from prehab.audio.export import export_audio
    from prehab.audio.speech import Speaker, texts_of
    from prehab.audio.speech_cache import SpeechCache
    from prehab.audio.voices.choose import choose_voice
    from prehab.domain.compile import compile_timeline
    from prehab.formats.loader import read

    routine = replace(read(resources.routines() / f"{ROUTINE}.toml"), rounds=ROUNDS)
    timeline = compile_timeline(routine)
    voice, _ = choose_voice()
    speaker = Speaker(voice, SpeechCache(folder / "speech")) if voice is not None else None
    start = time.perf_counter()
    if speaker is not None:
        speaker.prepare(texts_of(timeline))
        speaker.wait()
    spoken = time.perf_counter()
    done = export_audio(timeline, load_tones(resources.sounds()), folder / f"out.{ending}", speaker=speaker)
    written = time.perf_counter()
    if speaker is not None:
        speaker.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return {
        "voice": str(voice.name) if voice is not None else None,
        "sentences": len(texts_of(timeline)) if voice is not None else 0,
        "length_s": done.length / 1000,
        "size": done.size,
        "spoken_s": spoken - start,
        "written_s": written - spoken,
        "memory_mb": peak,
    }


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[1], Path(sys.argv[2]))))
