"""The text of the article on a page."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from kzsearch.documents.markup import text_of, tidied
from kzsearch.documents.tables import read_table

__all__ = ["article_text", "is_article_text", "is_listing"]

_LEAST_CHARS, _LEAST_PARAGRAPHS = 250, 2
"""What makes a page an article that does not say that it is one."""

_LONG = 40
"""Characters of a paragraph of running text at least."""

_HEADLINE, _MOST_HEADLINES = 20, 3
"""Characters of a link that is a headline, and how many of them an article may have around it."""

_MOST_BLOCKS, _MOST_LEADS = 12, 2

_BLOCKS = ("p", "div", "td", "blockquote", "section", "article", "main")

_UNREAD = frozenset([
    "nav", "aside", "footer", "header", "form", "button", "script", "style", "noscript",
    "figure", "menu",
])  # fmt: skip
_UNREAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|sidebar|side|related\w*|popular\w*|recommend\w*|similar\w*|"
    r"comments?|comment-\w+|share\w*|social\w*|banner\w*|advert\w*|ads?|promo|footer|header|"
    r"breadcrumbs?|tags?|subscribe\w*|widget\w*|copyright|read-?also|more-?news|pagination)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


def article_text(tree: Any, source: str, title: str, heading: Any = None) -> str:
    """The text of a page's article, paragraphs parted by empty lines; '' if there is none.

    tree: the page parsed by lxml; it is changed. source: the page as text. heading: the element
    of the tree that holds the title, if there is one.
    """
    text = _by_trafilatura(source)
    following = [] if heading is None else _blocks_behind(heading)
    if not is_article_text(text):
        own = _densest(tree)
        text = own if is_article_text(own) or len(own) > len(text) else text
    return _trimmed(_with_lead(text, following), title)


def _blocks_behind(heading: Any) -> list[str]:
    """The first paragraphs behind the title, links left out: a lead stands apart on many pages."""
    blocks: list[str] = []
    for node in heading.xpath("following::*[self::p or self::div or self::h2 or self::h3]"):
        if len(blocks) == _MOST_BLOCKS:
            break
        if _is_leaf(node) and _has_running(node) and next(node.iter("a"), None) is None:
            blocks.append(text_of(node))
    return blocks


def _with_lead(text: str, following: list[str]) -> str:
    """A text with the paragraphs put before it that stand between it and the title."""
    first = next((line for line in text.split("\n") if _is_running(line)), "")
    if not first or first not in following:
        return text
    lead = [block for block in following[: following.index(first)] if block not in text]
    return "\n\n".join([*lead[-_MOST_LEADS:], text])


def is_article_text(text: str) -> bool:
    """Whether a text is an article rather than headlines: enough of it, in paragraphs."""
    paragraphs = [line for line in text.split("\n") if _is_running(line)]
    return sum(map(len, paragraphs)) >= _LEAST_CHARS and len(paragraphs) >= _LEAST_PARAGRAPHS


def is_listing(tree: Any) -> bool:
    """Whether a page lists articles: no two paragraphs follow one another without a headline.

    A headline is a link of some length that does not stand inside a paragraph.
    """
    running = headlines = 0
    for node in tree.iter("a", *_BLOCKS):
        if node.tag == "a":
            paragraph = next(node.iterancestors("p", "td", "li"), None)
            inside = paragraph is not None and _is_leaf(paragraph) and _has_running(paragraph)
            if not inside and len(text_of(node)) >= _HEADLINE:
                headlines += 1
                running = 0
        elif _is_leaf(node):
            running += sum(map(_is_running, text_of(node).split("\n")))
            if running > 1:
                return False
    return headlines > _MOST_HEADLINES


def _links_in(node: Any) -> int:
    """Characters of an element that are links."""
    return sum(len(text_of(link)) for link in node.iter("a"))


def _is_leaf(node: Any) -> bool:
    """Whether an element is a paragraph, or text parted by lines, with no other block in it."""
    return next(node.iterdescendants(*_BLOCKS), None) is None


def _has_running(node: Any) -> bool:
    return any(map(_is_running, text_of(node).split("\n")))


def _is_running(line: str) -> bool:
    return len(line) >= _LONG and bool(re.search(r"[.!?…:;»\"”]\s*$|[.!?…]\s", line))


def _by_trafilatura(source: str) -> str:
    try:
        import trafilatura
    except ImportError:
        return ""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells of every odd page
    try:
        found = trafilatura.bare_extraction(
            source, favor_precision=True, include_comments=False, with_metadata=False
        )
    except Exception:  # on a page it does not know how to take; ours is tried then
        return ""
    return tidied(re.sub(r"\n+", "\n\n", getattr(found, "text", None) or ""))


def _densest(tree: Any) -> str:
    """The text of the element that has most running text of its own, counted against links."""
    whole = len(text_of(tree))
    for node in list(tree.iter()):
        if node.getparent() is not None and _is_unread(node, whole):
            node.drop_tree()
    scores: dict[Any, float] = {}
    for block in filter(_is_leaf, tree.iter(*_BLOCKS)):
        lines = text_of(block).split("\n")
        score = sum(len(line) for line in lines if _is_running(line)) - 2.0 * _links_in(block)
        place = block.getparent() if block.tag in {"p", "blockquote"} else block
        for share in (1.0, 0.6, 0.3):
            if place is not None:
                scores[place] = scores.get(place, 0.0) + share * score
                place = place.getparent()
    if not scores:
        return ""
    best = max(scores, key=lambda node: scores[node])
    paragraphs = [
        text_of(node)
        for node in best.iter("p", "blockquote", "li")
        if _is_leaf(node) and _links_in(node) * 2 < len(text_of(node))
    ]
    text = "\n\n".join(paragraphs)
    whole_text = text_of(best)
    if len(text) * 2 < len(whole_text):  # text parted by <br>
        text = whole_text
    return tidied(re.sub(r"\n+", "\n\n", text))


def _is_unread(node: Any, whole: int) -> bool:
    """Whether an element is no part of a text; what is called so may be the page's frame."""
    if not isinstance(node.tag, str) or node.tag in {"script", "style"}:
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    is_called_so = node.tag in _UNREAD or _UNREAD_NAMES.search(names)
    return bool(is_called_so) and len(node.text_content()) * 3 < whole


def _trimmed(text: str, title: str) -> str:
    """The text without the title at its beginning and invitations to read other articles."""
    paragraphs = text.split("\n\n")
    if paragraphs and title and paragraphs[0].casefold() == title.casefold():
        del paragraphs[0]
    kept: list[str] = []
    for place, paragraph in enumerate(paragraphs):
        if not _invites(paragraph):
            kept.append(paragraph)
        elif not any(map(_is_running, paragraphs[place + 1 :])):
            break
    return "\n\n".join(kept).strip()


def _invites(paragraph: str) -> bool:
    """Whether a paragraph is a link to another article, or the words before one."""
    found = _tail().match(paragraph)
    rest = paragraph[found.end() :].lstrip() if found else ""
    return found is not None and (rest[:1] in {"", ":", "–", "—", "-"} or rest[-1] not in ".!?»")


@cache
def _tail() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase, _example in read_table("tails.tsv"))
    return re.compile(rf"[\s«\"*•►▶→>-]*(?:{phrases})(?!\w)", re.IGNORECASE)
