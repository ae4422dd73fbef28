"""From a record of any file to an article: names of fields, what is missing, what is unusable.

The names are rows of ``data/fields.tsv``. What a record leaves out is taken from elsewhere: the
title from the first sentence, the source from the address, else from the byline, the language
from the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from kzsearch.documents.article import ALMATY, Article
from kzsearch.documents.bylines import byline_source
from kzsearch.documents.dates import parse_date
from kzsearch.documents.language import article_language
from kzsearch.documents.mojibake import letters_lost, mend_fields
from kzsearch.documents.options import NO_OPTIONS, ReadOptions
from kzsearch.documents.problems import Warn
from kzsearch.documents.publishers import publisher
from kzsearch.documents.records import Markup, Record
from kzsearch.documents.tables import read_table
from kzsearch.documents.values import body_text, is_empty, names_of, one_line, printed
from kzsearch.errors import DocumentError
from kzsearch.text import sentence_spans

__all__ = ["article_from_record", "field_of", "is_body_name"]

_TITLE_CHARS = 300
"""A first sentence longer than this is cut at a word, with an ellipsis, to make a title."""

_SHOWN_NAMES = 12
_ABOUT = ("metadata", "meta", "warc_headers", "_source", "attributes", "info", "headers", "extra")
"""Keys whose object tells more about the record that it stands in."""


def _no_warning(_kind: str, _message: str) -> None:
    """Warnings are not looked at."""


def article_from_record(
    record: Record | Mapping[str, object],
    *,
    file: str = "",
    options: ReadOptions = NO_OPTIONS,
    warn: Warn = _no_warning,
) -> Article:
    """The article a record describes.

    file: what bare numbers are unique within if nothing better is known.
    warn: called for each optional field that is left out, because its value is of no use.
    The id is that of the record, else made from what the record states, not from the
    guessed title and source: better guesses must not give old articles new ids.
    Raises DocumentError when there is no text to search, or it cannot be stored.
    """
    if not isinstance(record, Record):
        record = Record(None, record)
    fields = _mended(_unpacked(record.fields), warn)
    values = _values_by_field(fields, options.names)
    body = body_text(values["body"][1], record.markup) if "body" in values else ""
    if body is None:
        raise DocumentError("the body must be text, not " + _kind(values["body"][1]))
    if not body:
        raise DocumentError(_no_text(fields))
    texts = _texts(values, warn)
    url, source = publisher(texts.get("url", ""), texts.get("source", ""))
    stated = Article(
        id=_id(values, record, source or record.source, file, options, warn),
        title=texts.get("title", "") if record.markup is not Markup.PLAIN else _title(values),
        body=body,
        date=_date(values, record, options, warn),
        source=source or record.source,
        url=url,
        author=texts.get("author", ""),
        category=texts.get("category", ""),
        language=texts.get("language", ""),
    )
    return replace(
        stated,
        title=stated.title or _first_sentence(stated.body),
        source=stated.source or publisher(url, "", host=True)[1] or byline_source(stated.body),
        language=article_language(stated),
    )


def _mended(fields: Mapping[str, object], warn: Warn) -> Mapping[str, object]:
    """The fields of a record, with broken texts repaired and said to be so."""
    if mended := mend_fields(fields):
        fields = mended.fields
        warn("repair", f"the text was broken and is repaired: {mended.what}")
    if lost := letters_lost(fields):
        warn("letters", f"letters of the text are lost ({lost:,}): ? or \ufffd in their place")
    return fields


def field_of(name: str) -> str | None:
    """The field of an article a key, column or header stands for, or None."""
    found = _ranked_field(name)
    return found[1] if found else None


def is_body_name(name: str, options: ReadOptions) -> bool:
    """Whether a key, column or header stands for the text, as a user says or as all do."""
    return name == options.names.get("body") or field_of(name) == "body"


@lru_cache(maxsize=4096)
def _ranked_field(name: str) -> tuple[int, str] | None:
    """The field and its place in the table: the lower, the better the name.

    A name that is in no row but for words that only say «of an article», as in ``newsHeadline``
    or ``title_kz``, is that of the rest, and a worse name than all rows.
    """
    if found := _names().get(_key(name)):
        return found
    words = re.findall(r"[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+", name)
    rest = [word for word in words if word.casefold() not in _EMPTY_WORDS]
    if not rest or len(rest) == len(words):
        return None
    known = _names().get(_key("".join(rest)))
    return known and (known[0] + len(_names()), known[1])


_EMPTY_WORDS = frozenset(
    ["article", "news", "post", "item", "page", "doc", "document", "story", "entry", "record",
     "main", "clean", "raw", "original", "new", "full", "kz", "kk", "kaz", "ru", "rus"]
)  # fmt: skip


def _key(name: str) -> str:
    """A name without what differs from one program to the next; ``_id`` stays apart from id."""
    name = name.strip().casefold()
    return name[:1] + re.sub(r"[\s_-]+", "", name[1:])


@cache
def _names() -> Mapping[str, tuple[int, str]]:
    names: dict[str, tuple[int, str]] = {}
    for rank, (field, name, _example) in enumerate(read_table("fields.tsv")):
        names.setdefault(_key(name), (rank, field))
    return names


_Values = dict[str, tuple[str, object]]
"""Field of an article -> the record's name for it, and its value."""


def _values_by_field(record: Mapping[str, object], stated: Mapping[str, str]) -> _Values:
    """The filled values of a record by field; of several names the best one counts.

    stated: the names a user gave for fields; for those no other name counts.
    """
    best: dict[str, tuple[int, str, object]] = {}
    inner = [record[key] for key in _ABOUT if key in record]
    for level, fields in enumerate([record, *inner]):
        if not isinstance(fields, Mapping):
            continue
        for name, value in fields.items():
            found = _ranked_field(name) if isinstance(name, str) else None
            if found is None or found[1] in stated or is_empty(value):
                continue
            rank, field = found[0] + level * 10_000, found[1]
            if level and field in {"body", "id"}:
                continue
            if field not in best or rank < best[field][0]:
                best[field] = (rank, name, value)
    values = {field: (name, value) for field, (_rank, name, value) in best.items()}
    for field, name in stated.items():
        if not is_empty(value := _at_path(record, name)):
            values[field] = (name, value)
    return values


def _unpacked(record: Mapping[str, object]) -> Mapping[str, object]:
    """A record whose text is another record that a program printed: ``{'text': '…'}``."""
    for name, value in record.items():
        if isinstance(value, str) and value[:1] == "{" and field_of(name) == "body":
            inner = printed(value)
            if isinstance(inner, dict) and any(field_of(str(key)) == "body" for key in inner):
                return {**inner, **{key: v for key, v in record.items() if key != name}}
    return record


def _at_path(record: Mapping[str, object], name: str) -> object:
    """The value of that name, which may be a path such as ``meta.title``."""
    if name in record or "." not in name:
        return record.get(name)
    value: object = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _no_text(record: Mapping[str, object]) -> str:
    """What to say of a record without a text."""
    names = [str(name) for name in record if name is not None]
    shown = ", ".join(names[:_SHOWN_NAMES]) + (", …" if len(names) > _SHOWN_NAMES else "")
    if not names:
        return "there is no text: the record is not filled"
    if any(field_of(name) == "body" for name in names):
        return f"there is no text in the fields {shown}"
    return (
        f"there is no text: none of the fields {shown} is known to hold it; if one does, "
        f"say which: --map body={names[0]}"
    )


def _texts(values: _Values, warn: Warn) -> dict[str, str]:
    """The optional fields that are texts; those of no use are left out with a warning."""
    texts: dict[str, str] = {}
    for field, (name, value) in values.items():
        if field in {"body", "date", "fetched", "id"}:
            continue
        text: str | None
        if field in {"author", "category"}:
            names = names_of(value)
            text = None if names is None else (", " if field == "author" else "; ").join(names)
        else:
            text = one_line(value)
        if text is None:
            warn(field, f"the {field} in {name!r} is left out: it is {_kind(value)}")
        else:
            texts[field] = "" if is_empty(text) else text
    return texts


def _title(values: _Values) -> str:
    """The title of a record whose texts are plain, so that what looks like a tag is none."""
    value = values.get("title", ("", ""))[1]
    return " ".join(value.split()) if isinstance(value, str) else ""


def _date(values: _Values, record: Record, options: ReadOptions, warn: Warn) -> dt.date | None:
    """The date of a record; None where there is none, or with a warning none of use."""
    fetched = record.fetched or _fetched(values) or options.fetched
    try:
        return parse_date(_value(values, "date"), fetched=fetched)
    except DocumentError as error:
        warn("date", f"the date is left out: {error}")
        return None


def _fetched(values: _Values) -> dt.datetime | None:
    """When a record says that it was fetched."""
    try:
        moment = parse_date(_value(values, "fetched"))
    except DocumentError:
        return None
    if not isinstance(moment, dt.datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


def _value(values: _Values, field: str) -> object:
    return values[field][1] if field in values else None


def _id(
    values: _Values, record: Record, source: str, file: str, options: ReadOptions, warn: Warn
) -> str:
    """The id a record states, within its namespace if it is a bare number; '' without one.

    A number written as a text of JSON was made so on purpose, and is an id of its own unless a
    user names the namespace.
    """
    stated_name, value = values.get("id", ("", ""))
    stated = one_line(value) or ""
    if not stated and value:
        warn("identity", f"the id in {stated_name!r} is left out: it is {_kind(value)}")
    number = re.fullmatch(r"(\d+)(?:\.0)?", stated)
    if not number or _key(stated_name) in _WHOLE_IDS:
        return stated
    namespace = options.namespace
    if namespace is None and (record.cells or not isinstance(value, str)):
        namespace = record.namespace or source or file
    return f"{namespace}:{number[1]}" if namespace else stated


_WHOLE_IDS = frozenset({"_id", "docno", "uuid"})
"""Names of ids that are unique in a whole collection, bare numbers or not."""


def _kind(value: object) -> str:
    kinds = {list: "a list", dict: "an object", bool: "true or false", float: "a fraction"}
    return kinds.get(type(value), f"of type {type(value).__name__}")


def _first_sentence(body: str) -> str:
    """The first sentence of a text, to stand in for a title."""
    first_line = body.split("\n", 1)[0][: 4 * _TITLE_CHARS]
    spans = sentence_spans(first_line)
    sentence = first_line[slice(*spans[0])] if spans else first_line
    sentence = " ".join(sentence.split())
    if len(sentence) <= _TITLE_CHARS:
        return sentence
    return sentence[:_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
