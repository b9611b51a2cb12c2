"""
Customer records and their numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, false, insert, or_, select, text

from fieldops_adapters.sql.columns import Id, Ids, Texts, among, among_texts
from fieldops_adapters.sql.mapping.customers import (
    CANDIDATE_COLUMNS,
    CUSTOMERS,
    PLACE_COLUMNS,
    candidate,
    customer_place,
)
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.repositories.numbers import next_number
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import customer_keys, customers
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Candidate, Customer, CustomerId, CustomerPlace, Traits, traits_of
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
_OF_IDS = CUSTOMERS.all.where(among(customers.c.id, bindparam("ids", type_=Ids))).order_by(customers.c.id)
_NAMED = {lock: locked(_OF_IDS, lock) for lock in Lock}
_PLACES = (
    select(*PLACE_COLUMNS)
    .where(customers.c.company_id == COMPANY, customers.c.stage == Stage.CUSTOMER.value)
    .order_by(customers.c.number)
)
# Not sorted here: SQLite would read by number then, and look at every record.
_ALIKE = select(*CANDIDATE_COLUMNS).where(
    customers.c.company_id == COMPANY,
    customers.c.id.in_(
        select(customer_keys.c.customer_id).where(
            customer_keys.c.company_id == COMPANY, among_texts(customer_keys.c.key, bindparam("keys", type_=Texts))
        )
    ),
)
_ADD_KEYS = insert(customer_keys).returning(customer_keys.c.key)
_DROP_KEYS = delete(customer_keys).where(
    customer_keys.c.company_id == COMPANY, customer_keys.c.customer_id == bindparam("customer", type_=Id)
)
_NOWHERE = customers.c.latitude.is_(None)
_UNPLACED = {
    estimates: select(customers.c.id)
    .where(customers.c.company_id == COMPANY, or_(_NOWHERE, customers.c.point_is_estimate) if estimates else _NOWHERE)
    .order_by(customers.c.number)
    for estimates in (False, True)
}
_PAGE = CUSTOMERS.all.order_by(customers.c.number).limit(bindparam("rows"))


class SqlCustomers(SqlRepository[CustomerId, Customer]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CUSTOMERS)

    def add(self, state: Customer) -> None:
        self.add_all((state,))

    def add_all(self, states: Sequence[Customer]) -> None:
        super().add_all(states)
        self._add_keys(states)

    def save(self, state: Customer) -> None:
        super().save(state)
        self.work.run(_DROP_KEYS, customer=state.id)
        self._add_keys((state,))

    def _add_keys(self, states: Sequence[Customer]) -> None:
        keys = [(state.id, key) for state in states for key in sorted(traits_of(state).keys)]
        self.work.insert(_ADD_KEYS, [{"customer_id": id, "key": key} for id, key in keys])

    def next_number(self) -> int:
        return self.work.number(_NEXT_NUMBER)

    def next_numbers(self, count: int) -> range:
        first = self.next_number()
        self.work.run(_PASS_OVER, count=count - 1)
        return range(first, first + count)

    def named(self, ids: Collection[CustomerId], *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        return self.work.states(CUSTOMERS, _NAMED[lock], ids=ids) if ids else ()

    def known_external_ids(self, external_ids: Collection[str]) -> Mapping[str, CustomerId]:
        return {row[0]: row[1] for row in self.work.rows(_KNOWN, external_ids=list(external_ids))}

    def external_id_taken(self, external_id: str, *, by_other_than: CustomerId | None = None) -> bool:
        found = self.work.row(_OF_EXTERNAL_ID, external_id=external_id)
        return found is not None and found[0] != by_other_than

    def alike(self, traits: Traits) -> tuple[Candidate, ...]:
        found = map(candidate, self.work.rows(_ALIKE, keys=sorted(traits.keys)))
        return tuple(sorted(found, key=lambda each: each.number))

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]] | None,
        words: tuple[str, ...] = (),
        number: int | None,
        location: LocationId | None,
        stage: Stage | None,
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
        for index, word in enumerate(words):
            statement = statement.where(customers.c.search.contains(bindparam(f"word_{index}"), autoescape=False))
            values[f"word_{index}"] = word
        if visible is not None:
            statement = statement.where(or_(false(), *(_visible(each) for each in Stage)))
            values |= {_name(each): _locations(visible, each) for each in Stage}
        return self.work.states(CUSTOMERS, statement, rows=limit, **values)

    def unplaced(self, *, estimates: bool) -> tuple[CustomerId, ...]:
        return tuple(row[0] for row in self.work.rows(_UNPLACED[estimates]))

    def places(self) -> tuple[CustomerPlace, ...]:
        return tuple(map(customer_place, self.work.rows(_PLACES)))


def _visible(stage: Stage) -> ColumnElement[bool]:
    ids: ColumnElement[Any] = bindparam(_name(stage), type_=Ids)
    return (customers.c.stage == stage.value) & among(customers.c.location_id, ids)


def _name(stage: Stage) -> str:
    return f"{stage.value}_locations"


def _locations(visible: frozenset[tuple[Stage, LocationId]], stage: Stage) -> list[UUID]:
    return [location for each, location in visible if each is stage]
