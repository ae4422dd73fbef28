"""Measure how well other scripts and other keyboards are read; writes results/forgiveness.txt.

    python benchmarks/forgiveness.py [--shared ../shared]

Every figure stands beside its target, with the vocabulary it was reached with:

* none: the letter model alone, as when an archive is indexed;
* listed: nothing but the lists that come with kzsearch, as when an empty index is searched;
* index: the words of an index of ``corpora/articles.jsonl`` (without the articles that a program
  put back into Cyrillic), as when the archive is searched;
* index + listed: both, as the search box has it;
* index + meant: the index where the index knows the words meant, which is what a search can find;
* meant: an index that holds nothing else, such as a register of names.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from benchmarks.vocabulary import CountedWords, parts_of
from kzsearch import Article, open_index
from kzsearch.morphology import Analyzer
from kzsearch.morphology.russian import is_russian_word
from kzsearch.query import NoteKind
from kzsearch.query.expansion import read_equivalents
from kzsearch.query.normalization import Normalizer, letters_of
from kzsearch.query.normalization.known_words import KnownWords
from kzsearch.query.syntax import parse_syntax
from kzsearch.text import fold
from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.scripts import (
    Known,
    Script,
    detect_script,
    from_cyrillic,
    readings,
    to_cyrillic,
)
from kzsearch.text.scripts.script import LATIN_ALPHABETS
from kzsearch.text.scripts.tables import rows

LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile(r"[A-Za-z]{2}")
CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]{2,}")
NEWS_WORDS = 2000
CORRECT_WORDS = 5000
LONG_ENOUGH = 300
KAZAKH = 0.55
"""Share of words with a Kazakh letter: articles with Russian or English passages have less."""

HAND_PICKED = ["5G", "COVID-19", "Z-ұрпақ", "4K", "G20", "A4", "iPhone15", "3D", "100-ге", "B2B"]

Pair = tuple[str, str]
Item = TypeVar("Item")


class Figures(Report):
    """Figures, each beside its target."""

    def figure(self, what: str, vocabulary: str, right: float, target: str) -> None:
        self.add(f"{what:<46} {vocabulary:<14} {right:8.2%}   {target}")

    def title(self, text: str) -> None:
        self.add("", text)


def main() -> None:
    """Measure everything, print it and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    index = index_words(shared)
    report = Figures(__file__)
    report.add(f"{'figure':<46} {'vocabulary':<14} {'measured':>8}   target")
    measure_pairs(report, shared / "eval/forgiveness", index)
    measure_converter_cases(report, shared / "eval/forgiveness/converter_cases", index)
    measure_round_trips(report, shared)
    measure_queries(report, shared, index)
    measure_search(report, shared)
    report.keep()


def index_words(shared: Path) -> CountedWords:
    """The words of the articles, a program's spellings left out."""
    texts = (
        f"{article['title'] or ''}\n{article['body']}"
        for article in articles(shared)
        if article["kind"] != "news_retransliterated"
    )
    return CountedWords.of(texts, Analyzer())


def articles(shared: Path) -> Iterator[dict[str, str]]:
    """The Kazakh development articles."""
    with (shared / "corpora/articles.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def pairs(path: Path) -> list[Pair]:
    """What was typed and what was meant."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(typed, meant) for typed, meant in (line.split("\t") for line in lines)]


def vocabularies(index: CountedWords, meant: set[str]) -> dict[str, Known]:
    """The vocabularies a figure is measured with, by name."""
    return {
        "index": index.doc_freq,
        "index + meant": lambda word: index.doc_freq(word) + (word in meant),
        "meant": lambda word: float(word in meant),
    }


def listed(index: CountedWords) -> dict[str, Known]:
    """The lists of kzsearch as vocabularies, alone and behind an index, by name."""
    stems = Analyzer().stems
    return {
        "listed": KnownWords(CountedWords({}, {}, articles=0), stems),
        "index + listed": KnownWords(index, stems),
    }


def measure_pairs(report: Figures, folder: Path, index: CountedWords) -> None:
    """Words, names and titles of the evaluation set."""
    report.title("Texts converted (all words of the set)")
    for name, what, script, target in (
        ("arabic_script", "Arabic script, words", Script.ARABIC, ">= 97 %"),
        ("names_arabic_script", "Arabic script, names", Script.ARABIC, ">= 95 %"),
        ("titles_latin_2018", "Latin 2018, titles", Script.LATIN_2018, ">= 95 %"),
    ):
        found = pairs(folder / f"{name}.tsv")
        known = vocabularies(index, {word for _, meant in found for word in parts_of(meant)})
        for vocabulary, chooses in {"none": None, **known}.items():
            right = converted_right(found, script, chooses)
            report.figure(what, vocabulary, right, target)
    report.title("Query words read (first reading is the word meant)")
    for name, what, target in (
        ("arabic_script", "Arabic script, words", ">= 97 %"),
        ("names_arabic_script", "Arabic script, names", ">= 95 %"),
        ("names_latin", "Latin names", ">= 97 %"),
    ):
        found = [
            pair
            for line in pairs(folder / f"{name}.tsv")
            for pair in zip(*map(str.split, line), strict=False)
        ]
        known = vocabularies(index, {fold(meant) for _, meant in found})
        for vocabulary, chooses in {**listed(index), **known}.items():
            report.figure(what, vocabulary, read_right(found, chooses), target)


def converted_right(found: list[Pair], script: Script, known: Known | None) -> float:
    """Share of the words meant that converting the text gives, in their places."""
    right = total = 0
    for typed, meant in found:
        expected, got = parts_of(meant), parts_of(to_cyrillic(typed, script, known).text)
        total += len(expected)
        right += sum(map(str.__eq__, expected, got)) if len(expected) == len(got) else 0
    return right / total


def read_right(found: list[Pair], known: Known) -> float:
    """Share of pairs whose first reading is what was meant."""
    remembered = lru_cache(None)(known)
    return sum(readings(typed, remembered)[0].text == fold(meant) for typed, meant in found) / len(
        found
    )


def measure_converter_cases(report: Figures, folder: Path, index: CountedWords) -> None:
    """The test cases of three converters, read back; what cannot be read is listed."""
    report.title("Converter cases (every word is among its readings)")
    for file in sorted(folder.glob("*.tsv")):
        table = [line.split("\t")[:2] for line in file.read_text(encoding="utf-8").splitlines()]
        cases = [case for case in table if LETTER.search(case[0]) and case[0] != "cyrl"]
        meant = {word for cyrillic, _ in cases for word in parts_of(cyrillic)}
        known = vocabularies(index, meant)["index + meant"]
        wrong = [case for case in cases if not is_read(case[1], case[0], known)]
        report.figure(file.stem, "index + meant", 1 - len(wrong) / len(cases), "all")
        report.note(*(f"    not read: {cyrillic} | {other}" for cyrillic, other in wrong))


def is_read(other: str, cyrillic: str, known: Known) -> bool:
    """Whether the words of a text in another script are read as the Cyrillic words meant."""
    expected, typed = parts_of(cyrillic), parts_of(other)
    if len(typed) != len(expected):
        script = detect_script(other).script
        typed = parts_of(to_cyrillic(other, script, known).text)
    return len(typed) == len(expected) and all(
        any(reading.text == meant for reading in readings(word, known))
        for word, meant in zip(typed, expected, strict=True)
    )


def measure_round_trips(report: Figures, shared: Path) -> None:
    """News written in another script by rule, detected and converted back, without vocabulary."""
    report.title("Kazakh articles written in each script and converted back (words right)")
    bodies = [article["body"] for article in articles(shared)]
    news = [body for body in bodies if len(body) > LONG_ENOUGH and kazakh_share(body) > KAZAKH][::7]
    for script in (*LATIN_ALPHABETS, Script.ARABIC):
        written = [from_cyrillic(body, script) for body in news]
        detected = sum(detect_script(text).script is script for text in written) / len(news)
        found = [
            pair
            for texts in zip(written, news, strict=True)
            for pair in zip(*map(str.splitlines, texts), strict=True)
        ]
        report.figure(f"{script}: script detected", "none", detected, "")
        report.figure(f"{script}: words", "none", converted_right(found, script, None), "")


def kazakh_share(text: str) -> float:
    """Share of a text's words that hold a letter only Kazakh has."""
    words = parts_of(text)
    return sum(not KAZAKH_ONLY.isdisjoint(word) for word in words) / len(words)


def measure_queries(report: Figures, shared: Path, index: CountedWords) -> None:
    """Words and headlines typed into the search box."""
    report.title("Queries repaired (all that is searched is what was meant)")
    repair = query_repairer(index)
    chance = random.Random(2018)
    news = [word for word in tv_words(shared) if len(word) > 2]
    for name, keys in (("US layout", us_keys()), ("Russian layout", russian_keys())):
        sample = chance.sample([word for word in news if word.translate(keys) != word], NEWS_WORDS)
        slips = [(word.translate(keys), word) for word in sample]
        share = share_of(slips, lambda pair: repair(pair[0]) == pair[1])
        report.figure(f"{name}, {len(slips)} news words", "index", share, ">= 97 %")
    typed = pairs(shared / "eval/forgiveness/russian_keyboard.tsv")
    typed = [pair for pair in typed if index.doc_freq(fold(pair[1]))]
    share = share_of(typed, lambda pair: repair(pair[0]) == fold(pair[1]))
    report.figure(f"Russian keyboard, {len(typed)} words in the index", "index", share, ">= 92 %")
    titles = pairs(shared / "eval/forgiveness/titles_latin_2018.tsv")
    words = [
        pair
        for latin, cyrillic in titles
        for pair in zip(parts_of(repair(latin)), parts_of(cyrillic), strict=False)
    ]
    share = share_of(words, lambda pair: pair[0] == pair[1])
    report.figure("Latin 2018 titles, words", "index", share, ">= 95 %")
    report.title("Correct queries touched")
    running = chance.sample(news, CORRECT_WORDS)
    touched = [word for word in running if repair(word) != word]
    report.figure(f"{len(running)} news words", "index", len(touched) / len(running), "< 0.3 %")
    report.note(f"    {' '.join(sorted(set(touched)))}")
    headlines = list(map(str.split, russian_headlines(shared)))
    dictionary = [
        (before, after)
        for headline in headlines
        for before, after in zip(headline, repair(" ".join(headline)).split(), strict=True)
        if is_russian_word(fold(before))
    ]
    share = share_of(dictionary, lambda pair: pair[0] != pair[1])
    what = f"{len(dictionary)} words of Russian headlines"
    report.figure(what, "index", share, "< 0.3 %")
    russian = [w for w in sorted(set(russian_words(shared)))[::10] if CYRILLIC.fullmatch(w)]
    share = share_of(russian, lambda word: repair(word) != word)
    report.figure(f"{len(russian)} Russian words one by one", "index", share, "")
    english = [*HAND_PICKED, *english_names(shared)]
    read = [word for word in english if repair(word) != word]
    in_latin = [word for word in read if LATIN.search(word)]
    share = (len(read) - len(in_latin)) / len(english)
    what = f"{len(english)} English names, 5G ..."
    report.figure(f"{what}: another layout or letters", "index", share, "< 0.3 %")
    by_stem = [word for word in in_latin if not index.doc_freq(fold(repair(word)))]
    share = len(in_latin) / len(english) - len(by_stem) / len(english)
    report.figure(f"{what}: the index has it in Cyrillic", "index", share, "")
    report.figure(f"{what}: ... or its stem", "index", len(by_stem) / len(english), "")
    report.note("    " + " ".join(f"{word}={repair(word)}" for word in by_stem))


def share_of(items: Sequence[Item], holds: Callable[[Item], bool]) -> float:
    """Share of the items for which something holds."""
    return sum(map(holds, items)) / len(items)


def measure_search(report: Figures, shared: Path) -> None:
    """Headlines that find their article, which is indexed in Cyrillic and without its title."""
    report.title("Headlines that find their article in the first ten (bodies indexed)")
    by_title = {article["title"]: article for article in articles(shared)}
    latin = pairs(shared / "eval/forgiveness/titles_latin_2018.tsv")
    found = [(typed, meant) for typed, meant in latin if meant in by_title]
    ways = {"Cyrillic": [meant for _, meant in found], "Latin 2018": [typed for typed, _ in found]}
    ways["Arabic script"] = [from_cyrillic(meant, Script.ARABIC) for _, meant in found]
    with TemporaryDirectory() as folder, open_index(folder, create=True) as index:
        index.add(Article(id=each["id"], body=each["body"]) for each in articles(shared))
        for way, queries in ways.items():
            ids = [by_title[meant]["id"] for _, meant in found]
            hits = [
                id_ in [hit.article.id for hit in index.search(query, facets=False).hits]
                for query, id_ in zip(queries, ids, strict=True)
            ]
            target = "Cyrillic - 2 %" if way == "Latin 2018" else ""
            report.figure(f"{way}, {len(hits)} headlines", "index", sum(hits) / len(hits), target)


def query_repairer(index: CountedWords) -> Callable[[str], str]:
    """What a query is searched as, by an index of these words."""
    analyzer = Analyzer()
    acronyms = [group for group in read_equivalents(None) if group.kind is NoteKind.ACRONYM]
    normalizer = Normalizer(
        lambda: index,
        analyzer.stems,
        frozenset(fold(group.members[0]) for group in acronyms),
    )

    def repaired(query: str) -> str:
        known = normalizer.known_words()
        syntax = parse_syntax(query, partial(letters_of, known=known))
        return normalizer.normalize(syntax, known).text

    return cache(repaired)


def us_keys() -> dict[int, str]:
    """What Kazakh letters give on a US keyboard."""
    return str.maketrans({kazakh: us for us, _, _, _, kazakh, _ in rows("keyboard.tsv")})


def russian_keys() -> dict[int, str]:
    """What Kazakh letters give on a Russian keyboard."""
    return str.maketrans({kazakh: russian for _, _, russian, _, kazakh, _ in rows("keyboard.tsv")})


def tv_words(shared: Path) -> list[str]:
    """Words of TV news, which the index was not made of."""
    text = (shared / "corpora/sentences_tv_news.txt").read_text(encoding="utf-8")
    return [word for word in parts_of(text) if CYRILLIC.fullmatch(word)]


def russian_headlines(shared: Path) -> list[str]:
    """Headlines of Russian news."""
    with (shared / "corpora/articles_russian.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["title"] for line in lines]


def russian_words(shared: Path) -> list[str]:
    """Words of Russian news."""
    with (shared / "corpora/articles_russian.jsonl").open(encoding="utf-8") as lines:
        return [word for line in lines for word in parts_of(json.loads(line)["body"])]


def english_names(shared: Path) -> list[str]:
    """Names of territories in English."""
    table = (shared / "reference/names/cldr_territories_kk_ru_en.tsv").read_text(encoding="utf-8")
    return sorted({word for line in table.splitlines()[1:] for word in line.split("\t")[3].split()})


if __name__ == "__main__":
    main()
