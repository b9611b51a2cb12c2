"""
Public holidays from the package ``holidays``.
"""

import holidays

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.staff.model import Holiday


class LibraryHolidays:
    """
    The public holidays of some 250 countries and their parts, by the laws known when the package was released: it is
    updated for what parliaments decide later. A day off in lieu stands beside the holiday itself, marked as observed;
    dates that depend on the sighting of the moon are marked as estimated.
    """

    def holidays(self, region: str, year: int) -> tuple[Holiday, ...]:
        country, _, part = region.partition("-")
        try:
            found = holidays.country_holidays(country, subdiv=part or None, years=year)
        except NotImplementedError:
            sentence = f"The calendar of holidays knows no region {region!r}."
            facts = {"region": region}
            raise InvalidValue("region.unknown", sentence, facts=facts, field="region", rule="SCH-22") from None
        return tuple(Holiday(day, name[:200]) for day, name in sorted(found.items()))
