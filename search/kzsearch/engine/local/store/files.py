"""Writing files so that a power cut leaves either the old or the new state.

Whoosh never calls fsync, and a rename is only durable once its directory is
synced too. Every durable step of the engine goes through these few functions,
so that a test can fail each of them in turn.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from kzsearch.errors import IndexWriteError

__all__ = [
    "bytes_digest",
    "file_digest",
    "link_tree",
    "make_directory",
    "remove_tree",
    "sync_directory",
    "sync_file",
    "sync_tree",
    "unfinished",
    "write_atomically",
    "writing_to",
]

DIGEST_BYTES = 16


def sync_file(path: Path) -> None:
    """Force a file's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(path: Path) -> None:
    """Force a directory's entries (creations, renames) to the disk."""
    sync_file(path)


def sync_tree(directory: Path) -> None:
    """Sync every file of a flat directory, then the directory itself."""
    for path in sorted(directory.iterdir()):
        sync_file(path)
    sync_directory(directory)


def unfinished(path: Path) -> Path:
    """Where ``write_atomically`` writes what a file is to hold."""
    return path.with_name(path.name + ".tmp")


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file: after a crash it holds either its old bytes or all of ``data``."""
    temporary = unfinished(path)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_directory(path.parent)


def make_directory(path: Path) -> None:
    """Make a directory, and those above it that are missing, so that a power cut keeps them."""
    missing = []
    while not path.is_dir():
        missing.append(path)
        path = path.parent
    for directory in reversed(missing):
        directory.mkdir(exist_ok=True)
        sync_directory(directory.parent)


def link_tree(source: Path, target: Path) -> None:
    """Give every file of a directory a second name in a new one, or copy it if need be."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            link_tree(path, target / path.name)
            continue
        try:
            os.link(path, target / path.name)
        except OSError:
            import shutil

            shutil.copy2(path, target / path.name)
    sync_directory(target)


def remove_tree(path: Path) -> None:
    """Remove what nothing refers to, a directory or file; what cannot be now stays garbage."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def bytes_digest(data: bytes) -> str:
    """BLAKE2b digest of some bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def file_digest(path: Path) -> str:
    """BLAKE2b digest of a file, in hexadecimal."""
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


@contextlib.contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn an operating system error met while writing into one clear sentence.

    Raises IndexWriteError.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        advice = {
            errno.ENOSPC: "free some space and run the command again",
            errno.EDQUOT: "free some space and run the command again",
            errno.EACCES: "check who owns the directory and its permissions",
            errno.EPERM: "check who owns the directory and its permissions",
            errno.EROFS: "choose a directory that can be written to",
        }.get(error.errno or 0, "mend that and run the command again")
        raise IndexWriteError(
            f"The index at {path} could not be written ({reason}); "
            f"nothing committed before was lost: {advice}."
        ) from error
