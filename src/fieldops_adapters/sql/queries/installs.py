"""
The appointments of installations.
"""

from collections.abc import Collection

from sqlalchemy import and_, bindparam, select

from fieldops_adapters.sql.columns import Ids, Texts, among, among_texts
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.tables import appointment_types, appointments, users
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import CustomerId, InstallVisit
from fieldops_core.scheduling.model import OCCUPYING

_A = appointments.c
_OCCUPYING = bindparam("occupying", sorted(each.value for each in OCCUPYING), type_=Texts)
_OF = (
    select(_A.id, _A.customer_id, _A.start_at, _A.zone, _A.user_id, users.c.reports_to)
    .select_from(
        appointments.join(
            appointment_types,
            and_(appointment_types.c.company_id == _A.company_id, appointment_types.c.id == _A.type_id),
        ).join(users, and_(users.c.company_id == _A.company_id, users.c.id == _A.user_id))
    )
    .where(
        _A.company_id == COMPANY,
        among(_A.customer_id, bindparam("customers", type_=Ids)),
        appointment_types.c.install,
        among_texts(_A.status, _OCCUPYING),
    )
    .order_by(_A.start_at, _A.id)
)


class SqlInstallVisits:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def of(self, customers: Collection[CustomerId]) -> tuple[InstallVisit, ...]:
        return tuple(
            InstallVisit(appointment=id, customer=customer, start=start, zone=zone, user=user, reports_to=reports_to)
            for id, customer, start, zone, user, reports_to in self.work.rows(_OF, customers=list(customers))
        )
