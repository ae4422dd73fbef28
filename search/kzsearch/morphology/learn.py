"""Learning roots from text: a word seen with many different endings is a root.

Every word form of the text is analysed in all ways, each way counts by how believable the scorer
finds it, and each root adds up with how many different endings it was seen, as a noun and as a
verb. Nothing else of the text is kept. The same routine made ``data/learned_roots.tsv`` from
openly licensed text and learns a user's own archive, names first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import exp
from pathlib import Path
from typing import NamedTuple

from kzsearch.errors import KzsearchError
from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.stemmer import shipped_stemmer
from kzsearch.morphology.tables import NOUN, VERB
from kzsearch.morphology.user_words import LEARNED, user_file
from kzsearch.text import Language, TokenKind, fold, label_languages, tokenize

__all__ = [
    "LearnedRoot",
    "collect_words",
    "keep_roots",
    "learn_archive",
    "learn_roots",
    "table_of_roots",
]

_LONGEST_WORD = 40  # letters; longer strings are no words to learn from
_SHORTEST_ROOT = 3  # letters; all shorter roots are listed, the rest are accidents
_FEWEST_ENDINGS = 1.5
_DOUBT = 3.0  # a new root must be twenty times as believable as a form of a listed one


class LearnedRoot(NamedTuple):
    """What text says about a root.

    nouns, verbs: expected number of different noun and verb endings it was seen with.
    """

    nouns: float
    verbs: float


def collect_words(texts: Iterable[str]) -> set[str]:
    """The plain Kazakh word forms of some texts, in small letters."""
    words: set[str] = set()
    for text in texts:
        tokens = tokenize(text)
        for token, language in zip(tokens, label_languages(tokens), strict=True):
            if language is Language.KAZAKH and token.kind is TokenKind.WORD:
                words.add(fold(token.text))
    return words


def learn_roots(words: Iterable[str], cutter: Cutter) -> dict[str, LearnedRoot]:
    """The roots of some word forms, as the cutter sees them.

    A form that may be one of a listed root says nothing about new ones. Left out are roots hardly
    seen and what is no news: listed roots, what they are written as before a suffix (қауп of
    қауіп), and words that read well as a form of one (қолдау of қолда).
    """
    endings: dict[str, dict[str, float]] = {NOUN: defaultdict(float), VERB: defaultdict(float)}
    shortened: set[str] = set()  # what listed roots are written as before some suffixes
    for word in sorted(words):
        if not (word.isalpha() and _SHORTEST_ROOT <= len(word) <= _LONGEST_WORD):
            continue
        found = cutter.cuts(word)
        top = max(candidate.score for candidate in found)
        listed = [one for one in found if cutter.lexicon.is_listed(one.root)]
        shortened.update(one.written for one in listed if one.root != one.written)
        if any(one.score > top - _DOUBT for one in listed):
            continue
        shares = [exp(candidate.score - top) for candidate in found]
        total = sum(shares)
        for candidate, share in zip(found, shares, strict=True):
            if candidate.ending is not None:
                endings[candidate.ending.root][candidate.root] += share / total
    nouns, verbs = endings[NOUN], endings[VERB]
    learned = {
        root: LearnedRoot(nouns.get(root, 0.0), verbs.get(root, 0.0))
        for root in sorted((nouns.keys() | verbs.keys()) - shortened)
    }
    return {
        root: seen
        for root, seen in learned.items()
        if len(root) >= _SHORTEST_ROOT
        and seen.nouns + seen.verbs >= _FEWEST_ENDINGS
        and _is_news(root, cutter)
    }


def _is_news(root: str, cutter: Cutter) -> bool:
    """Whether a root is not listed, nor well read as a form of a listed root (қолдау of қолда)."""
    whole, *cuts = cutter.cuts(root)
    return not cutter.lexicon.is_listed(root) and not any(
        cut.score > whole.score - _DOUBT and cutter.lexicon.is_listed(cut.root) for cut in cuts
    )


def learn_archive(texts: Iterable[str]) -> dict[str, LearnedRoot]:
    """The roots of a user's own texts.

    Found with the stemmer as it ships, so that they hang on nothing but the texts.
    """
    return learn_roots(collect_words(texts), shipped_stemmer().cutter)


def keep_roots(roots: Mapping[str, LearnedRoot], path: Path | None = None) -> Path:
    """Write the roots of a user's own texts, for the stemmer to use from the next start.

    path: where to keep them, by default where the stemmer looks (``user_words.py``).
    Returns where they are. Raises KzsearchError if they cannot be written.
    """
    path = path or Path(user_file(LEARNED))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table_of_roots(roots), encoding="utf-8")
    except OSError as error:
        raise KzsearchError(f"{path} cannot be written: {error.strerror or error}.") from None
    return path


def table_of_roots(roots: Mapping[str, LearnedRoot], source: str = "the user's own archive") -> str:
    """Learned roots as the text of a table.

    source: the texts they come from and their licence, one line.
    """
    lines = [
        f"# Roots seen in text with several endings (learn.py). Texts: {source}.",
        "root\tnouns\tverbs",
        *(f"{root}\t{round(n)}\t{round(v)}" for root, (n, v) in sorted(roots.items())),
    ]
    return "\n".join(lines) + "\n"
