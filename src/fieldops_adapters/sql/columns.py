"""
The types of columns, and the few expressions that each database writes in its own way.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BLOB,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


# Grids and lists read the same few ids and instants again and again.
@lru_cache(maxsize=65_536)
def _uuid(key: bytes) -> UUID:
    return UUID(bytes=key)


@lru_cache(maxsize=65_536)
def _id(key: bytes | None) -> UUID | None:
    return None if key is None else UUID(bytes=key)


@lru_cache(maxsize=65_536)
def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)


class _SqliteId(TypeEngine[UUID]):
    """
    A UUID as its 16 bytes. They sort as UUIDs do.
    """

    __visit_name__ = "BLOB"

    def bind_processor(self, dialect: Dialect) -> Callable[[UUID | None], bytes | None]:
        return lambda value: None if value is None else value.bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], UUID | None]:
        return _id


Id = Uuid().with_variant(_SqliteId(), "sqlite")
"""
An id.
"""


class Ids(TypeDecorator[tuple[UUID, ...]]):
    """
    Several ids in their order: an array, or on SQLite their bytes one after another. As a parameter, however many they
    are, they are one value.
    """

    impl = ARRAY(Uuid())
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = BLOB() if dialect.name == "sqlite" else ARRAY(Uuid())
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Sequence[UUID] | None, dialect: Dialect) -> object:
        if value is None:
            return None
        return b"".join(each.bytes for each in value) if dialect.name == "sqlite" else list(value)

    def process_result_value(self, value: bytes | list[UUID] | None, dialect: Dialect) -> tuple[UUID, ...] | None:
        if isinstance(value, bytes):
            return tuple(_uuid(value[at : at + 16]) for at in range(0, len(value), 16))
        return None if value is None else tuple(value)


class _SqliteInstant(TypeEngine[datetime]):
    """
    An instant as microseconds since 1970.
    """

    __visit_name__ = "BIGINT"

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        return lambda value: None if value is None else (value - EPOCH) // MICROSECOND

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:
        return _instant


Instant = DateTime(timezone=True).with_variant(_SqliteInstant(), "sqlite")
"""
An instant, read in UTC: PostgreSQL tells it in the zone of the connection, which ``engines.py`` sets.
"""


Key = Text().with_variant(Text(collation="C"), "postgresql")
"""
A text by which rows are sorted: by its code points, as Python sorts.
"""


class Sealed(TypeDecorator[bytes]):
    """
    A :class:`~fieldops_core.kernel.secret.Secret`, sealed. What is written to such a column and read from it passes
    through the sealer (``work.py``).
    """

    impl = LargeBinary
    cache_ok = True


class among(FunctionElement[bool]):  # noqa: N801
    """
    Whether an id is one of several, given as :class:`Ids`: a parameter or a column.
    """

    inherit_cache = True
    type = Boolean()

    def __init__(self, id: ColumnElement[UUID], ids: ColumnElement[tuple[UUID, ...]]) -> None:
        super().__init__(id, ids)

    def self_group(self, against: OperatorType | None = None) -> Self:
        # Not "… = 1", by which SQLAlchemy makes a condition of it on SQLite: no index is used for that.
        return self


@compiles(among)
def _any(element: among, compiler: SQLCompiler, **options: object) -> str:
    id, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{id} = ANY ({ids})"


@compiles(among, "sqlite")
def _in(element: among, compiler: SQLCompiler, **options: object) -> str:
    # Each mention of a parameter is a parameter: the second one has to be written anew.
    id, ids, again = (compiler.process(each, **options) for each in (*element.clauses, list(element.clauses)[1]))
    starts = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 16 FROM n WHERE i + 16 <= length({ids}))"  # noqa: S608
    return f"{id} IN ({starts} SELECT substr({again}, i, 16) FROM n)"  # noqa: S608


class Texts(TypeDecorator[Sequence[str]]):
    """
    Several texts, as one parameter however many they are: an array, or on SQLite JSON.
    """

    impl = ARRAY(Text())
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = Text() if dialect.name == "sqlite" else ARRAY(Text())
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> object:
        if value is None:
            return None
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class among_texts(FunctionElement[bool]):  # noqa: N801
    """
    Whether a text is one of several, given as :class:`Texts`.
    """

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: ColumnElement[Any], texts: ColumnElement[Any]) -> None:
        super().__init__(column, texts)

    def self_group(self, against: OperatorType | None = None) -> Self:
        return self


@compiles(among_texts)
def _any_text(element: among_texts, compiler: SQLCompiler, **options: object) -> str:
    column, texts = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({texts})"


@compiles(among_texts, "sqlite")
def _in_texts(element: among_texts, compiler: SQLCompiler, **options: object) -> str:
    column, texts = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608


class seconds(FunctionElement[int]):  # noqa: N801
    """
    An instant as whole seconds since 1970.
    """

    inherit_cache = True
    type = Integer()

    def __init__(self, instant: ColumnElement[datetime]) -> None:
        super().__init__(instant)


@compiles(seconds)
def _extract(element: seconds, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST(floor(EXTRACT(EPOCH FROM {compiler.process(element.clauses, **options)})) AS BIGINT)"


@compiles(seconds, "sqlite")
def _divide(element: seconds, compiler: SQLCompiler, **options: object) -> str:
    return f"({compiler.process(element.clauses, **options)} / 1000000)"


class next_position(FunctionElement[int]):  # noqa: N801
    """
    The position of what is inserted into the outbox: what is committed later has a higher one, once no earlier
    transaction runs any more. On PostgreSQL the transaction's own number; SQLite has one writer, which counts on, in
    microseconds, so that nothing comes twice when old rows are gone.
    """

    inherit_cache = True
    type = BigInteger()


@compiles(next_position)
def _transaction(element: next_position, compiler: SQLCompiler, **options: object) -> str:
    return "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)"


@compiles(next_position, "sqlite")
def _counted_on(element: next_position, compiler: SQLCompiler, **options: object) -> str:
    last = "(SELECT last.position FROM outbox AS last ORDER BY last.rowid DESC LIMIT 1)"
    now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000"
    return f"max(coalesce({last}, 0) + 1, {now})"


class new_key(FunctionElement[UUID]):  # noqa: N801
    """
    A new id for each row, made by the database.
    """

    inherit_cache = True
    type = Id


@compiles(new_key)
def _random_uuid(element: new_key, compiler: SQLCompiler, **options: object) -> str:
    return "gen_random_uuid()"


@compiles(new_key, "sqlite")
def _random_blob(element: new_key, compiler: SQLCompiler, **options: object) -> str:
    return "randomblob(16)"
