"""
Roles and tokens.
"""

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_core.access.model import Role, Token
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock


class MemoryRoles(MemoryRepository[Role]):
    def all(self) -> tuple[Role, ...]:
        return tuple(self._sorted())

    def owner(self, *, lock: Lock = Lock.NONE) -> Role:
        for role in self._sorted():
            if role.owner:
                return role
        raise NotFound("role", "owner")


class MemoryTokens(MemoryRepository[Token]):
    def all(self) -> tuple[Token, ...]:
        return tuple(self._sorted())

    def of(self, user: UserId) -> tuple[Token, ...]:
        return tuple(each for each in self._sorted() if each.user == user)
