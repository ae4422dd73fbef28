"""How segments are kept. The only package that imports whoosh, and only where Whoosh is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.engine.local.codec.codec import WhooshCodec
    from kzsearch.engine.local.codec.columnar import ColumnarCodec

__all__ = ["ColumnarCodec", "WhooshCodec"]

__getattr__ = names_of(__name__, {"ColumnarCodec": "columnar", "WhooshCodec": "codec"})
