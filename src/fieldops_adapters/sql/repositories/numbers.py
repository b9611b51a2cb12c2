"""
Numbers for people, counted in each company.
"""

from sqlalchemy import BigInteger, Column, Table, TextualSelect, text

from fieldops_adapters.sql.mapping.form import COMPANY


def next_number(table: Table) -> TextualSelect:
    """
    One above the last that was given, and above every number that came with a record from elsewhere.
    """
    name = table.name
    return (
        text(
            f"INSERT INTO counters (company_id, name, value) SELECT :company, '{name}', coalesce(max(number), 0) + 1"  # noqa: S608
            f" FROM {name} WHERE company_id = :company"
            " ON CONFLICT (company_id, name) DO UPDATE SET"
            " value = CASE WHEN counters.value < excluded.value THEN excluded.value ELSE counters.value + 1 END"
            " RETURNING value"
        )
        .bindparams(COMPANY)
        .columns(Column("value", BigInteger))
    )
