"""
Ids that count up.
"""

from itertools import count
from uuid import UUID

_FIRST_MILLISECOND = 0x18C_0000_0000


def counted_id(number: int) -> UUID:
    """
    A UUID of version 7 for a number from 0 on; a higher number's sorts later.
    """
    return UUID(int=(_FIRST_MILLISECOND + number) << 80 | 7 << 76 | 2 << 62 | number)


class CountingIds:
    """
    The :class:`~fieldops_core.kernel.ids.Ids` of tests: the first, the second, and so on, the same in every run.
    """

    def __init__(self, first: int = 1) -> None:
        self._numbers = count(first)

    def __call__(self) -> UUID:
        return counted_id(next(self._numbers))
