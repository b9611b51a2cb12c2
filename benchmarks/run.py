"""
Measures fieldops beside its peers and its limits, and writes the tables of docs/performance.md (`make bench`).

    python benchmarks/run.py [--quick] [NAME ...]
"""

import runpy
import sys
from pathlib import Path

# The repository, not this folder: `benchmarks` is a package, however this is started.
sys.path[0] = str(Path(__file__).parents[1])
runpy.run_module("benchmarks", run_name="__main__", alter_sys=True)
