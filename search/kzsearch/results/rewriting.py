"""Pieces of articles in the script a reader prefers, their marks on the same words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from kzsearch.results.page import Fragment
from kzsearch.text.scripts import Script, rewritten

__all__ = ["in_script"]


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
