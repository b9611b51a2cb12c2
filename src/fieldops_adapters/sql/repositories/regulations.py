"""
What records have fulfilled of government regulations.
"""

from sqlalchemy import bindparam

from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.mapping.regulations import FULFILMENTS
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import fulfilments
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import CustomerId, Fulfilment, FulfilmentId

_OF = FULFILMENTS.all.where(fulfilments.c.customer_id == bindparam("customer", type_=Id)).order_by(fulfilments.c.id)


class SqlFulfilments(SqlRepository[FulfilmentId, Fulfilment]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, FULFILMENTS)

    def of(self, customer: CustomerId) -> tuple[Fulfilment, ...]:
        return self.work.states(FULFILMENTS, _OF, customer=customer)

    def remove(self, state: Fulfilment) -> None:
        self.replaced(state, self.work.run(FULFILMENTS.remove, key=state.id, earlier=state.version))
