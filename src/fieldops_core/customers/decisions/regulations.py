"""
What fulfilling a regulation, and changing that, come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from fieldops_core.customers.calculations import expires
from fieldops_core.customers.messages import (
    ChangeFulfilment,
    FulfilmentChanged,
    FulfilmentRemoved,
    FulfilRegulation,
    RegulationFulfilled,
)
from fieldops_core.customers.model import Fulfilment, FulfilmentId
from fieldops_core.customers.rules import FULFILLING, Fulfilling
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import replaced, told
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.time import valid_date
from fieldops_core.kernel.unset import Unset


def fulfil_regulation(
    command: FulfilRegulation, case: Fulfilling, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Fulfilment]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    require(FULFILLING, case)
    since = valid_date(command.fulfilled_on, field="fulfilled_on")
    until = expires(since, case.regulation.attributes.months)
    fulfilment = Fulfilment(
        id=FulfilmentId(new_id()),
        customer=command.customer,
        regulation=command.regulation,
        number=command.number,
        fulfilled_on=since,
        expires_on=until if isinstance(command.expires_on, Unset) else command.expires_on,
        created_by=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
    )
    return Outcome(state=fulfilment, events=(RegulationFulfilled.of(None, fulfilment, at=now),))


def change_fulfilment(
    command: ChangeFulfilment, fulfilment: Fulfilment, by: UserId | None, *, now: datetime
) -> Outcome[Fulfilment]:
    changes = told(command, apart_from=frozenset({"fulfilment"}))
    upkeep = {"changed_by": by, "changed_at": now, "version": fulfilment.version + 1}
    changed = replaced(fulfilment, {**changes, **upkeep})
    return Outcome(before=fulfilment, state=changed, events=(FulfilmentChanged.of(fulfilment, changed, at=now),))


def remove_fulfilment(fulfilment: Fulfilment, *, now: datetime) -> Outcome[Fulfilment]:
    event = FulfilmentRemoved.of(fulfilment, fulfilment, at=now)
    return Outcome(before=fulfilment, state=fulfilment, events=(event,), removed=True)
