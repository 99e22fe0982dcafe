"""Everything a person can set: the one table of defaults, checks, the file, the screen and the docs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum

from prehab.config.kinds import OneOf, Switch, Table, Text, ValueKind, Whole
from prehab.domain.cues import CueKind
from prehab.domain.routine import Style


class SoundChoice(Enum):
    """What prehab may sound like."""

    VOICE_AND_TONES = "voice-and-tones"
    SOFT_TONES = "soft-tones"
    SILENT = "silent"


class VoiceMode(Enum):
    """How much the voice says."""

    FULL = "full"
    SHORT = "short"
    OFF = "off"


class VoiceEngine(Enum):
    """Who speaks."""

    AUTO = "auto"
    NANOTTS = "nanotts"
    SAY = "say"
    WINDOWS = "windows"
    ESPEAK_NG = "espeak-ng"
    NONE = "none"


class Backend(Enum):
    """What the sound is played through."""

    AUTO = "auto"
    MINIAUDIO = "miniaudio"
    SIMPLEAUDIO = "simpleaudio"
    BELL = "bell"
    SILENT = "silent"


class StyleChoice(Enum):
    """Which cues a session has."""

    ROUTINE = "routine"
    FULL = "full"
    CALM = "calm"

    @property
    def style(self) -> Style | None:
        """The style that takes the place of the routine's; `None` when the routine has its own way."""
        return None if self is StyleChoice.ROUTINE else Style(self.value)


class Art(Enum):
    """What figures are drawn with."""

    UNICODE = "unicode"
    ASCII = "ascii"


class Version(Enum):
    """Which of two versions of a routine."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Spec:
    """A row of the table: one setting."""

    key: str
    """Its table and its name in the file, with a dot between."""
    field: str
    """The field of `Settings` that holds its value."""
    kind: ValueKind
    """What it may be."""
    default: object
    """What it is where the file does not say."""
    label: str
    """A few words for a list."""
    does: str
    """What it does, in a sentence."""

    @property
    def path(self) -> tuple[str, ...]:
        """The way to it through the tables of the file."""
        return tuple(self.key.split("."))


def _row(key: str, kind: ValueKind, label: str, does: str) -> dict[str, object]:
    """The columns of `Spec` that a field does not have by itself."""
    return {"key": key, "kind": kind, "label": label, "does": does}


_ON = Switch()
_TARGET = Whole(0, 14, unset="as the routines say", such_as=3)
_FILE = Text("a WAV, MP3, FLAC or OGG file")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has set. What each field does stands beside it, for the screen and the file as well."""

    sound: SoundChoice | None = field(
        default=None,
        metadata=_row(
            "sound.choice",
            OneOf(SoundChoice),
            "Sound",
            "What prehab may sound like; it asks once, at the first start.",
        ),
    )
    volume: int = field(
        default=40,
        metadata=_row("sound.volume", Whole(0, 100, 5), "Volume", "How loud, in per cent."),
    )
    muted: bool = field(
        default=False,
        metadata=_row(
            "sound.muted",
            _ON,
            "Muted",
            "Whether nothing is heard; the screen then shows the last seconds instead.",
        ),
    )
    backend: Backend = field(
        default=Backend.AUTO,
        metadata=_row(
            "sound.backend",
            OneOf(Backend),
            "Played through",
            "What the sound is played through; auto takes the first that works.",
        ),
    )
    lead_ms: int = field(
        default=0,
        metadata=_row(
            "sound.lead",
            Whole(-500, 1000, 10),
            "Lead",
            "How many milliseconds early every sound is sent, for headphones that are late.",
        ),
    )
    style: StyleChoice = field(
        default=StyleChoice.ROUTINE,
        metadata=_row(
            "sound.style",
            OneOf(StyleChoice),
            "Cues",
            "Which cues a session has: those its routine asks for, all of them, or soft bells only.",
        ),
    )

    voice: VoiceMode = field(
        default=VoiceMode.FULL,
        metadata=_row(
            "voice.mode",
            OneOf(VoiceMode),
            "Voice",
            "How much the voice says: everything, names and sides, or nothing.",
        ),
    )
    voice_engine: VoiceEngine = field(
        default=VoiceEngine.AUTO,
        metadata=_row(
            "voice.engine", OneOf(VoiceEngine), "Speaker", "Who speaks; auto takes the first that is there."
        ),
    )
    voice_name: str = field(
        default="",
        metadata=_row(
            "voice.name",
            Text("the speaker's own name of a voice", 200),
            "Speaker's voice",
            "Which of the speaker's voices.",
        ),
    )
    voice_rate: int = field(
        default=100,
        metadata=_row(
            "voice.rate",
            Whole(50, 200, 10),
            "Speed of speech",
            "How fast the voice speaks, in per cent of its usual speed.",
        ),
    )

    cue_tick: bool = field(
        default=True,
        metadata=_row("cues.tick", _ON, "Ticks", "The last three seconds before a work begins or ends."),
    )
    cue_go: bool = field(
        default=True,
        metadata=_row("cues.go", _ON, "Go", "The beginning of a work."),
    )
    cue_half: bool = field(
        default=True,
        metadata=_row("cues.half", _ON, "Half", "The middle of a work."),
    )
    cue_beat: bool = field(
        default=True,
        metadata=_row("cues.beat", _ON, "Beats", "The knock of each repetition or pass."),
    )
    cue_end: bool = field(
        default=True,
        metadata=_row("cues.end", _ON, "End", "The end of a work."),
    )
    cue_done: bool = field(
        default=True,
        metadata=_row("cues.done", _ON, "Done", "The end of the session."),
    )
    cue_say: bool = field(
        default=True,
        metadata=_row("cues.say", _ON, "Sentences", "Everything that is said."),
    )

    own_tick: str = field(
        default="",
        metadata=_row("own-sounds.tick", _FILE, "Own tick", "A sound file in place of the tick."),
    )
    own_go: str = field(
        default="",
        metadata=_row("own-sounds.go", _FILE, "Own go", "A sound file in place of the go."),
    )
    own_half: str = field(
        default="",
        metadata=_row("own-sounds.half", _FILE, "Own half", "A sound file in place of the half."),
    )
    own_beat: str = field(
        default="",
        metadata=_row("own-sounds.beat", _FILE, "Own beat", "A sound file in place of the beat."),
    )
    own_end: str = field(
        default="",
        metadata=_row("own-sounds.end", _FILE, "Own end", "A sound file in place of the end."),
    )
    own_done: str = field(
        default="",
        metadata=_row("own-sounds.done", _FILE, "Own done", "A sound file in place of the done."),
    )

    theme: str = field(
        default="",
        metadata=_row(
            "screen.theme", Text("the name of a theme", 100), "Theme", "The colours of the screens."
        ),
    )
    motion: bool = field(
        default=True,
        metadata=_row("screen.motion", _ON, "Motion", "Whether figures and bars move."),
    )
    figures: Art = field(
        default=Art.UNICODE,
        metadata=_row(
            "screen.figures",
            OneOf(Art),
            "Figures",
            "What figures are drawn with; ascii is for fonts without braille dots.",
        ),
    )

    last_warm_up: Version = field(
        default=Version.FULL,
        metadata=_row(
            "last.warm-up", OneOf(Version), "Warm-up", "The version that w starts: the one used last."
        ),
    )
    last_stretch: Version = field(
        default=Version.FULL,
        metadata=_row(
            "last.stretch", OneOf(Version), "Stretch", "The version that c starts: the one used last."
        ),
    )
    last_morning: str = field(
        default="",
        metadata=_row(
            "last.morning",
            Text("the id of a run", 100),
            "Morning",
            "The run whose morning after was waved away.",
        ),
    )
    last_session_morning: str = field(
        default="",
        metadata=_row(
            "last.session-morning",
            Text("the id of a session", 100),
            "Session's morning",
            "The session whose morning after was waved away.",
        ),
    )
    last_not_run: str = field(
        default="",
        metadata=_row(
            "last.not-run", Text("a moment", 100), "Not run", "When a run might have begun that was none."
        ),
    )

    week_warm_up: int | None = field(
        default=None,
        metadata=_row(
            "week.warm-up", _TARGET, "Warm-ups a week", "How many make a good week; 0 for no target."
        ),
    )
    week_stretch: int | None = field(
        default=None,
        metadata=_row(
            "week.stretch",
            _TARGET,
            "Stretches a week",
            "How many make a good week; 0 for no target.",
        ),
    )
    week_core: int | None = field(
        default=None,
        metadata=_row(
            "week.core",
            _TARGET,
            "Core a week",
            "How many plank or core sessions make a good week; 0 for no target.",
        ),
    )
    week_rolling: int | None = field(
        default=None,
        metadata=_row(
            "week.rolling", _TARGET, "Rolling a week", "How often makes a good week; 0 for no target."
        ),
    )
    week_desk_reset: int | None = field(
        default=None,
        metadata=_row(
            "week.desk-reset",
            _TARGET,
            "Desk resets a week",
            "How many make a good week; 0 for no target.",
        ),
    )

    safety_accepted: bool = field(
        default=False,
        metadata=_row(
            "safety.accepted",
            _ON,
            "Safety notice read",
            "Whether the notice before the first session has been read.",
        ),
    )

    keys: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_row(
            "keys",
            Table('keys by command, as in "session.pause" = "space,p"'),
            "Own keys",
            "Other keys for a command, by its id; several have commas between them.",
        ),
    )

    @property
    def cues_on(self) -> frozenset[CueKind]:
        """The kinds of cue that are heard."""
        return frozenset(kind for kind in CueKind if getattr(self, f"cue_{kind.value}"))

    @property
    def own_sounds(self) -> dict[CueKind, str]:
        """The sound files that take the place of the bundled ones, as they were written."""
        written = {kind: getattr(self, f"own_{kind.value}", "") for kind in CueKind}
        return {kind: file for kind, file in written.items() if file}

    @property
    def targets(self) -> dict[str, int]:
        """How often in a good week, by the name after `week.`; only those that the person has set."""
        wished = {spec.path[1]: getattr(self, spec.field) for spec in SPECS if spec.path[0] == "week"}
        return {name: times for name, times in wished.items() if times is not None}


DEFAULTS = Settings()
"""What holds where nothing is set."""

SPECS: tuple[Spec, ...] = tuple(
    Spec(
        key=f.metadata["key"],
        field=f.name,
        kind=f.metadata["kind"],
        default=getattr(DEFAULTS, f.name),
        label=f.metadata["label"],
        does=f.metadata["does"],
    )
    for f in fields(Settings)
)
"""Every setting, in the order of the file and of the screen."""

BY_KEY = {spec.key: spec for spec in SPECS}
