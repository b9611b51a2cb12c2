"""
What every command leaves behind: answers, history, outbox, and the numbers given.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from fieldops_adapters.sql.columns import Id, Instant, next_position
from fieldops_adapters.sql.tables.common import metadata

counters = Table(
    "counters",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", BigInteger, nullable=False),
    PrimaryKeyConstraint("company_id", "name"),
)

answers = Table(
    "answers",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("actor_id", Id, nullable=False),  # all zeros: the system
    Column("command_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("answer", LargeBinary, nullable=False),  # sealed whole
    PrimaryKeyConstraint("company_id", "actor_id", "command_id"),
)

history = Table(
    "history",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("aggregate", Text, nullable=False),
    Column("aggregate_id", Id, nullable=False),
    Column("record_id", Id),
    Column("at", Instant, nullable=False),
    Column("actor_id", Id),
    Column("source", Text, nullable=False),
    Column("changes", Text, nullable=False),  # secrets in it are sealed
    PrimaryKeyConstraint("company_id", "id"),
)

Index("history_of_aggregate", history.c.company_id, history.c.aggregate_id, history.c.at)

Index("history_of_record", history.c.company_id, history.c.record_id, history.c.at, history.c.id)

outbox = Table(
    "outbox",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("aggregate", Text, nullable=False),
    Column("aggregate_id", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered_at", Instant),
    Column("position", BigInteger, nullable=False, server_default="0", default=next_position()),
    PrimaryKeyConstraint("company_id", "id"),
)

Index("outbox_position", outbox.c.company_id, outbox.c.position, outbox.c.id)

Index(
    "outbox_due",
    outbox.c.due_at,
    outbox.c.id,
    postgresql_where=outbox.c.delivered_at.is_(None),
    sqlite_where=outbox.c.delivered_at.is_(None),
)

Index("outbox_of_aggregate", outbox.c.company_id, outbox.c.aggregate_id)
