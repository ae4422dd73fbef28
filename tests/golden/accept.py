"""Rewrite known_wrong.tsv from what the stemmer gives now: ``python tests/golden/accept.py``.

Reasons already written are kept; a new entry gets the kind of its error as its reason, to be
replaced by a better one. Read the diff before committing it: this file only records the truth.
"""

from __future__ import annotations

from pathlib import Path

from kzsearch.morphology import stem

HERE = Path(__file__).parent
HEAD = """\
# Golden forms the stemmer still gets wrong: honest expected failures (see test_golden.py).
# Written by accept.py; the reasons may be bettered by hand. Licence: MIT.
form\tright\tgiven\twhy
"""


def rows(name: str) -> list[list[str]]:
    """The rows of a table beside this file, without comments, blank lines and header."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def kind(form: str, right: str, given: str) -> str:
    """What sort of error it is, in a few words."""
    if given == form:
        return "left whole"
    if right.startswith(given):
        return "cut too deep: the end of the root looks like a suffix"
    if given.startswith(right):
        return "a suffix is left on the root"
    return "taken for a form of another root"


def main() -> None:
    """Write the list anew."""
    reasons = {form: why for form, _, _, why in rows("known_wrong.tsv")}
    wrong = [(form, right, stem(form)) for form, right in rows("words.tsv")]
    lines = (
        f"{form}\t{right}\t{given}\t{reasons.get(form) or kind(form, right, given)}\n"
        for form, right, given in wrong
        if given != right
    )
    (HERE / "known_wrong.tsv").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
