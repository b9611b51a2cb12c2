"""
Users, when they work, and when they do not.
"""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import DAY_MINUTES
from fieldops_core.staff.model import Absence, AbsenceId, DatedHours, Holiday, Identity, Person, User, WorkingHours
from fieldops_core.testing.strategies.access import grants, roles, tokens, versions
from fieldops_core.testing.strategies.company import SLUG, radii
from fieldops_core.testing.strategies.kernel import (
    addresses,
    days,
    emails,
    ids,
    names,
    phones,
    points,
    ranges_of_a_day,
    texts,
    weekly_hours,
    zones,
)
from fieldops_core.testing.strategies.known import ANY, Known


def dated_hours() -> SearchStrategy[DatedHours]:
    return st.builds(DatedHours, days(), ranges_of_a_day())


def working_hours() -> SearchStrategy[WorkingHours]:
    dated = st.lists(dated_hours(), max_size=3, unique_by=lambda each: each.date).map(tuple)
    return st.builds(WorkingHours, weekly=weekly_hours(), dated=dated)


def holidays() -> SearchStrategy[Holiday]:
    return st.builds(Holiday, days(), names())


@st.composite
def users(draw: st.DrawFn, known: Known = ANY) -> User:
    home = draw(known.locations)
    further = draw(st.lists(known.locations, max_size=3, unique=True))
    return User(
        id=UserId(draw(ids())),
        name=draw(names()),
        email=draw(emails()),
        phone=draw(st.none() | phones()),
        language=draw(st.sampled_from(["en", "es", "fr-CA"])),
        zone=draw(st.none() | zones()),
        active=draw(st.booleans()),
        home=home,
        further=tuple(each for each in further if each != home),
        reports_to=draw(st.none() | known.users),
        technician=draw(st.booleans()),
        sales_rep=draw(st.booleans()),
        program_types=tuple(draw(st.lists(known.types, max_size=3, unique=True))),
        start_address=draw(addresses()),
        start=draw(st.none() | points()),
        coverage_radius=draw(radii()),
        hours=draw(working_hours()),
        roles=tuple(draw(st.lists(known.roles, max_size=3, unique=True))),
        grants=draw(grants(known)),
        external_id=draw(st.none() | names()),
        version=draw(versions()),
    )


def people(known: Known = ANY) -> SearchStrategy[Person]:
    return users(known).map(lambda user: user.person)


@st.composite
def absences(draw: st.DrawFn, known: Known = ANY) -> Absence:
    """
    Of a user or of a location; whole days or part of them.
    """
    of_user, first = draw(st.booleans()), draw(days())
    start = draw(st.just(0) | st.integers(0, DAY_MINUTES - 1))
    return Absence(
        id=AbsenceId(draw(ids())),
        user=draw(known.users) if of_user else None,
        location=None if of_user else draw(known.locations),
        first=first,
        last=first + draw(some_days()),
        start=start,
        end=draw(st.just(DAY_MINUTES) | st.integers(start + 1, DAY_MINUTES)),
        reason=draw(texts()),
        version=draw(versions()),
    )


def some_days() -> SearchStrategy[timedelta]:
    """
    How many days an absence goes on after its first.
    """
    return (st.integers(0, 10) | st.integers(0, 731)).map(lambda count: timedelta(days=count))


@st.composite
def identities(draw: st.DrawFn, known: Known = ANY) -> Identity:
    held = draw(st.lists(roles(known), max_size=3, unique_by=lambda role: role.id))
    user = draw(users(Known(roles=st.sampled_from([role.id for role in held])) if held else known))
    token = draw(tokens(Known(users=st.just(user.id))))
    slug = draw(st.from_regex(SLUG, fullmatch=True))
    return Identity(slug=slug, user=user, token=token, roles=tuple(sorted(held, key=lambda role: role.id)))


def spans() -> SearchStrategy[tuple[date, date]]:
    """
    A first and a last day to ask absences for.
    """
    return st.tuples(days(), some_days()).map(lambda found: (found[0], found[0] + found[1]))
