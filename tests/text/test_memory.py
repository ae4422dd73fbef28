from __future__ import annotations

from kzsearch.text.memory import remember


def test_a_short_text_is_worked_out_once_and_a_giant_each_time() -> None:
    asked = []

    @remember
    def length(text: str, unit: int = 1) -> int:
        asked.append((text[:5], unit))
        return len(text) // unit

    giant = "а" * 100_000
    assert [length("мектеп"), length("мектеп"), length("мектеп", 2)] == [6, 6, 3]
    assert [length(giant), length(giant)] == [100_000, 100_000]
    assert asked == [("мекте", 1), ("мекте", 2), ("ааааа", 1), ("ааааа", 1)]
