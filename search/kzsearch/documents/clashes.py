"""Ids that two inputs of one run give to different articles."""

from __future__ import annotations

from kzsearch.documents.article import Article

__all__ = ["Clashes"]

_MOST = 2_000_000
"""Ids that are remembered, at some 150 bytes each."""


class Clashes:
    """Remembers which input gave which id.

    The first two million ids of a run are remembered; a clash of later ones is not noticed.
    """

    def __init__(self) -> None:
        self._inputs: list[str] = []
        self._seen: dict[int, tuple[int, int]] = {}

    def met(self, article: Article, name: str) -> str:
        """The other input that gave this id to an article that is not the same; '' if none did."""
        if not self._inputs or self._inputs[-1] != name:
            self._inputs.append(name)
        number = len(self._inputs) - 1
        key, content = hash(article.id), hash((article.title, article.body, article.date))
        before = self._seen.get(key)
        if before is not None or len(self._seen) < _MOST:
            self._seen[key] = (number, content)
        if before is None or before[1] == content or self._inputs[before[0]] == name:
            return ""
        return self._inputs[before[0]]
