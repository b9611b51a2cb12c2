"""
Values that are kept as JSON, in columns that nobody searches.

Reading them is kept off hot paths: what many rows share (patterns of hours, grants, settings) is read once for each
text and handed out again, frozen as it is. Fields that are missing take their defaults: they came later.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import msgspec
from cattrs.preconf.msgspec import MsgspecJsonConverter, make_converter

from fieldops_core.access.model import Grant, Grants
from fieldops_core.company.model import Attributes, JobLine, Settings, SubType
from fieldops_core.customers.model import Installation, Lead, Sale
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.plain import plain
from fieldops_core.scheduling.model import GridChoice, RepairMove, StatusChange
from fieldops_core.staff.model import WorkingHours
from fieldops_core.work_orders.model import PurchaseLine, WorkItem

Value = TypeVar("Value")

_converter = make_converter()
_sparse_converter = make_converter(omit_if_default=True)
_converter.register_structure_hook(UUID, lambda text, _: UUID(text))
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))


def _writer(kind: type[Value]) -> Callable[[Value], str]:
    return _writer_of(_converter, kind)


def _writer_of(converter: MsgspecJsonConverter, kind: type[Value]) -> Callable[[Value], str]:
    dumps = converter.get_dumps_hook(kind)
    return lambda value: dumps(value).decode()


def _sparse(kind: type[Value]) -> Callable[[Value], str]:
    """
    As :func:`_writer`, without the fields that are as they are where nothing is told.
    """
    return _writer_of(_sparse_converter, kind)


def _reader(kind: type[Value], *, remembered: int = 0) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        return _converter.loads(text.encode(), kind)

    return lru_cache(maxsize=remembered)(read) if remembered else read


settings_text = _writer(Settings)
settings_of = _reader(Settings, remembered=256)
address_text = _writer(Address)
address_of = _reader(Address, remembered=1_024)
sale_text = _sparse(Sale)
sale_of = _reader(Sale, remembered=1_024)
installation_text = _sparse(Installation)
installation_of = _reader(Installation, remembered=1_024)
lead_text = _sparse(Lead)
lead_of = _reader(Lead, remembered=1_024)
hours_text = _writer(WorkingHours)
hours_of = _reader(WorkingHours, remembered=4_096)
attributes_text = _writer(Attributes)
attributes_of = _reader(Attributes, remembered=4_096)
job_lines_text = _writer(tuple[JobLine, ...])
job_lines_of = _reader(tuple[JobLine, ...], remembered=1_024)
sub_types_text = _writer(tuple[SubType, ...])
sub_types_of = _reader(tuple[SubType, ...], remembered=1_024)
moments_of = _reader(tuple[StatusChange, ...])
repair_moves_text = _writer(tuple[RepairMove, ...])
repair_moves_of = _reader(tuple[RepairMove, ...])
work_items_text = _writer(tuple[WorkItem, ...])
work_items_of = _reader(tuple[WorkItem, ...], remembered=1_024)
purchase_lines_text = _writer(tuple[PurchaseLine, ...])
purchase_lines_of = _reader(tuple[PurchaseLine, ...])
choice_text = _writer(GridChoice)
choice_of = _reader(GridChoice)

_grants_text = _writer(tuple[Grant, ...])
_grants_of = _reader(tuple[Grant, ...])


def moments_text(moments: tuple[StatusChange, ...]) -> str:
    """
    As events and history tell them: a database that writes those itself takes the text as it is.
    """
    return msgspec.json.encode(plain(moments)).decode()


def grants_text(grants: Grants) -> str:
    told = sorted(grants, key=lambda g: (g.permission.value, g.action.value, str(g.at)))
    return _grants_text(tuple(told))


@lru_cache(maxsize=1_024)
def grants_of(text: str) -> Grants:
    return frozenset(_grants_of(text))


def latitude(point: Point | None) -> float | None:
    return None if point is None else point.latitude


def longitude(point: Point | None) -> float | None:
    return None if point is None else point.longitude
