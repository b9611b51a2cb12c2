"""
Work orders.
"""

from sqlalchemy import null

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import job_lines_of, job_lines_text
from fieldops_adapters.sql.tables import customers, work_orders
from fieldops_core.access.model import Stage
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Status, VisitOutcome
from fieldops_core.work_orders.model import Listed, Shown, Visits, WorkOrder, WorkOrderStatus


def work_order_row(work_order: WorkOrder) -> Values:
    return {
        "id": work_order.id,
        "number": work_order.number,
        "customer_id": work_order.customer,
        "external_id": work_order.external_id,
        "template_id": work_order.template,
        "note_type_id": work_order.note_type,
        "type_id": work_order.type,
        "technician_id": work_order.technician,
        "due_at": work_order.due,
        "subject": work_order.subject,
        "note": work_order.note,
        "internal_note": work_order.internal_note,
        "priority_id": work_order.priority,
        "lines": job_lines_text(work_order.lines),
        "status": work_order.status.value,
        "reason": work_order.reason,
        "created_by": work_order.created_by,
        "created_at": work_order.created_at,
        "changed_by": work_order.changed_by,
        "changed_at": work_order.changed_at,
        "version": work_order.version,
    }


def work_order_state(row: Row) -> WorkOrder:
    (
        id,
        number,
        customer,
        external_id,
        template,
        note_type,
        type,
        technician,
        due,
        subject,
        note,
        internal_note,
        priority,
        lines,
        status,
        reason,
        created_by,
        created_at,
        changed_by,
        changed_at,
        version,
    ) = row
    return WorkOrder(
        id=id,
        number=number,
        customer=customer,
        external_id=external_id,
        template=template,
        note_type=note_type,
        type=type,
        technician=technician,
        due=due,
        subject=subject,
        note=note,
        internal_note=internal_note,
        priority=priority,
        lines=job_lines_of(lines),
        status=WorkOrderStatus(status),
        reason=reason,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


WORK_ORDERS = Form(
    kind="work_order",
    table=work_orders,
    columns=(
        work_orders.c.id,
        work_orders.c.number,
        work_orders.c.customer_id,
        work_orders.c.external_id,
        work_orders.c.template_id,
        work_orders.c.note_type_id,
        work_orders.c.type_id,
        work_orders.c.technician_id,
        work_orders.c.due_at,
        work_orders.c.subject,
        work_orders.c.note,
        work_orders.c.internal_note,
        work_orders.c.priority_id,
        work_orders.c.lines,
        work_orders.c.status,
        work_orders.c.reason,
        work_orders.c.created_by,
        work_orders.c.created_at,
        work_orders.c.changed_by,
        work_orders.c.changed_at,
        work_orders.c.version,
    ),
    row=work_order_row,
    state=work_order_state,
)

LISTED_COLUMNS = (
    *(null() if each is work_orders.c.internal_note else each for each in WORK_ORDERS.columns),
    customers.c.number,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.business_name,
    customers.c.stage,
    customers.c.location_id,
)


def listed(row: Row) -> Listed:
    """
    From the values of LISTED_COLUMNS, among which no internal note is.
    """
    of_work_order = len(WORK_ORDERS.columns)
    number, first_name, last_name, business_name, stage, location = row[of_work_order:]
    return Listed(
        work_order=work_order_state(row[:of_work_order]),
        customer_number=number,
        customer_name=business_name or f"{first_name} {last_name}".strip(),
        stage=Stage(stage),
        location=location,
    )


def shown(row: Row) -> Shown:
    work_order, id, user, start, end, zone, status, count = row
    return Shown(
        work_order=work_order,
        id=id,
        user=user,
        period=Period(start=start, end=end),
        zone=zone,
        status=Status(status),
        others=count - 1,
    )


def visits(row: Row) -> Visits:
    work_order, status, outcome, many, checked_out_at = row
    return Visits(
        work_order=work_order,
        status=Status(status),
        outcome=None if outcome is None else VisitOutcome(outcome),
        many=many,
        checked_out_at=checked_out_at,
    )
