"""
The pages by which people come in, in a browser.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.office import PASSWORD, Office

NEW = "another horse battery"


def log_in(page: Page, office: Office, password: str = PASSWORD) -> None:
    page.goto(f"{office.path}/login")
    page.get_by_label("Email address").fill(office.dan.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def set_password(page: Page, button: str, *, again: str = NEW) -> None:
    page.get_by_label("New password").fill(NEW)
    page.get_by_label("The same again").fill(again)
    page.get_by_role("button", name=button).click()


@pytest.mark.rule("WEB-07")
def test_somebody_logs_in_and_out(stranger: Page, office: Office) -> None:
    office.give_password(office.dan)
    stranger.goto("/app")
    stranger.get_by_label("Short name of your company").fill(office.slug)
    stranger.get_by_role("button", name="Go on").click()
    expect(stranger).to_have_url(f"{office.path}/login")
    log_in(stranger, office)

    stranger.get_by_role("banner").get_by_text("Dan Dispatch").click()
    stranger.get_by_role("button", name="Log out").click()
    expect(stranger).to_have_url(f"{office.path}/login")
    stranger.goto(f"{office.path}/password")
    expect(stranger).to_have_url(f"{office.path}/login")


@pytest.mark.rule("WEB-07")
def test_somebody_logs_in_by_keyboard_alone(stranger: Page, office: Office) -> None:
    office.give_password(office.dan)
    stranger.goto(f"{office.path}/login")
    expect(stranger.get_by_label("Email address")).to_be_focused()
    stranger.keyboard.type(office.dan.email)
    stranger.keyboard.press("Tab")
    stranger.keyboard.type(PASSWORD)
    stranger.keyboard.press("Enter")
    expect(stranger).to_have_url(office.path)

    stranger.keyboard.press("Tab")
    skip = stranger.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("main")).to_be_focused()


@pytest.mark.rule("WEB-07")
def test_who_mistypes_the_password_types_it_again_alone(stranger: Page, office: Office) -> None:
    office.give_password(office.dan)
    log_in(stranger, office, "wrong horse battery")

    expect(stranger.get_by_role("alert")).to_contain_text("no active user with this email address and this password")
    expect(stranger.get_by_label("Email address")).to_have_value(office.dan.email)
    expect(stranger.get_by_label("Password")).to_have_value("")
    expect(stranger.get_by_label("Password")).to_be_focused()
    assert_accessible(stranger)
    stranger.keyboard.type(PASSWORD)
    stranger.keyboard.press("Enter")
    expect(stranger).to_have_url(office.path)


@pytest.mark.rule("WEB-07")
def test_who_forgot_the_password_sets_a_new_one_by_a_link(stranger: Page, office: Office) -> None:
    office.give_password(office.dan)
    stranger.goto(f"{office.path}/login")
    stranger.get_by_role("link", name="Forgotten your password?").click()
    stranger.get_by_label("Email address").fill(office.dan.email)
    stranger.get_by_role("button", name="Send me a link").click()
    expect(stranger.get_by_role("status")).to_contain_text("on its way to you")
    assert_accessible(stranger)

    stranger.goto(f"{office.path}/link/{mailed(stranger, office)}")
    set_password(stranger, "Set the password", again=PASSWORD)
    expect(stranger.get_by_label("The same again")).to_have_accessible_description("The two are not the same.")
    assert_accessible(stranger)
    set_password(stranger, "Set the password")
    expect(stranger.get_by_role("status")).to_contain_text("Your password is set.")
    assert_accessible(stranger)
    log_in(stranger, office, NEW)
    expect(stranger).to_have_url(office.path)


def mailed(page: Page, office: Office) -> str:
    """
    The secret of the link that was mailed; it is made after the page was answered.
    """

    def arrived() -> bool:
        office.deliver()
        return bool(office.post.letters)

    assert_soon(page, arrived)
    return office.post.letters[-1].secret.reveal()


@pytest.mark.rule("WEB-07")
def test_a_password_is_changed(desk: Page, office: Office) -> None:
    desk.goto(office.path)
    desk.get_by_role("banner").get_by_text("Dan Dispatch").click()
    desk.get_by_role("link", name="Change your password").click()
    desk.get_by_label("Your password now").fill("wrong horse battery")
    set_password(desk, "Change the password")
    expect(desk.get_by_label("Your password now")).to_have_attribute("aria-invalid", "true")
    assert_accessible(desk)

    desk.get_by_label("Your password now").fill(PASSWORD)
    set_password(desk, "Change the password")
    expect(desk.get_by_role("main").get_by_role("status")).to_contain_text("Your password is changed.")
    assert_accessible(desk)


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_by_which_people_come_in_are_for_everybody(visits: Visits, office: Office, phone: bool) -> None:
    stranger, dan = visits.open(phone=phone), visits.open(office.dan, phone=phone)
    link = f"{office.path}/link/{office.link(office.ann)}"
    for page, path in (
        (stranger, "/app"),
        (stranger, "/app?company=A%20b"),
        (stranger, f"{office.path}/login"),
        (stranger, f"{office.path}/forgotten"),
        (stranger, link),
        (stranger, f"{link}x"),
        (dan, f"{office.path}/password"),
    ):
        page.goto(path)
        assert_accessible(page)
    dan.get_by_role("banner").get_by_text("Dan Dispatch").click()
    assert_accessible(dan)
