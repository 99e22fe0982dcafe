"""Text that is shown letter by letter as it is, and painted only when it changes."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Plain text of a fixed height; nothing in it is ever taken for markup."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(Content(text), id=id, classes=classes, markup=False)
        self._said = text

    @property
    def text(self) -> str:
        """What is shown."""
        return self._said

    def say(self, text: str) -> None:
        """Show a text; one that is there already costs nothing, and one of the same room no layout."""
        if text == self._said:
            return
        grows = self.styles.is_auto_width and cell_len(text) != cell_len(self._said)
        self._said = text
        self.update(Content(text), layout=grows)


class Badge(Static):
    """A word with its shape on a filled ground."""

    DEFAULT_CSS = """
    Badge { width: auto; height: 1; padding: 0 1; text-style: bold; &.-empty { display: none; } }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Content(""), id=id, markup=False, classes="-empty")
        self._said = ""

    @property
    def text(self) -> str:
        """What is shown."""
        return self._said

    def say(self, text: str) -> None:
        """Show a word; one that is there already costs nothing."""
        if text == self._said:
            return
        self._said = text
        self.set_class(not text, "-empty")
        self.update(Content(text))
