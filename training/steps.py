"""What is learned, in which order, from what, and into which data files.

The header of every learned file names its inputs, each with a digest of what it held when the file
was made: ``# input: corpora/sentences_tv_news.txt 0b1c…``. So anyone can tell whether a file is
still what ``./kz train`` would make; ``tests/training`` does.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "search/kzsearch"
MARK = "# input: "
DIGITS = 12  # of a digest: enough to tell versions of a file apart
SENTENCES = ("corpora/sentences_open.tsv", "corpora/sentences_tv_news.txt")
PAIRS = "corpora/parallel_kk_ru.tsv"
ROOTS = (f"{PACKAGE}/morphology/data/roots_*.tsv", f"{PACKAGE}/morphology/data/irregular_roots.tsv")
MORPHOLOGY = f"{PACKAGE}/morphology/data/*.tsv"
LANGUAGE_MODEL = f"{PACKAGE}/text/data/language_model.tsv"
STOP_WORDS = f"{PACKAGE}/query/data/stopwords.tsv"


@dataclass(frozen=True)
class Step:
    """One learning script and its files.

    name: of the script beside this file.
    shared: inputs in the shared folder, as patterns of file names below it.
    own: inputs in this project, as patterns below its root, learned files of earlier steps too.
    packages: installed packages whose data are an input.
    outputs: the files written, below the project's root.
    """

    name: str
    shared: tuple[str, ...]
    own: tuple[str, ...]
    outputs: tuple[str, ...]
    packages: tuple[str, ...] = ()


STEPS = (
    Step(
        "language_model",
        shared=(*SENTENCES, PAIRS),
        own=(),
        outputs=(LANGUAGE_MODEL,),
        packages=("pymorphy3-dicts-ru",),
    ),
    Step(
        "letter_model",
        shared=(*SENTENCES, PAIRS),
        own=(
            *ROOTS,
            f"{PACKAGE}/text/scripts/data/names.tsv",
            f"{PACKAGE}/text/scripts/data/name_elements.tsv",
            f"{PACKAGE}/text/scripts/data/loans.tsv",
        ),
        outputs=(f"{PACKAGE}/text/scripts/data/letter_model.tsv.gz",),
    ),
    Step(
        "stemmer",
        shared=(
            "eval/stemming/gold/dev/*.tsv",
            *SENTENCES,
            PAIRS,
            "eval/relevance/kazqad/documents.jsonl",
            "eval/relevance/akorda/documents.jsonl",
        ),
        own=(MORPHOLOGY, LANGUAGE_MODEL),
        outputs=(
            f"{PACKAGE}/morphology/data/learned_roots.tsv",
            f"{PACKAGE}/morphology/data/weights.tsv",
        ),
    ),
    Step(
        "translations",
        shared=(PAIRS, "reference/names/cldr_territories_kk_ru_en.tsv"),
        own=(MORPHOLOGY, STOP_WORDS),
        outputs=(
            f"{PACKAGE}/query/translation/data/learned.tsv",
            f"{PACKAGE}/query/translation/data/territories.tsv",
        ),
        packages=("pymorphy3-dicts-ru",),
    ),
    Step(
        "associations",
        shared=SENTENCES,
        own=(MORPHOLOGY, LANGUAGE_MODEL, STOP_WORDS),
        outputs=(f"{PACKAGE}/query/associations/data/associations.tsv",),
    ),
)
"""In order: a step may need what those before it wrote."""


def header_lines(name: str, shared: Path) -> str:
    """The lines of a header that name the inputs of a step with their digests."""
    step = next(step for step in STEPS if step.name == name)
    found = {**own_inputs(step), **shared_inputs(step, shared)}
    return "".join(f"{MARK}{pattern} {digest}\n" for pattern, digest in found.items())


def own_inputs(step: Step) -> dict[str, str]:
    """The inputs of a step that every checkout has, each with its digest or version.

    What the step itself writes is no input of it.
    """
    found = {pattern: _digest(ROOT, pattern, step.outputs) for pattern in step.own}
    return found | {package: version(package) for package in step.packages}


def shared_inputs(step: Step, shared: Path) -> dict[str, str]:
    """The inputs of a step in the shared folder, each with its digest.

    Raises FileNotFoundError if one is not there.
    """
    return {pattern: _digest(shared, pattern, ()) for pattern in step.shared}


def recorded_inputs(output: str) -> dict[str, str]:
    """The inputs that the header of a learned file names, with their digests."""
    content = (ROOT / output).read_bytes()
    if output.endswith(".gz"):
        content = gzip.decompress(content)
    return dict(_recorded(content.decode("utf-8")))


def _recorded(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        if line.startswith(MARK):
            name, _, digest = line.removeprefix(MARK).rpartition(" ")
            yield name, digest


def _digest(folder: Path, pattern: str, but: tuple[str, ...]) -> str:
    """One digest of the names and bytes of the files of a pattern."""
    digest = sha256()
    names = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))
    if not names:
        raise FileNotFoundError(folder / pattern)
    for name in names:
        if name not in but:
            digest.update(f"{name}\0".encode())
            digest.update((folder / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:DIGITS]


def shared_folder(description: str) -> Path:
    """The folder of shared data that the command line of a learning script names."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared: Path = parser.parse_args().shared
    return shared
