"""Takes articles out of the JSON that programs write around them.

Known by name: Elasticsearch (answers, elasticdump, bulk files), Telegram Desktop, JSON-LD,
JSON Feed, WordPress REST, pandas. Anything else is looked into until objects with a text are
found: ``{"status": …, "articles": […]}``, ``{"data": {"items": […]}}``, ``{"1001": {…}, …}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kzsearch.documents.fields import field_of, is_body_name
from kzsearch.documents.formats import telegram, wordpress_rest
from kzsearch.documents.formats.json_stream import Value
from kzsearch.documents.formats.page.json_ld import is_article_type, objects_in
from kzsearch.documents.options import ReadOptions
from kzsearch.documents.records import Found, Record, broken

__all__ = ["NOT_AN_OBJECT", "Shapes"]

_DEEPEST = 6
_BULK_ACTIONS = frozenset({"index", "create", "update", "delete"})
_INNER = (
    "_source", "node", "document", "row", "doc", "attributes", "article", "fields", "data",
    "snippet",
)  # fmt: skip
"""Keys under which one record lies inside of another that is only about it."""
NOT_AN_OBJECT = "this JSON is not an object with the fields of an article"


class Shapes:
    """Turns the values of one file into records; keeps what one value says of the next."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._bulk_id: object = None
        self._header: list[str] = []

    def records(self, found: Value) -> Iterator[Found]:
        """The records in a value."""
        if isinstance(found.value, list) and (row := self._row(found.value)) is not None:
            if row:
                yield self._record(found, row)
        elif isinstance(found.value, dict):
            if not self._is_bulk_action(found.value):
                yield from self._inside(found, _DEEPEST)
        elif not found.around:
            yield broken(found.line, NOT_AN_OBJECT)

    def _row(self, value: list[object]) -> dict[str, object] | None:
        """The record of a row ``["…", "…"]`` under the header row; {} for that header."""
        if not self._header and all(isinstance(name, str) for name in value):
            names = [str(name) for name in value]
            if any(map(self._is_body_name, names)):
                self._header = names
                return {}
        if self._header and len(value) == len(self._header):
            return dict(zip(self._header, value, strict=True))
        return None

    def _is_bulk_action(self, value: Mapping[str, Any]) -> bool:
        """Whether it is an action line of a bulk file, which names the next line's id."""
        if len(value) != 1:
            return False
        [(action, about)] = value.items()
        if action not in _BULK_ACTIONS or not isinstance(about, dict):
            return False
        if any(self._is_body_name(name) for name in about):
            return False
        self._bulk_id = about.get("_id")
        return True

    def _inside(self, found: Value, deepest: int) -> Iterator[Record]:
        """The records in an object: itself, or those of the lists and objects in it.

        An object with nothing in it that looks like an article is given as a record where one is
        expected, so that it can be said what it lacks.
        """
        value = found.value
        if not isinstance(value, dict):
            return
        if telegram.is_message(value):
            yield from telegram.records(found.line, value, found.around)
        elif isinstance(value.get("_source"), dict):
            yield self._record(found, {**value["_source"], **_given_id(value)})
        elif wordpress_rest.is_post(value):
            yield from wordpress_rest.records(found.line, value)
        elif "@context" in value or "@graph" in value:
            things = (thing for thing in objects_in(value) if is_article_type(thing.get("@type")))
            yield from (self._record(found, thing) for thing in things)
        elif rows := _table(value, self._is_body_name):
            yield from (self._record(found, row) for row in rows)
        elif self._is_record(value):
            yield self._record(found, value)
        elif inner := self._inner_record(value):
            yield self._record(found, {**value, **inner})
        else:
            yield from self._around(found, value, deepest)

    def _around(self, found: Value, value: Mapping[str, Any], deepest: int) -> Iterator[Record]:
        """The records in the lists and objects of an object that is none."""
        around = {**found.around, **{k: v for k, v in value.items() if not _is_container(v)}}
        records = sum(isinstance(v, dict) and self._is_record(v) for v in value.values())
        any_found = False
        for key, inner in value.items() if deepest else ():
            may_be_id = isinstance(inner, dict) and (records > 1 or _has_digit(key))
            if may_be_id and self._is_record(inner):
                inner = {**inner, "_id": inner.get("_id") or key}
            for item in inner if isinstance(inner, list) else [inner]:
                for record in self._inside(Value(found.line, item, around), deepest - 1):
                    any_found = True
                    yield record
        known = {field_of(name) for name in value}
        if not any_found and (
            deepest == _DEEPEST or (known & {"title", "url"} and known & {"date", "id"})
        ):
            yield self._record(found, value)

    def _record(self, found: Value, fields: Mapping[str, Any]) -> Record:
        given = self._bulk_id
        if given is None and _has_digit(found.key):
            given = found.key
        if given:
            fields = {"_id": given, **fields}
        self._bulk_id = None
        return Record(found.line, fields, source=_feed_title(found.around))

    def _is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether an object has a text of its own."""
        return any(
            self._is_body_name(name) and inner and not self._holds_records(inner)
            for name, inner in value.items()
        )

    def _holds_records(self, value: object) -> bool:
        """Whether a value is an article or a list of them, not the paragraphs or runs of one."""
        items = value if isinstance(value, list) else [value]
        fields = [
            {field_of(name) for name in item} for item in items[:20] if isinstance(item, dict)
        ]
        if len(fields) < len(items[:20]):
            return False
        records = sum(bool(one & {"title", "date", "url"}) and "body" in one for one in fields)
        return records * 2 > len(fields)

    def _is_body_name(self, name: str) -> bool:
        return is_body_name(name, self._options)

    def _inner_record(self, value: Mapping[str, Any]) -> Mapping[str, Any] | None:
        for key in _INNER:
            inner = value.get(key)
            if isinstance(inner, dict) and self._is_record(inner):
                return inner
        return None


def _is_container(value: object) -> bool:
    return isinstance(value, dict | list)


def _has_digit(key: str) -> bool:
    """Whether a key may be the id of what stands under it."""
    return any(map(str.isdigit, key))


def _given_id(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"_id": value["_id"]} if value.get("_id") else {}


def _feed_title(around: Mapping[str, object]) -> str:
    """The title of the JSON Feed an item lies in."""
    version, title = around.get("version"), around.get("title")
    is_feed = isinstance(version, str) and "jsonfeed.org" in version
    return title if is_feed and isinstance(title, str) else ""


def _table(value: Mapping[str, Any], is_body: Callable[[str], bool]) -> Sequence[dict[str, object]]:
    """The rows of a pandas table, written by columns or split; () if it is none."""
    columns, rows = value.get("columns"), value.get("data")
    if (
        isinstance(columns, list)
        and isinstance(rows, list)
        and any(map(is_body, map(str, columns)))
    ):
        return [
            dict(zip(map(str, columns), row, strict=False)) for row in rows if isinstance(row, list)
        ]
    if not value or not all(isinstance(column, dict | list) for column in value.values()):
        return ()
    texts = [column for name, column in value.items() if is_body(name)]
    if not texts or not all(_is_column(column) for column in value.values()):
        return ()
    keys = range(len(texts[0])) if isinstance(texts[0], list) else texts[0]
    return [{name: _cell(column, key) for name, column in value.items()} for key in keys]


def _is_column(column: Any) -> bool:
    if isinstance(column, dict):
        return bool(column) and all(key.isdigit() for key in column)
    return len(column) > 1 and not any(map(_is_container, column))


def _cell(column: Any, key: Any) -> object:
    if isinstance(column, dict):
        return column.get(key)
    return column[key] if isinstance(key, int) and key < len(column) else None
