"""
Values as JSON knows them: the form in which events and history leave the core.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import attrs

from fieldops_core.kernel.secret import Secret

INTERNAL = MappingProxyType({"internal": True})
"""
The metadata of a field that neither events nor history tell.
"""

PARTS = MappingProxyType({"parts": True})
"""
The metadata of a field that holds a record, or a mapping, which history tells part by part: ``sale.sale_date``.
"""

R = TypeVar("R")


def fields_of(record: object) -> tuple[str, ...]:
    """
    The names of a record's fields, without the internal ones.

    Raises:
        TypeError: where it is no record.
    """
    return _fields_of(cast("type", type(record)))


@lru_cache(maxsize=256)
def _fields_of(kind: type) -> tuple[str, ...]:
    if not attrs.has(kind):
        raise TypeError(f"{kind.__name__} is neither a plain value nor a record")
    return tuple(each.name for each in attrs.fields(kind) if "internal" not in each.metadata)


@lru_cache(maxsize=256)
def parts_of(kind: type) -> frozenset[str]:
    """
    The names of a record's fields that are told part by part.
    """
    return frozenset(each.name for each in attrs.fields(kind) if "parts" in each.metadata)


@lru_cache(maxsize=256)
def blank_of(kind: type) -> object | None:
    """
    The record of a kind with nothing given; None where something has to be, or it is no record.
    """
    if not attrs.has(kind) or any(each.default is attrs.NOTHING for each in attrs.fields(kind)):
        return None
    return cast("Callable[[], object]", kind)()


Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """
    Ids and instants as text, enums by value, records as objects, a :class:`Secret` as ``***``. The second of two equal
    local times ends in ``~``.
    """
    kind = cast("type", type(value))
    return cast("Plain", value) if kind in _AS_IT_IS else _teller(kind)(value)


Tell = Callable[[object], Plain]
_AS_IT_IS = frozenset({NoneType, bool, int, float, str})


@lru_cache(maxsize=1024)
def _teller(kind: type) -> Tell:
    """
    How values of a kind are told: found once, because every change tells dozens.
    """
    known = next((tell for base, tell in _TELLERS if issubclass(kind, base)), None)
    return known or _record_of(kind)


def _record_of(kind: type) -> Tell:
    """
    Many parts of records are blank: what those tell is told once.
    """
    names, blank = _fields_of(kind), blank_of(kind)

    def tell(record: object) -> dict[str, Plain]:
        return {name: plain(getattr(record, name)) for name in names}

    if blank is None:
        return tell
    told = tell(blank)
    return lambda record: dict(told) if record == blank else tell(record)


def _instant(value: datetime) -> str:
    return value.isoformat() + ("~" if value.fold and value.tzinfo is None else "")


def _entries(value: Mapping[object, object]) -> dict[str, Plain]:
    return {str(key): plain(each) for key, each in value.items()}


def _tells(kind: type[R], tell: Callable[[R], Plain]) -> tuple[type, Tell]:
    return kind, cast("Tell", tell)


_TELLERS = (
    *((kind, cast("Tell", lambda value: value)) for kind in _AS_IT_IS),
    _tells(Enum, lambda value: plain(value.value)),
    *((kind, cast("Tell", str)) for kind in (UUID, Decimal, Secret)),
    _tells(datetime, _instant),
    _tells(date, lambda value: value.isoformat()),
    _tells(time, lambda value: value.isoformat()),
    (Mapping, cast("Tell", _entries)),
    _tells(tuple, lambda value: [plain(each) for each in value]),
    _tells(list, lambda value: [plain(each) for each in value]),
    _tells(frozenset, lambda value: sorted((plain(each) for each in value), key=repr)),
)


def public(state: object) -> dict[str, Plain]:
    """
    The fields of a record that may leave the core: all but its secrets, which are left out altogether.
    """
    return {name: plain(there) for name in fields_of(state) if not isinstance(there := getattr(state, name), Secret)}


def stored(state: object) -> dict[str, Plain]:
    """
    All fields of a record, its secrets revealed: for a storage, which seals what it keeps. :func:`restored` reads it.
    """
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(state)))
    return {each.name: _revealed(getattr(state, each.name)) for each in fields}


def _revealed(value: object) -> Plain:
    return value.reveal() if isinstance(value, Secret) else plain(value)


def restored(kind: type[R], told: Mapping[str, Plain]) -> R:
    """
    The record of a kind that :func:`stored` told. Fields that are missing take their defaults: they came later.

    Raises:
        ValueError, TypeError, KeyError: where no such record was told.
    """
    hints = _hints(cast("type", kind))
    return kind(**{name: _restored(hints[name], each) for name, each in told.items()})


@lru_cache(maxsize=256)
def _hints(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)


def _restored(hint: object, told: Plain) -> object:
    """
    The value of an annotated type that was told so.
    """
    if isinstance(hint, NewType):
        return _restored(hint.__supertype__, told)
    parts, kind = get_args(hint), cast("type", get_origin(hint) or hint)
    if kind in (Union, UnionType):
        if told is None or type(told) in parts:
            return told
        return _restored(next(each for each in parts if each is not NoneType), told)
    match told:
        case list():
            each_of = parts if len(parts) == len(told) and ... not in parts else parts[:1] * len(told)
            return kind([_restored(one, value) for one, value in zip(each_of, told, strict=True)])
        case dict() if parts:
            return {_restored(parts[0], key): _restored(parts[1], value) for key, value in told.items()}
        case dict():
            return restored(kind, told)
        case str() if kind is datetime:
            return datetime.fromisoformat(told.removesuffix("~")).replace(fold=told.endswith("~"))
        case str() if issubclass(kind, date | time):
            return kind.fromisoformat(told)
    return kind(told)
