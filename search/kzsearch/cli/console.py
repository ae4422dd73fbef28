"""Printing for people: colours on a terminal, plain text in a pipe, nothing that hurts either.

Imported only by commands that have something to print: rich takes its time to load.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from kzsearch.documents import Article
from kzsearch.engine.interface import Match, Place
from kzsearch.results import Fragment

__all__ = ["MATCHES", "PLACES", "article_line", "marked", "open_console", "printable"]

PLACES = {
    Place.TITLE: "in the title",
    Place.LEAD: "among the first words",
    Place.BODY: "in the text",
}
MATCHES = {
    Match.STEM: "by its stem",
    Match.EXACT: "as typed",
    Match.PREFIX: "by its first letters",
    Match.PHRASE: "words side by side",
    Match.RELATED: "a word of like meaning",
}
"""What a score is made of, in words."""

_MARK_STYLE = "bold yellow"
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")
"""Control characters, of which texts from outside may hold orders to the terminal."""


class _Console(Console):
    """Leaves a closed pipe to the one place where errors are handled."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def open_console(*, stderr: bool = False) -> Console:
    """A console that honours NO_COLOR and prints text as it is: no markup, no emoji codes.

    In a pipe lines are not broken.
    """
    console = _Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    console.soft_wrap = not console.is_terminal
    return console


def printable(text: str) -> str:
    """The text without control characters, of the same length."""
    return text.translate(_CONTROLS)


def marked(fragment: Fragment, style: str = "") -> Text:
    """A fragment with its marks coloured and ellipses where text was left out."""
    text = Text(printable(fragment.text), style)
    for start, end in fragment.marks:
        text.stylize(_MARK_STYLE, start, end)
    return Text("… " if fragment.before else "") + text + Text(" …" if fragment.after else "")


def article_line(article: Article) -> str:
    """Source, day, category, author and address of an article, as far as they are known."""
    day = article.day.isoformat() if article.day else ""
    parts = [article.source, day, article.category, article.author, article.url]
    return printable(" · ".join(filter(None, parts)))
