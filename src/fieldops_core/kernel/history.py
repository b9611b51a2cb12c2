"""
History: the difference of two frozen values, computed once for all aggregates.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.plain import Plain, fields_of, plain
from fieldops_core.kernel.secret import Secret

UPKEEP = frozenset({"id", "version", "changed_by", "changed_at", "created_by", "created_at"})


@frozen(kw_only=True)
class FieldChange:
    """
    One field, before and after, as plain values; those of a secret field are secrets, which storages seal.
    """

    field: str
    old: Plain | Secret
    new: Plain | Secret


@frozen(kw_only=True)
class HistoryEntry:
    """
    Who changed what of which aggregate, when and from where.
    """

    id: UUID
    aggregate: str
    aggregate_id: UUID
    at: datetime
    actor: UserId | None
    source: Source
    changes: tuple[FieldChange, ...]


def difference(before: object | None, after: object | None) -> tuple[FieldChange, ...]:
    """
    The fields that differ, in the order of the record, without the upkeep fields (id, version, by whom and when). Of a
    record that is new, or is no more: the fields that are not empty.
    """
    there = before if after is None else after
    changes = []
    for name in fields_of(there):
        old = getattr(before, name) if before is not None else None
        new = getattr(after, name) if after is not None else None
        both = before is not None and after is not None
        if name not in UPKEEP and old != new and (both or not (_empty(old) and _empty(new))):
            changes.append(FieldChange(field=name, old=_told(old), new=_told(new)))
    return tuple(changes)


def _empty(value: object) -> bool:
    return value is None or value is False or value in ("", (), frozenset())


def _told(value: object) -> Plain | Secret:
    return value if isinstance(value, Secret) else plain(value)
