"""
What is left of records that are no more, and which records stored answers quote.
"""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

tombstones = Table(
    "tombstones",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),  # the record's, which is no more
    Column("number", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("location_id", Id, nullable=False),
    Column("made_by", Id),
    Column("made_at", Instant, nullable=False),
    Column("merged_into", Id),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "number", name="tombstones_number"),
    of_company(),
    one_of("locations", "location_id"),
)

Index("tombstones_by_time", tombstones.c.company_id, tombstones.c.made_at, tombstones.c.id)

# An answer is sealed: which records it quotes is noted beside it, so that it goes with each of them.
quotations = Table(
    "quotations",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("actor_id", Id, nullable=False),
    Column("command_id", Text, nullable=False),
    PrimaryKeyConstraint("company_id", "customer_id", "actor_id", "command_id"),
    ForeignKeyConstraint(
        ["company_id", "actor_id", "command_id"],
        ["answers.company_id", "answers.actor_id", "answers.command_id"],
        name="quotations_answer",
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["company_id", "customer_id"],
        ["customers.company_id", "customers.id"],
        name="quotations_customer",
        ondelete="CASCADE",
    ),
)

Index("quotations_of_answer", quotations.c.company_id, quotations.c.actor_id, quotations.c.command_id)
