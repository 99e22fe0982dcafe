"""The voices of Windows: System.Speech, by way of PowerShell."""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import subprocess
import sys
from math import log

from prehab.audio.voices.engine import Recording, VoiceError, VoiceName
from prehab.audio.voices.program import NO_WINDOW
from prehab.audio.voices.wav import from_little_endian

RATE = 22_050
_SCRIPT = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
if ($env:PREHAB_VOICE) { $voice.SelectVoice($env:PREHAB_VOICE) }
$voice.Rate = [int]$env:PREHAB_VOICE_RATE
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $sound = New-Object System.IO.MemoryStream
  $voice.SetOutputToAudioStream($sound, $format)
  $voice.Speak([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)))
  $voice.SetOutputToNull()
  [Console]::Out.WriteLine([Convert]::ToBase64String($sound.ToArray()))
}
"""
"""The same for every sentence: words and settings never become part of it. No double quote needs quoting."""


class WindowsSpeech:
    """One PowerShell for all sentences: it takes the better part of a second to start.

    It ends by itself when this process does, and with it the other side of its standard input.
    """

    def __init__(self, name: VoiceName) -> None:
        settings = {"PREHAB_VOICE": name.voice, "PREHAB_VOICE_RATE": str(_steps(name.speed))}
        try:
            self._shell = subprocess.Popen(
                ["powershell", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", _SCRIPT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **settings},
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            raise VoiceError(f"powershell cannot be run: {error.strerror}") from error

    def say(self, words: str) -> Recording:
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        try:
            self._shell.stdin.write(base64.b64encode(words.encode()) + b"\n")
            self._shell.stdin.flush()
            line = self._shell.stdout.readline()
            frames = base64.b64decode(line, validate=False)
        except (OSError, binascii.Error) as error:
            raise VoiceError(f"Windows speech failed: {error}") from error
        if not line:
            raise VoiceError("Windows speech stopped; is the voice that was asked for installed?")
        return Recording(from_little_endian(frames), RATE)


def missing() -> str:
    """Why this engine cannot be used here; empty if it can."""
    if sys.platform != "win32":
        return "Windows speech is part of Windows"
    return "" if shutil.which("powershell") else "the program powershell is not on the PATH"


def _steps(speed: float) -> int:
    """Windows counts speed from -10 to 10, three times slower to three times faster."""
    return max(-10, min(10, round(10 * log(speed, 3))))
