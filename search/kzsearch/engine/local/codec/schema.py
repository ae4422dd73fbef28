"""The Whoosh schema: how each field is kept. Given when opening, never stored or pickled."""

from __future__ import annotations

from whoosh import columns, fields, formats

from kzsearch.engine.local.segment_api import (
    EXACT_FIELDS,
    KEYWORD_FIELDS,
    LONG_START_FIELDS,
    START_FIELDS,
    STEM_FIELDS,
    Field,
)

__all__ = ["COLUMNS", "make_schema"]

COLUMNS = {
    "id": columns.VarBytesColumn(),
    "source": columns.VarBytesColumn(),
    "category": columns.VarBytesColumn(),
    "digest": columns.VarBytesColumn(),
    "time": columns.NumericColumn("q"),
    "day": columns.NumericColumn("i"),
    "title_length": columns.NumericColumn("i"),
    "body_length": columns.NumericColumn("i"),
    "offset": columns.NumericColumn("q"),
}
"""Per-article values, by the names of ``segment_api.Columns``."""


def make_schema() -> fields.Schema:
    """Schema of the indexed fields; columns are opened by themselves (``COLUMNS``)."""
    return fields.Schema(
        **{field: _terms(formats.Positions()) for field in (*STEM_FIELDS, *EXACT_FIELDS)},
        **{
            field: _terms(formats.Frequency())
            for field in (*START_FIELDS, *LONG_START_FIELDS, Field.LEAD)
        },
        **{field: _terms(formats.Existence()) for field in KEYWORD_FIELDS},
    )


def _terms(format_: formats.Format) -> fields.FieldType:
    """A field of ready-made terms: it has no analyzer, because nothing here analyses text."""
    return fields.FieldType(format_, None)
