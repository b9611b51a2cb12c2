"""
Passwords that are hashed at once, and badly; and a post that keeps what it is given.
"""

from hashlib import sha256

from fieldops_core.kernel.secret import Secret
from fieldops_core.login.model import Letter


class QuickPasswords:
    """
    The :class:`~fieldops_core.login.ports.Passwords` of tests. *now*: how it makes hashes today.
    """

    def __init__(self, now: str = "quick") -> None:
        self._now = now

    def hashed(self, password: Secret) -> str:
        return f"{self._now}${self._digest(password)}"

    def match(self, password: Secret, hash: str | None) -> bool:
        digest = self._digest(password)
        return hash is not None and hash.partition("$")[2] == digest

    def outdated(self, hash: str) -> bool:
        return hash.partition("$")[0] != self._now

    def _digest(self, password: Secret) -> str:
        return sha256(password.reveal().encode("utf-8", "surrogatepass")).hexdigest()


class KeptPost:
    """
    The :class:`~fieldops_core.login.ports.Post` of tests: it delivers nothing, and keeps all. While there is
    a *failure*, it takes none.
    """

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.failure: Exception | None = None

    def deliver(self, letter: Letter, /) -> None:
        if self.failure is not None:
            raise self.failure
        self.letters.append(letter)
