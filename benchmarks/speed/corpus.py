"""Articles for the speed benchmark: sentences of real text drawn anew, the same for all.

Nothing here imports kzsearch or any package, so that the process of a peer holds the peer
and no more, and so that a peer may live in another Python (Debian's for Xapian).
"""

from __future__ import annotations

import datetime as dt
import random
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["READINGS", "SENTENCES", "Corpus", "Document", "Sentence", "Word", "reading_of"]

SENTENCES = "sentences.tsv"

READINGS = ("stem", "exact", "five", "six")
"""The readings of a word that kzsearch ranks by: as the stem, as written, by its first letters."""

WORDS_AN_ARTICLE = 250
"""An article is full with these; its last sentence carries it to 256 or so."""

REPRINT_EVERY = 20
"""Of the raw articles, one in so many repeats an earlier one."""


class Word(NamedTuple):
    """A word of a query, as written and as its stem."""

    exact: str
    stem: str


class Sentence(NamedTuple):
    """A sentence as it stands, and its words one a position, separated by spaces."""

    text: str
    exact: str
    stem: str

    def words(self) -> list[Word]:
        """The words in order."""
        return [Word(*pair) for pair in zip(self.exact.split(), self.stem.split(), strict=True)]


class Document(NamedTuple):
    """An article as ready tokens: one text for each reading, its tokens between spaces."""

    number: int
    fields: tuple[str, ...]


def reading_of(word: Word, reading: str) -> str:
    """What a word is in a reading; ``""`` where it has none (six letters of a short word)."""
    match reading:
        case "stem":
            return word.stem
        case "exact":
            return word.exact
        case "five":
            return word.exact[:5]
        case _:
            return word.exact[:6] if len(word.exact) >= 6 else ""


@dataclass(frozen=True)
class Corpus:
    """So many articles, drawn by ``seed`` from the sentences in ``folder``."""

    folder: Path
    articles: int
    seed: int = 8

    def key(self) -> str:
        """Tells corpora apart; indexes of the same key hold the same documents."""
        digest = zlib.crc32((self.folder / SENTENCES).read_bytes())
        return f"{self.articles} articles, seed {self.seed}, sentences {digest:08x}"

    def sentences(self) -> Sequence[Sentence]:
        """All sentences, in the order of the file."""
        return _sentences(self.folder / SENTENCES)

    def text_bytes(self) -> int:
        """UTF-8 bytes of the text of all articles."""
        sizes = [len(sentence.text.encode()) + 1 for sentence in self.sentences()]
        return sum(sizes[number] for chosen in self.drawn() for number in chosen)

    def drawn(self) -> Iterator[list[int]]:
        """The numbers of the sentences of each article; a longer corpus begins as a shorter."""
        lengths = [sentence.stem.count(" ") + 1 for sentence in self.sentences()]
        draw = random.Random(self.seed).random  # .random is the same in every Python
        count = len(lengths)
        for _ in range(self.articles):
            chosen: list[int] = []
            words = 0
            while words < WORDS_AN_ARTICLE:
                number = int(draw() * count)
                chosen.append(number)
                words += lengths[number]
            yield chosen

    def documents(self, readings: Sequence[str]) -> Iterator[Document]:
        """The articles as ready tokens, made one at a time."""
        fields = [_in_reading(self.sentences(), reading) for reading in readings]
        for number, chosen in enumerate(self.drawn()):
            texts = (" ".join(filter(None, [field[s] for s in chosen])) for field in fields)
            yield Document(number, tuple(texts))

    def raw_articles(self) -> Iterator[dict[str, str]]:
        """The articles as a newsroom has them: title, paragraphs, day, source, category.

        One in twenty repeats the article before the one before it, in another source, with
        another first sentence.
        """
        sentences = self.sentences()
        before: deque[list[int]] = deque(maxlen=2)
        first_day = dt.date(2020, 1, 1)
        for number, chosen in enumerate(self.drawn()):
            if number % REPRINT_EVERY == REPRINT_EVERY - 1:
                chosen = [*before[0][:1], *chosen[:1], *before[0][1:]]
            before.append(chosen)
            texts = [sentences[s].text for s in chosen]
            paragraphs = (" ".join(texts[at : at + 3]) for at in range(1, len(texts), 3))
            yield {
                "id": f"a{number}",
                "title": texts[0],
                "body": "\n".join(paragraphs),
                "date": (first_day + dt.timedelta(number * 7919 % 2000)).isoformat(),
                "source": f"Дереккөз {number * 31 % 40}",
                "category": f"бөлім {number * 17 % 12}",
                "language": "kk",
            }


@cache
def _sentences(path: Path) -> Sequence[Sentence]:
    with path.open(encoding="utf-8") as lines:
        return [Sentence(*line.rstrip("\n").split("\t")) for line in lines]


def _in_reading(sentences: Sequence[Sentence], reading: str) -> list[str]:
    if reading in ("stem", "exact"):
        return [getattr(sentence, reading) for sentence in sentences]
    return [
        " ".join(filter(None, (reading_of(word, reading) for word in sentence.words())))
        for sentence in sentences
    ]
