"""Learn the learned data files again: ``./kz train [STEP …] [--shared ../shared]``.

Runs the learning scripts beside this file in order, each in a process of its own, so that it sees
what those before it wrote. Says which files changed. Nothing is left to chance: the same inputs
make the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from training.steps import ROOT, STEPS, Step, shared_inputs


def main() -> int:
    """Run the steps that were asked for; returns the exit code."""
    names = [step.name for step in STEPS]
    parser = argparse.ArgumentParser(
        prog="kz train", description="Learn the learned data files again."
    )
    parser.add_argument(
        "step", nargs="*", choices=[*names, []], metavar="STEP", help=", ".join(names)
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    steps = [step for step in STEPS if not options.step or step.name in options.step]
    try:
        for step in steps:
            shared_inputs(step, options.shared)
    except FileNotFoundError as error:
        print(
            f"kz: {error.args[0]} is missing: training needs the shared evaluation data and "
            "corpora; say where they are with --shared. The learned files are in the checkout "
            "and work without it.",
            file=sys.stderr,
        )
        return 1
    for step in steps:
        before = digests(step)
        print(f"kz: {step.name}", file=sys.stderr)
        module = f"training.{step.name}"
        command = [sys.executable, "-m", module, "--shared", options.shared]
        done = subprocess.run(command, check=False)
        if done.returncode:
            print(f"kz: training/{step.name}.py failed; see above", file=sys.stderr)
            return 1
        for output, digest in digests(step).items():
            said = "as before" if before[output] == digest else "CHANGED"
            print(f"kz:   {output} {said}", file=sys.stderr)
    return 0


def digests(step: Step) -> dict[str, str]:
    """What the files a step writes hold now."""
    paths = {output: ROOT / output for output in step.outputs}
    return {
        output: sha256(path.read_bytes()).hexdigest() if path.exists() else ""
        for output, path in paths.items()
    }


if __name__ == "__main__":
    sys.exit(main())
