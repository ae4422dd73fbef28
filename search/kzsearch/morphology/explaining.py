"""The way from a word to its stem, step by step, as the stemmer walks it: ``analyze_word``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.morphology.analysis import SuffixUse, WordAnalysis, sound_change
from kzsearch.morphology.derivation import derived_from

if TYPE_CHECKING:
    from kzsearch.morphology.automaton import Chain
    from kzsearch.morphology.stemmer import Stemmer

__all__ = ["explain"]


def explain(stemmer: Stemmer, word: str) -> WordAnalysis:
    """The analysis behind the stem of a word in small letters."""
    final = stemmer.stem(word)
    suffixes: tuple[SuffixUse, ...] = ()
    changes: list[str] = []
    reasons: list[str] = []
    rest = word
    while rest != final or not reasons:
        step = _step(stemmer, rest)
        suffixes = step.suffixes + suffixes
        changes += step.changes
        reasons.append(step.reason)
        rest = step.stem
    reason = ", then ".join(dict.fromkeys(reasons))
    derivation = derived_from(final, stemmer.lexicon)
    return WordAnalysis(word, final, suffixes, tuple(changes), reason, derivation)


def _step(stemmer: Stemmer, word: str) -> WordAnalysis:
    """One step of ``Stemmer.cut`` with its reasons."""
    if word in stemmer.fixed:
        return _bare(word, stemmer.fixed[word], "irregular or protected word")
    if stemmer.is_plain(word):
        return _plain_step(stemmer, word)
    if not (joined := stemmer.joined(word)):
        return _bare(word, word, "not a Kazakh word, left as it is")
    head, tail = joined
    if tail in stemmer.particles:
        return _bare(word, stemmer.cut(head), f"particle -{tail} dropped")
    if stemmer.cutter.root(word) in stemmer.lexicon.roots:
        return _plain_step(stemmer, word)
    if stemmer.is_ending(head, tail):
        suffixes = _uses(stemmer.cutter.ending(tail) or ())
        return WordAnalysis(word, head, suffixes, (), f"ending -{tail} cut at the hyphen", None)
    last = _step(stemmer, tail)
    stem = f"{head}-{last.stem}"
    return WordAnalysis(word, stem, last.suffixes, last.changes, "last part cut", None)


def _plain_step(stemmer: Stemmer, word: str) -> WordAnalysis:
    best = stemmer.cutter.best(word)
    root = stemmer.roots.get(best.root, best.root)
    suffixes = _uses(best.ending.chain if best.ending else ())
    change = sound_change(best.repair, best.written, best.root)
    changes = [change] if change else []
    if root != best.root:
        changes.append(f"{best.root} is a form of {root}")
    parts, nouns, verbs = stemmer.lexicon.evidence(best.root)
    if parts:
        reason = f"{best.root} is in the lexicon ({parts})"
    elif nouns or verbs:
        reason = f"{best.root} was seen in text with many endings"
    else:
        reason = "the most usual reading of these letters"
    return WordAnalysis(word, root, suffixes, tuple(changes), reason, None)


def _uses(chain: Chain) -> tuple[SuffixUse, ...]:
    return tuple(SuffixUse(part.form, part.gloss, part.layer) for part in chain)


def _bare(word: str, stem: str, reason: str) -> WordAnalysis:
    return WordAnalysis(word, stem, (), (), reason, None)
