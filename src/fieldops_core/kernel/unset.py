"""
A field that a command leaves alone.
"""

from enum import Enum
from typing import Final, Literal, TypeVar

T = TypeVar("T")


class Unset(Enum):
    """
    The type of :data:`UNSET`.
    """

    UNSET = "unset"


UNSET: Final = Unset.UNSET
Keep = Literal[Unset.UNSET]


def given(value: T | Keep, otherwise: T) -> T:
    """
    The value, or what stands already where the command leaves it alone.
    """
    return otherwise if isinstance(value, Unset) else value
