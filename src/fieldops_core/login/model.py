"""
Browser sessions, passwords, the links by which one is set, and how often somebody tried in vain.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Role
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.plain import INTERNAL
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean, is_text
from fieldops_core.staff.model import User

SessionId = NewType("SessionId", UUID)
LinkId = NewType("LinkId", UUID)

IDLE = timedelta(hours=12)
"""
A session that nothing was asked in for so long has ended.
"""
LONGEST = timedelta(days=14)
"""
A session ends after so long, whatever is asked in it.
"""
SEEN_EVERY = timedelta(minutes=5)
"""
How exactly it is known when a session was last used: each time it is written down costs a transaction.
"""
SIGN_ON_LASTS = timedelta(minutes=10)
"""
How long somebody may take at a sign-on service.
"""
DEVICE_LENGTH = 200
PASSWORD_LENGTH = 12
LONGEST_PASSWORD = 200


class Purpose(Enum):
    """
    Why a user is sent a link by which they set a password.
    """

    INVITATION = "invitation"
    RESET = "reset"

    @property
    def lasts(self) -> timedelta:
        """
        How long such a link can be used.
        """
        return timedelta(days=7) if self is Purpose.INVITATION else timedelta(hours=2)


def _device(told: str) -> str:
    return clean(told, field="device")[:DEVICE_LENGTH] if is_text(told) else ""


@frozen(kw_only=True)
class Session:
    """
    A user's being logged in with one browser, *device*, as that calls itself: only the hash (SHA-256, hex) of its
    secret is kept. It ends when its user says so, when it was not used for :data:`IDLE`, and at the latest at
    *ends_at*.
    """

    id: SessionId
    user: UserId
    hash: str = field(metadata=INTERNAL)
    device: str = field(default="", converter=_device)
    opened_at: datetime
    seen_at: datetime = field(metadata=INTERNAL)
    ends_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    def valid(self, now: datetime) -> bool:
        """
        Neither ended, nor over, nor forgotten at an instant.
        """
        return self.ended_at is None and now < self.ends_at and now < self.seen_at + IDLE


@frozen(kw_only=True)
class Password:
    """
    The password of the user of that id: a slow hash of it, which says itself how it was made.
    """

    id: UserId
    hash: str = field(metadata=INTERNAL)
    set_at: datetime
    version: int = 1


@frozen(kw_only=True)
class PasswordLink:
    """
    A link by which a user sets a password, once, until *expires_at*: only the hash (SHA-256, hex) of its secret is
    kept, and, where somebody is to carry it to them, the secret itself, sealed, until they did or gave up. Until then
    it is due at *due_at*; it was tried *attempts* times.
    """

    id: LinkId
    user: UserId
    purpose: Purpose
    hash: str = field(metadata=INTERNAL)
    expires_at: datetime
    ended_at: datetime | None = None
    secret: Secret | None = field(default=None, metadata=INTERNAL)
    due_at: datetime | None = field(default=None, metadata=INTERNAL)
    attempts: int = field(default=0, metadata=INTERNAL)
    version: int = 1

    def valid(self, now: datetime) -> bool:
        """
        Neither used, replaced nor expired at an instant.
        """
        return self.ended_at is None and now < self.expires_at


@frozen(kw_only=True)
class Attempts:
    """
    How often in a row somebody tried in vain, and when they last did.
    """

    count: int = 0
    last_at: datetime


@frozen(kw_only=True)
class Credentials:
    """
    Who logs in with an address, and the hash of their password, if they have one: its *version* is then above 0.
    """

    user: UserId
    active: bool
    hash: str | None = None
    version: int = 0


@frozen(kw_only=True)
class Errand:
    """
    What somebody is at a sign-on service for: to log in to the company of that short name, and to go on to *then*, as
    it was asked for; "": to where one begins.
    """

    slug: str
    then: str = ""


@frozen(kw_only=True)
class Departure:
    """
    Somebody on their way to a sign-on service: the address *to* which their browser goes, and what it keeps meanwhile.
    """

    to: str
    kept: Secret


@frozen(kw_only=True)
class Visitor:
    """
    Whose a session is, in the company of that short name.
    """

    slug: str
    session: Session
    user: User
    roles: tuple[Role, ...] = ()


@frozen(kw_only=True)
class Letter:
    """
    A link on its way to its user, in the *company* of that short name; *known* users have a password already. It ends
    at *expires_at*, which they read in their *zone*. Of two letters with one *id* the second says nothing new.
    """

    id: LinkId
    company: str
    slug: str
    purpose: Purpose
    known: bool
    email: str
    name: str
    language: str
    zone: str
    secret: Secret
    expires_at: datetime
