"""What is learned from texts alone."""

from __future__ import annotations

import random

from kzsearch.query.associations import Associations, Learner

SUBJECTS = {
    "су": ["өзен", "көл", "теңіз", "тасқын", "бөгет", "арна"],
    "спорт": ["доп", "гол", "матч", "ойыншы", "бапкер", "кубок"],
}


def learned(ignored: frozenset[str] = frozenset()) -> Associations:
    """From sentences each of which is about one subject."""
    chance = random.Random(1)
    learner = Learner(ignored)
    for _ in range(400):
        words = SUBJECTS[chance.choice(list(SUBJECTS))]
        learner.take(["және", *chance.sample(words, 4), "2025"])
    return learner.learn()


def test_words_of_one_subject_are_related() -> None:
    related = learned(frozenset({"және"}))
    for words in SUBJECTS.values():
        for word in words:
            nearest = [other for other, _ in related[word][:3]]
            assert set(nearest) < set(words)


def test_ignored_words_and_numbers_are_nobodys_relatives() -> None:
    related = learned(frozenset({"және"}))
    everyone = related.keys() | {other for row in related.values() for other, _ in row}
    assert everyone == {word for words in SUBJECTS.values() for word in words}


def test_learning_is_deterministic() -> None:
    assert learned() == learned()


def test_too_little_text_teaches_nothing() -> None:
    learner = Learner()
    assert learner.learn() == {}
    learner.take(["су", "өзен"])
    assert learner.learn() == {}
