"""Every key once: bindings, key bar, palette, help and the page about keys come out of this table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, runtime_checkable

from textual.binding import Binding, BindingType

from prehab.domain.commands import Command


class Scope(Enum):
    """Where a key is heard, in the words of a person."""

    EVERYWHERE = "anywhere"
    HOME = "on the home screen"
    SESSION = "in a session"
    SUMMARY = "on the summary"
    HISTORY = "in the history"
    RUN = "while telling of a run"
    SORENESS = "in the check-in"
    INSIGHTS = "in the insights"
    DIARY = "in the list of the diary"
    SETTINGS = "in the settings"


@dataclass(frozen=True, slots=True)
class Cmd:
    """Something a key does."""

    id: str
    """Never changes; a person remaps keys by it, and the action is named after it."""
    keys: tuple[str, ...]
    """Textual's names of the keys; the first is the one shown."""
    label: str
    """One or two words for the key bar."""
    help: str
    """A sentence for help, palette and the page about keys."""
    scope: Scope
    command: Command | None = None
    """What it asks of the session; whether that is heard is the domain's table to say."""
    weight: int = 0
    """The key bar shows the heaviest that fit; 0 is never shown there."""

    @property
    def action(self) -> str:
        """The name of the action that carries it out."""
        return self.id.replace(".", "_").replace("-", "_")


_S, _H, _U, _E = Scope.SESSION, Scope.HOME, Scope.SUMMARY, Scope.EVERYWHERE
_T, _M = Scope.HISTORY, Scope.SORENESS

COMMANDS: tuple[Cmd, ...] = (
    Cmd("session.pause", ("space",), "pause", "Pause, and go on.", _S, None, 90),
    Cmd("session.done", ("enter", "pagedown"), "done",
        "Done with this one: the seconds held are kept. In a gap: begin now.", _S, Command.DONE, 80),
    Cmd("session.next", ("n", "right"), "skip", "Skip this one: it is not done.", _S, Command.NEXT, 60),
    Cmd("session.back", ("b", "left", "pageup"), "back",
        "Begin this one again; in its first seconds, go to the one before.", _S, Command.BACK, 55),
    Cmd("session.restart", ("r",), "restart", "Begin this one again.", _S, Command.RESTART, 30),
    Cmd("session.more", ("plus", "equals_sign"), "10 s", "Ten seconds more.", _S, Command.MORE, 35),
    Cmd("session.louder", ("up",), "louder", "Turn the volume up.", _S),
    Cmd("session.quieter", ("down",), "quieter", "Turn the volume down.", _S),
    Cmd("session.mute", ("m",), "mute", "Mute; the screen shows the last seconds instead.", _S, None, 40),
    Cmd("session.voice", ("v",), "voice", "Voice: full, short, off.", _S, None, 38),
    Cmd("session.hurts", ("x",), "it hurts", "Pause and say how much it hurts.", _S, None, 50),
    Cmd("session.tired", ("t",), "tired",
        "On a run: getting tired, so the posture checks come more often.", _S, None, 52),
    Cmd("session.end", ("q", "ctrl+c", "escape", "ctrl+q"), "end",
        "End the session; asks first.", _S, Command.STOP, 70),
    Cmd("home.start", ("enter",), "start", "Start the routine under the cursor.", _H, None, 90),
    Cmd("home.warm-up", ("w",), "warm up", "Start the warm-up, full or short as last time.", _H, None, 80),
    Cmd("home.plank", ("p",), "plank", "Start the plank session.", _H, None, 79),
    Cmd("home.cool-down", ("c",), "cool down", "Start the stretch after a run, full or short as last time.",
        _H, None, 78),
    Cmd("home.swap", ("s",), "short/full", "Swap between the short and the full version.", _H, None, 50),
    Cmd("home.level", ("l",), "level", "A longer hold, for this once; after the longest, the shortest.",
        _H, None, 45),
    Cmd("home.level-back", ("L",), "shorter", "A shorter hold, for this once.", _H),
    Cmd("home.fit", ("i",), "less time",
        "In less time, for this once; after the shortest, all of it.", _H, None, 46),
    Cmd("home.fit-back", ("I",), "more time", "In more time again.", _H),
    Cmd("home.edit", ("e",), "edit",
        "Change this routine in your editor; of a bundled one, a copy of your own.", _H, None, 34),
    Cmd("home.new", ("N",), "new", "Make a routine of your own, if you like from a physio's note.",
        _H, None, 33),
    Cmd("home.run", ("r",), "run", "Tell of a run: when, how far, on what.", _H, None, 56),
    Cmd("home.soreness", ("m",), "soreness", "Tell how sore it is, this morning or at any time.",
        _H, None, 55),
    Cmd("home.insights", ("d",), "diary", "What the diary can tell, and what it cannot.", _H, None, 49),
    Cmd("home.filter", ("slash",), "filter", "Show only routines that match.", _H, None, 60),
    Cmd("home.history", ("h",), "history", "What was done.", _H, None, 58),
    Cmd("home.settings", ("comma",), "settings", "Sound, voice, theme and the rest.", _H, None, 52),
    Cmd("home.quit", ("q", "ctrl+c", "ctrl+q"), "quit", "Leave prehab.", _H, None, 70),
    Cmd("summary.next", ("enter",), "next",
        "On to the next question; from the last one, finish.", _U, None, 90),
    Cmd("summary.after", ("down", "tab"), "after", "On to the question after.", _U),
    Cmd("summary.before", ("up", "shift+tab"), "before", "Back to the question before.", _U, None, 60),
    Cmd("summary.less", ("left",), "less", "A second less held; a point less.", _U, None, 50),
    Cmd("summary.more", ("right",), "more", "A second more held; a point more.", _U, None, 51),
    Cmd("summary.finish", ("escape", "q", "ctrl+c", "ctrl+q"), "finish",
        "Keep what is there and leave the rest open.", _U, None, 80),
    Cmd("history.part", ("tab", "right"), "next part",
        "On to the next part: weeks, holds, sessions.", _T, None, 85),
    Cmd("history.part-before", ("shift+tab", "left"), "part before", "Back to the part before.", _T),
    Cmd("history.steps", ("enter",), "steps", "What was held in this session.", _T, None, 80),
    Cmd("history.delete", ("d", "delete"), "delete", "Delete this session; it can be brought back.",
        _T, None, 60),
    Cmd("history.undo", ("u",), "undo", "Bring back what was deleted last.", _T, None, 75),
    Cmd("history.other", ("g",), "other holds", "The holds of the next routine that grows.", _T, None, 50),
    Cmd("run.keep", ("enter",), "keep it", "Keep the run; what is left out stays unknown.",
        Scope.RUN, None, 90),
    Cmd("run.next", ("right",), "change", "The next value; a bit more.", Scope.RUN, None, 80),
    Cmd("run.before", ("left",), "back", "The value before; a bit less.", Scope.RUN, None, 70),
    Cmd("soreness.keep", ("enter",), "keep it", "Keep what was said; nothing said is nothing kept.",
        _M, None, 90),
    Cmd("soreness.most", ("right",), "10", "The number 10; yes to the question.", _M, None, 80),
    Cmd("soreness.less", ("left", "backspace"), "none", "No number; no answer.", _M, None, 60),
    Cmd("soreness.others", ("o",), "other areas", "Show the other areas too.", _M, None, 75),
    Cmd("soreness.side", ("s",), "side", "Left, right, centre, or no side.", _M, None, 70),
    Cmd("insights.sure", ("s",), "how sure are we?", "What is known of the advice, and of your diary.",
        Scope.INSIGHTS, None, 85),
    Cmd("insights.list", ("l",), "list", "Every run and every check-in, to look at or to put right.",
        Scope.INSIGHTS, None, 80),
    Cmd("diary.change", ("enter", "e"), "change", "Put it right in the form it was told with.",
        Scope.DIARY, None, 85),
    Cmd("diary.delete", ("d", "delete"), "delete", "Delete it; it can be brought back.",
        Scope.DIARY, None, 75),
    Cmd("diary.undo", ("u",), "undo", "Bring back what was deleted or changed last.",
        Scope.DIARY, None, 80),
    Cmd("settings.change", ("enter", "right", "space"), "change",
        "The next value.", Scope.SETTINGS, None, 80),
    Cmd("settings.back", ("left",), "before", "The value before.", Scope.SETTINGS, None, 70),
    Cmd("app.help", ("question_mark", "f1"), "help",
        "What is on this screen and which keys it hears.", _E, None, 72),
    Cmd("app.safety", ("exclamation_mark",), "safety", "The warning signs, anywhere.", _E, None, 10),
    Cmd("app.suspend", ("ctrl+z",), "shell", "Back to the shell for a moment; a session pauses.", _E),
    Cmd("app.palette", ("ctrl+p",), "commands", "Find a command by its name.", _E),
)  # fmt: skip
"""In the order in which help lists them."""

BY_ID = {cmd.id: cmd for cmd in COMMANDS}

_CAPS = {
    "space": "space", "enter": "⏎", "pagedown": "PgDn", "pageup": "PgUp", "left": "←", "right": "→",
    "up": "↑", "down": "↓", "plus": "+", "equals_sign": "=", "slash": "/", "comma": ",", "question_mark": "?",
    "f1": "F1", "exclamation_mark": "!", "escape": "esc", "tab": "tab", "shift+tab": "shift+tab",
}  # fmt: skip


def cap(key: str) -> str:
    """How a key is written on a key cap."""
    return _CAPS.get(key, key)


def of(scope: Scope) -> tuple[Cmd, ...]:
    """The commands of one scope."""
    return tuple(cmd for cmd in COMMANDS if cmd.scope is scope)


def bindings(scope: Scope) -> list[BindingType]:
    """The Textual bindings of one scope, each with its id."""
    return [
        Binding(
            ",".join(cmd.keys), cmd.action, cmd.label, show=False, id=cmd.id, tooltip=cmd.help,
        )
        for cmd in of(scope)
    ]  # fmt: skip


def elsewhere(key: str, scope: Scope | None) -> Cmd | None:
    """The command that a key means on another screen, to be able to say why nothing happens here."""
    return next(
        (cmd for cmd in COMMANDS if key in cmd.keys and cmd.scope not in (scope, Scope.EVERYWHERE)), None
    )


@runtime_checkable
class Remapped(Protocol):
    """An app in which a person may have put their own keys."""

    @property
    def remap(self) -> Mapping[str, str]:
        """Keys by the id of their command, checked."""
        ...


def live_keys(cmd: Cmd, app: object) -> tuple[str, ...]:
    """The keys of a command in an app."""
    return keys_of(cmd, app.remap if isinstance(app, Remapped) else {})


def shown_key(cmd: Cmd, app: object) -> str:
    """The key of a command as an app's key bar and help write it."""
    return cap(live_keys(cmd, app)[0])


def keys_of(cmd: Cmd, remap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that carry out a command once a person has had their way."""
    return tuple(key.strip() for key in remap[cmd.id].split(",")) if cmd.id in remap else cmd.keys


def problems(remap: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with own keys: unknown ids and keys, and keys that mean two things on one screen."""
    found = [_no_such_command(id) for id in remap if id not in BY_ID]
    found += [
        f"no such key: {key!r} for {id} (as in space, f2, ctrl+e, or the character itself)"
        for id in remap
        if id in BY_ID
        for key in keys_of(BY_ID[id], remap)
        if not _can_be_pressed(key)
    ]
    for scope in Scope:
        meant: defaultdict[str, list[str]] = defaultdict(list)
        for cmd in (*of(scope), *(of(Scope.EVERYWHERE) if scope is not Scope.EVERYWHERE else ())):
            for key in keys_of(cmd, remap):
                meant[key].append(cmd.id)
        found += [
            f"the key {cap(key)!r} means {' and '.join(ids)} {scope.value}"
            for key, ids in meant.items()
            if len(ids) > 1
        ]
    return tuple(dict.fromkeys(found))


def _no_such_command(id: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(id, BY_ID, 1)
    hint = f"did you mean {near[0]!r}?" if near else "docs/keys.md lists them"
    return f"no such command: {id!r} ({hint})"


def _can_be_pressed(key: str) -> bool:
    """Whether Textual knows a key by this name, with or without ctrl, alt and shift."""
    from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

    bare = key.removeprefix("ctrl+").removeprefix("alt+").removeprefix("shift+")
    named = {*Keys, *KEY_NAME_REPLACEMENTS.values()}
    return len(bare) == 1 or bare in named or key_to_character(bare) is not None


def accepted(remap: Mapping[str, str]) -> dict[str, str]:
    """The part of a person's own keys that can be used: known ids and keys, none of them another one's."""
    kept: dict[str, str] = {}
    for id, written in remap.items():
        if id in BY_ID and not problems({**kept, id: written}):
            kept[id] = written
    return kept


def table(
    scopes: Iterable[Scope] = tuple(Scope), remap: Mapping[str, str] | None = None
) -> list[tuple[str, str, str]]:
    """Rows of where, keys and what they do, for help and docs."""
    return [
        (scope.value, "  ".join(cap(key) for key in keys_of(cmd, remap or {})), cmd.help)
        for scope in scopes
        for cmd in of(scope)
    ]
