"""
What can be asked about a record and all that belongs to it.
"""

from attrs import frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId


@frozen(kw_only=True)
class PreviewDuplicate:
    """
    An unsaved record to begin another one from: the personal section without what is confidential or of a credit check
    (CUS-21). Nothing is saved.
    """

    customer: CustomerId


@frozen(kw_only=True)
class ShowAppointmentActions:
    """
    What the actor may do with an appointment now, and why not the rest (ACC-17).
    """

    appointment: AppointmentId


@frozen(kw_only=True)
class ShowCustomerActions:
    """
    What the actor may do with a record now, and why not the rest (ACC-17, CUS-10).
    """

    customer: CustomerId


@frozen(kw_only=True)
class ShowHeader:
    """
    What stays in sight of a record: who it is, how it stands, its tabs with their counts, its quick actions (CUS-09).
    """

    customer: CustomerId


@frozen(kw_only=True)
class ShowHistory:
    """
    Everything that was ever changed of a record and of what belongs to it, newest first, at most *limit* entries; those
    after a place that the page before named (CUS-16).
    """

    customer: CustomerId
    after: str | None = None
    limit: int = 50


@frozen(kw_only=True)
class ShowWorkOrderActions:
    """
    What the actor may do with a work order now, and why not the rest (ACC-17).
    """

    work_order: WorkOrderId
