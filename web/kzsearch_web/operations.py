"""Addresses for programs: each is registered with all that its description says of it.

The arguments that ``operation`` is given are the ones a request may have; the OpenAPI document and
the page ``/api`` are read off the views, so neither can tell of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue

from kzsearch_web.parameters import Parameter, refuse_unknown

__all__ = ["Operation", "operation", "operations"]

View = Callable[..., ResponseReturnValue]

_VARIABLE = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
_KEY = "kzsearch_operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What may be asked of an address, and what the answer is.

    path: as OpenAPI writes it, ``/api/articles/{article_id}``.
    answer: the type of the JSON object, None where the answer is a file.
    media: the media types of the answer.
    errors: the statuses of other answers, beside 400 for a wrong argument.
    examples: arguments that can be asked with as they are, those of the path among them.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: type | None
    media: tuple[str, ...]
    errors: tuple[HTTPStatus, ...]
    examples: tuple[Mapping[str, str], ...]

    @property
    def is_json(self) -> bool:
        """Whether errors are JSON: so they are under ``/api/``."""
        return self.path.startswith("/api/")

    def address(self, values: Mapping[str, str]) -> str:
        """Path and query string with these arguments, percent-encoded."""
        rest = dict(values)
        path = re.sub(r"\{(\w+)\}", lambda variable: rest.pop(variable[1]), self.path)
        return f"{path}?{urlencode(rest)}" if rest else path


def operation(
    blueprint: Blueprint,
    rule: str,
    *parameters: Parameter,
    answer: type | None = None,
    media: tuple[str, ...] = ("application/json",),
    errors: tuple[HTTPStatus, ...] = (),
    examples: tuple[Mapping[str, str], ...] = ({},),
) -> Callable[[View], View]:
    """Answer GET of ``rule`` by the decorated view, whose docstring's first line is the summary.

    Arguments other than ``parameters`` are refused.
    """

    def register(view: View) -> View:
        @wraps(view)
        def checked(**values: str) -> ResponseReturnValue:
            refuse_unknown(request.args, parameters)
            return view(**values)

        described = Operation(
            name=view.__name__,
            path=_VARIABLE.sub(r"{\1}", rule),
            summary=(view.__doc__ or "").partition("\n")[0],
            parameters=parameters,
            answer=answer,
            media=media,
            errors=errors,
            examples=examples,
        )
        setattr(checked, _KEY, described)
        blueprint.get(rule)(checked)
        return view

    return register


def operations(app: Flask) -> list[Operation]:
    """All that programs may ask, those of the JSON API first, in the order of registration."""
    found = [
        described
        for view in app.view_functions.values()
        if (described := getattr(view, _KEY, None)) is not None
    ]
    return sorted(found, key=lambda each: not each.is_json)
