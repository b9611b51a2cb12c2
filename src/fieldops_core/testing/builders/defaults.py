"""
Where, when and by which ids everything is that is not told otherwise.
"""

from datetime import date, datetime, timedelta
from itertools import count

from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import WeeklyHours, minutes_of
from fieldops_core.kernel.time import Period, moment
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.ids import CountingIds

DENVER = "America/Denver"
PROVO = Point(40.2338, -111.6585)
PROVO_ADDRESS = Address(line1="100 Center Street", city="Provo", state="UT", postal_code=PostalCode("84601"))
DAY = date(2026, 5, 27)
"""
The day on which appointments are, unless told otherwise: a Wednesday, two days after :data:`NOW`.
"""
FIFTY_MILES = 80_467.2
OFFICE_HOURS = WorkingHours(weekly=WeeklyHours.every("08:00", "17:00"))

fresh = CountingIds()
"""
The ids of all that is built in this process.
"""
numbers = count(1)
"""
The numbers of all that has one.
"""


def at(time: str, day: date = DAY, *, zone: str = DENVER) -> datetime:
    """
    The instant at which a clock in *zone* shows ``HH:MM`` on a day.
    """
    return moment(zone, day, minutes_of(time))


def a_period(time: str = "09:00", minutes: int = 60, *, day: date = DAY, zone: str = DENVER) -> Period:
    """
    From ``HH:MM`` on a day in *zone*, for some minutes.
    """
    start = at(time, day, zone=zone)
    return Period(start=start, end=start + timedelta(minutes=minutes))
