"""
Users are added and invited, as a browser without scripts does it; and in a real one.
"""

from collections.abc import Iterator
from html import unescape
from uuid import UUID

import pytest
from httpx import Response
from litestar.testing import TestClient
from playwright.sync_api import expect

from fieldops_core.access.context import Context
from fieldops_core.access.messages import ListRoles
from fieldops_core.access.model import Action, Grant, Kind, Permission
from fieldops_core.access.views import RolesView
from fieldops_core.app.door import Attempt
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.messages import Invite
from fieldops_core.staff.messages import ChangeUser, ListUsers, ShowUser
from fieldops_core.staff.views import UsersView, UserView
from fieldops_core.testing.builders import PROVO, PROVO_ADDRESS
from fieldops_http.app import Api
from tests.support.browsing import Visits, assert_accessible
from tests.support.forms import Given, browser_of, filled, send
from tests.support.office import PASSWORD, Office

MARKUP = "<b>x</b>\"'&"
VIEW, MODIFY = (Grant(Permission.USERS, action) for action in (Action.VIEW, Action.MODIFY))


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


def form(office: Office) -> str:
    return f"{office.path}/users/new"


def add(office: Office, browser: "TestClient[Api]", **given: Given) -> Response:
    """
    Somebody fills in the form for Nina and sends it; what they see then.
    """
    typed: dict[str, Given] = {"name": "Nina New", "email": "nina@acme.example", **given}
    return send(browser, browser.get(form(office)), form(office), **typed)


def users(office: Office, email: str = "nina@acme.example") -> list[UserView]:
    return [each for each in office.ask(ListUsers(limit=100), UsersView).items if each.email == email]


def nina(office: Office) -> UserView:
    (found,) = users(office)
    return found


def role(office: Office, name: str) -> UUID:
    return next(each.id for each in office.ask(ListRoles(), RolesView).items if each.name == name)


def told(page: Response) -> str:
    return unescape(page.text)


def problem(page: Response, field: str) -> str:
    return told(page).partition(f'id="{field}-problem">')[2].partition("</p>")[0]


@pytest.mark.rule("WEB-07", "ACC-23")
def test_a_technician_is_added_with_two_fields(office: Office, olga: "TestClient[Api]") -> None:
    assert f'href="{form(office)}"' in olga.get(f"{office.path}/users").text

    page = add(office, olga)

    user = nina(office)
    assert page.url.path == f"{office.path}/users/{user.id}"
    assert (user.name, user.home, user.technician, user.language) == ("Nina New", office.provo, True, "en")
    assert user.start_coordinates == PROVO and user.start_address.line1 == PROVO_ADDRESS.line1
    assert user.coverage_radius == pytest.approx(160_934.4)
    assert [len(day) for day in user.working_hours.weekly] == [1, 1, 1, 1, 1, 0, 0]


@pytest.mark.rule("WEB-07", "API-08")
def test_who_is_added_is_invited_and_comes_in(office: Office, olga: "TestClient[Api]") -> None:
    page = add(office, olga)
    assert (
        "Nina New is added. An invitation with a link to set a password is on its way to nina@acme.example."
        in page.text
    )

    office.deliver()

    (letter,) = office.post.letters
    assert letter.email == "nina@acme.example"
    office.engine.fieldops.door.follow_link(office.slug, letter.secret.reveal(), Secret(PASSWORD))
    attempt = Attempt(email="nina@acme.example", password=Secret(PASSWORD), address=None, device="Chromium")
    assert office.engine.fieldops.door.log_in(office.slug, attempt).user == nina(office).id


@pytest.mark.rule("WEB-07", "API-08")
def test_who_is_not_to_be_invited_is_sent_nothing(office: Office, olga: "TestClient[Api]") -> None:
    page = add(office, olga, invite=None)
    office.deliver()

    assert "Nina New is added. Nothing was sent to them" in page.text
    assert office.post.letters == []


@pytest.mark.rule("WEB-07", "API-08")
def test_without_mail_it_is_told_how_a_new_user_comes_in() -> None:
    office = Office(posts=False)
    with browser_of(office, office.olga) as olga:
        assert "No mail is set up here." in olga.get(form(office)).text
        page = add(office, olga, email="o'neil&co@acme.example")

    user = users(office, "o'neil&co@acme.example")[0]
    assert "Nina New is added. No mail is set up here" in page.text
    assert "fieldops user invite 'o'\"'\"'neil&co@acme.example' --company acme" in told(page)
    assert f"users/{user.id}/invitation" not in page.text


@pytest.mark.rule("WEB-07", "API-08")
def test_who_is_added_stays_so_where_the_invitation_fails(office: Office, olga: "TestClient[Api]") -> None:
    page = olga.get(form(office))
    # Its name is taken by an invitation of somebody else.
    id = filled(page, form(office))["once"][0] + "-invitation"
    asked = Context(company=office.id, actor=office.olga.actor, source=Source.API, command_id=id)
    office.engine.fieldops.execute(Invite(user=office.ann.id), asked)

    added = send(olga, page, form(office), name="Nina New", email="nina@acme.example")

    assert "Nina New is added, but not invited" in added.text and users(office)


@pytest.mark.rule("WEB-07", "ACC-23")
def test_all_that_is_typed_arrives(office: Office, olga: "TestClient[Api]") -> None:
    program = office.type("Walk-through", minutes=30, kind=Kind.PROGRAM)
    typed: dict[str, Given] = {
        "name": MARKUP,
        "phone": "(801) 555-0177",
        "home": str(office.phoenix),
        "further": [str(office.provo), str(office.phoenix)],
        "role": [str(role(office, "Technician")), str(role(office, "Dispatcher"))],
        "more": ["double_book:modify", "", "working_hours:modify"],
        "where": ["", str(office.provo), str(office.phoenix)],
        "sales_rep": "on",
        "program": [str(program)],
        "coverage_radius": "12.5",
        "starts": "elsewhere",
        "line1": "1 Main Street",
        "state": "ut",
        "latitude": "40.2",
        "longitude": "-111.7",
        "reports_to": str(office.dan.id),
        "language": "es",
        "zone": "America/Boise",
        "external_id": "hr-7",
    }

    page = add(office, olga, **typed)

    user = nina(office)
    assert (user.name, user.phone, user.home, user.further) == (MARKUP, "+18015550177", office.phoenix, (office.provo,))
    assert set(user.roles) == {role(office, "Technician"), role(office, "Dispatcher")}
    held = {(each.permission, each.at) for each in user.grants}
    assert held == {(Permission.DOUBLE_BOOK, None), (Permission.WORKING_HOURS, office.phoenix)}
    assert (user.technician, user.sales_rep, user.program_types) == (True, True, (program,))
    assert user.start_coordinates is not None and user.start_coordinates.latitude == 40.2
    assert (user.start_address.line1, user.start_address.state) == ("1 Main Street", "UT")
    assert user.coverage_radius == pytest.approx(12.5 * 1_609.344)
    assert (user.reports_to, user.language, user.zone, user.external_id) == (
        office.dan.id,
        "es",
        "America/Boise",
        "hr-7",
    )
    assert MARKUP in told(page) and "<b>x" not in page.text
    for shown in ("Walk-through", "Dan Dispatch</a>", "America/Boise", "hr-7"):
        assert shown in page.text


@pytest.mark.rule("WEB-07", "SCH-13")
def test_of_who_is_no_technician_no_start_is_asked(office: Office, olga: "TestClient[Api]") -> None:
    add(office, olga, technician=None, starts="elsewhere", latitude="north", coverage_radius="far")

    user = nina(office)
    assert (user.technician, user.start_coordinates, user.coverage_radius) == (False, None, 0.0)


@pytest.mark.rule("WEB-07")
def test_all_that_cannot_be_read_is_told_at_once_beside_its_field(office: Office, olga: "TestClient[Api]") -> None:
    typed: dict[str, Given] = {
        "name": " ",
        "email": "nina",
        "phone": "(801) 555-0177",
        "home": "provo",
        "zone": "Mars/Olympus",
        "coverage_radius": "far",
        "starts": "elsewhere",
        "latitude": "91",
        "longitude": "0",
        "state": "ZZ",
        "role": [str(role(office, "Dispatcher"))],
        "reports_to": str(office.dan.id),
        "invite": None,
    }
    page = add(office, olga, **typed)

    assert page.status_code == 422
    sentences = {
        "name": "The name is empty.",
        "email": "'nina' is not an email address.",
        "home": "Choose one of those that there are.",
        "zone": "There is no time zone 'Mars/Olympus'.",
        "coverage_radius": "'far' is not a number such as 12.5.",
        "latitude": "A latitude lies between -90 and 90 degrees.",
        "state": "'ZZ' is no state",
    }
    for field, sentence in sentences.items():
        assert sentence in problem(page, field)
    kept = filled(page, form(office))
    for field, value in typed.items():
        if field not in ("name", "home"):
            assert kept.get(field, []) == ([] if value is None else [value] if isinstance(value, str) else value), field
    assert "<details open>" in page.text
    assert users(office) == []


@pytest.mark.rule("WEB-07", "ACC-23")
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"email": ""}, "email", "Say an address: they log in with it."),
        ({"email": "bob@acme.example"}, "email", "Another user logs in with bob@acme.example."),
        ({"phone": "12"}, "phone", "'12' is not a telephone number"),
        ({"coverage_radius": "nan"}, "coverage_radius", "A radius lies between"),
        ({"language": "x" * 36}, "language", "at most 35 fit"),
    ],
)
def test_what_the_rules_refuse_is_told_beside_its_field(
    office: Office, olga: "TestClient[Api]", typed: dict[str, Given], field: str, sentence: str
) -> None:
    page = add(office, olga, **{"external_id": "kept", **typed})

    assert page.status_code == 422
    assert sentence in problem(page, field)
    assert 'value="kept"' in page.text and users(office) == []


@pytest.mark.rule("WEB-07", "API-03", "API-08")
def test_a_form_that_is_sent_twice_adds_and_invites_once(office: Office, olga: "TestClient[Api]") -> None:
    page = olga.get(form(office))
    sent = filled(page, form(office), name="Nina New", email="nina@acme.example")

    first, second = (olga.post(form(office), data=sent) for _ in range(2))
    office.deliver()

    assert first.url == second.url and "Nina New is added." in second.text
    assert len(users(office)) == len(office.post.letters) == 1


@pytest.mark.rule("WEB-07", "API-03")
def test_a_form_that_added_somebody_adds_another_when_that_is_meant(office: Office, olga: "TestClient[Api]") -> None:
    page = olga.get(form(office))
    send(olga, page, form(office), name="Nina New", email="nina@acme.example")

    again = send(olga, page, form(office), name="Noah New", email="noah@acme.example")

    assert again.status_code == 422 and "This form added a user already." in again.text
    assert "Noah New is added." in send(olga, again, form(office)).text


@pytest.mark.rule("WEB-07", "ACC-01")
def test_nobody_adds_a_user_who_may_do_more_than_they(office: Office) -> None:
    hal = office.user("Hal Hirer", roles=(), grants=frozenset([VIEW, MODIFY, Grant(Permission.ROLES, Action.VIEW)]))
    with browser_of(office, hal) as browser:
        page = add(office, browser, role=[str(role(office, "Dispatcher"))])
        assert page.status_code == 422
        assert "You cannot grant what you do not hold yourself" in problem(page, "grants")
        assert users(office) == []
        assert "Nina New is added." in send(browser, page, form(office), role=[]).text


@pytest.mark.rule("WEB-07", "ACC-25")
def test_who_may_not_see_the_roles_adds_users_without(office: Office) -> None:
    hal = office.user("Hal Hirer", roles=(), grants=frozenset([VIEW, MODIFY]))
    with browser_of(office, hal) as browser:
        assert "You may not see the roles." in browser.get(form(office)).text
        assert "Nina New is added." in add(office, browser).text


@pytest.mark.rule("WEB-07", "ACC-25")
@pytest.mark.parametrize("held", [[VIEW], [MODIFY]], ids=["who sees users alone", "who does not see them"])
def test_who_may_not_add_users_is_offered_nothing_and_refused(office: Office, held: list[Grant]) -> None:
    kim = office.user("Kim King", roles=(), grants=frozenset(held))
    with browser_of(office, office.olga) as browser:
        sent = filled(browser.get(form(office)), form(office), name="Nina New", email="nina@acme.example")
    with browser_of(office, kim) as browser:
        assert "users/new" not in browser.get(f"{office.path}/users").text
        page = browser.get(form(office))
        own = browser.get(f"{office.path}/password").text.partition('name="csrf_token" value="')[2][:64]
        posted = browser.post(form(office), data=sent | {"csrf_token": [own]})
    for refused in (page, posted):
        assert refused.status_code == 403
        assert "You do not have the permission for this" in refused.text
    assert users(office) == []


@pytest.mark.rule("WEB-07", "API-05")
def test_a_form_of_another_page_adds_nobody(office: Office, olga: "TestClient[Api]") -> None:
    page = olga.get(form(office))

    assert send(olga, page, form(office), csrf_token="x", email="nina@acme.example").status_code == 403
    assert users(office) == []


def link(office: Office) -> str:
    return f"{office.path}/users/{office.ann.id}/invitation"


def page_of_ann(office: Office, browser: "TestClient[Api]") -> Response:
    return browser.get(f"{office.path}/users/{office.ann.id}")


@pytest.mark.rule("WEB-07", "API-08")
def test_a_link_is_sent_again_and_those_before_end(office: Office, olga: "TestClient[Api]") -> None:
    for _ in range(2):
        page = send(olga, page_of_ann(office, olga), link(office))
        office.deliver()
        assert "A link is on its way to ann@acme.example. Those that were sent before lead nowhere." in page.text

    old, new = office.post.letters
    door = office.engine.fieldops.door
    assert door.look_at_link(office.slug, new.secret.reveal()).user == office.ann.id
    assert "This link was used already" in olga.get(f"{office.path}/link/{old.secret.reveal()}").text


@pytest.mark.rule("WEB-07", "API-03", "API-08")
def test_a_link_is_sent_once_though_its_button_is_pressed_twice(office: Office, olga: "TestClient[Api]") -> None:
    page = page_of_ann(office, olga)

    for _ in range(2):
        send(olga, page, link(office))
        office.deliver()

    assert len(office.post.letters) == 1


@pytest.mark.rule("WEB-07", "ACC-24", "API-08")
def test_who_is_deactivated_is_sent_no_link(office: Office, olga: "TestClient[Api]") -> None:
    page = page_of_ann(office, olga)
    office.do(ChangeUser(user=office.ann.id, active=False), UserView, version=1)

    refused = send(olga, page, link(office))

    assert refused.status_code == 422
    assert "Ann Archer is deactivated and cannot log in." in refused.text
    assert link(office) not in page_of_ann(office, olga).text


@pytest.mark.rule("WEB-07", "ACC-25", "API-08")
def test_who_may_not_change_users_sends_nobody_a_link(office: Office) -> None:
    with browser_of(office, office.dan) as browser:
        page = page_of_ann(office, browser)
        own = page.text.partition('name="csrf_token" value="')[2][:64]
        refused = browser.post(link(office), data={"csrf_token": own})

    assert link(office) not in page.text and "Send a link" not in page.text
    assert refused.status_code == 403
    assert "You do not have the permission for this" in refused.text.partition('role="alert"')[2]
    office.deliver()
    assert office.post.letters == []


@pytest.mark.rule("WEB-07", "ACC-23")
def test_the_rest_of_a_profile_is_changed(office: Office, olga: "TestClient[Api]") -> None:
    program = office.type("Walk-through", minutes=30, kind=Kind.PROGRAM)
    there = f"{office.path}/users/{office.ann.id}"
    typed: dict[str, Given] = {
        "further": [str(office.phoenix)],
        "program": [str(program)],
        "reports_to": str(office.dan.id),
        "language": "fr",
        "zone": "America/Phoenix",
        "external_id": "hr-1",
    }

    saved = send(olga, olga.get(f"{there}?edit=profile"), f"{there}/profile", **typed)
    assert "The profile is saved." in saved.text
    for _ in range(2):
        user = office.ask(ShowUser(user=office.ann.id), UserView)
        assert (user.further, user.program_types, user.reports_to) == ((office.phoenix,), (program,), office.dan.id)
        assert (user.language, user.zone, user.external_id) == ("fr", "America/Phoenix", "hr-1")
        # What is not touched stays.
        send(olga, olga.get(f"{there}?edit=profile"), f"{there}/profile", phone="(801) 555-0177")

    refused = send(olga, olga.get(f"{there}?edit=profile"), f"{there}/profile", zone="Mars/Olympus")
    assert "There is no time zone" in problem(refused, "zone")


@pytest.mark.rule("WEB-07", "ACC-23")
def test_who_is_reported_to_stays_so_when_they_are_deactivated(office: Office, olga: "TestClient[Api]") -> None:
    office.do(ChangeUser(user=office.ann.id, reports_to=office.bob.id), UserView, version=1)
    office.do(ChangeUser(user=office.bob.id, active=False), UserView, version=1)
    there = f"{office.path}/users/{office.ann.id}"

    send(olga, olga.get(f"{there}?edit=profile"), f"{there}/profile", name="Anna Archer")

    user = office.ask(ShowUser(user=office.ann.id), UserView)
    assert (user.name, user.reports_to) == ("Anna Archer", office.bob.id)


@pytest.mark.rule("WEB-07", "ACC-01")
def test_single_grants_are_kept_taken_and_added(office: Office, olga: "TestClient[Api]") -> None:
    there, scheduler = f"{office.path}/users/{office.ann.id}", Permission.TECH_SCHEDULER
    standing = frozenset([Grant(scheduler, Action.VIEW, office.phoenix), Grant(scheduler, Action.CREATE)])
    office.do(ChangeUser(user=office.ann.id, grants=standing), UserView, version=1)
    page = olga.get(f"{there}?edit=roles")
    assert "Tech scheduler: view, in Phoenix" in page.text

    kept = [f"tech_scheduler:view:{office.phoenix}"]
    saved = send(olga, page, f"{there}/roles", grants=kept, more=["users:view"], where=[""])

    assert "The roles are saved." in saved.text and "2 grants beside them" in saved.text
    user = office.ask(ShowUser(user=office.ann.id), UserView)
    held = {(each.permission, each.action, each.at) for each in user.grants}
    assert held == {(scheduler, Action.VIEW, office.phoenix), (Permission.USERS, Action.VIEW, None)}
    assert user.roles == (role(office, "Technician"),)


@pytest.mark.rule("WEB-07", "ACC-02")
@pytest.mark.parametrize("what", ["users", "users:delete", "users:view:provo", "<b>:view"])
def test_what_is_no_grant_is_refused_beside_the_others(office: Office, olga: "TestClient[Api]", what: str) -> None:
    page = add(office, olga, more=[what], where=[""])

    assert page.status_code == 422
    assert "Choose one of those that there are." in problem(page, "grants")
    assert users(office) == []


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_user_is_added_by_hand(visits: Visits, office: Office, phone: bool) -> None:
    page = visits.open(office.olga, phone=phone)
    page.goto(f"{office.path}/users")
    page.get_by_role("link", name="Add a user").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    assert_accessible(page)

    page.get_by_role("button", name="Add the user").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    expect(page.get_by_label("Email address")).to_have_accessible_description(
        "Say an address: they log in with it. They log in with it."
    )
    page.get_by_label("Name", exact=True).fill("Nina New")
    page.get_by_label("Email address").fill("nina@acme.example")
    expect(page.get_by_label("Street")).to_be_hidden()
    page.get_by_label("Elsewhere").check()
    page.get_by_label("Street").fill("1 Main Street")
    page.get_by_text("Language and more").click()
    page.get_by_label("Reports to").select_option(label="Dan Dispatch")
    assert_accessible(page)
    page.get_by_label("Technician’s visits").uncheck()
    expect(page.get_by_label("Street")).to_be_hidden()
    page.get_by_label("Technician", exact=True).check()
    page.get_by_text("Single grants, beside the roles").click()
    page.get_by_label("Grant 1, what").select_option(label="Working hours: modify")
    page.get_by_label("Grant 1, where").select_option(label="in Provo")
    assert_accessible(page)
    page.get_by_role("button", name="Add the user").click()

    expect(page.get_by_role("heading", name="Nina New")).to_be_visible()
    expect(page.locator("main").get_by_role("status")).to_contain_text("on its way to nina@acme.example")
    page.get_by_role("button", name="Send a link to set a password").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("A link is on its way to nina@acme.example.")
    expect(page.get_by_role("button", name="Send a link to set a password")).to_be_focused()
    assert_accessible(page)
