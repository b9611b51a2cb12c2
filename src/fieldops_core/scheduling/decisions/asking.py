"""
Which rules a change has to keep (APT-18).
"""

from attrs import evolve

from fieldops_core.access.model import Kind
from fieldops_core.kernel.rules import Violation, violations
from fieldops_core.kernel.time import local_date
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling.messages import (
    EditAppointment,
)
from fieldops_core.scheduling.model import (
    Appointment,
    Part,
    Rescheduling,
    WorkOrderId,
)
from fieldops_core.scheduling.rules import (
    CATALOG,
    LENGTH,
    LINK,
    OFFER,
    PAST,
    STAGE,
    TIME,
    WHOM,
    Link,
    Placement,
    user_is_eligible,
)

WHEN = frozenset({Part.DATE, Part.START, Part.MINUTES, Part.USER})


FIELDS = {
    Part.WORK_ORDER: ("work_order",),
    Part.RESCHEDULING: ("rescheduling", "reschedule_reason"),
    Part.NOTES: ("notes", "on_site_notes", "public_note", "private_note"),
}


def edited(command: EditAppointment, appointment: Appointment) -> Appointment:
    """
    The fields that a command sets, and that no rule of time or choice concerns. NO drops the reason (APT-12).
    """
    rescheduling = given(command.rescheduling, appointment.rescheduling)
    reason = given(command.reschedule_reason, appointment.reschedule_reason)
    return evolve(
        appointment,
        work_order=given(command.work_order, appointment.work_order),
        rescheduling=rescheduling,
        reschedule_reason=None if rescheduling is Rescheduling.NO else reason,
        notes=given(command.notes, appointment.notes),
        on_site_notes=given(command.on_site_notes, appointment.on_site_notes),
        public_note=given(command.public_note, appointment.public_note),
        private_note=given(command.private_note, appointment.private_note),
    )


def asked_of(
    case: Placement,
    parts: frozenset[Part],
    *,
    stage: bool = False,
    past: bool = True,
    linked: WorkOrderId | None = None,
) -> tuple[Violation, ...]:
    """
    What a change of some parts breaks: of the rules that concern those parts, and no others (APT-18). *linked* is the
    work order of the visit as it is.
    """
    visit, found = case.visit, violations(STAGE, case.visit.subject) if stage else ()
    if Part.TYPE in parts:
        found += violations(CATALOG, visit)
    if Part.WORK_ORDER in parts:
        found += violations(LINK, Link(visit=visit, before=linked))
    if Part.USER in parts:
        found += violations(OFFER, visit.offer) + violations(WHOM, visit.choice)
    elif Part.TYPE in parts and visit.kind is Kind.PROGRAM:
        found += violations((user_is_eligible,), visit.choice)
    if Part.MINUTES in parts:
        found += violations(LENGTH, visit.length)
    if parts & WHEN:
        found += violations(TIME, case)
    if past and parts & {Part.DATE, Part.START}:
        found += violations(PAST, case)
    return found


def unfit(case: Placement) -> tuple[Violation, ...]:
    """
    The rules that a visit as it stands does not keep, whether or not a change asked them. The past is not among them.
    """
    visit = case.visit
    whom = violations(CATALOG, visit) + violations(WHOM, visit.choice) + violations(LENGTH, visit.length)
    return whom + violations(TIME, case)


def placed_parts(appointment: Appointment, case: Placement) -> frozenset[Part]:
    """
    In which parts of time and user a placement differs from an appointment.
    """
    visit, found = case.visit, set()
    if visit.start != appointment.period.start:
        found.add(Part.START)
        day = visit.told.date() if visit.start is None else local_date(visit.start, visit.zone)
        if day != local_date(appointment.period.start, appointment.zone):
            found.add(Part.DATE)
    if visit.minutes != appointment.period.minutes:
        found.add(Part.MINUTES)
    if visit.person.id != appointment.user:
        found.add(Part.USER)
    return frozenset(found)


def changed_parts(command: EditAppointment, appointment: Appointment, case: Placement) -> frozenset[Part]:
    """
    The parts of an appointment that a command changes.
    """
    found = set(placed_parts(appointment, case))
    if (case.visit.type.id, case.visit.sub_type) != (appointment.type, appointment.sub_type):
        found.add(Part.TYPE)
    after = edited(command, appointment)
    found |= {part for part, fields in FIELDS.items() if _differ(appointment, after, fields)}
    # A reason that goes with nothing is dropped, but not silently.
    if given(command.reschedule_reason, None) not in (None, appointment.reschedule_reason):
        found.add(Part.RESCHEDULING)
    return frozenset(found)


def _differ(one: Appointment, other: Appointment, fields: tuple[str, ...]) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in fields)
