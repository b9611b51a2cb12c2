"""
New ids.
"""

import os
from secrets import randbits
from threading import Lock
from time import time_ns
from uuid import UUID

COUNTER, LOW = 74, 62
"""
How many bits of an id follow its millisecond, and how many of them stand after the variant.
"""

VERSION_AND_VARIANT = 7 << 76 | 0b10 << 62

_turn, _last = Lock(), 0


def _new_turn() -> None:
    global _turn, _last
    _turn, _last = Lock(), 0


# A thread that is not there any more may have held it, and two processes must not count on from the same id.
os.register_at_fork(after_in_child=_new_turn)


class Uuid7Ids:
    """
    Makes UUIDs of version 7 (RFC 9562). Those of one process ascend, from whatever thread. Those of another process are
    others, also after a fork: the first of a millisecond has 73 bits of the system's randomness, and each of the same
    millisecond lies 1 to 2³² above the one before, so that many at once are not dated ahead of the clock.
    """

    def __call__(self) -> UUID:
        global _last  # noqa: PLW0603
        with _turn:
            now = time_ns() // 1_000_000
            _last = now << COUNTER | randbits(COUNTER - 1) if now > _last >> COUNTER else _last + randbits(32) + 1
            made = _last
        high, low = made >> LOW, made & ((1 << LOW) - 1)
        return UUID(int=(made >> COUNTER) << 80 | (high & 0xFFF) << 64 | low | VERSION_AND_VARIANT)
