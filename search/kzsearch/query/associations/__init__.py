"""Words that articles on the same matter tend to hold: егемендік beside тәуелсіздік.

Who asks in other words than the article uses is helped by them: they add a little score to
articles that hold the words asked for, and never make an article match by themselves.
"""

from kzsearch.query.associations.archive import learn_associations
from kzsearch.query.associations.learning import Learner
from kzsearch.query.associations.table import (
    OWN_FILE,
    Associations,
    Related,
    merged,
    own_associations,
    related_to,
    shipped_associations,
    write_associations,
)

__all__ = [
    "OWN_FILE",
    "Associations",
    "Learner",
    "Related",
    "learn_associations",
    "merged",
    "own_associations",
    "related_to",
    "shipped_associations",
    "write_associations",
]
