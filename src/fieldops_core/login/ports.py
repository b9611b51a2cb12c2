"""
What logging in needs of the world.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock, Repository
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.model import (
    Attempts,
    Credentials,
    Departure,
    Errand,
    Letter,
    LinkId,
    Password,
    PasswordLink,
    Session,
    SessionId,
    Visitor,
)
from fieldops_core.staff import ports as staff


class Sessions(Repository[SessionId, Session], Protocol):
    def of(self, user: UserId) -> tuple[Session, ...]:
        """
        Every session of a user, in the order of their ids.
        """

    def visitor(self, hash: str) -> Visitor | None:
        """
        The user whose session has that hash, with all roles of the company: active or not, ended or not.
        """

    def seen(self, id: SessionId, *, at: datetime) -> None:
        """
        It was used: what is not counted as a change.
        """


class PasswordRows(Repository[UserId, Password], Protocol):
    def of(self, user: UserId, *, lock: Lock = Lock.NONE) -> Password | None:
        """
        The password of a user, if they have one.
        """

    def credentials(self, email: str) -> Credentials | None:
        """
        Who logs in with an address, whatever the case of its letters.
        """


class Links(Repository[LinkId, PasswordLink], Protocol):
    def of(self, user: UserId) -> tuple[PasswordLink, ...]:
        """
        Every link of a user, in the order of their ids.
        """

    def hashed(self, hash: str) -> PasswordLink | None:
        """
        The link whose secret has that hash.
        """


class AttemptCounts(Protocol):
    """
    How often somebody tried in vain, under keys that name nobody.
    """

    def of(self, key: str) -> Attempts | None:
        """
        Locked EXCLUSIVE until the unit ends.
        """

    def put(self, key: str, attempts: Attempts, *, forget_at: datetime) -> None:
        """
        Nobody asks for them from *forget_at* on.
        """

    def drop(self, key: str) -> None: ...


class Passwords(Protocol):
    """
    Turns passwords into slow hashes, and compares them. It may take a quarter of a second: never in a transaction.
    """

    def hashed(self, password: Secret) -> str: ...

    def match(self, password: Secret, hash: str | None) -> bool:
        """
        Whether a password is the one that was hashed. None matches nothing, and takes as long.
        """

    def outdated(self, hash: str) -> bool:
        """
        Whether it would be made in another way today.
        """


class NoPasswords:
    """
    Nobody logs in with a password here.
    """

    def hashed(self, password: Secret) -> str:
        raise InvalidValue("passwords.missing", "Nobody logs in with a password here.", field="password")

    def match(self, password: Secret, hash: str | None) -> bool:
        return False

    def outdated(self, hash: str) -> bool:
        return False


class Undeliverable(Exception):
    """
    A letter is not wanted where it was brought, so that another try is no use.
    """


class Post(Protocol):
    """
    Carries links to their users. Used outside of transactions.
    """

    def deliver(self, letter: Letter, /) -> None:
        """
        It was taken when this returns. A letter of the same id may come a second time, where nobody knows whether the
        first time it was taken.

        Raises:
            Undeliverable: where it never will be.
            Exception: where it was not; it is tried again.
        """


class SignOnFailed(Exception):
    """
    A sign-on service vouches for nobody: the message is a sentence for who wanted to log in. *unavailable*: it may,
    later.
    """

    def __init__(self, sentence: str, *, unavailable: bool = False) -> None:
        super().__init__(sentence)
        self.unavailable = unavailable


class SignOn(Protocol):
    """
    A service at which people sign on, and which vouches for their email address. Used outside of transactions.
    """

    def depart(self, errand: Errand) -> Departure:
        """
        Send a browser there.

        Raises:
            SignOnFailed: where the service does not answer.
        """

    def whose(self, kept: Secret, told: Mapping[str, str]) -> Errand:
        """
        The errand of which a browser that *kept* this comes back with what it was *told*. The service is not asked.

        Raises:
            SignOnFailed: where it is another browser than the one that left, or it took too long.
        """

    def vouched(self, kept: Secret, told: Mapping[str, str]) -> str:
        """
        The email address of who signed on; the service says that it verified it. It may be asked once.

        Raises:
            SignOnFailed: where nobody did, or not for this, or the service does not answer.
        """


class Unit(staff.Unit, Protocol):
    @property
    def sessions(self) -> Sessions: ...
    @property
    def passwords(self) -> PasswordRows: ...
    @property
    def password_links(self) -> Links: ...
    @property
    def attempts(self) -> AttemptCounts: ...
