"""What the titles of a segment offer to complete a query with: kept in its file.

``engine/title_words.py`` prepares a title, ``TitlesWriter`` writes the titles of a segment (a
commit's, or those of merged segments), ``TitlesReader`` reads them, ``Completer`` asks all segments
of a generation. docs/engine.md tells how it is laid out and what it costs.
"""

from kzsearch.engine.local.suggest.completer import Completer
from kzsearch.engine.local.suggest.reader import TitlesReader
from kzsearch.engine.local.suggest.writer import TitlesWriter

__all__ = ["Completer", "TitlesReader", "TitlesWriter"]
