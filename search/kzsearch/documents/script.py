"""Which script an article is written in, decided in one place for indexing and showing."""

from __future__ import annotations

from kzsearch.documents.article import Article
from kzsearch.text.memory import remember
from kzsearch.text.scripts import Script, detect_script, is_bare_kazakh

__all__ = ["article_script"]


def article_script(article: Article) -> Script:
    """The script of an article, from title and body together: a title alone tells too little.

    CYRILLIC for Cyrillic of any language, CYRILLIC_BARE for Kazakh typed without its letters,
    OTHER for what is neither Cyrillic nor Kazakh.
    """
    return _script_of(f"{article.title}\n{article.body}")


@remember
def _script_of(text: str) -> Script:
    script = detect_script(text).script
    bare = script is Script.CYRILLIC and is_bare_kazakh(text)
    return Script.CYRILLIC_BARE if bare else script
