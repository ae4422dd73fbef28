"""The engine room: articles in, found articles out, safely kept on disk.

``open_engine`` opens an index; ``rebuild`` makes one anew from its stored
articles; ``verify`` says what is damaged. docs/engine.md tells how it works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.engine.interface import (
        AddReport,
        Damage,
        Engine,
        EngineHit,
        EngineResult,
        Facets,
        IndexStats,
        PhraseCount,
        Progress,
        ScorePart,
        SearchRequest,
        Sort,
        TermCount,
    )
    from kzsearch.engine.nodes import (
        All,
        Any,
        DateRange,
        Everything,
        Keyword,
        KeywordField,
        Node,
        Not,
        Nothing,
        Phrase,
        Prefix,
        TextField,
        Word,
    )
    from kzsearch.engine.opening import open_engine, rebuild, verify

__all__ = [
    "AddReport",
    "All",
    "Any",
    "Damage",
    "DateRange",
    "Engine",
    "EngineHit",
    "EngineResult",
    "Everything",
    "Facets",
    "IndexStats",
    "Keyword",
    "KeywordField",
    "Node",
    "Not",
    "Nothing",
    "Phrase",
    "PhraseCount",
    "Prefix",
    "Progress",
    "ScorePart",
    "SearchRequest",
    "Sort",
    "TermCount",
    "TextField",
    "Word",
    "open_engine",
    "rebuild",
    "verify",
]

__getattr__ = names_of(
    __name__,
    {
        "AddReport": "interface",
        "All": "nodes",
        "Any": "nodes",
        "Damage": "interface",
        "DateRange": "nodes",
        "Engine": "interface",
        "EngineHit": "interface",
        "EngineResult": "interface",
        "Everything": "nodes",
        "Facets": "interface",
        "IndexStats": "interface",
        "Keyword": "nodes",
        "KeywordField": "nodes",
        "Node": "nodes",
        "Not": "nodes",
        "Nothing": "nodes",
        "Phrase": "nodes",
        "PhraseCount": "interface",
        "Prefix": "nodes",
        "Progress": "interface",
        "ScorePart": "interface",
        "SearchRequest": "interface",
        "Sort": "interface",
        "TermCount": "interface",
        "TextField": "nodes",
        "Word": "nodes",
        "open_engine": "opening",
        "rebuild": "opening",
        "verify": "opening",
    },
)
