"""What pruning leaves out is never among the first: the same hits as with it switched off."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any as Anything

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import Any, Engine, SearchRequest, Word, open_engine
from kzsearch.engine.local.search import pruning, searcher

COMMON = ["мектеп", "қала", "жаңа"]
RARE = ["алма", "аспан", "бұлт", "өзен"]


def text(draw: random.Random) -> str:
    words = draw.choices(COMMON, [9, 5, 5], k=draw.randint(3, 30))
    words += draw.choices(RARE, k=draw.choice([0, 0, 0, 1, 3]))
    draw.shuffle(words)
    return " ".join(words)


@pytest.fixture(scope="module")
def indexes(
    tmp_path_factory: pytest.TempPathFactory, analyzer: Anything
) -> Callable[[int], Engine]:
    made: dict[int, Engine] = {}

    def index(seed: int) -> Engine:
        if seed not in made:
            draw = random.Random(seed)
            bodies = [text(draw) for _ in range(150)]
            bodies += draw.choices(bodies, k=30)  # near-duplicates
            made[seed] = open_engine(
                tmp_path_factory.mktemp("pruned") / "index", create=True, analyzer=analyzer
            )
            made[seed].add(
                Article(
                    id=f"{number:03}", title=draw.choice(RARE) if number % 9 == 0 else "", body=body
                )
                for number, body in enumerate(bodies)
            )
        return made[seed]

    return index


@settings(deadline=None)
@given(
    st.integers(0, 4),
    st.lists(st.sampled_from(COMMON + RARE), min_size=2, max_size=4, unique=True),
    st.integers(1, 8),
    st.integers(0, 3),
    st.booleans(),
)
def test_the_first_hits_are_the_same(
    indexes: Callable[[int], Engine],
    seed: int,
    words: list[str],
    limit: int,
    offset: int,
    collapse: bool,
) -> None:
    engine = indexes(seed)
    query = Any(tuple(Word(word, (word[:4],)) for word in words))
    request = SearchRequest(query, limit=limit, offset=offset, collapse=collapse)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruning, "_LEAST_POSTINGS", 0)
        patch.setattr(pruning, "_SPARE", 5)
        patch.setattr(pruning, "_REST", 0.6)
        pruned = engine.search(request)
        patch.setattr(searcher, "pruned_scores", lambda *given: None)
        whole = engine.search(request)
    assert pruned.hits == whole.hits
    assert (pruned.total, pruned.facets) == (whole.total, whole.facets)


def test_pruning_happens(indexes: Callable[[int], Engine], monkeypatch: Anything) -> None:
    happened: list[bool] = []
    pruned = pruning.pruned_scores

    def noted(*given: Anything) -> Anything:
        scores = pruned(*given)
        happened.append(scores is not None and bool((scores == pruning.NOT_SCORED).any()))
        return scores

    monkeypatch.setattr(pruning, "_LEAST_POSTINGS", 0)
    monkeypatch.setattr(pruning, "_SPARE", 2)
    monkeypatch.setattr(searcher, "pruned_scores", noted)
    query = Any((Word("мектеп", ("мект",)), Word("аспан", ("аспа",)), Word("бұлт", ("бұлт",))))
    for seed in range(3):
        indexes(seed).search(SearchRequest(query, limit=2))
    assert any(happened)
