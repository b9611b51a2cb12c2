"""
What can be done and asked about sessions and passwords, and what happens then.
"""

from datetime import timedelta

from attrs import frozen

from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId
from fieldops_core.login.model import Credentials, LinkId, Purpose, SessionId


@frozen(kw_only=True)
class CountAttempt:
    """
    Somebody is about to try a password: of an account, and from an address of the network, each under a key that names
    neither. The system's own command.
    """

    account: str | None
    address: str | None


@frozen(kw_only=True)
class OpenSession:
    """
    A password was right: these *credentials* are logged in. *hash* replaces that of the password, where it was made in
    a way that is no longer good. Or a sign-on service *vouched* for an email address, and no password was asked for.
    The system's own command.
    """

    credentials: Credentials
    device: str = ""
    hash: str | None = None
    vouched: str | None = None
    account: str | None = None
    address: str | None = None


@frozen(kw_only=True)
class SetPassword:
    """
    A user has another password from now on: its *hash*. It came with a *link*, or instead of the *version* that was
    proved; of the user's sessions only *keep* goes on. The system's own command.
    """

    user: UserId
    hash: str
    link: LinkId | None = None
    version: int | None = None
    keep: SessionId | None = None
    account: str | None = None


@frozen(kw_only=True)
class Invite:
    """
    Send a user a link by which they set a password. Those that they were sent before end.
    """

    user: UserId


@frozen(kw_only=True)
class ResetPassword:
    """
    Send a user a link by which they set another password. Others lead on. The system's own command.
    """

    user: UserId


@frozen(kw_only=True)
class FinishPosting:
    """
    A link was carried to its user, or given up: its secret is forgotten. Or it is to be tried *again* after a
    while. The system's own command.
    """

    link: LinkId
    again: timedelta | None = None


@frozen(kw_only=True)
class EndSession:
    """
    Log out of a session of one's own.
    """

    session: SessionId


@frozen(kw_only=True)
class ShowSession:
    """
    A session of one's own. *current*: the one that this is asked in.
    """

    session: SessionId
    current: SessionId | None = None


@frozen(kw_only=True)
class ListSessions:
    """
    One's own sessions that are open. *current*: the one that this is asked in.
    """

    current: SessionId | None = None


@frozen(kw_only=True)
class ShowSelf:
    """
    Who one is.
    """


class SessionOpened(Event):
    pass


class SessionEnded(Event):
    pass


class PasswordSet(Event):
    pass


class PasswordLinkMade(Event):
    pass


class PasswordLinkEnded(Event):
    """
    It was used, replaced, or is its user's no longer.
    """


PURPOSES = {Invite: Purpose.INVITATION, ResetPassword: Purpose.RESET}
