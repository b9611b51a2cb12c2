"""
Requests about work orders.
"""

from datetime import datetime
from functools import partial
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.messages import (
    MOST_AT_ONCE,
    BulkEditWorkOrders,
    CancelWorkOrder,
    ChangeWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    LinkAppointment,
    ReopenWorkOrder,
)
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus
from fieldops_http.wire.company import JobLines, job_lines
from fieldops_http.wire.values import Body, Change, Fold, Start, keep, keep_as, secret, told


class CreateWorkOrderBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A job at a customer. *template* fills in what is left out: *note_type*, *type* and *subject* (1 to 255 characters)
    are required from one of the two. *due* is a date with a time, *fold* 1 the second of two times that a clock change
    repeats. *note* is rich text of 1 to 2,040 characters, empty for none; *internal_note* is for staff alone.
    """

    customer: CustomerId
    template: EntryId | None = None
    note_type: EntryId | UnsetType = msgspec.UNSET
    type: EntryId | UnsetType = msgspec.UNSET
    technician: UserId | None | UnsetType = msgspec.UNSET
    due: Start | None = None
    fold: Fold = 0
    subject: str | UnsetType = msgspec.UNSET
    note: str | UnsetType = msgspec.UNSET
    internal_note: str | None = None
    priority: EntryId | None | UnsetType = msgspec.UNSET
    lines: JobLines | UnsetType = msgspec.UNSET
    external_id: str | None = None

    def command(self) -> CreateWorkOrder:
        return CreateWorkOrder(
            customer=self.customer,
            template=self.template,
            note_type=keep(self.note_type),
            type=keep(self.type),
            technician=keep(self.technician),
            due=_due(self.due, self.fold),
            subject=keep(self.subject),
            note=keep(self.note),
            internal_note=secret(self.internal_note, "internal_note"),
            priority=keep(self.priority),
            lines=keep_as(self.lines, job_lines),
            external_id=self.external_id,
        )


class ChangeWorkOrderBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields; *lines* replaces all lines.
    """

    note_type: EntryId | UnsetType = msgspec.UNSET
    type: EntryId | UnsetType = msgspec.UNSET
    technician: UserId | None | UnsetType = msgspec.UNSET
    due: Start | None | UnsetType = msgspec.UNSET
    fold: Fold = 0
    subject: str | UnsetType = msgspec.UNSET
    note: str | UnsetType = msgspec.UNSET
    internal_note: str | None | UnsetType = msgspec.UNSET
    priority: EntryId | None | UnsetType = msgspec.UNSET
    lines: JobLines | UnsetType = msgspec.UNSET
    external_id: str | None | UnsetType = msgspec.UNSET

    def command(self, work_order: WorkOrderId) -> ChangeWorkOrder:
        return ChangeWorkOrder(
            work_order=work_order,
            note_type=keep(self.note_type),
            type=keep(self.type),
            technician=keep(self.technician),
            due=keep_as(self.due, partial(_due, fold=self.fold)),
            subject=keep(self.subject),
            note=keep(self.note),
            internal_note=keep_as(self.internal_note, partial(secret, field="internal_note")),
            priority=keep(self.priority),
            lines=keep_as(self.lines, job_lines),
            external_id=keep(self.external_id),
        )


def _due(text: str | None, fold: Fold) -> datetime | None:
    return None if text is None else told(text, fold, field="due")


class NamedWorkOrder(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A work order, and the version of it that the change is meant for.
    """

    id: WorkOrderId
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class BulkEditWorkOrdersBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The same new values for several work orders. *status* `complete` or `cancelled` closes them (with *upcoming* as
    where one is closed), an open one opens them again, with a *reason*.
    """

    work_orders: Annotated[tuple[NamedWorkOrder, ...], Meta(max_length=MOST_AT_ONCE)]
    technician: UserId | None | UnsetType = msgspec.UNSET
    due: Start | None | UnsetType = msgspec.UNSET
    fold: Fold = 0
    type: EntryId | UnsetType = msgspec.UNSET
    priority: EntryId | None | UnsetType = msgspec.UNSET
    status: WorkOrderStatus | None = None
    reason: str = ""
    upcoming: Upcoming | None = None

    def command(self) -> BulkEditWorkOrders:
        return BulkEditWorkOrders(
            work_orders=tuple(each.id for each in self.work_orders),
            versions=tuple(each.version for each in self.work_orders),
            technician=keep(self.technician),
            due=keep_as(self.due, partial(_due, fold=self.fold)),
            type=keep(self.type),
            priority=keep(self.priority),
            status=self.status,
            reason=self.reason,
            upcoming=self.upcoming,
        )


class CompleteWorkOrderBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    *upcoming* is what becomes of its upcoming appointments; asked for where there are any.
    """

    upcoming: Upcoming | None = None

    def command(self, work_order: WorkOrderId) -> CompleteWorkOrder:
        return CompleteWorkOrder(work_order=work_order, upcoming=self.upcoming)


class CancelWorkOrderBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    *upcoming* is what becomes of its upcoming appointments; asked for where there are any.
    """

    upcoming: Upcoming | None = None

    def command(self, work_order: WorkOrderId) -> CancelWorkOrder:
        return CancelWorkOrder(work_order=work_order, upcoming=self.upcoming)


class LinkAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The appointment to be linked; *version* is the appointment's.
    """

    appointment: AppointmentId

    def command(self, work_order: WorkOrderId) -> LinkAppointment:
        return LinkAppointment(work_order=work_order, appointment=self.appointment)


class ReopenWorkOrderBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Why a complete or cancelled work order is open again.
    """

    reason: str

    def command(self, work_order: WorkOrderId) -> ReopenWorkOrder:
        return ReopenWorkOrder(work_order=work_order, reason=self.reason)
