"""
What happened on the day grid since somebody last looked: told from the events that were committed, whichever process
wrote them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind
from fieldops_core.access.rules import VISIT, VisitAccess
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.kernel.events import Event, Happened, Place
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.plain import restored
from fieldops_core.kernel.time import Period, local_date
from fieldops_core.scheduling.messages import ListGridChanges
from fieldops_core.scheduling.model import Appointment, Hold
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.fitting import days_frame
from fieldops_core.scheduling.use_cases.grid import sees_kind
from fieldops_core.scheduling.views import GridChangesView, GridChangeView
from fieldops_core.staff.model import Absence

S = TypeVar("S")

ONE_DAY = timedelta(days=1)
TIME = ("hours", "home", "further", "active", "name", "technician", "sales_rep", "program_types", "start")
"""
What of a user a day grid shows, or is made by.
"""


def list_grid_changes(question: ListGridChanges, call: Call[Unit]) -> GridChangesView:
    """
    Two queries where nothing happened; the company, users and customers are asked for where something did.
    """
    if not any(sees_kind(call.actor, kind) for kind in Kind):
        raise Forbidden("You may not see appointments.", rule="ACC-26")
    happenings, limit = call.unit.outbox, one_more(question.limit)
    after = None if question.after is None else Place.of(question.after)
    if after is None or not happenings.knows(after):
        return GridChangesView(changes=(), place=str(happenings.newest()), reset=question.after is not None)
    found = happenings.since(after, limit=limit)
    page, last = paged(found, question.limit)
    place = page[-1].place if page else after
    concerning = [each for each in page if each.event.aggregate in CONCERN]
    changes = tuple(_told(concerning, question, call)) if concerning else ()
    return GridChangesView(changes=changes, place=str(place), more=last is not None)


@frozen(kw_only=True)
class _Looking:
    """
    What one reader looks at: some days of a zone, and users, by their locations.
    """

    zone: str
    days: tuple[date, ...]
    users: Mapping[UserId, frozenset[LocationId]]
    may_see: Callable[[Appointment], bool]

    def shows(self, user: UserId | None) -> bool:
        return user in self.users

    def of(self, location: LocationId) -> Iterator[UserId]:
        return (user for user, locations in self.users.items() if location in locations)

    def within(self, period: Period) -> frozenset[date]:
        """
        The days that a period touches.
        """
        last = local_date(period.end - timedelta(microseconds=1), self.zone)
        return self.between(local_date(period.start, self.zone), last)

    def between(self, first: date, last: date) -> frozenset[date]:
        return frozenset(day for day in self.days if first <= day <= last)


def _told(happened: Iterable[Happened], question: ListGridChanges, call: Call[Unit]) -> Iterator[GridChangeView]:
    looking = _looking([each.event for each in happened], question, call)
    for each in happened:
        yield from CONCERN[each.event.aggregate](each.event, looking)


def _looking(events: list[Event], question: ListGridChanges, call: Call[Unit]) -> _Looking:
    setup = call.unit.companies.setup()
    zone = question.zone or setup.locations[0].zone
    first = question.first or local_date(call.now, zone)
    days_frame(zone, first, question.days, setup.settings)  # refuses what is no such range of days
    people = call.unit.people.find(ids=question.users or None, active=None)
    asked = frozenset(question.locations or ())
    shown = (each for each in people if not asked or any(each.of(location) for location in asked))
    every = tuple(location.id for location in setup.locations)
    return _Looking(
        zone=zone,
        days=tuple(first + ONE_DAY * number for number in range(question.days)),
        users={each.id: frozenset(location for location in every if each.of(location)) for each in shown},
        may_see=_visibility(events, call),
    )


def _visibility(events: list[Event], call: Call[Unit]) -> Callable[[Appointment], bool]:
    """
    Which appointments the reader may look into: asked where their customer is now (ACC-22).
    """
    visits = [each for each in events if each.aggregate == "appointment"]
    customers = {state.customer for each in visits for state in _states(each, Appointment)}
    at = {each.id: each.location for each in call.unit.customers.named(tuple(sorted(customers)))} if customers else {}
    actor: Actor = call.actor

    def may_see(visit: Appointment) -> bool:
        place = at.get(visit.customer, visit.location)
        case = VisitAccess(actor=actor, kind=visit.kind, action=Action.VIEW, at=place, assignees=(visit.user,))
        return all(each(case) is None for each in VISIT)

    return may_see


def _appointment(event: Event, looking: _Looking) -> Iterator[GridChangeView]:
    """
    Whose it was, and whose it is.
    """
    states = _states(event, Appointment)
    for user in dict.fromkeys(state.user for state in states):
        own = [state for state in states if state.user == user]
        days = frozenset[date]().union(*(looking.within(state.period) for state in own))
        if not days or not looking.shows(user):
            continue
        if all(looking.may_see(state) for state in own):
            yield GridChangeView(
                user=user,
                days=tuple(sorted(days)),
                event=type(event).__name__,
                appointment=event.aggregate_id,
                version=event.version,
            )
        else:
            yield GridChangeView(user=user, days=tuple(sorted(days)))


def _hold(event: Event, looking: _Looking) -> Iterator[GridChangeView]:
    for state in _states(event, Hold)[-1:]:
        days = looking.within(state.period)
        if days and looking.shows(state.user):
            yield GridChangeView(user=state.user, days=tuple(sorted(days)))


def _absence(event: Event, looking: _Looking) -> Iterator[GridChangeView]:
    """
    A holiday is everybody's of its location. Local days of other zones begin and end a day earlier or later.
    """
    found: dict[UUID, frozenset[date]] = {}
    for state in _states(event, Absence):
        days = looking.between(state.first - ONE_DAY, state.last + ONE_DAY)
        users = [state.user] if state.user is not None else []
        for user in (*users, *(looking.of(state.location) if state.location is not None else ())):
            if looking.shows(user):
                found[user] = found.get(user, frozenset()) | days
    yield from (GridChangeView(user=user, days=tuple(sorted(days))) for user, days in found.items() if days)


def _user(event: Event, looking: _Looking) -> Iterator[GridChangeView]:
    was, now = event.before or {}, event.after
    changed = any(was.get(name) != now.get(name) for name in TIME)
    user = UserId(event.aggregate_id)
    if changed and looking.shows(user):
        yield GridChangeView(user=user, days=None)


def _states(event: Event, kind: type[S]) -> list[S]:
    """
    What it was, where it was there before, and what it is.
    """
    return [restored(kind, told) for told in (event.before, event.after) if told is not None]


CONCERN: Mapping[str, Callable[[Event, _Looking], Iterator[GridChangeView]]] = {
    "appointment": _appointment,
    "hold": _hold,
    "absence": _absence,
    "user": _user,
}
"""
The aggregates whose events change a day grid.
"""
