"""Measure how long hostile queries take; writes results/hostile.txt.

    python benchmarks/hostile.py [--articles 20000]

Nobody types these by hand, but a public search box gets them all: pasted books, thousands
of operators, brackets without end, words in every script, each with many readings. No query
may raise, and none may take longer than a second with 20,000 articles in the index (those
of the speed benchmark). Every query is asked once, cold, through ``Index.search`` with ten
hits, facets and explanations.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import Report
from benchmarks.speed.corpus import SENTENCES, Corpus
from benchmarks.speed.preparing import prepare_sentences
from kzsearch import Article, open_index
from kzsearch.text.scripts import Script, from_cyrillic
from kzsearch.text.scripts.script import LATIN_ALPHABETS

LIMIT_S = 1.0
LETTERS = "абгқөүұіңһәғ"
OPERATORS = ('"', "«", "(", ")", "-", "*", "=", ":", "OR ", "НЕМЕСЕ ", "title:", "date:", "+", "~")
ROUNDS = 20


def hostile(words: list[str], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Kinds of hostile queries, and queries of each.

    words: those of the articles, the commonest first.
    """
    common, some = words[:300], draw.sample(words, 300)

    def text(chosen: list[str], between: str = " ") -> str:
        return between.join(chosen)

    for letter in ("а", "q", "ا", "1", " ", "\n", "\u0301", "\U0001f600", *OPERATORS):
        yield "10,000 times one character or operator", letter * 10_000
    for count in (100, 1_000, 3_000):
        yield "brackets in brackets", "(" * count + words[0] + ")" * count
        yield "brackets in brackets", "(-(" * count + words[0]
        yield "thousands of words joined by OR", text(draw.choices(words, k=count), " OR ")
        yield "thousands of exclusions", text(draw.choices(words, k=count), " -")
        yield "thousands of phrases", text([f'"{word} {word}"' for word in some * (count // 100)])
    yield "the commonest words", text(common)
    yield "the commonest words", text(common, " OR ")
    yield "a phrase of the commonest words", f'"{text(common)}"'
    yield "a phrase of one common word", f'"{text([words[0]] * 300)}"'
    yield "beginnings of words", text([f"{letter}*" for letter in LETTERS * 20])
    yield "beginnings of words", text([f"{word[:2]}*" for word in common], " OR ")
    yield "numbers", text([str(number) for number in range(1_000)])
    yield "numbers in words", "жүз мың бес жүз он екі миллион " * 300
    yield "dates", "кеше өткен апта 2025 жылғы қыркүйекте соңғы 3 күн 29 қыркүйек " * 100
    yield "dates", text([f"date:2025-{month:02}" for month in range(1, 13)] * 50)
    yield "acronyms", "ҚР БҰҰ АҚШ-тың ІІМ-нің ЖІӨ ТМД ЕАЭО-ға " * 100
    yield "Russian words", "выборы президента состоялись в новой школе города " * 100
    for script in (*LATIN_ALPHABETS, Script.ARABIC):
        yield "words in other scripts", from_cyrillic(text(some), script)
        yield "words in other scripts", from_cyrillic(text(common), script).replace(" ", " OR ")
    yield "another keyboard", "0fpf0cnfy ;f4fks0 0аза0стан " * 100
    yield "without Kazakh letters", "казакстан укимети онер кызмет угым журек " * 100
    for seed in range(ROUNDS):
        yield "typos in every word", text([typo(word, draw) for word in draw.sample(words, 250)])
        yield "random characters", "".join(map(chr, draw.choices(range(1, 0xD800), k=2_000)))
        mixed = [*some, *OPERATORS, *LETTERS]
        yield (
            "random words and operators",
            text(draw.choices(mixed, k=1_000), draw.choice((" ", ""))),
        )
        yield "nonsense words", text(["".join(draw.choices(LETTERS, k=9)) for _ in range(250)])
        yield "one long word", "".join(draw.choices(LETTERS, k=10**seed if seed < 7 else 5_000))
    for bomb in ("(а+)+" * 500, "а" * 5_000 + "!", "<b>" * 3_000, "%00" * 3_000, "а\u0000" * 3_000):
        yield "regex bombs, HTML, zero bytes", bomb


def bodies(corpus: Corpus) -> Iterator[str]:
    """The texts of the articles."""
    texts = [sentence.text for sentence in corpus.sentences()]
    for chosen in corpus.drawn():
        yield " ".join(texts[number] for number in chosen)


def commonest(corpus: Corpus) -> list[str]:
    """The words of the articles as written, of letters only, the commonest first."""
    counts = Counter(word for body in bodies(corpus) for word in body.split())
    return sorted(filter(str.isalpha, counts), key=lambda word: (-counts[word], word))


def typo(word: str, draw: random.Random) -> str:
    """The word with one letter replaced."""
    place = draw.randrange(len(word))
    return word[:place] + draw.choice(LETTERS) + word[place + 1 :]


def measure(articles: int) -> Iterator[str]:
    """Lines of the table, the slowest kinds first."""
    slowest: dict[str, float] = {}
    asked: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare_sentences(folder / SENTENCES)
        corpus = Corpus(folder, articles)
        words = commonest(corpus)
        with open_index(folder / "index", create=True) as index:
            index.add(Article(id=str(n), body=body) for n, body in enumerate(bodies(corpus)))
            index.search(words[0])
            for kind, query in hostile(words, random.Random(7)):
                began = perf_counter()
                index.search(query, explain=True)
                took = perf_counter() - began
                slowest[kind] = max(took, slowest.get(kind, 0.0))
                asked[kind] = asked.get(kind, 0) + 1
    yield f"{articles:,} articles"
    yield f"{'kind of query':42}{'asked':>7}{'slowest':>10}  target"
    for kind in sorted(slowest, key=lambda kind: -slowest[kind]):
        yield f"{kind:42}{asked[kind]:7}{slowest[kind]:9.2f}s  <= {LIMIT_S:g} s"


def main() -> None:
    """Print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    articles = parser.parse_args().articles
    report = Report(__file__)
    report.extend(measure(articles))
    report.keep()


if __name__ == "__main__":
    main()
