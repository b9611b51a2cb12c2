"""
How an appointment is answered, with all that it refers to.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.company.model import CatalogEntry, EntryId, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.calculations import outside_hours
from fieldops_core.scheduling.model import (
    LATE_FOR,
    Appointment,
    AppointmentId,
    Around,
    Block,
    Status,
    WorkOrderFact,
    WorkOrderId,
    expected_starts,
)
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.loading import one_person
from fieldops_core.scheduling.views import AppointmentView, appointment_view


def shown(appointment: Appointment, customer: Customer, call: Call[Unit]) -> AppointmentView:
    """
    An appointment as it is answered, with all that it refers to.
    """
    unit = call.unit
    setup, type = unit.companies.setup(), unit.appointment_types.get(appointment.type)
    person = one_person(unit.people.find(ids=(appointment.user,), active=None), appointment.user)
    around = Around(customer=customer, person=person, type=type, location=setup.location(appointment.location))
    return view_of(appointment, around, setup, call)


def view_of(
    appointment: Appointment, around: Around, setup: Setup, call: Call[Unit], *, unfit: tuple[Violation, ...] = ()
) -> AppointmentView:
    """
    An appointment with what it refers to, some of which is known *around* it already.
    """
    person = around.person
    around = evolve(
        around,
        work_order=work_orders_of((appointment,), call).get(appointment.work_order),
        reschedule_reason=entry_of(appointment.reschedule_reason, call),
        unable_reason=entry_of(appointment.unable_reason, call),
        names=_names(appointment, call),
    )
    return appointment_view(
        appointment,
        around,
        reader_zone=call.context.reader_zone,
        expected_start=late_starts((appointment,), call).get(appointment.id),
        tracked=appointment.kind is Kind.TECH and setup.settings.reschedule_tracking,
        outside_hours=outside_hours(person, setup.location(person.home).zone, appointment.period),
        unfit=unfit,
    )


def work_orders_of(appointments: Iterable[Appointment], call: Call[Unit]) -> Mapping[WorkOrderId | None, WorkOrderFact]:
    """
    The work orders of some appointments, by id.
    """
    ids = {each.work_order for each in appointments if each.work_order is not None}
    return {each.id: each for each in call.unit.work_orders.facts(ids)} if ids else {}


def _names(appointment: Appointment, call: Call[Unit]) -> dict[UserId, str]:
    """
    What those are called who overrode a status.
    """
    ids = {each.by for each in appointment.moments if each.override and each.by is not None}
    return {each.id: each.name for each in call.unit.people.find(ids=ids, active=None)} if ids else {}


def late_starts(appointments: Iterable[Appointment], call: Call[Unit]) -> dict[AppointmentId, datetime]:
    """
    When those of some visits can begin that are late because of the one before (APT-24), by id, with one query for all
    their users. Only what should have begun is looked into.
    """
    waiting = [
        each
        for each in appointments
        if each.status in (Status.SCHEDULED, Status.EN_ROUTE) and call.now - LATE_FOR < each.period.start < call.now
    ]
    if not waiting:
        return {}
    around = Period(start=min(each.period.start for each in waiting) - LATE_FOR, end=call.now)
    blocks = call.unit.times.blocks(around, users={each.user for each in waiting})
    by_user: dict[UserId, list[Block]] = {}
    for block in blocks:
        by_user.setdefault(block.user, []).append(block)
    return {id: at for some in by_user.values() for id, at in expected_starts(some, call.now).items()}


def entry_of(id: EntryId | None, call: Call[Unit]) -> CatalogEntry | None:
    return None if id is None else call.unit.catalog_entries.get(id)
