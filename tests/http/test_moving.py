"""
Another location or address of a customer, as the API tells it (CUS-19).
"""

import pytest

from fieldops_http import examples
from tests.http.example_company import ExampleCompany

BAKERY, VISIT = f"/v1/acme/customers/{examples.BAKERY}", f"/v1/acme/appointments/{examples.VISIT}"


@pytest.mark.rule("CUS-19", "APT-17")
def test_a_change_of_location_and_its_preview_answer_the_visits_that_no_longer_fit(company: ExampleCompany) -> None:
    with company.client() as client:
        preview = client.post(f"{BAKERY}/preview", json={"location": str(examples.PHOENIX)}).json()
        assert client.get(VISIT).json()["zone"] == "America/Denver"

        done = client.patch(BAKERY, json={"version": 1, "location": str(examples.PHOENIX)})
        visit = client.get(VISIT).json()

    told = done.json()
    assert (done.headers["ETag"], told["location"]) == ('"2"', str(examples.PHOENIX))
    assert (preview["unfit"], preview["violations"]) == (told["unfit"], [])
    assert preview["customer"] == {name: told[name] for name in told if name != "unfit"}
    line = next(each for each in told["unfit"]["appointments"] if each["id"] == str(examples.VISIT))
    assert (line["start"], line["modes"]) == ("2026-05-27T12:00:00-07:00", ["in_office_location"])
    assert [each["code"] for each in line["why"]] == ["technician.other_location"]
    assert (visit["start"], visit["agreed"], visit["zone"]) == (
        "2026-05-27T12:00:00-07:00",
        "2026-05-27T12:00",
        "America/Phoenix",
    )


@pytest.mark.rule("CUS-19")
def test_another_place_is_told_likewise_and_another_name_is_not(company: ExampleCompany) -> None:
    boston = {"latitude": 42.36, "longitude": -71.06}
    with company.client() as client:
        renamed = client.patch(BAKERY, json={"version": 1, "business_name": "Beehive"}).json()
        far = client.patch(BAKERY, json={"version": 2, "coordinates": boston}).json()

    assert renamed["unfit"] == {"count": 0, "appointments": []}
    assert far["unfit"]["count"] == len(far["unfit"]["appointments"]) > 0
    assert {code["code"] for line in far["unfit"]["appointments"] for code in line["why"]} == {
        "technician.out_of_coverage"
    }


@pytest.mark.rule("CUS-19")
def test_a_preview_tells_what_would_refuse_it(company: ExampleCompany) -> None:
    with company.client() as client:
        preview = client.post(f"{BAKERY}/preview", json={"business_name": ""}).json()

    assert preview["customer"] is None
    assert [each["code"] for each in preview["violations"]] == ["customer.name_required"]
