"""How often words are read in the right language; writes results/language_choice.txt.

    python benchmarks/language_choice.py [--shared ../shared] [--errors]

The sample (tests/text/data/language_sample.tsv) holds labels only; the sentences are read from
the shared corpora. Each article is labelled whole, as when it is indexed, and the sampled sentence
compared; "alone" labels the sentence by itself, as when it is a query. Only words that have a
language count: numbers, symbols and Latin words do not. A compound counts once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import ROOT, SHARED, Report
from kzsearch.text import Language, label_languages, tokenize

SAMPLE = ROOT / "tests/text/data/language_sample.tsv"
OTHER = {Language.KAZAKH: Language.RUSSIAN, Language.RUSSIAN: Language.KAZAKH}


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence: its article, its place there, its language and what is not in it."""

    article: str
    start: int
    end: int
    language: Language
    foreign: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.article[self.start : self.end]

    def truth(self, at: int) -> Language:
        """The language of the word that begins at a code point of the sentence."""
        foreign = any(start <= at < end for start, end in self.foreign)
        return OTHER[self.language] if foreign else self.language


@dataclass(frozen=True)
class Verdict:
    """What became of one word."""

    word: str
    truth: Language
    label: Language


def main() -> None:
    """Print the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", action="store_true", help="print every word read wrongly")
    arguments = parser.parse_args()
    sentences = list(read_sample(arguments.shared / "corpora"))
    report = Report(__file__)
    columns = f"{'sentences':>10}{'words':>8}{'words right':>13}{'sentences all right':>21}"
    report.add(f"{'':24}{columns}")
    for name, in_article in (("in its article", True), ("alone", False)):
        for group, chosen in _groups(sentences):
            judged = [judge(one, in_article=in_article) for one in chosen]
            report.add(row(f"{name}, {group}", judged))
    report.keep()
    if arguments.errors:
        for sentence in sentences:
            wrong = [v for v in judge(sentence) if v.label is not v.truth]
            if wrong:
                print(f"\n{sentence.text}")
                print("  ", " ".join(f"{v.word}({v.label})" for v in wrong))


def read_sample(corpora: Path) -> Iterator[Sentence]:
    """The labelled sentences; SystemExit if the corpora are not those that were labelled."""
    articles = dict(_articles(corpora))
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        file, name, span, digest, language, spans = line.split("\t")
        start, end = map(int, span.split("-"))
        foreign = () if spans == "-" else tuple(_span(pair) for pair in spans.split(","))
        sentence = Sentence(articles[file, name], start, end, Language(language), foreign)
        if not hashlib.sha256(sentence.text.encode()).hexdigest().startswith(digest):
            raise SystemExit(f"{file} {name} is not the text that was labelled")
        yield sentence


def _span(pair: str) -> tuple[int, int]:
    start, end = pair.split("-")
    return int(start), int(end)


def _articles(corpora: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for file in ("articles.jsonl", "articles_russian.jsonl"):
        with (corpora / file).open(encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                yield (file, article["id"]), article["body"]
    with (corpora / "headlines.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, headline = line.rstrip("\n").split("\t")
            yield ("headlines.tsv", name), headline


def _groups(sentences: list[Sentence]) -> Iterator[tuple[str, list[Sentence]]]:
    yield "Kazakh", [s for s in sentences if not s.foreign and s.language is Language.KAZAKH]
    yield "Russian", [s for s in sentences if not s.foreign and s.language is Language.RUSSIAN]
    yield "both", [s for s in sentences if s.foreign]
    yield "all", sentences


def judge(sentence: Sentence, *, in_article: bool = True) -> list[Verdict]:
    """Every word of a sentence with its true language and the one it was given."""
    text, start, end = sentence.text, 0, sentence.end - sentence.start
    if in_article:
        text, start, end = sentence.article, sentence.start, sentence.end
    verdicts = []
    position = -1
    tokens = tokenize(text)
    for token, label in zip(tokens, label_languages(tokens), strict=True):
        first = token.position != position
        position = token.position
        if first and start <= token.start and token.end <= end and label is not Language.OTHER:
            verdicts.append(Verdict(token.text, sentence.truth(token.start - start), label))
    return verdicts


def row(name: str, sentences: list[list[Verdict]]) -> str:
    """One line of the table."""
    words = sum(map(len, sentences))
    right = sum(_right(verdicts) for verdicts in sentences)
    whole = sum(_right(verdicts) == len(verdicts) for verdicts in sentences)
    return (
        f"{name:24}{len(sentences):>10}{words:>8}{right / words:>13.2%}"
        f"{whole / len(sentences):>21.1%}"
    )


def _right(verdicts: Iterable[Verdict]) -> int:
    return sum(verdict.label is verdict.truth for verdict in verdicts)


if __name__ == "__main__":
    main()
