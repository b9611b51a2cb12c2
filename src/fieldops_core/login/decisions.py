"""
What logging in and out, passwords and links come to.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from attrs import evolve

from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.messages import (
    PasswordLinkEnded,
    PasswordLinkMade,
    PasswordSet,
    SessionEnded,
    SessionOpened,
)
from fieldops_core.login.model import LONGEST, LinkId, Password, PasswordLink, Purpose, Session, SessionId


def open_session(
    user: UserId, hash: str, device: str, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Session]:
    session = Session(
        id=SessionId(new_id()),
        user=user,
        hash=hash,
        device=device,
        opened_at=now,
        seen_at=now,
        ends_at=now + LONGEST,
    )
    return Outcome(state=session, events=(SessionOpened.of(None, session, at=now),))


def end_session(session: Session, *, now: datetime) -> Outcome[Session]:
    """
    Ending twice changes nothing.
    """
    if session.ended_at is not None:
        return Outcome(before=session, state=session)
    ended = evolve(session, ended_at=now, version=session.version + 1)
    return Outcome(before=session, state=ended, events=(SessionEnded.of(session, ended, at=now),))


def set_password(user: UserId, before: Password | None, hash: str, *, now: datetime) -> Outcome[Password]:
    if before is None:
        first = Password(id=user, hash=hash, set_at=now)
        return Outcome(state=first, events=(PasswordSet.of(None, first, at=now),))
    changed = evolve(before, hash=hash, set_at=now, version=before.version + 1)
    return Outcome(before=before, state=changed, events=(PasswordSet.of(before, changed, at=now),))


def make_link(
    user: UserId, purpose: Purpose, hash: str, secret: Secret | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[PasswordLink]:
    link = PasswordLink(
        id=LinkId(new_id()),
        user=user,
        purpose=purpose,
        hash=hash,
        expires_at=now + purpose.lasts,
        secret=secret,
        due_at=None if secret is None else now,
    )
    return Outcome(state=link, events=(PasswordLinkMade.of(None, link, at=now),))


def end_link(link: PasswordLink, *, now: datetime) -> Outcome[PasswordLink]:
    """
    Ending twice changes nothing.
    """
    if link.ended_at is not None:
        return Outcome(before=link, state=link)
    ended = evolve(link, ended_at=now, secret=None, due_at=None, version=link.version + 1)
    return Outcome(before=link, state=ended, events=(PasswordLinkEnded.of(link, ended, at=now),))


def finish_posting(link: PasswordLink, again: timedelta | None, *, now: datetime) -> PasswordLink:
    """
    One that nobody waits for any more stays as it is. It is not tried again when it would have ended by then.
    """
    if link.secret is None:
        return link
    tried = evolve(link, attempts=link.attempts + 1, version=link.version + 1)
    if again is None or not link.valid(now + again):
        return evolve(tried, secret=None, due_at=None)
    return evolve(tried, due_at=now + again)
