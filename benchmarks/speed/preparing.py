"""From files of text to sentences with their words, made once a run by kzsearch's analyzer.

Every engine then indexes the same words. Sentences are from KazNERD's TV news (CC BY 4.0) and
openly licensed sentences in ``../shared/corpora``; where that is missing, from ``seeds/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.speed.corpus import Sentence
from kzsearch import Analyzer
from kzsearch.documents import read_articles

__all__ = ["prepare_sentences", "read_sentence"]

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
WORDS = range(3, 61)
"""Words of a sentence that is taken."""


def prepare_sentences(path: Path, shared: Path = SHARED, *, reuse: bool = False) -> str:
    """Write ``sentences.tsv`` (text, words as written, stems); returns where they are from.

    reuse: take those of an earlier run, if there are any.
    """
    if reuse and path.exists():
        with path.open(encoding="utf-8") as kept:
            return f"{sum(1 for _ in kept):,} sentences of an earlier run"
    lines, source = _lines(shared)
    analyzer = Analyzer()
    texts = dict.fromkeys(" ".join(line.split()) for line in lines)
    sentences = [read_sentence(text, analyzer) for text in texts]
    taken = [s for s in sentences if s.stem.count(" ") + 1 in WORDS]
    path.write_text("".join("\t".join(s) + "\n" for s in taken), encoding="utf-8")
    return f"{len(taken):,} sentences of {source}"


def read_sentence(text: str, analyzer: Analyzer) -> Sentence:
    """A sentence with the first term at each position, where it is of letters and digits only.

    What is no such word (an address, a hyphen) some peers would split, so none gets it.
    """
    first: dict[int, tuple[str, str]] = {}
    for term in analyzer.analyze(text):
        first.setdefault(term.position, (term.surface, term.stems[0]))
    words = [pair for pair in first.values() if pair[0].isalnum() and pair[1].isalnum()]
    return Sentence(text, " ".join(w for w, _ in words), " ".join(s for _, s in words))


def _lines(shared: Path) -> tuple[Iterable[str], str]:
    news = shared / "corpora/sentences_tv_news.txt"
    if not news.exists():
        return _seeds(), "seeds/ (few: terms are denser than in an archive)"
    lines = news.read_text(encoding="utf-8").splitlines()
    rows = (shared / "corpora/sentences_open.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [*lines, *(row.split("\t")[1] for row in rows)], "TV news and open corpora"


def _seeds() -> Iterator[str]:
    for article in read_articles([ROOT / "seeds"], on_problem=print):
        for paragraph in article.body.splitlines():
            yield from re.split(r"(?<=[.!?…])\s+", paragraph)
