"""
The form of an appointment in the nights in which clocks change: without scripts, and in a browser (SCH-02).

In Provo they go back on Sunday 1 November 2026 at 02:00, and forward on Sunday 14 March 2027.
"""

import re
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from playwright.sync_api import expect

from fieldops_core.company.messages import ChangeSettings
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.scheduling.messages import CancelAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.app import Api, create_app
from fieldops_http.sessions import PLAIN
from tests.pages.test_appointment_form import booked, now, open_form, press
from tests.support.browsing import Visits, assert_accessible
from tests.support.office import Office, Person

REPEATED, SKIPPED = "2026-11-01T01:30", "2027-03-14T02:30"
QUESTION = "The clocks are put back that night and show this time twice: choose which of the two."
FIRST, SECOND = "2026-11-01T01:30:00-06:00", "2026-11-01T01:30:00-07:00"


@pytest.fixture
def nia(office: Office) -> Person:
    """
    Who works all day, on every day.
    """
    office.do(ChangeSettings(changes={"grid_start": 0, "grid_end": 24 * 60}), object)
    return office.technician("Nia Night", weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))


@pytest.fixture
def form(office: Office) -> Iterator["TestClient[Api]"]:
    """
    The dispatcher's browser, without scripts.
    """
    with TestClient(create_app(office.engine), raise_server_exceptions=False) as client:
        client.cookies.set(PLAIN, office.session(office.dan))
        yield client


def send(form: "TestClient[Api]", path: str, **typed: object) -> tuple[int, str]:
    page = form.get(path).text
    hidden = {name: re.findall(rf'name="{name}" value="([^"]*)"', page) for name in ("csrf_token", "version")}
    told = {name: found[-1] for name, found in hidden.items() if found}
    response = form.post(path, data=told | {"do": "stay"} | typed, follow_redirects=False)
    return response.status_code, response.text


def booking(form: "TestClient[Api]", office: Office, who: Person, start: str, **typed: object) -> tuple[int, str]:
    known = {"customer": office.maria, "kind": "tech", "type": office.service, "minutes": "30", "user": who.id}
    return send(
        form, f"{office.path}/appointments/new", **{name: str(id) for name, id in known.items()}, start=start, **typed
    )


@pytest.mark.rule("SCH-02", "WEB-02")
@pytest.mark.parametrize(("fold", "start"), [("0", FIRST), ("1", SECOND)])
def test_of_two_equal_times_it_is_asked_which(
    form: "TestClient[Api]", office: Office, nia: Person, fold: str, start: str
) -> None:
    status, page = booking(form, office, nia, REPEATED)
    assert (status, QUESTION in page, booked(office)) == (422, True, [])
    assert "First 01:30 (MDT)" in page and "Second 01:30 (MST)" in page

    assert booking(form, office, nia, REPEATED, fold=fold)[0] == 303
    (made,) = booked(office)
    assert made.start.isoformat() == start
    shown = form.get(f"{office.path}/appointments/{made.id}").text
    assert f'name="fold" value="{fold}" checked' in shown


@pytest.mark.rule("SCH-02", "WEB-02")
@pytest.mark.parametrize("start", ["2026-11-01T00:59", "2026-11-01T02:00", "2026-10-31T01:30"])
def test_of_no_other_time_it_is_asked(form: "TestClient[Api]", office: Office, nia: Person, start: str) -> None:
    page = form.get(f"{office.path}/appointments/new", params={"customer": str(office.maria), "start": start}).text

    assert f'value="{start}"' in page and 'name="fold"' not in page


@pytest.mark.rule("SCH-02", "WEB-02")
def test_a_time_that_the_clocks_skip_is_refused_beside_start(
    form: "TestClient[Api]", office: Office, nia: Person
) -> None:
    status, page = booking(form, office, nia, SKIPPED)

    assert status == 422
    assert 'id="start-problem">On Sun 14 Mar 2027 the clocks skip 02:30 in America/Denver.' in page
    assert 'name="fold"' not in page
    assert booked(office) == []


@pytest.mark.rule("SCH-02", "WEB-02", "APT-15")
def test_a_visit_is_moved_from_the_first_to_the_second(form: "TestClient[Api]", office: Office, nia: Person) -> None:
    made = office.visit("2026-11-02T09:00", user=nia.id, minutes=30)
    path = f"{office.path}/appointments/{made.id}"
    assert send(form, path, start=REPEATED)[0] == 422
    for fold, start in (("0", FIRST), ("1", SECOND)):
        assert send(form, path, start=REPEATED, fold=fold)[0] == 303
        assert now(office, made).start.isoformat() == start
    assert send(form, path, start=REPEATED, notes="Ring.")[0] == 303
    assert (now(office, made).start.isoformat(), now(office, made).notes) == (SECOND, "Ring.")


@pytest.mark.rule("SCH-02", "APT-07")
def test_a_visit_is_reinstated_at_the_second(form: "TestClient[Api]", office: Office, nia: Person) -> None:
    made = office.visit("2026-11-02T09:00", user=nia.id, minutes=30)
    office.do(CancelAppointment(appointment=AppointmentId(made.id)), AppointmentView)
    path = f"{office.path}/appointments/{made.id}"
    page = form.get(path).text
    told = {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[-1] for name in ("csrf_token", "version")}
    typed = {"user": str(nia.id), "minutes": "30", "start": REPEATED}

    asked = form.post(f"{path}/reinstate", data=told | typed)
    assert (asked.status_code, asked.text.count(QUESTION), 'id="again-fold-1"' in asked.text) == (422, 1, True)
    assert form.post(f"{path}/reinstate", data=told | typed | {"fold": "1"}, follow_redirects=False).status_code == 303
    assert now(office, made).start.isoformat() == SECOND


@pytest.mark.rule("SCH-02", "WEB-02")
def test_the_choice_comes_and_goes_as_one_types(visits: Visits, office: Office, nia: Person) -> None:
    desk = visits.open(office.dan)
    open_form(desk, office, user=nia.id, minutes=30)
    expect(desk.locator("#fit")).to_contain_text("It fits")
    expect(desk.get_by_role("radio")).to_have_count(0)
    start = desk.get_by_label("Start", exact=True)
    start.fill(REPEATED)
    start.blur()

    expect(desk.get_by_role("radio", name="First 01:30 (MDT)")).to_be_checked()
    desk.get_by_role("radio", name="Second 01:30 (MST)").check()
    with desk.expect_response(re.compile(r"/fit\?.*fold=1")):
        start.fill("2026-11-01T01:00")
        start.blur()
    expect(desk.get_by_role("radio", name="Second 01:00 (MST)")).to_be_checked()
    assert_accessible(desk)
    press(desk, "Save & stay")
    expect(desk.get_by_role("status").filter(has_text="Booked:")).to_be_visible()
    assert booked(office)[0].start.isoformat() == "2026-11-01T01:00:00-07:00"
    start.fill("2026-11-01T03:00")
    start.blur()
    expect(desk.get_by_role("radio")).to_have_count(0)
