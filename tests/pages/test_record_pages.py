"""
Pages to look something up: a customer, the work orders, the backlog, one work order.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from playwright.sync_api import Page, expect

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.access.model import EVERYTHING, Action, Grant, Permission
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive
from fieldops_core.archiving.views import ArchivePreview
from fieldops_core.company.messages import JobLineFields
from fieldops_core.company.model import Catalog, LineKind
from fieldops_core.customers.messages import CreateNote, SetTags
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import BulkSchedule, CancelAppointment
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.scheduling.views import BulkView
from fieldops_core.testing.builders import PROVO_ADDRESS
from fieldops_core.work_orders.messages import CancelWorkOrder
from fieldops_http.app import Api, create_app
from fieldops_http.sessions import PLAIN
from tests.adapters.sql.recording import recorded
from tests.support.browsing import Visits, assert_accessible
from tests.support.databases import SEALER, sqlite_url
from tests.support.office import Office, Person

EVIL = "<img src=x onerror=alert(1)> & <script>alert(2)</script>"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;script&gt;alert(2)&lt;/script&gt;"


def browser(office: Office, who: Person) -> "TestClient[Api]":
    client = TestClient(create_app(office.engine), raise_server_exceptions=False)
    client.cookies.set(PLAIN, office.session(who))
    return client


@pytest.fixture
def desktop(office: Office) -> Iterator["TestClient[Api]"]:
    """
    The owner's browser, without scripts.
    """
    with browser(office, office.olga) as client:
        yield client


def customer_page(office: Office, client: "TestClient[Api]", **query: Any) -> str:
    response = client.get(f"{office.path}/customers/{office.maria}", params=query)
    assert response.status_code == 200, response.text
    return response.text


def busy(office: Office, many: int, *, at: str = "09:00") -> None:
    """
    Many visits, on as many working days, work orders and notes of Maria's.
    """
    for number in range(many):
        order, day = (
            office.work_order(f"Job {number}"),
            date(2026, 6, 1) + timedelta(weeks=number // 5, days=number % 5),
        )
        office.visit(f"{day}T{at}", work_order=order, notes=f"Visit {number}")
        office.do(CreateNote(customer=office.maria, type=office.task, text=f"Note {number}"), object)


# --- a customer ---------------------------------------------------------------------------------------


@pytest.mark.rule("WEB-03", "CUS-09", "APT-09")
def test_a_customer_is_shown_with_visits_work_orders_and_notes(office: Office, desktop: "TestClient[Api]") -> None:
    vip = office.entry(Catalog.TAGS, "Early riser")
    office.do(SetTags(customer=office.maria, tags=(vip,)), object, version=1)
    order = office.work_order()
    visit = office.visit(work_order=order)
    ended = office.visit("2026-05-28T13:00")
    office.do(CancelAppointment(appointment=AppointmentId(ended.id)), object, version=ended.version)
    office.do(CreateNote(customer=office.maria, type=office.task, text="Rings twice"), object)

    page = customer_page(office, desktop)

    for told in ("Maria Nielsen", "Early riser", PROVO_ADDRESS.line1, "tel:+18015550101", "Rings twice", "1 upcoming"):
        assert told in page
    assert f"{office.path}/appointments/new?customer={office.maria}" in page
    assert f"{office.path}/work_orders/{order}" in page
    before, after = page.split("Past and ended")
    assert f"{office.path}/appointments/{visit.id}" in before.split("Upcoming")[1]
    assert "Wed 27 May 2026" in before
    assert f"{office.path}/appointments/{ended.id}" in after


@pytest.mark.rule("WEB-03", "APT-09")
def test_visits_and_notes_are_paged(office: Office, desktop: "TestClient[Api]") -> None:
    busy(office, 28)
    first = customer_page(office, desktop)

    assert first.count('class="visit-when" href="/app/acme/appointments/') == 25
    assert "Note 27" in first and "Note 7<" not in first
    further = first.split('href="?after=')[1].split('"')[0].replace("&amp;", "&")
    second = desktop.get(f"{office.path}/customers/{office.maria}?after={further}").text
    assert second.count('class="visit-when" href="/app/acme/appointments/') == 3
    assert "Past and ended" not in second
    older = first.split('href="?notes=')[1].split('"')[0]
    assert "Note 7<" in customer_page(office, desktop, notes=older)


@pytest.mark.rule("WEB-03", "ARC-09")
def test_an_archived_customer_says_so_and_offers_no_visit(office: Office, desktop: "TestClient[Api]") -> None:
    preview = office.ask(PreviewArchive(customer=office.maria), ArchivePreview)
    archive = ArchiveCustomer(customer=office.maria, consent=preview.consent, confirmed=True)
    office.do(archive, object, version=1)

    page = customer_page(office, desktop)

    assert "Archived" in page
    assert "appointments/new" not in page.split("</header>", 1)[1]


@pytest.mark.rule("WEB-03", "ACC-14")
def test_a_page_shows_no_confidential_field_to_anybody(office: Office, desktop: "TestClient[Api]") -> None:
    office.maria = office.customer(
        first_name="Secretive", last_name="Sam", ssn=Secret("123-45-6789"), birthdate=Secret("1980-01-31")
    )
    page = customer_page(office, desktop)

    assert "Secretive Sam" in page
    for secret in ("6789", "1980", "SSN", "***"):
        assert secret not in page


@pytest.mark.rule("WEB-03", "ACC-16", "ACC-18")
def test_what_the_reader_may_not_see_is_left_out(office: Office) -> None:
    office.visit()
    office.work_order("Hidden job")
    office.do(CreateNote(customer=office.maria, type=office.task, text="Hidden note"), object)
    office._roles["Reader"] = office.role("Reader", frozenset({Grant(Permission.CUSTOMERS, Action.VIEW)}))
    with browser(office, office.user("Rita Reader", role="Reader")) as client:
        page = customer_page(office, client)

        assert "Maria Nielsen" in page
        for hidden in (
            "Hidden job",
            "Hidden note",
            "Ann Archer",
            ">Notes<",
            ">Open work orders<",
            "Book a visit</a>\n</d",
        ):
            assert hidden not in page
        assert client.get(f"{office.path}/work_orders").status_code == 403


@pytest.mark.rule("WEB-03", "WEB-04")
def test_what_looks_like_markup_is_text(office: Office, desktop: "TestClient[Api]") -> None:
    order = office.work_order(EVIL, internal_note=Secret(EVIL))
    office.visit(work_order=order, notes=EVIL)
    office.do(CreateNote(customer=office.maria, type=office.task, text=EVIL), object)

    for path, times in ((f"customers/{office.maria}", 3), (f"work_orders/{order}", 4), ("work_orders", 1)):
        page = desktop.get(f"{office.path}/{path}").text
        assert "<img" not in page
        assert "<script>" not in page
        assert page.count(ESCAPED) >= times, path


# --- work orders --------------------------------------------------------------------------------------


FILTERS: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({}, {"Panel", "Siren"}),
    ({"state": "scheduled"}, {"Siren"}),
    ({"state": "any_closed"}, {"Wire", "Phoenix job"}),
    ({"state": "all"}, {"Panel", "Siren", "Wire", "Phoenix job"}),
    ({"state": "nonsense"}, {"Panel", "Siren"}),
    ({"number": "3"}, {"Wire"}),
    ({"number": " #3 "}, {"Wire"}),
    ({"number": "77"}, set()),
    ({"location": "phoenix", "state": "all"}, {"Phoenix job"}),
    ({"type": "alarm"}, {"Siren"}),
    ({"type": "nonsense"}, {"Panel", "Siren"}),
)


@pytest.mark.rule("WEB-04", "WOR-06")
def test_work_orders_are_filtered(office: Office, desktop: "TestClient[Api]") -> None:
    alarm = office.entry(Catalog.WORK_ORDER_TYPES, "Alarm")
    office.work_order("Panel")
    office.visit(work_order=office.work_order("Siren", type=alarm))
    office.do(CancelWorkOrder(work_order=office.work_order("Wire")), object, version=1)
    pia = office.customer(first_name="Pia", last_name="Park", location=office.phoenix)
    office.do(CancelWorkOrder(work_order=office.work_order("Phoenix job", customer=pia)), object, version=1)
    known = {"phoenix": str(office.phoenix), "alarm": str(alarm)}

    for query, shown in FILTERS:
        page = desktop.get(f"{office.path}/work_orders", params={k: known.get(v, v) for k, v in query.items()}).text
        listed = {each for each in ("Panel", "Siren", "Wire", "Phoenix job") if f"</span> {each}</a>" in page}
        assert listed == shown, query


@pytest.mark.rule("WEB-04")
def test_a_number_that_is_none_is_refused_beside_its_field(office: Office, desktop: "TestClient[Api]") -> None:
    response = desktop.get(f"{office.path}/work_orders", params={"number": '"><b>1'})

    assert response.status_code == 422
    assert "digits alone" in response.text
    assert 'aria-describedby="number-problem"' in response.text
    assert 'value="&#34;&gt;&lt;b&gt;1"' in response.text


@pytest.mark.rule("WEB-04", "WOR-13")
def test_the_backlog_has_those_nobody_is_to_come_for_and_how_many(office: Office, desktop: "TestClient[Api]") -> None:
    office.work_order("Waiting")
    office.visit(work_order=office.work_order("Taken"))

    listed = desktop.get(f"{office.path}/work_orders").text
    backlog = desktop.get(f"{office.path}/work_orders/backlog").text

    assert 'Backlog <span class="badge">1</span>' in listed
    assert "Waiting" in backlog and "Taken" not in backlog


@pytest.mark.rule("WEB-04", "API-04")
def test_both_lists_are_paged_with_their_filters(office: Office, desktop: "TestClient[Api]") -> None:
    for number in range(27):
        office.work_order(f"Job {number}.")
    for path, first, last in (("work_orders", 26, 0), ("work_orders/backlog", 0, 26)):
        page = desktop.get(f"{office.path}/{path}", params={"location": str(office.provo)}).text
        assert f"Job {first}." in page and f"Job {last}." not in page
        query = page.split(">Next page<")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        assert str(office.provo) in query
        assert f"Job {last}." in desktop.get(f"{office.path}/{path}{query}").text


@pytest.mark.rule("WEB-04", "WOR-01", "BLK-07")
def test_a_work_order_is_shown_with_its_stacked_visits(office: Office, desktop: "TestClient[Api]") -> None:
    note = "<p>Mind <strong>the dog</strong></p><script>alert(1)</script><img src=x onerror=alert(2)>"
    furnace = JobLineFields(
        kind=LineKind.PART, description="Furnace", quantity=Decimal(1), unit_price=Decimal("5180.00"), billable=False
    )
    order = office.work_order(note=note, technician=office.bob.id, lines=(furnace,))
    first = office.visit(work_order=order)
    office.visit("2026-05-28T10:00", work_order=order, user=office.bob.id)

    by_date = desktop.get(f"{office.path}/work_orders/{order}").text
    by_user = desktop.get(f"{office.path}/work_orders/{order}", params={"by": "user"}).text

    assert "<p>Mind <strong>the dog</strong></p>" in by_date
    assert "alert" not in by_date and "<img" not in by_date
    assert "<td>Furnace</td>" in by_date and "5,180.00 USD" in by_date
    assert "<h3>Wed 27 May 2026</h3>" in by_date and "<h3>Thu 28 May 2026</h3>" in by_date
    assert "<h3>Ann Archer</h3>" in by_user and "<h3>Bob Baker</h3>" in by_user
    sheet = f"/v1/acme/work_orders/{order}/appointment_sheet/{first.id}"
    assert f'href="{sheet}"' in by_date
    assert desktop.get(sheet).content.startswith(b"%PDF")


@pytest.mark.rule("WEB-04", "BLK-07")
def test_a_hundred_of_its_visits_are_on_a_page(office: Office, desktop: "TestClient[Api]") -> None:
    order = many_visits(office)
    path, link = f"{office.path}/work_orders/{order}", 'class="visit-when"'
    first = desktop.get(path, params={"by": "user"}).text
    more = first.split('id="visits-more" href="')[1].split('"')[0].replace("&amp;", "&")
    second = desktop.get(f"{path}{more}").text

    assert (first.count(link), second.count(link)) == (100, 8)
    assert 'Visits <span class="badge">108</span>' in first
    assert "<h3>Bob Baker</h3>" in second and "<h3>Ann Archer</h3>" not in second
    assert "The last of 108 visits." in second
    assert desktop.get(path, params={"after": "nowhere"}).status_code == 422


@pytest.mark.rule("WEB-04", "BLK-07")
def test_further_visits_come_below_those_that_are_shown(desk: Page, office: Office) -> None:
    desk.goto(f"{office.path}/work_orders/{many_visits(office)}")
    expect(desk.locator(".visit-when")).to_have_count(100)
    desk.get_by_role("link", name="Show more visits").press("Enter")

    expect(desk.locator(".visit-when")).to_have_count(108)
    expect(desk.get_by_text("The last of 108 visits.")).to_be_focused()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Replace the panel")
    assert_accessible(desk)


def many_visits(office: Office) -> WorkOrderId:
    """
    A work order with 108 visits of Ann's and Bob's.
    """
    order = office.work_order()
    everybody = BulkSchedule(
        work_order=order,
        type=office.service,
        first=date(2026, 5, 26),
        last=date(2026, 8, 7),
        weekdays=frozenset(range(5)),
        technicians=(office.ann.id, office.bob.id),
    )
    assert office.do(everybody, BulkView).total == 108
    return order


@pytest.mark.rule("WEB-04", "ACC-10")
def test_many_visits_and_sheets_are_offered_to_who_may_make_them(office: Office, desktop: "TestClient[Api]") -> None:
    order, visited = office.work_order(), office.work_order()
    office.visit(work_order=visited)
    seeing = frozenset(each for each in EVERYTHING if each.action is Action.VIEW)
    office._roles["Looker"] = office.role("Looker", seeing)
    path = f"{office.path}/work_orders/{order}"
    shown = desktop.get(path).text
    assert 'id="bulk-open"' in shown
    (book,) = re.findall(r'href="([^"]+)">Schedule a visit<', shown)
    form = desktop.get(unescape(book))
    assert (form.status_code, "Maria Nielsen" in form.text) == (200, True)
    assert re.search(rf'<option value="{order}" selected', form.text)
    assert "Sheet (PDF)" in desktop.get(f"{office.path}/work_orders/{visited}").text
    with browser(office, office.user("Lou Looker", role="Looker")) as client:
        page = client.get(path)
        assert (page.status_code, 'id="bulk-open"' in page.text) == (200, False)
        page = client.get(f"{office.path}/work_orders/{visited}")
        assert "visit-when" in page.text and "Sheet (PDF)" not in page.text

    office.do(CancelWorkOrder(work_order=order), object, version=1)
    assert 'id="bulk-open"' not in desktop.get(path).text


@pytest.mark.rule("WEB-03", "WEB-04")
def test_a_page_asks_as_much_however_much_it_shows(tmp_path: Path) -> None:
    engine = connect(sqlite_url(tmp_path / "office.db"))
    office = Office(SqlStorage(engine, SEALER))
    busy(office, 1)
    order = office.work_order()
    office.visit("2026-06-29T09:00", work_order=order)
    paths = [f"customers/{office.maria}", "work_orders", "work_orders/backlog", f"work_orders/{order}"]
    with browser(office, office.olga) as client, recorded(engine) as recording:

        def asked() -> list[int]:
            counts = []
            for path in paths:
                recording.take()
                assert client.get(f"{office.path}/{path}").status_code == 200
                counts.append(len(recording.take()))
            return counts

        few = asked()
        busy(office, 12, at="11:00")
        for hour in range(12, 16):
            office.visit(f"2026-06-29T{hour}:00", work_order=order)
        assert asked() == few
    assert max(few) < 60


# --- in a browser -------------------------------------------------------------------------------------


@pytest.mark.rule("WEB-03", "WEB-04")
@pytest.mark.parametrize("on_a_phone", [False, True], ids=["desk", "phone"])
def test_the_pages_are_for_everybody(visits: Visits, office: Office, on_a_phone: bool) -> None:
    order = office.work_order(
        EVIL * 2, note=f"<p>{'Mind the dog. ' * 30}</p><ul><li>One</li></ul>", technician=office.ann.id
    )
    office.visit(work_order=order, notes=EVIL * 3)
    office.visit("2026-05-28T10:00", work_order=order, user=office.bob.id)
    office.do(CreateNote(customer=office.maria, type=office.task, text=EVIL), object)
    page = visits.open(office.olga, phone=on_a_phone)
    page.on("dialog", lambda dialog: pytest.fail(f"A page ran what somebody wrote: {dialog.message}"))
    for path in (f"customers/{office.maria}", "work_orders", "work_orders/backlog", f"work_orders/{order}"):
        page.goto(f"{office.path}/{path}")
        assert_accessible(page)
    expect(page.get_by_text(EVIL * 3)).to_be_visible()


@pytest.mark.rule("WEB-03", "WEB-04")
def test_one_comes_from_the_list_to_a_work_order_its_customer_and_back(desk: Page, office: Office) -> None:
    office.work_order("Replace the panel")
    desk.goto(office.path)
    desk.get_by_role("link", name="Work orders").click()
    desk.get_by_role("link", name="Replace the panel").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Replace the panel")
    desk.get_by_role("link", name="Maria Nielsen").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Maria Nielsen")
    desk.get_by_role("link", name="Replace the panel").click()
    expect(desk).to_have_title("Replace the panel · fieldops")


@pytest.mark.rule("WEB-03")
@pytest.mark.parametrize("query", ["seen=abc", "notes=x"])
def test_an_address_that_cannot_be_read_is_answered_by_a_page(
    office: Office, desktop: "TestClient[Api]", query: str
) -> None:
    response = desktop.get(f"{office.path}/customers/{office.maria}?{query}")

    assert (response.status_code, response.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "A part of this address cannot be read." in response.text
