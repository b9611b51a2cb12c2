"""
Users as scheduling knows them.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from fieldops_adapters.sql.columns import Ids, among
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.mapping.staff import PERSON_COLUMNS, person
from fieldops_adapters.sql.tables import users
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Kind
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.staff.model import Person

_ALL = select(*PERSON_COLUMNS).where(users.c.company_id == COMPANY).order_by(users.c.id)
_NAMED = among(users.c.id, bindparam("ids", type_=Ids))
# PostgreSQL sorts before it locks: rows are locked in the order of their ids.
_LOCKED = locked(_ALL.where(_NAMED), Lock.EXCLUSIVE)
_ELIGIBLE = {Kind.TECH: users.c.technician, Kind.SALES: users.c.sales_rep}


@lru_cache(maxsize=64)
def _found(named: bool, kind: Kind | None, active: bool | None) -> Select[Any]:
    """
    Made once each: what SQLAlchemy compiles is kept with it.
    """
    statement = _ALL.where(_NAMED) if named else _ALL
    if kind in _ELIGIBLE:
        statement = statement.where(_ELIGIBLE[kind])
    if active is not None:
        statement = statement.where(users.c.active if active else ~users.c.active)
    return statement


class SqlPeople:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def find(
        self, *, ids: Collection[UserId] | None = None, kind: Kind | None = None, active: bool | None = True
    ) -> tuple[Person, ...]:
        return self._people(_found(ids is not None, kind, active), ids)

    def locked(self, ids: Collection[UserId]) -> tuple[Person, ...]:
        return self._people(_LOCKED, ids)

    def _people(self, statement: Select[Any], ids: Collection[UserId] | None) -> tuple[Person, ...]:
        return tuple(person(row) for row in self.work.rows(statement, ids=ids))
