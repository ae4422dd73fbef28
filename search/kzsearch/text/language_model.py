"""How Russian or Kazakh a single word looks, by its letters alone.

The model file holds the weight of letter patterns and of frequent words, learned by
``training/language_model.py`` from openly licensed text. Many words look like both
(``адам``, ``мая``, ``президент``): for them the answer is near zero and the neighbours decide.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kzsearch.text.data_files import table_lines

__all__ = ["patterns", "russian_log_odds"]

_LONGEST_PATTERN = 4


def patterns(word: str) -> list[str]:
    """What the model knows a folded word by: its letter patterns, the word, and the bias."""
    framed = f"^{word}$"
    found = ["", framed]
    for length in range(2, _LONGEST_PATTERN + 1):
        found += [framed[at : at + length] for at in range(len(framed) - length + 1)]
    return found if len(framed) > _LONGEST_PATTERN else list(dict.fromkeys(found))


@lru_cache(maxsize=1 << 16)
def russian_log_odds(word: str) -> float:
    """Log odds that a folded Cyrillic word is Russian rather than Kazakh, both equally likely."""
    weights = _weights()
    return sum(int(weights.get(pattern, 0)) / 100 for pattern in patterns(word))


@cache
def _weights() -> dict[str, str]:
    """The weights as they stand in the file; few of them are needed."""
    cells = "\t".join(table_lines("kzsearch.text", "language_model.tsv")).split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))
