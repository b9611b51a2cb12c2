"""
Customer records and their numbers.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, false, or_, select, text

from fieldops_adapters.sql.columns import Id, Ids, Texts, among, among_texts
from fieldops_adapters.sql.mapping.customers import CUSTOMERS, PLACE_COLUMNS, customer_place
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.repositories.numbers import next_number
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import customers
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Customer, CustomerId, CustomerPlace
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock

_NEXT_NUMBER = next_number(customers)
_PASS_OVER = text(
    "UPDATE counters SET value = value + :count WHERE company_id = :company AND name = 'customers'"
).bindparams(COMPANY)
_KNOWN = select(customers.c.external_id, customers.c.id).where(
    customers.c.company_id == COMPANY, among_texts(customers.c.external_id, bindparam("external_ids", type_=Texts))
)
_OF_EXTERNAL_ID = select(customers.c.id).where(
    customers.c.company_id == COMPANY, customers.c.external_id == bindparam("external_id")
)
_PLACES = (
    select(*PLACE_COLUMNS)
    .where(customers.c.company_id == COMPANY, customers.c.stage == Stage.CUSTOMER.value)
    .order_by(customers.c.number)
)
_ARCHIVED = customers.c.archived_at.is_not(None)
_PARENT = bindparam("parent", type_=Id)
_CHILDREN = CUSTOMERS.all.where(customers.c.parent_id == _PARENT).order_by(customers.c.number)
_IN_FAMILY = or_(customers.c.id == _PARENT, customers.c.parent_id == _PARENT)
# PostgreSQL sorts before it locks: rows are locked in the order of their ids.
_FAMILY = {lock: locked(CUSTOMERS.all.where(_IN_FAMILY).order_by(customers.c.id), lock) for lock in Lock}
_WAIT_FOR = {
    lock: locked(
        select(customers.c.id).where(customers.c.company_id == COMPANY, _IN_FAMILY).order_by(customers.c.id), lock
    )
    for lock in Lock
}
_CANDIDATES = (
    CUSTOMERS.all.where(
        customers.c.stage == Stage.CUSTOMER.value,
        customers.c.parent_id.is_(None),
        ~_ARCHIVED,
        customers.c.id != bindparam("without", type_=Id),
    )
    .order_by(customers.c.number)
    .limit(bindparam("rows"))
)
_PAGE = CUSTOMERS.all.order_by(customers.c.number).limit(bindparam("rows"))


class SqlCustomers(SqlRepository[CustomerId, Customer]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CUSTOMERS)

    def next_number(self) -> int:
        return self.work.number(_NEXT_NUMBER)

    def next_numbers(self, count: int) -> range:
        first = self.next_number()
        self.work.run(_PASS_OVER, count=count - 1)
        return range(first, first + count)

    def known_external_ids(self, external_ids: Collection[str]) -> Mapping[str, CustomerId]:
        return {row[0]: row[1] for row in self.work.rows(_KNOWN, external_ids=list(external_ids))}

    def external_id_taken(self, external_id: str, *, by_other_than: CustomerId | None = None) -> bool:
        found = self.work.row(_OF_EXTERNAL_ID, external_id=external_id)
        return found is not None and found[0] != by_other_than

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]] | None,
        words: tuple[str, ...] = (),
        number: int | None,
        location: LocationId | None,
        stage: Stage | None,
        archived: bool | None = None,
        after: int | None,
        limit: int,
    ) -> tuple[Customer, ...]:
        asked: tuple[tuple[ColumnElement[bool], str, object], ...] = (
            (customers.c.number == bindparam("number"), "number", number),
            (customers.c.location_id == bindparam("location", type_=Id), "location", location),
            (customers.c.stage == bindparam("stage"), "stage", None if stage is None else stage.value),
            (customers.c.number > bindparam("after"), "after", after),
        )
        values = {name: value for _, name, value in asked if value is not None}
        statement = _PAGE.where(*(condition for condition, name, _ in asked if name in values))
        if archived is not None:
            statement = statement.where(_ARCHIVED if archived else ~_ARCHIVED)
        statement, found = _with_words(statement, words)
        values |= found
        if visible is not None:
            statement = statement.where(or_(false(), *(_visible(each) for each in Stage)))
            values |= {_name(each): _locations(visible, each) for each in Stage}
        return self.work.states(CUSTOMERS, statement, rows=limit, **values)

    def family(self, parent: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        if lock is not Lock.NONE:
            # Who was linked while the parent was waited for is not in this statement's snapshot, but in the next one's.
            self.work.run(_WAIT_FOR[lock], parent=parent)
        return self.work.states(CUSTOMERS, _FAMILY[lock], parent=parent)

    def children(self, parent: CustomerId) -> tuple[Customer, ...]:
        return self.work.states(CUSTOMERS, _CHILDREN, parent=parent)

    def candidates(
        self, *, visible: frozenset[LocationId] | None, words: tuple[str, ...], without: CustomerId, limit: int
    ) -> tuple[Customer, ...]:
        statement, values = _with_words(_CANDIDATES, words)
        if visible is not None:
            statement = statement.where(among(customers.c.location_id, bindparam("locations", type_=Ids)))
            values["locations"] = list(visible)
        return self.work.states(CUSTOMERS, statement, without=without, rows=limit, **values)

    def places(self) -> tuple[CustomerPlace, ...]:
        return tuple(map(customer_place, self.work.rows(_PLACES)))


def _with_words(statement: Select[Any], words: tuple[str, ...]) -> tuple[Select[Any], dict[str, object]]:
    """
    The statement of those records in which each word is found, and the parameters that this takes.
    """
    for index in range(len(words)):
        statement = statement.where(customers.c.search.contains(bindparam(f"word_{index}"), autoescape=False))
    return statement, {f"word_{index}": word for index, word in enumerate(words)}


def _visible(stage: Stage) -> ColumnElement[bool]:
    ids: ColumnElement[Any] = bindparam(_name(stage), type_=Ids)
    return (customers.c.stage == stage.value) & among(customers.c.location_id, ids)


def _name(stage: Stage) -> str:
    return f"{stage.value}_locations"


def _locations(visible: frozenset[tuple[Stage, LocationId]], stage: Stage) -> list[UUID]:
    return [location for each, location in visible if each is stage]
