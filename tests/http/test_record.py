"""
The record by sections, and the catalogs that it chooses from, as they are sent and answered.
"""

from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_core.access.model import EVERYTHING, Permission
from fieldops_http import examples
from fieldops_http.app import Api
from fieldops_http.examples import EXAMPLES
from tests.http.example_company import ExampleCompany

CATALOGS = "/v1/acme/catalogs"
BAKERY, LEAD = f"/v1/acme/customers/{examples.BAKERY}", f"/v1/acme/customers/{examples.LEAD}"


def an_entry(client: "TestClient[Api]", catalog: str, **attributes: Any) -> dict[str, Any]:
    """
    A new entry of a catalog.
    """
    body = {"name": f"One of {catalog}", **({"attributes": attributes} if attributes else {})}
    response = client.post(f"{CATALOGS}/{catalog}", json=body)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


@pytest.mark.rule("ACC-20", "CUS-05")
def test_a_rate_is_answered_with_its_lines_as_it_was_sent(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        line = an_entry(owner, "rate_lines")["id"]
        rate = an_entry(owner, "monthly_rates", lines=[{"line": line, "amount": "39.95"}])

        amount = {"amount": "39.95", "currency": "USD"}
        assert rate["attributes"]["amount"] == amount
        assert rate["attributes"]["lines"] == [{"line": line, "amount": amount}]
        assert owner.get(f"{CATALOGS}/monthly_rates/{rate['id']}").json() == rate


@pytest.mark.rule("ACC-20")
@pytest.mark.parametrize("amount", ["", "-1", "1.00001", "1e3", "½", "9" * 16, "NaN"])
def test_what_is_no_amount_is_refused_by_its_field(owner: "TestClient[Api]", amount: str) -> None:
    body = {"name": "Fee", "attributes": {"amount": amount}}

    problem = owner.post(f"{CATALOGS}/activation_fees", json=body)

    assert problem.status_code == 422
    assert [(each["code"], each["field"]) for each in problem.json()["violations"]] == [
        ("money.invalid", "attributes.amount")
    ]


@pytest.mark.rule("ACC-19")
def test_credit_bands_and_the_sold_by_list_are_settings(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        sal = owner.get("/v1/acme/users").json()["items"][-1]["id"]
        bands = [{"grade": "A", "minimum": 700}, {"grade": "B", "minimum": 600}]
        body = {"version": 1, "credit_bands": bands[::-1], "sold_by": [sal]}

        answer = owner.patch("/v1/acme/settings", json=body)

        assert answer.status_code == 200, answer.text
        assert (answer.json()["credit_bands"], answer.json()["sold_by"]) == (bands, [sal])
        assert owner.get("/v1/acme/settings").json()["credit_bands"] == bands


@pytest.mark.rule("CUS-04", "CUS-06", "CUS-07")
def test_the_sections_of_a_customer_are_answered_as_they_were_sent(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        body = EXAMPLES["change_customer"].body or {}

        answer = owner.patch(BAKERY, json=body)

        assert answer.status_code == 200, answer.text
        record = owner.get(BAKERY).json()
        assert record | {"unfit": answer.json()["unfit"]} == answer.json()
        assert {name: record["sale"][name] for name in body["sale"]} == body["sale"]
        assert {name: record["installation"][name] for name in body["installation"]} == body["installation"]
        assert (record["custom"], record["lead"]) == (body["custom"], None)
        assert record["sale"]["months_remaining"] == 36
        assert owner.get("/v1/acme/customers").json()["items"][0] == record


@pytest.mark.rule("CUS-08")
def test_the_section_of_a_lead_is_answered_in_the_time_of_its_location(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        body = {"version": 1, "lead": {"callback_at": "2026-11-01T01:30", "fold": 1, "comments": "Rings twice"}}

        lead = owner.patch(LEAD, json=body).json()

        assert lead["lead"]["callback_at"] == "2026-11-01T01:30:00-07:00"
        assert (lead["lead"]["zone"], lead["lead"]["comments"]) == ("America/Denver", "Rings twice")
        assert (lead["source"], lead["sale"], lead["installation"]) == (str(examples.REFERRAL), None, None)
        assert owner.get(LEAD).json() | {"unfit": lead["unfit"]} == lead


@pytest.mark.rule("ACC-13", "ACC-14")
def test_a_section_is_absent_for_whom_may_not_see_it(company: ExampleCompany) -> None:
    with company.client() as owner:
        owner.patch(BAKERY, json=EXAMPLES["change_customer"].body)
    hidden = {Permission.SALE_INFORMATION, Permission.INSTALLATION_INFORMATION}
    reader = company.token_with(each for each in EVERYTHING if each.permission not in hidden)
    clerk = company.token_with(each for each in EVERYTHING if each.permission is not Permission.ABORT_CODE)

    with company.client(reader) as client:
        record = client.get(BAKERY)
        stale = client.patch(BAKERY, json={"version": 1, "spouse": "Jon"})
    with company.client(clerk) as client:
        masked = client.get(BAKERY).json()["installation"]
        written = client.patch(BAKERY, json={"version": 2, "installation": {"abort_code": "***", "aarp": True}})

    assert (record.json()["sale"], record.json()["installation"]) == (None, None)
    assert "tulip" not in record.text
    assert stale.status_code == 409
    assert {each["field"] for each in stale.json()["facts"]["changes"]} == {"phone", f"custom.{examples.GATE_CODE}"}
    assert masked["abort_code"] == "***"
    assert written.json()["installation"]["aarp"] is True
    with company.client() as owner:
        assert owner.get(BAKERY).json()["installation"]["abort_code"] == "tulip"


@pytest.mark.rule("CUS-04", "API-02")
def test_all_that_is_wrong_with_a_record_is_told_at_once_each_by_its_path(owner: "TestClient[Api]") -> None:
    body = {
        "version": 1,
        "sale": {"contract_term": str(examples.REFERRAL), "cancelled": True, "source": str(examples.NEW_LEAD)},
        "installation": {"pulse": True},
        "custom": {str(examples.GATE_CODE): 2580},
    }

    problem = owner.patch(BAKERY, json=body)

    assert problem.status_code == 422
    assert [each["field"] for each in problem.json()["violations"]] == [
        "sale.source",
        "sale.contract_term",
        f"custom.{examples.GATE_CODE}",
        "sale.cancelled",
        "installation.pulse",
    ]


@pytest.mark.rule("CUS-18")
def test_a_repeated_conversion_answers_what_the_first_answered(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        body = EXAMPLES["convert_lead"].body
        key = {"Idempotency-Key": "convert-2"}

        first, again = (owner.post(f"{LEAD}/convert", headers=key, json=body) for _ in range(2))
        other = owner.post(f"{LEAD}/convert", json={**(body or {}), "version": 2})

        assert (first.status_code, again.json()) == (200, first.json())
        assert first.json()["stage"] == "customer"
        assert first.json()["sale"]["sold_by"] == str(examples.SAL)
        assert [each["code"] for each in other.json()["violations"]] == ["conversion.done"]


@pytest.mark.rule("CUS-18")
def test_what_a_conversion_still_needs_is_listed(owner: "TestClient[Api]") -> None:
    problem = owner.post(f"{LEAD}/convert", json={"version": 1})

    (violation,) = problem.json()["violations"]
    assert (problem.status_code, violation["code"]) == (422, "conversion.incomplete")
    assert violation["facts"]["missing"] == ["location", "sold_by", "account_type"]


@pytest.mark.rule("CUS-05")
def test_monthly_rates_are_listed_for_a_choice(kept: ExampleCompany) -> None:
    with kept.client() as owner:
        found = owner.get("/v1/acme/monthly_rates", params={"least": "39.95", "line": str(examples.MONITORING)}).json()

        assert [(each["name"], each["amount"]["amount"], each["offered"]) for each in found["items"]] == [
            ("Standard", "39.95", True)
        ]
        assert owner.get("/v1/acme/monthly_rates", params={"least": "39.96"}).json()["items"] == []
        assert owner.get("/v1/acme/monthly_rates", params={"least": "much"}).status_code == 422
