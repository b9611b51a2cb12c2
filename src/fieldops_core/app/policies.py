"""
What follows from a command at once, in its transaction: where one subdomain's events change what lies in a later one.
"""

from collections.abc import Callable
from uuid import UUID

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.app.ports import Unit
from fieldops_core.company.messages import SettingsChanged
from fieldops_core.company.model import Company
from fieldops_core.customers.messages import CustomerChanged, CustomerCreated, LeadConverted
from fieldops_core.customers.model import Customer
from fieldops_core.customers.use_cases import await_lookups
from fieldops_core.field_work.messages import CheckedOut
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.plain import restored
from fieldops_core.login.use_cases import end_links, end_sessions
from fieldops_core.scheduling.model import Appointment, Status, VisitOutcome, WorkOrderId
from fieldops_core.scheduling.use_cases import Past, PastCoverage, relocate, strand, uncover
from fieldops_core.scheduling.views import OutOfCoverageView, StrandedView, UnfitView
from fieldops_core.staff.messages import AbsenceAdded, AbsenceChanged, AbsenceRemoved, UserChanged, WorkingHoursChanged
from fieldops_core.staff.model import Absence, Person, User
from fieldops_core.work_orders.decisions import Touch
from fieldops_core.work_orders.use_cases import follow, open_work
from fieldops_core.work_orders.views import FollowedView, OpenWorkView

Policy = Callable[[tuple[Event, ...], Call[Unit]], tuple[object, ...]]


def strand_visits(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    APT-14: visits that a change of hours, an absence, a holiday, a deactivation or the rule of working hours puts
    outside become pending reassignment. Where nobody's time is concerned nothing is added.
    """
    past = Past()
    for event in events:
        past = _before(event, past)
    return () if past == Past() else (strand(past, call),)


def tell_coverage(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    Visits that another radius or start location puts out of coverage are told, and left as they are.
    """
    past = PastCoverage()
    for event in events:
        past = _coverage_before(event, past)
    return () if past == PastCoverage() else (uncover(past, call),)


def follow_customers(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    CUS-19: open visits belong to their customer's location; those that another location, or other coordinates, no
    longer fit are told.
    """
    changed = [
        (restored(Customer, event.before or {}), restored(Customer, event.after))
        for event in events
        if isinstance(event, CustomerChanged | LeadConverted)
    ]
    return tuple(
        relocate(was, now, call) for was, now in changed if (was.location, was.point) != (now.location, now.point)
    )


def look_up_later(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    CUS-14: addresses that are new are looked up after the commit. A policy where there is a service that does.
    """
    changed = [
        (None if event.before is None else restored(Customer, event.before), restored(Customer, event.after))
        for event in events
        if isinstance(event, CustomerCreated | CustomerChanged | LeadConverted)
    ]
    await_lookups(changed, call)
    return ()


def follow_visits(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    WOR-11: the status of an open work order follows its appointments.
    """
    touched: dict[WorkOrderId, Touch] = {}
    for event in events:
        if event.aggregate == "appointment":
            _touch(event, touched)
    found = follow(touched, call) if touched else None
    return () if found is None else (found,)


def warn_of_open_work(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    EQP-07: a check-out DONE warns of what is open on the checklist of its work order.
    """
    done = VisitOutcome.DONE.value
    ids = {
        WorkOrderId(UUID(str(event.after["work_order"])))
        for event in events
        if isinstance(event, CheckedOut) and event.after["outcome"] == done and event.after["work_order"]
    }
    found = open_work(ids, call) if ids else None
    return () if found is None else (found,)


def end_logins(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    ACC-24: who is deactivated is logged out at once, for good; a link that was sent to another address than the user's
    leads nowhere (API-08).
    """
    for event in events:
        if isinstance(event, UserChanged):
            was, now = (restored(User, told or {}) for told in (event.before, event.after))
            gone = was.active and not now.active
            if gone:
                end_sessions(now.id, call)
            if gone or was.email != now.email:
                end_links(now.id, call)
    return ()


POLICIES: tuple[Policy, ...] = (
    end_logins,
    strand_visits,
    tell_coverage,
    follow_customers,
    follow_visits,
    warn_of_open_work,
)
ADDED: tuple[type, ...] = (StrandedView, OutOfCoverageView, UnfitView, FollowedView, OpenWorkView)
"""
The types of what these policies add to a receipt.
"""


MATTERS = ("status", "outcome", "work_order")
COMPLETED = Status.COMPLETED.value


def _touch(event: Event, touched: dict[WorkOrderId, Touch]) -> None:
    """
    Note which work orders a change of an appointment concerns, and how.
    """
    was, now = event.before or {}, event.after
    if all(was.get(field) == now[field] for field in MATTERS):
        return
    before, after = was.get("status"), now["status"]
    resumed = before == COMPLETED != after
    moments = restored(Appointment, now).moments if resumed else ()
    for told in {was.get("work_order"), now["work_order"]} - {None}:
        id = WorkOrderId(UUID(str(told)))
        known = touched.get(id, Touch())
        touched[id] = Touch(
            checked_out=known.checked_out or before != COMPLETED == after,
            resumed=known.resumed or resumed,
            reason=moments[-1].reason if moments else known.reason,
        )


def _before(event: Event, past: Past) -> Past:
    """
    What is known of the past, and what an event tells of it.
    """
    match event:
        case UserChanged() | WorkingHoursChanged():
            return _before_user(event, past)
        case AbsenceAdded() | AbsenceChanged() | AbsenceRemoved():
            return _before_absence(event, past)
        case SettingsChanged():
            was, now = (restored(Company, told or {}).settings for told in (event.before, event.after))
            changed = was.working_hours_rule is not now.working_hours_rule
            return evolve(past, rule=was.working_hours_rule) if changed else past
    return past


def _coverage_before(event: Event, past: PastCoverage) -> PastCoverage:
    match event:
        case UserChanged():
            person, now = (restored(User, told or {}).person for told in (event.before, event.after))
            changed = (person.start, person.coverage_radius) != (now.start, now.coverage_radius)
            return evolve(past, people={person.id: person, **past.people}) if changed else past
        case SettingsChanged():
            was, settings = (restored(Company, told or {}).settings for told in (event.before, event.after))
            changed = was.max_coverage_radius != settings.max_coverage_radius
            return evolve(past, settings=was) if changed else past
    return past


def _before_user(event: Event, past: Past) -> Past:
    was, now = (restored(User, told or {}).person for told in (event.before, event.after))
    return past if _time(was) == _time(now) else evolve(past, people={was.id: was, **past.people})


def _time(person: Person) -> object:
    """
    What of a user decides when they are there.
    """
    return person.hours, person.home, person.active


def _before_absence(event: Event, past: Past) -> Past:
    """
    A removed absence is told as it was.
    """
    was = restored(Absence, event.before) if event.before is not None else None
    now = None if isinstance(event, AbsenceRemoved) else restored(Absence, event.after)
    told = [each for each in (was, now) if each is not None]
    return evolve(
        past,
        new=past.new | ({now.id} if now else set()),
        gone=past.gone + ((was,) if was else ()),
        users=past.users | {each.user for each in told if each.user is not None},
        locations=past.locations | {each.location for each in told if each.location is not None},
    )
