"""Carries out the Dockerfile without a container engine, and says what it ran.

    python deploy/try_dockerfile.py

The files it copies go to a folder of their own, so that a forgotten one is noticed; the commands
of its first stage install kzsearch into an environment there; then its command is started on a
free port, its health check asked, and SIGTERM sent. Not tried are the base image, the user, and
the layers. `.ci/run` runs this after the tests: it takes about a minute.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = "/opt/kzsearch"
STRANGE = ("PYTHON", "VIRTUAL", "KZSEARCH", "PIP_")

Stage = list[tuple[str, str]]


def read_stages(dockerfile: str) -> list[Stage]:
    """The instructions of each stage, a name and the rest of the line each."""
    stages: list[Stage] = []
    for line in dockerfile.splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stages.append([])
        stages[-1].append((name, rest))
    return stages


def arguments(stage: Stage, name: str) -> list[str]:
    """What follows each instruction of this name."""
    return [rest for instruction, rest in stage if instruction == name]


def copy(stage: Stage, source: Path) -> None:
    """Carry out COPY: of a stage that copies from the checkout only."""
    for rest in arguments(stage, "COPY"):
        *names, target = rest.split()
        for name in names:
            place = source / (name if target == "./" else target)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, place)
            else:
                shutil.copy(ROOT / name, place)


def main() -> int:
    """Try it; returns the exit code."""
    build, image = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(STRANGE)
    }
    with tempfile.TemporaryDirectory(prefix="kzsearch-image-") as name:
        folder = Path(name)
        source, installed = folder / "src", folder / "kzsearch"
        source.mkdir()
        copy(build, source)
        for command in arguments(build, "RUN"):
            here = command.replace(INSTALLED, str(installed)).replace("--no-cache-dir ", "")
            here = re.sub("^python ", f"{sys.executable} ", here)
            print("$", here, flush=True)
            subprocess.run(["sh", "-c", here], cwd=source, env=environment, check=True)
        environment["PATH"] = f"{installed}/bin:{environment['PATH']}"
        environment["KZSEARCH_INDEX"] = str(folder / "data")
        (start,), (arguments_,) = arguments(image, "ENTRYPOINT"), arguments(image, "CMD")
        command_line = [*json.loads(start), *json.loads(arguments_), "--port", "0"]
        print("$", *command_line, flush=True)
        with subprocess.Popen(
            command_line, stdout=subprocess.PIPE, text=True, cwd=folder, env=environment
        ) as server:
            assert server.stdout is not None
            port = server.stdout.readline().strip().rstrip("/").rpartition(":")[2]
            (check,) = arguments(image, "HEALTHCHECK")
            words = json.loads(check.partition("CMD ")[2].replace(":8000/", f":{port}/"))
            print("$", *words, flush=True)
            healthy = subprocess.run(words, env=environment).returncode
            server.terminate()
            ended = server.wait(timeout=120)
    print(f"health check: {healthy}, exit code after SIGTERM: {ended}")
    return int(bool(healthy or ended))


if __name__ == "__main__":
    sys.exit(main())
