"""Answers are compressed for whoever takes that: zstd, Brotli or gzip, streams included."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, request
from flask_compress import Compress

__all__ = ["init_compression"]

_MIMETYPES = [
    "application/atom+xml",
    "application/json",
    "application/opensearchdescription+xml",
    "application/x-ndjson",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]
_ALGORITHMS = ["zstd", "br", "gzip"]


def init_compression(app: Flask) -> None:
    """Compress answers, as the last thing that happens to them: call this before other parts.

    Flask-Compress gives each encoding an ETag of its own and compares that with the request's.
    """
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_MIMETYPES=_MIMETYPES,
        COMPRESS_ALGORITHM=_ALGORITHMS,
        COMPRESS_ALGORITHM_STREAMING=_ALGORITHMS,
    )
    compress = Compress()
    compress.init_app(app)

    @app.after_request
    def compressed(response: Response) -> Response:
        response.vary.add("Accept-Encoding")
        # A part of a file stays a part of that very file; q=0 is a refusal.
        whole = response.status_code != HTTPStatus.PARTIAL_CONTENT
        accepted = ", ".join(
            f"{name};q={quality}" for name, quality in request.accept_encodings if quality
        )
        if not whole or not accepted:
            return response
        request.environ["HTTP_ACCEPT_ENCODING"] = accepted
        if (close := getattr(response.response, "close", None)) is not None:
            response.call_on_close(close)  # what is wrapped for a stream is closed by nobody else
        return compress.after_request(response)
