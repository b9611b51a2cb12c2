"""
What changes of roles and tokens come to.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.access.messages import (
    ChangeRole,
    CreateRole,
    CreateToken,
    RoleChanged,
    RoleCreated,
    TokenCreated,
    TokenRevoked,
)
from fieldops_core.access.model import Actor, Grants, Role, RoleId, Token, TokenId
from fieldops_core.access.rules import GRANTING, ROLE, Granting, RoleChange
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.time import valid_date
from fieldops_core.kernel.unset import UNSET, given


def create_role(command: CreateRole, actor: Actor, *, new_id: Callable[[], UUID], now: datetime) -> Outcome[Role]:
    require(GRANTING, Granting(actor=actor, grants=command.grants))
    role = Role(id=RoleId(new_id()), name=command.name, grants=command.grants)
    return Outcome(state=role, events=(RoleCreated.of(None, role, at=now),))


def change_role(command: ChangeRole, role: Role, actor: Actor, *, now: datetime) -> Outcome[Role]:
    """
    Who changes a role grants what it did not hold before.
    """
    grants = given(command.grants, role.grants)
    require(ROLE, RoleChange(name=role.name, owner=role.owner, regrants=command.grants is not UNSET))
    require(GRANTING, Granting(actor=actor, grants=grants - role.grants))
    changed = evolve(role, name=given(command.name, role.name), grants=grants, version=role.version + 1)
    return Outcome(before=role, state=changed, events=(RoleChanged.of(role, changed, at=now),))


def create_token(
    command: CreateToken, held: Grants, actor: Actor, hash: str, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Token]:
    """
    A token for a user who holds *held*: whoever hands it out grants what it can do. One's own is no exception: who came
    with a narrow token must not leave with a wide one.
    """
    expires_at = _expiry(command.expires_at, now)
    require(GRANTING, Granting(actor=actor, grants=held if command.scopes is None else command.scopes))
    token = Token(
        id=TokenId(new_id()),
        user=command.user,
        name=command.name,
        hash=hash,
        scopes=command.scopes,
        expires_at=expires_at,
    )
    return Outcome(state=token, events=(TokenCreated.of(None, token, at=now),))


def revoke_token(token: Token, *, now: datetime) -> Outcome[Token]:
    """
    Revoking twice changes nothing.
    """
    if token.revoked_at is not None:
        return Outcome(before=token, state=token)
    revoked = evolve(token, revoked_at=now, version=token.version + 1)
    return Outcome(before=token, state=revoked, events=(TokenRevoked.of(token, revoked, at=now),))


def _expiry(told: datetime, now: datetime) -> datetime:
    """
    Raises:
        InvalidValue: where the expiry of a token has no zone, or is not to come.
    """
    if told.tzinfo is None:
        raise InvalidValue("time.naive", "The expiry of a token needs a zone.", field="expires_at", rule="API-05")
    valid_date(told.date(), field="expires_at")
    if told <= now:
        raise InvalidValue("token.expired", "A token expires in the future.", field="expires_at", rule="API-05")
    return told.astimezone(UTC)
