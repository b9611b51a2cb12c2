"""
Chance that leaves nothing to chance.
"""

from itertools import count


class CountedRandomness:
    """
    The :class:`~fieldops_core.access.ports.Randomness` of tests: texts as long as real ones, which count up. Anyone can
    guess them.
    """

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"{next(self._numbers):0>43}"
