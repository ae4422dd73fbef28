"""Measure how well reprints are told from other articles; writes results/copies.txt.

    python benchmarks/copies.py [--shared ../shared]

Reprints are generated of every second article of ``corpora/articles.jsonl``, of those that nothing
was tuned on, and of the KazQAD passages, of which nothing was looked at before; passages of fewer
than fifty words are counted by themselves, since so short a text with another name or number in it
is as a rule another piece of news:

* changed: a tenth of the words replaced by words of other articles;
* cut: a paragraph left out, at most half of the text, of those that have two or more;
* script: written in another script;
* mixed: all three.

A reprint is folded when it is found as a candidate and judged a copy, as at a commit. Then every
article is compared with every other in the same way, and the pairs found are printed to be looked
at; those listed in ``TRUE_COPIES`` were, and are of one text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from kzsearch.documents import Article
from kzsearch.engine.document import analyse_article
from kzsearch.engine.local.codec.container import FILE_NAME, section_bytes
from kzsearch.engine.local.duplicates import Fingerprint, make_groups, take_fingerprint
from kzsearch.engine.local.duplicates.finding import find_links
from kzsearch.index import open_index
from kzsearch.morphology import Analyzer
from kzsearch.text.scripts import Script, from_cyrillic

SEED = 20251122
WORD = re.compile(r"\w+")
SCRIPTS = (Script.LATIN_2018, Script.LATIN_2021, Script.LATIN_KAZINFORM, Script.ARABIC)
CHANGED = 0.1
ALL = 10**6
SAMPLE = 120
"""Articles written in each script, and mixed: reading them back takes its time."""

INDEXED = 500

TRUE_COPIES = {
    ("qazaqparat2015-05", "qazaqparat2015-26"),  # one report with and without its last paragraph
    ("qzc-c81dab8f723c6abf", "akorda_014"),  # one speech
    ("qzc-dc4f12e26fcf739b", "akorda_015"),  # one speech
    ("14657_1_1", "15451_7_1"),  # one passage of an encyclopedia on two of its pages, as all here
    ("15555_1_1", "15555_6_1"),
    ("15657_3_1", "76390_1_1"),
    ("30138_1_1_1", "95527_12_1_2"),
    ("308985_12_1_2", "50193_3_1"),
    ("70797_7_1", "70802_4_2"),
    ("70802_10_4", "85771_9_3"),
    ("tale-000", "tale-188"),  # one tale, as all below
    ("tale-017", "tale-122"),
    ("tale-098", "tale-150"),
    ("tale-101", "tale-207"),
    ("tale-167", "tale-195"),
}

MONTHS = ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек")
PLACES = ("Ақмола", "Ақтөбе", "Алматы", "Атырау", "Жамбыл", "Қостанай", "Түркістан", "Абай")

TEMPLATES = {
    "exchange rates": (
        "Қазақстан қор биржасындағы сауда қорытындысы бойынша {0} доллар бағамы {1} теңге болды. "
        "Ұлттық банктің ресми бағамы бойынша бір еуро {2} теңге, бір ресей рублі {3} теңге тұрады."
    ),
    "weather": (
        "{0} елорда мен облыста бұлтты ауа райы сақталады, жаңбыр жауып, найзағай ойнауы мүмкін. "
        "Желдің екпіні секундына {1} метрге жетеді. Ауа температурасы түнде {2}, күндіз {3} градус."
    ),
    "fog, without a number": (
        "{4} мен {5} облыстарында тұман түседі. Ертең {4}, {5} облыстарында тұман түсіп, көктайғақ "
        "болады, деп хабарлайды «Қазгидромет» баспасөз қызметі. Жүргізушілерге жылдамдықты "
        "төмендетіп, арақашықтықты сақтау ұсынылады. Тәулік ішінде желдің екпіні күшейеді."
    ),
    "an accident": (
        "{4} облысында жол апатынан {1} адам зардап шекті. Оқиға {0} тасжолдың {2}-шақырымында "
        "болған, деп хабарлайды полиция департаментінің баспасөз қызметі. Зардап шеккендер "
        "ауруханаға жеткізілді. Қазір апаттың мән-жайы анықталып жатыр, тиісті сараптамалар "
        "тағайындалды. Полиция жүргізушілерді жол ережесін сақтауға шақырады."
    ),
    "a match": (
        "{0} футболдан Қазақстан премьер-лигасының {1}-турында екі ойын өтті. "
        "Алғашқы кездесу {2} есебімен аяқталды, екінші ойынды {3} мың жанкүйер тамашалады."
    ),
}
"""Short news of one form; filled with a day, three numbers and two names of places."""


@dataclass(frozen=True)
class Text:
    """An article to make reprints of."""

    id: str
    title: str
    body: str


class Generator:
    """Makes reprints, always the same ones."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._random = random.Random(SEED)
        self._words = [word for text in texts for word in WORD.findall(text.body)]

    def changed(self, text: str) -> str:
        """A tenth of the words replaced."""
        spans = [match.span() for match in WORD.finditer(text)]
        for start, end in sorted(self._random.sample(spans, round(len(spans) * CHANGED)))[::-1]:
            text = text[:start] + self._random.choice(self._words) + text[end:]
        return text

    def cut(self, text: str) -> str:
        """A paragraph left out, or '' where none of at most half of the text is."""
        parts = [part for part in text.split("\n") if part.strip()]
        small = [place for place, part in enumerate(parts) if 2 * len(part) <= len(text)]
        if len(parts) < 2 or not small:
            return ""
        del parts[self._random.choice(small)]
        return "\n".join(parts)

    def any_script(self) -> Script:
        """One of the scripts."""
        return self._random.choice(SCRIPTS)


def main() -> None:
    """Measure everything, print it and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    corpus = read(shared / "corpora/articles.jsonl")
    passages = read(shared / "eval/relevance/kazqad/documents.jsonl")
    report = Report(__file__)
    report.add(f"{'figure':<58} {'measured':>16}   target")
    for part in (
        reprints(corpus[1::2], "articles"),
        reprints([text for text in passages if not is_short(text)], "passages"),
        reprints([text for text in passages if is_short(text)], "short passages"),
        others(corpus, "articles"),
        others(passages, "passages"),
        templates(),
        costs(corpus),
        scale(),
    ):
        report.extend(part)
    report.keep()


def read(path: Path) -> list[Text]:
    """Articles of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return [Text(each["id"], each["title"] or "", each["body"] or "") for each in records]


ANALYZER = Analyzer()


def fingerprint(title: str, body: str) -> Fingerprint | None:
    """As the engine takes it."""
    return analyse_article(Article(id="-", title=title, body=body), ANALYZER).fingerprint


def is_short(text: Text) -> bool:
    """Whether it has one or two sentences only."""
    return len(text.body.split()) < 50


def reprints(texts: Sequence[Text], name: str) -> Iterator[str]:
    """Shares of the generated reprints that are folded."""
    make = Generator(texts)

    def mixed(text: Text) -> tuple[str, str]:
        script = make.any_script()
        body = make.cut(text.body) or text.body
        return written_in(script, replace(text, body=make.changed(body)))

    kinds: dict[str, tuple[Callable[[Text], tuple[str, str]], int]] = {
        "a tenth of the words changed": (lambda text: (text.title, make.changed(text.body)), ALL),
        "a paragraph cut": (lambda text: (text.title, make.cut(text.body)), ALL),
    }
    for script in SCRIPTS:
        kinds[f"in {script}"] = (partial(written_in, script), SAMPLE // 2)
    kinds["mixed: changed, cut and in another script"] = (mixed, SAMPLE)
    for kind, (reprint, most) in kinds.items():
        step = max(1, len(texts) // most)
        pairs = [
            (fingerprint(text.title, text.body), fingerprint(*copy))
            for text in texts[::step]
            if (copy := reprint(text))[1]
        ]
        folded = sum(bool(find_links([one, copy], [])[1]) or same(one, copy) for one, copy in pairs)
        yield figure(f"{name}, {kind}", folded, len(pairs), "" if "short" in name else ">= 95 %")


def written_in(script: Script, text: Text) -> tuple[str, str]:
    """Title and body of a text in another script."""
    return from_cyrillic(text.title, script), from_cyrillic(text.body, script)


def same(one: Fingerprint | None, other: Fingerprint | None) -> bool:
    """Whether two articles have the very same words."""
    return one is not None and other is not None and one.key == other.key


def others(texts: Sequence[Text], name: str) -> Iterator[str]:
    """The pairs of a collection that are folded, true ones apart."""
    prints = [fingerprint(text.title, text.body) for text in texts]
    ids: dict[int, list[str]] = {}
    pairs = set()
    for text, print_, links in zip(texts, prints, find_links(prints, []), strict=True):
        if print_ is not None:
            own = ids.setdefault(print_.key, [])
            pairs |= {tuple(sorted((text.id, one))) for key in links for one in ids[key]}
            pairs |= {tuple(sorted((text.id, one))) for one in own}
            own.append(text.id)
    false = sorted(pairs - {tuple(sorted(pair)) for pair in TRUE_COPIES})
    yield figure(f"{name}, different ones folded", len(false), len(texts), "< 0.1 %")
    count = len(texts) * (len(texts) - 1) // 2
    yield f"  {len(pairs)} of {count:,} pairs folded, {len(pairs) - len(false)} of one text by eye"
    yield from (f"  taken for copies: {one} {other}" for one, other in false)


def templates() -> Iterator[str]:
    """News from a template, thirty days of each."""
    make = random.Random(SEED)
    for name, template in TEMPLATES.items():
        texts = [
            fingerprint("", template.format(day, *numbers, *places))
            for month in MONTHS[::3]
            for day in (f"{number} {month}да" for number in range(1, 29))
            for numbers in [[str(make.randint(2, 60)) for _ in range(3)]]
            for places in [make.sample(PLACES, 2)]
        ]
        folded = sum(map(bool, find_links(texts, [])))
        yield figure(f"template, {name}: days folded", folded, len(texts), "0 %")


def costs(texts: Sequence[Text]) -> Iterator[str]:
    """What it costs to index articles."""
    articles = [Article(id=each.id, title=each.title, body=each.body) for each in texts[::3]]
    with tempfile.TemporaryDirectory() as directory, open_index(directory, create=True) as index:
        began = time.process_time()
        index.add(articles[:INDEXED])
        whole = time.process_time() - began
        size = index.stats().index_bytes
        own = sum(section_bytes(path, "copies.") for path in Path(directory).rglob(FILE_NAME))
    words = [[*map(str, text.body.split())] for text in texts[::3][:INDEXED]]
    began = time.process_time()
    find_links([take_fingerprint(each) for each in words], [])
    took = time.process_time() - began
    yield f"{'index of 500 articles: share of bytes for reprints':<58} {own / size:>16.1%}"
    yield f"{'index of 500 articles: share of time for reprints':<58} {took / whole:>16.1%}"


def scale() -> Iterator[str]:
    """Groups among 100,000 articles, a third of which have copies, and a commit of one."""
    make = random.Random(SEED)
    links = []
    articles = []
    for number in range(100_000):
        articles.append((number, number + 1))
        if number and number % 5 == 0:
            links += [(number + 1, 1 + make.randrange(max(0, number - 3_000), number))]
    began = time.process_time()
    make_groups(articles, links, lambda number: (number,))
    took = time.process_time() - began
    yield f"{'100,000 articles, 20,000 links: groups made, in s':<58} {took:>16.2f}"


def figure(what: str, count: int, total: int, target: str) -> str:
    """A line of the report."""
    measured = f"{count}/{total} {count / total:.2%}"
    return f"{what:<58} {measured:>16}   {target}"


if __name__ == "__main__":
    main()
