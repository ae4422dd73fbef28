"""Speed of kzsearch and of its peers, measured on the same articles in one run.

``python -m benchmarks.speed`` prints the table; benchmarks/README.md tells how to read it.
"""
