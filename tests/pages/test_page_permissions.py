"""
Whatever somebody may do and may not, each page answers them: with what they may see, or with why not.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from attrs import frozen
from litestar.testing import TestClient

from fieldops_core.access.model import Action, Grant, Permission
from fieldops_core.login.calculations import csrf_token
from fieldops_core.scheduling.messages import ShowAppointment
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import AddAbsence, ChangeUser
from fieldops_core.staff.views import AbsenceView, UserView
from fieldops_core.testing.builders import DAY
from fieldops_http.app import Api
from fieldops_http.pages import HANDLERS, login
from fieldops_http.sessions import PLAIN
from tests.support.forms import browser_of, send
from tests.support.office import Office, Person

LOOKING, WORKING = frozenset({Action.VIEW}), frozenset({Action.VIEW, Action.CREATE, Action.MODIFY})


@frozen
class Walker:
    """
    Somebody who may do this, and then that, in an office in which there is one of everything.
    """

    office: Office
    person: Person
    browser: "TestClient[Api]"
    ids: dict[str, UUID]

    def may(self, *grants: Grant) -> None:
        """
        Those things, and nothing else.
        """
        self.office.do(ChangeUser(user=self.person.id, roles=(), grants=frozenset(grants)), UserView)

    def answers(self) -> Iterator[tuple[str, int]]:
        """
        What each page answers them, and each form that is sent empty.
        """
        csrf = csrf_token(str(self.browser.cookies.get(PLAIN)))
        office = self.office
        ids = {"customer": office.maria, "type": office.service, "user": office.ann.id}
        asked = {name: str(id) for name, id in ids.items()} | {"start": "2026-05-27T13:00"}
        for handler in HANDLERS:
            for path in sorted(handler.paths) if handler not in login.HANDLERS else ():
                if "GET" in handler.http_methods:
                    yield path, self.browser.get(self.address(path)).status_code
                    yield f"{path}?", self.browser.get(self.address(path), params=asked).status_code
                else:
                    yield path, self.browser.post(self.address(path), data={"csrf_token": csrf}).status_code

    def address(self, path: str) -> str:
        named = {"company:str": self.office.slug, "section:str": "profile", "absence:uuid": self.ids["absences"]}
        of = next((id for part, id in self.ids.items() if f"/{part}/" in path), "")
        return re.sub(r"{([^}]+)}", lambda found: str(named.get(found[1], of)), path)


@pytest.fixture(scope="module")
def walker() -> Iterator[Walker]:
    office = Office()
    person = office.user("Walt Walker")
    ids = {
        "appointments": office.visit().id,
        "customers": office.maria,
        "work_orders": office.work_order(),
        "users": office.ann.id,
        "absences": office.do(AddAbsence(user=office.ann.id, first=DAY, last=DAY, reason="Away"), AbsenceView).id,
    }
    with browser_of(office, person) as browser:
        browser.follow_redirects = False
        yield Walker(office, person, browser, ids)


@pytest.mark.rule("WEB-02", "ACC-18")
@pytest.mark.parametrize("actions", [LOOKING, WORKING], ids=["looking", "working"])
def test_who_may_do_one_thing_alone_is_answered_by_every_page(walker: Walker, actions: frozenset[Action]) -> None:
    for permission in Permission:
        walker.may(*(Grant(permission, each) for each in permission.actions & actions))
        failed = [(path, status) for path, status in walker.answers() if status >= 500]
        assert not failed, permission


def who_sees(office: Office, *grants: Grant) -> "TestClient[Api]":
    person = office.user("Sid Scheduler", roles=(), grants=frozenset(grants))
    return browser_of(office, person)


@pytest.mark.rule("WEB-02", "ACC-12")
@pytest.mark.parametrize("elsewhere", [False, True])
def test_who_sees_a_visit_and_not_its_customer_works_with_it(elsewhere: bool) -> None:
    office = Office()
    visit = office.visit()
    path = f"{office.path}/appointments/{visit.id}"
    held = [Grant(Permission.TECH_SCHEDULER, each) for each in WORKING]
    other = [Grant(Permission.CUSTOMERS, Action.VIEW, office.phoenix)] if elsewhere else []
    browser = who_sees(office, *held, *other)

    shown = browser.get(path)
    assert (shown.status_code, "Maria Nielsen" in shown.text) == (200, True)
    assert not any(hidden in shown.text for hidden in ("(801) 555-0101", f"customers/{office.maria}"))
    refused = send(browser, shown, path, minutes="7", do="stay")
    assert (refused.status_code, "Maria Nielsen" in refused.text) == (422, True)
    saved = send(browser, shown, path, minutes="90", do="stay")
    assert (saved.status_code, "Saved." in saved.text) == (200, True)
    ended = send(browser, saved, f"{path}/cancel", by="customer", reason="Ill")
    assert (ended.status_code, "Its time is free again." in ended.text) == (200, True)
    now = office.ask(ShowAppointment(appointment=AppointmentId(visit.id)), AppointmentView)
    assert (now.minutes, now.status) == (90, Status.CANCELLED)


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("customer", ["x", "", "another"])
def test_a_visits_form_is_about_its_own_customer_whatever_it_says(customer: str) -> None:
    office = Office()
    visit, browser = office.visit(), browser_of(office, office.dan)
    path = f"{office.path}/appointments/{visit.id}"
    told = str(office.bakery) if customer == "another" else customer

    drawn = send(browser, browser.get(path), path, customer=told, do="draw")

    assert drawn.status_code == 200
    assert f'href="{office.path}/customers/{office.maria}"' in drawn.text
    assert "Beehive Bakery" not in drawn.text
