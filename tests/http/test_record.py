"""
The record by sections, and the catalogs that it chooses from, as they are sent and answered.
"""

from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany

CATALOGS = "/v1/acme/catalogs"


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
