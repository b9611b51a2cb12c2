"""
Appointments, whole and as blocks of a grid, holds and repairs.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import moments_of, moments_text, repair_moves_of, repair_moves_text
from fieldops_adapters.sql.tables import appointment_types, appointments, customers, holds, repairs
from fieldops_core.access.model import Kind, Stage
from fieldops_core.kernel.geo import point_of
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import (
    Appointment,
    Block,
    CancelledBy,
    Hold,
    Repair,
    Rescheduling,
    Status,
    VisitOutcome,
)
from fieldops_core.scheduling.ports import Engaged


def appointment_row(appointment: Appointment) -> Values:
    occupied, cancelled_by = appointment.occupied, appointment.cancelled_by
    return {
        "id": appointment.id,
        "kind": appointment.kind.value,
        "type_id": appointment.type,
        "sub_type_id": appointment.sub_type,
        "user_id": appointment.user,
        "customer_id": appointment.customer,
        "location_id": appointment.location,
        "start_at": appointment.period.start,
        "end_at": appointment.period.end,
        "occupied_until": None if occupied is None else occupied.end,
        "checked_out_at": appointment.checked_out_at,
        "agreed": appointment.agreed.replace(fold=0),
        "agreed_fold": appointment.agreed.fold,
        "zone": appointment.zone,
        "status": appointment.status.value,
        "notes": appointment.notes,
        "on_site_notes": appointment.on_site_notes,
        "public_note": appointment.public_note,
        "private_note": appointment.private_note,
        "pending_reassignment": appointment.pending_reassignment,
        "cancelled_by": None if cancelled_by is None else cancelled_by.value,
        "cancellation_reason": appointment.cancellation_reason,
        "work_order_id": appointment.work_order,
        "former_work_order": appointment.former_work_order,
        "series_id": appointment.series,
        "rescheduling": appointment.rescheduling.value,
        "reschedule_reason_id": appointment.reschedule_reason,
        "outcome": None if appointment.outcome is None else appointment.outcome.value,
        "unable_reason_id": appointment.unable_reason,
        "check_out_notes": appointment.check_out_notes,
        "for_the_record": appointment.for_the_record,
        "double_booked": appointment.double_booked,
        "double_booked_with": appointment.double_booked_with,
        "double_book_reason": appointment.double_book_reason,
        "moments": moments_text(appointment.moments),
        "created_by": appointment.created_by,
        "created_at": appointment.created_at,
        "changed_by": appointment.changed_by,
        "changed_at": appointment.changed_at,
        "version": appointment.version,
    }


def appointment_state(row: Row) -> Appointment:
    (
        id,
        kind,
        type,
        sub_type,
        user,
        customer,
        location,
        start,
        end,
        agreed,
        agreed_fold,
        zone,
        status,
        notes,
        on_site_notes,
        public_note,
        private_note,
        pending_reassignment,
        cancelled_by,
        cancellation_reason,
        work_order,
        former_work_order,
        series,
        rescheduling,
        reschedule_reason,
        outcome,
        unable_reason,
        check_out_notes,
        for_the_record,
        double_booked,
        double_booked_with,
        double_book_reason,
        moments,
        created_by,
        created_at,
        changed_by,
        changed_at,
        version,
    ) = row
    return Appointment(
        id=id,
        kind=Kind(kind),
        type=type,
        sub_type=sub_type,
        user=user,
        customer=customer,
        location=location,
        period=Period(start=start, end=end),
        agreed=agreed.replace(fold=agreed_fold),
        zone=zone,
        status=Status(status),
        notes=notes,
        on_site_notes=on_site_notes,
        public_note=public_note,
        private_note=private_note,
        pending_reassignment=pending_reassignment,
        cancelled_by=None if cancelled_by is None else CancelledBy(cancelled_by),
        cancellation_reason=cancellation_reason,
        work_order=work_order,
        former_work_order=former_work_order,
        series=series,
        rescheduling=Rescheduling(rescheduling),
        reschedule_reason=reschedule_reason,
        outcome=None if outcome is None else VisitOutcome(outcome),
        unable_reason=unable_reason,
        check_out_notes=check_out_notes,
        for_the_record=for_the_record,
        double_booked=double_booked,
        double_booked_with=double_booked_with,
        double_book_reason=double_book_reason,
        moments=moments_of(moments),
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


APPOINTMENTS = Form(
    kind="appointment",
    table=appointments,
    columns=(
        appointments.c.id,
        appointments.c.kind,
        appointments.c.type_id,
        appointments.c.sub_type_id,
        appointments.c.user_id,
        appointments.c.customer_id,
        appointments.c.location_id,
        appointments.c.start_at,
        appointments.c.end_at,
        appointments.c.agreed,
        appointments.c.agreed_fold,
        appointments.c.zone,
        appointments.c.status,
        appointments.c.notes,
        appointments.c.on_site_notes,
        appointments.c.public_note,
        appointments.c.private_note,
        appointments.c.pending_reassignment,
        appointments.c.cancelled_by,
        appointments.c.cancellation_reason,
        appointments.c.work_order_id,
        appointments.c.former_work_order,
        appointments.c.series_id,
        appointments.c.rescheduling,
        appointments.c.reschedule_reason_id,
        appointments.c.outcome,
        appointments.c.unable_reason_id,
        appointments.c.check_out_notes,
        appointments.c.for_the_record,
        appointments.c.double_booked,
        appointments.c.double_booked_with,
        appointments.c.double_book_reason,
        appointments.c.moments,
        appointments.c.created_by,
        appointments.c.created_at,
        appointments.c.changed_by,
        appointments.c.changed_at,
        appointments.c.version,
    ),
    row=appointment_row,
    state=appointment_state,
)


def hold_row(hold: Hold) -> Values:
    return {
        "id": hold.id,
        "user_id": hold.user,
        "customer_id": hold.customer,
        "type_id": hold.type,
        "location_id": hold.location,
        "start_at": hold.period.start,
        "end_at": hold.period.end,
        "zone": hold.zone,
        "expires_at": hold.expires_at,
        "created_by": hold.created_by,
        "created_at": hold.created_at,
        "version": hold.version,
    }


def hold_state(row: Row) -> Hold:
    id, user, customer, type, location, start, end, zone, expires_at, created_by, created_at, version = row
    return Hold(
        id=id,
        user=user,
        customer=customer,
        type=type,
        location=location,
        period=Period(start=start, end=end),
        zone=zone,
        expires_at=expires_at,
        created_by=created_by,
        created_at=created_at,
        version=version,
    )


HOLDS = Form(
    kind="hold",
    table=holds,
    columns=(
        holds.c.id,
        holds.c.user_id,
        holds.c.customer_id,
        holds.c.type_id,
        holds.c.location_id,
        holds.c.start_at,
        holds.c.end_at,
        holds.c.zone,
        holds.c.expires_at,
        holds.c.created_by,
        holds.c.created_at,
        holds.c.version,
    ),
    row=hold_row,
    state=hold_state,
)


def repair_row(repair: Repair) -> Values:
    return {
        "id": repair.id,
        "moves": repair_moves_text(repair.moves),
        "made_by": repair.made_by,
        "made_at": repair.made_at,
        "undone_by": repair.undone_by,
        "undone_at": repair.undone_at,
        "version": repair.version,
    }


def repair_state(row: Row) -> Repair:
    id, moves, made_by, made_at, undone_by, undone_at, version = row
    return Repair(
        id=id,
        moves=repair_moves_of(moves),
        made_by=made_by,
        made_at=made_at,
        undone_by=undone_by,
        undone_at=undone_at,
        version=version,
    )


REPAIRS = Form(
    kind="repair",
    table=repairs,
    columns=(
        repairs.c.id,
        repairs.c.moves,
        repairs.c.made_by,
        repairs.c.made_at,
        repairs.c.undone_by,
        repairs.c.undone_at,
        repairs.c.version,
    ),
    row=repair_row,
    state=repair_state,
)

_KINDS = {each.value: each for each in Kind}
_STATUSES = {each.value: each for each in Status}
_STAGES = {each.value: each for each in Stage}

ENGAGED_COLUMNS = (
    appointments.c.id,
    appointments.c.version,
    appointments.c.customer_id,
    appointments.c.kind,
    appointments.c.type_id,
    appointments.c.user_id,
    appointments.c.status,
    appointments.c.start_at,
    appointments.c.end_at,
    appointments.c.zone,
    appointments.c.pending_reassignment,
    appointments.c.double_booked,
)


def engaged(row: Row) -> Engaged:
    """
    From the values of ENGAGED_COLUMNS.
    """
    id, version, customer, kind, type, user, status, *rest = row
    return Engaged(id, version, customer, _KINDS[kind], type, user, _STATUSES[status], *rest)


BLOCK_COLUMNS = (
    appointments.c.id,
    appointments.c.version,
    appointments.c.user_id,
    appointments.c.kind,
    appointments.c.status,
    appointments.c.start_at,
    appointments.c.end_at,
    appointments.c.occupied_until,
    appointments.c.zone,
    appointments.c.location_id,
    appointments.c.type_id,
    appointment_types.c.name,
    appointments.c.customer_id,
    customers.c.number,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.business_name,
    customers.c.location_id,
    customers.c.latitude,
    customers.c.longitude,
    customers.c.stage,
    appointments.c.pending_reassignment,
    appointments.c.double_booked,
    appointments.c.checked_out_at,
    appointments.c.work_order_id,
    appointments.c.series_id,
)


def block(row: Row) -> Block:
    """
    From the values of BLOCK_COLUMNS.
    """
    (
        id,
        version,
        user,
        kind,
        status,
        start,
        end,
        occupied_until,
        zone,
        location,
        type,
        type_name,
        customer,
        customer_number,
        first_name,
        last_name,
        business_name,
        customer_location,
        latitude,
        longitude,
        stage,
        pending_reassignment,
        double_booked,
        checked_out_at,
        work_order,
        series,
    ) = row
    return Block(
        appointment=id,
        version=version,
        user=user,
        kind=_KINDS[kind],
        status=_STATUSES[status],
        start=start,
        end=end,
        occupied_until=occupied_until,
        zone=zone,
        location=location,
        type=type,
        type_name=type_name,
        customer=customer,
        customer_number=customer_number,
        customer_name=business_name or f"{first_name} {last_name}".strip(),
        customer_location=customer_location,
        customer_point=point_of(latitude, longitude),
        stage=_STAGES[stage],
        pending_reassignment=pending_reassignment,
        double_booked=double_booked,
        checked_out_at=checked_out_at,
        work_order=work_order,
        series=series,
    )
