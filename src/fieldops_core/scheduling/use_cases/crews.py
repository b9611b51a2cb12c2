"""
Crews: several visits of one work order and start, one user each.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Refused, Violation, refuse
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import EditAppointment, MoveCrew
from fieldops_core.scheduling.model import Appointment, AppointmentId, Block, WorkOrderId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.appointments import edit_appointment
from fieldops_core.scheduling.views import AppointmentView, CrewView

Crews = Mapping[tuple[WorkOrderId, datetime], tuple[AppointmentId, ...]]


def move_crew(command: MoveCrew, call: Call[Unit]) -> CrewView:
    """
    Each is moved as if it were alone, with all their users locked in the order of their ids; what stands against any of
    them stands against all, and is told of each.
    """
    named = call.unit.appointments.get(command.appointment)
    # Every other change of the customer's visits shares this lock: who is of the crew is read when none is under way.
    call.unit.customers.get(named.customer, lock=Lock.EXCLUSIVE)
    crew = _crew(call.unit.appointments.get(named.id), call)
    people = call.unit.people.locked({each.user for each in crew})
    names = {person.id: person.name for person in people}
    moved: list[AppointmentView] = []
    found: list[Violation] = []
    for member in crew:
        # The version that is expected is the named one's.
        within = call if member.id == named.id else evolve(call, context=evolve(call.context, expected_version=None))
        try:
            same = EditAppointment(appointment=member.id, start=command.start, mode=command.mode)
            moved.append(edit_appointment(same, within))
        except Refused as refused:
            found += [_told(each, member, names) for each in refused.violations]
    refuse(tuple(found))
    return CrewView(items=tuple(moved))


def crews_among(blocks: Iterable[Block], around: Period, call: Call[Unit]) -> Crews:
    """
    The crews of the work orders that some blocks are of: one query, where there are any.
    """
    orders = {block.work_order for block in blocks if block.work_order is not None}
    found: dict[tuple[WorkOrderId, datetime], tuple[AppointmentId, ...]] = {}
    for each in call.unit.times.crews(orders, around) if orders else ():
        key = each.work_order, each.start
        found[key] = (*found.get(key, ()), each.appointment)
    return found


def others(block: Block, crews: Crews) -> tuple[AppointmentId, ...]:
    """
    The other appointments of a block's crew; none where it is no one's.
    """
    crew = crews.get((block.work_order, block.start), ()) if block.work_order is not None else ()
    return tuple(each for each in crew if each != block.appointment) if block.appointment in crew else ()


def _crew(named: Appointment, call: Call[Unit]) -> tuple[Appointment, ...]:
    """
    The named one first, so that what may not be done with it is told before anything else.
    """
    if named.work_order is None:
        return (named,)
    crew = call.unit.appointments.crew(named.work_order, named.period.start)
    return (named, *(each for each in crew if each.id != named.id))


def _told(violation: Violation, member: Appointment, names: Mapping[UserId, str]) -> Violation:
    sentence = f"{names[member.user]}: {violation.sentence}"
    return evolve(violation, sentence=sentence, facts={**violation.facts, "member": member.id})
