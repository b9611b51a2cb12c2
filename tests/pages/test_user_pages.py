"""
Users, their hours and what they cover, as a browser without scripts sees them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from uuid import UUID

import pytest
from attrs import evolve
from httpx import Response
from litestar.testing import TestClient

from fieldops_core.access.messages import ListRoles
from fieldops_core.access.model import Action, Grant, Permission
from fieldops_core.access.views import RolesView
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.hours import TimeRange
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours, ListAbsences, ShowUser
from fieldops_core.staff.model import DatedHours
from fieldops_core.staff.views import AbsencesView, UserView
from fieldops_http.app import Api
from fieldops_http.tiles import Tiles
from tests.support.forms import Given, browser_of, filled, send
from tests.support.office import WEEK, Office, Person

NOTHING = "Nothing would be stranded."
MARKUP = "<b>x</b>\"'&"


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def olga(office: Office) -> Iterator["TestClient[Api]"]:
    """
    The owner's browser.
    """
    with browser_of(office, office.olga) as client:
        yield client


def path(office: Office, section: str = "", who: Person | None = None) -> str:
    return f"{office.path}/users/{(who or office.ann).id}" + (f"/{section}" if section else "")


def form(office: Office, browser: "TestClient[Api]", section: str, **given: Given) -> Response:
    """
    Somebody opens the form of one section of Ann's page, types, and sends it.
    """
    page = browser.get(f"{path(office)}?edit={section}")
    return send(browser, page, path(office, section), **given)


def ann(office: Office) -> UserView:
    return office.ask(ShowUser(user=office.ann.id), UserView)


def role(office: Office, name: str) -> UUID:
    return next(each.id for each in office.ask(ListRoles(), RolesView).items if each.name == name)


def told(page: Response) -> str:
    return unescape(page.text)


@pytest.mark.rule("WEB-07", "ACC-23")
def test_the_list_tells_who_there_is(office: Office, olga: "TestClient[Api]") -> None:
    page = told(olga.get(f"{office.path}/users")).partition("</header>")[2]

    assert page.index("Ann Archer") < page.index("Bob Baker") < page.index("Olga Olsen")
    assert "ann@acme.example" in page and "50 mi" in page
    assert f'href="{path(office)}"' in page
    assert "5 users, 3 on the map" in page


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "ARCH"}, ["Ann Archer"]),
        ({"text": "acme.example baker"}, ["Bob Baker"]),
        ({"text": "nobody"}, []),
        ({"active": "no"}, []),
        ({"active": "all"}, ["Ann Archer", "Bob Baker", "Cal Cook", "Dan Dispatch", "Olga Olsen"]),
        ({"location": "phoenix"}, ["Cal Cook"]),
    ],
)
def test_the_list_is_searched(office: Office, olga: "TestClient[Api]", asked: dict[str, str], found: list[str]) -> None:
    if "location" in asked:
        asked = {"location": str(office.phoenix)}

    page = olga.get(f"{office.path}/users", params=asked).text

    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [
        name for name in ("Ann Archer", "Bob Baker", "Cal Cook", "Dan Dispatch", "Olga Olsen") if name in table
    ] == found


@pytest.mark.rule("WEB-07", "API-04")
def test_the_list_comes_in_pages(office: Office, olga: "TestClient[Api]") -> None:
    for number in range(25):
        office.user(f"Uma{number:02d} Ulman", email=f"uma{number}@acme.example")

    first, second = (olga.get(f"{office.path}/users", params={"page": page}).text for page in ("1", "2"))

    assert "page 1 of 2" in first and "page=2" in first
    assert "Uma24" in second and "Uma24" not in first
    for asked, shown in (("999", 2), ("0", 1), ("x", 1), ("²", 1), ("9" * 5_000, 1)):
        assert f"page {shown} of 2" in olga.get(f"{office.path}/users", params={"page": asked}).text


@pytest.mark.rule("WEB-01")
def test_the_board_offers_every_user_to_choose_from(office: Office, olga: "TestClient[Api]") -> None:
    for number in range(200):
        office.user(f"U{number} Many")
    newest = office.technician("Zed Last")

    offered = olga.get(office.path).text

    assert f'name="users" value="{newest.id}"' in offered
    assert offered.count('name="users"') == 206


@pytest.mark.rule("WEB-07", "ACC-25")
def test_who_may_not_see_users_is_told_so(office: Office) -> None:
    with browser_of(office, office.bob) as browser:
        for place in (f"{office.path}/users", path(office)):
            page = browser.get(place)
            assert page.status_code == 403
            assert "You do not have the permission for this" in page.text
            assert "ann@acme.example" not in page.text


@pytest.mark.rule("WEB-07", "SCH-21", "APT-14")
def test_a_change_of_hours_is_shown_before_it_is_made(office: Office, olga: "TestClient[Api]") -> None:
    visit = office.visit("2026-05-27T09:00")

    page = form(office, olga, "hours", start_2=["", ""], end_2=["", ""])

    assert page.status_code == 200
    assert "1 visit would be stranded" in page.text
    assert f'<a href="{office.path}/appointments/{visit.id}">Maria Nielsen</a>, Service' in page.text
    assert "Wed 27 May 2026, 09:00–10:00 MDT</span>: not at work then" in page.text
    assert ann(office).working_hours.weekly[2] != ()

    saved = send(olga, page, path(office, "hours"))

    assert "The working hours are saved." in saved.text
    assert ann(office).working_hours.weekly[2] == ()
    assert ann(office).working_hours.weekly[1] != ()


@pytest.mark.rule("WEB-07", "SCH-21")
def test_a_day_has_several_hours_and_dates_that_differ(office: Office, olga: "TestClient[Api]") -> None:
    typed: dict[str, Given] = {
        "start_0": ["07:00", "13:00"],
        "end_0": ["11:30", "00:00"],
        "start_5": ["22:00", ""],
        "end_5": ["06:00", ""],
        "date_0": "2026-07-03",
        "start_d0": ["10:00", ""],
        "end_d0": ["12:00", ""],
    }
    page = form(office, olga, "hours", **typed)
    assert NOTHING in page.text
    send(olga, page, path(office, "hours"))

    hours = ann(office).working_hours
    assert [(each.start, each.end) for each in hours.weekly[0]] == [("07:00", "11:30"), ("13:00", "24:00")]
    assert [(each.start, each.end) for each in hours.weekly[5]] == [("22:00", "06:00")]
    assert [(each.date, len(each.ranges)) for each in hours.dated] == [(date(2026, 7, 3), 1)]


@pytest.mark.rule("WEB-07", "SCH-21")
def test_what_stands_is_kept_where_nothing_is_typed(office: Office, olga: "TestClient[Api]") -> None:
    late = evolve(WEEK.days[0][0], end=24 * 60)
    dated = (DatedHours(date(2026, 5, 1)), DatedHours(date(2026, 7, 3), (late,)), DatedHours(date(2026, 7, 4)))
    office.do(ChangeWorkingHours(user=office.ann.id, weekly=WEEK, dated=dated), object, version=1)
    before = ann(office)

    page = form(office, olga, "hours")
    assert NOTHING in page.text
    assert "2026-07-03" in page.text and "2026-05-01" not in page.text
    send(olga, page, path(office, "hours"))

    assert ann(office) == before


@pytest.mark.rule("WEB-07", "SCH-21")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"end_1": ["", ""]}, "Say from when and until when, on Tuesday."),
        ({"start_1": ["8", ""]}, "'8' is not a time between 00:00 and 24:00."),
        ({"start_1": ["08:00", "16:00"], "end_1": ["17:00", "18:00"]}, "Working hours on Tuesday overlap"),
        ({"date_0": "soon"}, "'soon' is not a date such as 2026-05-27."),
    ],
)
def test_hours_that_mean_nothing_are_refused_and_kept(
    office: Office, olga: "TestClient[Api]", typed: dict[str, Given], sentence: str
) -> None:
    page = form(office, olga, "hours", **{"start_6": ["03:21", ""], "end_6": ["04:56", ""], **typed})

    assert page.status_code == 422
    assert sentence in told(page)
    assert 'value="03:21"' in page.text
    assert ann(office).version == 1


@pytest.mark.rule("WEB-07", "SCH-21")
@pytest.mark.parametrize(("dates", "status"), [("300", 200), ("301", 422)])
def test_a_form_holds_no_more_dates_than_it_can_send(
    office: Office, olga: "TestClient[Api]", dates: str, status: int
) -> None:
    page = form(office, olga, "hours", dates=dates)

    assert page.status_code == status
    assert ("Longer lists are for the API." in page.text) is (status == 422)


@pytest.mark.rule("WEB-07", "STO-04")
def test_a_form_that_is_too_old_says_so_and_keeps_what_was_typed(office: Office, olga: "TestClient[Api]") -> None:
    old = olga.get(f"{path(office)}?edit=hours")
    office.do(ChangeUser(user=office.ann.id, name="Anna Archer"), UserView, version=1)

    page = send(olga, old, path(office, "hours"), start_5=["09:09", ""], end_5=["10:10", ""])

    assert page.status_code == 409
    assert "you read version 1, it is now 2" in page.text and "What you typed is kept." in page.text
    assert 'value="09:09"' in page.text and "Anna Archer" in page.text
    again = send(olga, send(olga, page, path(office, "hours")), path(office, "hours"))
    assert "The working hours are saved." in again.text
    assert ann(office).working_hours.weekly[5][0].start == "09:09"


@pytest.mark.rule("WEB-07", "STO-04")
def test_a_profile_that_is_sent_again_leaves_what_others_changed(office: Office, olga: "TestClient[Api]") -> None:
    old = olga.get(f"{path(office)}?edit=profile")
    theirs = ChangeUser(user=office.ann.id, name="Anna Archer", email="anna@acme.example", technician=False)
    office.do(theirs, UserView, version=1)

    stale = send(olga, old, path(office, "profile"), phone="(801) 555-0199", sales_rep="on")
    assert (stale.status_code, ann(office).phone) == (409, None)
    saved = send(olga, stale, path(office, "profile"))

    now = ann(office)
    assert "The profile is saved." in saved.text
    assert (now.name, now.email, now.technician) == ("Anna Archer", "anna@acme.example", False)
    assert (now.phone, now.sales_rep) == ("+18015550199", True)


@pytest.mark.rule("WEB-07", "STO-04", "ACC-24")
def test_roles_that_others_took_stay_taken(office: Office, olga: "TestClient[Api]") -> None:
    dispatcher, technician = role(office, "Dispatcher"), role(office, "Technician")
    kept, gone = (Grant(Permission.TAGS, Action.MODIFY), Grant(Permission.FILES, Action.VIEW))
    office.do(ChangeUser(user=office.ann.id, grants=frozenset({kept, gone})), UserView)
    old = olga.get(f"{path(office)}?edit=roles")
    office.do(ChangeUser(user=office.ann.id, roles=(), grants=frozenset({kept})), UserView)

    held = [str(technician), str(dispatcher)]
    stale = send(olga, old, path(office, "roles"), role=held, more=["notes:view", "", ""], where=["", "", ""])
    saved = send(olga, stale, path(office, "roles"), more=["notes:view", "", ""], where=["", "", ""])

    assert (stale.status_code, "The roles are saved." in saved.text) == (409, True)
    assert ann(office).roles == (dispatcher,)
    assert {each.permission for each in ann(office).grants} == {Permission.TAGS, Permission.NOTES}


@pytest.mark.rule("WEB-07", "STO-04", "SCH-22")
def test_each_day_of_the_hours_is_merged_by_itself(office: Office, olga: "TestClient[Api]") -> None:
    july, august, june = (date(2026, month, 3) for month in (7, 8, 6))
    work = (TimeRange.parse("10:00", "12:00"),)
    dated = (DatedHours(july, ()), DatedHours(august, work))
    office.do(ChangeWorkingHours(user=office.ann.id, weekly=WEEK, dated=dated), object)
    old = olga.get(f"{path(office)}?edit=hours")
    theirs = (DatedHours(june, work), DatedHours(july, work))
    weekly = evolve(WEEK, days=(*WEEK.days[:2], work, *WEEK.days[3:]))
    office.do(ChangeWorkingHours(user=office.ann.id, weekly=weekly, dated=theirs), object)

    stale = send(olga, old, path(office, "hours"), start_0=["07:00", ""], end_0=["11:00", ""], start_4=[], end_4=[])
    saved = send(olga, send(olga, stale, path(office, "hours")), path(office, "hours"))

    now = ann(office).working_hours
    assert (stale.status_code, "The working hours are saved." in saved.text) == (409, True)
    assert [now.weekly[day][0].start for day in range(4)] == ["07:00", "08:00", "10:00", "08:00"]
    assert now.weekly[4] == ()
    assert [(each.date, len(each.ranges)) for each in now.dated] == [(june, 1), (july, 1)]


@pytest.mark.rule("WEB-07", "SCH-22")
def test_hours_that_were_shown_before_midnight_are_saved_after_it(office: Office, olga: "TestClient[Api]") -> None:
    today, work = date(2026, 5, 25), (TimeRange.parse("10:00", "12:00"),)
    past = DatedHours(date(2026, 5, 20), work)
    office.do(ChangeWorkingHours(user=office.ann.id, weekly=WEEK, dated=(past, DatedHours(today, work))), object)
    office.clock.set(datetime(2026, 5, 26, 5, 50, tzinfo=UTC))
    browser = browser_of(office, office.olga)
    shown = browser.get(f"{path(office)}?edit=hours")
    office.clock.advance(minutes=20)

    reviewed = send(browser, shown, path(office, "hours"), start_d0=["11:00", ""])
    saved = send(browser, reviewed, path(office, "hours"))

    assert "The working hours are saved." in saved.text
    assert [(each.date, each.ranges[0].start) for each in ann(office).working_hours.dated] == [
        (past.date, "10:00"),
        (today, "11:00"),
    ]


@pytest.mark.rule("WEB-07", "STO-04")
def test_a_refused_form_is_still_meant_for_the_version_that_was_shown(office: Office, olga: "TestClient[Api]") -> None:
    old = olga.get(f"{path(office)}?edit=profile")
    office.do(ChangeUser(user=office.ann.id, name="Anna Archer"), UserView, version=1)

    refused = send(olga, old, path(office, "profile"), zone="Nowhere")
    again = send(olga, refused, path(office, "profile"), zone="")

    assert (refused.status_code, again.status_code) == (422, 409)
    assert ann(office).name == "Anna Archer"


@pytest.mark.rule("WEB-07", "APT-14")
def test_what_changed_since_it_was_shown_is_shown_again(office: Office, olga: "TestClient[Api]") -> None:
    page = form(office, olga, "hours", start_2=["", ""], end_2=["", ""])
    assert NOTHING in page.text
    office.visit("2026-05-27T09:00")

    other_visits = send(olga, page, path(office, "hours"))
    assert "1 visit would be stranded" in other_visits.text
    other_hours = send(olga, other_visits, path(office, "hours"), start_3=["", ""], end_3=["", ""])
    assert "1 visit would be stranded" in other_hours.text

    assert ann(office).version == 1


@pytest.mark.rule("WEB-07", "SCH-22", "APT-14")
def test_an_absence_is_shown_added_and_removed(office: Office, olga: "TestClient[Api]") -> None:
    office.visit("2026-05-27T09:00")
    page = form(office, olga, "absence", first="2026-05-26", last="2026-05-28", reason=MARKUP)
    assert "1 visit would be stranded" in page.text and "absent then" in page.text
    assert absences(office) == 0

    added = send(olga, page, path(office, "absence"))

    assert "The absence is saved." in added.text
    assert "Tue 26 May 2026 – Thu 28 May 2026" in added.text and "whole day" in added.text
    assert MARKUP in told(added) and "<b>x" not in added.text
    remove = next(each for each in added.text.split('"') if each.endswith("/remove"))
    for _ in range(2):
        removed = send(olga, added, remove)
        assert (removed.status_code, "The absence is removed." in removed.text) == (200, True)
        assert absences(office) == 0


@pytest.mark.rule("WEB-07", "API-03")
def test_an_absence_that_is_sent_twice_is_made_once(office: Office, olga: "TestClient[Api]") -> None:
    office.visit()
    page = form(office, olga, "absence", first="2026-05-26", last="2026-05-28")
    shown = filled(page, path(office, "absence"))

    olga.post(path(office, "absence"), data=shown)
    again = olga.post(path(office, "absence"), data=shown)
    assert "The absence is saved." in send(olga, again, path(office, "absence")).text
    assert absences(office) == 1
    other = send(olga, again, path(office, "absence"), reason="Dentist")
    other = send(olga, other, path(office, "absence"))
    assert other.status_code == 409
    assert "This was saved already, as the form stood when it was sent before." in told(other)
    assert absences(office) == 1


def absences(office: Office) -> int:
    asked = ListAbsences(first=date(2026, 5, 1), last=date(2026, 6, 1), user=office.ann.id)
    return len(office.ask(asked, AbsencesView).items)


@pytest.mark.rule("WEB-07", "SCH-22")
def test_an_absence_of_some_hours_strands_no_other_visit(office: Office, olga: "TestClient[Api]") -> None:
    office.visit("2026-05-27T09:00")

    page = form(office, olga, "absence", first="2026-05-27", start="13:00", end="15:00")

    assert NOTHING in page.text
    assert "Wed 27 May 2026</strong>, 13:00–15:00" in send(olga, page, path(office, "absence")).text


@pytest.mark.rule("WEB-07", "SCH-22")
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"first": ""}, "'' is not a date such as 2026-05-27."),
        ({"first": "2026-05-27", "last": "2026-05-26"}, "An absence ends on or after its first day, within two years."),
        ({"first": "2026-05-27", "start": "late"}, "'late' is not a time between 00:00 and 24:00."),
    ],
)
def test_an_absence_that_means_nothing_is_refused(
    office: Office, olga: "TestClient[Api]", typed: dict[str, str], problem: str
) -> None:
    page = form(office, olga, "absence", **{"reason": "Dentist", **typed})

    assert page.status_code == 422
    assert problem in told(page)
    assert 'value="Dentist"' in page.text


@pytest.mark.rule("WEB-07", "SCH-22")
def test_a_holiday_is_no_users_to_remove(office: Office, olga: "TestClient[Api]") -> None:
    office.do(AddAbsence(location=office.provo, first=date(2026, 7, 24), last=date(2026, 7, 24)), object)

    page = olga.get(path(office)).text

    assert "Holiday of Provo" in page and "/remove" not in page


@pytest.mark.rule("WEB-07", "SCH-13")
def test_a_change_of_coverage_tells_what_it_leaves_outside(office: Office, olga: "TestClient[Api]") -> None:
    office.visit("2026-05-27T09:00")

    page = form(office, olga, "coverage", coverage_radius="1", line1="1 Main Street", city="Orem", state="ut")

    assert NOTHING in page.text
    assert "1 visit would be out of coverage" in page.text
    assert "4.8 mi away, no longer among those who cover the area" in page.text
    saved = send(olga, page, path(office, "coverage"))
    assert "Start and coverage are saved." in saved.text and "1 Main Street, Orem, UT" in saved.text
    assert ann(office).coverage_radius == pytest.approx(1_609.344)


@pytest.mark.rule("WEB-07", "SCH-13")
def test_a_start_is_moved_and_what_was_rounded_stays_as_it_was(office: Office, olga: "TestClient[Api]") -> None:
    office.do(ChangeUser(user=office.ann.id, coverage_radius=12_345.678), UserView, version=1)

    page = form(office, olga, "coverage", latitude="40.3", longitude="-111.7")
    send(olga, page, path(office, "coverage"))

    start = ann(office).start_coordinates
    assert start is not None and (start.latitude, start.longitude) == (40.3, -111.7)
    assert ann(office).coverage_radius == 12_345.678


@pytest.mark.rule("WEB-07", "ACC-19")
def test_distances_are_in_the_companys_unit(office: Office, olga: "TestClient[Api]") -> None:
    office.do(ChangeSettings(changes={"distance_unit": DistanceUnit.KILOMETRE}), object)

    assert "80.467 km" in olga.get(f"{office.path}/users").text
    page = form(office, olga, "coverage", coverage_radius="12.5")
    assert "in kilometres" in page.text
    assert "12.5 km" in send(olga, page, path(office, "coverage")).text
    assert ann(office).coverage_radius == 12_500


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"latitude": "91"}, "latitude", "A latitude lies between -90 and 90 degrees."),
        ({"longitude": ""}, "longitude", "'' is not a number such as 12.5."),
        ({"coverage_radius": "far"}, "coverage_radius", "'far' is not a number such as 12.5."),
        ({"coverage_radius": "nan"}, "coverage_radius", "A radius lies between"),
        ({"state": "ZZ"}, "state", "'ZZ' is no state"),
        ({"postal_code": "123"}, "postal_code", "'123' is neither a US ZIP code nor"),
    ],
)
def test_coverage_that_means_nothing_is_refused_beside_its_field(
    office: Office, olga: "TestClient[Api]", typed: dict[str, Given], field: str, sentence: str
) -> None:
    page = form(office, olga, "coverage", **{"line1": "Kept Street", **typed})

    assert page.status_code == 422
    shown = told(page).partition(f'id="{field}-problem">')[2].partition("</p>")[0]
    assert sentence in shown
    assert 'value="Kept Street"' in page.text


@pytest.mark.rule("WEB-07", "ACC-23")
def test_a_profile_is_saved_at_once_where_it_strands_nothing(office: Office, olga: "TestClient[Api]") -> None:
    page = form(office, olga, "profile", name=MARKUP, phone="(801) 555-0177", sales_rep="on")

    assert "The profile is saved." in page.text
    assert MARKUP in told(page) and "<b>x" not in page.text
    user = ann(office)
    assert (user.name, user.phone, user.technician, user.sales_rep) == (MARKUP, "+18015550177", True, True)


@pytest.mark.rule("WEB-07", "APT-14")
def test_another_home_is_shown_where_it_strands_something(office: Office, olga: "TestClient[Api]") -> None:
    office.do(ChangeSettings(changes={"working_hours_rule": WorkingHoursRule.HOURS}), object)
    office.do(AddAbsence(location=office.phoenix, first=date(2026, 5, 27), last=date(2026, 5, 27)), object)
    office.visit("2026-05-27T09:00")

    page = form(office, olga, "profile", home=str(office.phoenix))

    assert "1 visit would be stranded" in page.text
    assert ann(office).home == office.provo
    assert "The profile is saved." in send(olga, page, path(office, "profile")).text


@pytest.mark.rule("WEB-07", "ACC-23")
def test_an_address_that_another_user_has_is_refused_beside_it(office: Office, olga: "TestClient[Api]") -> None:
    page = form(office, olga, "profile", email="bob@acme.example")

    assert page.status_code == 422
    assert "Another user logs in with bob@acme.example." in page.text.partition('id="email-problem">')[2]


@pytest.mark.rule("WEB-07", "ACC-24", "APT-14")
def test_a_deactivation_is_shown_before_it_is_made(office: Office, olga: "TestClient[Api]") -> None:
    office.visit("2026-05-27T09:00")
    page = send(olga, olga.get(path(office)), path(office, "activity"))
    assert "1 visit would be stranded" in page.text and ": deactivated" in page.text
    assert ann(office).active

    gone = send(olga, page, path(office, "activity"))
    assert "Deactivated" in gone.text and not ann(office).active

    back = send(olga, gone, path(office, "activity"))
    assert NOTHING in back.text
    send(olga, back, path(office, "activity"))
    assert ann(office).active


@pytest.mark.rule("WEB-07", "ACC-01")
def test_roles_are_given_and_taken(office: Office, olga: "TestClient[Api]") -> None:
    dispatcher = role(office, "Dispatcher")

    page = form(office, olga, "roles", role=[str(dispatcher)])

    assert "The roles are saved." in page.text
    assert ann(office).roles == (dispatcher,)


@pytest.mark.rule("WEB-07", "ACC-01")
def test_the_last_owner_stays_one(office: Office, olga: "TestClient[Api]") -> None:
    there = path(office, who=office.olga)
    page = send(olga, olga.get(f"{there}?edit=roles"), f"{there}/roles", role=[])
    leaving = send(olga, olga.get(there), f"{there}/activity")

    for refused in (page, leaving):
        assert refused.status_code == 422
        assert "owner" in refused.text.partition('role="alert"')[2].partition("</div>")[0]


@pytest.mark.rule("WEB-07", "ACC-01")
def test_nobody_gives_a_role_that_holds_more_than_they_do(office: Office) -> None:
    view, modify = Action.VIEW, Action.MODIFY
    held = [Grant(Permission.USERS, view), Grant(Permission.USERS, modify), Grant(Permission.ROLES, view)]
    hal = office.user("Hal Hirer", roles=(), grants=frozenset(held))
    with browser_of(office, hal) as browser:
        page = form(office, browser, "roles", role=[str(role(office, "Dispatcher"))])

    assert page.status_code == 422
    assert "You cannot grant what you do not hold yourself" in page.text.partition('role="alert"')[2]
    assert ann(office).roles == (role(office, "Technician"),)


@pytest.mark.rule("WEB-07", "ACC-25")
def test_who_may_only_change_hours_is_offered_no_more(office: Office) -> None:
    office.visit("2026-05-27T09:00")
    with browser_of(office, office.dan) as browser:
        page = browser.get(path(office)).text
        assert "Change the hours" in page and "Add an absence" in page
        assert "Change the profile" not in page and "Deactivate" not in page and "Change the coverage" not in page
        assert "You may not see which." in page
        assert "name=" not in browser.get(f"{path(office)}?edit=coverage").text.partition('"coverage-heading"')[2]
        shown = form(office, browser, "hours", start_2=["", ""], end_2=["", ""])
        assert "1 visit would be stranded" in shown.text


@pytest.mark.rule("WEB-07", "ACC-25")
def test_who_sends_a_form_that_they_were_not_offered_is_refused(office: Office) -> None:
    kim = office.user("Kim King", roles=(), grants=frozenset([Grant(Permission.USERS, Action.VIEW)]))
    with browser_of(office, kim) as browser:
        own = browser.get(path(office)).text.partition('name="csrf_token" value="')[2][:64]
        for section in ("hours", "absence", "profile", "roles", "coverage", "activity"):
            sent = {
                "csrf_token": own,
                "version": "1",
                "first": "2026-05-27",
                "home": str(office.provo),
                "name": "X",
                "coverage_radius": "1",
            }
            page = browser.post(path(office, section), data={"email": "x@acme.example", **sent})
            assert page.status_code == 403, section
            assert "permission" in page.text.partition('role="alert"')[2].partition("</div>")[0]
    assert ann(office).version == 1


@pytest.mark.rule("WEB-07", "API-05")
def test_a_form_of_another_page_is_not_heard(office: Office, olga: "TestClient[Api]") -> None:
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    assert olga.post(path(office, "activity"), data={"version": "1"}, headers=evil).status_code == 403
    shown = olga.post(path(office, "activity"), data={"version": "1"})
    refused = send(olga, shown, path(office, "activity"), csrf_token="x")
    assert refused.status_code == 403
    assert "You have logged in again, as Olga Olsen, since this form was shown." in refused.text
    assert ann(office).active
    send(olga, send(olga, refused, path(office, "activity")), path(office, "activity"))
    assert not ann(office).active


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
def test_a_form_without_its_version_is_too_old(office: Office, olga: "TestClient[Api]", version: str) -> None:
    page = olga.get(f"{path(office)}?edit=profile")

    assert send(olga, page, path(office, "profile"), version=version).status_code == 409


@pytest.mark.rule("WEB-07")
def test_there_is_no_other_form(office: Office, olga: "TestClient[Api]") -> None:
    token = olga.get(path(office)).text.partition('name="csrf_token" value="')[2][:64]

    assert olga.post(f"{path(office)}/nothing", data={"csrf_token": token}).status_code == 404


@pytest.mark.rule("WEB-07", "SEC-01")
def test_there_is_nobody_of_another_company(office: Office, olga: "TestClient[Api]") -> None:
    assert olga.get(f"{office.path}/users/01a202a9-5885-735d-aa15-424d8da58193").status_code == 404


@pytest.mark.rule("WEB-07")
def test_maps_load_nothing_but_the_tiles_that_are_set(office: Office, olga: "TestClient[Api]") -> None:
    tiles = Tiles(address="https://tiles.example/{z}/{x}/{y}.png", attribution=MARKUP)
    for place in (f"{office.path}/users", path(office)):
        plain = olga.get(place).headers["Content-Security-Policy"]
        assert "img-src 'self' data:;" in plain
        office.engine, olga.app.state.engine = (evolve(office.engine, tiles=tiles),) * 2

        page = olga.get(place)

        allowed = "img-src 'self' data: https://tiles.example;"
        assert page.headers["Content-Security-Policy"] == plain.replace("img-src 'self' data:;", allowed)
        assert "<b>x" not in page.text
        assert "tiles.example" not in olga.get(office.path).headers["Content-Security-Policy"]
        office.engine, olga.app.state.engine = (evolve(office.engine, tiles=None),) * 2
