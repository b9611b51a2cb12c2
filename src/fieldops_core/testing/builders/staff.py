"""
Users with their roles, tokens and absences.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Unpack

from attrs import evolve

from fieldops_core.access.model import Role, RoleId, Token, TokenId
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.staff.model import Absence, AbsenceId, User
from fieldops_core.testing import fields
from fieldops_core.testing.builders.defaults import DAY, FIFTY_MILES, OFFICE_HOURS, PROVO, fresh, numbers
from fieldops_core.testing.clock import NOW


def a_role(**given: Unpack[fields.RoleFields]) -> Role:
    return evolve(Role(id=RoleId(fresh()), name="Dispatcher"), **given)


def a_token(**given: Unpack[fields.TokenFields]) -> Token:
    """
    A token of a user who is not there, for the next thirty days.
    """
    id = fresh()
    token = Token(
        id=TokenId(id),
        user=UserId(fresh()),
        name="Dispatch desk",
        hash=sha256(id.bytes).hexdigest(),
        expires_at=NOW + timedelta(days=30),
    )
    return evolve(token, **given)


def a_user(**given: Unpack[fields.UserFields]) -> User:
    """
    A user who can be assigned nothing.
    """
    id, email = UserId(fresh()), Email(f"user{next(numbers)}@example.com")
    return evolve(User(id=id, name="Ann", email=email, home=LocationId(fresh()), hours=OFFICE_HOURS), **given)


def a_technician(**given: Unpack[fields.UserFields]) -> User:
    """
    A technician who starts in Provo and covers fifty miles.
    """
    return evolve(a_user(technician=True, start=PROVO, coverage_radius=FIFTY_MILES), **given)


def an_absence(**given: Unpack[fields.AbsenceFields]) -> Absence:
    """
    The whole of :data:`DAY`, of a user, or of a location where one is given.
    """
    location, first = given.get("location"), given.get("first", DAY)
    user = None if location else given.get("user") or UserId(fresh())
    return evolve(Absence(id=AbsenceId(fresh()), user=user, location=location, first=first, last=first), **given)
