"""Learn which letter patterns are Russian and which Kazakh; writes the text room's model file.

    ./kz train language_model

Reads, from the shared corpora, only text whose licence allows what is learned from it to be
published: ``sentences_open.tsv`` (MIT, CC0, CC BY, CC BY-SA, public domain),
``sentences_tv_news.txt`` (KazNERD, CC BY 4.0) and ``parallel_kk_ru.tsv`` (NTREX and SIB-200,
CC BY-SA 4.0). Russian words that these few sentences lack come from OpenCorpora's dictionary
(CC BY-SA 3.0, in pymorphy3). Left out are words with a letter that only Kazakh has, which need no
model, and words with a capital, which are names more often than not.

A logistic regression over the 1- to 4-letter patterns of each word and over frequent whole
words; its sum of weights is the log odds of Russian against Kazakh, both taken as equally likely.
Deterministic: types are visited in an order fixed by a seeded shuffle.
"""

from __future__ import annotations

import csv
import itertools
import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pymorphy3 import MorphAnalyzer

from kzsearch.text import TokenKind, tokenize
from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.language_model import patterns
from training.steps import ROOT, header_lines, shared_folder

Example = tuple[str, int, float]
"""A word, 1 if it is Russian, and how much it weighs."""

MODEL = ROOT / "search/kzsearch/text/data/language_model.tsv"
EPOCHS = 12
DAMPING = 0.6
RATE = 0.3
SHRINK = 2e-6  # L1: patterns that tell little end at nothing
DICTIONARY_STEP = 100  # every so manyth word form of the dictionary is taken
WORDS_WEIGHT = 50_000  # of the words of either language in text
DICTIONARY_WEIGHT = 10_000
LEAST_WEIGHT = 0.35
LEAST_TYPES = 3
LEAST_COUNT = 4  # a whole word must have been seen so often

HEADER = """\
# How much a letter pattern speaks for Russian (above 0) or Kazakh (below 0): log odds x 100.
# ^ and $ are the borders of a word; a row with both is a whole word. "" is the bias.
# Made by `./kz train language_model`, a logistic regression; do not edit.
# Learned from: KazNERD TV-news sentences (CC BY 4.0); NTREX and SIB-200 Kazakh-Russian pairs
# (CC BY-SA 4.0); Kazakh sentences of Common Voice (CC0), Tatoeba (CC BY 2.0 FR), Wikipedia
# (CC BY-SA 4.0), MDBKD web news seeds (MIT) and Abai (public domain); OpenCorpora's Russian
# dictionary (CC BY-SA 3.0).
# This file, like what it was learned from, is under CC BY-SA 4.0.
{inputs}# pattern\tlog odds x 100
"""


def main() -> None:
    """Read, learn, write."""
    shared = shared_folder(__doc__)
    corpora = shared / "corpora"
    kazakh = count_words(kazakh_lines(corpora))
    russian = count_words(russian_lines(corpora))
    dictionary = Counter(dictionary_words())
    examples = [
        *weigh(kazakh, 0, WORDS_WEIGHT),
        *weigh(russian, 1, WORDS_WEIGHT),
        *weigh(dictionary, 1, DICTIONARY_WEIGHT),
    ]
    weights = learn(examples, used_patterns(kazakh + russian))
    with MODEL.open("w", encoding="utf-8", newline="\n") as model:
        model.write(HEADER.format(inputs=header_lines("language_model", shared)))
        for pattern in sorted(weights):
            model.write(f"{pattern}\t{round(100 * weights[pattern])}\n")
    print(f"{len(kazakh):,} Kazakh and {len(russian):,} Russian words -> {len(weights):,} patterns")
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def kazakh_lines(corpora: Path) -> Iterator[str]:
    """Sentences known to be Kazakh."""
    with (corpora / "sentences_open.tsv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.split("\t", 1)[1]
    with (corpora / "sentences_tv_news.txt").open(encoding="utf-8") as lines:
        yield from lines
    yield from (pair["kk"] for pair in _pairs(corpora))


def russian_lines(corpora: Path) -> Iterator[str]:
    """Sentences known to be Russian."""
    yield from (pair["ru"] for pair in _pairs(corpora))


def _pairs(corpora: Path) -> Iterator[dict[str, str]]:
    with (corpora / "parallel_kk_ru.tsv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def dictionary_words() -> Iterator[str]:
    """Russian word forms of four letters or more from the dictionary, evenly spread."""
    words = MorphAnalyzer().dictionary.iter_known_words("")
    for word, *_ in itertools.islice(words, 0, None, DICTIONARY_STEP):
        if len(word) > 3 and word.isalpha():
            yield word


def count_words(lines: Iterator[str]) -> Counter[str]:
    """Small-letter Cyrillic words without Kazakh letters, and how often each occurs."""
    return Counter(
        token.text
        for line in lines
        for token in tokenize(line)
        if token.kind is TokenKind.WORD
        and all("а" <= letter <= "ӿ" for letter in token.text)
        and KAZAKH_ONLY.isdisjoint(token.text)
    )


def weigh(counts: Counter[str], is_russian: int, total: float) -> list[Example]:
    """Words as examples whose weights add up to ``total``.

    Counts are damped, so that patterns are learned from many words, not from the few commonest.
    """
    damped = {word: count**DAMPING for word, count in sorted(counts.items())}
    share = total / sum(damped.values())
    return [(word, is_russian, share * weight) for word, weight in damped.items()]


def used_patterns(words: Counter[str]) -> set[str]:
    """Patterns that several words have, and whole words that are frequent."""
    types: Counter[str] = Counter()
    for word in words:
        types.update(set(patterns(word)))
    frequent = {f"^{word}$" for word, count in words.items() if count >= LEAST_COUNT}
    return {pattern for pattern, count in types.items() if count >= LEAST_TYPES} | frequent


def learn(examples: list[Example], used: set[str]) -> dict[str, float]:
    """Weights of patterns: stochastic gradient descent with Adagrad steps."""
    weights: dict[str, float] = dict.fromkeys(used, 0.0)
    squares: dict[str, float] = dict.fromkeys(used, 1e-8)
    shuffle = random.Random(2025)
    for _ in range(EPOCHS):
        shuffle.shuffle(examples)
        for word, is_russian, weight in examples:
            found = [pattern for pattern in patterns(word) if pattern in weights]
            odds = sum(weights[pattern] for pattern in found)
            slope = weight * (1 / (1 + math.exp(-odds)) - is_russian)
            for pattern in found:
                squares[pattern] += slope * slope
                step = RATE / math.sqrt(squares[pattern])
                moved = weights[pattern] - step * slope
                weights[pattern] = math.copysign(max(abs(moved) - step * SHRINK, 0.0), moved)
    return {
        pattern: weight
        for pattern, weight in weights.items()
        if abs(weight) >= LEAST_WEIGHT or pattern == ""
    }


if __name__ == "__main__":
    main()
