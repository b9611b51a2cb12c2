"""
Requests about work orders.
"""

import msgspec
from msgspec import UnsetType

from fieldops_core.customers.model import CustomerId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.messages import (
    CancelWorkOrder,
    ChangeWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    LinkAppointment,
    ReopenWorkOrder,
)
from fieldops_core.work_orders.model import Upcoming
from fieldops_http.wire.values import Body, Change, keep


class CreateWorkOrderBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A job at a customer; *subject* has 1 to 255 characters.
    """

    customer: CustomerId
    subject: str

    def command(self) -> CreateWorkOrder:
        return CreateWorkOrder(customer=self.customer, subject=self.subject)


class ChangeWorkOrderBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields.
    """

    subject: str | UnsetType = msgspec.UNSET

    def command(self, work_order: WorkOrderId) -> ChangeWorkOrder:
        return ChangeWorkOrder(work_order=work_order, subject=keep(self.subject))


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
