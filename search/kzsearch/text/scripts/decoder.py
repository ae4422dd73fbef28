"""The likeliest Cyrillic spellings of a word in another script.

A beam search over the word from left to right: each grapheme is tried in each of its readings,
the letter model prices the letters that come out, and only the best few beginnings go on. Time is
linear in the length of the word.
"""

from __future__ import annotations

from dataclasses import dataclass

from kzsearch.text.scripts.alphabets import Alphabet
from kzsearch.text.scripts.hamza import hamza_price
from kzsearch.text.scripts.letter_model import BEGIN, END, letter_model
from kzsearch.text.scripts.script import Script

__all__ = ["Spelling", "decode"]

_LONGEST = 64
"""Letters; a longer run is no word, and is not decoded."""

Piece = tuple[int, int]
"""Letters read, and letters written for them."""

_Path = tuple[float, str, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to spell a word in Cyrillic.

    text: the word in small Cyrillic letters.
    bits: its price: the lower, the likelier.
    pieces: for each grapheme its length and the number of letters written for it.
    """

    text: str
    bits: float
    pieces: tuple[Piece, ...]


def decode(word: str, alphabet: Alphabet, width: int) -> list[Spelling]:
    """Up to ``width`` spellings of a folded word, likeliest first.

    Empty if a letter is not in the alphabet, if nothing is left to spell, or if the word is
    longer than any word is. The order depends on nothing but the arguments.
    """
    if len(word) > _LONGEST or not alphabet.letters.issuperset(word):
        return []
    model = letter_model()
    reach = model.context
    paths: list[dict[str, _Path]] = [{} for _ in range(len(word) + 1)]
    paths[0][BEGIN] = (0.0, BEGIN, ())
    for at in range(len(word)):
        best = sorted(paths[at].values())[:width]
        for length in range(1, min(alphabet.longest, len(word) - at) + 1):
            readings = alphabet.graphemes.get(word[at : at + length])
            if readings is None:
                continue
            ahead = paths[at + length]
            for letters, extra in readings:
                piece = (length, len(letters))
                for bits, text, pieces in best:
                    bits += extra
                    for letter in letters:
                        bits += model.price(text[-reach:] + letter)
                        text += letter
                    if text not in ahead or bits < ahead[text][0]:
                        ahead[text] = (bits, text, (*pieces, piece))
    arabic = alphabet.script is Script.ARABIC
    spellings = []
    for bits, text, pieces in sorted(paths[-1].values())[:width]:
        spelled = text[len(BEGIN) :]
        bits += model.price(text[-reach:] + END)
        if arabic:
            bits += hamza_price(word, spelled)
        if spelled:
            spellings.append(Spelling(spelled, bits, pieces))
    return sorted(spellings, key=lambda spelling: (spelling.bits, spelling.text))
