"""Segments in Whoosh's stock on-disk format. The only package that imports whoosh."""

from kzsearch.engine.local.codec.codec import WhooshCodec

__all__ = ["WhooshCodec"]
