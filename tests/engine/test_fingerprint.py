from __future__ import annotations

from rensa import RMinHash

from kzsearch.engine.fingerprint import BANDS, FIRST_NUMBER, MIN_WORDS
from kzsearch.engine.local.duplicates import take_fingerprint

WORDS = "сенат төраға италия президент кездес екі ел сауда 25 пайыз өс".split()  # noqa: SIM905


def test_the_same_words_give_the_same_fingerprint() -> None:
    assert take_fingerprint(WORDS) == take_fingerprint(list(WORDS))


def test_another_order_is_another_text() -> None:
    one, other = take_fingerprint(WORDS), take_fingerprint(WORDS[::-1])
    assert one
    assert other
    assert one.key != other.key
    assert one.codes != other.codes


def test_a_text_of_a_few_words_has_none() -> None:
    assert take_fingerprint(WORDS[: MIN_WORDS - 1]) is None
    assert take_fingerprint(WORDS[:MIN_WORDS]) is not None
    assert take_fingerprint([]) is None


def test_a_word_takes_a_byte_and_a_number_two() -> None:
    found = take_fingerprint(WORDS)
    assert found
    assert len(found.codes) == len(WORDS) + 1
    numbers = [place for place, code in enumerate(found.codes) if code >= FIRST_NUMBER]
    assert numbers == [WORDS.index("25"), WORDS.index("25") + 1]


def test_texts_much_alike_share_bands_and_others_do_not() -> None:
    long = [f"сөз{chr(ord('а') + n % 30)}{chr(ord('а') + n // 30)}" for n in range(200)]
    changed = [word if n % 10 else "басқа" for n, word in enumerate(long)]
    whole, near, far = map(take_fingerprint, (long, changed, long[::-1]))
    assert whole
    assert near
    assert far
    assert len(set(whole.bands)) == BANDS
    assert set(whole.bands) & set(near.bands)
    assert not set(whole.bands) & set(far.bands)


def test_fingerprints_on_disk_stay_comparable() -> None:
    """When this fails after an update of rensa, raise FORMAT_VERSION: old bands mean nothing."""
    found = take_fingerprint(WORDS)
    assert found
    assert RMinHash.ALGORITHM_VERSION == 2
    assert found.key == 6931766385008546509
    assert list(found.bands[:3]) == [422508226, 83949023, 2765679157]
