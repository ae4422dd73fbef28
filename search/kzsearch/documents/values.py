"""Values of fields as programs write them: null words, objects, lists, dicts printed by Python.

An optional field never costs an article: what cannot be understood is left out with a warning.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping

from kzsearch.documents.markup import html_to_text, unescaped
from kzsearch.documents.records import Markup

__all__ = ["body_text", "is_empty", "names_of", "one_line", "printed"]

_NULL_WORDS = frozenset(
    ["nan", "null", "none", "nil", "n/a", "na", "nat", "undefined", "\\n", "-", "--", "—", "–", "?",
     "#n/a", "(null)", "<null>", "[null]", "<na>", "(none)", "[]", "{}"]
)  # fmt: skip
_LONGEST_NULL_WORD = max(map(len, _NULL_WORDS))
_ZERO_DATE = re.compile(r"0{1,4}[-./]0{1,2}[-./]0{1,4}(?:[T ]0{1,2}:.*)?")
_NAMES = ("name", "title", "label", "rendered", "term", "value", "text", "full_name", "fullName")
_PARTS_OF_NAMES = (
    ("first_name", "last_name"), ("firstName", "lastName"), ("given_name", "family_name"),
    ("givenName", "familyName"),
)  # fmt: skip
_VALUES = (
    "rendered", "raw", "html", "text", "content", "value", "#text", "_", "@value", "plain",
    "$oid", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal",
    "url", "href", "@id", "name", "title", "label", "main", "default",
)  # fmt: skip
_LANGUAGES = ("kk", "kz", "kaz", "qaz", "ru", "rus", "en")
_BLOCKS = ("blocks", "ops", "content", "children", "paragraphs", "items")
_BLOCK_TEXTS = ("text", "insert", "html", "value", "caption")
_DEEPEST = 12
_CUT_MARK = re.compile(r"\[\+\d+ chars\]\Z")
_CUT_MARK_CHARS = 20
"""What NewsAPI puts where it cuts a text short, and how long that is at most."""


def is_empty(value: object) -> bool:
    """Whether a value says that there is none."""
    if isinstance(value, str):
        word = value.strip()
        if len(word) > _LONGEST_NULL_WORD:
            return bool(_ZERO_DATE.fullmatch(word))
        return not word or word.casefold() in _NULL_WORDS or bool(_ZERO_DATE.fullmatch(word))
    if isinstance(value, float):
        return value != value
    return value is None or value == [] or value == {}


def one_line(value: object) -> str | None:
    """A value as one line of text without markup; None if it is nothing of the kind."""
    text = _plain(value)
    if isinstance(text, list):
        text = next((one for one in map(_plain, text) if isinstance(one, str)), None)
    return unescaped(text) if isinstance(text, str) else None


def names_of(value: object) -> list[str] | None:
    """The names in a value: a text, an object with a name, or a list of either.

    None if it is nothing of the kind. Numbers in lists and objects count things elsewhere, and
    are passed over; so are objects that have no name.
    """
    if isinstance(value, str) and re.fullmatch(r"\s*\[.*\]\s*", value, re.DOTALL):
        value = printed(value)
    if isinstance(value, list):
        inner = [names for item in value if not isinstance(item, int) and (names := names_of(item))]
        return list(dict.fromkeys(name for names in inner for name in names))
    if isinstance(value, dict):
        for key in (*_NAMES, *_LANGUAGES):
            if (name := value.get(key)) and (names := names_of(name)):
                return names
        parts = [value.get(key) for pair in _PARTS_OF_NAMES for key in pair]
        whole = " ".join(part for part in parts if isinstance(part, str) and part.strip())
        return [whole] if whole else None if value else []
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return [] if is_empty(value) else [unescaped(str(value))]


def body_text(value: object, markup: Markup = Markup.UNKNOWN) -> str | None:
    """A value as the text of an article, its paragraphs on lines; None if it is none."""
    if isinstance(value, str) and re.match(r"\s*[{\[]\s*[\"'{]", value[:100]):
        value = printed(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, dict | list):
        value = _joined(value)
    if not isinstance(value, str):
        return None
    if is_empty(value):
        return ""
    text = value.rstrip()
    if text.endswith(" chars]") and (cut := _CUT_MARK.search(text, len(text) - _CUT_MARK_CHARS)):
        text = text[: cut.start()].rstrip(" …").removesuffix("...") + "…"
    if markup is not Markup.PLAIN:
        text = html_to_text(text, sure=markup is Markup.HTML)
    return text.strip()


def _plain(value: object) -> object:
    """What an object around a single value holds: ``{"rendered": "…"}``, ``{"$date": "…"}``."""
    for _ in range(_DEEPEST):
        if not isinstance(value, dict):
            break
        keys = (*_VALUES, *_LANGUAGES)
        value = next((value[key] for key in keys if not is_empty(value.get(key))), None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def printed(text: str) -> object:
    """What JSON or Python printed into a text; the text itself if that was neither."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, dict | list):
            return value
    return text


def _joined(value: object) -> str | None:
    """The text of a list of paragraphs or runs, or of a document of blocks; None if it is none."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    pieces = list(_pieces(value, _DEEPEST))
    text = "".join(pieces)
    return text if text.strip() else None


def _pieces(value: object, deepest: int) -> Iterator[str]:
    """The texts in nested blocks, a line end behind each block."""
    if isinstance(value, str):
        yield value
    elif not deepest:
        return
    elif isinstance(value, list):
        # Runs of one text (Telegram) have texts between them or say how they look; else blocks.
        runs = any(isinstance(item, str) for item in value) or all(map(_is_run, value))
        for item in value:
            yield from _pieces(item, deepest - 1)
            if not runs:
                yield "\n"
    elif isinstance(value, dict):
        data = value.get("data")
        value = data if isinstance(data, dict) else value
        for key in (*_BLOCK_TEXTS, *_BLOCKS, *_VALUES, *_LANGUAGES):
            if (inner := value.get(key)) and isinstance(inner, str | list | dict):
                yield from _pieces(inner, deepest - 1)
                return


def _is_run(item: object) -> bool:
    """Whether an object is a run of text within a paragraph."""
    if not isinstance(item, Mapping):
        return False
    kind = item.get("type")
    return "insert" in item or "marks" in item or kind in {
        "text", "bold", "italic", "link", "text_link", "plain", "hashtag", "mention", "underline",
    }  # fmt: skip
