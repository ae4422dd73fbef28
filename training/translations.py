"""Learn Russian-Kazakh translations from sentence pairs; writes the query room's vocabulary files.

    ./kz train translations

Writes ``learned.tsv`` from ``corpora/parallel_kk_ru.tsv`` (NTREX and SIB-200/FLORES, CC BY-SA 4.0)
and ``territories.tsv`` from CLDR's names of countries and regions (Unicode licence).

Russian lemmas and Kazakh stems are aligned by IBM Model 1 (Brown and others 1993) in both
directions. A pair of words is kept when both directions believe in it (the geometric mean of the
two probabilities) and at least two sentence pairs show it: with 1,929 pairs, one is chance.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kzsearch.morphology import stem
from kzsearch.morphology.russian import russian_lemma
from kzsearch.query.tables import stop_words
from kzsearch.query.translation import Translations
from kzsearch.text import fold, normalize_text
from training.steps import ROOT, header_lines, shared_folder

DATA = ROOT / "search/kzsearch/query/translation/data"
CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]+(?:-[а-яёәғқңөұүһі]+)*")
NAME = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі’-]*[а-яёәғқңөұүһі]")
ROUNDS = 8
LEAST_PAIRS = 2
LEAST_BELIEF = 0.25
MOST_MEANINGS = 3

LEARNED_HEADER = """\
# Russian words and the Kazakh stems that stand for them in sentence pairs, the likeliest first.
# Made by `./kz train translations`, word alignment; do not edit.
# Learned from NTREX and SIB-200/FLORES, Kazakh-Russian sentence pairs (both CC BY-SA 4.0); this
# file is under the same licence. Columns: Russian dictionary form; Kazakh stems; sentence pairs
# that hold the first. Every row is its own example.
{inputs}# russian\tkazakh\tpairs
"""
TERRITORIES_HEADER = """\
# Countries and regions whose Kazakh names differ from the Russian ones.
# Made by `./kz train translations` from the Unicode CLDR (Unicode licence v3,
# https://www.unicode.org/license.txt); do not edit. Columns: Russian dictionary forms; Kazakh name;
# the Russian name as in CLDR, which is the example.
{inputs}# russian\tkazakh\texample
"""


@dataclass(frozen=True, slots=True)
class SentencePair:
    """The same sentence in both languages, as it is and as words to align."""

    kazakh: str
    russian: str
    stems: tuple[str, ...]
    lemmas: tuple[str, ...]


def main() -> None:
    """Read, learn, write."""
    shared = shared_folder(__doc__)
    pairs = read_pairs(shared)
    learned = learn(pairs)
    together = Counter(
        link for pair in pairs for link in {(r, k) for r in pair.lemmas for k in pair.stems}
    )
    rows = (
        (russian, ", ".join(kazakh), str(together[russian, kazakh[0]]))
        for russian, kazakh in learned.items()
    )
    inputs = header_lines("translations", shared)
    write(DATA / "learned.tsv", LEARNED_HEADER.format(inputs=inputs), rows)
    header = TERRITORIES_HEADER.format(inputs=inputs)
    write(DATA / "territories.tsv", header, territories(shared))


def read_pairs(shared: Path) -> list[SentencePair]:
    """All sentence pairs, in the order of the file: NTREX first, article by article."""
    with (shared / "corpora/parallel_kk_ru.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        SentencePair(
            row["kk"],
            row["ru"],
            tuple(stem(word) for word in words(row["kk"])),
            tuple(russian_lemma(word) for word in words(row["ru"])),
        )
        for row in rows
    ]


def words(text: str) -> list[str]:
    """The words of a sentence that say something, in small letters."""
    found = CYRILLIC.findall(fold(normalize_text(text)))
    return [word for word in found if len(word) > 1 and word not in stop_words()]


def learn(pairs: Sequence[SentencePair]) -> Translations:
    """Kazakh stems by Russian lemma, the likeliest first."""
    russian = [pair.lemmas for pair in pairs]
    kazakh = [pair.stems for pair in pairs]
    to_kazakh, to_russian = align(russian, kazakh), align(kazakh, russian)
    together: Counter[tuple[str, str]] = Counter()
    for lemmas, stems in zip(russian, kazakh, strict=True):
        together.update((lemma, stem_) for lemma in set(lemmas) for stem_ in set(stems))
    beliefs: dict[str, list[tuple[float, str]]] = {}
    for (lemma, stem_), probability in to_kazakh.items():
        belief = (probability * to_russian.get((stem_, lemma), 0.0)) ** 0.5
        if belief >= LEAST_BELIEF and together[lemma, stem_] >= LEAST_PAIRS:
            beliefs.setdefault(lemma, []).append((-belief, stem_))
    chosen = {
        lemma: tuple(word for _, word in sorted(found)[:MOST_MEANINGS] if word != lemma)
        for lemma, found in sorted(beliefs.items())
    }
    return {lemma: meanings for lemma, meanings in chosen.items() if meanings}


def align(
    sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
) -> dict[tuple[str, str], float]:
    """IBM Model 1: how likely each source word is to be translated by each target word."""
    source_names = ["", *sorted({word for words in sources for word in words})]  # '': no word
    target_names = sorted({word for words in targets for word in words})
    source_numbers = {word: number for number, word in enumerate(source_names)}
    target_numbers = {word: number for number, word in enumerate(target_names)}
    links: list[int] = []  # source and target as one number
    tokens: list[int] = []  # which target word of the text a link explains
    token = 0
    for source, target in zip(sources, targets, strict=True):
        numbers = [0, *(source_numbers[word] for word in source)]
        for word in target:
            links += [number * len(target_names) + target_numbers[word] for number in numbers]
            tokens += [token] * len(numbers)
            token += 1
    kinds, kind_of = np.unique(np.array(links), return_inverse=True)
    token_of = np.array(tokens)
    source_of = kinds // len(target_names)
    probabilities = np.ones(len(kinds))
    for _ in range(ROUNDS):
        shares = probabilities[kind_of]
        shares /= np.bincount(token_of, shares)[token_of]
        counts = np.bincount(kind_of, shares)
        probabilities = counts / np.bincount(source_of, counts)[source_of]
    return {
        (source_names[kind // len(target_names)], target_names[kind % len(target_names)]): float(p)
        for kind, p in zip(kinds.tolist(), probabilities, strict=True)
        if kind >= len(target_names)
    }


def territories(shared: Path) -> list[tuple[str, str, str]]:
    """Names of countries and regions that Kazakh does not share with Russian."""
    path = shared / "reference/names/cldr_territories_kk_ru_en.tsv"
    rows = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            russian = row["ru"].split(" (")[0]
            kazakh = " ".join(NAME.findall(row["kk"].split(" (")[0].removesuffix(" АӘА")))
            lemmas = " ".join(russian_lemma(word) for word in CYRILLIC.findall(fold(russian)))
            is_place = "о-в" not in russian and row["code"] < "X"
            if is_place and lemmas[:3] == fold(russian)[:3] and stem(kazakh) != stem(lemmas):
                rows.append((lemmas, kazakh, russian))
    return sorted(rows)


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write a data file."""
    lines = ["\t".join(row) + "\n" for row in rows]
    path.write_text(header + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT)}: {len(lines):,} rows")


if __name__ == "__main__":
    main()
