"""
The package ``holidays`` as a calendar.
"""

from datetime import date

import pytest

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.staff.model import REGION, Holiday

pytest.importorskip("holidays", reason="The extra `holidays` is not installed.")

from fieldops_adapters.holidays.library import LibraryHolidays


@pytest.mark.rule("SCH-22")
def test_a_region_has_the_holidays_of_its_country_and_its_own() -> None:
    utah, nation = (set(LibraryHolidays().holidays(region, 2026)) for region in ("US-UT", "US"))

    assert Holiday(date(2026, 7, 24), "Pioneer Day") in utah - nation
    assert Holiday(date(2026, 7, 4), "Independence Day") in utah & nation


@pytest.mark.rule("SCH-22")
def test_holidays_come_by_date_and_those_of_that_year_alone() -> None:
    dates = [each.date for each in LibraryHolidays().holidays("CA-ON", 2027)]

    assert dates == sorted(dates)
    assert {day.year for day in dates} == {2027}


def test_a_holiday_on_a_weekend_and_the_day_off_for_it_stand_beside_each_other() -> None:
    names = {each.date: each.name for each in LibraryHolidays().holidays("US", 2026)}

    assert (names[date(2026, 7, 3)], names[date(2026, 7, 4)]) == ("Independence Day (observed)", "Independence Day")


@pytest.mark.parametrize("region", ["US-ZZ", "XX", "XX-1"])
def test_a_region_that_nobody_knows_is_refused(region: str) -> None:
    assert REGION.fullmatch(region)

    with pytest.raises(InvalidValue) as refused:
        LibraryHolidays().holidays(region, 2026)

    assert (refused.value.code, refused.value.field) == ("region.unknown", "region")


@pytest.mark.parametrize("year", [1900, 2199])
def test_years_far_away_are_answered_too(year: int) -> None:
    assert isinstance(LibraryHolidays().holidays("US-UT", year), tuple)
