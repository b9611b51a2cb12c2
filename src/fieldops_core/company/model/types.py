"""
Appointment types and sub-types.
"""

from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.text import a_name
from fieldops_core.kernel.time import DAY_MINUTES

TypeId = NewType("TypeId", UUID)

SubTypeId = NewType("SubTypeId", UUID)

SLOT_MINUTES = {Kind.TECH: 30, Kind.SALES: 30, Kind.PROGRAM: 15}


def minutes_in_steps(minutes: int | None, kind: Kind) -> int | None:
    """
    Raises:
        InvalidValue: where a catalog duration is no multiple of the kind's slot, or longer than a day (APT-21).
    """
    step = SLOT_MINUTES[kind]
    if minutes is not None and (minutes % step or not step <= minutes <= DAY_MINUTES):
        sentence = f"A duration is a multiple of {step} minutes, at least {step}."
        raise InvalidValue(
            "duration.step", sentence, facts={"minutes": minutes, "step": step}, field="minutes", rule="APT-21"
        )
    return minutes


@frozen(kw_only=True)
class SubType:
    """
    A finer entry below an appointment type, possibly with a duration of its own.
    """

    id: SubTypeId
    name: str = field(converter=a_name)
    minutes: int | None = None
    active: bool = True


@frozen(kw_only=True)
class AppointmentType:
    """
    A catalog entry for appointments of one kind, with the duration (minutes) it proposes. Appointments of a type that
    is marked *install* are those of installations (CUS-07).

    Raises:
        InvalidValue: where a duration is missing or off the kind's slot (ACC-20, APT-21), or a sub-type is listed
        twice.
    """

    id: TypeId
    kind: Kind
    name: str = field(converter=a_name)
    minutes: int = field(default=120)
    active: bool = True
    sub_types: tuple[SubType, ...] = ()
    install: bool = False
    version: int = 1

    def __attrs_post_init__(self) -> None:
        for minutes in (self.minutes, *(sub.minutes for sub in self.sub_types)):
            minutes_in_steps(minutes, self.kind)
        if len({sub.id for sub in self.sub_types}) != len(self.sub_types):
            raise InvalidValue("sub_type.twice", "A sub-type is listed once.", field="sub_types", rule="APT-02")

    def sub_type(self, id: SubTypeId) -> SubType | None:
        return next((sub for sub in self.sub_types if sub.id == id), None)
