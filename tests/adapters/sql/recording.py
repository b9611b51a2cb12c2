"""
What a storage sends to its database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attrs import Factory, frozen
from sqlalchemy import Connection, Engine, event


@frozen
class Recording:
    """
    The statements in their order, each with its parameters.
    """

    statements: list[tuple[str, Any]] = Factory(list)

    def take(self) -> list[tuple[str, Any]]:
        """
        Those since the last time, without the beginning of the transaction.
        """
        taken = [each for each in self.statements if not each[0].startswith(("BEGIN", "SELECT set_config"))]
        self.statements.clear()
        return taken


@contextmanager
def recorded(engine: Engine) -> Iterator[Recording]:
    recording = Recording()

    def note(_: Connection, __: object, statement: str, parameters: Any, *rest: object) -> None:
        recording.statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield recording
    event.remove(engine, "before_cursor_execute", note)
