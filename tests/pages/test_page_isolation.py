"""
A company's pages show and change nothing of another's, whatever a browser asks for.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import frozen
from litestar.testing import TestClient

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.scheduling.messages import ShowAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import AddAbsence, ShowUser
from fieldops_core.staff.views import AbsenceView, UserView
from fieldops_core.testing.builders import DAY
from fieldops_http.app import Api, create_app
from fieldops_http.pages import HANDLERS
from fieldops_http.sessions import PLAIN
from tests.support.office import Office, Person

PRIVATE = "Xanthippe"  # a name that everything of the other company has
OPEN = {
    "/app",
    "/sso/back",
    *(f"/app/{{company:str}}/{each}" for each in ("login", "sso", "forgotten", "link/{link:str}")),
}
WALKED = [
    (method, path)
    for handler in HANDLERS
    for method in sorted(set(handler.http_methods) - {"HEAD", "OPTIONS"})
    for path in sorted(handler.paths - OPEN)
]


@frozen
class Theirs:
    """
    What another company has.
    """

    office: Office
    person: Person
    customer: Any
    order: Any
    visit: AppointmentView
    absence: Any

    def path(self, template: str, company: str) -> str:
        """
        A page's address, of *company*, which names what is theirs.
        """
        id: Any = self.person.id
        if "/appointments/" in template:
            id = self.visit.id
        elif "/customers/" in template:
            id = self.customer
        elif "/work_orders/" in template:
            id = self.order
        told = {"company:str": company, "id:uuid": id, "absence:uuid": self.absence, "section:str": "profile"}
        return re.sub(r"{([^}]+)}", lambda found: str(told[found[1]]), template)

    def stand(self) -> tuple[object, object]:
        office = self.office
        return (
            office.ask(ShowAppointment(appointment=AppointmentId(self.visit.id)), AppointmentView),
            office.ask(ShowUser(user=self.person.id), UserView),
        )


@pytest.fixture(scope="module")
def theirs() -> Theirs:
    office = Office(MemoryStorage())
    person = office.technician(f"{PRIVATE} Technician")
    customer = office.customer(first_name=PRIVATE, last_name="Customer")
    order = office.work_order(f"{PRIVATE} job", customer=customer)
    visit = office.visit(customer=customer, user=person.id, work_order=order, notes=f"{PRIVATE} note")
    absence = office.do(AddAbsence(user=person.id, first=DAY, last=DAY, reason=PRIVATE), AbsenceView)
    return Theirs(office, person, customer, order, visit, absence.id)


@pytest.fixture(scope="module")
def office(theirs: Theirs) -> Office:
    """
    Ours, in the same database.
    """
    return Office(theirs.office.storage)


@pytest.fixture(scope="module")
def browser(office: Office) -> Iterator["TestClient[Api]"]:
    """
    Of our owner, who may do everything in our company.
    """
    with TestClient(create_app(office.engine), raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.cookies.set(PLAIN, office.session(office.olga))
        yield client


def csrf(browser: "TestClient[Api]", office: Office) -> str:
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', browser.get(f"{office.path}/users").text)
    assert found
    return found[1]


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(("method", "path"), WALKED)
def test_a_session_of_ours_opens_no_page_of_theirs(
    browser: "TestClient[Api]", office: Office, theirs: Theirs, method: str, path: str
) -> None:
    before = theirs.stand()

    data = {"csrf_token": csrf(browser, office)} if method == "POST" else None
    response = browser.request(method, theirs.path(path, theirs.office.slug), data=data)

    assert response.status_code in {303, 401, 403}, response.text
    assert PRIVATE not in response.text
    assert theirs.stand() == before


@pytest.mark.rule("SEC-01", "ACC-18")
@pytest.mark.parametrize(("method", "path"), [each for each in WALKED if "uuid" in each[1]])
def test_their_ids_are_none_of_ours(
    browser: "TestClient[Api]", office: Office, theirs: Theirs, method: str, path: str
) -> None:
    before = theirs.stand()

    data = {"csrf_token": csrf(browser, office)} if method == "POST" else None
    response = browser.request(method, theirs.path(path, office.slug), data=data)

    assert response.status_code == 404, response.text
    assert "There is nothing here" in response.text
    assert PRIVATE not in response.text
    assert theirs.stand() == before


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    "path",
    [
        "",
        "/appointments/new",
        "/appointments/slots",
        "/appointments/fit",
        "/work_orders",
        "/work_orders/backlog",
        "/users",
        "/users/new",
    ],
)
def test_what_a_page_is_asked_about_is_looked_for_among_what_is_ours(
    browser: "TestClient[Api]", office: Office, theirs: Theirs, path: str
) -> None:
    their = theirs.office
    query = {
        "customer": theirs.customer,
        "user": theirs.person.id,
        "users": theirs.person.id,
        "location": their.provo,
        "locations": their.provo,
        "work_order": theirs.order,
        "appointment": theirs.visit.id,
        "except": theirs.visit.id,
        "type": their.service,
        "kind": "tech",
        "from": "2026-05-27",
        "date": "2026-05-27",
        "start": "2026-05-27T09:00",
        "minutes": "60",
    }

    response = browser.get(theirs.path(path, office.slug), params=query)

    assert response.status_code < 500
    assert PRIVATE not in response.text


@pytest.mark.rule("SEC-01")
def test_a_form_of_ours_takes_nothing_of_theirs(browser: "TestClient[Api]", office: Office, theirs: Theirs) -> None:
    their, token = theirs.office, csrf(browser, office)
    visit = {
        "kind": "tech",
        "customer": theirs.customer,
        "type": office.service,
        "user": office.ann.id,
        "start": "2026-05-27T13:00",
        "minutes": "60",
        "do": "save",
        "once": "once",
    }
    person = {"name": "Eve", "email": "eve@acme.example", "home": their.provo, "role": their.dan.id}
    before = theirs.stand()

    for path, sent in (
        ("/appointments/new", visit),
        ("/appointments/new", visit | {"customer": office.maria, "user": theirs.person.id}),
        ("/appointments/new", visit | {"customer": office.maria, "type": their.service}),
        ("/appointments/new", visit | {"customer": office.maria, "work_order": theirs.order}),
        ("/users/new", person),
        (f"/users/{office.ann.id}/profile", person | {"version": "1"}),
        (f"/users/{office.ann.id}/roles", {"role": their.dan.id}),
    ):
        response = browser.post(f"{office.path}{path}", data={"csrf_token": token, **sent})
        assert 400 <= response.status_code < 500, (path, response.status_code, response.text)
        assert PRIVATE not in response.text
    assert theirs.stand() == before

    ours = visit | {"csrf_token": token, "customer": office.maria}
    done = browser.post(f"{office.path}/appointments/new", data=ours)
    assert done.status_code == 303, done.text
