"""Articles in the script a reader prefers, their marks on the same words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from kzsearch.documents import Article, article_script
from kzsearch.results.page import Fragment
from kzsearch.text.scripts import Script, rewritten

__all__ = ["Letters", "in_script", "rewriting"]


class Letters(StrEnum):
    """A script to read Kazakh in, by its code in ISO 15924."""

    CYRILLIC = "cyrl"
    LATIN = "latn"
    ARABIC = "arab"


_SCRIPTS = {
    Letters.CYRILLIC: Script.CYRILLIC,
    Letters.LATIN: Script.LATIN_2021,
    Letters.ARABIC: Script.ARABIC,
}
_LETTERS = {
    Script.CYRILLIC: Letters.CYRILLIC,
    Script.CYRILLIC_BARE: Letters.CYRILLIC,
    Script.ARABIC: Letters.ARABIC,
}
"""Of scripts that are no Latin alphabet."""


def rewriting(article: Article, letters: Letters) -> Callable[[Fragment], Fragment] | None:
    """What rewrites pieces of an article; None where it is in these letters, or is not Kazakh."""
    if article.language_tag != "kk":
        return None
    script = article_script(article)
    if script is Script.OTHER or _LETTERS.get(script, Letters.LATIN) is letters:
        return None
    return lambda fragment: in_script(fragment, script, _SCRIPTS[letters])


def in_script(fragment: Fragment, source: Script, target: Script) -> Fragment:
    """A fragment in another script.

    source: that of its article (``article_script``). target: CYRILLIC, ARABIC or a Latin alphabet.
    """
    text = rewritten(fragment.text, source, target)

    def moved() -> Iterator[tuple[int, int]]:
        done = 0
        for start, end in fragment.marks:
            first = max(done, bisect_right(text.ends, start))
            done = max(first, bisect_left(text.starts, end))
            if first < done:
                yield first, done

    return replace(fragment, text=text.text, marks=tuple(moved()))
