"""
Messages, and which of them are due.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from fieldops_adapters.sql.columns import Id, Ids, among
from fieldops_adapters.sql.due import claimed, claiming
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.mapping.messages import MESSAGES
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import customers, messages
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Stage
from fieldops_core.app.ports import DueMessage
from fieldops_core.customers.model import CustomerId
from fieldops_core.messaging.model import Message, MessageId, MessageState
from fieldops_core.messaging.ports import Visible

_M, _C = messages.c, customers.c
_WITH_CUSTOMERS = messages.join(customers, and_(_C.company_id == _M.company_id, _C.id == _M.customer_id))
_ALL = select(*MESSAGES.columns).where(_M.company_id == COMPANY)
_COUNTS = select(_M.state, func.count()).where(_M.company_id == COMPANY).group_by(_M.state)
_PLACES = {stage: bindparam(f"at_{stage.value}", type_=Ids) for stage in Stage}
_VISIBLE = or_(
    false(), *(and_(_C.stage == stage.value, among(_C.location_id, places)) for stage, places in _PLACES.items())
)
_OF_CUSTOMER = _M.customer_id == bindparam("customer", type_=Id)
_OF_STATE = _M.state == bindparam("state")
_BELOW = _M.id < bindparam("after", type_=Id)
Values = dict[str, object]
_CLAIM = claiming(messages)


class SqlMessages(SqlRepository[MessageId, Message]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, MESSAGES)

    def page(
        self,
        *,
        visible: Visible | None,
        customer: CustomerId | None,
        state: MessageState | None,
        after: MessageId | None,
        limit: int,
    ) -> tuple[Message, ...]:
        statement, values = _chosen(_ALL.order_by(_M.id.desc()).limit(bindparam("rows")), visible, customer)
        for condition, name, value in (
            (_OF_STATE, "state", None if state is None else state.value),
            (_BELOW, "after", after),
        ):
            if value is not None:
                statement, values[name] = statement.where(condition), value
        return self.work.states(MESSAGES, statement, rows=limit, **values)

    def counts(self, *, visible: Visible | None, customer: CustomerId | None) -> Mapping[MessageState, int]:
        statement, values = _chosen(_COUNTS, visible, customer)
        return {MessageState(state): many for state, many in self.work.rows(statement, **values)}


def _chosen(statement: Select[Any], visible: Visible | None, customer: CustomerId | None) -> tuple[Select[Any], Values]:
    values: Values = {}
    if customer is not None:
        statement, values["customer"] = statement.where(_OF_CUSTOMER), customer
    if visible is not None:
        statement = statement.select_from(_WITH_CUSTOMERS).where(_VISIBLE)
        values |= dict(_places(visible))
    return statement, values


def _places(visible: Visible) -> Iterator[tuple[str, object]]:
    for stage in Stage:
        yield f"at_{stage.value}", sorted(place for each, place in visible if each is stage)


def claim_messages(connection: Connection, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueMessage, ...]:
    """
    Claim messages of any company. The transaction can do nothing else.
    """
    rows = claimed(connection, _CLAIM, limit, now=now, lease_seconds=lease_seconds)
    return tuple(DueMessage(company=company, message=id) for company, id in rows)
