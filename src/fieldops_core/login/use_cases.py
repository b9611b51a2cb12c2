"""
Sessions, passwords and the links to set them: load, decide, save. Passwords themselves never come here: to hash them
takes too long for a transaction (:mod:`fieldops_core.app.door`).
"""

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.ports import Randomness
from fieldops_core.access.rules import require_company_wide
from fieldops_core.kernel.errors import Forbidden, NotFound
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.secret import Secret
from fieldops_core.login import decisions
from fieldops_core.login.calculations import (
    OF_ACCOUNT,
    OF_ADDRESS,
    Patience,
    link_hash,
    same_address,
    secret_hash,
    session_text,
)
from fieldops_core.login.messages import (
    PURPOSES,
    CountAttempt,
    EndSession,
    FinishPosting,
    Invite,
    ListSessions,
    OpenSession,
    ResetPassword,
    SetPassword,
    ShowSelf,
    ShowSession,
)
from fieldops_core.login.model import Attempts, Letter, LinkId, Password, Session, SessionId
from fieldops_core.login.ports import Unit
from fieldops_core.login.rules import (
    GUEST,
    LINK,
    POSTING,
    PROOF,
    Following,
    Guest,
    Posting,
    Proof,
    Trying,
    require_patience,
)
from fieldops_core.login.views import (
    AttemptView,
    LinkView,
    OpenedView,
    PasswordView,
    PostedView,
    SelfView,
    SessionsView,
    SessionView,
    link_view,
    self_view,
    session_view,
)


def count_attempt(command: CountAttempt, call: Call[Unit]) -> AttemptView:
    """
    Before the password is looked at: of many attempts at once each is counted. One that comes too early is not.
    """
    counted = call.unit.attempts
    there = {key: counted.of(key) for key, _ in _keys(command)}
    nothing = Attempts(last_at=call.now)
    require_patience(
        *(Trying(attempts=there[key] or nothing, patience=how, now=call.now) for key, how in _keys(command))
    )
    for key, how in _keys(command):
        counted.put(key, how.after(there[key], call.now), forget_at=call.now + how.forgotten)
    return AttemptView(count=len(there))


def open_session(command: OpenSession, call: Call[Unit], *, randomness: Randomness) -> OpenedView:
    """
    Against who deactivates the user, or sets another password, meanwhile: they wait for this, or it finds them.
    """
    proved = command.credentials
    user = call.unit.users.get(proved.user, lock=Lock.SHARED)
    password = call.unit.passwords.of(proved.user)
    if command.vouched is None:
        right = password is not None and password.version == proved.version
    else:
        right = same_address(user.email.address, command.vouched)
    require(PROOF, Proof(right=user.active and right))
    if password is not None and command.hash is not None:
        _keep(decisions.set_password(user.id, password, command.hash, now=call.now), call)
    if command.account is not None:
        call.unit.attempts.drop(command.account)
    if command.address is not None:
        _forgive(command.address, OF_ADDRESS, call)
    text = session_text(call.context.company, randomness())
    outcome = decisions.open_session(user.id, secret_hash(text), command.device, new_id=call.new_id, now=call.now)
    session = call.keep(call.unit.sessions, outcome)
    return OpenedView(
        id=session.id, user=session.user, ends_at=session.ends_at, secret=Secret(text), version=session.version
    )


def set_password(command: SetPassword, call: Call[Unit]) -> PasswordView:
    user = call.unit.users.get(command.user, lock=Lock.EXCLUSIVE)
    require(GUEST, Guest(name=user.name, active=user.active))
    before = call.unit.passwords.of(user.id)
    if command.link is not None:
        require(LINK, Following(link=call.unit.password_links.get(command.link, lock=Lock.EXCLUSIVE), now=call.now))
    else:
        require(PROOF, Proof(right=before is not None and before.version == command.version))
    password = _keep(decisions.set_password(user.id, before, command.hash, now=call.now), call)
    ended = end_sessions(user.id, call, but=command.keep)
    end_links(user.id, call)
    if command.account is not None:
        call.unit.attempts.drop(command.account)
    return PasswordView(set_at=password.set_at, ended_sessions=ended, version=password.version)


def make_link(command: Invite | ResetPassword, call: Call[Unit], *, randomness: Randomness, posted: bool) -> LinkView:
    """
    *posted*: somebody carries links to their users, and needs the secret until then.
    """
    require_company_wide(call.actor, Permission.USERS, Action.MODIFY)
    require(POSTING, Posting(posted=posted, by_system=call.actor.user is None))
    user = call.unit.users.get(command.user, lock=Lock.EXCLUSIVE)
    require(GUEST, Guest(name=user.name, active=user.active))
    if isinstance(command, Invite):  # who forgot does not end what others sent
        end_links(user.id, call)
    secret = Secret(randomness())
    outcome = decisions.make_link(
        user.id,
        PURPOSES[type(command)],
        link_hash(call.context.company, secret.reveal()),
        secret if posted else None,
        new_id=call.new_id,
        now=call.now,
    )
    link = call.keep(call.unit.password_links, outcome)
    # Whoever follows it is that user: nobody else may see where it leads.
    return link_view(link, secret=secret if call.actor.user is None else None)


def letter_of(id: LinkId, company: CompanyId, unit: Unit, *, now: datetime) -> Letter | None:
    """
    A link as its user is told of it; None where there is nothing to tell any more.
    """
    link = unit.password_links.get(id)
    if link.secret is None or not link.valid(now):
        return None
    user, theirs = unit.users.get(link.user), unit.companies.get(company)
    return Letter(
        id=link.id,
        company=theirs.name,
        slug=theirs.slug,
        purpose=link.purpose,
        known=unit.passwords.of(user.id) is not None,
        email=user.email.address,
        name=user.name,
        language=user.language,
        zone=user.zone or unit.locations.get(user.home).zone,
        secret=link.secret,
        expires_at=link.expires_at,
    )


def finish_posting(command: FinishPosting, call: Call[Unit]) -> PostedView:
    """
    How a letter went is no change of its link, and told nowhere.
    """
    link = call.unit.password_links.get(command.link, lock=Lock.EXCLUSIVE)
    finished = decisions.finish_posting(link, command.again, now=call.now)
    if finished != link:
        call.unit.password_links.save(finished)
    return PostedView(due_at=finished.due_at)


def end_session(command: EndSession, call: Call[Unit]) -> SessionView:
    session = _own_session(command.session, call)
    return session_view(call.keep(call.unit.sessions, decisions.end_session(session, now=call.now)))


def show_session(question: ShowSession, call: Call[Unit]) -> SessionView:
    return session_view(_own_session(question.session, call), current=question.session == question.current)


def list_sessions(question: ListSessions, call: Call[Unit]) -> SessionsView:
    open_now = (each for each in call.unit.sessions.of(_oneself(call)) if each.valid(call.now))
    return SessionsView(items=tuple(session_view(each, current=each.id == question.current) for each in open_now))


def show_self(_: ShowSelf, call: Call[Unit]) -> SelfView:
    return self_view(call.unit.users.get(_oneself(call)))


def end_sessions(user: UserId, call: Call[Unit], *, but: object = None) -> int:
    """
    End the sessions of a user; answers how many were open.
    """
    going = [each for each in _open_sessions(user, call) if each.id != but]
    for session in going:
        call.keep(call.unit.sessions, decisions.end_session(session, now=call.now))
    return len(going)


def end_links(user: UserId, call: Call[Unit]) -> None:
    """
    No link that the user was sent leads anywhere any more.
    """
    for link in call.unit.password_links.of(user):
        call.keep(call.unit.password_links, decisions.end_link(link, now=call.now))


def _open_sessions(user: UserId, call: Call[Unit]) -> Iterator[Session]:
    return (each for each in call.unit.sessions.of(user) if each.valid(call.now))


def _own_session(id: SessionId, call: Call[Unit]) -> Session:
    session = call.unit.sessions.get(id)
    if session.user != call.actor.user:
        raise NotFound("session", id)
    return session


def _keep(outcome: Outcome[Password], call: Call[Unit]) -> Password:
    """
    Whatever it looks like: that a hash became another one is told nowhere.
    """
    if outcome.before is None:
        call.unit.passwords.add(outcome.state)
    else:
        call.unit.passwords.save(outcome.state)
    call.kept.append(outcome)
    return outcome.state


def _oneself(call: Call[Unit]) -> UserId:
    if call.actor.user is None:
        raise Forbidden("Only users log in.")
    return call.actor.user


def _keys(command: CountAttempt) -> list[tuple[str, Patience]]:
    """
    In one order for all who lock them.
    """
    told = ((command.account, OF_ACCOUNT), (command.address, OF_ADDRESS))
    return sorted(((key, how) for key, how in told if key is not None), key=lambda each: each[0])


def _forgive(key: str, patience: Patience, call: Call[Unit]) -> None:
    """
    The attempt was none in vain; those of others from there were.
    """
    there = call.unit.attempts.of(key)
    if there is not None:
        fewer = evolve(there, count=max(there.count - 1, 0))
        call.unit.attempts.put(key, fewer, forget_at=there.last_at + patience.forgotten)
