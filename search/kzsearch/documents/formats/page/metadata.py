"""What a page states about its article: title, date, author, and so on.

The order of places for each field was found on real pages: what programs wrote for other
programs first (JSON-LD, ``article:`` and ``og:`` of the Open Graph protocol), then what stands
next to the title. Dates elsewhere on a page belong to other articles.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kzsearch.documents.dates import parse_date
from kzsearch.documents.formats.page.json_ld import article_objects, name_of
from kzsearch.documents.markup import html_to_text, text_of, unescaped
from kzsearch.errors import DocumentError

__all__ = ["Metadata", "read_metadata"]

_ASIDE = frozenset({"aside", "nav", "footer"})
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:sidebar|side-?bar|related|popular|recent|latest|similar|recommend\w*|widget|"
    r"comments?|menu|footer|more-?news|last-?news|top-?news|read-?also)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PAGE_HEAD = re.compile(r"(?:^|[\s_-])(?:header|top|topbar|logo|navbar|today|weather)(?:$|[\s_-])")
_TITLE_BORDER = re.compile(r"\s+[-–—|·•»/]\s+|\s+::\s+|\s*\|\s*")
_CLOSE = 1_000
"""Characters of text on either side of the title in which the page may write its date."""

_MOST_LEVELS, _MOST_LEVELS_ABOVE = 6, 2
"""Elements around the title whose neighbours behind and before it may hold the date."""

_HEADLINE = 20
"""Characters of a link that leads to another article."""

_LONG_AUTHOR = 80

_LONG_NAME = 30
"""Characters of a site's name behind which a motto may follow."""

_SHORT, _MOST_WORDS = 90, 6
"""Characters of a line that may be about the article, and words of a date."""

_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time",
    "datepublished", "article:published", "published_time", "publish_date", "publish-date",
    "pubdate", "publication_date", "date.issued", "dc.date.issued", "dc.date", "dcterms.created",
    "dcterms.issued", "sailthru.date", "parsely-pub-date", "mediator_published_time", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; '' for what was not.

    heading: the element that holds the title, None if none does.
    date: as the page writes it, readable by ``parse_date``.
    body: the text if JSON-LD gives it.
    is_article: whether JSON-LD says that the page is an article.
    """

    heading: Any
    title: str
    date: str
    source: str
    author: str
    category: str
    url: str
    language: str
    body: str
    is_article: bool


def read_metadata(tree: Any, url: str = "", fetched: dt.datetime | None = None) -> Metadata:
    """What a page, parsed by lxml, states. url, fetched: where it was fetched from, and when."""
    metas = _metas(tree)
    scripts = [
        script.text or ""
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    article = next(iter(article_objects(scripts)), {})
    address = _address(tree, metas, article, url)
    site = _short(name_of(article.get("publisher")) or metas.get("og:site_name", ""))
    heading, title = _title(tree, metas, article, site, address)
    section = article.get("articleSection") or metas.get("article:section", "")
    return Metadata(
        heading=heading,
        title=title,
        date=_date(tree, metas, article, heading, fetched),
        source=site,
        author=name_of(article.get("author")) or _author(tree, metas),
        category="; ".join(section) if _is_texts(section) else name_of(section),
        url=address,
        language=tree.get("lang") or "",
        body=html_to_text(text) if isinstance(text := article.get("articleBody"), str) else "",
        is_article=bool(article),
    )


def _short(site: str) -> str:
    """The name of a site less its motto: «Stan.kz - бүгінгі жаңалықтар»."""
    return _TITLE_BORDER.split(site)[0] if len(site) > _LONG_NAME else site


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _metas(tree: Any) -> dict[str, str]:
    """The contents of ``<meta>`` by name in small letters; of several the first counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name, content = meta.get(attribute), meta.get("content")
            if name and content and content.strip():
                metas.setdefault(name.strip().lower(), unescaped(content))
    return metas


def _address(tree: Any, metas: Mapping[str, str], article: Mapping[str, Any], url: str) -> str:
    """The canonical address: on the host the page came from, if that is known."""
    links = (
        link.get("href") or ""
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    page = article.get("mainEntityOfPage")
    stated = page.get("@id") if isinstance(page, dict) else page
    for candidate in (*links, metas.get("og:url", ""), stated, article.get("url")):
        if isinstance(candidate, str) and (candidate := candidate.strip()):
            if candidate.startswith("//"):
                candidate = f"https:{candidate}"
            if _host(candidate) and (not url or _host(candidate) == _host(url)):
                return candidate
    return url


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _author(tree: Any, metas: Mapping[str, str]) -> str:
    """Who is named as the author in a ``<meta>``, else by the page's microdata."""
    named = metas.get("author") or metas.get("article:author") or metas.get("dc.creator") or ""
    if named and not named.startswith(("http:", "https:")):
        return named
    for node in tree.iter("a", "span", "div", "p"):
        is_author = "author" in f"{node.get('itemprop') or ''} {node.get('rel') or ''}".split()
        if is_author and not _is_aside(node):
            text = unescaped(text_of(node))
            return text if len(text) <= _LONG_AUTHOR else ""
    return ""


def _title(
    tree: Any, metas: Mapping[str, str], article: Mapping[str, Any], site: str, url: str
) -> tuple[Any, str]:
    """The heading of the article, None if there is none, and its title."""
    og_title = metas.get("og:title") or metas.get("twitter:title", "")
    head = tree.find(".//head/title")
    page_title = unescaped(text_of(head)) if head is not None else ""
    stated = name_of(article.get("headline")) or name_of(article.get("name"))
    headings = [(h, unescaped(text_of(h))) for h in tree.iter("h1", "h2") if not _is_aside(h)]
    first = [pair for pair in headings if pair[0].tag == "h1" and pair[1]]
    for wanted in filter(None, (stated, og_title, page_title)):
        for heading, text in [*first, *(pair for pair in headings if pair[0].tag == "h2")]:
            # Headlines in JSON-LD are cut at 110 characters; og:title may add the site's name.
            if text and (_holds(wanted, text) or _holds(text, wanted.rstrip(".… "))):
                whole = stated and not _holds(text, stated.rstrip(".… "))
                return heading, stated if whole else text
    heading = first[0][0] if first else None
    if stated:
        return heading, stated
    if og_title:
        return heading, _without_site(og_title, site, url)
    if len(first) == 1:
        return heading, first[0][1]
    return heading, _without_site(page_title, site, url)


def _holds(text: str, part: str) -> bool:
    """Whether a title holds another one, which is long enough for that to mean something."""
    return part.casefold() in text.casefold() and len(part) * 3 > len(text)


def _without_site(title: str, site: str, url: str) -> str:
    """A title less the site's name at its beginning or end."""
    parts = _TITLE_BORDER.split(title)
    names = {site.casefold(), _host(url).casefold(), _host(url).partition(".")[0].casefold()}
    if len(parts) > 1:
        for place, rest in ((-1, parts[:-1]), (0, parts[1:])):
            if parts[place].casefold() in names:
                border = title.find(rest[0])
                return title[border : title.rfind(rest[-1]) + len(rest[-1])]
        if not site:  # the title is the longer part
            return max(parts, key=len)
    return title


def _date(
    tree: Any,
    metas: Mapping[str, str],
    article: Mapping[str, Any],
    heading: Any,
    fetched: dt.datetime | None,
) -> str:
    """The first date that can be read, in the order of places above."""
    candidates = [article.get("datePublished"), article.get("dateCreated")]
    candidates += [metas.get(name) for name in _DATE_NAMES]
    candidates += _times(tree, heading)
    for candidate in candidates:
        if isinstance(candidate, str) and _is_date(candidate, fetched):
            return candidate
    return _written_date(heading, fetched)


def _times(tree: Any, heading: Any) -> Iterator[str]:
    """The ``<time>`` elements that may be the article's: those around its title first."""
    around = []
    if heading is not None:
        around = [heading.getparent(), *heading.iterancestors("article", "main")]
    for place in (*around, tree):
        if place is None:
            continue
        for time in place.iter("time", "span", "div", "meta"):
            if time.tag != "time" and "datePublished" not in (time.get("itemprop") or ""):
                continue
            if not _is_aside(time) and not _is_of_another(time, heading):
                yield time.get("datetime") or time.get("content") or ""
                yield text_of(time)
        if place is tree:
            return


def _is_of_another(time: Any, heading: Any) -> bool:
    """Whether a time stands beside the headline of another article."""
    for around in list(time.iterancestors())[:2]:
        if heading is not None and heading in around.iter(heading.tag):
            return False
        if _has_headline(around):
            return True
    return False


def _has_headline(node: Any) -> bool:
    return any(len(text_of(link)) >= _HEADLINE for link in node.iter("a"))


def _written_date(heading: Any, fetched: dt.datetime | None) -> str:
    """The date that stands as text of its own close to the title, before it or behind it."""
    if heading is None:
        return ""
    for level, nearer in enumerate([heading, *heading.iterancestors()][:_MOST_LEVELS]):
        if nearer.tag in {"body", "html"} or _is_aside(nearer):
            return ""
        # Far above the title stands the head of the page, with the date of the day.
        before = nearer.itersiblings(preceding=True) if level < _MOST_LEVELS_ABOVE else ()
        for siblings in (nearer.itersiblings(), before):
            for line in _close_lines(siblings):
                if date := _date_in(line, fetched):
                    return date
    return ""


def _close_lines(siblings: Iterable[Any]) -> Iterator[str]:
    """The lines of an element's neighbours that may be about the same article, the nearest."""
    passed = 0
    for sibling in siblings:
        if not isinstance(sibling.tag, str) or _is_aside(sibling):
            continue
        if _PAGE_HEAD.search(_names(sibling)) and sibling.tag != "h1":
            continue
        if _has_headline(sibling):  # a list of other articles, with dates of their own
            return
        for line in text_of(sibling).split("\n"):
            passed += len(line)
            if passed > _CLOSE:
                return
            yield line


def _date_in(line: str, fetched: dt.datetime | None) -> str:
    """The date a short line consists of, or that stands in it: «05.10.2025 14:30 Қаралым: 12»."""
    if not 6 <= len(line) <= _SHORT or not re.search(r"\d", line):
        return ""
    pieces = [line, *re.split(r"\s*[|•·●/]\s+|\s{2,}|\s+[–—-]\s+|:\s+", line)]
    words = line.split()
    for start, word in enumerate(words):
        if word[0].isdigit():
            ends = range(min(start + _MOST_WORDS, len(words)), start, -1)
            pieces += [" ".join(words[start:end]).rstrip(",;") for end in ends]
    return next((piece for piece in pieces if len(piece) >= 6 and _is_date(piece, fetched)), "")


def _is_date(text: str, fetched: dt.datetime | None) -> bool:
    try:
        return parse_date(text, fetched=fetched) is not None
    except DocumentError:
        return False


def _is_aside(element: Any) -> bool:
    """Whether an element stands in a part of the page that is not about its article.

    What is called so but holds a third of the page is the page's frame.
    """
    for node in (element, *element.iterancestors()):
        called_so = node.tag in _ASIDE or _ASIDE_NAMES.search(_names(node))
        if called_so and node.tag not in {"body", "html"}:
            whole = node.getroottree().getroot().text_content()
            if len(node.text_content()) * 3 < len(whole):
                return True
    return False


def _names(node: Any) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"
