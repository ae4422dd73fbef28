"""Dumps of MediaWiki (``kkwiki-…-pages-articles.xml.bz2``): pages as plain text.

Taken are pages of the main namespace that are no redirects, each in its latest revision. The
wiki's own names of namespaces, from the head of the dump, tell which links are pictures and
categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin

from kzsearch.documents.formats.xml_root import markup_root
from kzsearch.documents.formats.xml_stream import children, elements, local_name
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.markup import html_to_text, tidied
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import MAX_CHARS, Found, Markup, Record, broken

__all__ = ["RANK", "read", "sniff"]

RANK = 30

_REDIRECT = re.compile(r"\s*#\s*(?:REDIRECT|АЙДАУ|ПЕРЕНАПРАВЛЕНИЕ|БАҒЫТТАУ)\b", re.IGNORECASE)
_FILE, _CATEGORY, _SPECIAL = "6", "14", "-2"
_ALIASES = {"file", "image", "category", "сурет", "файл", "изображение", "санат", "категория"}
_UNREAD_TAGS = frozenset(
    ["ref", "references", "gallery", "math", "timeline", "score", "imagemap", "syntaxhighlight"]
)
_LEFT_OVER = re.compile(
    r"'{2,5}|\{\{|\}\}|\[\[|\]\]|\{\||\|\}|</?(?:ref|nowiki|gallery|poem)\b[^>]*>"
)
_MAGIC = re.compile(r"__[^\W\d_a-z]+__")
_EMPTY_BRACKETS = re.compile(r"\s*\(\s*[,;:—–-]*\s*\)")
_SECTIONS = re.compile(
    r"\n=+\s*(?:Дереккөздер|Дереккөз|Пайдаланылған әдебиет\w*|Сыртқы сілтемелер|Сілтемелер|"
    r"Тағы қараңыз|Примечания|Литература|Ссылки|References|External links|See also)\s*=+\s*\n.*",
    re.DOTALL | re.IGNORECASE,
)


def sniff(head: bytes) -> bool:
    """Whether its root is ``<mediawiki>``."""
    return markup_root(head).name == "mediawiki"


def read(stream: InputStream) -> Iterator[Found]:
    """The pages of the main namespace."""
    site: dict[str, str] = {}
    names: dict[str, str] = {}
    for element in elements(stream, "siteinfo", "page"):
        if local_name(element) == "siteinfo":
            site = children(element)
            names = {
                "".join(ns.itertext()).strip().lower(): ns.get("key") or ""
                for ns in element.iter("{*}namespace")
            }
        else:
            yield from _page(element, site, names)


def _page(page: Any, site: dict[str, str], names: dict[str, str]) -> Iterator[Found]:
    texts = children(page)
    title = texts.get("title", "")
    prefix = title.partition(":")[0].lower() if ":" in title else ""
    namespace = texts.get("ns") or names.get(prefix, "0")
    if namespace != "0" or page.find("{*}redirect") is not None:
        return
    revisions = [children(revision) for revision in page.iter("{*}revision")]
    if not revisions:
        return
    latest = max(revisions, key=lambda revision: revision.get("timestamp", ""))
    source = latest.get("text", "")
    if _REDIRECT.match(source) or latest.get("model", "wikitext") != "wikitext":
        return
    if len(source) > MAX_CHARS:
        yield broken(page.sourceline, f"the page is longer than {MAX_CHARS:,} characters")
        return
    unread = {name for name, key in names.items() if key in {_FILE, _CATEGORY}}
    try:
        body = plain_text(source, unread)
    except Exception as error:  # of the parser, on wikitext it does not know how to take
        yield broken(page.sourceline, f"the page {title!r} cannot be read: {error}")
        return
    number = texts.get("id", "")
    fields = {
        "id": int(number) if number.isdecimal() else "",
        "title": title,
        "body": body,
        "date": latest.get("timestamp", ""),
        "url": _address(site.get("base", ""), title),
    }
    name = site.get("sitename", "")
    if not body:
        yield Problem("", page.sourceline, f"the page {title!r} has no text of its own", "page")
    else:
        yield Record(page.sourceline, fields, Markup.PLAIN, name, site.get("dbname") or name)


def plain_text(source: str, unread: set[str]) -> str:
    """Wikitext as plain text. unread: namespaces, in small letters, whose links are no text."""
    import mwparserfromhell

    unread = unread | _ALIASES
    code = mwparserfromhell.parse(_SECTIONS.sub("\n", source), skip_style_tags=True)
    for node in code.filter(recursive=True, matches=lambda node: _is_unread(node, unread)):
        try:
            code.remove(node)
        except ValueError:  # it lay in another that is gone
            continue
    text = code.strip_code(normalize=True, collapse=True, keep_template_params=False)
    text = _LEFT_OVER.sub("", _MAGIC.sub("", text))
    text = re.sub(r"^[*#:;]+\s*", "", text, flags=re.MULTILINE)
    return tidied(html_to_text(_EMPTY_BRACKETS.sub("", text), sure=False))


def _is_unread(node: Any, unread: set[str]) -> bool:
    """Whether a node of a page is no text: a table, a picture, a footnote, a template."""
    kind = type(node).__name__
    if kind == "Tag":
        return str(node.tag).strip().lower() in _UNREAD_TAGS | {"table"}
    if kind == "Wikilink":
        prefix, colon, _rest = str(node.title).partition(":")
        return bool(colon) and prefix.strip().lower() in unread
    return kind in {"Template", "Comment"}


def _address(base: str, title: str) -> str:
    """The address of a page, from that of the main page."""
    return urljoin(base, quote(title.replace(" ", "_"), safe="/:(),'")) if base else ""
