"""
Working hours and absences: who may change them, and what they can be.
"""

from datetime import date

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import (
    AddAbsence,
    ChangeUser,
    ChangeWorkingHours,
    CreateUser,
    ListAbsences,
    RemoveAbsence,
    ShowUser,
)
from fieldops_core.staff.model import AbsenceId, DatedHours
from fieldops_core.staff.views import AbsencesView, AbsenceView, UserHoursView, UserView
from fieldops_core.testing.builders import DAY
from tests.support.world import World, denial, hidden, refusal

MODIFY = Action.MODIFY
HOURS, OWN = (Permission.WORKING_HOURS, MODIFY), (Permission.OWN_WORKING_HOURS, MODIFY)
EARLY = WeeklyHours.every("05:00", "13:00")
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)


def hours(user: UserId, weekly: WeeklyHours = EARLY, *dated: DatedHours) -> ChangeWorkingHours:
    return ChangeWorkingHours(user=user, weekly=weekly, dated=dated)


def absence(**given: object) -> AddAbsence:
    return evolve(AddAbsence(first=DAY, last=DAY), **given)  # type: ignore[arg-type]


def added(world: World, **given: object) -> AbsenceId:
    return AbsenceId(world.do(absence(**given), AbsenceView).id)


def weekly_of(view: UserView | UserHoursView) -> list[list[tuple[str, str]]]:
    return [[(each.start, each.end) for each in day] for day in view.working_hours.weekly]


# --- whose hours one may change (ACC-25) ------------------------------------------------------------


@pytest.mark.rule("ACC-25")
def test_working_hours_are_changed_with_working_hours_at_the_users_home() -> None:
    world = World()
    provo, phoenix, wide = (
        world.actor(HOURS, at=place, user=world.boss.id) for place in (world.provo.id, world.phoenix.id, None)
    )

    for command in (hours(world.ann.id), absence(user=world.ann.id)):
        assert denial(world, command, phoenix) == "ACC-25"
        assert world.execute(command, by=provo)
    assert world.do(hours(world.bob.id), UserHoursView, by=wide).version == 2
    assert denial(world, hours(world.bob.id), provo) == "ACC-25"


@pytest.mark.rule("ACC-25")
def test_the_home_counts_and_not_the_further_locations() -> None:
    world = World()
    world.execute(ChangeUser(user=world.bob.id, further=(world.provo.id,)))

    provo = world.actor(HOURS, at=world.provo.id, user=world.boss.id)

    assert denial(world, hours(world.bob.id), provo) == "ACC-25"
    assert denial(world, absence(user=world.bob.id), provo) == "ACC-25"


@pytest.mark.rule("ACC-25")
def test_ones_own_hours_are_changed_with_own_working_hours_and_nobody_elses() -> None:
    world = World()
    ann = world.actor(OWN, user=world.ann.id)

    assert world.do(hours(world.ann.id), UserHoursView, by=ann).version == 2
    assert world.do(absence(user=world.ann.id), AbsenceView, by=ann).user == world.ann.id
    for command in (hours(world.sam.id), absence(user=world.sam.id), absence(location=world.provo.id)):
        assert denial(world, command, ann) == "ACC-25"


@pytest.mark.rule("ACC-25")
def test_own_working_hours_too_is_asked_at_the_home_location() -> None:
    world = World()

    assert denial(world, hours(world.ann.id), world.actor(OWN, at=world.phoenix.id)) == "ACC-25"
    assert world.do(hours(world.ann.id), UserHoursView, by=world.actor(OWN, at=world.provo.id))


@pytest.mark.rule("ACC-25")
def test_without_a_permission_not_even_ones_own_hours_are_changed() -> None:
    world = World()
    others = [
        (permission, action)
        for permission in Permission
        if permission not in (Permission.WORKING_HOURS, Permission.OWN_WORKING_HOURS)
        for action in permission.actions
    ]

    for command in (hours(world.ann.id), absence(user=world.ann.id)):
        assert denial(world, command, world.actor(*others, user=world.ann.id)) == "ACC-18"


@pytest.mark.rule("ACC-25")
def test_the_holidays_of_a_location_are_changed_with_working_hours_there() -> None:
    world = World()
    provo, phoenix = (world.actor(HOURS, at=place) for place in (world.provo.id, world.phoenix.id))

    assert denial(world, absence(location=world.provo.id), phoenix) == "ACC-25"
    holiday = world.do(absence(location=world.provo.id), AbsenceView, by=provo)
    assert denial(world, RemoveAbsence(absence=AbsenceId(holiday.id)), phoenix) == "ACC-25"
    assert world.do(RemoveAbsence(absence=AbsenceId(holiday.id)), AbsenceView, by=provo) == holiday


@pytest.mark.rule("ACC-25")
def test_an_absence_is_removed_by_whom_may_change_those_hours() -> None:
    world = World()
    remove = RemoveAbsence(absence=added(world, user=world.ann.id))

    assert denial(world, remove, world.actor(OWN, user=world.sam.id)) == "ACC-25"
    assert denial(world, remove, world.actor(HOURS, at=world.phoenix.id, user=world.sam.id)) == "ACC-25"
    assert world.do(remove, AbsenceView, by=world.actor(OWN, user=world.ann.id)).user == world.ann.id


@pytest.mark.rule("ACC-25")
def test_absences_are_listed_of_whom_one_may_see_the_hours() -> None:
    world = World()
    for owner in ({"user": world.ann.id}, {"user": world.bob.id}, {"location": world.provo.id}):
        added(world, **owner)
    question = ListAbsences(first=FIRST, last=LAST)

    def owners(by: Actor) -> set[object]:
        return {each.user or each.location for each in world.ask(question, AbsencesView, by=by).items}

    assert owners(world.actor((Permission.USERS, Action.VIEW))) == {world.ann.id, world.bob.id, world.provo.id}
    assert owners(world.actor(HOURS, at=world.provo.id, user=world.boss.id)) == {world.ann.id, world.provo.id}
    assert owners(world.actor(OWN, user=world.bob.id)) == {world.bob.id}
    assert owners(world.actor((Permission.USERS, Action.VIEW), at=world.provo.id)) == set()
    assert hidden(world, question, world.actor((Permission.USERS, MODIFY))) == "ACC-18"


# --- what working hours can be ----------------------------------------------------------------------


@pytest.mark.rule("SCH-21")
def test_a_new_user_gets_the_companys_default_pattern() -> None:
    world = World()
    world.execute(ChangeSettings(changes={"default_working_hours": EARLY}))
    new = CreateUser(name="Ned", email="ned@example.com", home=world.provo.id)

    made = world.do(new, UserView)
    own = world.do(evolve(new, email="nell@example.com", weekly=WeeklyHours.every("10:00", "18:00")), UserView)

    assert weekly_of(made) == [*[[("05:00", "13:00")]] * 5, [], []]
    assert weekly_of(own) == [*[[("10:00", "18:00")]] * 5, [], []]


@pytest.mark.rule("SCH-21", "SCH-07")
def test_an_empty_pattern_means_no_day_and_not_the_companys_default() -> None:
    world = World()
    made = world.do(
        CreateUser(name="Ned", email="ned@example.com", home=world.provo.id, technician=True, weekly=WeeklyHours()),
        UserView,
    )

    assert weekly_of(made) == [[]] * 7
    assert "user.not_working" in refusal(world, world.wish(user=made.id))


@pytest.mark.rule("SCH-21", "SCH-07")
def test_a_change_replaces_the_pattern_and_its_exceptions_whole() -> None:
    world = World()
    world.execute(hours(world.ann.id, EARLY, DatedHours(DAY), DatedHours(date(2026, 6, 1))))
    assert "user.not_working" in refusal(world, world.wish())

    changed = world.do(hours(world.ann.id, EARLY, DatedHours(date(2026, 7, 4))), UserHoursView)

    assert [each.date for each in changed.working_hours.dated] == [date(2026, 7, 4)]
    assert world.do(world.wish(), AppointmentView).user.id == world.ann.id


@pytest.mark.rule("SCH-22")
def test_an_exception_of_the_user_outweighs_a_holiday_of_the_location() -> None:
    world = World()
    added(world, location=world.provo.id)
    assert "user.absent" in refusal(world, world.wish())

    world.execute(hours(world.ann.id, EARLY, DatedHours(DAY, (TimeRange.parse("08:00", "12:00"),))))

    assert world.book().user.id == world.ann.id


def ranges(*told: str) -> tuple[TimeRange, ...]:
    """
    Of texts such as ``08:00-12:00``.
    """
    return tuple(TimeRange.parse(*each.split("-")) for each in told)


def a_week(**days: tuple[TimeRange, ...]) -> WeeklyHours:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return WeeklyHours(tuple(days.get(name, ()) for name in names))


def overlaps(world: World, command: object) -> list[str]:
    """
    The days on which hours overlap, in the refusal's order.
    """
    with pytest.raises(Refused) as refused:
        world.execute(command)
    assert {each.code for each in refused.value.violations} == {"working_hours.overlap"}
    return [str(each.facts["day"]) for each in refused.value.violations]


@pytest.mark.rule("SCH-21")
def test_ranges_of_a_day_may_touch_but_not_overlap() -> None:
    world = World()
    split = a_week(wed=ranges("12:00-17:00", "08:00-12:00"))

    assert world.do(hours(world.ann.id, split), UserHoursView).version == 2
    wrong = a_week(wed=ranges("12:00-17:00", "08:00-12:01"))
    refused = refusal(world, hours(world.ann.id, wrong))["working_hours.overlap"]
    assert refused.sentence == "Working hours on Wednesday overlap: 08:00–12:01 and 12:00–17:00."


@pytest.mark.rule("SCH-21")
@pytest.mark.parametrize(
    ("week", "days"),
    [
        (a_week(fri=ranges("22:00-06:00"), sat=ranges("06:00-12:00")), None),
        (a_week(fri=ranges("22:00-06:01"), sat=ranges("06:00-12:00")), ["Saturday"]),
        (a_week(sun=ranges("22:00-06:30"), mon=ranges("06:00-12:00")), ["Monday"]),
        (a_week(mon=ranges("08:00-08:00"), tue=ranges("07:00-09:00")), ["Tuesday"]),
        (a_week(mon=ranges("08:00-24:00"), tue=ranges("00:00-09:00")), None),
        (
            a_week(mon=ranges("09:00-10:00", "09:00-10:00"), thu=ranges("20:00-02:00", "22:00-23:00")),
            ["Monday", "Thursday"],
        ),
    ],
)
def test_a_week_that_overlaps_itself_is_refused_with_every_day_of_it(week: WeeklyHours, days: list[str] | None) -> None:
    world = World()

    if days is None:
        assert world.execute(hours(world.ann.id, week))
    else:
        assert overlaps(world, hours(world.ann.id, week)) == days
        assert world.ask(ShowUser(user=world.ann.id), UserView).version == 1


@pytest.mark.rule("SCH-21")
def test_an_exception_overlaps_neither_itself_nor_what_stands_around_it() -> None:
    world = World()
    nights = WeeklyHours.every("22:00", "06:00", weekdays=range(7))
    first, later = date(2026, 6, 3), date(2026, 6, 10)
    fits = (DatedHours(first, ranges("06:00-12:00")), DatedHours(date(2026, 6, 4), ranges("00:00-05:00")))

    assert world.execute(hours(world.ann.id, nights, *fits))
    wrong = (DatedHours(first, ranges("05:00-23:00", "22:00-02:00")), DatedHours(later, ranges("20:00-22:30")))
    assert overlaps(world, hours(world.ann.id, nights, *wrong)) == ["2026-06-03"]
    reaching = DatedHours(later, ranges("21:00-22:30"))
    days = a_week(thu=ranges("06:00-12:00"))
    assert world.execute(hours(world.ann.id, days, reaching))
    assert overlaps(world, hours(world.ann.id, days, DatedHours(later, ranges("21:00-06:30")))) == ["2026-06-11"]


@pytest.mark.rule("SCH-21")
def test_the_hours_of_a_new_user_and_the_companys_default_do_not_overlap_either() -> None:
    world = World()
    wrong = a_week(mon=ranges("08:00-12:00", "11:00-13:00"))
    new = CreateUser(name="Nell", email=world.ann.email.address, home=world.provo.id, weekly=wrong)

    assert set(refusal(world, new)) == {"user.email_taken", "working_hours.overlap"}
    assert overlaps(world, ChangeSettings(changes={"default_working_hours": wrong})) == ["Monday"]


@pytest.mark.parametrize("day", [date.min, date.max, date(2200, 1, 1)])
def test_an_exception_is_of_a_date_to_plan_with(day: date) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(hours(world.ann.id, EARLY, DatedHours(day)))

    assert (refused.value.code, refused.value.field) == ("date.out_of_range", "dated")


def test_a_date_has_one_exception_at_most() -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(hours(world.ann.id, EARLY, DatedHours(DAY), DatedHours(DAY)))

    assert (refused.value.code, refused.value.field) == ("working_hours.invalid", "dated")


@pytest.mark.rule("STO-04")
def test_hours_are_changed_at_the_version_that_was_read() -> None:
    world = World()
    world.execute(hours(world.ann.id), expected_version=1)

    with pytest.raises(Stale):
        world.execute(hours(world.ann.id, WeeklyHours()), expected_version=1)


@pytest.mark.rule("SEC-01")
def test_the_hours_of_another_companys_users_are_not_there() -> None:
    world, other = World(), World()

    for command in (
        hours(other.ann.id),
        absence(user=other.ann.id),
        absence(location=other.provo.id),
        RemoveAbsence(absence=AbsenceId(world.ids())),
    ):
        with pytest.raises(NotFound):
            world.execute(command)


# --- what an absence can be (SCH-22) ----------------------------------------------------------------


@pytest.mark.rule("SCH-22")
def test_an_absence_holds_what_was_told_of_it_and_blocks_until_it_is_removed() -> None:
    world = World()

    made = world.do(absence(user=world.ann.id, start=8 * 60, end=12 * 60, reason=" Dentist "), AbsenceView)

    assert (made.user, made.location, made.first, made.last) == (world.ann.id, None, DAY, DAY)
    assert (made.start, made.end, made.reason, made.version) == ("08:00", "12:00", "Dentist", 1)
    assert "user.absent" in refusal(world, world.wish("2026-05-27T11:30"))
    assert world.book("2026-05-27T12:00").minutes == 60
    world.execute(RemoveAbsence(absence=AbsenceId(made.id)))
    assert world.book("2026-05-27T11:00").minutes == 60


@pytest.mark.rule("SCH-22")
def test_an_absence_belongs_to_one_user_or_to_one_location() -> None:
    world = World()

    for owners in ({}, {"user": world.ann.id, "location": world.provo.id}):
        with pytest.raises(InvalidValue) as refused:
            world.execute(absence(**owners))
        assert (refused.value.code, refused.value.field) == ("absence.owner", "user")


@pytest.mark.rule("SCH-22")
@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"first": date(2026, 5, 28), "last": DAY}, "absence.dates", "last"),
        ({"first": DAY, "last": date(2028, 5, 28)}, "absence.dates", "last"),
        ({"first": date.min, "last": date.min}, "date.out_of_range", "first"),
        ({"first": DAY, "last": date.max}, "date.out_of_range", "last"),
        ({"start": -1}, "absence.times", "end"),
        ({"end": 1441}, "absence.times", "end"),
        ({"start": 600, "end": 600}, "absence.times", "end"),
        ({"start": 600, "end": 540}, "absence.times", "end"),
        ({"start": 10**400}, "absence.times", "end"),
        ({"reason": "x" * 201}, "text.too_long", "reason"),
        ({"reason": "a\0b"}, "text.invalid", "reason"),
        ({"reason": "\ud800"}, "text.invalid", "reason"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(given: dict[str, object], code: str, field: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(absence(user=world.ann.id, **given))

    assert (refused.value.code, refused.value.field) == (code, field)


def test_an_absence_lasts_two_years_at_most() -> None:
    world = World()

    made = world.do(absence(user=world.ann.id, last=date(2028, 5, 27)), AbsenceView)

    assert (made.last - made.first).days == 731


def test_absences_are_listed_where_they_touch_the_dates() -> None:
    world = World()
    may = added(world, user=world.ann.id, first=date(2026, 5, 4), last=date(2026, 5, 8))

    def found(first: date, last: date) -> list[object]:
        return [each.id for each in world.ask(ListAbsences(first=first, last=last), AbsencesView).items]

    assert found(date(2026, 5, 8), date(2026, 5, 9)) == [may]
    assert found(date(2026, 5, 1), date(2026, 5, 4)) == [may]
    assert found(date(2026, 5, 9), date(2026, 5, 31)) == []
    assert found(date(2026, 4, 1), date(2026, 5, 3)) == []


@pytest.mark.rule("SCH-22")
def test_the_absences_of_one_user_are_theirs_and_the_holidays_of_their_home() -> None:
    world = World()
    own, holiday = added(world, user=world.ann.id), added(world, location=world.provo.id)
    added(world, user=world.sam.id)
    added(world, location=world.phoenix.id)

    def found(user: UserId) -> set[object]:
        view = world.ask(ListAbsences(first=FIRST, last=LAST, user=user), AbsencesView)
        return {each.id for each in view.items}

    assert found(world.ann.id) == {own, holiday}
    assert found(UserId(world.ids())) == set()


@pytest.mark.rule("STO-04")
def test_an_absence_is_removed_at_the_version_that_was_read() -> None:
    world = World()
    id = added(world, user=world.ann.id)

    with pytest.raises(Stale):
        world.execute(RemoveAbsence(absence=id), expected_version=2)

    assert world.do(RemoveAbsence(absence=id), AbsenceView, expected_version=1).id == id
    with pytest.raises(NotFound):
        world.execute(RemoveAbsence(absence=id))


@pytest.mark.rule("SCH-21", "SCH-22")
def test_who_moves_to_another_location_has_the_holidays_of_that_one() -> None:
    world = World()
    added(world, location=world.phoenix.id)
    assert world.book().user.id == world.ann.id

    world.execute(ChangeUser(user=world.ann.id, home=world.phoenix.id, further=(world.provo.id,)))

    assert "user.absent" in refusal(world, world.wish("2026-05-27T13:00"))
