"""Measure how well Russian queries find Kazakh articles; writes results/russian_query.txt.

    python benchmarks/russian_query.py [--shared ../shared]

Three sets of queries, each answered as ``Index.search`` answers them:

* headlines: 58 Russian headlines, each meaning one of the 1,696 Kazakh articles (bodies only);
* openings: the first six telling words of every third Russian sentence of those 58 articles;
* sentences: every fourth Russian sentence of FLORES, meaning one of its 1,004 Kazakh sentences,
  and the first six telling words of it.

The vocabulary learned from sentence pairs would know the answers: the articles of the headlines
are in the corpus it is learned from, and so is FLORES. So it is learned anew here without them.
Headlines and openings: in ten rounds, each without all sentences of a tenth of the articles.
Sentences: in five rounds, each without a fifth of FLORES. A query is asked with the vocabulary that
never saw its article or sentence. The words written by hand were chosen by word frequencies of
other Russian news, but their writer had seen the 58 headlines; nobody had seen the sentences of
FLORES when writing, so of the two those are the fairer measure of the words written by hand.

Last, Russian articles must stay findable: every third Russian headline, its own article meant,
among the Kazakh articles and 349 Russian ones.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from kzsearch.documents import Article
from kzsearch.engine import open_engine
from kzsearch.engine.interface import Engine, SearchRequest
from kzsearch.evaluation import read_queries
from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.query.tables import stop_words
from kzsearch.query.translation import Translations, Translator, merged, shipped_translations
from training.translations import SentencePair, learn, read_pairs

ARTICLE_ROUNDS = 10
SENTENCE_ROUNDS = 5
TELLING_WORDS = 6
FEWEST_WORDS = 5
WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|[0-9]+")
SAME_SENTENCE = 40
"""Letters by which a sentence is found in its article."""

Query = tuple[str, str]
"""The id of the one document meant, and the text."""

Chosen = Callable[[str], Translations]
"""The vocabulary to ask for a document with."""


def main() -> None:
    """Measure everything, print it and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    with tempfile.TemporaryDirectory() as folder:
        report = Report(__file__)
        report.extend(measure(shared, Path(folder)))
    report.keep()


def measure(shared: Path, folder: Path) -> Iterator[str]:
    """The lines of the table."""
    analyzer = Analyzer()
    pairs = read_pairs(shared)
    kazakh = articles(shared / "corpora/articles.jsonl")
    russian = articles(shared / "corpora/articles_russian.jsonl")
    headlines = [*read_queries(shared / "eval/relevance/russian_query/queries.tsv").items()]
    owners = [owner(pair, headlines, kazakh) for pair in pairs]
    flores = [number for number, article in enumerate(owners) if article is None]
    sentences = [(str(number), unquoted(pairs[number].russian)) for number in flores[::4]]
    openings = [(owners[n], opening(pairs[n].russian)) for n in range(0, len(pairs), 3)]

    bodies = {name: article["body"] for name, article in kazakh.items()}
    russian_bodies = {f"ru:{name}": article["body"] for name, article in russian.items()}
    flores_bodies = {str(number): pairs[number].kazakh for number in flores}
    news = engine(folder / "news", bodies, analyzer)
    mixed = engine(folder / "mixed", bodies | russian_bodies, analyzer)
    of_flores = engine(folder / "flores", flores_bodies, analyzer)

    rounds = [without(pairs, held, owners) for held in tenths([name for name, _ in headlines])]
    by_article = {name: words for held, words in rounds for name in held}
    by_sentence: dict[str, Translations] = {}
    for first in range(SENTENCE_ROUNDS):
        held = set(flores[first::SENTENCE_ROUNDS])
        words = learn([pair for number, pair in enumerate(pairs) if number not in held])
        by_sentence |= {str(number): words for number in held}

    russian_headlines = [
        (f"ru:{name}", article["title"]) for name, article in russian.items() if article["title"]
    ][::3]
    table: list[tuple[str, Engine, Sequence[Query], Mapping[str, Translations], str]] = [
        ("headlines", news, headlines, by_article, "pass .80, goal .90 unseen"),
        ("openings", news, telling(openings), by_article, ""),
        ("sentences", of_flores, sentences, by_sentence, ""),
        (
            "sentences, six words",
            of_flores,
            telling([(name, opening(text)) for name, text in sentences]),
            by_sentence,
            "",
        ),
        ("Russian articles, mixed index", mixed, russian_headlines, {}, "not below no words"),
    ]
    written = shipped_translations("vocabulary.tsv", "territories.tsv")
    yield f"{'queries':<30} {'n':>4}  {'vocabulary':<20} {'hit@10':>6} {'MRR':>6}  target"
    for name, where, queries, learned, target in table:
        for title, chosen in (
            ("none", lambda _: {}),
            ("written by hand", lambda _: written),
            ("learned, held out", lambda document, by=learned: by[document]),
            ("both", lambda document, by=learned: merged(written, by[document])),
        ):
            if learned or title in ("none", "written by hand"):
                hit, mrr = score(where, queries, chosen, analyzer)
                figures = f"{hit:6.3f} {mrr:6.3f}"
                yield f"{name:<30} {len(queries):>4}  {title:<20} {figures}  {target}"


def articles(path: Path) -> dict[str, dict[str, str]]:
    """Articles by id."""
    with path.open(encoding="utf-8") as lines:
        return {article["id"]: article for article in map(json.loads, lines)}


def owner(
    pair: SentencePair, headlines: Sequence[Query], kazakh: Mapping[str, Mapping[str, str]]
) -> str | None:
    """The headline's article that a Kazakh sentence is from; None for FLORES."""
    beginning = " ".join(pair.kazakh.split())[:SAME_SENTENCE]
    for name, _ in headlines:
        whole = f"{kazakh[name]['title'] or ''} {kazakh[name]['body']}"
        if beginning in " ".join(whole.split()):
            return name
    return None


def opening(text: str) -> str:
    """The first telling words of a sentence."""
    found = WORD.findall(text)
    telling_words = [word for word in found if word.lower() not in stop_words()]
    return " ".join(telling_words[:TELLING_WORDS])


def unquoted(text: str) -> str:
    """A sentence without the quotation marks of the file; in a query they are operators."""
    return text.replace('"', " ")


def telling(queries: Sequence[tuple[str | None, str]]) -> list[Query]:
    """The queries that mean a document and have enough words."""
    return [(name, text) for name, text in queries if name and len(text.split()) >= FEWEST_WORDS]


def tenths(names: Sequence[str]) -> list[set[str]]:
    """The articles that are held out in each round."""
    return [set(names[first::ARTICLE_ROUNDS]) for first in range(ARTICLE_ROUNDS)]


def without(
    pairs: Sequence[SentencePair], held: set[str], owners: Sequence[str | None]
) -> tuple[set[str], Translations]:
    """What is learned without the sentences of some articles."""
    kept = [pair for pair, article in zip(pairs, owners, strict=True) if article not in held]
    return held, learn(kept)


def engine(folder: Path, bodies: Mapping[str, str], analyzer: Analyzer) -> Engine:
    """An index of untitled documents."""
    opened = open_engine(folder, create=True, analyzer=analyzer)
    opened.add(Article(id=name, title="", body=body) for name, body in bodies.items())
    return opened


def score(
    where: Engine, queries: Sequence[Query], chosen: Chosen, analyzer: Analyzer
) -> tuple[float, float]:
    """Share of queries that find their document in the first ten, and mean reciprocal rank."""
    parsers: dict[int, QueryParser] = {}
    ranks = []
    vocabularies: list[Translations] = []  # kept, so that no two have one identity
    for meant, text in queries:
        vocabulary = chosen(meant)
        vocabularies.append(vocabulary)
        parser = parsers.get(id(vocabulary))
        if parser is None:
            parser = QueryParser(analyzer, translator=Translator(vocabulary))
            parsers[id(vocabulary)] = parser
        parsed = parser.parse(text)
        request = SearchRequest(query=parsed.query, fallback=parsed.fallback, facets=False)
        found = [hit.article.id for hit in where.search(request).hits]
        ranks.append(found.index(meant) + 1 if meant in found else 0)
    hits = sum(map(bool, ranks))
    return hits / len(ranks), sum(1 / rank for rank in ranks if rank) / len(ranks)


if __name__ == "__main__":
    main()
