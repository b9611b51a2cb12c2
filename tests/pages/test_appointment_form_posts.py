"""
The form of an appointment, as who sends it without a browser's help meets it (WEB-02).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.scheduling.messages import CancelAppointment, EditAppointment, ListAppointments, ShowAppointment
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import AppointmentLinesView, AppointmentView
from fieldops_http import examples
from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany, example_company
from tests.support.forms import browser_of, filled, send
from tests.support.office import Office

NEW = "/app/acme/appointments/new"
ODD = ("x", "\0", "0" * 500, "<b>", "2026-13-45T99:99", "-1", "9" * 30, "\ud800".encode("utf-8", "surrogatepass").hex())
NAMES = (
    "customer",
    "work_order",
    "kind",
    "location",
    "type",
    "sub_type",
    "minutes",
    "mode",
    "user",
    "start",
    "take",
    "unarchive",
    "beside",
)


@pytest.fixture
def company() -> ExampleCompany:
    return example_company()


@pytest.fixture
def browser(company: ExampleCompany) -> Iterator["TestClient[Api]"]:
    with TestClient(company.app, raise_server_exceptions=False) as client:
        client.post("/app/acme/login", data={"email": "olive@acme.example", "password": examples.PASSWORD})
        yield client


def csrf(browser: "TestClient[Api]") -> str:
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', browser.get(NEW).text)
    assert found
    return found[1]


def lines(browser: "TestClient[Api]", path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = browser.get(f"/v1/acme/{path}").json()["items"]
    return items


@pytest.mark.rule("WEB-02", "API-05")
@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_of_somebody_elses_books_nothing(office: Office, token: str) -> None:
    browser = browser_of(office, office.dan)
    form = {
        "customer": str(office.maria),
        "kind": "tech",
        "type": str(office.service),
        "user": str(office.ann.id),
        "start": "2026-05-27T09:00",
        "do": "stay",
    }
    new = f"{office.path}/appointments/new"
    own = filled(browser.get(new), new)["csrf_token"][0]

    assert browser.post(new, data=form | {"csrf_token": token}).status_code == 403
    evil = browser.post(new, data=form | {"csrf_token": own}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (evil.status_code, "Maria" in evil.text) == (403, False)
    assert not office.ask(ListAppointments(), AppointmentLinesView).items
    assert "Booked: Ann" in browser.post(new, data=form | {"csrf_token": own}).text


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("do", ["save", "draw", "slots", "other"])
@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_typed_the_form_comes_back(browser: "TestClient[Api]", odd: str, do: str) -> None:
    token = csrf(browser)
    customer = lines(browser, "customers?stage=customer&limit=1")[0]["id"]
    for name in NAMES:
        form = {"customer": customer, name: odd, "csrf_token": token, "do": do, "once": odd, "notes": odd}
        response = browser.post(NEW, data=form)
        assert response.status_code in (200, 404, 409, 422), (name, response.text[-500:])
        assert 'id="visit"' in response.text


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("part", ["new", "slots", "fit"])
@pytest.mark.parametrize("odd", ODD)
def test_whatever_the_address_says_a_page_comes_back(browser: "TestClient[Api]", part: str, odd: str) -> None:
    customer = lines(browser, "customers?stage=customer&limit=1")[0]["id"]
    for name in NAMES:
        response = browser.get(f"/app/acme/appointments/{part}", params={"customer": customer, name: odd})
        assert response.status_code == 200, (name, response.text[-500:])


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("kind", ["tech", "sales", "program"])
def test_each_kind_offers_its_own_types(browser: "TestClient[Api]", kind: str) -> None:
    version, headers = browser.get("/v1/acme/settings").json()["version"], {"X-CSRF-Token": csrf(browser)}
    change = {"sales_scheduler_on_customers": True, "version": version}
    assert browser.patch("/v1/acme/settings", json=change, headers=headers).status_code == 200
    customer = lines(browser, "customers?stage=customer&limit=1")[0]["id"]
    text = browser.get(NEW, params={"customer": customer, "kind": kind}).text

    offered = {each["name"] for each in lines(browser, "catalogs/appointment_types") if each["kind"] == kind}
    others = {each["name"] for each in lines(browser, "catalogs/appointment_types") if each["kind"] != kind}
    assert {name for name in offered | others if f">{name}</option>" in text} <= offered
    assert ('name="work_order"' in text) == (kind == "tech")
    assert ('name="mode"' in text) == (kind == "tech")


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("do", ["save", "stay", "draw"])
def test_a_saved_appointment_comes_back_from_every_button(browser: "TestClient[Api]", do: str) -> None:
    token = csrf(browser)
    for each in lines(browser, "appointments"):
        path = f"/app/acme/appointments/{each['id']}"
        assert browser.get(path).status_code == 200
        for odd in ODD:
            form = {"csrf_token": token, "do": do, "user": odd, "version": odd, "reschedule_reason": odd}
            assert browser.post(path, data=form).status_code in (200, 409, 422)
            for end in ("cancel", "reinstate"):
                sent = {"csrf_token": token, "by": odd, "reason": odd, "user": odd, "start": odd, "version": "99"}
                assert browser.post(f"{path}/{end}", data=sent).status_code in (409, 422)


@pytest.mark.rule("WEB-02", "API-04")
def test_after_a_conflict_the_form_has_what_was_typed_and_what_others_changed_and_saves(office: Office) -> None:
    visit = office.visit()
    path, browser = f"{office.path}/appointments/{visit.id}", browser_of(office, office.dan)
    own = filled(browser.get(path), path, user=str(office.ann.id)) | {"notes": ["Ring\r\ntwice"], "do": ["stay"]}
    edit = EditAppointment(appointment=AppointmentId(visit.id), minutes=90)
    office.do(edit, AppointmentView, version=visit.version)

    told = browser.post(path, data=own)
    assert told.status_code == 409
    assert "Olga Olsen changed this appointment meanwhile" in told.text
    assert "twice</textarea>" in told.text
    again = filled(told, path) | {"notes": ["Ring\r\ntwice"], "do": ["stay"]}
    assert again["minutes"] == ["90"]
    saved = browser.post(path, data=again)

    assert saved.status_code == 200
    now = office.ask(ShowAppointment(appointment=AppointmentId(visit.id)), AppointmentView)
    assert (now.minutes, now.notes, now.version) == (90, "Ring\ntwice", visit.version + 2)


def wanted(office: Office, browser: "TestClient[Api]", **given: str) -> dict[str, str]:
    """
    A form that books Ann's visit at Maria's, as it is sent.
    """
    new = f"{office.path}/appointments/new"
    shown = {name: values[0] for name, values in filled(browser.get(new), new).items()}
    visit = {"kind": "tech", "customer": office.maria, "type": office.service, "user": office.ann.id}
    return shown | {name: str(id) for name, id in visit.items()} | {"start": "2026-05-27T09:00", "do": "stay", **given}


@pytest.mark.rule("WEB-02", "API-03")
def test_who_changes_a_word_after_an_answer_was_lost_is_told_that_it_was_booked(office: Office) -> None:
    browser = browser_of(office, office.dan)
    form, new = wanted(office, browser), f"{office.path}/appointments/new"

    assert "Booked: Ann" in browser.post(new, data=form).text
    again = browser.post(new, data=form | {"notes": "Ring"})
    assert again.status_code == 409
    assert "A visit was booked by this form already" in again.text
    assert len(office.ask(ListAppointments(), AppointmentLinesView).items) == 1


def edited(office: Office, visit: AppointmentView) -> AppointmentView:
    return office.ask(ShowAppointment(appointment=AppointmentId(visit.id)), AppointmentView)


@pytest.mark.rule("WEB-02", "API-03")
def test_who_sends_a_saved_form_again_is_led_on_as_after_the_first_time(office: Office) -> None:
    visit, browser = office.visit(), browser_of(office, office.dan)
    path = f"{office.path}/appointments/{visit.id}"
    form = filled(browser.get(path), path, minutes="90", notes="Ring", do="stay")

    for _ in range(2):
        answer = browser.post(path, data=form)
        assert (answer.status_code, "Saved." in answer.text) == (200, True)
    assert edited(office, visit).version == visit.version + 1

    other = browser.post(path, data=form | {"notes": ["Knock"]})
    assert (other.status_code, "This was saved already" in other.text) == (409, True)
    assert "Nothing was saved" not in other.text
    assert edited(office, visit).notes == "Ring"
    assert "Saved." in send(browser, other, path, do="stay").text
    assert (edited(office, visit).notes, edited(office, visit).minutes) == ("Knock", 90)


@pytest.mark.rule("WEB-02", "API-03")
def test_a_visit_is_reinstated_once_by_a_form_that_is_sent_twice(office: Office) -> None:
    visit, browser = office.visit(), browser_of(office, office.dan)
    office.do(CancelAppointment(appointment=AppointmentId(visit.id)), AppointmentView)
    path = f"{office.path}/appointments/{visit.id}"
    form = filled(browser.get(path), f"{path}/reinstate", start="2026-05-27T15:00")

    for _ in range(2):
        answer = browser.post(f"{path}/reinstate", data=form)
        assert (answer.status_code, "Reinstated: Ann" in answer.text) == (200, True)
    assert edited(office, visit).version == visit.version + 2

    other = browser.post(f"{path}/reinstate", data=form | {"start": ["2026-05-27T16:00"]})
    assert (other.status_code, "This was saved already" in other.text) == (409, True)
    assert edited(office, visit).start.hour == 15


@pytest.mark.rule("WEB-02", "API-04")
@pytest.mark.parametrize("version", ["", "0", "x", "-1"])
def test_a_form_of_no_version_is_older_than_all(office: Office, version: str) -> None:
    visit, browser = office.visit(), browser_of(office, office.dan)
    path = f"{office.path}/appointments/{visit.id}"
    shown = browser.get(path)

    told = send(browser, shown, path, minutes="90", version=version, do="stay")
    ended = send(browser, shown, f"{path}/cancel", version=version, by="company")

    assert (told.status_code, ended.status_code) == (409, 409)
    assert edited(office, visit).version == visit.version


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("notes", ["a\r\nb", "a\rb", "\na", "a\n\n", "a\u2028b"])
def test_notes_that_nobody_touched_stay_as_they_are(office: Office, notes: str) -> None:
    visit, browser = office.visit(notes=notes, public_note=notes), browser_of(office, office.dan)
    path = f"{office.path}/appointments/{visit.id}"

    # A browser sends them so, whatever ends their lines.
    lines = notes.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    saved = send(browser, browser.get(path), path, notes=lines, public_note=lines, minutes="90", do="stay")

    now = edited(office, visit)
    assert (saved.status_code, now.minutes) == (200, 90)
    assert (now.notes, now.public_note) == (visit.notes, visit.public_note)


class Busy(MemoryStorage):
    """
    While it is *taken*, others are always first.
    """

    taken = False

    @contextmanager
    def writing(self, company: CompanyId) -> Iterator[Any]:
        if self.taken:
            raise Conflict("Somebody else was first.")
        with super().writing(company) as unit:
            yield unit


@pytest.mark.rule("WEB-02")
def test_nothing_that_was_typed_is_lost_where_others_are_always_first() -> None:
    storage = Busy()
    office = Office(storage)
    visit, browser = office.visit("2026-05-27T13:00"), browser_of(office, office.dan)
    new, path = f"{office.path}/appointments/new", f"{office.path}/appointments/{visit.id}"
    booking, shown = wanted(office, browser, notes="Precious"), browser.get(path)

    storage.taken = True
    for told in (
        browser.post(new, data=booking),
        browser.post(new, data=booking | {"beside": str(visit.id)}),
        send(browser, shown, path, notes="Precious", do="stay"),
        send(browser, shown, f"{path}/cancel", by="company", reason="Precious"),
    ):
        assert told.status_code == 503
        assert "Nothing was changed; please try again." in told.text
        assert "Precious" in told.text
        assert told.headers["retry-after"] == "1"
    bare = browser.post(f"{office.path}/logout", data={"csrf_token": booking["csrf_token"]})
    assert (bare.status_code, bare.headers.get("retry-after")) == (503, "1")
    storage.taken = False
    assert "Booked: Ann" in browser.post(new, data=booking).text


@pytest.mark.rule("WEB-02")
def test_people_are_told_in_words_and_led_back_to_the_day(office: Office) -> None:
    browser, new, nobody = browser_of(office, office.dan), f"{office.path}/appointments/new", str(office.provo)
    told = browser.post(new, data=wanted(office, browser, user=nobody))
    assert told.status_code == 404
    assert "There is no such user, or none that you may see." in told.text
    assert nobody not in told.text.partition('id="visit"')[0]
    fit = browser.get(f"{office.path}/appointments/fit", params=wanted(office, browser, user=nobody)).text
    assert nobody not in fit

    assert f'href="{office.path}?from=2026-05-27">Back to the board' in told.text
    long = browser.post(new, data=wanted(office, browser, notes="x" * 2041)).text
    assert "At most 2040 characters fit into the notes: there are 2041." in long


@pytest.mark.rule("APT-25", "WEB-02")
@pytest.mark.parametrize(("by", "sentence"), [({}, "Say who cancels."), ({"by": "nobody"}, "Choose one of the list.")])
def test_nobody_cancels_a_visit_unsaid(office: Office, by: dict[str, str], sentence: str) -> None:
    visit = office.visit()
    path, browser = f"{office.path}/appointments/{visit.id}/cancel", browser_of(office, office.dan)
    form = filled(browser.get(f"{office.path}/appointments/{visit.id}?ask=cancel"), path)
    assert "by" not in form
    told = browser.post(path, data=form | by)

    assert told.status_code == 422
    assert f'id="by-problem">{sentence}' in told.text
    assert office.ask(ShowAppointment(appointment=AppointmentId(visit.id)), AppointmentView).status is Status.SCHEDULED
