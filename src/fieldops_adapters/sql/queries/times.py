"""
What takes users' time. Every reading narrows by start alone, from two days before: no visit crosses midnight, and under
row-level security PostgreSQL uses an index for such comparisons only.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select, text

from fieldops_adapters.sql.columns import Id, Ids, Instant, among, seconds
from fieldops_adapters.sql.mapping.form import COMPANY, Row
from fieldops_adapters.sql.mapping.scheduling import BLOCK_COLUMNS, block
from fieldops_adapters.sql.tables import UNDER_WAY, appointment_types, appointments, customers
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import AppointmentId, Block
from fieldops_core.scheduling.ports import Stop, Taken

LONGEST = timedelta(days=2)
NOBODYS = AppointmentId(UUID(int=0))

_A = appointments.c
_START, _END = bindparam("start", type_=Instant), bindparam("end", type_=Instant)
_OF_USERS = among(_A.user_id, bindparam("users", type_=Ids))
_NEAR = and_(_A.company_id == COMPANY, _A.start_at >= bindparam("earliest", type_=Instant), _A.start_at < _END)


def _variants(statement: Select[Any]) -> dict[bool, Select[Any]]:
    """
    A statement, of everybody and (True) of some users. Both are made once: what SQLAlchemy compiles is kept with them.
    """
    return {False: statement, True: statement.where(_OF_USERS)}


_TAKEN = _variants(
    select(_A.user_id, _A.id, seconds(_A.start_at), seconds(_A.occupied_until)).where(_NEAR, _A.occupied_until > _START)
)
_ITS_CUSTOMER = and_(customers.c.company_id == _A.company_id, customers.c.id == _A.customer_id)
_STOPS = _variants(
    select(
        _A.user_id,
        seconds(_A.start_at),
        seconds(_A.occupied_until),
        customers.c.latitude,
        customers.c.longitude,
    )
    .select_from(appointments)
    .join(customers, _ITS_CUSTOMER)
    .where(_NEAR, _A.occupied_until > _START, _A.id != bindparam("without", type_=Id))
)
_BLOCK = (
    select(*BLOCK_COLUMNS)
    .select_from(appointments)
    .join(customers, _ITS_CUSTOMER)
    .join(
        appointment_types,
        and_(appointment_types.c.company_id == _A.company_id, appointment_types.c.id == _A.type_id),
    )
)
# Not sorted here: SQLite would read by start then, and look at every user's visits.
_BLOCKS = _variants(_BLOCK.where(_NEAR, _A.end_at > _START))
_OCCUPYING = _variants(_BLOCK.where(_NEAR, _A.occupied_until > _START))
_UNDER_WAY = _BLOCK.where(
    _A.company_id == COMPANY, _A.user_id == bindparam("user", type_=Id), text(UNDER_WAY)
).order_by(_A.start_at, _A.id)


class SqlTimes:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def taken(self, period: Period, *, users: Collection[UserId] | None = None) -> tuple[Taken, ...]:
        return tuple(map(Taken._make, self._near(_TAKEN, period, users)))

    def stops(
        self, period: Period, *, users: Collection[UserId] | None = None, without: AppointmentId | None = None
    ) -> tuple[Stop, ...]:
        return tuple(map(Stop._make, self._near(_STOPS, period, users, without=without or NOBODYS)))

    def blocks(
        self, period: Period, *, users: Collection[UserId] | None = None, occupying: bool = False
    ) -> tuple[Block, ...]:
        rows = self._near(_OCCUPYING if occupying else _BLOCKS, period, users)
        # Of a UUID, its integer: that is compared without a function call.
        return tuple(sorted(map(block, rows), key=lambda each: (each.start, each.appointment.int)))

    def under_way(self, user: UserId) -> tuple[Block, ...]:
        return tuple(map(block, self.work.rows(_UNDER_WAY, user=user)))

    def _near(
        self,
        variants: Mapping[bool, Select[Any]],
        period: Period,
        users: Collection[UserId] | None,
        **further: object,
    ) -> Sequence[Row]:
        around = {"earliest": period.start - LONGEST, "start": period.start, "end": period.end}
        return self.work.rows(variants[users is not None], **around, users=users, **further)
