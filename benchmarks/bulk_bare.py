"""
The baseline of the bulk benchmark: the rows that ours wrote, by psycopg alone, a thousand to an INSERT.
"""

from collections.abc import Sequence
from typing import Any

import psycopg

Sent = Sequence[tuple[str, Any]]
"""
The INSERTs of one run, each with the values of all its rows: of one row at a time, or of many at once.
"""
ROWS = 1_000


def insert(connection: "psycopg.Connection[Any]", sent: Sent) -> None:
    for statement, rows in sent:
        if isinstance(rows, dict):  # many at once already
            connection.execute(statement.encode(), rows)
            continue
        head, _, values = statement.partition(" VALUES ")
        names = [each.partition(")s")[0] for each in values.split("%(")[1:]]
        one = "(" + ", ".join(["%s"] * len(names)) + ")"
        for first in range(0, len(rows), ROWS):
            some = rows[first : first + ROWS]
            text = f"{head} VALUES {', '.join([one] * len(some))}"
            connection.execute(text.encode(), [row[name] for row in some for name in names])
    connection.commit()
