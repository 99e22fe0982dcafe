"""Stand-ins for the rooms below, driven by a clock that only moves when it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import cast

from tests.tui.diary import history
from textual.app import App

from prehab.domain import gate
from prehab.domain.compile import compile_timeline, levels
from prehab.domain.due import Today
from prehab.domain.duration import Millis, seconds
from prehab.domain.fit import Fit, Fitted, Unfit, differences, fit
from prehab.domain.posture import planned, run_of
from prehab.domain.routine import Growth, Kind, Phase, Routine, Side, Step
from prehab.domain.timeline import Timeline
from prehab.errors import UserError
from prehab.figures.figure import Figure
from prehab.figures.library import Library as Figures
from prehab.history.store import Store
from prehab.runtime.clock import ManualClock
from prehab.runtime.sinks import Planned
from prehab.session.diary import DiaryDesk
from prehab.session.looking_back import LookingBack
from prehab.session.own import Draft, Edited
from prehab.session.progress import Grown
from prehab.session.progress import Growth as Folds
from prehab.session.session import Session
from prehab.session.sound import Sound
from prehab.tui.ports import Entry, Named
from prehab.tui.told import Answers, BrokenOff, Morning, Setting

BOTH = (Side.LEFT, Side.RIGHT)
NOW = datetime(2026, 11, 22, 19, 30, tzinfo=timezone(timedelta(hours=1)))
"""A Sunday evening."""


def stretch() -> Routine:
    rows = [
        ("Wall calf stretch, knee straight", 30, BOTH, "Back leg straight, heel heavy, hips drift forward.",
         "Back foot points forward, not out."),
        ("Standing quad stretch", 30, BOTH, "Hold the ankle, knees side by side, tuck the tail under.",
         "Do not arch the back or yank the heel to the seat."),
        ("Doorway chest stretch", 30, (None,),
         "Forearms on the frame, elbows about shoulder height, step through.",
         "Shoulders stay low; ribs do not flare."),
        ("Half-kneeling hip flexor", 30, BOTH,
         "Squeeze the seat on the kneeling side, tuck, then shift forward a little.",
         "Going further by arching the back misses the hip."),
        ("Lying hamstring with a strap", 90, BOTH,
         "Other knee bent; raise the leg to a mild pull, knee soft.",
         "Ease off at once if it tingles."),
        ("Knees to chest", 30, (None,), "Hug both knees, breathe slowly into the back.",
         "No rocking; skip it if bending forward hurts."),
    ]  # fmt: skip
    steps = tuple(
        Step(f"s{i}", name, Kind.HOLD, seconds(length), sides=sides, do=do, avoid=avoid, areas=("hips",))
        for i, (name, length, sides, do, avoid) in enumerate(rows)
    )
    dead_bug = Step(
        "bug", "Dead bug", Kind.REPS, seconds(40), reps=10, beat=seconds(4), do="Low back down.", avoid=""
    )
    return Routine(
        "stretch-full", "Post-run stretch, full", Phase.AFTER_RUN, (*steps, dead_bug), needs=("mat", "wall")
    )


def plank() -> Routine:
    growth = Growth(seconds(30), seconds(60), seconds(5))
    step = Step("front-plank", "Front plank", Kind.HOLD, seconds(30), growth=growth, sets=3, rest=seconds(45),
                do="Squeeze the seat, brace the belly.", avoid="No sagging.")  # fmt: skip
    return Routine("plank", "Plank", Phase.ANY_DAY, (step,), get_ready=seconds(20))


class FakeSound:
    """A sound that is settled at once and remembers what it was told."""

    def __init__(self, *, muted: bool = False) -> None:
        self.volume = 40
        self.muted = muted
        self.voice = "full"
        self.backend = "miniaudio"
        self.closed = False
        self.said: list[str] = []

    @property
    def is_heard(self) -> bool:
        return not self.muted and self.volume > 0

    def prepare(self, timeline: Timeline, *may_become: Timeline) -> None: ...

    def measure(self, said: str) -> Millis:
        return seconds(2)

    def has_settled(self) -> bool:
        return True

    def has_learned(self, *, at_rest: bool = False) -> bool:
        return False

    def replace(self, schedule: tuple[Planned, ...]) -> None: ...

    def close(self) -> None:
        self.closed = True

    def volume_by(self, change: int) -> int:
        self.volume = max(0, min(100, self.volume + change))
        return self.volume

    def toggle_mute(self) -> bool:
        self.muted = not self.muted
        return self.muted

    def cycle_voice(self) -> str:
        order = ["full", "short", "off"]
        self.voice = order[(order.index(self.voice) + 1) % 3]
        return self.voice

    def notices(self) -> tuple[str, ...]:
        taken = tuple(self.said)
        self.said.clear()
        return taken


def session_of(routine: Routine, clock: ManualClock, *, muted: bool = False) -> Session:
    return Session(compile_timeline(routine), clock, sound=cast("Sound", FakeSound(muted=muted)))


def warm_up() -> Routine:
    walk = Step(
        "walk", "Brisk walk or march", Kind.MOVE, seconds(45), do="Start as a stroll.", avoid="Do not run."
    )
    swing = Step("swing", "Leg swings", Kind.MOVE, seconds(15), sides=BOTH, areas=("hips",))
    knees = Step("knees", "Slow knee bends", Kind.REPS, None, reps=8)
    return Routine("warmup-short", "Dynamic warm-up, short", Phase.BEFORE_RUN, (walk, swing, knees))


@dataclass(slots=True)
class FakeFront:
    """A library of a few routines, a history of none, settings in a dictionary."""

    clock: ManualClock = field(default_factory=ManualClock)
    routines: tuple[Routine, ...] = field(default_factory=lambda: (warm_up(), plank(), stretch()))
    broken: tuple[Entry, ...] = ()
    kept: dict[str, str] = field(
        default_factory=lambda: {
            "screen.theme": "prehab-dark",
            "screen.motion": "on",
            "safety.accepted": "on",
            "sound.choice": "voice-and-tones",
        }
    )
    mine: dict[str, str] = field(default_factory=dict)
    due: Today = field(default_factory=lambda: Today((), (), ""))
    store: Store | None = None
    trouble: UserError | None = None
    answered: list[Answers] = field(default_factory=list)
    opened: list[Session] = field(default_factory=list)
    muted: bool = False
    pictures: Figures = field(default_factory=Figures)
    gated: bool = False
    growing: bool = False
    broke: BrokenOff | None = None
    after: Morning | None = None
    is_first: bool = False
    word: str = ""
    asks_run: bool = False
    now: datetime = NOW
    told: tuple[str, ...] = ()
    decided: list[str] = field(default_factory=list)

    def names(self) -> Sequence[Named]:
        return [Named(one.id, one.name, one.phase) for one in self.routines]

    def entries(self) -> Sequence[Entry]:
        checked = [Entry(r.id, r.name, r.phase, compile_timeline(r).total, ()) for r in self.routines]
        return [*checked, *self.broken]

    def preview(self, id: str, level: Millis | None = None, within: Millis | None = None) -> Timeline:
        return compile_timeline(self._within(id, level, within).routine, level)

    def _within(self, id: str, level: Millis | None, within: Millis | None) -> Fitted:
        try:
            return fit((Fitted(self._find(id), level),), Fit(within=within))[0]
        except Unfit as unfit:
            raise UserError(str(unfit), hint=unfit.hint) from unfit

    def changes(self, id: str, level: Millis | None, within: Millis) -> Sequence[str]:
        return differences((Fitted(self._find(id), level),), (self._within(id, level, within),))

    def draft(self, id: str) -> Draft | None:
        return None

    def finish(self, draft: Draft) -> Edited:
        return Edited((), is_saved=True)

    def new(self, name: str, *, note: str = "", like: str = "") -> str:
        raise UserError("nothing can be made here")

    def levels(self, id: str) -> Sequence[Millis]:
        return levels(self._find(id))

    def why(self, id: str) -> str:
        return "Same level; two clean sessions move you up." if id == "plank" else ""

    def shortcut(self, purpose: str) -> str:
        return {"warm-up": "warmup-short", "plank": "plank", "cool-down": "stretch-full"}[purpose]

    def other_length(self, id: str) -> str | None:
        return {"warmup-short": "stretch-full", "stretch-full": "warmup-short"}.get(id)

    def use_version(self, id: str) -> None:
        self.kept["used"] = id

    def asks_back(self, id: str) -> bool:
        return self.gated and (self.growing or gate.asks_back(self._find(id)))

    def before(self, id: str, back: int | None) -> gate.Before:
        return gate.before(self._find(id), back)

    def instead(self, id: str, back: int | None) -> str:
        return gate.instead(self._find(id), back)

    def recovery(self) -> str | None:
        return "stretch-full"

    def broken_off(self) -> BrokenOff | None:
        return self.broke

    def leave(self, session_id: str) -> None:
        self.decided.append(f"leave {session_id}")

    def discard(self, session_id: str) -> None:
        self.decided.append(f"discard {session_id}")

    def morning(self) -> Morning | None:
        return self.after

    def tell_morning(self, session_id: str, was: gate.Morning) -> None:
        self.decided.append(f"{session_id} {was.value}")

    def wave_morning_away(self, session_id: str) -> None:
        self.decided.append(f"{session_id} waved away")

    def run_length(self, id: str) -> Millis | None:
        step = run_of(self._find(id))
        return step.length if step and self.asks_run else None

    def first_levels(self, id: str) -> tuple[str, Millis, Millis] | None:
        return ("From the knees", seconds(20), seconds(30)) if self.is_first and id == "plank" else None

    def open(
        self,
        id: str,
        *,
        back: int | None = None,
        level: Millis | None = None,
        within: Millis | None = None,
        run: Fit | None = None,
        goes_on: bool = False,
    ) -> Session:
        self.decided.append(f"open {id} back {back} level {level} goes on {goes_on}")
        routine = self._within(id, level, within).routine
        if run is not None:
            routine = planned(routine, run.run_for)
        self.opened.append(session_of(routine, self.clock, muted=self.muted))
        return self.opened[-1]

    def figure(self, name: str | None) -> Figure | None:
        return self.pictures.find(name)

    def setting(self, key: str) -> str:
        return self.kept.get(key, "")

    def settings(self) -> Sequence[Setting]:
        themes = ("prehab-dark", "prehab-light", "nord")
        return [
            Setting("screen.theme", "Theme", "The colours.", self.kept["screen.theme"], themes),
            Setting(
                "screen.motion", "Motion", "Whether figures move.", self.kept["screen.motion"], ("on", "off")
            ),
            Setting("sound.lead", "Lead", "For Bluetooth.", "0 ms", ()),
        ]

    def save(self, key: str, value: str) -> None:
        self.kept[key] = value

    def remember(self, key: str, spelled: str) -> None:
        self.save(key, spelled)

    def choose_sound(self, choice: str) -> None:
        self.kept["sound.choice"] = choice

    def keys(self) -> Mapping[str, str]:
        return self.mine

    def notices(self) -> Sequence[str]:
        told, self.told = self.told, ()
        return told

    def today(self) -> Today:
        return self.due

    def looking_back(self) -> LookingBack:
        if self.trouble is not None:
            raise self.trouble
        return LookingBack(self.routines, self.store, NOW, self._grown)

    def diary(self) -> DiaryDesk:
        def store() -> Store:
            if self.store is None:
                self.store = history()
            return self.store

        return DiaryDesk(store, lambda: self.store, lambda: self.routines, lambda: self.now, self)

    def word_before(self, id: str) -> str:
        return self.word

    def _grown(self, routine: Routine) -> Grown | None:
        return Folds().of(self.routines, [routine], self.store, NOW).get(routine.id)

    def outlook(self, session: Session, answers: Answers) -> str:
        return "Same again next time." if session.timeline.level else ""

    def answer(self, session: Session, answers: Answers) -> None:
        self.answered.append(answers)

    @contextmanager
    def awake(self) -> Iterator[str]:
        yield ""

    def _find(self, id: str) -> Routine:
        for one in self.routines:
            if one.id == id:
                return one
        raise UserError(f"no such routine: {id}", hint="prehab list shows them")


def seen(app: App[int]) -> str:
    """Every character on the screen, as a person would read it."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
