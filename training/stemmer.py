"""Learns the stemmer's data files: roots seen in text, and the weights of the scorer.

    ./kz train stemmer

Gold: word forms with known lemmas (``eval/stemming/gold/dev``: UniMorph, UD_Kazakh-KTB, Apertium
texts, KazNERD). Text: ``corpora/sentences_tv_news.txt``, ``sentences_open.tsv``,
``parallel_kk_ru.tsv`` and the documents of ``eval/relevance``, all openly licensed.

The model is a conditional log-linear one over all analyses of a form: the likelihood of "some
analysis with a right root" is climbed by full-batch Adam with a Gaussian prior, so the result
does not depend on chance. Forms no analysis of which gives a right lemma teach nothing and are
left out.

The weights must be right for words that nobody has listed, so they are learned from the gold as if
it were new. It is parted in three by lemma; each third is judged with the roots that a model of the
other two finds in the text, and with a lexicon that lacks a quarter of the third's lemmas, as it
lacks about a quarter of the words of any text its makers have not read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from pathlib import Path

import numpy as np

from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.features import (
    BARE,
    Feature,
    border_features,
    chain_features,
    clash_features,
    root_features,
    shape_features,
    sound_features,
)
from kzsearch.morphology.learn import LearnedRoot, collect_words, learn_roots, table_of_roots
from kzsearch.morphology.lexicon import UNKNOWN, Lexicon, load_parts
from kzsearch.morphology.scoring import Scorer
from training.steps import ROOT, header_lines, shared_folder

# How much one form of a set counts: running text is what is searched, generated paradigms
# are many forms of few words.
SET_WEIGHTS = {
    "news_fst": 1.0,
    "ktb": 1.0,
    "apertium_texts": 1.0,
    "ref1000": 1.0,
    "names_gen": 1.0,
    "unimorph_nouns": 0.4,
    "unimorph_nouns_oov": 1.0,
    "unimorph_verbs": 2.0,
}
LEMMA_WEIGHT = 0.3  # of each lemma as a form of its own
HIDDEN_WEIGHT = 0.1  # of each form once more, as if nothing were known of its root
SHORTEST_HIDDEN = 3  # letters; what is shorter and not known is no root (cutter.py)
PRIOR = 4.0  # inverse variance of a weight
STEPS = 250
PARTS = 3
UNLISTED = 25  # percent of the lemmas
SMALLEST_WEIGHT = 0.05
DATA = ROOT / "search/kzsearch/morphology/data"

Form = tuple[str, frozenset[str], float]  # form, right lemmas, what it counts
Attested = Mapping[str, LearnedRoot]
Weights = dict[Feature, float]


def gold_rows(folder: Path) -> dict[str, list[tuple[str, frozenset[str], int]]]:
    """Form, lemmas and frequency of every row of every gold set."""
    sets: dict[str, list[tuple[str, frozenset[str], int]]] = {}
    for name in SET_WEIGHTS:
        rows = (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        cells = (row.split("\t") for row in rows)
        sets[name] = [(c[0], frozenset(c[1].split("|")), int(c[2])) for c in cells]
    return sets


def training_forms(sets: Mapping[str, list[tuple[str, frozenset[str], int]]]) -> list[Form]:
    """Every plain form with its right lemmas and what it counts; every lemma as its own form."""
    forms = [
        (form, lemmas, SET_WEIGHTS[name] * (1 + 0.3 * math.log(freq)))
        for name, rows in sets.items()
        for form, lemmas, freq in rows
        if form.isalpha()
    ]
    lemmas = sorted(frozenset().union(*(lemmas for _, lemmas, _ in forms)))
    return forms + [(word, frozenset((word,)), LEMMA_WEIGHT) for word in lemmas if word.isalpha()]


def open_texts(shared: Path) -> Iterator[str]:
    """The openly licensed Kazakh text roots are learned from."""
    corpora = shared / "corpora"
    yield from (corpora / "sentences_tv_news.txt").read_text(encoding="utf-8").splitlines()
    for name, column in (("sentences_open.tsv", 1), ("parallel_kk_ru.tsv", 0)):
        rows = (corpora / name).read_text(encoding="utf-8").splitlines()[1:]
        yield from (row.split("\t")[column] for row in rows)
    for name in ("kazqad", "akorda"):
        file = shared / "eval/relevance" / name / "documents.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            yield f"{document.get('title') or ''}\n{document.get('body') or ''}"


class Problem:
    """All analyses of all forms as one sparse matrix of features."""

    def __init__(self, parts: Iterable[tuple[Iterable[Form], Lexicon]]) -> None:
        """``parts``: forms to learn from, each group with the lexicon it is to be judged by."""
        self.names: dict[Feature, int] = {}
        features: list[int] = []
        lengths: list[int] = []  # features of each analysis
        right: list[bool] = []
        analyses: list[int] = []  # analyses of each form
        weights: list[float] = []
        for forms, lexicon in parts:
            cutter = Cutter(Scorer(lexicon, {}, every_chain=True))
            for form, lemmas, weight in forms:
                if form in lexicon.roots:
                    continue  # left whole: there is nothing to choose
                found = list(analyses_of(form, cutter))
                # Of several right lemmas the listed ones are wanted: алуды is ал before алу.
                wanted = frozenset(filter(lexicon.is_listed, lemmas)) or lemmas
                good = [root in wanted for root, _ in found]
                if not any(good) or all(good):
                    continue
                for _, names in found:
                    features += [self.names.setdefault(name, len(self.names)) for name in names]
                    lengths.append(len(names))
                right += good
                analyses.append(len(found))
                weights.append(weight)
        self.features = np.array(features, dtype=np.int32)
        self.starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        self.rows = np.repeat(np.arange(len(lengths)), lengths)
        self.right = np.array(right)
        self.first = np.concatenate(([0], np.cumsum(analyses)[:-1]))
        self.form = np.repeat(np.arange(len(analyses)), analyses)
        self.weights = np.array(weights)

    def solve(self) -> Weights:
        """The weights that make the right analyses most likely."""
        size = len(self.names)
        weight, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
        for step in range(1, STEPS + 1):
            score = np.add.reduceat(weight[self.features], self.starts)
            everything = self._softmax(score)
            only_right = self._softmax(np.where(self.right, score, -np.inf))
            push = (only_right - everything) * self.weights[self.form]
            gradient = np.bincount(self.features, push[self.rows], size) - PRIOR * weight
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.99 * square + 0.01 * gradient**2
            speed = 0.1 if step < STEPS * 0.7 else 0.02
            weight += speed * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        return {name: float(weight[i]) for name, i in self.names.items()}

    def _softmax(self, score: np.ndarray) -> np.ndarray:
        top = np.maximum.reduceat(score, self.first)
        grown = np.exp(score - top[self.form])
        shares: np.ndarray = grown / np.add.reduceat(grown, self.first)[self.form]
        return shares


def analyses_of(form: str, cutter: Cutter) -> Iterator[tuple[str, list[Feature]]]:
    """The root and the features of each analysis of a form."""
    for found in cutter.cuts(form):
        root, ending = found.root, found.ending
        evidence = cutter.evidence(found)
        known = evidence is not UNKNOWN
        kind = ending.root if ending else BARE
        layer = ending.chain[0].layer if ending else ""
        names = root_features(kind, evidence, layer, found.repair)
        names += sound_features(kind, root, known) + shape_features(kind, root, known)
        if ending:
            names += chain_features(kind, [suffix.name for suffix in ending.chain])
            names += border_features(kind, found.repair, ending.chain[0].form)
        if found.clash:
            names += clash_features(kind, root, known)
        yield root, names


def train(
    forms: list[Form], words: Iterable[str], parts: Mapping[str, str]
) -> tuple[Attested, Weights]:
    """Roots learned from the words of some text, and the weights that go with them.

    parts: the listed roots with their parts of speech.
    """

    def learn(taught: list[Form], listed: Mapping[str, str]) -> Attested:
        weights = Problem([(taught, Lexicon(parts, {}))]).solve()
        return learn_roots(words, Cutter(Scorer(Lexicon(listed, {}), weights)))

    parts_of_gold = [[form for form in forms if part_of(form) == part] for part in range(PARTS)]
    judged = []
    for part, judged_forms in enumerate(parts_of_gold):
        taught = [form for other in range(PARTS) if other != part for form in parts_of_gold[other]]
        lemmas = frozenset().union(*(lemmas for _, lemmas, _ in judged_forms))
        listed = lacking(parts, lemmas)
        attested = learn(taught, listed)
        judged.append((judged_forms, Lexicon(listed, attested)))
        hidden = {lemma for lemma in lemmas if len(lemma) >= SHORTEST_HIDDEN}
        judged.append(
            (
                [(form, lemmas, weight * HIDDEN_WEIGHT) for form, lemmas, weight in judged_forms],
                Lexicon(
                    {root: part for root, part in parts.items() if root not in hidden},
                    {root: seen for root, seen in attested.items() if root not in hidden},
                ),
            )
        )
    return learn(forms, parts), Problem(judged).solve()


def lacking(parts: Mapping[str, str], lemmas: Iterable[str]) -> dict[str, str]:
    """The listed roots without a share of some lemmas, always the same ones."""
    unlisted = {
        lemma
        for lemma in lemmas
        if len(lemma) >= SHORTEST_HIDDEN and _percent(f"unlisted:{lemma}") < UNLISTED
    }
    return {root: part for root, part in parts.items() if root not in unlisted}


def _percent(text: str) -> int:
    return int(sha1(text.encode()).hexdigest(), 16) % 100


def part_of(form: Form) -> int:
    """Which part of the gold a form belongs to, by its first lemma."""
    return int(sha1(min(form[1]).encode()).hexdigest(), 16) % PARTS


def write_weights(path: Path, weights: Weights, inputs: str) -> None:
    """Write the weights that matter, rounded, as the data file of the scorer."""
    rows = sorted((*name, f"{value:.2f}") for name, value in weights.items())
    lines = [
        "# Weights of the scorer's features (features.py), learned by `./kz train stemmer`",
        "# from UniMorph kaz (CC BY-SA 3.0), UD_Kazakh-KTB and Apertium texts (CC BY-SA 4.0) and",
        "# KazNERD (CC BY 4.0); the last three columns of a row: kind of root, value, weight.",
        f"{inputs}template\tkind\tvalue\tweight",
        *("\t".join(row) for row in rows if abs(float(row[3])) >= SMALLEST_WEIGHT),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Learn from everything and write the data files."""
    shared = shared_folder(__doc__ or "")
    words = collect_words(open_texts(shared))
    forms = training_forms(gold_rows(shared / "eval/stemming/gold/dev"))
    attested, weights = train(forms, words, load_parts())
    source = (
        "KazNERD (CC BY 4.0), NTREX and SIB-200 (CC BY-SA 4.0), KazQAD (CC BY-SA 4.0), akorda "
        "speeches (MIT), web news seeds (MIT), Common Voice (CC0), Tatoeba (CC BY 2.0 FR), "
        "Wikipedia (CC BY-SA 4.0), Abai (public domain)"
    )
    inputs = header_lines("stemmer", shared)
    table = table_of_roots(attested, source).replace("root\t", f"{inputs}root\t", 1)
    (DATA / "learned_roots.tsv").write_text(table, encoding="utf-8")
    write_weights(DATA / "weights.tsv", weights, inputs)
    print(f"{len(forms)} forms, {len(words)} words of text, {len(attested)} roots learned")


if __name__ == "__main__":
    main()
