"""
A side of the fitting benchmark in a process of its own, told over pipes what to do: each command is a line of standard
input, each answer a pickled value.

    python -m benchmarks.peers.worker SIDE
"""

import gc
import importlib
import logging
import pickle
import sys
import time
from typing import Any

from benchmarks.peers.problem import Side

SIDES = {
    "slotify": ("benchmarks.peers.with_slotify", "side"),
    "slotify documented": ("benchmarks.peers.with_slotify_documented", "side"),
    "django": ("benchmarks.peers.with_django", "side"),
    "django records": ("benchmarks.peers.with_django", "records_side"),
    "django service": ("benchmarks.peers.with_django_service", "side"),
    "numpy": ("benchmarks.peers.with_numpy", "side"),
    "numpy arrays": ("benchmarks.peers.with_numpy", "arrays_side"),
}


def timed(side: Side) -> tuple[float, Any]:
    """
    Seconds of this process's processor time that one solution takes, and what it finds. As in timeit, no garbage is
    collected meanwhile.
    """
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        found = side.solve()
        return time.process_time() - began, found
    finally:
        gc.enable()


def main(name: str) -> None:
    commands, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what peers print is no answer
    logging.disable()
    module, made_by = SIDES[name]
    side: Side = getattr(importlib.import_module(module), made_by)(pickle.load(commands))
    for command in iter(commands.readline, b""):
        seconds, found = timed(side)
        pickle.dump(seconds if command == b"time\n" else side.told(found), answers)
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
