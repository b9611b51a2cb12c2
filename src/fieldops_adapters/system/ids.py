"""
New ids.
"""

import os
from threading import Lock
from uuid import UUID

from uuid6 import uuid7

_turn = Lock()


def _new_turn() -> None:
    global _turn  # noqa: PLW0603
    _turn = Lock()


# A thread that is not there any more may have held it.
os.register_at_fork(after_in_child=_new_turn)


class Uuid7Ids:
    """
    Makes UUIDs of version 7. Those of one process ascend, from whatever thread; those of another process are others,
    also after a fork: 74 bits of each come from the system's randomness.
    """

    def __call__(self) -> UUID:
        with _turn:
            return UUID(int=uuid7().int)
