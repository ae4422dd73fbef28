"""Segments in Whoosh's stock on-disk format. The only package that imports whoosh."""

from kzsearch.engine.whoosh.codec import WhooshCodec

__all__ = ["WhooshCodec"]
