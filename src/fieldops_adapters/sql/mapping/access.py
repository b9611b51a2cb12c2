"""
Roles and tokens.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import grants_of, grants_text
from fieldops_adapters.sql.tables import roles, tokens
from fieldops_core.access.model import Role, Token


def role_row(role: Role) -> Values:
    return {
        "id": role.id,
        "name": role.name,
        "grants": grants_text(role.grants),
        "owner": role.owner,
        "version": role.version,
    }


def role_state(row: Row) -> Role:
    id, name, grants, owner, version = row
    return Role(id=id, name=name, grants=grants_of(grants), owner=owner, version=version)


ROLES = Form(
    kind="role",
    table=roles,
    columns=(roles.c.id, roles.c.name, roles.c.grants, roles.c.owner, roles.c.version),
    row=role_row,
    state=role_state,
)


def token_row(token: Token) -> Values:
    return {
        "id": token.id,
        "user_id": token.user,
        "name": token.name,
        "hash": token.hash,
        "scopes": None if token.scopes is None else grants_text(token.scopes),
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "version": token.version,
    }


def token_state(row: Row) -> Token:
    id, user, name, hash, scopes, expires_at, revoked_at, version = row
    return Token(
        id=id,
        user=user,
        name=name,
        hash=hash,
        scopes=None if scopes is None else grants_of(scopes),
        expires_at=expires_at,
        revoked_at=revoked_at,
        version=version,
    )


TOKENS = Form(
    kind="token",
    table=tokens,
    columns=(
        tokens.c.id,
        tokens.c.user_id,
        tokens.c.name,
        tokens.c.hash,
        tokens.c.scopes,
        tokens.c.expires_at,
        tokens.c.revoked_at,
        tokens.c.version,
    ),
    row=token_row,
    state=token_state,
)
