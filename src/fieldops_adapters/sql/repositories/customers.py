"""
Customer records and their numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, delete, or_, select, text

from fieldops_adapters.sql.columns import Id, Ids, Texts, among, among_texts
from fieldops_adapters.sql.mapping.customers import (
    CANDIDATE_COLUMNS,
    CUSTOMERS,
    PLACE_COLUMNS,
    candidate,
    customer_place,
)
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.queries.customers import (
    BEGINNING,
    ENTER,
    EXACT,
    LAST,
    ORDERS,
    behind,
    contained,
    matching,
    selected,
)
from fieldops_adapters.sql.repositories.numbers import next_number
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import customer_keys, customers
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import (
    Candidate,
    Customer,
    CustomerId,
    CustomerPlace,
    Match,
    Place,
    Sort,
    Sought,
    Traits,
    traits_of,
)
from fieldops_core.customers.ports import Found, Selection
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
_ARCHIVED = customers.c.archived_at.is_not(None)
_PARENT = bindparam("parent", type_=Id)
_CHILDREN = CUSTOMERS.all.where(customers.c.parent_id == _PARENT).order_by(customers.c.number)
_FIRST_CHILDREN = _CHILDREN.limit(bindparam("rows"))
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
# Not sorted here: SQLite would read by number then, and look at every record.
_ALIKE = select(*CANDIDATE_COLUMNS).where(
    customers.c.company_id == COMPANY,
    customers.c.id.in_(
        select(customer_keys.c.customer_id).where(
            customer_keys.c.company_id == COMPANY, among_texts(customer_keys.c.key, bindparam("keys", type_=Texts))
        )
    ),
)
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


class SqlCustomers(SqlRepository[CustomerId, Customer]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CUSTOMERS)

    def add(self, state: Customer) -> None:
        self.add_all((state,))

    def add_all(self, states: Sequence[Customer]) -> None:
        super().add_all(states)
        self._add_keys(states)
        self._enter(states)

    def save(self, state: Customer) -> None:
        super().save(state)
        self.work.run(_DROP_KEYS, customer=state.id)
        self._add_keys((state,))

    def _add_keys(self, states: Sequence[Customer]) -> None:
        keys = [(state.id, key) for state in states for key in sorted(traits_of(state).keys)]
        self.work.insert_all(customer_keys, [{"customer_id": id, "key": key} for id, key in keys])

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

    def page(self, selection: Selection, *, sort: Sort, after: Place | None, limit: int) -> tuple[Customer, ...]:
        statement = ORDERS[sort].where(*selected(selection))
        if after is not None:
            statement = statement.where(behind(after, sort))
        return self.work.states(CUSTOMERS, statement, rows=limit)

    def matching(self, sought: Sought, selection: Selection, *, limit: int) -> Found:
        def those(statement: Select[Any], **values: object) -> list[Match]:
            rows = self.work.rows(statement.where(*conditions), rows=limit + 1, **values)
            return list(map(Match._make, rows))

        conditions = (*contained(sought.terms), *selected(selection))
        statement, asked = matching(sought.terms, self.work.connection.dialect.name)
        found = those(statement, **asked)
        if len(found) <= limit:
            return Found(matches=tuple(found), more=False)
        begin = sought.terms[0]
        exact = those(EXACT, sought=sought.number or 0, text=sought.text)
        beginning = those(BEGINNING, begin=begin, end=f"{begin}{LAST}")
        first = dict.fromkeys((*exact, *beginning, *found))
        return Found(matches=tuple(first)[:limit], more=True)

    def _enter(self, states: Sequence[Customer]) -> None:
        """
        PostgreSQL has an index that keeps itself; on SQLite triggers see to changes, but not to what is new.
        """
        if self.work.connection.dialect.name == "sqlite":
            self.work.run(ENTER, ids=[state.id for state in states])

    def family(self, parent: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        if lock is not Lock.NONE:
            # Who was linked while the parent was waited for is not in this statement's snapshot, but in the next one's.
            self.work.run(_WAIT_FOR[lock], parent=parent)
        return self.work.states(CUSTOMERS, _FAMILY[lock], parent=parent)

    def children(self, parent: CustomerId, *, limit: int | None = None) -> tuple[Customer, ...]:
        if limit is None:
            return self.work.states(CUSTOMERS, _CHILDREN, parent=parent)
        return self.work.states(CUSTOMERS, _FIRST_CHILDREN, parent=parent, rows=limit)

    def candidates(
        self, *, visible: frozenset[LocationId] | None, words: tuple[str, ...], without: CustomerId, limit: int
    ) -> tuple[Customer, ...]:
        statement, values = _CANDIDATES.where(*contained(words)), {}
        if visible is not None:
            statement = statement.where(among(customers.c.location_id, bindparam("locations", type_=Ids)))
            values["locations"] = list(visible)
        return self.work.states(CUSTOMERS, statement, without=without, rows=limit, **values)

    def unplaced(self, *, estimates: bool) -> tuple[CustomerId, ...]:
        return tuple(row[0] for row in self.work.rows(_UNPLACED[estimates]))

    def places(self) -> tuple[CustomerPlace, ...]:
        return tuple(map(customer_place, self.work.rows(_PLACES)))
