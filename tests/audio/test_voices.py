"""Each engine behind the same small protocol, and none that can hurt the session."""

from __future__ import annotations

import io
import stat
import sys
import wave
from array import array
from pathlib import Path

import pytest

from prehab.audio.loudness import CEILING, peak
from prehab.audio.voices import choose, helper
from prehab.audio.voices.apart import VoiceApart
from prehab.audio.voices.choose import ENGINES, choose_voice
from prehab.audio.voices.engine import Recording, VoiceError, VoiceName
from prehab.audio.voices.espeak import Espeak
from prehab.audio.voices.macos import Say
from prehab.audio.voices.wav import read_wav
from prehab.audio.voices.windows import WindowsSpeech

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in programs are scripts")

SOUND = """
import io, wave
def sound(words, seconds=0.5):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050)
        out.writeframes(bytes([0, 0, 0, 32] * int(seconds * 22050 / 2)))
    return file.getvalue()
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def stand_in(folder: Path, name: str, script: str) -> Path:
    """A program of that name that notes its arguments and its input."""
    program = folder / name
    notes = folder / f"{name}.txt"
    program.write_text(f"#!{sys.executable}\nimport sys\nnotes = {str(notes)!r}\n{SOUND}{script}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return notes


def missing(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    kinds = tuple(
        choose.EngineKind(
            kind.name,
            kind.about,
            kind.open,
            (lambda: "it is not here") if kind.name in names else (lambda: ""),
            kind.what_to_do,
            kind.voices,
        )
        for kind in ENGINES
    )
    monkeypatch.setattr(choose, "ENGINES", kinds)


def test_auto_takes_the_first_engine_that_is_there_and_tells_why_not_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing(monkeypatch, "nanotts", "say")
    voice, refusals = choose_voice()
    assert voice is not None
    assert voice.name == VoiceName("windows", "")
    assert [(refusal.engine, refusal.why) for refusal in refusals] == [
        ("nanotts", "it is not here"),
        ("say", "it is not here"),
    ]
    assert all(refusal.what_to_do for refusal in refusals)


def test_where_nothing_can_speak_there_is_no_voice_but_a_reason_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing(monkeypatch, *(kind.name for kind in ENGINES))
    voice, refusals = choose_voice()
    assert voice is None
    assert [refusal.engine for refusal in refusals] == [kind.name for kind in ENGINES]


def test_an_engine_asked_for_by_name_is_the_only_one_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, "espeak-ng")
    voice, refusals = choose_voice("espeak-ng")
    assert voice is None
    assert [refusal.engine for refusal in refusals] == ["espeak-ng"]


@pytest.mark.parametrize("wanted", ["nanotts", "auto"])
def test_where_nobody_has_the_voice_the_default_speaks_and_it_is_told(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    missing(monkeypatch, "say", "windows", "espeak-ng")
    voice, refusals = choose_voice(wanted, "Samantha")
    assert voice is not None
    assert voice.name == VoiceName("nanotts", "")
    assert "Samantha" in refusals[0].why
    assert "en-US, en-GB" in refusals[0].what_to_do


def test_auto_goes_on_to_an_engine_that_has_the_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, "windows", "espeak-ng")
    voice, _ = choose_voice("auto", "Samantha")
    assert voice is not None
    assert voice.name == VoiceName("say", "Samantha")


def test_an_engine_nobody_knows_is_refused_with_the_known_ones() -> None:
    voice, (refusal,) = choose_voice("hal")
    assert voice is None
    assert "'hal'" in refusal.why
    assert "auto, nanotts, say, windows, espeak-ng, none" in refusal.what_to_do


def test_no_voice_is_no_refusal() -> None:
    assert choose_voice("none") == (None, ())


@on_posix
def test_espeak_takes_the_words_by_its_input_only(programs: Path) -> None:
    script = (
        "open(notes, 'w').write(repr((sys.argv[1:], sys.stdin.read())))\nsys.stdout.buffer.write(sound(''))"
    )
    notes = stand_in(programs, "espeak-ng", script)
    spoken = Espeak(VoiceName("espeak-ng", "en-GB", 1.5)).say("-v rm; $(reboot)")
    assert spoken.rate == 22_050
    assert len(spoken.samples) == 11_024
    arguments, words = eval(notes.read_text())
    assert words == "-v rm; $(reboot)\n"
    assert arguments == ["--stdin", "--stdout", "-b", "1", "-v", "en-gb", "-s", "240"]


@on_posix
def test_say_takes_the_words_by_its_input_only(programs: Path) -> None:
    script = (
        "open(notes, 'w').write(repr((sys.argv[1:], sys.stdin.read())))\n"
        "open(sys.argv[sys.argv.index('-o') + 1], 'wb').write(sound(''))"
    )
    notes = stand_in(programs, "say", script)
    assert Say(VoiceName("say", "Samantha")).say("Right side.").rate == 22_050
    arguments, words = eval(notes.read_text())
    assert words == "Right side.\n"
    assert arguments[:2] == ["-v", "Samantha"]
    assert arguments[-1] == "--data-format=LEI16@22050"


@on_posix
@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("sys.exit('no such voice')", "no such voice"),
        ("sys.exit(3)", "exit code 3"),
        ("print('hello')", "no sound file that can be read"),
        ("", "no sound file that can be read"),
        ("sys.stdout.buffer.write(sound('')[:30])", "no sound file that can be read"),
    ],
)
def test_a_program_that_fails_says_why(programs: Path, script: str, why: str) -> None:
    stand_in(programs, "espeak-ng", script)
    with pytest.raises(VoiceError, match=why):
        Espeak(VoiceName("espeak-ng", "")).say("Right side.")


def test_a_program_that_went_away_says_so(programs: Path) -> None:
    with pytest.raises(VoiceError, match="espeak-ng cannot be run"):
        Espeak(VoiceName("espeak-ng", "")).say("Right side.")
    with pytest.raises(VoiceError, match="powershell cannot be run"):
        WindowsSpeech(VoiceName("windows", ""))


def test_a_sound_file_in_another_shape_is_refused() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(22_050)
        out.writeframes(bytes(40))
    with pytest.raises(VoiceError, match="not mono"):
        read_wav(file.getvalue())


@on_posix
def test_windows_keeps_one_shell_for_all_sentences(programs: Path) -> None:
    script = (
        "import base64, os\n"
        "open(notes, 'a').write(f\"{os.environ['PREHAB_VOICE']} {os.environ['PREHAB_VOICE_RATE']}\\n\")\n"
        "for line in sys.stdin:\n"
        "    words = base64.b64decode(line).decode()\n"
        "    open(notes, 'a', encoding='utf-8').write(words + '\\n')\n"
        "    print(base64.b64encode(sound(words)[44:]).decode(), flush=True)\n"
    )
    notes = stand_in(programs, "powershell", script)
    voice = VoiceApart(VoiceName("windows", 'Zira\'s "voice"', 1.1))
    try:
        for words in ("Right side.", "naïve 'quote' $(reboot)"):
            assert voice.speak(words).rate == 22_050
    finally:
        voice.release()
    assert notes.read_text(encoding="utf-8").splitlines() == [
        'Zira\'s "voice" 1',
        "Right side.",
        "naïve 'quote' $(reboot)",
    ]


def test_a_crash_costs_one_sentence_and_the_next_one_starts_afresh(tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    script = (
        f"import os, sys, pathlib; mark = pathlib.Path({str(crashed)!r})\n"
        "if not mark.exists(): mark.touch(); sys.stdin.readline(); os.abort()\n"
        "from prehab.audio.voices.apart import HEADER\n"
        "for line in sys.stdin:\n"
        "    sys.stdout.buffer.write(HEADER.pack(True, 8000, 4) + bytes(4)); sys.stdout.buffer.flush()\n"
    )
    voice = VoiceApart(VoiceName("nanotts", ""), helper=(sys.executable, "-c", script))
    with pytest.raises(VoiceError, match=r"nanotts stopped with .* at 'Right side\.'"):
        voice.speak("Right side.")
    assert voice.speak("Right side.") == Recording(array("h", [0, 0]), 8000)
    voice.release()


def test_a_sentence_that_takes_for_ever_is_ended() -> None:
    script = "import sys, time; sys.stdin.readline(); time.sleep(60)"
    voice = VoiceApart(VoiceName("nanotts", ""), patience=0.2, helper=(sys.executable, "-c", script))
    with pytest.raises(VoiceError, match="stopped"):
        voice.speak("Right side.")
    voice.release()


def test_a_helper_that_cannot_start_says_so(tmp_path: Path) -> None:
    voice = VoiceApart(VoiceName("nanotts", ""), helper=(str(tmp_path / "no-python"),))
    with pytest.raises(VoiceError, match="cannot be started"):
        voice.speak("Right side.")
    voice.release()


def test_an_engine_that_cannot_be_taken_up_answers_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: VoiceName) -> Espeak:
        raise VoiceError("no voice today")

    monkeypatch.setattr(helper, "open_engine", refuse)
    answers = io.BytesIO()
    helper.serve(VoiceName("nanotts", ""), io.BytesIO(b"one.\ntwo.\n"), answers)
    assert answers.getvalue().count(b"no voice today") == 2


@pytest.mark.parametrize("accent", ["", "en-US", "en-GB"])
def test_the_small_voice_speaks_without_clipping_and_without_trailing_silence(accent: str) -> None:
    pytest.importorskip("py_nanotts", reason="py-nanotts is not installed")
    voice, _ = choose_voice("nanotts", accent)
    assert voice is not None
    try:
        sentence = voice.speak("Next: straight-knee calf, left side, thirty seconds.")
        count = voice.speak("seven.")
        assert voice.speak("日本.") == Recording(array("h"), sentence.rate)
    finally:
        voice.release()
    assert 3.0 < len(sentence.samples) / sentence.rate < 4.5
    assert 4000 < peak(sentence.samples) <= CEILING
    assert 0.2 < len(count.samples) / count.rate < 0.6
    assert peak(count.samples[: count.rate // 50]) > 100


def test_the_small_voice_says_a_sentence_the_same_way_every_time() -> None:
    pytest.importorskip("py_nanotts", reason="py-nanotts is not installed")
    if sys.platform != "linux":
        pytest.skip("only glibc can be told to hand out fresh memory")
    voice, _ = choose_voice("nanotts")
    assert voice is not None
    try:
        lengths = {
            len(voice.speak("Next: hamstring stretch, left side. Thirty seconds.").samples) for _ in range(8)
        }
    finally:
        voice.release()
    assert len(lengths) == 1
