"""
When a visit takes place, and how long.
"""

from datetime import datetime

from attrs import frozen

from fieldops_core.company.model import AppointmentType, SubTypeId
from fieldops_core.kernel.time import Period, local, resolve
from fieldops_core.scheduling.model import Appointment


def proposed_minutes(type: AppointmentType, sub_type: SubTypeId | None, explicit: int | None) -> int:
    """
    The duration that holds: an explicit one, else the sub-type's, else the type's (APT-21).
    """
    if explicit is not None:
        return explicit
    finer = type.sub_type(sub_type) if sub_type is not None else None
    return finer.minutes if finer and finer.minutes else type.minutes


@frozen(kw_only=True)
class Timing:
    """
    When a visit takes place: its *period*, and the local start (naive) by which that was *agreed* in a *zone*.
    """

    period: Period
    agreed: datetime
    zone: str


def kept_instant(appointment: Appointment, zone: str) -> Timing:
    """
    The same instants, told in another zone.
    """
    agreed = local(appointment.period.start, zone).replace(tzinfo=None)
    return Timing(period=appointment.period, agreed=agreed, zone=zone)


def kept_local_time(appointment: Appointment, zone: str) -> Timing | None:
    """
    The same local start and length, in a zone, by the rules of its clocks; None where they skip that time.
    """
    start = resolve(appointment.agreed, zone)
    if start is None:
        return None
    period = Period(start=start, end=start + appointment.period.length)
    return Timing(period=period, agreed=appointment.agreed, zone=zone)
