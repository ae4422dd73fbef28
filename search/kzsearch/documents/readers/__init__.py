"""One reader for each kind of file, and the choice between them."""

from kzsearch.documents.readers.choose import has_known_suffix, reader_for

__all__ = ["has_known_suffix", "reader_for"]
