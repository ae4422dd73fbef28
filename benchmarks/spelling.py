"""Measure spelling correction; writes results/spelling.txt.

    python benchmarks/spelling.py [--shared ../shared] [--forms 500000] [--tune]

The index is ``corpora/articles.jsonl``. Typos are made of words of its web news, four letters
and longer, those that happen to be another word of the index left out: a quarter each of

* substitution: another letter; half of them on a key beside the right one, three in ten a
  Kazakh letter and the one it is taken for, the others any letter;
* deletion: a letter left out;
* insertion: a letter too many; four in ten the same letter twice, four in ten a key beside it,
  the others any letter;
* swap: two neighbouring letters in the wrong order.

Correct words are those of TV news and headlines, which are not in the index; among them are
some misspelt ones, so all that are touched are listed. Half of the words that typos are made
of and half of the sentences are for ``--tune``, the report is of the other halves.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from benchmarks.vocabulary import CountedWords, words_of
from kzsearch.morphology import Analyzer, stem
from kzsearch.query.spelling import Speller
from kzsearch.query.spelling.corrector import Corrector, Weights
from kzsearch.query.spelling.costs import EditCosts, load_costs
from kzsearch.query.spelling.real_words import is_doubtful
from kzsearch.query.spelling.vocabulary import SpelledWords
from kzsearch.text.alphabet import LETTERS

SOURCE = re.compile(f"[{LETTERS}]{{4,}}")
KINDS = ("substitution", "deletion", "insertion", "swap")
TYPOS = 1000
CORRECT_WORDS = 5000
LONGEST = 12
"""Words of so many letters and more are reported together."""


@dataclass(frozen=True)
class Typo:
    """A generated typo."""

    kind: str
    typed: str
    meant: str


class Keyboard:
    """Makes typos."""

    def __init__(self, costs: EditCosts, chance: random.Random) -> None:
        self._chance = chance
        self._beside = _by_meant(costs.beside)
        self._confused = _by_meant(costs.confused)

    def typo(self, word: str, kind: str) -> str:
        """A word with one mistake, which may by chance leave it as it is."""
        place = self._chance.randrange(len(word) - (kind == "swap"))
        before, letter, after = word[:place], word[place], word[place + 1 :]
        match kind:
            case "deletion":
                return before + after
            case "swap":
                return before + after[0] + letter + after[1:]
            case "insertion":
                pair = letter + self._extra(letter)
                return before + (pair if self._chance.random() < 0.5 else pair[::-1]) + after
            case _:
                return before + self._other(letter) + after

    def _extra(self, letter: str) -> str:
        return self._choice((0.4, letter), (0.4, self._beside.get(letter, "")))

    def _other(self, letter: str) -> str:
        return self._choice(
            (0.3, self._confused.get(letter, "")), (0.5, self._beside.get(letter, ""))
        )

    def _choice(self, *likely: tuple[float, str]) -> str:
        """One of some letters, each group with its share; else any letter."""
        point = self._chance.random()
        for share, letters in likely:
            if point < share and letters:
                return self._chance.choice(letters)
            point -= share
        return self._chance.choice(LETTERS)


def _by_meant(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The letters typed for each letter meant."""
    found: dict[str, str] = {}
    for typed, meant in sorted(pairs):
        found[meant] = found.get(meant, "") + typed
    return found


def make_typos(words: Sequence[str], index: CountedWords, seed: str) -> list[Typo]:
    """A typo of each word for which there is one that is no word of the index."""
    keyboard = Keyboard(load_costs(), random.Random(seed))
    found = []
    for number, word in enumerate(words):
        kind = KINDS[number % len(KINDS)]
        tries = (keyboard.typo(word, kind) for _ in range(20))
        typed = next((typed for typed in tries if not index.counts[typed]), None)
        if typed:
            found.append(Typo(kind, typed, word))
    return found


@dataclass
class Material:
    """What is measured on: the halves for tuning and for the report."""

    index: CountedWords
    news: Counter[str]
    sentences: list[str]

    @classmethod
    def load(cls, shared: Path) -> Material:
        with (shared / "corpora/articles.jsonl").open(encoding="utf-8") as lines:
            articles = list(map(json.loads, lines))
        texts = [f"{article['title'] or ''}\n{article['body']}" for article in articles]
        news = Counter[str]()
        for article, text in zip(articles, texts, strict=True):
            if article["kind"] in ("web", "news"):
                news.update(word for word in words_of(text) if SOURCE.fullmatch(word))
        tv = (shared / "corpora/sentences_tv_news.txt").read_text(encoding="utf-8")
        headlines = (shared / "corpora/headlines.tsv").read_text(encoding="utf-8")
        sentences = tv.splitlines()
        sentences += [row.partition("\t")[2] for row in headlines.splitlines()]
        random.Random("sentences").shuffle(sentences)
        return cls(CountedWords.of(texts, Analyzer()), news, sentences)

    def sources(self, half: int) -> list[str]:
        """Half of the distinct words that typos are made of, in an order of chance."""
        words = sorted(word for word in self.news if self.index.counts[word])
        random.Random("words").shuffle(words)
        return words[half::2]

    def running(self, half: int) -> list[str]:
        """As many words by how often they are written."""
        words = self.sources(half)
        chance = random.Random(f"running {half}")
        return chance.choices(words, [self.news[word] for word in words], k=TYPOS)

    def correct(self, half: int) -> Iterator[str]:
        """The words of half of the sentences."""
        for sentence in self.sentences[half::2]:
            yield from words_of(sentence)


class Figures(Report):
    """Figures, each beside its target."""

    def row(self, what: str, *figures: str, target: str = "") -> None:
        self.add(f"{what:<34}" + "".join(f"{figure:>15}" for figure in figures) + f"   {target}")


def share(part: int, whole: int) -> str:
    """A share as a percentage."""
    return f"{part / max(whole, 1):.2%}"


def measure_typos(report: Figures, typos: Sequence[Typo], index: CountedWords, what: str) -> None:
    """How many typos are put right."""
    speller, corrector = Speller(lambda: index), Corrector(SpelledWords(index.counts))
    report.add("")
    report.row(f"{len(typos)} typos of {what}", "nearest", "offered", "unasked", "wrong unasked")
    tables: dict[str, list[tuple[bool, bool, bool, bool]]] = {}
    for typo in typos:
        first = corrector.candidates(typo.typed)[:1]
        found = speller.corrections([typo.typed]).get(typo.typed)
        right = found is not None and found.meant == typo.meant
        sure = found is not None and found.sure
        outcome = (
            bool(first) and first[0].word == typo.meant,
            right,
            right and sure,
            sure and not right,
        )
        length = len(typo.meant)
        letters = f"{LONGEST} letters and more" if length >= LONGEST else f"{length:>2} letters"
        for group in ("all", typo.kind, letters):
            tables.setdefault(group, []).append(outcome)
    for group in ("all", *KINDS, *sorted(tables.keys() - {"all", *KINDS})):
        rows = tables[group]
        figures = [share(sum(column), len(rows)) for column in zip(*rows, strict=True)]
        target = "offered >= 85 %" if group == "all" else f"{len(rows)} typos"
        report.row(f"  {group}", *figures, target=target)


def measure_unseen(report: Figures, typos: Sequence[Typo], index: CountedWords) -> None:
    """How many typos are put right of forms that the index holds only in other forms."""
    speller = Speller(lambda: index)
    found = [(speller.corrections([typo.typed]).get(typo.typed), typo) for typo in typos]
    right = [got for got, typo in found if got and stem(got.meant) == stem(typo.meant)]
    sure = [got for got, _ in found if got and got.sure]
    rightly = sum(got.sure for got in right)
    figures = (len(right), rightly, len(sure) - rightly)
    report.add("")
    report.row("typos of forms not in the index", "", "offered", "unasked", "wrong unasked")
    shares = (share(figure, len(typos)) for figure in figures)
    report.row("  another form of the word", "", *shares, target=f"{len(typos)} typos")


def measure_correct(report: Figures, words: Sequence[str], speller: Speller, what: str) -> None:
    """How many correct words are touched."""
    found = {word: speller.corrections([word]).get(word) for word in words}
    touched = [word for word in words if found[word]]
    sure = [word for word in touched if (right := found[word]) and right.sure]
    figures = share(len(touched), len(words)), share(len(sure), len(words))
    report.row(f"{len(words)} {what}", "", *figures, target="offered < 1 %")
    for kind, some in (("unasked", set(sure)), ("offered", set(touched) - set(sure))):
        pairs = (f"{word} → {right.meant}" for word in sorted(some) if (right := found[word]))
        report.add(f"  {kind}: {', '.join(pairs)}")


def measure_speed(report: Figures, index: CountedWords, forms: int) -> None:
    """How long a correction takes among so many words: endings put on other stems make them."""
    chance = random.Random("forms")
    words = sorted(word for word in index.counts if SOURCE.fullmatch(word))
    stems = [stem(word) for word in words]
    endings = [word[len(root) :] for word, root in zip(words, stems, strict=True)]
    counts = dict(index.counts)
    while len(counts) < forms:
        counts.setdefault(chance.choice(stems) + chance.choice(endings), 1)
    began = perf_counter()
    SpelledWords(counts)
    made = perf_counter() - began
    enlarged = CountedWords(counts, index.stems, index.articles)
    speller = Speller(lambda: enlarged)
    speller.corrections(["мекткп"])
    times = []
    for typo in make_typos(chance.sample(words, TYPOS), index, "speed"):
        began = perf_counter()
        speller.corrections([typo.typed])
        times.append((perf_counter() - began) * 1000)
    times.sort()
    report.add("")
    report.row(f"{forms:,} words of an index", "p50", "p95", "words read in")
    figures = f"{times[len(times) // 2]:.1f} ms", f"{times[len(times) * 95 // 100]:.1f} ms"
    report.row("  one correction", *figures, f"{made:.1f} s", target="p95 < 50 ms")


class Remembered:
    """Near words that are looked up only once."""

    def __init__(self, vocabulary: SpelledWords) -> None:
        self._near = cache(lambda word, mistakes: list(vocabulary.near(word, mistakes)))

    def near(self, word: str, mistakes: int) -> Iterator[tuple[str, int]]:
        return iter(self._near(word, mistakes))


@dataclass
class Tuner:
    """Looks for better costs, one at a time, on the halves that the report leaves out."""

    typos: Sequence[Typo]
    unknown: Sequence[str]
    allowed: int
    vocabulary: Remembered

    def tune(self, costs: EditCosts, weights: Weights) -> None:
        """Change each cost as long as that helps; prints what it finds."""
        best = self.score(costs, weights)
        print(best, weights)
        mistakes = load_costs().__dataclass_fields__.keys() - {"confused", "beside"}
        for name in [*sorted(mistakes), "frequency", "letters"] * 2:
            for step in (-1.0, -0.5, 0.5, 1.0):
                other, others = costs, weights
                if name in mistakes:
                    other = replace(costs, **{name: getattr(costs, name) + step})
                else:
                    others = replace(weights, **{name: getattr(weights, name) * (1 + step / 2)})
                score = self.score(other, others)
                if sum(score[:2]) > sum(best[:2]) + 0.001:
                    best, costs, weights = score, other, others
                    print(best, name, getattr(costs, name, None) or getattr(weights, name))

    def score(self, costs: EditCosts, weights: Weights) -> tuple[float, float, float]:
        """Share of typos whose first candidate is right, and of those offered; at what price."""
        corrector = Corrector(self.vocabulary, costs, weights)
        prices = sorted(
            corrector.price_of_mistake(word, found[0])
            for word in self.unknown
            if (found := corrector.candidates(word))
        )
        limit = prices[self.allowed]
        right = offered = 0
        for typo in self.typos:
            found = corrector.candidates(typo.typed)
            if found and found[0].word == typo.meant:
                right += 1
                offered += corrector.price_of_mistake(typo.typed, found[0]) < limit
        return right / len(self.typos), offered / len(self.typos), limit


def tune(material: Material) -> None:
    """Tune on the first halves."""
    distinct = list(dict.fromkeys(material.correct(0)))
    typos = make_typos(material.sources(0)[:TYPOS], material.index, "tune")
    typos += make_typos(material.running(0), material.index, "tune running")
    tuner = Tuner(
        [typo for typo in typos if is_doubtful(typo.typed, material.index)],
        [word for word in distinct if is_doubtful(word, material.index)],
        round(0.006 * len(distinct)),
        Remembered(SpelledWords(material.index.counts)),
    )
    tuner.tune(load_costs(), Weights())


def main() -> None:
    """Measure everything, print it and write it down; or tune."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--forms", type=int, default=500_000)
    parser.add_argument("--tune", action="store_true")
    arguments = parser.parse_args()
    material = Material.load(arguments.shared)
    speller = Speller(lambda: material.index)
    if arguments.tune:
        tune(material)
        return
    report = Figures(__file__)
    report.add(
        "nearest: the first candidate. offered: as the first suggestion, or searched unasked."
    )
    typos = make_typos(material.sources(1)[:TYPOS], material.index, "report")
    measure_typos(report, typos, material.index, "distinct words")
    typos = make_typos(material.running(1), material.index, "report running")
    measure_typos(report, typos, material.index, "running words")
    known = (word for word in dict.fromkeys(material.correct(1)) if SOURCE.fullmatch(word))
    unseen = [w for w in known if not material.index.counts[w] and material.index.stems[stem(w)]]
    measure_unseen(report, make_typos(unseen[:TYPOS], material.index, "unseen"), material.index)
    report.add("")
    report.row("correct words", "", "offered", "unasked")
    correct = list(material.correct(1))
    distinct = list(dict.fromkeys(correct))
    random.Random("correct").shuffle(distinct)
    measure_correct(report, distinct[:CORRECT_WORDS], speller, "distinct words")
    measure_correct(report, correct[:CORRECT_WORDS], speller, "running words")
    measure_speed(report, material.index, arguments.forms)
    report.keep()


if __name__ == "__main__":
    main()
