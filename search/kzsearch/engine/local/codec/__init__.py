"""How segments are kept: packed arrays, one file a segment (``segment_file.py`` tells of what).

The only package that imports whoosh, and only where a kzsearch index is opened by Whoosh itself.
"""

from __future__ import annotations

from kzsearch.engine.local.codec.columnar import ColumnarCodec

__all__ = ["ColumnarCodec"]
