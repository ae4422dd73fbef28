"""Ids that two inputs of one run give to different articles."""

from __future__ import annotations

from pathlib import PurePath

from kzsearch.documents.article import Article
from kzsearch.documents.identity import url_id
from kzsearch.documents.problems import Problem

__all__ = ["Clashes", "file_namespace"]

_MOST = 2_000_000
"""Ids that are remembered, at some 150 bytes each."""


class Clashes:
    """Remembers which input gave which id.

    The first two million ids of a run are remembered; a clash of later ones is not noticed.
    """

    def __init__(self) -> None:
        self._inputs: list[str] = []
        self._seen: dict[int, tuple[int, int]] = {}
        self._said: set[str] = set()

    def met(self, article: Article, name: str, file: str) -> Problem | None:
        """What is to be said of an article of the input ``name`` whose id was met before.

        Either it replaces another article, or its bare number, which is unique only within its
        ``file`` (see ``file_namespace``), stands in another file too; that is said once a file.
        """
        if not self._inputs or self._inputs[-1] != name:
            self._inputs.append(name)
        content = hash((article.title, " ".join(article.body.split()), article.date))
        if article.url and article.id == url_id(article.url):
            return None  # the same address twice is the same article, in another version
        if other := self._other(article.id, content):
            where = "earlier in this file" if other == name else f"by {other}"
            return Problem(
                name,
                None,
                f"the id {article.id!r} was given to another article {where}, which this one "
                "replaces: where files number from 1, give each a --namespace",
                "id",
            )
        space, _, number = article.id.rpartition(":")
        is_bare = number.isdecimal() and space == file
        if not is_bare or name in self._said:
            return None
        other = self._other(f"\0{number}", content)
        if other and other != name:
            self._said.add(name)
            return Problem(
                name,
                None,
                f"its ids are numbers that {other} has as well ({number}): they are kept apart "
                f"as {article.id}, or as you say with --namespace",
                "identity",
            )
        return None

    def _other(self, key: str, content: int) -> str:
        """The input that gave this key to something else before; '' if none did."""
        place = hash(key)
        before = self._seen.get(place)
        if before is not None or len(self._seen) < _MOST:
            self._seen[place] = (len(self._inputs) - 1, content)
        return "" if before is None or before[1] == content else self._inputs[before[0]]


def file_namespace(path: str) -> str:
    """What bare numbers of a file are unique within: its path without endings.

    path: from the folder on that a user named, or the file's name alone: where a folder lies must
    not change the ids in it.
    """
    return "/".join(part.partition(".")[0] for part in PurePath(path).parts)
