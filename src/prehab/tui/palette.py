"""The commands of the table and the routines, found by their names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from prehab.tui import keys
from prehab.tui.keys import Cmd, Scope


class Commands(Provider):
    """What can be done on the screen that the palette was opened from."""

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for cmd in self._live():
            yield DiscoveryHit(_named(cmd), partial(self.screen.run_action, cmd.action), help=cmd.help)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for cmd in self._live():
            score = max(matcher.match(_named(cmd)), matcher.match(cmd.help) * 0.8)
            if score:
                yield Hit(
                    score, Content(_named(cmd)), partial(self.screen.run_action, cmd.action), help=cmd.help
                )

    def _live(self) -> Iterator[Cmd]:
        scope = getattr(self.screen, "SCOPE", None)
        if isinstance(scope, Scope):
            yield from keys.of(scope)
        for cmd in keys.of(Scope.EVERYWHERE):
            if cmd.id not in {"app.palette"}:
                yield cmd


def _named(cmd: Cmd) -> str:
    return f"{cmd.label[:1].upper()}{cmd.label[1:]}"
