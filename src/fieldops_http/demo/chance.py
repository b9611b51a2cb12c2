"""
The demo's chance.
"""

from random import Random

SEED = 84601


def chance_of(*what: object) -> Random:
    """
    Chance of its own for one thing: the same on every run, and whatever else is filled.
    """
    return Random(" ".join(map(str, (SEED, *what))))
