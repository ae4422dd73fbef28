"""An export as Parquet, a row group at a time (needs the extra ``parquet``)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from kzsearch.results.export import batches, row_of
from kzsearch.results.page import Hit

__all__ = ["encode_parquet"]

_TYPES = {"score": pa.float64(), "fallback": pa.bool_(), "copy_count": pa.int64()}


class _Pieces(io.RawIOBase):
    """A file that gives away what was written to it."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._written.append(piece)
        return len(piece)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._written)
        self._written.clear()
        return taken


def encode_parquet(hits: Iterable[Hit], fields: Sequence[str]) -> Iterator[bytes]:
    """The file in pieces; texts are strings, dates ISO 8601 as in the other formats."""
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in fields])
    pieces = _Pieces()
    with pq.ParquetWriter(pa.PythonFile(pieces, mode="w"), schema, compression="zstd") as writer:
        for batch in batches(hits):
            if batch:
                rows = [row_of(hit, fields) for hit in batch]
                columns = [
                    pa.array(column, field.type)
                    for column, field in zip(zip(*rows, strict=True), schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            yield pieces.take()
    yield pieces.take()
