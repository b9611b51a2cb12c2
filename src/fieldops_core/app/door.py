"""
The door: by what people come in, and how they get it. Passwords are hashed and compared outside of transactions, which
nobody else should wait for.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol, TypeVar, cast

from attrs import frozen

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM, Actor, effective
from fieldops_core.app.doorstep import Doorstep
from fieldops_core.app.ports import Ports, Receipt, Storage
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict, NotFound, Unavailable
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.rules import Refused, require
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import is_text
from fieldops_core.login.calculations import (
    OF_ACCOUNT,
    OF_ADDRESS,
    account_key,
    address_key,
    link_hash,
    secret_hash,
    session_company,
)
from fieldops_core.login.messages import CountAttempt, EndSession, Invite, OpenSession, ResetPassword, SetPassword
from fieldops_core.login.model import SEEN_EVERY, Credentials, Departure, Errand, PasswordLink, SessionId, Visitor
from fieldops_core.login.ports import SignOn
from fieldops_core.login.rules import LINK, PASSWORD, PROOF, Following, NewPassword, Proof, Slowed
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
    of the network that it comes from, what it calls itself, and the session that it *had*, which ends.
    """

    kept: Secret
    told: Mapping[str, str]
    address: str | None = None
    device: str = ""
    had: Secret | None = None


@frozen(kw_only=True)
class Attempt:
    """
    Somebody at the door: the *address* of the network that they come from, what their browser calls itself, and the
    session that it *had*, which ends where they come in.
    """

    email: str
    password: Secret
    address: str | None = None
    device: str = ""
    had: Secret | None = None


class Door:
    """
    Lets people in, and out.
    """

    def __init__(self, engine: Executes, storage: Storage, ports: Ports, now: Callable[[], datetime]) -> None:
        self._engine, self._storage, self._now = engine, storage, now
        self._passwords, self._posts, self._sign_on = ports.passwords, ports.post is not None, ports.sign_on
        self._doorstep = Doorstep()

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

    def depart(self, errand: Errand) -> Departure:
        """
        Send somebody to the sign-on service, to come back to the company of that short name, if there is one.

        Raises:
            NotFound: where there is no such service.
            SignOnFailed: where it does not answer.
        """
        return self._service().depart(errand)

    def whose_return(self, back: Return) -> Errand:
        """
        On which errand somebody was who comes back.

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
        address = address_key(back.address) if back.address else None
        company = self._counted(service.whose(back.kept, back.told).slug, account=None, address=address)
        if company is None:
            raise Unauthenticated(NOT_HERE)
        email = service.vouched(back.kept, back.told)
        found = self._credentials(company, email)
        if found is None or not found.active:
            raise Unauthenticated(NOT_HERE)
        command = OpenSession(credentials=found, device=back.device, vouched=email, address=address)
        try:
            return self._let_in(company, command, back.had)
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
        account = account_key(attempt.email)
        address = address_key(attempt.address) if attempt.address else None
        company = self._counted(slug, account=account, address=address)
        found = None if company is None else self._credentials(company, attempt.email)
        hash = found.hash if found is not None and found.active else None
        right = self._passwords.match(attempt.password, hash)
        if company is None or found is None or hash is None or not right:
            raise Unauthenticated(NOT_THEM)
        command = OpenSession(
            credentials=found,
            device=attempt.device,
            hash=self._passwords.hashed(attempt.password) if self._passwords.outdated(hash) else None,
            account=account,
            address=address,
        )
        try:
            return self._let_in(company, command, attempt.had)
        except Refused:  # deactivated, or given another password, a moment ago
            raise Unauthenticated(NOT_THEM) from None

    def identify(self, *, slug: str, session: str, used: bool = True) -> Identified:
        """
        The actor behind a session, in the company of that short name. It is *used* by that, unless only a stream asks
        whether they may go on reading.

        Raises:
            Unauthenticated: where the session is unknown or over, or its user deactivated.
            NotFound: where it is another company's.
        """
        company, found = self._visitor(session)
        if found.slug != slug:
            raise NotFound("company", slug)
        if used and self._now() - found.session.seen_at >= SEEN_EVERY:
            self._seen(company, found.session.id, self._now())
        return Identified(company=company, actor=_actor(found), session=found.session.id)

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
        # Not under the key of who logs in: nobody is kept from logging in by who asks for links.
        asked = account_key(f"forgot {email}")
        company = self._counted(slug, account=asked, address=address_key(address) if address else None)
        return _nothing if company is None else lambda: self._send_reset(company, email)

    def invite(self, company: CompanyId, user: UserId, *, reset: bool = False) -> LinkView:
        """
        A link for a user, with its secret: for who sits at the server's own command line.

        Raises:
            NotFound, Refused: where there is no such user, or they are deactivated.
        """
        command = ResetPassword(user=user) if reset else Invite(user=user)
        return self._do(company, command, LinkView)

    def _counted(self, slug: str, *, account: str | None, address: str | None) -> CompanyId | None:
        """
        The company of that short name, if there is one, with one more attempt counted there. From an address they are
        counted whatever company is named: else what is answered next would tell which of them there are.

        Raises:
            Slowed: where there were too many before.
        """
        company, now = self._storage.company_named(slug), self._now()
        if address is not None:
            self._doorstep.count(address, OF_ADDRESS, now)
        try:
            if company is not None:
                self._do(company, CountAttempt(account=account, address=address), object)
            elif account is not None:
                self._doorstep.count(secret_hash(f"{slug} {account}"), OF_ACCOUNT, now)
        except Slowed:  # what comes too early is not counted
            self._forgive(address)
            raise
        return company

    def _forgive(self, address: str | None) -> None:
        if address is not None:
            self._doorstep.forgive(address)

    def _let_in(self, company: CompanyId, command: OpenSession, had: Secret | None) -> OpenedView:
        """
        A new session, instead of the one that the browser had: nobody can use that any more but who stole it.
        """
        opened = self._do(company, command, OpenedView)
        self._forgive(command.address)
        # Where it cannot be ended just now, it ends by itself.
        with suppress(Unauthenticated, NotFound, Unavailable):
            where, found = self._visitor("" if had is None else had.reveal())
            context = Context(company=where, actor=_actor(found), source=Source.WEB)
            self._engine.execute(EndSession(session=found.session.id), context)
        return opened

    def _visitor(self, session: str) -> tuple[CompanyId, Visitor]:
        company = session_company(session)
        if company is None:
            raise Unauthenticated("This is no session.")
        with self._storage.reading(company) as unit:
            found = unit.sessions.visitor(secret_hash(session))
        if found is None or not found.user.active or not found.session.valid(self._now()):
            raise Unauthenticated("You are no longer logged in.")
        return company, found

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


def _actor(visitor: Visitor) -> Actor:
    user = visitor.user
    held = effective(user.grants, (role for role in visitor.roles if role.id in user.roles))
    return Actor(user=user.id, home=user.home, zone=user.zone, grants=held)


def _new_password(new: Secret, email: str) -> NewPassword:
    text = new.reveal()
    return NewPassword(length=len(text), known=text.strip().lower() == email.lower())


def _nothing() -> None:
    """
    There is nothing to be done.
    """
