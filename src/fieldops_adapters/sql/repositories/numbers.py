"""
Numbers for people, counted in each company.
"""

from sqlalchemy import BigInteger, Column, Table, TextClause, TextualSelect, bindparam, text

from fieldops_adapters.sql.columns import Id
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


def keep_numbers(table: Table) -> TextClause:
    """
    What is given next is above the numbers of a *customer*'s rows too, which are to be deleted.
    """
    name = table.name
    return text(
        f"INSERT INTO counters (company_id, name, value) SELECT :company, '{name}', max(number)"  # noqa: S608
        f" FROM {name} WHERE company_id = :company AND customer_id = :customer HAVING max(number) IS NOT NULL"
        " ON CONFLICT (company_id, name) DO UPDATE SET"
        " value = CASE WHEN counters.value < excluded.value THEN excluded.value ELSE counters.value END"
    ).bindparams(COMPANY, bindparam("customer", type_=Id))
