"""Parquet and Arrow (``kzsearch[parquet]``), so the files of Hugging Face data sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from kzsearch.documents.fields import field_of
from kzsearch.documents.formats.json_shapes import Shapes
from kzsearch.documents.formats.json_stream import Value
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.records import Found, unusable
from kzsearch.errors import DocumentError

__all__ = ["RANK", "read", "sniff"]

RANK = 10

_PARQUET, _ARROW_FILE, _FEATHER_1 = b"PAR1", b"ARROW1", b"FEA1"
_ARROW_STREAM = b"\xff\xff\xff\xff"
_ROWS = 256
"""Rows that are in memory at a time."""


def sniff(head: bytes) -> bool:
    """Whether it is Parquet, an Arrow file or an Arrow stream."""
    if head.startswith((_PARQUET, _ARROW_FILE, _FEATHER_1)):
        return True
    # A stream begins with the length of its schema, which is short and a multiple of 8.
    length = int.from_bytes(head[4:8], "little")
    return head.startswith(_ARROW_STREAM) and 0 < length < 1 << 24 and length % 8 == 0


def read(stream: InputStream) -> Iterator[Found]:
    """The rows of a file."""
    try:
        import pyarrow
    except ImportError:
        kind = "Parquet" if stream.head.startswith(_PARQUET) else "Arrow"
        yield unusable(f"this is {kind}, which needs: pip install 'kzsearch[parquet]'")
        return
    try:
        with stream.on_disk() as file:
            yield from _rows(file, stream)
    except (pyarrow.ArrowException, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise DocumentError(f"the file is damaged: {reason}") from error


def _rows(file: IO[bytes], stream: InputStream) -> Iterator[Found]:
    schema, batches = _opened(file, stream.head)
    stated = set(stream.options.names.values())
    wanted = [name for name in schema.names if name in stated or _is_wanted(name)]
    if not any(name in stated or field_of(name) == "body" for name in wanted):
        shown = ", ".join(schema.names[:12])
        nested = [name for name in schema.names if _is_nested(schema.field(name).type)]
        if not nested:
            yield unusable(
                f"no column is known to hold the text, only: {shown}; if one of them does, say "
                f"which: --map body={schema.names[0] if schema.names else 'NAME'}"
            )
            return
        wanted = schema.names
    number = 0
    shapes = Shapes(stream.options)
    for batch in batches(wanted):
        for row in batch.to_pylist():
            number += 1
            yield from shapes.records(Value(number, row, {}))


def _opened(file: IO[bytes], head: bytes) -> tuple[Any, Any]:
    """The schema of a file, and a function that gives its batches of rows with some columns."""
    import pyarrow

    if head.startswith(_PARQUET):
        import pyarrow.parquet

        parquet = pyarrow.parquet.ParquetFile(file, pre_buffer=False)
        return parquet.schema_arrow, lambda names: parquet.iter_batches(_ROWS, columns=names)
    if head.startswith(_ARROW_STREAM):
        reader = pyarrow.ipc.open_stream(file)
        batches = iter(reader)
    elif head.startswith(_FEATHER_1):
        raise ValueError("it is Feather of version 1: save it as Parquet")
    else:
        reader = pyarrow.ipc.open_file(file)
        batches = (reader.get_batch(number) for number in range(reader.num_record_batches))
    return reader.schema, lambda names: (
        batch.slice(start, _ROWS).select(names)
        for batch in batches
        for start in range(0, batch.num_rows, _ROWS)
    )


def _is_wanted(name: str) -> bool:
    """Whether a column may be a field of an article, or tell more about it."""
    return field_of(name) is not None or name in {"metadata", "meta", "info"}


def _is_nested(kind: Any) -> bool:
    import pyarrow

    return bool(pyarrow.types.is_struct(kind))
