"""Command: see run.py."""

from benchmarks.speed.run import main

main()
