"""What an index learns from its own articles, and keeps beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kzsearch.documents import Article
from kzsearch.morphology import Analyzer
from kzsearch.query.associations.learning import Learner
from kzsearch.query.associations.table import associations_text
from kzsearch.query.tables import question_words, stop_words

__all__ = ["learn_associations"]

HEADER = """\
# Stems and the stems that stand beside the same words in this archive, with their likeness.
# Made by `kzsearch learn-associations`; `--forget` forgets it.
"""


def learn_associations(
    articles: Iterable[Article],
    analyzer: Analyzer,
    progress: Callable[[int], None] | None = None,
) -> tuple[int, bytes]:
    """Learn from articles which words go together.

    progress: called with the number of articles read so far.
    Returns of how many words, and the table that the index is to keep under ``OWN_TABLE``.
    """
    learner = Learner(stop_words() | question_words())
    for count, article in enumerate(articles, 1):
        for text in (article.title, article.body):
            learner.take(term.stems[0] for term in analyzer.analyze(text))
        if progress:
            progress(count)
    learned = learner.learn()
    return len(learned), associations_text(HEADER, learned).encode("utf-8")
