"""Files in, articles out: the door of the documents room.

Nothing is lost in silence and nothing broken stops the rest: whatever cannot be
read is handed to ``on_problem`` with file and line, and reading goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kzsearch.documents.article import Article
from kzsearch.documents.clashes import Clashes, file_namespace
from kzsearch.documents.fields import article_from_record
from kzsearch.documents.files import FoundFile, find_files, open_file
from kzsearch.documents.formats import choose_reader
from kzsearch.documents.inputs import InputStream, OnBytes
from kzsearch.documents.options import NO_OPTIONS, ReadOptions
from kzsearch.documents.problems import OnProblem, Problem
from kzsearch.documents.records import Record, unusable
from kzsearch.documents.unpacking import DAMAGE, inputs_in
from kzsearch.errors import DocumentError

__all__ = ["read_articles"]

_UNKNOWN_NAME = "the name does not tell what is in it: to read it all the same, name it itself"


def read_articles(
    paths: Iterable[Path | str] | Path | str,
    *,
    on_problem: OnProblem,
    on_note: OnProblem | None = None,
    on_bytes: OnBytes | None = None,
    options: ReadOptions = NO_OPTIONS,
) -> Iterator[Article]:
    """The articles in files, folders, archives and standard input (``-``), one at a time.

    on_problem: called for every record, file or folder that is skipped, every field that is
        left out, and every article that replaces another of this run (see ``Problem``).
    on_note: called for every article that was taken otherwise than it stood there, because its
        text was broken (``repair``), and for those that lost letters (``letters``).
    on_bytes: called with the number of bytes each time some were read from disk.
    options: what the files do not say themselves.
    Raises nothing of its own.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    clashes = Clashes()
    for file in find_files(paths, on_problem=on_problem):
        for found in _found_in(file, on_bytes, options):
            if isinstance(found, Problem):
                on_problem(found)
                continue
            name, record = found
            space = file_namespace(file.below(name))

            def warn(kind: str, message: str, name: str = name, record: Record = record) -> None:
                problem = Problem(name, record.line, message, kind)
                if not problem.is_note:
                    on_problem(problem)
                elif on_note:
                    on_note(problem)

            try:
                article = article_from_record(record, file=space, options=options, warn=warn)
            except DocumentError as error:
                on_problem(Problem(name, record.line, str(error)))
                continue
            if clash := clashes.met(article, name, space):
                on_problem(replace(clash, line=record.line))
            yield article


def _found_in(
    file: FoundFile, on_bytes: OnBytes | None, options: ReadOptions
) -> Iterator[tuple[str, Record] | Problem]:
    """What a file holds; that it cannot be read, or not to its end, is found in it too."""
    called: str = file.shown
    line: int | None = None
    try:
        with open_file(file.path, on_bytes) as stream:
            path = file.path if file.is_regular else ""
            for source in inputs_in(stream, file.shown, path=path, options=options):
                if isinstance(source, Problem):
                    yield source
                    continue
                called, line = source.called, None
                for found in _records(source, named=file.named and called == file.shown):
                    if found.line and source.skipped_lines:
                        found = replace(found, line=found.line + source.skipped_lines)
                    line = found.line
                    yield (
                        replace(found, path=called)
                        if isinstance(found, Problem)
                        else (
                            called,
                            found,
                        )
                    )
    except DocumentError as error:
        yield Problem(called, None, str(error), "file")
    except (OSError, *DAMAGE) as error:
        yield Problem(called, line, _why_unread(error), "file")


def _why_unread(error: Exception) -> str:
    """What to say of an error of reading; one of the system has a number, of damage it has none."""
    if isinstance(error, EOFError):
        return "the compressed file is cut off, what follows is missing"
    if isinstance(error, OSError) and error.errno is not None:
        return f"the file cannot be read: {error.strerror or error}"
    return f"the compressed file is damaged, what follows is missing: {error}"


def _records(source: InputStream, *, named: bool) -> Iterator[Record | Problem]:
    """What one input holds. A problem that makes it unreadable does not touch the others."""
    if not source.sample.strip():
        yield unusable("the file is empty")
        return
    try:
        reader = choose_reader(source, named=named)
        if reader is None:
            yield unusable(_UNKNOWN_NAME)
            return
        found_any = False
        for found in reader.read(source):
            found_any = True
            yield found
    except DocumentError as error:
        yield unusable(str(error))
    except (OSError, *DAMAGE):
        raise
    except Exception as error:  # of a library met by something it does not know
        yield unusable(f"the file cannot be read: {type(error).__name__}: {error}")
    else:
        if not found_any:
            yield unusable("there are no articles in the file")
