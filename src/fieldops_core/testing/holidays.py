"""
A calendar of public holidays that is the same every year.
"""

from datetime import date

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.staff.model import Holiday

UTAH = ((1, 1, "New Year's Day"), (7, 4, "Independence Day"), (7, 24, "Pioneer Day"), (12, 25, "Christmas Day"))


class FewHolidays:
    """
    Four holidays of Utah, and no other region.
    """

    def holidays(self, region: str, year: int) -> tuple[Holiday, ...]:
        if region != "US-UT":
            raise InvalidValue("region.unknown", f"There is no region {region!r} here.", field="region", rule="SCH-22")
        return tuple(Holiday(date(year, month, day), name) for month, day, name in UTAH)
