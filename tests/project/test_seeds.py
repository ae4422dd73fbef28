"""The seeds: the user's article untouched, and samples that can show every feature."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

USERS_ARTICLE = "000_00fdeefbeffb5643.txt"
USERS_ARTICLE_SHA256 = "bd55c82619220dd4572695b022b057df25892c396039aad28055409155f34bec"

WIRE_REPRINTS = {
    "2025-02-26-aqtobe-jezqazgan-poiyzy": "2025-02-25-jana-poiyz",
    "2025-03-27-jaiyq-dengeii": "2025-03-27-su-tasqyny",
    "2025-10-15-jambyl-qoimalary": "2025-10-14-kokonis-qoimasy",
}
"""Reprint -> the agency's report it repeats with small edits."""

LATIN_2021 = ("2025-05-16-sifrlyq-kitaphana", "2025-09-18-alma-tuqymy")
LATIN_2018 = ("2025-06-17-aptap-ystyq", "2025-11-19-togyzqumalaq")
ARABIC = ("2025-07-15-aqyndar-aitysy", "2025-10-21-kiiz-ui")
OTHER_SCRIPTS = {*LATIN_2021, *LATIN_2018, *ARABIC}
RUSSIAN_QUOTATIONS = (
    "2025-04-03-telemedisina",
    "2025-05-13-teatr-maususymy",
    "2025-07-03-alakol-turizmi",
    "2025-11-04-aua-sapasy",
)

KAZAKH_ONLY = set("әғқңөұүһі")
KAZAKH_LETTERS = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя") | KAZAKH_ONLY
ALPHABET_2021 = set("aäbvgğdejziıkqlmnñoöprstuūüfhşyc")
ALPHABET_2018 = set("aábvgǵdejzıikqlmnńoóprstýuúfhsyc")
ARABIC_LETTERS = set("ابۆگعدەجزيكقلمنڭوپرستۋۇفحچشى") | {"\u0674"}

HAMZA_LETTERS = set("اوۇى")
"""Letters that stand for a back and a front vowel: a high hamza says which."""

Sample = dict[str, str]


def front_matter(path: Path) -> Sample:
    """The fields of a sample in Markdown, its text as ``body``."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return {name: value.strip('"') for name, value in fields.items()} | {"body": body.strip()}


@pytest.fixture(scope="module")
def seeds(root: Path) -> Path:
    return root / "seeds"


@pytest.fixture(scope="module")
def samples(seeds: Path) -> dict[str, Sample]:
    """Every sample by id."""
    folder = seeds / "samples"
    found = [front_matter(path) for path in sorted(folder.glob("*.md"))]
    for path in sorted(folder.glob("*.jsonl")):
        records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found += [{**record, "sample": str(record["sample"]).lower()} for record in records]
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    by_id = {sample["id"]: sample for sample in found}
    assert len(by_id) == len(found), "an id is used twice"
    return by_id


def letters(text: str) -> set[str]:
    return {char for char in text if char.isalpha()}


def words(text: str) -> list[str]:
    return re.findall(r"\S*\w\S*", text)


def shingles(sample: Sample) -> set[tuple[str, ...]]:
    """Runs of three words: what two texts share when one repeats the other."""
    tokens = words(sample["body"].lower())
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def likeness(one: Sample, other: Sample) -> float:
    """Jaccard's index of the shingles of two texts, 0 to 1."""
    mine, theirs = shingles(one), shingles(other)
    return len(mine & theirs) / len(mine | theirs)


def test_the_users_article_is_as_it_came(seeds: Path) -> None:
    digest = hashlib.sha256((seeds / USERS_ARTICLE).read_bytes()).hexdigest()
    assert digest == USERS_ARTICLE_SHA256


def test_there_are_enough_samples_of_the_right_length(samples: dict[str, Sample]) -> None:
    assert len(samples) >= 64
    lengths = {name: len(words(sample["body"])) for name, sample in samples.items()}
    assert {name: n for name, n in lengths.items() if not 80 <= n <= 250} == {}


def test_topics_sources_and_months_are_spread(samples: dict[str, Sample]) -> None:
    categories = Counter(sample["category"] for sample in samples.values())
    sources = Counter(sample["source"] for sample in samples.values())
    months = Counter(sample["date"][:7] for sample in samples.values())
    assert len(categories) >= 10
    assert min(categories.values()) >= 3
    assert len(sources) == 6
    assert min(sources.values()) >= 5
    assert set(months) == {f"2025-{month:02}" for month in range(1, 13)}
    assert min(months.values()) >= 4


def test_every_sample_says_that_it_is_one(samples: dict[str, Sample]) -> None:
    assert {sample["sample"] for sample in samples.values()} == {"true"}
    hosts = {sample["source"]: set[str]() for sample in samples.values()}
    for sample in samples.values():
        hosts[sample["source"]].add(sample["url"].split("/")[2])
    assert all(len(names) == 1 for names in hosts.values())
    assert all(host.endswith(".example") for names in hosts.values() for host in names)


def test_every_sample_is_filled_in(samples: dict[str, Sample]) -> None:
    needed = ("title", "date", "source", "category", "url", "body")
    assert [
        name for name, sample in samples.items() if not all(sample[field] for field in needed)
    ] == []
    assert {sample["language"] for sample in samples.values()} == {"kk"}
    assert len({sample["url"] for sample in samples.values()}) == len(samples)
    assert len({sample["title"] for sample in samples.values()}) == len(samples)
    assert sum(bool(sample.get("author")) for sample in samples.values()) >= 30


def test_dates_are_days_or_moments_in_kazakh_time(samples: dict[str, Sample]) -> None:
    stated = [sample["date"] for sample in samples.values()]
    moments = [datetime.fromisoformat(text) for text in stated if "T" in text]
    assert len(moments) >= 10
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=5)}
    for name, sample in samples.items():
        day = date.fromisoformat(sample["date"][:10])
        assert name.startswith(f"{day}-")
        assert f"/{day:%Y/%m/%d}/" in sample["url"]


def test_a_file_is_named_for_its_article(seeds: Path) -> None:
    files = sorted((seeds / "samples").glob("*.md"))
    assert [path.stem for path in files] == [front_matter(path)["id"] for path in files]


def test_every_kind_of_reader_has_something_to_read(seeds: Path) -> None:
    kinds = Counter(path.suffix for path in (seeds / "samples").iterdir())
    assert set(kinds) == {".md", ".jsonl", ".csv"}


def test_only_the_wire_reprints_repeat_another_article(samples: dict[str, Sample]) -> None:
    alike = {
        (one, other)
        for one, other in itertools.combinations(sorted(samples), 2)
        if likeness(samples[one], samples[other]) > 0.1
    }
    assert alike == {tuple(sorted(pair)) for pair in WIRE_REPRINTS.items()}
    for reprint, original in WIRE_REPRINTS.items():
        assert 0.6 < likeness(samples[reprint], samples[original]) < 1
        assert samples[reprint]["source"] != samples[original]["source"]


def test_cyrillic_samples_hold_only_kazakh_letters(samples: dict[str, Sample]) -> None:
    for name in samples.keys() - OTHER_SCRIPTS:
        text = samples[name]["title"] + " " + samples[name]["body"]
        # Foreign names such as 5G and 3D stay Latin: whole words, never mixed ones.
        native = re.sub(r"(?<![^\W_])\d?[A-Z]+\d*(?![^\W_])", " ", text)
        assert letters(native.lower()) <= KAZAKH_LETTERS, name


@pytest.mark.parametrize(
    ("names", "alphabet", "tell_tale"),
    [(LATIN_2021, ALPHABET_2021, "äğñöūüş"), (LATIN_2018, ALPHABET_2018, "áǵńóýú")],
    ids=["2021", "2018"],
)
def test_latin_samples_keep_to_their_alphabet(
    samples: dict[str, Sample], names: tuple[str, ...], alphabet: set[str], tell_tale: str
) -> None:
    for name in names:
        text = samples[name]["title"] + samples[name]["body"]
        assert letters(text.replace("İ", "i").lower()) <= alphabet
        assert set(tell_tale) <= letters(text.lower())


@pytest.mark.parametrize("name", ARABIC)
def test_arabic_samples_follow_tote_jazu(samples: dict[str, Sample], name: str) -> None:
    text = samples[name]["title"] + " " + samples[name]["body"]
    assert letters(text) <= ARABIC_LETTERS
    marked = [word for word in re.findall(r"\w+", text) if "\u0674" in word]
    assert len(marked) >= 5
    for word in marked:
        assert word.rfind("\u0674") == 0
        assert HAMZA_LETTERS & set(word)
        assert not set("كگە") & set(word), "these letters alone say that the word is front"


@pytest.mark.parametrize("name", RUSSIAN_QUOTATIONS)
def test_russian_is_quoted_as_a_whole_sentence(samples: dict[str, Sample], name: str) -> None:
    quotations = re.findall("«([^«»]+)»", samples[name]["body"])
    russian = [text for text in quotations if not KAZAKH_ONLY & set(text.lower())]
    assert [len(words(text)) >= 8 for text in russian] == [True]


def test_the_readme_names_only_samples_that_exist(seeds: Path, samples: dict[str, Sample]) -> None:
    readme = (seeds / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b2025-\d\d-\d\d-[a-z-]+", readme))
    assert len(named) >= 15
    assert named <= samples.keys()
