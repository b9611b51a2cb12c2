"""
What questions about access answer.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Action, Grant, Permission, Role, Token


@frozen(kw_only=True)
class GrantView:
    """
    A permission for an action, at a location or (None) in the whole company.
    """

    permission: Permission
    action: Action
    at: UUID | None


@frozen(kw_only=True)
class RoleView:
    id: UUID
    name: str
    owner: bool
    grants: tuple[GrantView, ...]
    version: int


@frozen(kw_only=True)
class TokenView:
    """
    A token without its secret; *secret* is there once, in the answer that makes it.
    """

    id: UUID
    user: UUID
    name: str
    scopes: tuple[GrantView, ...] | None
    expires_at: datetime
    revoked_at: datetime | None
    version: int
    secret: str | None = None


def grants_view(grants: Iterable[Grant]) -> tuple[GrantView, ...]:
    told = sorted(grants, key=lambda g: (g.permission.value, g.action.value, str(g.at)))
    return tuple(GrantView(permission=g.permission, action=g.action, at=g.at) for g in told)


def role_view(role: Role) -> RoleView:
    grants = grants_view(role.effective)
    return RoleView(id=role.id, name=role.name, owner=role.owner, grants=grants, version=role.version)


def token_view(token: Token, *, secret: str | None = None) -> TokenView:
    return TokenView(
        id=token.id,
        user=token.user,
        name=token.name,
        scopes=None if token.scopes is None else grants_view(token.scopes),
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        version=token.version,
        secret=secret,
    )


@frozen(kw_only=True)
class RolesView:
    """
    Every role; there are never so many that they come in pages, so *next* is None.
    """

    items: tuple[RoleView, ...]
    next: str | None = None


@frozen(kw_only=True)
class TokensView:
    """
    Every token.
    """

    items: tuple[TokenView, ...]
    next: str | None = None
