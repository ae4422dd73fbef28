"""Learn how letters follow each other in Kazakh words; writes the scripts package's model file.

    ./kz train letter_model

Reads, from the shared corpora, only text whose licence allows what is learned from it to be
published: ``sentences_open.tsv`` (MIT, CC0, CC BY, CC BY-SA, public domain),
``sentences_tv_news.txt`` (KazNERD, CC BY 4.0) and the Kazakh side of ``parallel_kk_ru.tsv``
(NTREX and SIB-200, CC BY-SA 4.0). What text holds too little of comes from the project's own lists:
the roots of the lexicon, names and loanwords, surnames made of given names, and, so that names
that nobody listed look like names too, a sample of what the elements of names give when combined.

Interpolated absolute discounting over sequences of up to six letters; a word counts as the root
of its frequency, so that names weigh beside function words. Sequences are then pruned, longest
first, by how much leaving them out would change what the model says (Stolcke 1998).
Deterministic: no step depends on the order of a set.
"""

from __future__ import annotations

import csv
import gzip
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from kzsearch.morphology.lexicon import load_parts
from kzsearch.text import fold, normalize_text
from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts.letter_model import (
    BEGIN,
    END,
    FIRST_STEP,
    LONGEST_CONTEXT,
    STEPS_PER_BIT,
)
from kzsearch.text.scripts.names import listed_words, name_elements, personal_names
from training.steps import ROOT, header_lines, shared_folder

MODEL = ROOT / "search/kzsearch/text/scripts/data/letter_model.tsv.gz"
ORDER = LONGEST_CONTEXT + 1
DISCOUNT = 0.7
LEAST_GAIN = 15.0
"""Nats, over all of the training words, that a sequence must be worth to be kept."""

LISTED = 5.0
"""Weight of a listed name or loanword: that of a word which the text holds 25 times."""

COMBINED = 7
"""One in so many combinations of name elements is learned from."""

MOST_STEPS = 126 - FIRST_STEP
WORD = re.compile(f"[{LETTERS}]+")

HEADER = f"""\
# How likely a letter is after the letters before it: context, price of backing off from it,
# letters that follow, and for each letter its price. {BEGIN} and {END} are the borders of a word.
# A price is a number of 1/{STEPS_PER_BIT} bits; the last column writes each as one character,
# "!" for 0, "~" for {MOST_STEPS}.
# Made by `./kz train letter_model`; do not edit.
# Learned from: KazNERD TV-news sentences (CC BY 4.0); Kazakh side of NTREX and SIB-200
# (CC BY-SA 4.0); Kazakh sentences of Common Voice (CC0), Tatoeba (CC BY 2.0 FR), Wikipedia
# (CC BY-SA 4.0), MDBKD web news seeds (MIT) and Abai (public domain); the lists of roots, names and
# loanwords of this project (MIT).
# This file, like what it was learned from, is under CC BY-SA 4.0.
{{inputs}}# context\tback-off\tletters\tprices
"""

Model = tuple[dict[str, dict[str, float]], dict[str, float]]
"""Probability of each letter after each context, and the weight of backing off from it."""


def main() -> None:
    """Read, learn, write."""
    shared = shared_folder(__doc__)
    words = weigh_words(count_words(kazakh_lines(shared / "corpora")))
    probabilities, backoffs = prune(*learn(words))
    lines = [HEADER.format(inputs=header_lines("letter_model", shared))]
    for context in sorted(probabilities):
        letters = probabilities[context]
        prices = "".join(chr(FIRST_STEP + steps(p)) for _, p in sorted(letters.items()))
        backoff = round(-math.log2(backoffs.get(context, 1.0)) * STEPS_PER_BIT)
        lines.append(f"{context}\t{backoff}\t{''.join(sorted(letters))}\t{prices}\n")
    MODEL.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    count = sum(map(len, probabilities.values()))
    print(f"{count} sequences from {len(words)} words -> {MODEL} ({MODEL.stat().st_size} bytes)")


def steps(probability: float) -> int:
    """A probability as the price that is written."""
    return min(max(round(-math.log2(probability) * STEPS_PER_BIT), 0), MOST_STEPS)


def kazakh_lines(corpora: Path) -> Iterator[str]:
    """Kazakh text that may be learned from."""
    yield from (corpora / "sentences_tv_news.txt").read_text(encoding="utf-8").splitlines()
    for name, column in (("sentences_open.tsv", 1), ("parallel_kk_ru.tsv", 0)):
        with (corpora / name).open(encoding="utf-8", newline="") as table:
            rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows)
            yield from (row[column] for row in rows)


def count_words(lines: Iterator[str]) -> Counter[str]:
    """How often each folded word occurs."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(WORD.findall(fold(normalize_text(line))))
    return words


def weigh_words(counts: Counter[str]) -> dict[str, float]:
    """What each word counts for: the root of its frequency, and what being listed adds."""
    weights: dict[str, float] = defaultdict(float)
    for word, count in counts.items():
        weights[word] = math.sqrt(count)
    for word in listed_words():
        weights[word] += LISTED
    for word in (*surnames(), *name_combinations(), *load_parts()):
        weights[word] += 1.0
    return weights


def surnames() -> Iterator[str]:
    """Surnames of men and women: Сапаров, Сапарова, Қонаев, Қонаева."""
    for name in personal_names():
        surname = f"{name.removesuffix('й')}{'ев' if name[-1] in 'йи' else 'ов'}"
        yield from (surname, f"{surname}а")


def name_combinations() -> list[str]:
    """A sample of names of two elements, the same each time."""
    combined = [first + last for first in name_elements("first") for last in name_elements("last")]
    return random.Random(len(combined)).sample(combined, len(combined) // COMBINED)


def learn(words: Mapping[str, float]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Interpolated probabilities of letters after contexts, and the weight of each context."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word in sorted(words):
        weight = words[word]
        framed = f"{BEGIN}{word}{END}"
        for at in range(1, len(framed)):
            for start in range(max(at - ORDER + 1, 0), at + 1):
                counts[framed[start:at]][framed[at]] += weight
    totals = {context: sum(letters.values()) for context, letters in counts.items()}
    probabilities: dict[str, dict[str, float]] = {}
    for context in sorted(counts, key=len):
        letters, total = counts[context], totals[context]
        if not context:
            probabilities[""] = {letter: count / total for letter, count in letters.items()}
            continue
        spread = DISCOUNT * len(letters) / total
        shorter = probabilities[context[1:]]
        probabilities[context] = {
            letter: max(count - DISCOUNT, 0.0) / total + spread * shorter[letter]
            for letter, count in letters.items()
        }
    return probabilities, totals


def prune(probabilities: dict[str, dict[str, float]], totals: dict[str, float]) -> Model:
    """Leave out what shorter contexts say nearly as well; back-off weights for what is left."""
    backoffs: dict[str, float] = {}

    def likelihood(context: str, letter: str) -> float:
        if letter in probabilities.get(context, ()):
            return probabilities[context][letter]
        return backoffs.get(context, 1.0) * likelihood(context[1:], letter) if context else 1e-6

    def weigh(context: str) -> None:
        kept = probabilities[context]
        left = 1.0 - sum(kept.values())
        below = 1.0 - sum(likelihood(context[1:], letter) for letter in kept)
        backoffs[context] = max(left, 1e-6) / max(below, 1e-6)

    for context in sorted(probabilities, key=len)[1:]:
        weigh(context)
    for context in sorted(probabilities, key=lambda found: (-len(found), found))[:-1]:
        kept = probabilities[context]
        for letter in sorted(kept):
            shorter = backoffs[context] * likelihood(context[1:], letter)
            gain = totals[context] * kept[letter] * math.log(kept[letter] / shorter)
            if abs(gain) < LEAST_GAIN and context + letter not in probabilities:
                del kept[letter]
        if kept:
            weigh(context)
        else:
            del probabilities[context], backoffs[context]
    return probabilities, backoffs


if __name__ == "__main__":
    main()
