"""Measures the stemmer with the kit of ``../shared/eval/stemming``, beside recorded rivals.

    python benchmarks/stemming.py ../shared [--holdout]

Prints the kit's table on the development lemmas and the speed, and writes both to
``benchmarks/results/stemming.txt``. The shipped weights have seen these lemmas, so ``--holdout``
adds the honest figures: the whole recipe of ``training/stemmer.py`` is run on 60 % of the lemmas
and measured on the other 40 %, once as the lexicon is and once as it would be had its makers never
read the gold: without a quarter of those lemmas (some minutes).
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha1
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import Report

if TYPE_CHECKING:
    from kzsearch.morphology.stemmer import Stemmer

SALT = "kzsearch-holdout:"
HELD_OUT = 40  # percent of the lemmas
SLICE = 500  # words timed together
RUNS = 6
PAGE = resource.getpagesize() / 1e6  # megabytes

# F1B of the rivals on the kit's own unseen lemmas, as its reference records them.
RIVALS = """\
F1B of rivals, recorded on the kit's unseen lemmas
set                  first 5   pg_kazsearch 2.3   best other            apertium FST + guesser
unimorph_nouns         .758         .908          .779 hunspell              .939
unimorph_nouns_oov     .754         .868          .593 hunspell              .686
names_gen              .773         .712          .878 first 6               .445
unimorph_verbs         .619         .629          .701 first 4               .791
ktb                    .408         .668          .851 kaznlp                .746
apertium_texts         .406         .646          .844 kaznlp                .756
news_fst               .558         .744          .782 kaznlp                .988 (its own labels)
news_fst B3w           .823         .905          .930 kaznlp                .973
ref1000 lemmas right   .250         .668          .524 kaznlp                .762"""

GoldSets = dict[str, list[tuple[str, tuple[str, ...], int, str]]]
"""By the name of the set: form, lemmas, frequency, part of speech."""

COLUMNS = ("R", "PB", "F1B", "OIe-5", "B3wP", "B3wR", "B3w", "lem")


def load_kit(shared: Path) -> ModuleType:
    """The kit's own ``evaluate.py``."""
    spec = spec_from_file_location("evaluate", shared / "eval/stemming/evaluate.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared} holds no eval/stemming/evaluate.py; give the folder called shared.")
    kit = module_from_spec(spec)
    spec.loader.exec_module(kit)
    return kit


def is_held_out(lemmas: tuple[str, ...]) -> bool:
    """Whether a form belongs to the held-out lemmas: one of its lemmas does."""
    return any(
        int(sha1((SALT + lemma).encode()).hexdigest(), 16) % 100 >= 100 - HELD_OUT
        for lemma in lemmas
    )


def table(
    kit: ModuleType,
    data: GoldSets,
    stem: Callable[[str], str],
    wanted: Callable[[tuple[str, ...]], bool],
) -> Iterator[str]:
    """The kit's figures per set, over the wanted lemmas, against all forms of the data."""
    background = kit.background(data)
    stems = {form: stem(form) for form in background}
    yield f"{'set':20}{'forms':>7}" + "".join(f"{column:>8}" for column in COLUMNS)
    for name, rows in data.items():
        chosen = [row for row in rows if wanted(row[1])]
        found, _ = kit.evaluate(stem, chosen, background, stems)
        found |= {"R": 1 - found["UI"], "OIe-5": found["OI"] * 1e5}
        cells = "".join(f"{found[column]:8.3f}" for column in COLUMNS)
        yield f"{name:20}{len(chosen):7}{cells}"


def speed(data: GoldSets) -> Iterator[str]:
    """Words and tokens a second, the start, and memory."""
    from kzsearch.morphology import Analyzer
    from kzsearch.morphology.stemmer import default_stemmer

    words = sorted({row[0] for rows in data.values() for row in rows}, key=_shuffled)[:20_000]
    plain, best = rates(lambda: default_stemmer.__wrapped__().stem, words)
    yield f"{plain:,.0f} words a second, {len(words)} different words, none cached, one plain run"
    yield f"{best:,.0f} words a second, the same, each {SLICE} words at their best of {RUNS} runs"
    running = [row[0] for row in data["news_fst"] for _ in range(row[2])]
    running.sort(key=_shuffled)
    running *= 10
    stems = Analyzer().stems
    plain, best = rates(lambda: stems, running)
    yield f"{plain:,.0f} tokens a second of running text through the bounded cache, empty at first"
    yield f"{best:,.0f} tokens a second through the filled cache"
    first = "from kzsearch import stem; stem('мектептерімізде')"
    bare, started = fresh_process("pass"), fresh_process(first)
    yield f"{(started[0] - bare[0]) * 1000:.0f} ms from import to the first stem"
    yield f"{(started[1] - bare[1]) * PAGE:.1f} MB resident after the first stem"
    some = f"{first}; [stem(word) for word in {' '.join(words)!r}.split()]"
    yield f"{(fresh_process(some)[1] - bare[1]) * PAGE:.1f} MB after {len(words)} words"


def rates(make: Callable[[], Callable[[str], object]], words: list[str]) -> tuple[float, float]:
    """Words a second of processor time, in order, each run with what ``make`` gives.

    Returns the rate of the first run, and that of the best slices of all runs, for which other
    work on the machine counts little.
    """
    runs = []
    gc.collect()
    gc.freeze()  # the gold data of this process are nothing a stemmer has beside it
    for _ in range(RUNS):
        stem, times = make(), []
        for first in range(0, len(words), SLICE):
            start = time.process_time()
            for word in words[first : first + SLICE]:
                stem(word)
            times.append(time.process_time() - start)
        runs.append(times)
    return len(words) / sum(runs[0]), len(words) / sum(map(min, zip(*runs, strict=True)))


def fresh_process(code: str) -> tuple[float, float]:
    """Seconds of processor time and pages of memory of a new process, the least of ``RUNS``."""
    report = "import time; print(time.process_time(), open('/proc/self/statm').read().split()[1])"
    runs = []
    for _ in range(RUNS):
        run = subprocess.run(
            [sys.executable, "-"], input=f"{code}\n{report}", capture_output=True, text=True
        )
        runs.append(tuple(map(float, run.stdout.split())))
    return min(seconds for seconds, _ in runs), min(pages for _, pages in runs)


def _shuffled(word: str) -> str:
    return sha1(word.encode()).hexdigest()


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path, help="the folder with eval/stemming")
    parser.add_argument("--holdout", action="store_true", help="train on 60 %%, measure on 40 %%")
    options = parser.parse_args()
    kit = load_kit(options.shared)
    folder = options.shared / "eval/stemming/gold/dev"
    data = {name: kit.load(folder / f"{name}.tsv") for name in kit.ORDER}

    from kzsearch.morphology import stem

    report = Report(__file__)
    report.add("Development lemmas, shipped weights (which have seen them)")
    report.extend(table(kit, data, stem, lambda _: True))
    if options.holdout:
        report.add("", "Held-out 40 % of the lemmas, weights and roots learned from the other 60 %")
        held_out = holdout_stemmer(options.shared)
        report.extend(table(kit, data, held_out.stem, is_held_out))
        report.add("", "The same, a quarter of the held-out lemmas taken out of the lexicon")
        unlisted = holdout_stemmer(options.shared, whole_lexicon=False)
        report.extend(table(kit, data, unlisted.stem, is_held_out))
        report.add("")
        report.extend(second_stems(kit, data, held_out))
    report.add("", RIVALS, "")
    report.extend(speed(data))
    report.keep()


def second_stems(kit: ModuleType, data: GoldSets, stemmer: Stemmer) -> Iterator[str]:
    """What a second stem for ambiguous forms is worth on the held-out lemmas."""
    yield "Pairwise F1 inside a set, forms of several lemmas too, with one stem and with up to two"
    for name, rows in data.items():
        chosen = [row for row in rows if is_held_out(row[1])]
        one, _ = kit.evaluate(lambda word: (stemmer.stem(word),), chosen)
        two, _ = kit.evaluate(stemmer.stems, chosen)
        share = sum(len(stemmer.stems(row[0])) > 1 for row in chosen) / len(chosen)
        yield f"{name:20}{one['F1_A']:8.3f}{two['F1_A']:8.3f}{share:8.1%} of the forms have two"


def holdout_stemmer(shared: Path, *, whole_lexicon: bool = True) -> Stemmer:
    """A stemmer taught with the lemmas that are not held out.

    whole_lexicon: whether it has the held-out lemmas that are listed, or lacks some of them.
    """
    from kzsearch.morphology.learn import collect_words
    from kzsearch.morphology.lexicon import Lexicon, load_parts
    from kzsearch.morphology.scoring import Scorer
    from kzsearch.morphology.stemmer import Stemmer
    from training.stemmer import gold_rows, lacking, open_texts, train, training_forms

    sets = gold_rows(shared / "eval/stemming/gold/dev")
    seen = {
        name: [row for row in rows if not is_held_out(tuple(row[1]))] for name, rows in sets.items()
    }
    parts = load_parts()
    if not whole_lexicon:
        lemmas = frozenset().union(*(row[1] for rows in sets.values() for row in rows))
        parts = lacking(parts, (lemma for lemma in lemmas if is_held_out((lemma,))))
    words = collect_words(open_texts(shared))
    attested, weights = train(training_forms(seen), words, parts)
    lexicon = Lexicon(parts, attested)
    return Stemmer(lexicon, Scorer(lexicon, weights))


if __name__ == "__main__":
    main()
