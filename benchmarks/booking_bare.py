"""
The baseline of the booking benchmark: the statements of each booking, with the values that ours sent, by psycopg alone.
"""

from collections.abc import Sequence
from typing import Any

import psycopg

Sent = Sequence[tuple[str, Any]]
"""
The statements of one booking, in their order.
"""


def book(connection: "psycopg.Connection[Any]", bookings: Sequence[Sent]) -> None:
    with connection.cursor() as cursor:
        for sent in bookings:
            for statement, values in sent:
                cursor.execute(statement.encode(), values)
                if statement.startswith("SELECT"):
                    cursor.fetchall()
            connection.commit()


def insert(connection: "psycopg.Connection[Any]", bookings: Sequence[Sent]) -> None:
    """
    Nothing but the visit itself, in a session that sees its company already.
    """
    with connection.cursor() as cursor:
        for sent in bookings:
            statement, values = next(each for each in sent if each[0].startswith("INSERT INTO appointments "))
            cursor.execute(statement.encode(), values)
            connection.commit()
