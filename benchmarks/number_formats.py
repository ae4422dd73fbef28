"""How often the ways to write a number are seen to be one; writes results/number_formats.txt.

    python benchmarks/number_formats.py [--shared ../shared] [--errors]

The sentences of ``eval/duplicates/number_format_variants.tsv`` (KazNERD, CC BY 4.0) are the same
but for their numbers: in words, in digits, with a percent sign. A pair is equal when both come out
the same, stem by stem. Not all of them can: many also differ in names («Эйр», Air), and the file
writes decimal fractions with a space («7, 1»), which is also how lists are written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from kzsearch.morphology import Analyzer
from kzsearch.query import normalize_numbers

LATIN = re.compile(r"[A-Za-z]+")
SPACED_DECIMAL = re.compile(r"[0-9], [0-9]")


@dataclass(frozen=True)
class Pair:
    """A sentence with its numbers in words, and another way to write it."""

    words: str
    variant: str

    def differs_otherwise(self) -> bool:
        """Whether the variant has a decimal with a space, or Latin words of its own."""
        latin = set(LATIN.findall(self.variant)) - set(LATIN.findall(self.words))
        return bool(latin or SPACED_DECIMAL.search(self.variant))


def main() -> None:
    """Print the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", action="store_true", help="print the pairs that differ")
    arguments = parser.parse_args()
    pairs = list(read_pairs(arguments.shared / "eval/duplicates/number_format_variants.tsv"))
    analyzer = Analyzer()
    report = Report(__file__)
    report.add("pairs that are equal                    all    numbers only")
    readings: dict[str, Callable[[str], list[str]]] = {
        "stems": lambda text: [term.stems[0] for term in analyzer.analyze(text)],
        "stems, numbers normalised": lambda text: normalize_numbers(analyzer.analyze(text)),
    }
    for name, reading in readings.items():
        equal = {pair for pair in pairs if reading(pair.words) == reading(pair.variant)}
        clean = [pair for pair in pairs if not pair.differs_otherwise()]
        report.add(
            f"{name:<36}{share(len(equal), len(pairs))}"
            f"{share(len(equal.intersection(clean)), len(clean)):>16}"
        )
    report.add(f"of {len(pairs):,} and {len(clean):,} pairs")
    report.keep()
    if arguments.errors:
        for pair in clean:
            if pair not in equal:
                print(f"{pair.words}\n    {pair.variant}")


def read_pairs(path: Path) -> Iterator[Pair]:
    """Each sentence in words with each of its variants."""
    for line in path.read_text(encoding="utf-8").splitlines():
        _id, words, *variants = line.split("\t")
        yield from (Pair(words, variant) for variant in variants)


def share(count: int, of: int) -> str:
    """A count as a share in percent."""
    return f"{count / of:7.1%}"


if __name__ == "__main__":
    main()
