from __future__ import annotations

import pytest
from textual.app import App

from prehab.domain.commands import LEGAL, Command
from prehab.tui import keys
from prehab.tui.app import PrehabApp
from prehab.tui.keys import Cmd, Scope
from prehab.tui.screens.diary import DiaryScreen
from prehab.tui.screens.history import HistoryScreen
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.insights import InsightsScreen
from prehab.tui.screens.run import RunScreen
from prehab.tui.screens.session import SessionScreen
from prehab.tui.screens.settings import SettingsScreen
from prehab.tui.screens.soreness import SorenessScreen
from prehab.tui.screens.summary import SummaryScreen

OWNERS: dict[Scope, type[object]] = {
    Scope.EVERYWHERE: PrehabApp,
    Scope.HOME: HomeScreen,
    Scope.SESSION: SessionScreen,
    Scope.SUMMARY: SummaryScreen,
    Scope.HISTORY: HistoryScreen,
    Scope.RUN: RunScreen,
    Scope.SORENESS: SorenessScreen,
    Scope.INSIGHTS: InsightsScreen,
    Scope.DIARY: DiaryScreen,
    Scope.SETTINGS: SettingsScreen,
}


@pytest.mark.parametrize("cmd", keys.COMMANDS, ids=lambda cmd: cmd.id)
def test_every_command_has_an_action_where_it_is_heard(cmd: Cmd) -> None:
    assert callable(getattr(OWNERS[cmd.scope], f"action_{cmd.action}"))


def test_ids_are_unique_and_say_where_they_are_heard() -> None:
    ids = [cmd.id for cmd in keys.COMMANDS]
    assert len(set(ids)) == len(ids)
    assert all("." in id for id in ids)


def test_the_table_as_shipped_has_no_clash() -> None:
    assert keys.problems({}) == ()


def test_every_command_that_the_session_knows_has_a_key() -> None:
    carried = {cmd.command for cmd in keys.of(Scope.SESSION) if cmd.command}
    by_the_space_bar = {Command.PAUSE, Command.RESUME}
    by_itself = {Command.START}
    assert carried | by_the_space_bar | by_itself == set(Command)
    assert all(any(command in heard for heard in LEGAL.values()) for command in carried)


def test_an_unknown_id_and_a_clash_are_reported_and_left_out() -> None:
    mine = {"session.dance": "d", "session.next": "space", "session.restart": "z"}
    said = keys.problems(mine)
    assert any("session.dance" in line for line in said)
    assert any("session.pause and session.next" in line for line in said)
    assert keys.accepted(mine) == {"session.restart": "z"}


def test_a_slip_in_own_keys_is_named_and_leaves_the_key_as_it_was() -> None:
    mine = {"session.paus": "p", "session.pause": "spce", "session.mute": "f2,ctrl+e,alt+ö,minus,*"}
    said = " ".join(keys.problems(mine))
    assert "did you mean 'session.pause'?" in said
    assert "'spce' for session.pause" in said
    assert set(keys.accepted(mine)) == {"session.mute"}


def test_a_key_may_mean_different_things_on_different_screens() -> None:
    assert keys.problems({"home.history": "n"}) == ()


def test_the_table_for_people_names_every_command() -> None:
    assert len(keys.table()) == len(keys.COMMANDS)


@pytest.mark.parametrize("screen", [one for scope, one in OWNERS.items() if scope is not Scope.EVERYWHERE])
def test_every_screen_says_what_it_is_for(screen: type[App[None]]) -> None:
    assert len(str(getattr(screen, "HELP", ""))) > 40
    assert isinstance(getattr(screen, "SCOPE", None), Scope)
