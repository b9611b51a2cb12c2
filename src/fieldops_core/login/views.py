"""
What questions about sessions and passwords answer.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.secret import Secret
from fieldops_core.login.model import PasswordLink, Purpose, Session
from fieldops_core.staff.model import User


@frozen(kw_only=True)
class SessionView:
    """
    One browser in which a user is logged in. *seen_at* is exact to some minutes; *current* is the one that asks.
    """

    id: UUID
    device: str
    opened_at: datetime
    seen_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    current: bool


@frozen(kw_only=True)
class SessionsView:
    """
    One's open sessions.
    """

    items: tuple[SessionView, ...]
    next: str | None = None


@frozen(kw_only=True)
class OpenedView:
    """
    A new session, and what its browser is to keep of it.
    """

    id: UUID
    user: UUID
    ends_at: datetime
    secret: Secret
    version: int


@frozen(kw_only=True)
class PasswordView:
    """
    When a user's password was set, and how many sessions ended by that.
    """

    set_at: datetime
    ended_sessions: int
    version: int


@frozen(kw_only=True)
class LinkView:
    """
    A link that is on its way to its user. *secret* is what it leads by: for the system alone, once.
    """

    id: UUID
    user: UUID
    purpose: Purpose
    expires_at: datetime
    version: int
    secret: Secret | None = None


@frozen(kw_only=True)
class PostedView:
    """
    When a link is tried again; None: it was carried, or given up.
    """

    due_at: datetime | None


@frozen(kw_only=True)
class AttemptView:
    """
    An attempt was counted.
    """

    count: int


@frozen(kw_only=True)
class SelfView:
    """
    Who one is.
    """

    id: UUID
    name: str
    email: str
    language: str
    zone: str | None
    home: UUID


def session_view(session: Session, *, current: bool = False) -> SessionView:
    return SessionView(
        id=session.id,
        device=session.device,
        opened_at=session.opened_at,
        seen_at=session.seen_at,
        ends_at=session.ends_at,
        ended_at=session.ended_at,
        current=current,
    )


def link_view(link: PasswordLink, *, secret: Secret | None = None) -> LinkView:
    return LinkView(
        id=link.id,
        user=link.user,
        purpose=link.purpose,
        expires_at=link.expires_at,
        version=link.version,
        secret=secret,
    )


def self_view(user: User) -> SelfView:
    return SelfView(
        id=user.id,
        name=user.name,
        email=user.email.address,
        language=user.language,
        zone=user.zone,
        home=user.home,
    )
