"""
What access needs of the world.
"""

from typing import Protocol

from fieldops_core.access.model import Role, RoleId, Token, TokenId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.repository import Lock, Repository


class Roles(Repository[RoleId, Role], Protocol):
    def all(self) -> tuple[Role, ...]:
        """
        Every role, in the order of their ids.
        """

    def owner(self, *, lock: Lock = Lock.NONE) -> Role:
        """
        The owner role. Locked EXCLUSIVE before owners are counted.
        """


class Tokens(Repository[TokenId, Token], Protocol):
    def all(self) -> tuple[Token, ...]:
        """
        Every token, in the order of their ids.
        """

    def of(self, user: UserId) -> tuple[Token, ...]:
        """
        Every token of a user, in the order of their ids.
        """


class Places(Protocol):
    """
    The locations at which something can be granted.
    """

    def get(self, id: LocationId, /) -> object:
        """
        Raises:
            NotFound: where the company has none of that id.
        """


class Randomness(Protocol):
    """
    Makes secrets: at least 256 bits, as text of letters, digits, ``-`` and ``_``.
    """

    def __call__(self) -> str: ...


class Unit(Protocol):
    @property
    def roles(self) -> Roles: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def locations(self) -> Places: ...
