"""From a record of any file to an article: names of fields, kinds of values, what is missing.

The names are rows of ``data/fields.tsv``. Two things a record may leave out are
taken from its text: the title (the first sentence) and the source (the byline).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from kzsearch.documents.article import Article
from kzsearch.documents.bylines import byline_source
from kzsearch.documents.dates import parse_date
from kzsearch.documents.tables import read_table
from kzsearch.errors import DocumentError
from kzsearch.text import sentence_spans

__all__ = ["article_from_record", "field_of"]

_TITLE_CHARS = 300
"""A first sentence longer than this is cut at a word, with an ellipsis, to make a title."""


def article_from_record(record: Mapping[str, object]) -> Article:
    """The article a record describes.

    The id is that of the record, else made from what the record states, not from the
    guessed title and source: better guesses must not give old articles new ids.
    Raises DocumentError when there is no text to search, or a value is of no use.
    """
    values = _values_by_field(record)
    date = parse_date(values.pop("date", None))
    texts = {name: _text(name, value) for name, value in values.items()}
    if not texts.get("body"):
        raise DocumentError("there is no text: none of the fields body, text, content is filled")
    stated = Article(date=date, **texts)
    return replace(
        stated,
        title=stated.title or _first_sentence(stated.body),
        source=stated.source or byline_source(stated.body),
    )


def field_of(name: str) -> str | None:
    """The field of an article a key, column or header stands for, or None."""
    found = _ranked_field(name)
    return found[1] if found else None


@lru_cache(maxsize=1024)
def _ranked_field(name: str) -> tuple[int, str] | None:
    """The field and its place in the table: the lower, the better the name."""
    return _names().get(re.sub(r"[\s_-]+", "_", name.strip().casefold()))


@cache
def _names() -> Mapping[str, tuple[int, str]]:
    rows = read_table("fields.tsv")
    return {name: (rank, field) for rank, (field, name, _example) in enumerate(rows)}


def _values_by_field(record: Mapping[str, object]) -> dict[str, object]:
    """The filled values of a record by field; of several names the best one counts."""
    best: dict[str, tuple[int, object]] = {}
    for name, value in record.items():
        found = _ranked_field(name)
        if found is None or value is None or (isinstance(value, str) and not value.strip()):
            continue
        rank, field = found
        if field not in best or rank < best[field][0]:
            best[field] = (rank, value)
    return {field: value for field, (_rank, value) in best.items()}


def _text(field: str, value: object) -> str:
    """A value as text: whole numbers are written out, lists of texts joined by a comma."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ("\n" if field == "body" else ", ").join(value)
    if not isinstance(value, str):
        kind = _JSON_KINDS.get(type(value), type(value).__name__)
        raise DocumentError(f"the {field} must be text, not {kind}")
    return value.strip() if field == "body" else " ".join(value.split())


_JSON_KINDS = {list: "a list", dict: "an object", bool: "true or false", float: "a fraction"}


def _first_sentence(body: str) -> str:
    """The first sentence of a text, to stand in for a title."""
    first_line = body.split("\n", 1)[0][: 4 * _TITLE_CHARS]
    spans = sentence_spans(first_line)
    sentence = first_line[slice(*spans[0])] if spans else first_line
    sentence = " ".join(sentence.split())
    if len(sentence) <= _TITLE_CHARS:
        return sentence
    return sentence[:_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
