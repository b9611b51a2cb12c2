"""
Appointment types and sub-types.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import AppointmentType


@frozen(kw_only=True)
class SubTypeView:
    id: UUID
    name: str
    minutes: int | None
    active: bool


@frozen(kw_only=True)
class AppointmentTypeView:
    id: UUID
    kind: Kind
    name: str
    minutes: int
    active: bool
    sub_types: tuple[SubTypeView, ...]
    install: bool
    version: int


def appointment_type_view(type: AppointmentType) -> AppointmentTypeView:
    return AppointmentTypeView(
        id=type.id,
        kind=type.kind,
        name=type.name,
        minutes=type.minutes,
        active=type.active,
        sub_types=tuple(
            SubTypeView(id=sub.id, name=sub.name, minutes=sub.minutes, active=sub.active) for sub in type.sub_types
        ),
        install=type.install,
        version=type.version,
    )


@frozen(kw_only=True)
class AppointmentTypesView:
    """
    The entries of the catalog of appointment types.
    """

    items: tuple[AppointmentTypeView, ...]
    next: str | None = None
