"""
Rules of passwords, of trying them, and of the links by which they are set.
"""

from datetime import datetime
from math import ceil

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import Refused, Violation, rule, violations
from fieldops_core.login.calculations import Patience
from fieldops_core.login.model import LONGEST_PASSWORD, PASSWORD_LENGTH, Attempts, PasswordLink


class Slowed(Refused):
    """
    Too many attempts in a row: the next one is heard after *seconds*.
    """

    def __init__(self, violations: tuple[Violation, ...], *, seconds: int) -> None:
        super().__init__(violations)
        self.seconds = seconds


@frozen(kw_only=True)
class Trying:
    """
    One more attempt, after some in vain.
    """

    attempts: Attempts
    patience: Patience
    now: datetime


@rule("API-05", "login.slowed", "Too many attempts. Please try again in {seconds} seconds.")
def attempts_are_slow(case: Trying) -> Facts | None:
    """
    Who tries one password after the other waits longer and longer.
    """
    wait = ceil(case.patience.wait(case.attempts, case.now).total_seconds())
    return {"seconds": wait} if wait else None


def require_patience(*cases: Trying) -> None:
    """
    Raises:
        Slowed: where one of these attempts comes too early.
    """
    found = [broken for case in cases for broken in violations((attempts_are_slow,), case)]
    if found:
        longest = max(found, key=lambda each: int(str(each.facts["seconds"])))
        raise Slowed((longest,), seconds=int(str(longest.facts["seconds"])))


@frozen(kw_only=True)
class NewPassword:
    """
    A password as its user would have it, by its *length*; *known*: it is their address.
    """

    length: int
    known: bool = False


@rule("API-05", "password.too_short", "A password has at least {least} characters.", field="password")
def password_is_long(case: NewPassword) -> Facts | None:
    """
    Length is what makes a password hard to guess.
    """
    return {"least": PASSWORD_LENGTH} if case.length < PASSWORD_LENGTH else None


@rule("API-05", "password.too_long", "A password has at most {most} characters.", field="password")
def password_is_not_endless(case: NewPassword) -> Facts | None:
    """
    To hash it takes time.
    """
    return {"most": LONGEST_PASSWORD} if case.length > LONGEST_PASSWORD else None


@rule("API-05", "password.known", "Your email address is no password.", field="password")
def password_is_not_the_login(case: NewPassword) -> Facts | None:
    """
    It is the first that anybody tries.
    """
    return {} if case.known else None


PASSWORD = (password_is_long, password_is_not_endless, password_is_not_the_login)


@frozen(kw_only=True)
class Proof:
    """
    Whether the old password was the right one.
    """

    right: bool


@rule("API-05", "password.wrong", "This is not your password.", field="old")
def old_password_is_right(case: Proof) -> Facts | None:
    """
    Who changes a password knows the one that there is.
    """
    return None if case.right else {}


PROOF = (old_password_is_right,)


@frozen(kw_only=True)
class Following:
    """
    A link that somebody follows; None: there is no such link.
    """

    link: PasswordLink | None
    now: datetime


@rule("API-08", "link.ended", "This link was used already, or has expired. Please ask for a new one.")
def link_is_good(case: Following) -> Facts | None:
    """
    It sets one password, in time, and not after a newer link was sent.
    """
    return None if case.link is not None and case.link.valid(case.now) else {}


LINK = (link_is_good,)


@frozen(kw_only=True)
class Guest:
    """
    The user whom a link is for.
    """

    name: str
    active: bool


@rule("ACC-24", "user.cannot_log_in", "{user} is deactivated and cannot log in.", field="user")
def guest_is_active(case: Guest) -> Facts | None:
    """
    A deactivated user is sent no link.
    """
    return None if case.active else {"user": case.name}


GUEST = (guest_is_active,)


@frozen(kw_only=True)
class Posting:
    """
    Whether somebody carries links to their users, or whoever has one made hands it on themselves.
    """

    posted: bool
    by_system: bool


@rule("API-08", "mail.missing", "No mail is set up here. `fieldops user invite` prints the link instead.")
def somebody_carries_links(case: Posting) -> Facts | None:
    """
    A link that nobody sends is of use to who sits at the server's own command line alone.
    """
    return None if case.posted or case.by_system else {}


POSTING = (somebody_carries_links,)
