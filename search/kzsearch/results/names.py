"""Names in texts: two or three words side by side that begin with a capital within a sentence.

A sentence begins with a capital whatever its first word is, so what stands there is only taken for
a part of a name where the same words stand within a sentence, too. Page furniture holds none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kzsearch.documents.article import Article
from kzsearch.documents.furniture import furniture_spans

__all__ = ["Name", "names_in"]

_CYRILLIC, _LATIN = "А-ЯЁӘҒҚҢӨҰҮҺІ", "A-ZÁÄĞǴÏİŃÑÓÖŞŪÚÜÝ"
_UPPER = _CYRILLIC + _LATIN
_WORD = rf"[{_UPPER}](?=[^{_UPPER}\s])[\w’'ʼ-]+"  # no acronym
_RUN = re.compile(rf"(?<![\w-]){_WORD}(?: {_WORD})+")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?…:;\n])[\s«»“”\"(–—•-]*\Z")
_GAP = 8
"""Code points that are looked at before a run."""

_LONGEST = 3
"""Words of a name at most: «Мәулен Сағатханұлы Әшімбаев»."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is shown, its words in small letters, and how many articles have it.

    stems: its words without endings. words: these, and with every ending that was met.
    """

    text: str
    stems: frozenset[str]
    words: frozenset[str]
    articles: int


def names_in(articles: Iterable[Article], stem_of: Callable[[str], str], least: int) -> list[Name]:
    """The names that ``least`` of the articles have, most first, ties by text.

    stem_of: a word without its endings, in small letters.
    """
    forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    holders: defaultdict[Key, set[int]] = defaultdict(set)
    for number, article in enumerate(articles):
        for text in _names(article):
            *before, last = text.casefold().split()
            key = (*before, stem_of(last))
            forms[key][text] += 1
            holders[key].add(number)
    for key, other in _joined(forms).items():
        forms[other] += forms.pop(key)
        holders[other] |= holders.pop(key)
    found = [
        Name(
            _shown(forms[key]),
            frozenset(key),
            frozenset([*key, *(word for text in forms[key] for word in text.casefold().split())]),
            len(holding),
        )
        for key, holding in holders.items()
        if len(holding) >= least
    ]
    return sorted(_whole(found), key=lambda name: (-name.articles, name.text))


def _joined(forms: Mapping[Key, Counter[str]]) -> dict[Key, Key]:
    """Which names another one shows to be the same, and that one.

    Alone «Ахметов» may be taken for a form of «ахмет», while «Ахметовтің» is one of «ахметов».
    """
    bare: dict[Key, Key] = {}
    for key in sorted(forms):
        for text in forms[key]:
            bare.setdefault((*key[:-1], text.casefold().split()[-1]), key)
    found = {key: bare[key] for key in forms if bare.get(key, key) != key}
    return {key: other for key, other in found.items() if other not in found}


def _shown(forms: Counter[str]) -> str:
    """The form that all others begin with, if there is one, else the commonest."""
    shortest = min(forms, key=lambda text: (len(text), text))
    if all(text.startswith(shortest) for text in forms):
        return shortest
    return min(forms, key=lambda text: (-forms[text], len(text), text))


def _whole(names: list[Name]) -> Iterator[Name]:
    """Of a name and a longer one that holds it, the longer where it is nearly as frequent."""
    for name in names:
        longer = max((each.articles for each in names if name.stems < each.stems), default=0)
        shorter = max((each.articles for each in names if name.stems > each.stems), default=0)
        if 2 * longer < name.articles and shorter <= 2 * name.articles:
            yield name


def _names(article: Article) -> Iterator[str]:
    """The names of a title and a body, each as often as it stands there."""
    spans = furniture_spans(article.body)
    starts = [start for start, _ in spans]
    yield from (text for _, text in _runs(article.title))
    for at, text in _runs(article.body):
        place = bisect_right(starts, at) - 1
        if place < 0 or at >= spans[place][1]:
            yield text


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """Each run of words with capitals and where it begins; no sentence's first word is in one."""
    for match in _RUN.finditer(text):
        words = match[0].split(" ")
        start = match.start()
        if _BEGINS_SENTENCE.search(text, max(0, start - _GAP), start):
            start += len(words[0]) + 1
            del words[0]
        if 2 <= len(words) <= _LONGEST:
            yield start, " ".join(words)
