"""The description of the API: ``/openapi.json`` (OpenAPI 3.1), and ``/api`` for people.

Both are made of the operations that are registered, the arguments their handlers read and the
types of what they answer; nothing is said here that is not in the code.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import (
    Annotated,
    Any,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from kzsearch.version import __version__
from kzsearch_web.operations import Operation, operations
from kzsearch_web.parameters import Choice, Flag, Names, Number, Parameter

__all__ = ["descriptions"]

descriptions = Blueprint("descriptions", __name__)

Schema = dict[str, object]


class ErrorAnswer(TypedDict):
    """Why a request cannot be answered."""

    error: Annotated[str, "one sentence in English"]


_REASONS = {
    HTTPStatus.BAD_REQUEST: "an argument is wrong, unknown or too long",
    HTTPStatus.NOT_FOUND: "there is no such article or address",
    HTTPStatus.GONE: "the state of the index that the cursor pages through is no longer held",
    HTTPStatus.TOO_MANY_REQUESTS: "too many are being answered just now, or were asked for",
    HTTPStatus.SERVICE_UNAVAILABLE: "there is no index, or it cannot be read",
}


@descriptions.get("/openapi.json")
def openapi() -> Response:
    """The API as OpenAPI 3.1."""
    return jsonify(_document())


@descriptions.get("/api")
def page() -> str:
    """The API for people: every address, its arguments, its answer, examples."""
    document = _document()
    return render_template(
        "api.html",
        operations=operations(current_app),
        schemas=document["components"]["schemas"],
        answer_name=lambda each: each.answer and each.answer.__name__,
        fields_of=_fields,
        host=request.host_url.rstrip("/"),
        reasons=_REASONS,
        q="",
    )


def _document() -> dict[str, Any]:
    schemas: dict[str, Schema] = {}
    _reference(ErrorAnswer, schemas)
    paths = {each.path: {"get": _described(each, schemas)} for each in operations(current_app)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(current_app.config["SITE_NAME"]),
            "version": __version__,
            "summary": "Full-text search over Kazakh news. Nothing can be written here.",
        },
        "servers": [{"url": request.host_url.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _described(each: Operation, schemas: dict[str, Schema]) -> Schema:
    content: Schema = {}
    for media in each.media:
        content[media] = {"schema": _schema_of(each.answer, schemas)} if each.answer else {}
    refused = (HTTPStatus.BAD_REQUEST, *each.errors, HTTPStatus.TOO_MANY_REQUESTS)
    failure = (
        {"application/json": {"schema": _reference(ErrorAnswer, schemas)}}
        if each.is_json
        else {"text/html": {}}
    )
    return {
        "operationId": each.name,
        "summary": each.summary,
        "parameters": [_parameter(one) for one in each.parameters],
        "responses": {
            "200": {"description": "the answer", "content": content},
            **{
                str(status.value): {"description": _REASONS[status], "content": failure}
                for status in sorted(set(refused))
            },
        },
    }


def _parameter(one: Parameter) -> Schema:
    described: Schema = {
        "name": one.name,
        "in": "path" if one.in_path else "query",
        "required": one.in_path,
        "description": one.meaning,
        "schema": one.schema(),
    }
    if isinstance(one, Names):
        described |= {"style": "form", "explode": False}
    elif isinstance(one, (Number, Flag, Choice)) and not one.in_path:
        described["allowEmptyValue"] = True  # as forms send what is left out
    if one.example:
        value: object = one.example.split(",") if isinstance(one, Names) else one.example
        if one.several:
            value = [one.example]
        elif one.schema()["type"] == "integer":
            value = int(one.example)
        described["example"] = value
    return described


def _schema_of(kind: Any, schemas: dict[str, Schema]) -> Schema:
    """A type as JSON Schema; objects are put among ``schemas`` and referred to."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, meaning = get_args(kind)[:2]
        return _schema_of(inner, schemas) | {"description": meaning}
    if origin is NotRequired:
        return _schema_of(get_args(kind)[0], schemas)
    if origin in (Union, types.UnionType):
        each = [_schema_of(one, schemas) for one in get_args(kind)]
        distinct = [schema for place, schema in enumerate(each) if schema not in each[:place]]
        return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
    if origin is list:
        return {"type": "array", "items": _schema_of(get_args(kind)[0], schemas)}
    if origin is dict:
        values = _schema_of(get_args(kind)[1], schemas)
        return {"type": "object", "additionalProperties": values}
    if is_typeddict(kind) or dataclasses.is_dataclass(kind):
        return _reference(kind, schemas)
    return {"type": _NAMES[kind]}


_NAMES = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
    dt.date: "string",
    dt.datetime: "string",
}


def _reference(kind: Any, schemas: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in schemas:
        schemas[name] = {}  # it may refer to itself
        hints = get_type_hints(kind, include_extras=True)
        required = hints if getattr(kind, "__total__", True) else {}
        schemas[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").partition("\n")[0],
            "properties": {each: _schema_of(hint, schemas) for each, hint in hints.items()},
            "required": [
                each for each, hint in required.items() if get_origin(hint) is not NotRequired
            ],
            "additionalProperties": False,
        }
    return {"$ref": f"#/components/schemas/{name}"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an answer: its name, the schema of what it is or holds, and its meaning."""

    name: str
    kind: str
    reference: str
    meaning: str


def _fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of an object for people."""
    for name, each in schema["properties"].items():
        parts = each.get("anyOf", [each])
        words = []
        reference = ""
        for part in parts:
            inner = part.get("items", part)
            if "$ref" in inner:
                reference = inner["$ref"].rpartition("/")[2]
            word = reference if "$ref" in inner else str(inner.get("type"))
            words.append(f"list of {word}" if part.get("type") == "array" else word)
        yield Field(name, " or ".join(words), reference, str(each.get("description", "")))
