"""
Appointments, holds, and what each user chose to see on the day grid.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, delete, func, or_, select, text, update

from fieldops_adapters.sql.columns import Id, Ids, Instant, Texts, among, among_texts
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.mapping.scheduling import APPOINTMENTS, ENGAGED_COLUMNS, HOLDS, REPAIRS, engaged
from fieldops_adapters.sql.mapping.values import choice_of, choice_text
from fieldops_adapters.sql.queries.times import LIVE, LONGEST
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import appointments, grid_choices, holds
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Kind
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import (
    OPEN,
    Appointment,
    AppointmentId,
    GridChoice,
    Hold,
    HoldId,
    Repair,
    RepairId,
    SeriesId,
    Status,
    WorkOrderId,
)
from fieldops_core.scheduling.ports import Engaged, ListPlace, Stacked

_A = appointments.c
_AS_OF, _START, _ID = bindparam("as_of", type_=Instant), bindparam("start", type_=Instant), bindparam("id", type_=Id)
_UPCOMING = and_(_A.status == Status.SCHEDULED.value, _A.end_at > _AS_OF)
_OF_CUSTOMER = _A.customer_id == bindparam("customer", type_=Id)
_LIST = (
    APPOINTMENTS.all.where(_OF_CUSTOMER)
    .order_by(
        case((_UPCOMING, 0), else_=1),
        case((_UPCOMING, _A.start_at)),
        case((_UPCOMING, None), else_=_A.start_at).desc(),
        _A.id,
    )
    .limit(bindparam("rows"))
)
_COUNT = select(func.count()).select_from(appointments).where(_A.company_id == COMPANY, _OF_CUSTOMER, _UPCOMING)
# Not sorted here: SQLite would read by id then, and look at every appointment.
_ITS = _A.work_order_id == bindparam("work_order", type_=Id)
_CREW = APPOINTMENTS.all.where(
    _ITS,
    _A.start_at == _START,
    _A.status.in_([status.value for status in OPEN]),
)
_BY_START = APPOINTMENTS.all.order_by(_A.start_at, _A.id)
_OF_WORK_ORDER = _BY_START.where(_ITS)
_STACKED = select(_A.id, _A.user_id, _A.start_at, _A.zone).where(_A.company_id == COMPANY, _ITS)
_OF_WORK_ORDERS = _BY_START.where(among(_A.work_order_id, bindparam("ids", type_=Ids)))
_OF_SERIES = _BY_START.where(
    _A.series_id == bindparam("series", type_=Id), _A.start_at >= bindparam("since", type_=Instant)
)
_OF_LOCATION = _A.location_id == bindparam("location", type_=Id)
_OF_IDS = among(_A.id, bindparam("ids", type_=Ids))
# PostgreSQL sorts before it locks: rows are locked in the order of their ids.
_NAMED = {lock: locked(APPOINTMENTS.all.where(_OF_IDS).order_by(_A.id), lock) for lock in Lock}
_OPEN = bindparam("open", sorted(each.value for each in OPEN), type_=Texts)
_ALL_OPEN = APPOINTMENTS.all.where(among_texts(_A.status, _OPEN))
_OF_CUSTOMERS = among(_A.customer_id, bindparam("customers", type_=Ids))
_OPEN_OF = {
    lock: locked(
        select(*ENGAGED_COLUMNS)
        .where(_A.company_id == COMPANY, _OF_CUSTOMERS, among_texts(_A.status, _OPEN))
        .order_by(_A.id),
        lock,
    )
    for lock in Lock
}
# Whether of one location, and whether of one customer.
_OPENED = {
    (place, whose): locked(
        _ALL_OPEN.where(*[_OF_LOCATION] * place, *[_OF_CUSTOMER] * whose).order_by(_A.id), Lock.EXCLUSIVE
    )
    for place in (False, True)
    for whose in (False, True)
}
_ALL_IDS = select(_A.id).where(_A.company_id == COMPANY, _OF_CUSTOMER).order_by(_A.id)
_IDS_OF = {lock: locked(_ALL_IDS, lock) for lock in Lock}
_OTHER = appointments.alias("other")
_WITH = select(_OTHER.c.double_booked_with).where(
    _OTHER.c.company_id == COMPANY, _OTHER.c.customer_id == bindparam("customer", type_=Id)
)
_NOT_ITS_OWN = _A.customer_id != bindparam("customer", type_=Id)
_BESIDE = locked(APPOINTMENTS.all.where(_A.id.in_(_WITH), _NOT_ITS_OWN).order_by(_A.id), Lock.EXCLUSIVE)
_AWAY = update(appointments).where(_A.company_id == COMPANY, _OF_IDS).values(occupied_until=None)
_CHOICE = select(grid_choices.c.choice).where(
    grid_choices.c.company_id == COMPANY, grid_choices.c.user_id == bindparam("user", type_=Id)
)
_CHOOSE = text(
    "INSERT INTO grid_choices (company_id, user_id, choice) VALUES (:company, :user, :choice)"
    " ON CONFLICT (company_id, user_id) DO UPDATE SET choice = excluded.choice"
).bindparams(COMPANY, bindparam("user", type_=Id))


class SqlAppointments(SqlRepository[AppointmentId, Appointment]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, APPOINTMENTS)

    def named(self, ids: Collection[AppointmentId], *, lock: Lock = Lock.NONE) -> tuple[Appointment, ...]:
        return self.work.states(APPOINTMENTS, _NAMED[lock], ids=ids) if ids else ()

    def opened(
        self, *, location: LocationId | None = None, customer: CustomerId | None = None
    ) -> tuple[Appointment, ...]:
        statement = _OPENED[location is not None, customer is not None]
        return self.work.states(APPOINTMENTS, statement, location=location, customer=customer)

    def open_of(self, customers: Collection[CustomerId], *, lock: Lock = Lock.NONE) -> tuple[Engaged, ...]:
        return tuple(map(engaged, self.work.rows(_OPEN_OF[lock], customers=list(customers))))

    def ids_of(self, customer: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[AppointmentId, ...]:
        return tuple(row[0] for row in self.work.rows(_IDS_OF[lock], customer=customer))

    def beside(self, customer: CustomerId) -> tuple[Appointment, ...]:
        return self.work.states(APPOINTMENTS, _BESIDE, customer=customer)

    def save_all(self, states: Sequence[Appointment]) -> None:
        if not states:
            return
        # Away with what they take first: else one would stand in the way of another that moves to where it was.
        self.work.run(_AWAY, ids=[state.id for state in states])
        self.work.replace(APPOINTMENTS, states)

    def of_customer(
        self,
        customer: CustomerId,
        *,
        kinds: Collection[Kind],
        only_of: UserId | None,
        as_of: datetime,
        after: ListPlace | None,
        limit: int,
    ) -> tuple[Appointment, ...]:
        statement = _chosen(_LIST, kinds, only_of)
        values: dict[str, object] = {"customer": customer, "only_of": only_of, "as_of": as_of, "rows": limit}
        if after is not None:
            statement = statement.where(_after_upcoming() if after.upcoming else _after_rest())
            values |= {"start": after.start, "id": after.id}
        return self.work.states(APPOINTMENTS, statement, **values)

    def upcoming(
        self, customer: CustomerId, *, kinds: Collection[Kind], only_of: UserId | None, as_of: datetime
    ) -> int:
        statement = _chosen(_COUNT, kinds, only_of)
        return self.work.number(statement, customer=customer, only_of=only_of, as_of=as_of)

    def crew(self, work_order: WorkOrderId, start: datetime) -> tuple[Appointment, ...]:
        found = self.work.states(APPOINTMENTS, _CREW, work_order=work_order, start=start)
        return tuple(sorted(found, key=lambda each: each.id))

    def of_work_order(self, work_order: WorkOrderId) -> tuple[Appointment, ...]:
        return self.work.states(APPOINTMENTS, _OF_WORK_ORDER, work_order=work_order)

    def stacked(self, work_order: WorkOrderId) -> tuple[Stacked, ...]:
        return tuple(Stacked(*row) for row in self.work.rows(_STACKED, work_order=work_order))

    def of_work_orders(self, work_orders: Collection[WorkOrderId]) -> tuple[Appointment, ...]:
        return self.work.states(APPOINTMENTS, _OF_WORK_ORDERS, ids=work_orders) if work_orders else ()

    def of_series(self, series: SeriesId, *, since: datetime) -> tuple[Appointment, ...]:
        return self.work.states(APPOINTMENTS, _OF_SERIES, series=series, since=since)


def _chosen(statement: Select[Any], kinds: Collection[Kind], only_of: UserId | None) -> Select[Any]:
    chosen: ColumnElement[bool] = _A.kind.in_([kind.value for kind in kinds])
    if only_of is not None and Kind.SALES not in kinds:
        own = _A.user_id == bindparam("only_of", type_=Id)
        chosen = or_(chosen, and_(_A.kind == Kind.SALES.value, own))
    return statement.where(chosen)


def _after_upcoming() -> ColumnElement[bool]:
    later = or_(_A.start_at > _START, and_(_A.start_at == _START, _A.id > _ID))
    return or_(~_UPCOMING, later)


def _after_rest() -> ColumnElement[bool]:
    earlier = or_(_A.start_at < _START, and_(_A.start_at == _START, _A.id > _ID))
    return and_(~_UPCOMING, earlier)


_LIVE = {
    False: HOLDS.all.where(LIVE),
    True: HOLDS.all.where(LIVE, among(holds.c.user_id, bindparam("users", type_=Ids))),
}
_REMOVE_EXPIRED = delete(holds).where(
    holds.c.company_id == COMPANY,
    holds.c.user_id == bindparam("user", type_=Id),
    holds.c.expires_at <= bindparam("now", type_=Instant),
)


_HOLDS_OF_CUSTOMERS = HOLDS.all.where(among(holds.c.customer_id, bindparam("customers", type_=Ids))).order_by(
    holds.c.id
)
_REMOVE_ALL = delete(holds).where(holds.c.company_id == COMPANY, among(holds.c.id, bindparam("ids", type_=Ids)))


class SqlHolds(SqlRepository[HoldId, Hold]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, HOLDS)

    def remove(self, hold: Hold) -> None:
        self.replaced(hold, self.work.run(HOLDS.remove, key=hold.id, earlier=hold.version))

    def remove_all(self, holds: Sequence[Hold]) -> None:
        done = self.work.run(_REMOVE_ALL, ids=[each.id for each in holds])
        if done.rowcount != len(holds):
            self.work.failed = True
            raise Conflict("some hold is gone by now")

    def of_customers(self, customers: Collection[CustomerId]) -> tuple[Hold, ...]:
        return self.work.states(HOLDS, _HOLDS_OF_CUSTOMERS, customers=list(customers))

    def remove_expired(self, user: UserId, *, now: datetime) -> None:
        self.work.run(_REMOVE_EXPIRED, user=user, now=now)

    def find(self, id: HoldId) -> Hold | None:
        row = self.work.row(HOLDS.get[Lock.NONE], key=id)
        return None if row is None else self.work.state_of(HOLDS, row)

    def live(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Hold, ...]:
        around = {"earliest": period.start - LONGEST, "start": period.start, "end": period.end}
        found = self.work.states(HOLDS, _LIVE[users is not None], **around, users=users, now=now)
        return tuple(sorted(found, key=lambda each: (each.period.start, each.id)))


class SqlRepairs(SqlRepository[RepairId, Repair]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, REPAIRS)


class SqlGridChoices:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def of(self, user: UserId) -> GridChoice | None:
        row = self.work.row(_CHOICE, user=user)
        return None if row is None else choice_of(row[0])

    def put(self, user: UserId, choice: GridChoice) -> None:
        self.work.run(_CHOOSE, user=user, choice=choice_text(choice))
