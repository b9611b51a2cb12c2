"""
The door: by what people come in, and how they get it. Passwords are hashed and compared outside of transactions, which
nobody else should wait for.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar, cast

from attrs import frozen

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM, Actor, effective
from fieldops_core.app.ports import Ports, Receipt, Storage
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.rules import Refused, require
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import is_text
from fieldops_core.login.calculations import account_key, address_key, link_hash, secret_hash, session_company
from fieldops_core.login.messages import CountAttempt, Invite, OpenSession, ResetPassword, SetPassword
from fieldops_core.login.model import SEEN_EVERY, Credentials, Departure, PasswordLink, SessionId
from fieldops_core.login.ports import SignOn
from fieldops_core.login.rules import LINK, PASSWORD, PROOF, Following, NewPassword, Proof
from fieldops_core.login.views import LinkView, OpenedView, PasswordView

A = TypeVar("A")

NOT_HERE = "Single sign-on succeeded, but it lets nobody in here. Ask who looks after your company's users."
NOT_THEM = "There is no active user with this email address and this password."


class Unauthenticated(Exception):
    """
    Nobody known stands behind these credentials.
    """


@frozen(kw_only=True)
class Identified:
    """
    The company that was addressed and the actor behind a token, or behind a *session*.
    """

    company: CompanyId
    actor: Actor
    session: SessionId | None = None


class Executes(Protocol):
    def execute(self, command: object, context: Context) -> Receipt: ...


@frozen(kw_only=True)
class Return:
    """
    Somebody back from a sign-on service: what their browser *kept* meanwhile, what it was *told* there, the *address*
    of the network that it comes from, and what it calls itself.
    """

    kept: Secret
    told: Mapping[str, str]
    address: str | None = None
    device: str = ""


@frozen(kw_only=True)
class Attempt:
    """
    Somebody at the door: the *address* of the network that they come from, and what their browser calls itself.
    """

    email: str
    password: Secret
    address: str | None = None
    device: str = ""


class Door:
    """
    Lets people in, and out.
    """

    def __init__(self, engine: Executes, storage: Storage, ports: Ports, now: Callable[[], datetime]) -> None:
        self._engine, self._storage, self._now = engine, storage, now
        self._passwords, self._posts, self._sign_on = ports.passwords, ports.post is not None, ports.sign_on

    @property
    def signs_on(self) -> bool:
        """
        Whether people can log in by a sign-on service.
        """
        return self._sign_on is not None

    @property
    def posts(self) -> bool:
        """
        Whether links to set a password are carried to their users.
        """
        return self._posts

    def depart(self, slug: str) -> Departure:
        """
        Send somebody to the sign-on service, to come back to the company of that short name, if there is one.

        Raises:
            NotFound: where there is no such service.
            SignOnFailed: where it does not answer.
        """
        return self._service().depart(slug)

    def whose_return(self, back: Return) -> str:
        """
        The short name of the company to which somebody comes back.

        Raises:
            NotFound, SignOnFailed: where they did not leave from here.
        """
        return self._service().whose(back.kept, back.told)

    def arrive(self, back: Return) -> OpenedView:
        """
        A new session, for the active user whose email address the sign-on service says it verified. Nobody is made a
        user by it, and whoever is refused is told the same.

        Raises:
            SignOnFailed: where the service vouches for nobody.
            Unauthenticated: where there is no active user with this address.
            Slowed: where there were too many attempts before.
        """
        service = self._service()
        company = self._storage.company_named(service.whose(back.kept, back.told))
        if company is None:
            raise Unauthenticated(NOT_HERE)
        address = address_key(back.address) if back.address else None
        self._do(company, CountAttempt(account=None, address=address), object)
        email = service.vouched(back.kept, back.told)
        found = self._credentials(company, email)
        if found is None or not found.active:
            raise Unauthenticated(NOT_HERE)
        command = OpenSession(credentials=found, device=back.device, vouched=email, address=address)
        try:
            return self._do(company, command, OpenedView)
        except Refused:  # deactivated, or given another address, a moment ago; or one that only looks like it
            raise Unauthenticated(NOT_HERE) from None

    def log_in(self, slug: str, attempt: Attempt) -> OpenedView:
        """
        A new session, of the company of that short name. Whoever is refused is told the same, and as late, whether the
        address is nobody's, or the password another.

        Raises:
            Unauthenticated: where there is no active user with this address and this password.
            Slowed: where there were too many attempts before.
        """
        company = self._storage.company_named(slug)
        if company is None:
            self._passwords.match(attempt.password, None)
            raise Unauthenticated(NOT_THEM)
        account = account_key(attempt.email)
        address = address_key(attempt.address) if attempt.address else None
        self._do(company, CountAttempt(account=account, address=address), object)
        found = self._credentials(company, attempt.email)
        hash = found.hash if found is not None and found.active else None
        if not self._passwords.match(attempt.password, hash) or found is None or hash is None:
            raise Unauthenticated(NOT_THEM)
        command = OpenSession(
            credentials=found,
            device=attempt.device,
            hash=self._passwords.hashed(attempt.password) if self._passwords.outdated(hash) else None,
            account=account,
            address=address,
        )
        try:
            return self._do(company, command, OpenedView)
        except Refused:  # deactivated, or given another password, a moment ago
            raise Unauthenticated(NOT_THEM) from None

    def identify(self, *, slug: str, session: str) -> Identified:
        """
        The actor behind a session, in the company of that short name.

        Raises:
            Unauthenticated: where the session is unknown or over, or its user deactivated.
            NotFound: where it is another company's.
        """
        company, now = session_company(session), self._now()
        if company is None:
            raise Unauthenticated("This is no session.")
        with self._storage.reading(company) as unit:
            found = unit.sessions.visitor(secret_hash(session))
        if found is None or not found.user.active or not found.session.valid(now):
            raise Unauthenticated("You are no longer logged in.")
        if found.slug != slug:
            raise NotFound("company", slug)
        if now - found.session.seen_at >= SEEN_EVERY:
            self._seen(company, found.session.id, now)
        user = found.user
        held = effective(user.grants, (role for role in found.roles if role.id in user.roles))
        actor = Actor(user=user.id, home=user.home, zone=user.zone, grants=held)
        return Identified(company=company, actor=actor, session=found.session.id)

    def change_password(self, who: Identified, *, old: Secret, new: Secret) -> PasswordView:
        """
        Another password, for who knows the old one. Their other sessions end.

        Raises:
            Refused: where the old one is wrong, or the new one is not good.
            Slowed: where there were too many attempts before.
        """
        user, email = self._oneself(who)
        require(PASSWORD, _new_password(new, email))
        account = account_key(email)
        self._do(who.company, CountAttempt(account=account, address=None), object)
        found = self._credentials(who.company, email)
        right = self._passwords.match(old, None if found is None else found.hash)
        require(PROOF, Proof(right=right and found is not None))
        command = SetPassword(
            user=user,
            hash=self._passwords.hashed(new),
            version=0 if found is None else found.version,
            keep=who.session,
            account=account,
        )
        return self._do(who.company, command, PasswordView)

    def look_at_link(self, slug: str, secret: str) -> PasswordLink:
        """
        Where a link leads.

        Raises:
            Refused: where it was used, or has expired, or is none.
        """
        return self._link(slug, secret)[1]

    def follow_link(self, slug: str, secret: str, new: Secret) -> PasswordView:
        """
        Set a password by a link. All sessions of its user end.

        Raises:
            Refused: where the link leads nowhere any more, or the password is not good.
        """
        company, link = self._link(slug, secret)
        with self._storage.reading(company) as unit:
            email = unit.users.get(link.user).email.address
        require(PASSWORD, _new_password(new, email))
        command = SetPassword(
            user=link.user, hash=self._passwords.hashed(new), link=link.id, account=account_key(email)
        )
        return self._do(company, command, PasswordView)

    def forgot_password(self, slug: str, email: str, *, address: str | None = None) -> Callable[[], None]:
        """
        Count that somebody asks for a link, and answer what is left to do: to have one sent, where the address is an
        active user's. Who does that after the answer was sent tells nobody whether it is.

        Raises:
            Slowed: where there were too many attempts before.
        """
        company = self._storage.company_named(slug)
        if company is None:
            return _nothing
        # Not under the key of who logs in: nobody is kept from logging in by who asks for links.
        asked = account_key(f"forgot {email}")
        from_there = address_key(address) if address else None
        self._do(company, CountAttempt(account=asked, address=from_there), object)
        return lambda: self._send_reset(company, email)

    def invite(self, company: CompanyId, user: UserId, *, reset: bool = False) -> LinkView:
        """
        A link for a user, with its secret: for who sits at the server's own command line.

        Raises:
            NotFound, Refused: where there is no such user, or they are deactivated.
        """
        command = ResetPassword(user=user) if reset else Invite(user=user)
        return self._do(company, command, LinkView)

    def _service(self) -> SignOn:
        if self._sign_on is None:
            raise NotFound("service", "for single sign-on")
        return self._sign_on

    def _send_reset(self, company: CompanyId, email: str) -> None:
        found = self._credentials(company, email) if self._posts else None
        if found is not None and found.active:
            self._do(company, ResetPassword(user=found.user), LinkView)

    def _link(self, slug: str, secret: str) -> tuple[CompanyId, PasswordLink]:
        company, link = self._storage.company_named(slug), None
        if company is not None and is_text(secret):
            with self._storage.reading(company) as unit:
                link = unit.password_links.hashed(link_hash(company, secret))
        require(LINK, Following(link=link, now=self._now()))
        return cast("tuple[CompanyId, PasswordLink]", (company, link))

    def _credentials(self, company: CompanyId, email: str) -> Credentials | None:
        told = email.strip()
        if not is_text(told) or not told or len(told) > 254:
            return None
        with self._storage.reading(company) as unit:
            return unit.passwords.credentials(told)

    def _oneself(self, who: Identified) -> tuple[UserId, str]:
        if who.actor.user is None:
            raise NotFound("user", "system")
        with self._storage.reading(who.company) as unit:
            return who.actor.user, unit.users.get(who.actor.user).email.address

    def _seen(self, company: CompanyId, session: SessionId, now: datetime) -> None:
        try:
            with self._storage.writing(company) as unit:
                unit.sessions.seen(session, at=now)
        except Conflict:
            return  # the next request writes it down

    def _do(self, company: CompanyId, command: object, answer: type[A]) -> A:
        context = Context(company=company, actor=SYSTEM, source=Source.SYSTEM)
        got = self._engine.execute(command, context).answer
        if not isinstance(got, answer):
            raise TypeError(f"{answer.__name__} was promised, not {type(got).__name__}")
        return got


def _new_password(new: Secret, email: str) -> NewPassword:
    text = new.reveal()
    return NewPassword(length=len(text), known=text.strip().lower() == email.lower())


def _nothing() -> None:
    """
    There is nothing to be done.
    """
