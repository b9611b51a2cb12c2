"""
Sessions, passwords and links.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import password_links, passwords, sessions
from fieldops_core.login.model import Password, PasswordLink, Purpose, Session


def session_row(session: Session) -> Values:
    return {
        "id": session.id,
        "user_id": session.user,
        "hash": session.hash,
        "device": session.device,
        "opened_at": session.opened_at,
        "seen_at": session.seen_at,
        "ends_at": session.ends_at,
        "ended_at": session.ended_at,
        "version": session.version,
    }


def session_state(row: Row) -> Session:
    id, user, hash, device, opened_at, seen_at, ends_at, ended_at, version = row
    return Session(
        id=id,
        user=user,
        hash=hash,
        device=device,
        opened_at=opened_at,
        seen_at=seen_at,
        ends_at=ends_at,
        ended_at=ended_at,
        version=version,
    )


SESSIONS = Form(
    kind="session",
    table=sessions,
    columns=(
        sessions.c.id,
        sessions.c.user_id,
        sessions.c.hash,
        sessions.c.device,
        sessions.c.opened_at,
        sessions.c.seen_at,
        sessions.c.ends_at,
        sessions.c.ended_at,
        sessions.c.version,
    ),
    row=session_row,
    state=session_state,
)


def password_row(password: Password) -> Values:
    return {"id": password.id, "hash": password.hash, "set_at": password.set_at, "version": password.version}


def password_state(row: Row) -> Password:
    id, hash, set_at, version = row
    return Password(id=id, hash=hash, set_at=set_at, version=version)


PASSWORDS = Form(
    kind="password",
    table=passwords,
    columns=(passwords.c.id, passwords.c.hash, passwords.c.set_at, passwords.c.version),
    row=password_row,
    state=password_state,
)


def link_row(link: PasswordLink) -> Values:
    return {
        "id": link.id,
        "user_id": link.user,
        "purpose": link.purpose.value,
        "hash": link.hash,
        "expires_at": link.expires_at,
        "ended_at": link.ended_at,
        "secret": link.secret,
        "due_at": link.due_at,
        "attempts": link.attempts,
        "version": link.version,
    }


def link_state(row: Row) -> PasswordLink:
    id, user, purpose, hash, expires_at, ended_at, secret, due_at, attempts, version = row
    return PasswordLink(
        id=id,
        user=user,
        purpose=Purpose(purpose),
        hash=hash,
        expires_at=expires_at,
        ended_at=ended_at,
        secret=secret,
        due_at=due_at,
        attempts=attempts,
        version=version,
    )


PASSWORD_LINKS = Form(
    kind="password_link",
    table=password_links,
    columns=(
        password_links.c.id,
        password_links.c.user_id,
        password_links.c.purpose,
        password_links.c.hash,
        password_links.c.expires_at,
        password_links.c.ended_at,
        password_links.c.secret,
        password_links.c.due_at,
        password_links.c.attempts,
        password_links.c.version,
    ),
    row=link_row,
    state=link_state,
)
