"""
What each user chose to see of a grid.
"""

from uuid import UUID

from fieldops_adapters.memory.tables import Table
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import GridChoice


class MemoryGridChoices:
    def __init__(self, choices: Table[UUID, GridChoice]) -> None:
        self._choices = choices

    def of(self, user: UserId) -> GridChoice | None:
        return self._choices.rows.get(user)

    def put(self, user: UserId, choice: GridChoice) -> None:
        self._choices.put(user, choice)
