"""
The header of a record, and the unsaved record that another begins with, as they are answered.
"""

import pytest

from fieldops_core.access.model import EVERYTHING, Permission
from fieldops_http import examples
from tests.http.example_company import ExampleCompany

BAKERY, LEAD = f"/v1/acme/customers/{examples.BAKERY}", f"/v1/acme/customers/{examples.LEAD}"


@pytest.mark.rule("CUS-09", "CUS-20")
def test_a_header_holds_identity_tabs_and_quick_actions(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        response = owner.get(f"{BAKERY}/header")

    header = response.json()
    assert (response.status_code, response.headers["etag"]) == (200, '"1"')
    assert header["location"] == {"id": str(examples.PROVO), "name": "Provo"}
    assert {each["tab"]: each["count"] for each in header["tabs"]} == {
        "home": None,
        "tags": None,
        "notes_and_tickets": 2,
        "connections": 0,
        "appointments": 5,
        "work_orders": 2,
        "equipment": 2,
        "files": 1,
        "messages": 1,
        "credit": 0,
        "contacts": 2,
        "at_risk": 1,
        "history": None,
    }
    assert header["quick_actions"][0]["name"] == "create_note"
    assert header["statuses"][0] == {"category": "account", "status": "active", "text": "Active"}


@pytest.mark.rule("ACC-16")
def test_a_tab_that_may_not_be_seen_is_not_in_the_answer(company: ExampleCompany) -> None:
    rest = [each for each in EVERYTHING if each.permission not in (Permission.FILES, Permission.AT_RISK)]

    with company.client(company.token_with(rest)) as client:
        header = client.get(f"{BAKERY}/header")

    assert not {"files", "at_risk"} & {each["tab"] for each in header.json()["tabs"]}


@pytest.mark.rule("CUS-21")
@pytest.mark.parametrize("of", [BAKERY, LEAD], ids=["customer", "lead"])
def test_what_is_duplicated_is_the_body_of_a_new_record(kept: ExampleCompany, of: str) -> None:
    with kept.client() as owner:
        body = owner.post(f"{of}/duplicate").json()
        needed = {"lead": {"status": str(examples.NEW_LEAD)}} if of == LEAD else {}
        refused = owner.post("/v1/acme/customers", json={**body, **needed})
        made = owner.post("/v1/acme/customers", json={**body, **needed, "despite_duplicates": True})
        before, after = owner.get(of).json(), made.json()

    assert [each["code"] for each in refused.json()["violations"]] == ["customer.duplicate"]
    assert made.status_code == 201, made.text
    assert {name: after[name] for name in body} == {name: before[name] for name in body}
    assert after["number"] != before["number"]
    assert (after["ssn"], after["birthdate"], after["credit_score"]) == (None, None, None)


@pytest.mark.rule("CUS-10")
def test_nothing_is_duplicated_of_an_archived_record(company: ExampleCompany) -> None:
    with company.client() as owner:
        response = owner.post(f"/v1/acme/customers/{examples.CLOSED}/duplicate")
        header = owner.get(f"/v1/acme/customers/{examples.CLOSED}/header").json()

    assert [each["code"] for each in response.json()["violations"]] == ["customer.archived"]
    assert [each["name"] for each in header["quick_actions"]] == ["unarchive_customer"]
