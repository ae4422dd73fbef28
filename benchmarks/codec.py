"""The columnar segment format by itself: its size and speed; writes results/codec.txt.

    python benchmarks/codec.py [20000] [--shared ../shared]

Size by section; speed of writing, merging and reading. Articles of about 250 words are recombined
from sentences of TV news, as for the engines (`speed/corpus.py`), analysed beforehand. SQLite FTS5
takes in the same stems in the same run: only the ratio of the rates counts, all times are those of
one thread's own work (CPU).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens
from kzsearch.engine.local.codec.cache import RecentlyUsed
from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.container import FILE_NAME, Container
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.segment_api import MergeSource
from kzsearch.engine.schema import TermKind
from kzsearch.morphology import Analyzer

SENTENCES = "corpora/sentences_tv_news.txt"
WORDS_AN_ARTICLE = 240
SAMPLE = 300
FREQUENCIES = (1, 4, 64, 1_000, 10_000, 1 << 32)


class Corpus:
    """Sentences analysed once, drawn from again and again."""

    def __init__(self, shared: Path) -> None:
        analyzer = Analyzer()
        numbers: dict[AnalysedWord, int] = {}
        self.sentences: list[tuple[Tokens, str]] = []
        for line in (shared / SENTENCES).read_text(encoding="utf-8").splitlines():
            rows = [
                (numbers.setdefault((t.surface, t.stems), len(numbers)), t.position, t.start, t.end)
                for t in analyzer.analyze(line)
            ]
            if rows:
                self.sentences.append((Tokens(*np.array(rows, np.uint32).T.copy()), line))
        self.words = list(numbers)

    def articles(self, count: int, seed: int = 7) -> Iterator[tuple[AnalysedArticle, int]]:
        """Articles, and the bytes of their texts in UTF-8."""
        draw = random.Random(seed)
        for number in range(count):
            chosen: list[tuple[Tokens, str]] = []
            while sum(tokens.length for tokens, _ in chosen) < WORDS_AN_ARTICLE:
                chosen.append(draw.choice(self.sentences))
            title, body = _joined([draw.choice(self.sentences)]), _joined(chosen)
            day = 738_000 + draw.randrange(2_000)
            yield (
                AnalysedArticle(
                    id=f"https://news.example.kz/{number:06d}",
                    source=draw.choice(["khabar", "qazaqstan"]),
                    category=draw.choice(["", "sport"]),
                    language="kk",
                    digest=hashlib.sha256(str(number).encode()).hexdigest()[:32],
                    time=(day - 719_163) * 86_400_000_000,
                    day=day,
                    words=self.words,
                    title=title[0],
                    body=body[0],
                ),
                title[1] + body[1],
            )


def _joined(sentences: Sequence[tuple[Tokens, str]]) -> tuple[Tokens, int]:
    parts, position, start, size = [], 0, 0, 0
    for tokens, text in sentences:
        moved = (tokens.starts + np.uint32(start), tokens.ends + np.uint32(start))
        parts.append((tokens.words, tokens.positions + np.uint32(position), *moved))
        position += tokens.length
        start += len(text) + 1
        size += len(text.encode()) + 1
    return Tokens(*(np.concatenate(column) for column in zip(*parts, strict=True))), size


def microseconds(work: Callable[[int], object], times: int) -> float:
    """CPU time of one call, the best of five rounds."""
    best = float("inf")
    for _ in range(5):
        begin = time.thread_time()
        for number in range(times):
            work(number)
        best = min(best, (time.thread_time() - begin) / times)
    return best * 1e6


def write(corpus: Corpus, count: int, directory: Path) -> Iterator[str]:
    """Write a segment and feed FTS5; say the rates and where the bytes are."""
    writer = ColumnarCodec().writer(directory)
    peer = sqlite3.connect(directory / "peer.db")
    peer.execute("create virtual table a using fts5(title, body, content='')")
    ours = theirs = 0.0
    tokens = text = 0
    for number, (article, size) in enumerate(corpus.articles(count)):
        begin = time.thread_time()
        writer.add(article, number * 2_000)
        ours += time.thread_time() - begin
        row = [
            " ".join(article.words[word][1][0] for word in field.words.tolist())
            for field in (article.title, article.body)
        ]
        begin = time.thread_time()
        peer.execute("insert into a(rowid, title, body) values (?, ?, ?)", (number, *row))
        theirs += time.thread_time() - begin
        tokens += len(article.title) + len(article.body)
        text += size
    begin = time.thread_time()
    writer.finish()
    ours += time.thread_time() - begin
    begin = time.thread_time()
    peer.commit()
    theirs += time.thread_time() - begin
    yield f"{count:,} articles of {tokens / count:.0f} tokens, {text / count:,.0f} bytes of text"
    yield f"writing {count / ours:,.0f} articles/s, FTS5 {count / theirs:,.0f}"
    yield f"ratio to FTS5: {theirs / ours:.2f}"
    sizes = Container(directory / FILE_NAME).sizes()
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:16]:
        yield f"  {name:22}{size / count:8.1f} bytes an article"
    whole = (directory / FILE_NAME).stat().st_size
    yield f"  {'the file':22}{whole / count:8.1f} = {whole / text:.3f} of the text"


def read(directory: Path) -> Iterator[str]:
    """Say what reading costs, nothing remembered."""
    reader = ColumnarReader(directory, cache=RecentlyUsed(0))
    count = reader.articles
    yield f"open {microseconds(lambda _: ColumnarReader(directory), 50):.0f} µs"
    yield f"tokens of an article {microseconds(lambda n: reader.tokens(n % count), SAMPLE):.1f} µs"
    draw = np.random.default_rng(1)
    for kind in (TermKind.STEM, TermKind.EXACT, TermKind.PREFIX):
        doc_freqs = reader.dictionary(kind).doc_freqs
        for low, high in pairwise(FREQUENCIES):
            terms = np.flatnonzero((doc_freqs >= low) & (doc_freqs < high))
            if not len(terms):
                continue
            drawn = draw.choice(terms, SAMPLE).tolist()
            took = microseconds(partial(_postings, reader, kind, drawn), SAMPLE)
            line = f"{kind}: {doc_freqs[drawn].mean():8.0f} postings {took:7.1f} µs"
            if kind is TermKind.STEM:
                took = microseconds(partial(_positions, reader, drawn), SAMPLE)
                line += f", with positions {took:7.1f} µs"
            yield line


def _postings(reader: ColumnarReader, kind: TermKind, terms: list[int], number: int) -> None:
    reader.postings(kind, terms[number])


def _positions(reader: ColumnarReader, terms: list[int], number: int) -> None:
    reader.positions(terms[number])


def merge(directory: Path, sources: int) -> Iterator[str]:
    """Say how fast a segment merges with copies of itself."""
    target = directory / "merged"
    target.mkdir()
    begin = time.thread_time()
    readers = [ColumnarReader(directory) for _ in range(sources)]
    count = sources * readers[0].articles
    keep = np.arange(readers[0].articles, dtype=np.uint32)
    ColumnarCodec().merge(
        target, [MergeSource(reader, keep) for reader in readers], np.arange(count, dtype=np.uint64)
    )
    yield f"merging {sources} segments {count / (time.thread_time() - begin):,.0f} articles/s"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="?", default=20_000)
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    report = Report(__file__)
    with tempfile.TemporaryDirectory() as folder:
        report.extend(write(Corpus(options.shared), options.articles, Path(folder)))
        report.extend(read(Path(folder)))
        report.extend(merge(Path(folder), 3))
    report.add(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")
    report.keep()


if __name__ == "__main__":
    main()
