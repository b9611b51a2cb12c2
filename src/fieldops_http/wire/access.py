"""
Requests about roles and tokens.
"""

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.access.messages import ChangeRole, CreateRole, CreateToken
from fieldops_core.access.model import RoleId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import valid_date
from fieldops_http.wire.values import Body, Change, GrantList, grants, keep, keep_as


class CreateRoleBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A named set of grants.
    """

    name: str
    grants: GrantList = ()

    def command(self) -> CreateRole:
        return CreateRole(name=self.name, grants=grants(self.grants))


class ChangeRoleBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    *grants* replaces the whole set.
    """

    name: str | UnsetType = msgspec.UNSET
    grants: GrantList | UnsetType = msgspec.UNSET

    def command(self, role: RoleId) -> ChangeRole:
        return ChangeRole(role=role, name=keep(self.name), grants=keep_as(self.grants, grants))


class CreateTokenBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A bearer token of a user until *expires_at* (with an offset), narrowed to *scopes* where there are any.
    """

    user: UserId
    name: str
    expires_at: Annotated[datetime, Meta(tz=True)]
    scopes: GrantList | None = None

    def command(self) -> CreateToken:
        valid_date(self.expires_at.date(), field="expires_at")
        scopes = None if self.scopes is None else grants(self.scopes)
        return CreateToken(user=self.user, name=self.name, expires_at=self.expires_at.astimezone(UTC), scopes=scopes)
