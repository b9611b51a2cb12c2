"""
Users, their hours and what they cover, in a browser.
"""

from base64 import b64decode
from contextlib import suppress

import pytest
from attrs import evolve
from playwright.sync_api import Dialog, Error, Page, Request, Route, expect

from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.staff.messages import ShowUser
from fieldops_core.staff.views import UserView
from fieldops_core.testing.builders import PROVO
from fieldops_http.tiles import Tiles
from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.office import Office, Person

DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@pytest.fixture
def owner(visits: Visits, office: Office) -> Page:
    """
    A page of Olga's, who may change everything.
    """
    return visits.open(office.olga)


def shown(office: Office, person: Person) -> UserView:
    return office.ask(ShowUser(user=person.id), UserView)


def of(office: Office, person: Person) -> str:
    return f"{office.path}/users/{person.id}"


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_users_are_found_while_one_types(visits: Visits, office: Office, phone: bool) -> None:
    page = visits.open(office.olga, phone=phone)
    page.goto(f"{office.path}/users")
    expect(page.locator(".ring")).to_have_count(3)
    assert_accessible(page)

    page.get_by_label("Name or email").press_sequentially("arch")

    expect(page.get_by_role("link", name="Ann Archer")).to_be_visible()
    expect(page.get_by_role("link", name="Bob Baker")).to_have_count(0)
    expect(page.locator("main").get_by_role("status")).to_have_text("1 user, 1 on the map")
    expect(page.locator(".ring")).to_have_count(1)
    expect(page.get_by_label("Name or email")).to_be_focused()
    expect(page).to_have_url(f"{office.path}/users?text=arch&location=&active=yes")
    page.reload()
    expect(page.get_by_role("link", name="Bob Baker")).to_have_count(0)


@pytest.mark.rule("WEB-07")
def test_a_start_on_the_map_leads_to_its_user(owner: Page, office: Office) -> None:
    owner.goto(f"{office.path}/users?text=cal")

    owner.locator(".dot.start").click()
    assert_accessible(owner)
    owner.get_by_role("region", name="Map of coverage").get_by_role("link", name="Cal Cook").click()

    expect(owner).to_have_url(of(office, office.cal))


@pytest.mark.rule("WEB-07", "SCH-21", "APT-14")
def test_hours_are_changed_by_keyboard_alone(owner: Page, office: Office) -> None:
    office.do(ChangeSettings(changes={"working_hours_rule": WorkingHoursRule.HOURS}), object)
    office.visit("2026-05-27T09:00")
    owner.goto(of(office, office.ann))
    assert_accessible(owner)
    owner.get_by_role("link", name="Change the hours").press("Enter")
    expect(owner.get_by_label("Monday, from", exact=True)).to_be_focused()
    assert_accessible(owner)

    wednesday = owner.get_by_label("Wednesday, from", exact=True)
    wednesday.focus()
    owner.keyboard.type("0130PM")
    owner.get_by_role("button", name="Wednesday: more hours").press("Enter")
    expect(owner.get_by_label("Wednesday, from, again")).to_be_focused()
    owner.keyboard.type("0600PM")
    owner.get_by_label("Wednesday, until, again").focus()
    owner.keyboard.type("0800PM")
    owner.keyboard.press("Enter")

    review = owner.locator("main").get_by_role("status")
    expect(review).to_contain_text("1 visit would be stranded")
    expect(review).to_be_focused()
    expect(review.get_by_role("link", name="Maria Nielsen")).to_be_visible()
    assert_accessible(owner)
    owner.get_by_role("button", name="Save").press("Enter")

    expect(owner.locator("main").get_by_role("status")).to_have_text("The working hours are saved.")
    expect(owner.get_by_role("link", name="Change the hours")).to_be_focused()
    told = [(each.start, each.end) for each in shown(office, office.ann).working_hours.weekly[2]]
    assert told == [("13:30", "17:00"), ("18:00", "20:00")]


@pytest.mark.rule("WEB-07")
def test_mondays_hours_become_those_until_friday(owner: Page, office: Office) -> None:
    owner.goto(f"{of(office, office.ann)}?edit=hours")
    owner.get_by_label("Monday, until", exact=True).fill("11:00")
    owner.get_by_role("button", name="Monday: more hours").click()
    owner.get_by_label("Monday, from, again").fill("12:00")
    owner.get_by_label("Monday, until, again").fill("16:00")
    owner.get_by_role("button", name="Monday’s hours until Friday").click()
    owner.get_by_role("button", name="See what this changes").click()
    expect(owner.locator("main").get_by_role("status")).to_contain_text("Nothing would be stranded.")
    owner.get_by_role("button", name="Save").click()
    expect(owner.locator("main").get_by_role("status")).to_have_text("The working hours are saved.")

    weekly = shown(office, office.ann).working_hours.weekly
    assert [len(day) for day in weekly] == [2, 2, 2, 2, 2, 0, 0]
    assert len(set(weekly[:5])) == 1


@pytest.mark.rule("WEB-07", "SCH-22")
def test_an_absence_is_added_on_a_phone(visits: Visits, office: Office) -> None:
    page = visits.open(office.dan, phone=True)
    page.goto(of(office, office.ann))
    page.get_by_role("link", name="Add an absence").click()
    page.get_by_label("First day").fill("2026-05-28")
    page.get_by_label("Reason").fill("<i>Dentist</i>")
    assert_accessible(page)
    page.get_by_role("button", name="See what this changes").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("Nothing would be stranded.")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("main").get_by_role("status")).to_have_text("The absence is saved.")
    expect(page.get_by_text("<i>Dentist</i>")).to_be_visible()
    page.get_by_role("button", name="Remove the absence Thu 28 May 2026").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("The absence is removed.")
    assert_accessible(page)


@pytest.mark.rule("WEB-07", "SCH-13")
def test_the_start_is_dragged_and_the_radius_typed(owner: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    owner.goto(f"{of(office, office.ann)}?edit=coverage")
    expect(owner.locator(".ring.widest")).to_be_visible()
    ring = owner.locator(".ring.own").bounding_box()

    owner.get_by_label("Coverage radius, in miles").fill("5")
    smaller = owner.locator(".ring.own").bounding_box()
    assert ring and smaller and smaller["width"] < ring["width"] / 5
    assert_accessible(owner)
    owner.get_by_role("link", name="Leave as it is").click()
    expect(owner.get_by_role("link", name="Change the coverage")).to_be_focused()
    expect(owner.get_by_role("definition").filter(has_text="50 mi")).to_be_visible()
    owner.get_by_role("link", name="Change the coverage").click()
    expect(owner.get_by_label("Latitude")).to_be_focused()
    owner.get_by_label("Coverage radius, in miles").fill("5")
    handle = owner.get_by_title("Start")
    handle.scroll_into_view_if_needed()
    before = handle.bounding_box()
    assert before
    owner.mouse.move(before["x"] + 14, before["y"] + 14)
    owner.mouse.down()
    owner.mouse.move(before["x"] + 44, before["y"] - 26, steps=4)
    owner.mouse.up()

    latitude, longitude = (float(owner.get_by_label(name).input_value()) for name in ("Latitude", "Longitude"))
    assert latitude > PROVO.latitude and longitude > PROVO.longitude
    owner.get_by_role("button", name="See what this changes").click()
    expect(owner.locator("main").get_by_role("status")).to_contain_text("1 visit would be out of coverage")
    owner.get_by_role("button", name="Save").click()
    expect(owner.locator("main").get_by_role("status")).to_have_text("Start and coverage are saved.")
    start = shown(office, office.ann).start_coordinates
    assert start is not None and (start.latitude, start.longitude) == (latitude, longitude)


@pytest.mark.rule("WEB-07")
def test_the_map_follows_the_fields(owner: Page, office: Office) -> None:
    owner.goto(f"{of(office, office.dan)}?edit=coverage")
    expect(owner.get_by_title("Start")).to_have_count(0)
    owner.get_by_label("Latitude").fill("40.2")
    owner.get_by_label("Longitude").fill("-111.6")
    handle = owner.get_by_title("Start")
    first = handle.bounding_box()

    owner.get_by_label("Latitude").fill("40.3")

    second = handle.bounding_box()
    assert first and second and second["y"] < first["y"]


@pytest.mark.rule("WEB-07")
def test_the_ground_of_a_map_is_that_of_the_server_that_is_set(owner: Page, visits: Visits, office: Office) -> None:
    tiles = Tiles(address="https://tiles.example/{z}/{x}/{y}.png", attribution="© <b>Maps</b>")
    visits.site.serve(evolve(office.engine, tiles=tiles))
    asked: list[Request] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(content_type="image/gif", body=DOT)

    owner.route("https://tiles.example/**", answer)
    owner.goto(of(office, office.ann))

    expect(owner.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(owner.get_by_text("© <b>Maps</b>")).to_be_visible()
    assert asked[0].headers["referer"] == f"{visits.site.url}/"
    assert all("tiles.example" in fault for fault in visits.faults)
    visits.faults.clear()


@pytest.mark.rule("WEB-07", "STO-04")
def test_what_somebody_else_changed_meanwhile_is_told(owner: Page, visits: Visits, office: Office) -> None:
    other = visits.open(office.olga)
    for page in (owner, other):
        page.goto(f"{of(office, office.ann)}?edit=profile")
    other.get_by_label("Name", exact=True).fill("Anna Archer")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_role("heading", name="Anna Archer")).to_be_visible()

    owner.get_by_label("Phone").fill("(801) 555-0199")
    owner.get_by_role("button", name="Save").click()

    expect(owner.get_by_role("alert")).to_contain_text("This user was changed meanwhile")
    expect(owner.get_by_role("alert")).to_be_focused()
    expect(owner.get_by_label("Phone")).to_have_value("(801) 555-0199")
    assert_accessible(owner)


@pytest.mark.rule("WEB-07", "ACC-24")
def test_somebody_is_deactivated(owner: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    owner.goto(of(office, office.ann))
    owner.get_by_role("button", name="Deactivate…").click()
    expect(owner.locator("main").get_by_role("status")).to_contain_text("1 visit would be stranded")
    assert_accessible(owner)
    owner.get_by_role("button", name="Deactivate Ann Archer").click()

    expect(owner.get_by_text("Deactivated", exact=True)).to_be_visible()
    assert_accessible(owner)
    assert not shown(office, office.ann).active


@pytest.mark.rule("WEB-07")
def test_a_server_that_is_away_is_told_and_what_was_typed_stays(owner: Page, visits: Visits, office: Office) -> None:
    owner.goto(f"{of(office, office.ann)}?edit=profile")
    owner.get_by_label("Phone").fill("(801) 555-0199")
    owner.route("**/profile", lambda route: route.abort())
    owner.get_by_role("button", name="Save").click()

    expect(owner.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    expect(owner.get_by_label("Phone")).to_have_value("(801) 555-0199")
    visits.faults.clear()


@pytest.mark.rule("WEB-07")
def test_whose_session_ended_before_a_form_was_sent_is_told_and_loses_nothing(owner: Page, office: Office) -> None:
    owner.goto(f"{of(office, office.ann)}?edit=profile")
    owner.get_by_label("Phone").fill("(801) 555-0199")
    owner.context.clear_cookies()
    owner.get_by_role("button", name="Save").click()

    expect(owner.get_by_role("alert")).to_contain_text("Your session is over. What you typed is still here")
    expect(owner.get_by_label("Phone")).to_have_value("(801) 555-0199")


@pytest.mark.rule("WEB-07")
def test_what_was_typed_of_a_user_is_not_lost_unasked_and_its_form_has_an_address(owner: Page, office: Office) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    owner.on("dialog", stay)
    owner.goto(of(office, office.ann))
    owner.get_by_role("link", name="Change the profile").click()
    expect(owner).to_have_url(f"{of(office, office.ann)}?edit=profile")
    owner.get_by_label("Phone").fill("(801) 555-0199")

    owner.get_by_role("link", name="Change the hours").click()
    with suppress(Error):  # it is stopped
        owner.reload(timeout=2_000)
    assert_soon(owner, lambda: asked == ["confirm", "beforeunload"])
    expect(owner.get_by_label("Phone")).to_have_value("(801) 555-0199")
    owner.get_by_role("button", name="Save").click()
    expect(owner).to_have_url(of(office, office.ann))
    owner.get_by_role("link", name="Change the hours").click()
    expect(owner).to_have_url(f"{of(office, office.ann)}?edit=hours")
    owner.go_back()
    expect(owner.get_by_role("link", name="Change the hours")).to_be_visible()
    assert asked == ["confirm", "beforeunload"]
