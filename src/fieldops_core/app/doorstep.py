"""
The doorstep: how often somebody tried to come in from an address of the network, whichever companies they named.
"""

from collections import OrderedDict
from datetime import datetime

from attrs import evolve

from fieldops_core.login.calculations import Patience
from fieldops_core.login.model import Attempts
from fieldops_core.login.rules import Trying, require_patience

MOST = 4_096
"""
So many keys are kept; then those are forgotten under which nobody tried for longest.
"""


class Doorstep:
    """
    Attempts under keys that name nobody, counted in this process alone: there is no storage of companies that do not
    exist, and who tries those is to be answered as at one that does. Two threads at once may count as one.
    """

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Attempts] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def count(self, key: str, patience: Patience, now: datetime) -> None:
        """
        Raises:
            Slowed: where the attempt comes too early. It is not counted then.
        """
        there = self._kept.get(key) or Attempts(last_at=now)
        require_patience(Trying(attempts=there, patience=patience, now=now))
        self._kept.pop(key, None)  # so that it is the newest
        self._kept[key] = patience.after(there, now)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forgive(self, key: str) -> None:
        """
        One attempt was none in vain.
        """
        there = self._kept.get(key)
        if there is not None:
            self._kept[key] = evolve(there, count=max(there.count - 1, 0))
