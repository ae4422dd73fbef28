"""Russian words of a query in Kazakh, so that they find Kazakh articles.

Who reads Kazakhstan's news in two languages types in either. A Russian query finds Russian
articles by its own words, and Kazakh ones by what this package reads into them.
"""

from kzsearch.query.translation.expander import TranslationExpander
from kzsearch.query.translation.translations import Translations, merged, shipped_translations
from kzsearch.query.translation.translator import Translation, Translator

__all__ = [
    "Translation",
    "TranslationExpander",
    "Translations",
    "Translator",
    "merged",
    "shipped_translations",
]
