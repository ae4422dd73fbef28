"""Words that articles on the same matter tend to hold: егемендік beside тәуелсіздік.

Who asks in other words than the article uses is helped by them: they add a little score to
articles that hold the words asked for, and never make an article match by themselves.
"""

from kzsearch.query.associations.archive import learn_associations
from kzsearch.query.associations.learning import Learner
from kzsearch.query.associations.table import (
    OWN_TABLE,
    Associations,
    Related,
    associations_text,
    merged,
    own_associations,
    related_to,
    shipped_associations,
)

__all__ = [
    "OWN_TABLE",
    "Associations",
    "Learner",
    "Related",
    "associations_text",
    "learn_associations",
    "merged",
    "own_associations",
    "related_to",
    "shipped_associations",
]
