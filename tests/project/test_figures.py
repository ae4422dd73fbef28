"""Figures in the README and in docs/ are those of the reports in ``benchmarks/results``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PERCENT = r"(\d+\.\d+)%"
STEMS = {
    "nouns": "unimorph_nouns",
    "nouns unknown to the FST": "unimorph_nouns_oov",
    "person names": "names_gen",
    "verbs": "unimorph_verbs",
    "KTB treebank": "ktb",
    "Apertium texts": "apertium_texts",
    "TV news vocabulary": "news_fst",
}
RANKING = {
    "kzsearch": "kzsearch",
    "expected on unseen queries (shifted as plain BM25 is)": "expected, unseen queries",
    "words cut to five letters": "words cut to five letters",
    "pg_kazsearch 2.3": "pg_kazsearch 2.3",
    "no stemming": "no stemming, plain BM25",
}
READ = "Query words read"
FORGIVENESS = {
    "typos of news words, the right word first": [
        ("spelling", "typos of distinct words", rf"all +\S+ +{PERCENT}")
    ],
    "correct words touched by spelling": [
        ("spelling", "correct words", rf"5000 distinct words +{PERCENT}")
    ],
    "words from the wrong keyboard layout, US / Russian": [
        ("forgiveness", "Queries repaired", rf"US layout.*?{PERCENT}"),
        ("forgiveness", "Queries repaired", rf"Russian layout.*?{PERCENT}"),
    ],
    "2018-Latin headlines find their article in the first ten (in Cyrillic: 100 %)": [
        ("forgiveness", "Headlines that find", rf"Latin 2018.*?{PERCENT}")
    ],
    "Arabic-script words in Cyrillic, their words known / unknown": [
        ("forgiveness", "Texts converted", rf"Arabic script, words +index \+ meant +{PERCENT}"),
        ("forgiveness", "Texts converted", rf"Arabic script, words +none +{PERCENT}"),
    ],
    "names in Latin / Arabic script, known": [
        ("forgiveness", READ, rf"Latin names +index \+ meant +{PERCENT}"),
        ("forgiveness", READ, rf"Arabic script, names +index \+ meant +{PERCENT}"),
    ],
    "names in Latin / Arabic script, unknown": [
        ("forgiveness", READ, rf"Latin names +index +{PERCENT}"),
        ("forgiveness", "Texts converted", rf"Arabic script, names +none +{PERCENT}"),
    ],
    "reprints folded, a tenth of the words changed": [
        ("copies", "figure", rf"articles, a tenth of the words changed +\S+ {PERCENT}")
    ],
    "different articles folded": [
        ("copies", "figure", rf"articles, different ones folded +\S+ {PERCENT}")
    ],
    "a keystroke completed among 100,000 articles (`completion.py`), p95": [
        ("completion", "typed as", r"all +\d+ +\S+ +(\d+\.\d+)")
    ],
}
"""For each row the report of each figure, the title it stands below, and the line."""


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def figures(text: str) -> list[str]:
    """The numbers of a cell."""
    return re.findall(r"\d*\.\d+|\d+", text)


def row(text: str, title: str, label: str) -> list[str]:
    """The cells behind a label, in the table below a title."""
    lines = text[text.index(title) :].splitlines()
    found = next(line for line in lines if line.startswith(f"| {label} |"))
    return [cell.strip() for cell in found.strip("|").split("|")[1:]]


def reported(root: Path, name: str, title: str, line: str) -> str:
    """A figure of a report: the first group of a line below a title."""
    report = (root / f"benchmarks/results/{name}.txt").read_text(encoding="utf-8")
    found = re.search(rf"^\s*{line}", report[report.index(title) :], re.MULTILINE)
    assert found, f"{name}.txt holds no {line} below {title}"
    return found[1]


def assert_rounded(shown: str, measured: str) -> None:
    """Whether a figure is another with as many decimals or fewer."""
    step = 10.0 ** -len(shown.partition(".")[2])
    assert abs(float(shown) - float(measured)) <= step / 2 + 1e-9, (shown, measured)


@pytest.mark.parametrize("label", FORGIVENESS)
def test_forgiveness(readme: str, root: Path, label: str) -> None:
    shown = figures(row(readme, "**Forgiveness**", label)[0])
    for figure, source in zip(shown, FORGIVENESS[label], strict=True):
        assert_rounded(figure, reported(root, *source))


@pytest.mark.parametrize("label", STEMS)
def test_stems(readme: str, root: Path, label: str) -> None:
    """The column F1B, of lemmas held out, and what is recorded of rivals."""
    own, *rivals = row(readme, "**Stems**", label)
    line = rf"{STEMS[label]} +\d+ +\S+ +\S+ +(\S+)"
    assert_rounded(own, reported(root, "stemming", "Held-out", line))
    recorded = reported(root, "stemming", "F1B of rivals", rf"({STEMS[label]} .*)")
    cut, peer, _, with_guesser = re.findall(r"\.\d{3}", recorded)
    assert [figures(rival)[0] for rival in rivals] == [cut, peer, with_guesser]


@pytest.mark.parametrize("label", RANKING)
def test_ranking(readme: str, root: Path, label: str) -> None:
    line = rf"{RANKING[label]}((?: +\d\.\d+){{3}})$"
    measured = reported(root, "relevance", "no stemming", line).split()
    for shown, figure in zip(row(readme, "**Ranking**", label), measured, strict=True):
        assert_rounded(shown, figure)


@pytest.mark.parametrize("label", ["nDCG@10", "MRR@10", "hit@10", "recall@100"])
def test_relevance(root: Path, label: str) -> None:
    """Every measure of every set, as docs/relevance.md shows it."""
    text = (root / "docs/relevance.md").read_text(encoding="utf-8")
    shown = row(text, "All measures of all sets", label)
    measured = reported(root, "relevance", "kzsearch  ", rf"{label}((?: +\d\.\d+){{6}})$").split()
    assert [cell.lstrip("0") for cell in measured] == shown


def test_languages(readme: str, root: Path) -> None:
    shown = re.search(r"`python benchmarks/language_choice\.py`\): (\S+) %", readme)
    assert shown
    line = rf"in its article, all +\d+ +\d+ +{PERCENT}"
    assert_rounded(shown[1], reported(root, "language_choice", "sentences", line))


def test_translation(root: Path) -> None:
    """Every row of the table: hit@10 or MRR, by vocabulary."""
    text = (root / "docs/translation.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \((\d+)\) \| (hit@10|MRR) \| (.*) \|$", text, re.MULTILINE)
    assert len(rows) == 10
    for queries, count, measure, cells in rows:
        vocabularies = ("none", "written by hand", "learned, held out", "both")
        for shown, vocabulary in zip(cells.split(" | "), vocabularies, strict=True):
            if shown.strip():
                before = r"\d\.\d+ +" if measure == "MRR" else ""
                line = rf"{queries} +{count}  {vocabulary} +{before}(\d\.\d+)"
                assert shown == reported(root, "russian_query", "queries", line), (queries, shown)
