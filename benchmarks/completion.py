"""Measure completion as you type; writes results/completion.txt.

    python benchmarks/completion.py [--articles 100000] [--shared ../shared] [--index DIR]

The index: headlines, TV news sentences (KazNERD) and open sentences as titles, each once, and then
new ones made of a beginning and an end of two of them; dates fall off exponentially (half of the
articles in the newest 277 days). 300 headlines are held out. Their first words are typed letter by
letter, in every way of writing, and every keystroke is timed with nothing remembered from the one
before but what the index keeps in memory.

Then how much typing is saved: how many letters of a word must be typed, behind the words before it
in its headline, until one of the eight completions has it in some form there (its stem), and how
many of a phrase of two words. Held-out words that no title of the index has are told apart.

Last, whether completions are what people would take: 200 beginnings of topics of real headlines
(``completion_topics.py``), over the headlines of both corpora. A hit is the wanted phrase letter by
letter, its capitals apart.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.completion_topics import HALVES, Topic, read_headlines, read_topics
from benchmarks.report import SHARED, Report
from benchmarks.vocabulary import WORD
from kzsearch import Article, open_index
from kzsearch.engine.local.codec.container import FILE_NAME, section_bytes
from kzsearch.index import Index
from kzsearch.morphology import Analyzer
from kzsearch.query.tables import stop_words
from kzsearch.text import fold
from kzsearch.text.scripts import Script, from_cyrillic
from kzsearch.text.scripts.tables import rows

HELD_OUT = 300
TYPED = 40
"""Held-out headlines that are typed for the timing, in each way of writing."""

WORDS_TYPED = 3
LIMIT = 8
TARGET_MS = 20.0
TARGET_MB = 100.0
NEWEST = dt.date(2025, 12, 31)
SHORTEST = 4
"""Letters of a word that is worth completing."""

Writing = Callable[[str], str]

Times = tuple[float, float]
"""Milliseconds by the clock and of the processor."""


def main() -> None:
    """Build or open the index, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--index", type=Path, help="where to keep the index for the next time")
    options = parser.parse_args()
    headlines, titles = corpus(options.shared, options.articles)
    report = Report(__file__)
    with contextlib.ExitStack() as stack:
        folder = options.index or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "index"
        if not folder.exists():
            build(folder, titles)
        report.extend(measure_speed(folder, headlines))
        report.extend(measure_quality(folder, headlines))
        topics = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "index"
        report.extend(measure_topics(options.shared, topics))
    report.keep()


def corpus(shared: Path, count: int) -> tuple[list[str], list[str]]:
    """Held-out headlines, and the titles of the index."""
    draw = random.Random(7)
    read = (shared / "corpora/headlines.tsv").read_text(encoding="utf-8").splitlines()
    headlines = sorted({line.split("\t")[1].strip(" .") for line in read})
    draw.shuffle(headlines)
    held_out, headlines = headlines[:HELD_OUT], headlines[HELD_OUT:]
    news = (shared / "corpora/sentences_tv_news.txt").read_text(encoding="utf-8").splitlines()
    more = (shared / "corpora/sentences_open.tsv").read_text(encoding="utf-8").splitlines()[1:]
    sources = [headlines, news, [line.split("\t")[-1] for line in more]]
    titles = [" ".join(line.split()[:12]).strip(" .") for lines in sources for line in lines]
    titles = sorted(set(titles) - set(held_out))
    draw.shuffle(titles)
    while len(titles) < count:
        source = draw.choice(sources)
        begin, end = draw.choice(source).split(), draw.choice(source).split()
        titles.append(
            " ".join(begin[: draw.randint(2, 6)] + end[-draw.randint(2, 6) :]).strip(" .")
        )
    return held_out, titles[:count]


def build(folder: Path, titles: list[str]) -> None:
    """Index the titles, over some years."""
    draw = random.Random(1)
    with open_index(folder, create=True) as index:
        index.add(
            Article(
                id=str(number),
                title=title,
                body="Қысқа хабар.",
                date=NEWEST - dt.timedelta(days=int(draw.expovariate(1 / 400))),
            )
            for number, title in enumerate(titles)
        )


def measure_speed(folder: Path, headlines: list[str]) -> Iterator[str]:
    """Milliseconds a keystroke, to open, and megabytes."""
    with open_index(folder) as index:
        stats = index.stats()
        phrases = sum(section_bytes(path, "titles.") for path in folder.rglob(FILE_NAME))
        yield (
            f"{stats.articles} articles in {stats.segments} segments; "
            f"titles {phrases / 1e6:.1f} MB of {stats.index_bytes / 1e6:.1f} MB"
        )
    before = resident()
    start = time.perf_counter()
    with open_index(folder) as index:
        yield f"opening an index that was not open: {milliseconds(start):.1f} ms"
        start = time.perf_counter()
        index.complete("қ", LIMIT)
        yield f"first keystroke after opening:      {milliseconds(start):.1f} ms"
        index.add([Article(id="one more", title=f"Жаңа тақырып {time.time_ns()}", date=NEWEST)])
        start = time.perf_counter()
        index.complete("қ", LIMIT)
        yield f"first keystroke after a commit:     {milliseconds(start):.1f} ms"
        yield ""
        columns = f"{'p50':>8}{'p95':>8}{'max':>8}{'p50 CPU':>10}{'p95 CPU':>10}"
        yield f"{'typed as':<26}{'keys':>6}{columns}"
        every: list[Times] = []
        for name, writing in WRITINGS.items():
            times = [
                timed(index, typed[:end])
                for headline in headlines[:TYPED]
                for typed in [writing(" ".join(headline.split()[:WORDS_TYPED]))]
                for end in range(1, len(typed) + 1)
            ]
            every += times
            yield row(name, times)
        yield row("all", every)
        yield f"milliseconds a keystroke; target: p95 < {TARGET_MS:.0f}"
        yield "CPU: without what other programs on this machine took meanwhile"
        yield ""
        grown = resident() - before
        memory = f"memory grown by: {grown:.0f} MB with what the commit loaded"
        yield f"{memory}, target < {TARGET_MB:.0f} MB"


def row(name: str, times: list[Times]) -> str:
    """A line of the table of speeds."""
    wall, own = zip(*times, strict=True)
    return (
        f"{name:<26}{len(times):>6}{statistics.median(wall):>8.1f}{p95(wall):>8.1f}"
        f"{max(wall):>8.1f}{statistics.median(own):>10.1f}{p95(own):>10.1f}"
    )


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def timed(index: Index, typed: str) -> Times:
    """One completion."""
    start, start_own = time.perf_counter(), time.process_time()
    index.complete(typed, LIMIT)
    return milliseconds(start), 1000 * (time.process_time() - start_own)


def milliseconds(start: float) -> float:
    """Since a reading of the clock."""
    return 1000 * (time.perf_counter() - start)


def resident() -> float:
    """Megabytes of this process in memory, its own and mapped ones."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def without_kazakh_letters(text: str) -> str:
    """As typed on a Russian keyboard."""
    letters = dict(zip("әғқңөұүһі", "агкноуухи", strict=True))
    return "".join(letters.get(letter, letter) for letter in fold(text))


def on_us_keys(text: str) -> str:
    """As typed on the Kazakh layout while the keyboard is set to US."""
    return fold(text).translate(
        {ord(kazakh): us for us, _, _, _, kazakh, _ in rows("keyboard.tsv")}
    )


WRITINGS: dict[str, Writing] = {
    "Cyrillic": fold,
    "without Kazakh letters": without_kazakh_letters,
    "Latin (2021)": lambda text: from_cyrillic(fold(text), Script.LATIN_2021),
    "Latin (ASCII)": lambda text: from_cyrillic(fold(text), Script.LATIN_ASCII),
    "Arabic": lambda text: from_cyrillic(fold(text), Script.ARABIC),
    "wrong layout (US keys)": on_us_keys,
}


def measure_quality(folder: Path, headlines: list[str]) -> Iterator[str]:
    """Letters to type until the wanted word or phrase is among the completions."""
    analyzer = Analyzer()
    yield ""
    yield f"{'wanted, typed as':<40}{'wanted':>7}{'letters':>9}{'typed':>7}{'saved':>7}{'never':>7}"
    with open_index(folder) as index:
        known = known_words(index, headlines)
        for name in ("Cyrillic", "without Kazakh letters", "Latin (ASCII)"):
            for kind, wanted in (
                ("word", single_words(headlines, known)),
                ("word in its place", words_in_place(headlines, known)),
                ("phrase of two words", phrases(headlines, known)),
            ):
                yield quality(index, analyzer, f"{kind}, {name}", wanted, WRITINGS[name])


Wanted = tuple[str, str]
"""What is typed before, and what is wanted."""


def known_words(index: Index, headlines: list[str]) -> set[str]:
    """Words of the held-out headlines that titles of the index have too."""
    words = {fold(word) for headline in headlines for word in WORD.findall(headline)}
    return {
        word
        for word in sorted(words)
        if len(word) >= SHORTEST
        and word not in stop_words()
        and any(count.term == word for count in index.suggest(word, 1))
    }


def single_words(headlines: list[str], known: set[str]) -> list[Wanted]:
    """Words alone."""
    return [
        ("", word)
        for headline in headlines
        for word in WORD.findall(fold(headline))
        if word in known
    ]


def words_in_place(headlines: list[str], known: set[str]) -> list[Wanted]:
    """Words that stand behind others, with these typed."""
    return [
        (" ".join(words[:place]) + " ", word)
        for headline in headlines
        for words in [fold(headline).split()]
        for place, word in enumerate(words)
        if place and word in known
    ]


def phrases(headlines: list[str], known: set[str]) -> list[Wanted]:
    """Two words side by side, alone."""
    return [
        ("", f"{first} {second}")
        for headline in headlines
        for words in [fold(headline).split()]
        for first, second in pairwise(words)
        if first in known and second in known
    ]


def quality(
    index: Index, analyzer: Analyzer, name: str, wanted: list[Wanted], writing: Writing
) -> str:
    """A line of the table of quality, over at most 200 wanted words or phrases."""
    chosen = random.Random(3).sample(wanted, min(200, len(wanted)))
    letters = typed = never = 0
    for before, text in chosen:
        needed = keystrokes(index, analyzer, before, text, writing)
        letters += len(writing(text))
        typed += needed if needed is not None else len(writing(text))
        never += needed is None
    share = f"{1 - typed / letters:.0%}"
    count = len(chosen)
    return (
        f"{name:<40}{count:>7}{letters / count:>9.1f}{typed / count:>7.1f}{share:>7}"
        f"{never / count:>7.0%}"
    )


def measure_topics(shared: Path, folder: Path) -> Iterator[str]:
    """Hit rates of the topics of headlines, in each way of writing."""
    with open_index(folder, create=True) as index:
        index.add(
            Article(
                id=row.id,
                title=row.title,
                body="",
                date=dt.datetime.fromisoformat(row.date) if row.date else None,
            )
            for row in read_headlines(shared)
        )
        yield ""
        shares = "".join(f"{name:>8}" for name in ("top 1", "top 3", "top 8", "case"))
        yield f"{'topics, typed as':<40}{'wanted':>7}{shares}"
        topics = read_topics()
        for half in HALVES:
            for name in ("Cyrillic", "without Kazakh letters", "Latin (ASCII)"):
                wanted = [topic for topic in topics if topic.half == half]
                yield topic_row(index, f"{half}, {name}", wanted, WRITINGS[name])
        yield "case: of the wanted phrases that are offered, how many have the right capitals"
        counts = [[found.articles for found in index.complete(each.typed)] for each in topics]
        falling = sum(count == sorted(count, reverse=True) for count in counts)
        yield f"counts fall in {falling} of {len(topics)} lists"


def topic_row(index: Index, name: str, topics: list[Topic], writing: Writing) -> str:
    """A line of the table of topics."""
    places = []
    cased = 0
    for topic in topics:
        texts = [found.text for found in index.complete(writing(topic.typed), LIMIT)]
        folded = [fold(text) for text in texts]
        place = folded.index(fold(topic.wanted)) if fold(topic.wanted) in folded else LIMIT
        places.append(place)
        cased += topic.wanted in texts
    shares = "".join(
        f"{sum(place < most for place in places) / len(topics):>8.1%}" for most in (1, 3, LIMIT)
    )
    offered = sum(place < LIMIT for place in places)
    return f"{name:<40}{len(topics):>7}{shares}{cased / max(1, offered):>8.0%}"


def keystrokes(
    index: Index, analyzer: Analyzer, before: str, text: str, writing: Writing
) -> int | None:
    """Letters of ``text`` to type until a completion goes on with it, in some form; or None.

    A word that is finished may stay as it was typed.
    """
    goal = [{analyzer.stems(word)[0], writing(word)} for word in text.split()]
    place = len(before.split())
    for typed in range(1, len(writing(text))):
        for found in index.complete(writing(before) + writing(text)[:typed], LIMIT):
            words = fold(found.text).split()[place : place + len(goal)]
            if len(words) == len(goal) and all(
                {word, analyzer.stems(word)[0]} & wanted
                for word, wanted in zip(words, goal, strict=True)
            ):
                return typed
    return None


if __name__ == "__main__":
    main()
