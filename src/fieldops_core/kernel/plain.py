"""
Values as JSON knows them: the form in which events and history leave the core.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from uuid import UUID

import attrs

from fieldops_core.kernel.secret import Secret

INTERNAL = MappingProxyType({"internal": True})
"""
The metadata of a field that neither events nor history tell.
"""


def fields_of(record: object) -> tuple[str, ...]:
    """
    The names of a record's fields, without the internal ones.

    Raises:
        TypeError: where it is no record.
    """
    kind = type(record)
    if not attrs.has(kind):
        raise TypeError(f"{kind.__name__} is neither a plain value nor a record")
    return tuple(each.name for each in attrs.fields(kind) if "internal" not in each.metadata)


Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """
    Ids and instants as text, enums by value, records as objects, a :class:`Secret` as ``***``. The second of two equal
    local times ends in ``~``.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Enum():
            return plain(value.value)
        case UUID() | Decimal() | Secret():
            return str(value)
        case datetime():
            return value.isoformat() + ("~" if value.fold and value.tzinfo is None else "")
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case frozenset():
            return sorted((plain(each) for each in value), key=repr)
    return {name: plain(getattr(value, name)) for name in fields_of(value)}


def public(state: object) -> dict[str, Plain]:
    """
    The fields of a record that may leave the core: all but its secrets, which are left out altogether.
    """
    return {name: plain(there) for name in fields_of(state) if not isinstance(there := getattr(state, name), Secret)}
