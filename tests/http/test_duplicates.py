"""
A record that is there already, over HTTP.
"""

import pytest

from fieldops_http.examples import BAKERY, PROVO
from tests.http.example_company import ExampleCompany

TWIN = {
    "location": str(PROVO),
    "account_type": "commercial",
    "business_name": "Beehive Bakery",
    "phone": "801-555-0101",
    "address": {"line1": "100 CENTER STREET", "city": "Provo", "state": "UT"},
}


@pytest.mark.rule("CUS-13", "API-02", "API-03")
def test_a_duplicate_is_refused_with_the_candidates_until_the_caller_goes_on(company: ExampleCompany) -> None:
    headers = {"Idempotency-Key": "twin"}
    with company.client() as client:
        refused = client.post("/v1/acme/customers", json=TWIN, headers=headers)
        asked = client.post(
            "/v1/acme/customers/duplicates", json={name: TWIN[name] for name in TWIN if name != "account_type"}
        )
        made = client.post("/v1/acme/customers", json={**TWIN, "despite_duplicates": True}, headers=headers)

    (violation,) = refused.json()["violations"]
    bakery = {
        "id": str(BAKERY),
        "number": 1,
        "stage": "customer",
        "name": "Beehive Bakery",
        "why": ["phone", "address"],
    }
    assert (refused.status_code, violation["code"], violation["rule"]) == (422, "customer.duplicate", "CUS-13")
    told = violation["facts"]
    assert told["count"] == len(told["candidates"])
    assert told["candidates"][0] == bakery
    assert asked.json() == {"count": told["count"], "candidates": told["candidates"]}
    assert made.status_code == 201


def test_a_question_with_a_number_that_nobody_has_is_told_so(company: ExampleCompany) -> None:
    with company.client() as client:
        refused = client.post("/v1/acme/customers/duplicates", json={"location": str(PROVO), "work_phone": "801"})

    assert refused.status_code == 422
    assert refused.json()["violations"][0]["field"] == "work_phone"
