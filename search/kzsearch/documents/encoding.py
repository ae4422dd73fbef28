"""Tells the encoding of a file from its beginning, and marks the bytes that break it.

UTF-8 and UTF-16 can be told for certain. Of the one-byte encodings of Cyrillic
the one wins in which the words look most like words (``legibility``): a sentence
is enough, mostly two words are, where statistics of bytes want paragraphs.

Windows-1251 itself lacks the Kazakh letters. Files "in 1251" that have them are
in its Kazakh variant KZ-1048 (STRK1048), which differs only where 1251 has
letters of other languages, so KZ-1048 stands for both.
"""

from __future__ import annotations

import codecs

from kzsearch.errors import DocumentError

__all__ = ["BROKEN_BYTES", "SAMPLE_BYTES", "detect_encoding"]

SAMPLE_BYTES = 1 << 20
"""How much of a file's beginning to hand to ``detect_encoding``."""

BROKEN_BYTES = "kzsearch.broken"
"""Error handler for decoding: what cannot be read becomes a lone surrogate, which is no
character, so that ``Article`` refuses just the record that holds it."""

_MARK = "\udcff"
_CYRILLIC = ["kz1048", "koi8_r", "cp866", "iso8859_5"]
_UPPER_BYTES = b"\x00\x01\x04\x06"  # Latin, Latin with marks, Cyrillic, Arabic
_BEFORE, _RANKED_BYTES = 64, 1 << 13

_NO_WORDS = 6.0
"""Bits a letter of a text that has none: quotation marks and dashes among English words."""

_COMMONEST, _PRIOR = _CYRILLIC[0], 0.3
"""Where one word is all there is: far the most files are in this one."""

_LEGIBLE = 7.0
"""Bits a letter up to which bytes are taken for text."""


def detect_encoding(sample: bytes) -> str:
    """The codec to read a file with that begins with ``sample``.

    Raises DocumentError for what is not text or not in a known encoding.
    """
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if encoding := _utf_16_without_mark(sample):
        return encoding
    if _is_utf_8(sample):
        return "utf-8"
    if b"\0" in sample:
        raise DocumentError("this is not a text file")
    return _one_byte_encoding(sample)


def _mark_broken(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _MARK, error.end


codecs.register_error(BROKEN_BYTES, _mark_broken)


def _utf_16_without_mark(sample: bytes) -> str | None:
    """UTF-16 if nearly every second byte is the upper half of a letter, digit or space."""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        upper = sample[start::2]
        usual = sum(map(upper.count, _UPPER_BYTES))
        if usual * 5 > len(upper) * 4 and _reads_like_text(sample.decode(encoding, BROKEN_BYTES)):
            return encoding
    return None


def _is_utf_8(sample: bytes) -> bool:
    """Whether it is UTF-8, perhaps with a few broken places; the last character may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")(BROKEN_BYTES)
    text = decoder.decode(sample)
    broken = text.count(_MARK)
    return broken == 0 or broken * 10 < sum(not char.isascii() for char in text)


def _one_byte_encoding(sample: bytes) -> str:
    from kzsearch.documents.legibility import bits_per_letter  # slow to load, and seldom needed

    foreign = next(place for place, byte in enumerate(sample) if byte > 127)
    sample = sample[max(foreign - _BEFORE, 0) : foreign + _RANKED_BYTES]
    readings = {encoding: sample.decode(encoding, BROKEN_BYTES) for encoding in _CYRILLIC}
    bits = {encoding: bits_per_letter(text) or _NO_WORDS for encoding, text in readings.items()}
    bits[_COMMONEST] -= _PRIOR
    for encoding in sorted(readings, key=lambda encoding: bits[encoding]):
        if _reads_like_text(readings[encoding]) and bits[encoding] <= _LEGIBLE:
            return encoding
    raise DocumentError("the encoding cannot be recognised: save the file as UTF-8")


def _reads_like_text(text: str) -> bool:
    """Whether nearly all of it is letters, spaces and the like, without control characters."""
    controls = sum(not char.isprintable() and not char.isspace() for char in text)
    wordlike = sum(char.isalnum() or char.isspace() for char in text)
    return controls * 100 <= len(text) and wordlike * 10 >= len(text) * 7
