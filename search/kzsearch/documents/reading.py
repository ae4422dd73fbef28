"""Files in, articles out: the door of the documents room.

Nothing is lost in silence and nothing broken stops the rest: whatever cannot be
read is handed to ``on_problem`` with file and line, and reading goes on.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from gzip import BadGzipFile
from pathlib import Path

from kzsearch.documents.article import Article
from kzsearch.documents.fields import article_from_record
from kzsearch.documents.files import STANDARD_INPUT, OnBytes, find_files, open_text
from kzsearch.documents.problems import OnProblem, Problem
from kzsearch.documents.readers import reader_for
from kzsearch.documents.records import BrokenRecord, Found
from kzsearch.errors import DocumentError

__all__ = ["read_articles"]


def read_articles(
    paths: Iterable[Path | str] | Path | str,
    *,
    on_problem: OnProblem,
    on_bytes: OnBytes | None = None,
) -> Iterator[Article]:
    """The articles in files, folders and standard input (``-``), one at a time.

    on_problem: called for every record, file or folder that is skipped.
    on_bytes: called with the number of bytes each time some were read from disk.
    Raises nothing of its own.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    for path in find_files(paths, on_problem=on_problem):
        name = "standard input" if path == STANDARD_INPUT else path
        for found in _found_in(path, on_bytes):
            if isinstance(found, BrokenRecord):
                on_problem(Problem(name, found.line, found.message))
                continue
            try:
                article = article_from_record(found.fields)
            except DocumentError as error:
                on_problem(Problem(name, found.line, str(error)))
            else:
                yield article


def _found_in(path: str, on_bytes: OnBytes | None) -> Iterator[Found]:
    """What a file holds; that it cannot be read, or not to its end, is found in it too."""
    line, found_any = None, False
    try:
        with open_text(path, on_bytes=on_bytes) as (stream, head):
            if not head.strip():
                yield BrokenRecord(None, "the file is empty")
                return
            for found in reader_for(path, head)(stream):
                line, found_any = found.line, True
                yield found
    except DocumentError as error:
        yield BrokenRecord(None, str(error))
    except EOFError:
        yield BrokenRecord(line, "the compressed file is cut off, what follows is missing")
    except (zlib.error, BadGzipFile) as error:
        yield BrokenRecord(
            line, f"the compressed file is damaged, what follows is missing: {error}"
        )
    except OSError as error:
        yield BrokenRecord(line, f"the file cannot be read: {error.strerror or error}")
    else:
        if not found_any:
            yield BrokenRecord(None, "there are no articles in the file")
