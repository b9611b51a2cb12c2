"""
How the database itself tells a row, field by field, as events do (:func:`~fieldops_core.kernel.plain.public`).
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from sqlalchemy import Boolean, Column, ColumnElement, DateTime, Text, Uuid, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from fieldops_adapters.sql.tables import appointments


@frozen(kw_only=True)
class Told:
    """
    What stands for each public field: *fields* as JSON values; *lists*, columns that hold JSON; *secrets*, sealed
    columns, which are told only where they are empty.
    """

    fields: Mapping[str, ColumnElement[Any]]
    lists: Mapping[str, Column[Any]]
    secrets: Mapping[str, Column[Any]]


class json_object(FunctionElement[str]):  # noqa: N801
    """
    A JSON object of names and values.
    """

    inherit_cache = True
    type = Text()

    def __init__(self, entries: Mapping[str, ColumnElement[Any]]) -> None:
        super().__init__(*(part for name, value in entries.items() for part in (literal_column(f"'{name}'"), value)))


@compiles(json_object)
def _build(element: json_object, compiler: SQLCompiler, **options: object) -> str:
    return f"json_build_object({compiler.process(element.clauses, **options)})"


@compiles(json_object, "sqlite")
def _object(element: json_object, compiler: SQLCompiler, **options: object) -> str:
    return f"json_object({compiler.process(element.clauses, **options)})"


class told(FunctionElement[str]):  # noqa: N801
    """
    An id, an instant, a truth or whatever else a column holds.
    """

    inherit_cache = True
    type = Text()

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(told)
def _on_postgresql(element: told, compiler: SQLCompiler, **options: object) -> str:
    (column,) = element.clauses
    name = compiler.process(column, **options)
    if isinstance(column.type, DateTime):
        return f"replace(to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', '') || '+00:00'"
    return name


@compiles(told, "sqlite")
def _on_sqlite(element: told, compiler: SQLCompiler, **options: object) -> str:
    (column,) = element.clauses
    name = compiler.process(column, **options)
    match column.type:
        case Uuid():
            parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
            text = " || '-' || ".join(f"lower(substr(hex({name}), {at}, {length}))" for at, length in parts)
            return f"CASE WHEN {name} IS NOT NULL THEN {text} END"
        case DateTime():
            micro = f"(({name} % 1000000 + 1000000) % 1000000)"
            second = f"strftime('%Y-%m-%dT%H:%M:%S', ({name} - {micro}) / 1000000, 'unixepoch')"
            return f"{second} || CASE {micro} WHEN 0 THEN '' ELSE printf('.%06d', {micro}) END || '+00:00'"
        case Boolean():
            return f"json(CASE WHEN {name} THEN 'true' ELSE 'false' END)"
    return name


class told_locally(FunctionElement[str]):  # noqa: N801
    """
    A local time, with the fold of it.
    """

    inherit_cache = True
    type = Text()

    def __init__(self, column: ColumnElement[Any], fold: ColumnElement[Any]) -> None:
        super().__init__(column, fold)


@compiles(told_locally)
def _local_on_postgresql(element: told_locally, compiler: SQLCompiler, **options: object) -> str:
    name, fold = (compiler.process(each, **options) for each in element.clauses)
    text = f"replace(to_char({name}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', '')"
    return f"{text} || CASE {fold} WHEN 1 THEN '~' ELSE '' END"


@compiles(told_locally, "sqlite")
def _local_on_sqlite(element: told_locally, compiler: SQLCompiler, **options: object) -> str:
    name, fold = (compiler.process(each, **options) for each in element.clauses)
    return f"replace(replace({name}, ' ', 'T'), '.000000', '') || CASE {fold} WHEN 1 THEN '~' ELSE '' END"


_A = appointments.c

APPOINTMENT = Told(
    fields={
        "id": told(_A.id),
        "kind": told(_A.kind),
        "type": told(_A.type_id),
        "sub_type": told(_A.sub_type_id),
        "user": told(_A.user_id),
        "customer": told(_A.customer_id),
        "location": told(_A.location_id),
        "period": json_object({"start": told(_A.start_at), "end": told(_A.end_at)}),
        "agreed": told_locally(_A.agreed, _A.agreed_fold),
        "zone": told(_A.zone),
        "status": told(_A.status),
        "notes": told(_A.notes),
        "on_site_notes": told(_A.on_site_notes),
        "public_note": told(_A.public_note),
        "pending_reassignment": told(_A.pending_reassignment),
        "cancelled_by": told(_A.cancelled_by),
        "cancellation_reason": told(_A.cancellation_reason),
        "work_order": told(_A.work_order_id),
        "former_work_order": told(_A.former_work_order),
        "series": told(_A.series_id),
        "rescheduling": told(_A.rescheduling),
        "reschedule_reason": told(_A.reschedule_reason_id),
        "outcome": told(_A.outcome),
        "unable_reason": told(_A.unable_reason_id),
        "check_out_notes": told(_A.check_out_notes),
        "for_the_record": told(_A.for_the_record),
        "double_booked": told(_A.double_booked),
        "double_booked_with": told(_A.double_booked_with),
        "double_book_reason": told(_A.double_book_reason),
        "created_by": told(_A.created_by),
        "created_at": told(_A.created_at),
        "changed_by": told(_A.changed_by),
        "changed_at": told(_A.changed_at),
        "version": told(_A.version),
    },
    lists={"moments": _A.moments},
    secrets={"private_note": _A.private_note},
)
