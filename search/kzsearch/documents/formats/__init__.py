"""The formats: one module each, and the choice between them.

A reader is a module (or any object) with the members of ``Reader``, registered as an entry point
of the group ``kzsearch.readers``; kzsearch's own are registered the same way.
"""

from kzsearch.documents.formats.choose import choose_reader
from kzsearch.documents.formats.seam import Reader

__all__ = ["Reader", "choose_reader"]
