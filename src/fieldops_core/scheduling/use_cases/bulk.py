"""
Bulk schedule: one plan, of which the preview tells and which the run carries out.
"""

from datetime import date, datetime

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Kind
from fieldops_core.company.model import AppointmentType, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import WRITING, Write
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.recurrence import weekly
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Refused, Violation, refuse, violations
from fieldops_core.kernel.time import local_date, valid_date
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.calculations import proposed_minutes
from fieldops_core.scheduling.messages import BulkSchedule, ListWorkOrderAppointments, PreviewBulkSchedule
from fieldops_core.scheduling.model import WorkOrderFact, WorkOrderId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import CATALOG, LENGTH, LINK, OFFER, STAGE, WHOM, Link, Visit
from fieldops_core.scheduling.rules.bulk import (
    LONGEST_DAYS,
    REQUEST,
    RUN,
    Occurrence,
    Plan,
    Request,
    Share,
)
from fieldops_core.scheduling.use_cases.loading import Wish, may_use_visit, one_person, visit_of
from fieldops_core.scheduling.use_cases.many import against_each
from fieldops_core.scheduling.use_cases.rows import rows_of
from fieldops_core.scheduling.use_cases.telling import bulk_preview, bulk_view, grouped
from fieldops_core.scheduling.views import (
    BulkPreview,
    BulkView,
    WorkOrderAppointments,
)
from fieldops_core.staff.model import Person


def preview_bulk_schedule(question: PreviewBulkSchedule, call: Call[Unit]) -> BulkPreview:
    return bulk_preview(_plan(question.wish, call, lock=Lock.NONE), now=call.now)


def bulk_schedule(command: BulkSchedule, call: Call[Unit]) -> BulkView:
    """
    All or nothing (BLK-05): one plan, then one statement each for all appointments, their history and their events.
    """
    plan = _plan(command, call, lock=Lock.SHARED)
    if broken := violations(RUN, plan):
        raise Refused((*broken, *plan.refusals), summary=broken[0].sentence)
    outcomes = decisions.bulk_schedule(plan, call.context, new_id=call.new_id, now=call.now)
    call.keep_all(call.unit.appointments, outcomes)
    return bulk_view(plan, [outcome.state for outcome in outcomes])


def list_of_work_order(question: ListWorkOrderAppointments, call: Call[Unit]) -> WorkOrderAppointments:
    unit = call.unit
    order = _work_order(question.work_order, call)
    customer = unit.customers.get(order.customer)
    may_use_visit(call.actor, Kind.TECH, Action.VIEW, customer, ())
    return grouped(rows_of(unit.appointments.of_work_order(order.id), call), question.by)


def _work_order(id: WorkOrderId, call: Call[Unit], *, lock: Lock = Lock.NONE) -> WorkOrderFact:
    for found in call.unit.work_orders.facts((id,), lock=lock):
        return found
    raise NotFound("work_order", id)


@frozen(kw_only=True)
class _Known:
    """
    What a bulk schedule refers to.
    """

    order: WorkOrderFact
    customer: Customer
    type: AppointmentType
    people: tuple[Person, ...]
    setup: Setup


def _plan(wish: BulkSchedule, call: Call[Unit], *, lock: Lock) -> Plan:
    """
    Whatever stands against the range, the choice and every single date, from one load for all.
    """
    known = _known(wish, call, lock)
    zone = known.setup.location(known.customer.location).zone
    request = Request(wish=wish, today=local_date(call.now, zone), dates=_dates(wish))
    minutes = proposed_minutes(known.type, wish.sub_type, wish.minutes)
    archived = violations(WRITING, Write(customer=known.customer, actor=call.actor))
    if lock is not Lock.NONE:
        refuse(archived)
    unplanned = archived + violations(REQUEST, request)
    visits = [_visit(wish, wish.first, person, minutes, known) for person in known.people]
    against = unplanned + (_against_the_choice(visits[0]) if visits else ())
    can_be_planned = not unplanned and not violations(LENGTH, visits[0].length)
    dates = request.dates if can_be_planned else ()
    return Plan(
        wish=wish,
        customer=known.customer,
        minutes=minutes,
        zone=zone,
        against=against,
        shares=_shares(wish, dates, visits, known, call),
    )


def _known(wish: BulkSchedule, call: Call[Unit], lock: Lock) -> _Known:
    unit, users = call.unit, tuple(dict.fromkeys(wish.technicians))
    order = _work_order(wish.work_order, call)
    customer = unit.customers.get(order.customer, lock=lock)
    for action in (Action.VIEW, Action.CREATE):
        may_use_visit(call.actor, Kind.TECH, action, customer, users)
    found = unit.people.find(ids=users, active=None) if lock is Lock.NONE else unit.people.locked(users)
    if lock is not Lock.NONE:  # after the users; its status will follow
        order = _work_order(wish.work_order, call, lock=Lock.EXCLUSIVE)
    return _Known(
        order=order,
        customer=customer,
        type=unit.appointment_types.get(wish.type),
        people=tuple(one_person(found, user) for user in users),
        setup=unit.companies.setup(),
    )


def _dates(wish: BulkSchedule) -> tuple[date, ...]:
    valid_date(wish.first, field="first")
    valid_date(wish.last, field="last")
    return weekly(wish.first, wish.last, wish.weekdays) if (wish.last - wish.first).days < LONGEST_DAYS else ()


def _visit(wish: BulkSchedule, day: date, person: Person, minutes: int, known: _Known) -> Visit:
    told = Wish(
        kind=Kind.TECH,
        sub_type=wish.sub_type,
        location=known.customer.location,
        told=datetime.combine(day, wish.time),
        minutes=minutes,
        mode=wish.mode,
        work_order=known.order,
    )
    return visit_of(told, known.customer, person, known.type, known.setup)


def _against_the_choice(visit: Visit) -> tuple[Violation, ...]:
    """
    What is asked once for all.
    """
    found = violations(STAGE, visit.subject) + violations(LINK, Link(visit=visit)) + violations(CATALOG, visit)
    return found + violations(OFFER, visit.offer) + violations(LENGTH, visit.length)


def _shares(
    wish: BulkSchedule, dates: tuple[date, ...], visits: list[Visit], known: _Known, call: Call[Unit]
) -> tuple[Share, ...]:
    every = [[_visit(wish, day, visit.person, visit.minutes, known) for day in dates] for visit in visits]
    found = iter(against_each([visit for share in every for visit in share], call, known.setup))
    return tuple(
        Share(
            visit=visit,
            why_not=violations(WHOM, visit.choice),
            occurrences=tuple(
                Occurrence(date=day, start=each.start, why_not=next(found))
                for day, each in zip(dates, share, strict=True)
            ),
        )
        for visit, share in zip(visits, every, strict=True)
    )
