"""
What takes users' time. Every reading narrows by start alone, from two days before: no visit crosses midnight, and under
row-level security PostgreSQL uses an index for such comparisons only.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, bindparam, null, select, text, type_coerce, union_all

from fieldops_adapters.sql.columns import Id, Ids, Instant, among, seconds
from fieldops_adapters.sql.mapping.form import COMPANY, Row
from fieldops_adapters.sql.mapping.scheduling import BLOCK_COLUMNS, block
from fieldops_adapters.sql.queries.lists import conditions
from fieldops_adapters.sql.tables import UNDER_WAY, appointment_types, appointments, customers, holds
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import OCCUPYING, AppointmentId, Block, WorkOrderId
from fieldops_core.scheduling.ports import Member, Selection, StartPlace, Stop, Taken

LONGEST = timedelta(days=2)
NOBODYS = AppointmentId(UUID(int=0))

_A, _H = appointments.c, holds.c
_EARLIEST, _START, _END = (bindparam(name, type_=Instant) for name in ("earliest", "start", "end"))
_USERS, _NO_ID = bindparam("users", type_=Ids), type_coerce(null(), Id)
_NEAR = and_(_A.company_id == COMPANY, _A.start_at >= _EARLIEST, _A.start_at < _END)
LIVE = and_(
    _H.company_id == COMPANY,
    _H.start_at >= _EARLIEST,
    _H.start_at < _END,
    _H.end_at > _START,
    _H.expires_at > bindparam("now", type_=Instant),
)
"""
The holds that take time in a period. Its parameters are *company*, *earliest*, *start*, *end* and *now*.
"""


def _variants(statement: Select[Any]) -> dict[bool, Select[Any]]:
    """
    A statement, of everybody and (True) of some users. Both are made once: what SQLAlchemy compiles is kept with them.
    """
    return {False: statement, True: statement.where(among(_A.user_id, _USERS))}


_BOOKED = _variants(
    select(_A.user_id, _A.id, seconds(_A.start_at), seconds(_A.occupied_until), _NO_ID).where(
        _NEAR, _A.occupied_until > _START
    )
)
_ALL_HELD = select(_H.user_id, _NO_ID, seconds(_H.start_at), seconds(_H.end_at), _H.id).where(LIVE)
_HELD = {False: _ALL_HELD, True: _ALL_HELD.where(among(_H.user_id, _USERS))}
_TAKEN = {some: union_all(_BOOKED[some], _HELD[some]) for some in (False, True)}
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
_IN_ORDER = _BLOCK.where(_A.company_id == COMPANY).order_by(_A.start_at, _A.id).limit(bindparam("rows"))
_CREWS = select(_A.work_order_id, _A.start_at, _A.id).where(
    _NEAR,
    among(_A.work_order_id, bindparam("work_orders", type_=Ids)),
    _A.status.in_([status.value for status in OCCUPYING]),
)
_UNDER_WAY = _BLOCK.where(
    _A.company_id == COMPANY, _A.user_id == bindparam("user", type_=Id), text(UNDER_WAY)
).order_by(_A.start_at, _A.id)


class SqlTimes:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def taken(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Taken, ...]:
        return tuple(map(Taken._make, self._near(_TAKEN, period, users, now=now)))

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

    def selected(self, selection: Selection, *, after: StartPlace | None, limit: int) -> tuple[Block, ...]:
        statement = _IN_ORDER.where(*conditions(selection, after))
        return tuple(map(block, self.work.rows(statement, rows=limit)))

    def crews(self, work_orders: Collection[WorkOrderId], period: Period) -> tuple[Member, ...]:
        around = {"earliest": period.start - LONGEST, "end": period.end}
        found = map(Member._make, self.work.rows(_CREWS, **around, work_orders=work_orders))
        return tuple(sorted(found, key=lambda each: each.appointment))

    def under_way(self, user: UserId) -> tuple[Block, ...]:
        return tuple(map(block, self.work.rows(_UNDER_WAY, user=user)))

    def _near(
        self,
        variants: Mapping[bool, Select[Any]] | Mapping[bool, CompoundSelect[Any]],
        period: Period,
        users: Collection[UserId] | None,
        **further: object,
    ) -> Sequence[Row]:
        around = {"earliest": period.start - LONGEST, "start": period.start, "end": period.end}
        return self.work.rows(variants[users is not None], **around, users=users, **further)
