"""
Roles and tokens.
"""

from sqlalchemy import bindparam

from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.mapping.access import ROLES, TOKENS
from fieldops_adapters.sql.mapping.form import locked
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import roles, tokens
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Role, RoleId, Token, TokenId
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock

ALL_ROLES = ROLES.all.order_by(roles.c.id)
_OWNER = {lock: locked(ROLES.all.where(roles.c.owner), lock) for lock in Lock}
_ALL_TOKENS = TOKENS.all.order_by(tokens.c.id)
_TOKENS_OF = _ALL_TOKENS.where(tokens.c.user_id == bindparam("user", type_=Id))


class SqlRoles(SqlRepository[RoleId, Role]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, ROLES)

    def all(self) -> tuple[Role, ...]:
        return self.work.states(self.form, ALL_ROLES)

    def owner(self, *, lock: Lock = Lock.NONE) -> Role:
        found = self.work.states(self.form, _OWNER[lock])
        if not found:
            raise NotFound("role", "owner")
        return found[0]


class SqlTokens(SqlRepository[TokenId, Token]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, TOKENS)

    def all(self) -> tuple[Token, ...]:
        return self.work.states(self.form, _ALL_TOKENS)

    def of(self, user: UserId) -> tuple[Token, ...]:
        return self.work.states(self.form, _TOKENS_OF, user=user)
