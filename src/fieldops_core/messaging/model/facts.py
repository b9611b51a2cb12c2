"""
What an appointment sheet is made of.
"""

from attrs import frozen

from fieldops_core.company.model import SheetPart
from fieldops_core.customers.model import Customer
from fieldops_core.scheduling.model import Appointment
from fieldops_core.work_orders.model import WorkOrder


@frozen(kw_only=True)
class EquipmentLine:
    """
    A piece of a customer's equipment, and what is to be done with it: ``install``, ``service``, ``remove``.
    """

    name: str
    serial: str = ""
    actions: tuple[str, ...] = ()


@frozen(kw_only=True)
class SheetFacts:
    """
    An appointment of a work order, what its company, location, type and technician are called, the work order's *note*
    as a reader sees it, what is to be done with which *equipment*, and the company's template: a *footer*, empty where
    it has none, and what it *leaves_out*.
    """

    company: str
    location: str
    work_order: WorkOrder
    appointment: Appointment
    customer: Customer
    type: str
    technician: str
    note: str = ""
    equipment: tuple[EquipmentLine, ...] = ()
    footer: str = ""
    leaves_out: frozenset[SheetPart] = frozenset()
