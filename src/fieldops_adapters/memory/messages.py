"""
Messages.
"""

from collections import Counter
from collections.abc import Mapping

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Tables
from fieldops_core.customers.model import CustomerId
from fieldops_core.messaging.model import Message, MessageId, MessageState
from fieldops_core.messaging.ports import Visible


class MemoryMessages(MemoryRepository[Message]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("message", tables.messages)
        self._customers = tables.customers

    def page(
        self,
        *,
        visible: Visible | None,
        customer: CustomerId | None,
        state: MessageState | None,
        after: MessageId | None,
        limit: int,
    ) -> tuple[Message, ...]:
        found = (each for each in self._chosen(visible, customer) if state in (None, each.state))
        return tuple(each for each in found if after is None or each.id < after)[:limit]

    def counts(self, *, visible: Visible | None, customer: CustomerId | None) -> Mapping[MessageState, int]:
        return Counter(each.state for each in self._chosen(visible, customer))

    def _chosen(self, visible: Visible | None, customer: CustomerId | None) -> list[Message]:
        """
        Newest first.
        """
        found = [each for each in reversed(self._sorted()) if customer in (None, each.customer)]
        return [each for each in found if visible is None or self._place(each) in visible]

    def _place(self, message: Message) -> object:
        record = self._customers.rows[message.customer]
        return record.stage, record.location
