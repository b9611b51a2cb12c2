"""
A session that ended while somebody was at a form (API-05): nothing that was typed is lost.
"""

import pytest
from playwright.sync_api import Page, expect

from fieldops_core.company.model import Catalog
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import ShowAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.work_orders.messages import CreateEquipment, ShowWorkToPerform
from fieldops_core.work_orders.views import WorkTableView
from fieldops_http.sessions import PLAIN
from tests.support.browsing import Visits, assert_accessible
from tests.support.forms import browser_of, filled
from tests.support.office import PASSWORD, Office, Person

NOT_MEANT = "You have logged in again, as Dan Dispatch, since this form was shown."


def end_sessions(office: Office, whose: Person) -> None:
    """
    Whoever sets a password is logged out everywhere.
    """
    office.engine.fieldops.door.follow_link(office.slug, office.link(whose), Secret(PASSWORD))


def minutes_of(office: Office, visit: AppointmentView) -> int:
    return office.ask(ShowAppointment(appointment=AppointmentId(visit.id)), AppointmentView).minutes


@pytest.mark.rule("API-05", "WEB-02")
def test_one_logs_in_in_another_tab_and_the_form_then_saves(desk: Page, office: Office) -> None:
    office.give_password(office.dan)
    visit = office.visit("2026-05-27T09:00", user=office.bob.id)
    desk.goto(f"{office.path}/appointments/{visit.id}")
    desk.get_by_role("textbox", name="Notes", exact=True).fill("Ring twice")
    expect(desk.locator("#fit")).to_contain_text("It fits")
    end_sessions(office, office.dan)

    desk.get_by_label("Duration in minutes").fill("90")
    desk.get_by_label("Duration in minutes").press("Tab")
    told = desk.get_by_role("alert").filter(has_text="Your session is over.")
    expect(told).to_have_count(1)
    expect(desk.locator("#fit")).to_contain_text("It fits")
    assert_accessible(desk)
    with desk.expect_popup() as opened:
        told.get_by_role("button", name="Log in").click()
    opened.value.get_by_label("Email address").fill(office.dan.email)
    opened.value.get_by_label("Password").fill(PASSWORD)
    opened.value.get_by_role("button", name="Log in").click()
    expect(opened.value).to_have_url(office.path)
    desk.get_by_role("button", name="Save & stay").first.click()

    expect(desk.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Notes", exact=True)).to_have_value("Ring twice")
    expect(desk.get_by_label("Duration in minutes")).to_have_value("90")


@pytest.mark.rule("API-05", "WEB-02")
def test_what_was_sent_after_the_end_waits_for_the_login(office: Office) -> None:
    visit = office.visit("2026-05-27T09:00", user=office.bob.id)
    path, browser = f"{office.path}/appointments/{visit.id}", browser_of(office, office.dan)
    typed = filled(browser.get(path), path, minutes="90", user=str(office.bob.id)) | {"notes": ['"Ring" <twice>']}
    end_sessions(office, office.dan)

    over = browser.post(path, data=typed)
    assert over.status_code == 401
    assert "Your session is over." in over.text
    kept = filled(over, path)
    assert "csrf_token" not in kept
    assert browser.post(path, data=kept).status_code == 401

    again = browser_of(office, office.dan).post(path, data=kept)
    assert again.status_code == 403
    assert NOT_MEANT in again.text
    assert "&#34;Ring&#34; &lt;twice&gt;</textarea>" in again.text
    assert minutes_of(office, visit) == 60
    saved = browser_of(office, office.dan)
    page = saved.get(path)
    assert saved.post(path, data=filled(page, path, minutes="90") | {"do": "stay"}).status_code == 200
    assert minutes_of(office, visit) == 90


@pytest.mark.rule("API-05", "WEB-04")
def test_a_change_goes_on_in_a_new_session_of_the_same_user_alone(desk: Page, visits: Visits, office: Office) -> None:
    order = office.work_order()
    office.do(CreateEquipment(customer=office.maria, item=office.entry(Catalog.EQUIPMENT, "Siren")), object)
    desk.goto(f"{office.path}/work_orders/{order}")
    work = desk.get_by_role("region", name="Work to perform")
    work.get_by_role("button", name="Choose work").click()
    work.get_by_label("Install all").check()
    for who in (office.olga, office.dan):
        desk.context.add_cookies([{"name": PLAIN, "value": office.session(who), "url": visits.site.url}])
        work.get_by_role("button", name="Save work").click()
        if who is office.olga:
            expect(work.get_by_role("alert")).to_have_text("By now Olga Olsen is logged in here. Load the page anew.")
            assert not office.ask(ShowWorkToPerform(work_order=order), WorkTableView).summary

    expect(work.get_by_role("heading", name="Install: 1")).to_be_visible()
