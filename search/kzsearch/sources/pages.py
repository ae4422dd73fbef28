"""What a page of HTML says to robots: its feeds, its canonical address, a channel's posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kzsearch.documents.declared import decode_markup
from kzsearch.documents.formats import html
from kzsearch.documents.identity import canonical_url
from kzsearch.documents.markup import parse_html
from kzsearch.errors import DocumentError, SourceError
from kzsearch.sources.addresses import host_of, resolve_address
from kzsearch.sources.entries import Entry, listed_date
from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import Answer

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["canonical_address", "charset", "is_html", "linked_feeds", "telegram_posts"]

_FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml",
    "application/feed+json", "text/rss+xml",
}  # fmt: skip
_COMMENTS = re.compile(r"comment|пікір|комментар", re.IGNORECASE)
_TITLE_CHARS = 200


def charset(answer: Answer) -> str:
    """The encoding the header of an answer names, or ''."""
    found = re.search(r"charset=[\"']?([\w.:-]+)", answer.headers.get("content-type", ""), re.I)
    return found[1] if found else ""


def is_html(answer: Answer) -> bool:
    """Whether an answer looks like a page of HTML, whatever its header says."""
    return html.sniff(answer.body[: 1 << 16].removeprefix(b"\xef\xbb\xbf").lstrip())


def linked_feeds(answer: Answer) -> list[str]:
    """Addresses of the feeds a page names in its head, those of comments last."""
    tree = _tree(answer)
    found: dict[str, bool] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if kind in _FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split():
            for address in _resolved(_base(tree, answer.url), link.get("href")):
                about_comments = _COMMENTS.search(f"{link.get('title')} {address}") is not None
                found.setdefault(address, about_comments)
    return sorted(found, key=lambda address: found[address])


def canonical_address(answer: Answer) -> str:
    """The address a page wants to be known by, if it is on the same host; else its own.

    A page that names the site's front page, as some programs do on all pages, is not believed.
    """
    tree = _tree(answer)
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            for address in _resolved(_base(tree, answer.url), link.get("href")):
                same_host = _bare(host_of(address)) == _bare(host_of(answer.url))
                if same_host and "/" in canonical_url(address):
                    return address
    return answer.url


def telegram_posts(answer: Answer) -> list[Entry]:
    """The posts on the public preview page of a channel, oldest first.

    Raises FetchError when it is no such page.
    """
    tree = _tree(answer)
    posts = list(_posts(tree))
    if not posts and not tree.find_class("tgme_channel_info"):
        raise FetchError(
            "there is no public preview: the channel is private, closed or misspelt", lasting=True
        )
    return posts


def _posts(tree: HtmlElement) -> Iterator[Entry]:
    for message in tree.find_class("tgme_widget_message"):
        name = message.get("data-post") or ""
        texts = [
            element
            for element in message.find_class("tgme_widget_message_text")
            if not any("tgme_widget_message_reply" in (up.get("class") or "")
                       for up in element.iterancestors())
        ]  # fmt: skip
        if not name or not texts:
            continue  # a picture without words
        text = _text_of(texts[-1])
        times = [time.get("datetime") for time in message.iter("time") if time.get("datetime")]
        if text:
            yield Entry(
                address=f"https://t.me/{name}",
                name=name,
                title=_first_line(text),
                date=listed_date(times[-1]) if times else "",
                text=text,
                whole=True,
            )


def _text_of(element: HtmlElement) -> str:
    """The text of a post, with its line ends."""
    for line_end in list(element.iter("br")):
        line_end.tail = "\n" + (line_end.tail or "")
    lines = (" ".join(line.split()) for line in element.text_content().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _first_line(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= _TITLE_CHARS else line[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def _tree(answer: Answer) -> HtmlElement:
    """The page as a tree. Raises FetchError for what has no element at all."""
    try:
        tree = parse_html(decode_markup(answer.body, charset(answer)))
    except DocumentError as error:
        raise FetchError(f"the page cannot be read: {error}", lasting=True) from None
    if tree is None:
        raise FetchError("the answer is empty")
    return tree


def _base(tree: HtmlElement, url: str) -> str:
    """What the links of a page are relative to."""
    for base in tree.iter("base"):
        return next(_resolved(url, base.get("href")), url)
    return url


def _resolved(base: str, link: str | None) -> Iterator[str]:
    if link and link.strip():
        try:
            yield resolve_address(base, link)
        except SourceError:
            return


def _bare(host: str) -> str:
    return host.removeprefix("www.")
