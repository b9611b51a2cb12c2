"""
What is left of records that are no more.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, text

from fieldops_adapters.sql.columns import Id, Ids, Instant, among
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.mapping.tombstones import TOMBSTONES
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import tombstones
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId, Tombstone
from fieldops_core.kernel.history import HistoryPlace
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock

_T = tombstones.c
_PAGE = (
    TOMBSTONES.all.where(_T.merged_into.is_(None)).order_by(_T.made_at.desc(), _T.id.desc()).limit(bindparam("rows"))
)
_AT, _ID = bindparam("at", type_=Instant), bindparam("id", type_=Id)
_KEEP_NUMBER = text(
    "INSERT INTO counters (company_id, name, value) VALUES (:company, 'customers', :number)"
    " ON CONFLICT (company_id, name) DO UPDATE SET"
    " value = CASE WHEN counters.value < excluded.value THEN excluded.value ELSE counters.value END"
).bindparams(COMPANY)


class SqlTombstones(SqlRepository[CustomerId, Tombstone]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, TOMBSTONES)

    def add(self, state: Tombstone) -> None:
        super().add(state)
        self.work.run(_KEEP_NUMBER, number=state.number)

    def find(self, id: CustomerId) -> Tombstone | None:
        row = self.work.row(TOMBSTONES.get[Lock.NONE], key=id)
        return None if row is None else self.work.state_of(TOMBSTONES, row)

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]],
        number: int | None,
        stage: Stage | None,
        location: LocationId | None,
        after: HistoryPlace | None,
        limit: int,
    ) -> tuple[Tombstone, ...]:
        conditions: list[ColumnElement[bool]] = [or_(false(), *(_visible(visible, each) for each in Stage))]
        values: dict[str, Any] = {}
        if number is not None:
            conditions.append(_T.number == bindparam("number", number))
        if stage is not None:
            conditions.append(_T.stage == bindparam("stage", stage.value))
        if location is not None:
            conditions.append(_T.location_id == bindparam("location", location, type_=Id))
        if after is not None:
            conditions += [_T.made_at <= _AT, or_(_T.made_at < _AT, _T.id < _ID)]
            values |= {"at": after.at, "id": after.id}
        return self.work.states(TOMBSTONES, _PAGE.where(*conditions), rows=limit, **values)


def _visible(visible: frozenset[tuple[Stage, LocationId]], stage: Stage) -> ColumnElement[bool]:
    places = sorted(location for each, location in visible if each is stage)
    return and_(_T.stage == stage.value, among(_T.location_id, bindparam(f"{stage.value}s_at", places, type_=Ids)))
