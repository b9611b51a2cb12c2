"""
What can be done and asked about roles and tokens, and what happens then.
"""

from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Grants, RoleId, TokenId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class CreateRole:
    name: str
    grants: Grants = frozenset()


@frozen(kw_only=True)
class ChangeRole:
    """
    The owner role's name can be changed; its grants are always all there are.
    """

    role: RoleId
    name: str | Keep = UNSET
    grants: Grants | Keep = UNSET


@frozen(kw_only=True)
class ListRoles:
    pass


@frozen(kw_only=True)
class CreateToken:
    """
    A bearer token for a user, until *expires_at* (aware), narrowed to *scopes* where there are any. The answer holds
    its secret, once.
    """

    user: UserId
    name: str
    expires_at: datetime
    scopes: Grants | None = None


@frozen(kw_only=True)
class RevokeToken:
    token: TokenId


@frozen(kw_only=True)
class ListTokens:
    pass


class RoleCreated(Event):
    pass


class RoleChanged(Event):
    pass


class TokenCreated(Event):
    pass


class TokenRevoked(Event):
    pass
