"""
What generated records refer to.
"""

from typing import TypeVar, cast

from attrs import field, frozen
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import RoleId
from fieldops_core.company.model import EntryId, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.testing.strategies.kernel import ids

Id = TypeVar("Id")


def _any(_: type[Id] | None = None) -> SearchStrategy[Id]:
    return cast("SearchStrategy[Id]", ids())


@frozen(kw_only=True)
class Known:
    """
    The ids that generated records refer to; by default any at all. A storage that checks references is handed records
    that refer to what it holds: ``users(Known(locations=st.just(office.id)))``.
    """

    locations: SearchStrategy[LocationId] = field(factory=_any)
    types: SearchStrategy[TypeId] = field(factory=_any)
    sub_types: SearchStrategy[SubTypeId] = field(factory=_any)
    entries: SearchStrategy[EntryId] = field(factory=_any)
    roles: SearchStrategy[RoleId] = field(factory=_any)
    users: SearchStrategy[UserId] = field(factory=_any)
    customers: SearchStrategy[CustomerId] = field(factory=_any)
    work_orders: SearchStrategy[WorkOrderId] = field(factory=_any)
    appointments: SearchStrategy[AppointmentId] = field(factory=_any)


ANY = Known()
