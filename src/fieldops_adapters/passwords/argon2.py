"""
Passwords by Argon2id (RFC 9106).
"""

from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from attrs import frozen

from fieldops_core.kernel.secret import Secret


@frozen(kw_only=True)
class Cost:
    """
    What a hash takes: *memory* in KiB, how often it is gone through (*time*), by how many *threads*.
    """

    time: int
    memory: int
    threads: int


STRONG = Cost(time=3, memory=65_536, threads=4)
"""
The second choice of RFC 9106, for machines that have other things to do too.
"""
LIGHT = Cost(time=2, memory=19_456, threads=1)
"""
The least that OWASP recommends.
"""
TRIAL = Cost(time=1, memory=8, threads=1)
"""
For tests, which hash all day. It protects nothing.
"""
AT_ONCE = 4


class Argon2Passwords:
    """
    A quarter of a second and 64 MiB each, where they are strong: only so many are made at once, and others wait.
    """

    def __init__(self, cost: Cost = STRONG, *, at_once: int = AT_ONCE) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.time, memory_cost=cost.memory, parallelism=cost.threads, type=Type.ID
        )
        self._turn = BoundedSemaphore(at_once)
        self._nobodys = self._hasher.hash("nobody's password")

    def hashed(self, password: Secret) -> str:
        with self._turn:
            return self._hasher.hash(_bytes(password))

    def match(self, password: Secret, hash: str | None) -> bool:
        with self._turn:
            try:
                self._hasher.verify(self._nobodys if hash is None else hash, _bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return hash is not None

    def outdated(self, hash: str) -> bool:
        return self._hasher.check_needs_rehash(hash)


def _bytes(password: Secret) -> bytes:
    """
    Of what people type alike: a letter with its accent is one sign on some keyboards, and two on others.
    """
    return normalize("NFKC", password.reveal()).encode("utf-8", "surrogatepass")
