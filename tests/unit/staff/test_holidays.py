"""
Public holidays: what a calendar knows, and what a location adopts of it (SCH-22).
"""

from datetime import date

import pytest

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.views import StrandedView
from fieldops_core.staff.messages import AddAbsence, AdoptHolidays, ListAbsences, ListHolidays
from fieldops_core.staff.ports import NoHolidays
from fieldops_core.staff.views import AbsencesView, AdoptionView, HolidaysView
from fieldops_core.testing.builders import a_location
from fieldops_core.testing.holidays import FewHolidays
from tests.support.world import World, denial, hidden, refusal

FOURTH, PIONEERS = date(2026, 7, 4), date(2026, 7, 24)
HOURS, USERS = (Permission.WORKING_HOURS, Action.MODIFY), (Permission.USERS, Action.VIEW)


def adopt(world: World, *dates: date, region: str | None = None) -> AdoptHolidays:
    return AdoptHolidays(location=world.provo.id, dates=dates, region=region)


def there(world: World) -> list[tuple[date, str]]:
    """
    The holidays of Provo in 2026.
    """
    asked = ListAbsences(first=date(2026, 1, 1), last=date(2026, 12, 31))
    return [(each.first, each.reason) for each in world.ask(asked, AbsencesView).items]


@pytest.mark.rule("SCH-22")
def test_a_calendar_tells_the_holidays_of_a_region_in_a_year() -> None:
    world = World()

    found = world.ask(ListHolidays(year=2027, region=" us-ut "), HolidaysView)

    assert (found.region, found.year) == ("US-UT", 2027)
    assert [(each.date, each.name, each.adopted) for each in found.items][2] == (
        date(2027, 7, 24),
        "Pioneer Day",
        None,
    )


@pytest.mark.rule("SCH-22")
def test_a_location_tells_its_region_by_its_address_and_which_holidays_it_has() -> None:
    world = World()
    world.execute(adopt(world, PIONEERS))
    world.execute(AddAbsence(location=world.provo.id, first=FOURTH, last=FOURTH, start=12 * 60))

    found = world.ask(ListHolidays(year=2026, location=world.provo.id), HolidaysView)

    assert found.region == "US-UT"
    assert {each.date for each in found.items if each.adopted} == {PIONEERS}


@pytest.mark.rule("SCH-22")
@pytest.mark.parametrize("rule", WorkingHoursRule)
def test_adopted_holidays_are_absences_of_the_location_by_their_names(rule: WorkingHoursRule) -> None:
    world = World(working_hours_rule=rule)

    found = world.do(adopt(world, PIONEERS, FOURTH), AdoptionView)

    assert [(each.first, each.last, each.start, each.end, each.location) for each in found.added] == [
        (day, day, "00:00", "24:00", world.provo.id) for day in (FOURTH, PIONEERS)
    ]
    assert there(world) == [(FOURTH, "Independence Day"), (PIONEERS, "Pioneer Day")]
    assert "user.absent" in refusal(world, world.wish("2026-07-24T09:00"))


@pytest.mark.rule("SCH-22")
def test_what_a_location_has_already_is_not_adopted_again() -> None:
    world = World()
    world.execute(adopt(world, FOURTH))

    again = world.do(adopt(world, FOURTH, PIONEERS, PIONEERS), AdoptionView)

    assert [each.first for each in again.added] == [PIONEERS]
    assert again.known == (FOURTH,)
    assert len(there(world)) == 2


@pytest.mark.rule("SCH-22")
def test_a_part_of_the_day_does_not_stand_for_the_holiday() -> None:
    world = World()
    world.execute(AddAbsence(location=world.provo.id, first=FOURTH, last=FOURTH, end=12 * 60))

    assert [each.first for each in world.do(adopt(world, FOURTH), AdoptionView).added] == [FOURTH]


@pytest.mark.rule("SCH-22", "APT-14")
def test_adopting_strands_what_is_booked_on_any_of_the_dates() -> None:
    world = World()
    booked = [world.book(start).id for start in ("2026-07-24T09:00", "2026-12-25T09:00")]
    world.book("2026-12-24T09:00")

    (stranded,) = world.execute(adopt(world, PIONEERS, date(2026, 12, 25))).added

    assert isinstance(stranded, StrandedView)
    assert [each.id for each in stranded.appointments] == booked


@pytest.mark.rule("SCH-22")
def test_dates_that_are_no_holidays_are_refused_together_and_nothing_is_adopted() -> None:
    world = World()

    refused = refusal(world, adopt(world, FOURTH, date(2026, 7, 5), date(2026, 7, 6)))["holiday.unknown"]

    assert refused.sentence == "US-UT has no holiday on Sun 5 Jul 2026, Mon 6 Jul 2026."
    assert there(world) == []


@pytest.mark.rule("SCH-22")
@pytest.mark.parametrize(
    ("region", "code"),
    [("US-ZZ", "region.unknown"), ("Utah", "region.invalid"), ("", "region.invalid"), ("US-\0", "region.invalid")],
)
def test_a_region_that_is_none_is_refused(region: str, code: str) -> None:
    world = World()

    for use in (
        lambda: world.execute(adopt(world, FOURTH, region=region)),
        lambda: world.ask(ListHolidays(year=2026, region=region), HolidaysView),
    ):
        with pytest.raises(InvalidValue) as refused:
            use()
        assert (refused.value.code, refused.value.field) == (code, "region")


@pytest.mark.rule("SCH-22")
def test_without_a_region_the_address_has_to_tell_one() -> None:
    world = World()
    nowhere = a_location(address=Address(city="Provo"))
    world.put(nowhere)

    for question in (ListHolidays(year=2026), ListHolidays(year=2026, location=nowhere.id)):
        with pytest.raises(InvalidValue) as refused:
            world.ask(question, HolidaysView)
        assert refused.value.code == "region.missing"


@pytest.mark.parametrize("year", [0, -1, 10_000, 1_899, 2_200])
def test_a_year_that_cannot_be_planned_with_is_refused(year: int) -> None:
    with pytest.raises(InvalidValue) as refused:
        World().ask(ListHolidays(year=year, region="US-UT"), HolidaysView)

    assert (refused.value.code, refused.value.field) == ("date.out_of_range", "year")


@pytest.mark.rule("ACC-25")
def test_holidays_are_adopted_with_working_hours_at_the_location() -> None:
    world = World()

    assert denial(world, adopt(world, FOURTH), world.actor(HOURS, at=world.phoenix.id)) == "ACC-25"
    assert world.execute(adopt(world, FOURTH), by=world.actor(HOURS, at=world.provo.id))


@pytest.mark.rule("ACC-25")
def test_what_a_location_has_is_told_to_whom_may_see_its_hours() -> None:
    world = World()
    question = ListHolidays(year=2026, location=world.provo.id)

    assert hidden(world, question, world.actor(HOURS, at=world.phoenix.id)) == "ACC-25"
    for reader in (world.actor(HOURS, at=world.provo.id), world.actor(USERS)):
        assert world.ask(question, HolidaysView, by=reader)


@pytest.mark.rule("SEC-01")
def test_the_locations_of_another_company_are_not_there() -> None:
    world, other = World(), World()

    for use in (
        lambda: world.execute(adopt(other, FOURTH)),
        lambda: world.ask(ListHolidays(year=2026, location=LocationId(other.provo.id)), HolidaysView),
    ):
        with pytest.raises(NotFound):
            use()


def test_without_a_calendar_no_region_is_known() -> None:
    with pytest.raises(InvalidValue) as refused:
        NoHolidays().holidays("US-UT", 2026)

    assert refused.value.code == "region.unknown"
    assert len(FewHolidays().holidays("US-UT", 2026)) == 4
