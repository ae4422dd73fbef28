"""Chooses the reader for a file by its name, else by how it begins."""

from __future__ import annotations

from pathlib import PurePath

from kzsearch.documents.readers.json_document import read_json_document
from kzsearch.documents.readers.json_lines import is_json_object, read_json_lines
from kzsearch.documents.readers.markdown import read_markdown
from kzsearch.documents.readers.plain import read_plain
from kzsearch.documents.readers.table import looks_like_header, read_table
from kzsearch.documents.records import Reader

__all__ = ["has_known_suffix", "reader_for"]


def reader_for(name: str, head: str) -> Reader:
    """The reader for a file called ``name`` whose text begins with ``head``.

    ``.json`` is looked into as well, since JSON Lines often goes by that name.
    """
    suffix = _suffix(name)
    return _by_content(head) if suffix == ".json" else _BY_SUFFIX.get(suffix) or _by_content(head)


def has_known_suffix(name: str) -> bool:
    """Whether the name alone says how to read the file."""
    return _suffix(name) in _BY_SUFFIX


_BY_SUFFIX: dict[str, Reader] = {
    ".csv": read_table,
    ".json": read_json_document,
    ".jsonl": read_json_lines,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".ndjson": read_json_lines,
    ".tab": read_table,
    ".text": read_plain,
    ".tsv": read_table,
    ".txt": read_plain,
}


def _suffix(name: str) -> str:
    return PurePath(name.casefold().removesuffix(".gz")).suffix


def _by_content(head: str) -> Reader:
    head = head.lstrip()
    first_line, _, rest = head.partition("\n")
    if rest.strip() and is_json_object(first_line):
        return read_json_lines
    if head.startswith(("{", "[")):
        return read_json_document
    if first_line.rstrip() == "---" or first_line.startswith("# "):
        return read_markdown
    return read_table if looks_like_header(first_line) else read_plain
