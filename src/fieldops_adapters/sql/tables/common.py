"""
What all tables share: their schema, and the keys that keep companies apart.
"""

from sqlalchemy import (
    ForeignKeyConstraint,
    MetaData,
)

metadata = MetaData()


def of_company() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["company_id"], ["companies.company_id"])


def one_of(table: str, column: str, *, name: str | None = None) -> ForeignKeyConstraint:
    """
    The column names a row of that table, of the same company.
    """
    return ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"], name=name)
