"""Learn which words go together from open sentences; writes the shipped table of associations.

    ./kz train associations

Reads ``corpora/sentences_open.tsv`` (web news, Common Voice, Tatoeba, Wikipedia, Abai; MIT, CC0,
CC BY, CC BY-SA or public domain, each row says which) and ``corpora/sentences_tv_news.txt``
(KazNERD, CC BY 4.0). What is kept are likenesses of single words; no sentence can be told from
them. How they are learned: ``kzsearch.query.associations.learning``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kzsearch.morphology import Analyzer
from kzsearch.query.associations import OWN_TABLE, Learner, associations_text
from kzsearch.query.tables import question_words, stop_words
from training.steps import ROOT, header_lines, shared_folder

TABLE = ROOT / "search/kzsearch/query/associations/data" / OWN_TABLE

HEADER = """\
# Kazakh stems and the stems that stand beside the same words, with their likeness (0..1).
# Made by `./kz train associations`; do not edit. Every row is its own example.
# Learned from openly licensed sentences: web news, Common Voice, Tatoeba, Wikipedia, Abai (MIT,
# CC0, CC BY, CC BY-SA, public domain) and KazNERD (Yeshpanov and others 2022, CC BY 4.0).
{inputs}# stem\trelated stem:likeness …
"""


def main() -> None:
    """Learn and write."""
    shared = shared_folder(__doc__)
    analyzer = Analyzer()
    learner = Learner(stop_words() | question_words())
    for sentence in sentences(shared / "corpora"):
        learner.take(term.stems[0] for term in analyzer.analyze(sentence))
    associations = learner.learn()
    header = HEADER.format(inputs=header_lines("associations", shared))
    TABLE.write_text(associations_text(header, associations), encoding="utf-8")
    print(f"{len(associations):,} stems in {TABLE.name}, {TABLE.stat().st_size:,} bytes")


def sentences(corpora: Path) -> Iterator[str]:
    """The sentences of both files."""
    with (corpora / "sentences_open.tsv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")[1]
    with (corpora / "sentences_tv_news.txt").open(encoding="utf-8") as lines:
        yield from lines


if __name__ == "__main__":
    main()
