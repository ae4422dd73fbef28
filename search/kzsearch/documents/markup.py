"""HTML to text: paragraphs parted by empty lines, scripts and styles gone, entities read.

Texts in JSON and tables often are HTML, now and then escaped twice, so that its tags come out
only when the entities are read. What is not HTML must stay as it is: ``a < b`` and ``5 &6``.
"""

from __future__ import annotations

import html
import re
from typing import Any

__all__ = [
    "NOT_XML",
    "html_to_text",
    "looks_like_html",
    "parse_html",
    "text_of",
    "tidied",
    "unescaped",
]

_TAGS = (
    "a|abbr|article|aside|b|big|blockquote|br|caption|center|cite|code|dd|del|div|dl|dt|em|"
    "figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|li|mark|nobr|noscript|o:p|"
    "ol|p|picture|pre|q|s|script|section|small|source|span|strike|strong|style|sub|sup|svg|table|"
    "tbody|td|tfoot|th|thead|time|tr|tt|u|ul|video|wbr|html|body|head"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no document of markup may hold."""

_PARAGRAPHS = frozenset([
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
])  # fmt: skip
_LINES = frozenset(["li", "tr", "caption", "option"])
_UNREAD = frozenset([
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "head",
    "button", "select", "textarea", "input", "audio", "video", "canvas", "map", "math",
])  # fmt: skip
_MOST_ESCAPES = 3
_BREAK, _PARAGRAPH, _LINE = "\x01", "\x02", "\x03"


def looks_like_html(text: str) -> bool:
    """Whether a text has a tag or an entity of HTML."""
    return ("<" in text and bool(_TAG.search(text))) or (
        "&" in text and any(html.unescape(m[0]) != m[0] for m in _ENTITY.finditer(text))
    )


def html_to_text(source: str, *, sure: bool = True) -> str:
    """The text of a piece of HTML, however often it was escaped.

    sure: whether it is HTML; if not, what does not look like it is left alone, spaces and all.
    """
    if not sure and not looks_like_html(source):
        return source
    text = source
    for _ in range(_MOST_ESCAPES):
        if "<" in text and _TAG.search(text):
            text = _parsed(text)
        elif "&" in text:
            text = html.unescape(text)
        else:
            break
        if not looks_like_html(text):
            break
    return tidied(text)


def unescaped(text: str) -> str:
    """One line of text without tags and entities, for titles and names."""
    return " ".join(html_to_text(text, sure=False).split())


def text_of(element: Any) -> str:
    """The text of an element of lxml, with line ends where a browser has them."""
    pieces: list[str] = []
    # Without recursion: pages may be nested deeper than Python calls may.
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        border = _PARAGRAPH if tag in _PARAGRAPHS else _LINE if tag in _LINES else ""
        if tag in {"td", "th"}:
            border = " "
        pieces.append(_BREAK if tag == "br" else border)
        if leaving:
            continue
        if border:
            stack.append((node, True))
        elif not tag or tag in _UNREAD:
            continue
        children: list[tuple[Any, bool]] = [(node.text or "", False)]
        for child in node:
            children += [(child, False), (child.tail or "", False)]
        if tag not in _UNREAD:
            stack.extend(reversed(children))
    text = re.sub(r"\s+", " ", "".join(pieces))
    text = re.sub(rf" *{_LINE}[ {_LINE}]*", "\n", re.sub(rf" *{_BREAK} *", "\n", text))
    return tidied(re.sub(rf"\s*{_PARAGRAPH}[\s{_PARAGRAPH}]*", "\n\n", text))


def tidied(text: str) -> str:
    """Text with at most one empty line between paragraphs and no spaces around lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def parse_html(source: str) -> Any:
    """The tree of lxml of a page or fragment; None if there is nothing in it."""
    from lxml import etree
    from lxml import html as lxml_html

    text = NOT_XML.sub(" ", source)
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text.encode(), parser=parser)
    except (ValueError, etree.ParserError, etree.XMLSyntaxError):  # an empty document
        return None


def _parsed(text: str) -> str:
    plain = _COMMENT.sub("", _CDATA.sub(r"\1", text))
    if not _TAG.search(plain):
        return plain
    # Line ends count in texts that only have inline tags: nobody put <p> or <br> for them.
    if "\n" in plain and not re.search(r"<(?:p|br|div|li|tr|h\d)\b", plain, re.IGNORECASE):
        plain = plain.replace("\n", "<br>")
    tree = parse_html(f"<body>{plain}")
    return "" if tree is None else text_of(tree)
