"""
Requests and answers about sessions and passwords.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from attrs import frozen
from msgspec import Meta

from fieldops_core.app.door import Attempt
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean
from fieldops_core.login.messages import Invite
from fieldops_core.login.model import Purpose
from fieldops_core.login.views import LinkView
from fieldops_http.wire.values import Body

Text = Annotated[str, Meta(max_length=1_000)]


class LogInBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The address by which a user logs in, and their password.
    """

    email: Text
    password: Text

    def attempt(self, *, address: str | None, device: str, had: Secret | None) -> Attempt:
        """
        Raises:
            InvalidValue: where the address or the password holds what is no text.
        """
        for field, text in (("email", self.email), ("password", self.password)):
            clean(text, field=field)
        return Attempt(email=self.email, password=Secret(self.password), address=address, device=device, had=had)


class ChangePasswordBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A new password, for who knows the old one.
    """

    old: Text
    password: Text


class InviteBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The user who is sent a link.
    """

    user: UserId

    def command(self) -> Invite:
        return Invite(user=self.user)


class ForgottenBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The address by which a user logs in.
    """

    email: Text

    @property
    def address(self) -> str:
        """
        Raises:
            InvalidValue: where it holds what is no text.
        """
        return clean(self.email, field="email")


class FollowLinkBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The last part of a link that a user was sent, and the password that they choose.
    """

    link: Text
    password: Text


@frozen(kw_only=True)
class LoggedInView:
    """
    A session was opened; its cookie came along. *csrf_token* is sent as X-CSRF-Token with whatever changes something.
    """

    id: UUID
    user: UUID
    ends_at: datetime
    csrf_token: str


@frozen(kw_only=True)
class WhoView:
    """
    Who one is. *session* and *csrf_token* are those of a browser's session, None for a token.
    """

    id: UUID
    name: str
    email: str
    language: str
    zone: str | None
    home: UUID
    session: UUID | None
    csrf_token: str | None


@frozen(kw_only=True)
class InvitationView:
    """
    A link is on its way to its user.
    """

    id: UUID
    user: UUID
    purpose: Purpose
    expires_at: datetime


@frozen(kw_only=True)
class AskedView:
    """
    If there is such a user, they are sent a link.
    """

    status: Literal["asked"] = "asked"


def invitation_view(link: LinkView) -> InvitationView:
    return InvitationView(id=link.id, user=link.user, purpose=link.purpose, expires_at=link.expires_at)
