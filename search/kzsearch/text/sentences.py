"""Where sentences begin and end, for snippets and for reading language in context.

A line break ends a sentence, unless it breaks a word. A full stop does not when it belongs to an
abbreviation (``млн.``), an initial (``Қ. К. Тоқаев``), a number that opens a list, or when the
sentence goes on in small letters or with the reporting clause of direct speech
(``«Неге?» – деді ол``). Offsets are those of the text handed in, which need not be normalised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzsearch.text.data_files import rows
from kzsearch.text.folding import fold
from kzsearch.text.gaps import is_gap

__all__ = ["each_sentence", "sentence_spans"]

_LINE_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_STOP = re.compile(
    r"(?P<mark>[.!?…؟۔]+)(?P<closing>[»\"”’')\]]*)(?P<gap>\s*)"
    rf"|(?P<line>[{_LINE_BREAKS}]+)"
)
_DASHES = "-‐‑‒–—―"
_GOES_ON = re.compile(rf"[{_DASHES}]\s*(?P<next>\w)|(?P<comma>[,;:])")
_WORD_BEFORE = re.compile(r"(?<![\w.])[\w.]{1,12}\Z")
_LONGEST_ABBREVIATION = 14  # code points looked at before a full stop
_FORGOTTEN_SPACE = re.compile(r"[а-яёәғқңөұүһі]{2}[.!?…]+[»\"”]*[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]")

_ABBREVIATIONS = {abbreviation: kind for abbreviation, kind, _ in rows("abbreviations")}


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences, in order, without the white space between them.

    Every character that is not white space lies in exactly one span. Linear time.
    """
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[tuple[int, int]]:
    """The spans of ``sentence_spans`` one by one, for who needs but the first."""
    start = 0
    for match in _STOP.finditer(text):
        line = match.lastgroup == "line"
        if not is_gap(text, match.start()) if line else _ends_sentence(match, start):
            end = match.start() if line else match.end("closing")
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    stop = end - (len(piece) - len(piece.rstrip()))
    if begin < stop:
        yield begin, stop


def _ends_sentence(match: re.Match[str], sentence_start: int) -> bool:
    text, end, gap = match.string, match.end(), match["gap"]
    if end == len(text) or any(character in _LINE_BREAKS for character in gap):
        return True
    if not gap:
        return _FORGOTTEN_SPACE.match(text, max(match.start() - 2, 0)) is not None
    going_on = _GOES_ON.match(text, end)
    if going_on:
        return not (going_on["comma"] or going_on["next"].islower())
    if text[end].islower():
        return False
    if match["mark"] != "." or match["closing"]:
        return True
    return not _is_abbreviated(text, match.start(), sentence_start)


def _is_abbreviated(text: str, stop: int, sentence_start: int) -> bool:
    """Whether the full stop at ``stop`` belongs to the word before it."""
    start = max(stop - _LONGEST_ABBREVIATION, sentence_start)
    before = _WORD_BEFORE.search(text[start:stop])
    if before is None:
        return False
    word = before[0]
    if word.isdigit():
        return text[sentence_start:stop].strip() == word
    last = word.rpartition(".")[2]
    if len(last) == 1 and last.isupper():
        return True
    return _ABBREVIATIONS.get(fold(word)) == "bound"
