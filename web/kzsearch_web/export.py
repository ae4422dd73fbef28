"""All results of a search as a file: ``/export.csv``, ``/export.jsonl``, ``/export.parquet``.

The file is sent while it is made, so it may be of any size. Each one keeps a thread of the server
busy for as long as its reader takes, so only some are made at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from importlib.util import find_spec
from itertools import islice
from threading import BoundedSemaphore
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, request

from kzsearch.results import Hit
from kzsearch.results.export import (
    EXPORT_FIELDS,
    ExportFormat,
    check_export,
    encode_export,
    export_fields,
    needs_snippets,
)
from kzsearch_web.arguments import INTERFACE_LANGUAGE, SEARCH, Arguments
from kzsearch_web.door import IndexDoor, door_of
from kzsearch_web.failures import RequestError
from kzsearch_web.languages import gettext
from kzsearch_web.operations import operation
from kzsearch_web.parameters import Choice, Names

__all__ = ["exports", "init_exports"]

exports = Blueprint("exports", __name__)

_KEY = "kzsearch_exports"
_NAME_LENGTH = 60


def init_exports(app: Flask) -> None:
    """Let the app make ``EXPORTS`` files at a time, and tell pages which formats there are."""
    app.extensions[_KEY] = BoundedSemaphore(app.config["EXPORTS"])
    names = {ExportFormat.CSV: "CSV (Excel)", ExportFormat.JSONL: "JSONL"}
    if find_spec("pyarrow") is not None:
        names[ExportFormat.PARQUET] = "Parquet"
    app.jinja_env.globals["export_formats"] = names


_EXTENSION = Choice(
    name="extension",
    meaning="csv for Excel, jsonl (an object a line), or parquet",
    values=tuple(ExportFormat),
    default="",
    refusal=str,  # an address without one is none
    in_path=True,
    example="csv",
)
_FIELDS = Names(
    name="fields",
    meaning="what to write of each hit, parted by commas; left out, all but snippet and body",
    values=tuple(EXPORT_FIELDS),
    chosen=export_fields,
    example="id,date,title",
)


@operation(
    exports, "/export.<any(csv, jsonl, parquet):extension>",
    _EXTENSION, *SEARCH, _FIELDS, INTERFACE_LANGUAGE,
    media=tuple(form.mimetype for form in ExportFormat),
    errors=(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    examples=(
        {"extension": "csv", "q": "мектеп", "from": "2025", "fields": "id,date,title"},
        {"extension": "jsonl", "q": "мектеп", "sort": "date"},
    ),
)  # fmt: skip
def export(extension: str) -> Response:
    """All results, in the order of the page; with ``page`` or ``limit``, that page of them."""
    form = ExportFormat(extension)
    arguments = Arguments.read(request.args)
    fields = _FIELDS.read(request.args)
    check_export(form)
    door = door_of(current_app)
    turn: BoundedSemaphore = current_app.extensions[_KEY]
    if not turn.acquire(blocking=False):
        raise RequestError(
            gettext("Several exports are being made just now; please try again in a minute."),
            HTTPStatus.TOO_MANY_REQUESTS,
        )
    try:
        with door.open() as opened:
            found = arguments.export(opened, snippets=needs_snippets(fields))
        hits = _asked_for(found.hits, arguments)
        response = Response(
            _streamed(door, encode_export(hits, form, fields)), mimetype=form.mimetype
        )
        names = {
            "filename": f"kzsearch.{form}",  # for what knows no RFC 6266
            "filename*": f"UTF-8''{quote(_file_name(arguments), safe='')}.{form}",
        }
        response.headers.set("Content-Disposition", "attachment", **names)
        response.headers["X-Total-Count"] = str(found.total)
        response.headers["X-Index-Generation"] = found.generation
    except BaseException:
        turn.release()
        raise
    response.call_on_close(turn.release)
    return response


def _asked_for(hits: Iterator[Hit], arguments: Arguments) -> Iterator[Hit]:
    if not (request.args.get("limit") or request.args.get("page")):
        return hits
    first = (arguments.page - 1) * arguments.limit
    return islice(hits, first, first + arguments.limit)


def _streamed(door: IndexDoor, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces; an index found damaged meanwhile is let go, and the file breaks off."""
    with door.open():
        yield from pieces


def _file_name(arguments: Arguments) -> str:
    words = re.findall(r"\w+", f"{arguments.q} {arguments.first} {arguments.last}")
    return "-".join(["kzsearch", *words])[:_NAME_LENGTH].rstrip("-")
