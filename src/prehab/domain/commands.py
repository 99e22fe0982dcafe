"""What a person can ask of a running session, and when it is heard."""

from __future__ import annotations

from enum import Enum

from prehab.domain.duration import seconds


class State(Enum):
    """Where a session stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class Command(Enum):
    """A wish of the person; whether it is heard is `LEGAL`'s to say."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    DONE = "done"
    BACK = "back"
    RESTART = "restart"
    MORE = "more"
    STOP = "stop"


_MOVES = frozenset({Command.NEXT, Command.DONE, Command.BACK, Command.RESTART, Command.MORE, Command.STOP})

LEGAL: dict[State, frozenset[Command]] = {
    State.READY: frozenset({Command.START, Command.STOP}),
    State.RUNNING: _MOVES | {Command.PAUSE},
    State.PAUSED: _MOVES | {Command.RESUME},
    State.DONE: frozenset(),
}
"""Which commands each state hears; anything else is an `IllegalCommand` and changes nothing."""

MORE_BY = seconds(10)
"""How much `more` adds."""
COUNT_IN = seconds(3)
"""The lead before a work goes on after a pause, a restart or a step back."""
FRESH = seconds(3)
"""A work older than this is restarted by `back`; a younger one makes it go to the work before."""


class IllegalCommand(Exception):
    """A command that this state does not hear."""

    def __init__(self, command: Command, state: State) -> None:
        super().__init__(f"{command.value} is not heard while {state.value}")
        self.command = command
        self.state = state
