"""What an index learns from its own articles, and keeps in its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kzsearch.documents import Article
from kzsearch.errors import IndexWriteError
from kzsearch.morphology import Analyzer
from kzsearch.query.associations.learning import Learner
from kzsearch.query.associations.table import OWN_FILE, write_associations
from kzsearch.query.tables import question_words, stop_words

__all__ = ["learn_associations"]

HEADER = """\
# Stems and the stems that stand beside the same words in this archive, with their likeness.
# Made by `kzsearch learn-associations`; delete it to forget.
"""


def learn_associations(
    articles: Iterable[Article],
    analyzer: Analyzer,
    folder: Path,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Learn from articles which words go together; returns of how many words.

    folder: that of the index, where the table is written.
    progress: called with the number of articles read so far.
    Raises IndexWriteError.
    """
    learner = Learner(stop_words() | question_words())
    for count, article in enumerate(articles, 1):
        for text in (article.title, article.body):
            learner.take(term.stems[0] for term in analyzer.analyze(text))
        if progress:
            progress(count)
    learned = learner.learn()
    new = folder / f"{OWN_FILE}.new"
    try:
        write_associations(new, HEADER, learned)
        new.replace(folder / OWN_FILE)
    except OSError as error:
        raise IndexWriteError(
            f"{new} cannot be written ({error.strerror}); the index is as it was."
        ) from None
    return len(learned)
