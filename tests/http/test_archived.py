"""
Nothing of an archived customer can be changed, by whatever operation, and everything can be read (ARC-06, ARC-09).

Which operations that concerns is not listed here: those whose example changes anything that belongs to a customer.
"""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from attrs import evolve, fields

from fieldops_adapters.memory import MemoryStorage
from fieldops_adapters.memory.tables import Tables
from fieldops_core.access.model import EVERYTHING, Action, Permission, Stage
from fieldops_core.customers.model import Customer
from fieldops_core.testing.clock import NOW
from fieldops_http import examples
from fieldops_http.app import OPERATIONS
from fieldops_http.examples import EXAMPLES
from fieldops_http.operations import Operation
from tests.http.example_company import ExampleCompany, example_company
from tests.http.test_examples import send

EXCEPTED = {
    "unarchive_customer": "it ends just that (ARC-10)",
    "delete_customer": "it may be deleted as it is (ARC-10)",
    "change_location_zone": "the clocks of a location are read otherwise: upkeep (ARC-10, SCH-26)",
}
"""
What changes something of an archived customer all the same, and why.
"""

JOURNAL = {"history", "outbox", "answers"}
READS = [each for each in OPERATIONS if each.method == "GET"]
WRITES = [each for each in OPERATIONS if each.method != "GET"]


class Twin:
    """
    The example company, its customers archived or not.
    """

    def __init__(self, *, archived: bool) -> None:
        self.storage = MemoryStorage()
        self.company: ExampleCompany = example_company(self.storage)
        if archived:
            with self.storage.writing(self.company.company) as unit:
                for each in [each for each in self.customers() if not each.archived]:
                    state = unit.customers.get(each.id)
                    unit.customers.save(evolve(state, archived_at=NOW, version=state.version + 1))

    def customers(self) -> list[Customer]:
        rows = self.tables.customers.rows.values()
        return [each for each in rows if each.stage is Stage.CUSTOMER]

    @property
    def tables(self) -> Tables:
        return self.storage._committed[self.company.company]

    def belongings(self, of: list[Customer]) -> Mapping[object, object]:
        """
        Those customers, and all that says that it is theirs.
        """
        ids = {each.id for each in of}
        return {
            (each.name, key): row
            for each in fields(Tables)
            if each.name not in JOURNAL
            for key, row in getattr(self.tables, each.name).rows.items()
            if getattr(row, "customer", None) in ids or (each.name == "customers" and key in ids)
        }

    def send(self, operation: Operation) -> httpx.Response:
        with self.company.sender(operation.id) as client:
            return send(client, operation)


def writes_on_a_customer(operation: Operation) -> bool:
    twin = Twin(archived=False)
    customers = twin.customers()
    before = twin.belongings(customers)

    response = twin.send(operation)

    assert response.status_code == operation.status, response.text
    return twin.belongings(customers) != before


def codes(response: httpx.Response) -> set[str]:
    return {each["code"] for each in response.json()["violations"]}


@pytest.mark.rule("ARC-06", "APT-15", "ARC-10")
@pytest.mark.parametrize("operation", WRITES, ids=lambda each: each.id)
def test_a_write_is_refused_where_it_would_change_anything_of_an_archived_customer(operation: Operation) -> None:
    twin = Twin(archived=True)
    customers = twin.customers()
    before = twin.belongings(customers)

    response = twin.send(operation)

    if operation.id in EXCEPTED:
        assert response.status_code == operation.status, response.text
    elif writes_on_a_customer(operation):
        assert response.status_code == 422, response.text
        assert codes(response) == {"customer.archived"}
        assert twin.belongings(customers) == before
    else:
        assert twin.belongings(customers) == before


@pytest.mark.rule("ARC-06")
def test_the_walk_finds_what_writes() -> None:
    """
    Were nothing found to write, nothing would be asked.
    """
    by_id = {each.id: each for each in WRITES}
    found = ("book_appointment", "check_in", "change_customer", "change_work_order", "hold_time", "cancel_series")

    assert all(writes_on_a_customer(by_id[id]) for id in (*found, *EXCEPTED))
    assert not any(writes_on_a_customer(by_id[id]) for id in ("create_customer", "create_user", "choose_grid"))


@pytest.mark.rule("ARC-09")
@pytest.mark.parametrize("operation", READS, ids=lambda each: each.id)
def test_what_is_archived_is_read_as_before(operation: Operation) -> None:
    response = Twin(archived=True).send(operation)

    assert response.status_code == operation.status, response.text


@pytest.mark.rule("ARC-06")
def test_the_refusal_says_whether_this_user_may_unarchive() -> None:
    twin, change = Twin(archived=True), next(each for each in WRITES if each.id == "change_customer")
    rest = [each for each in EVERYTHING if each.permission is not Permission.UNARCHIVE_CUSTOMER]

    told: list[dict[str, Any]] = []
    for token in (None, twin.company.token_with(rest)):
        with twin.company.client(token) as client:
            told += send(client, change).json()["violations"]

    assert [each["facts"]["may_unarchive"] for each in told] == [True, False]
    assert [each["facts"]["customer"] for each in told] == [str(examples.BAKERY)] * 2
    assert told[0]["sentence"].endswith("You may unarchive it.")
    assert told[1]["sentence"].endswith("Ask somebody who may unarchive it.")


@pytest.mark.rule("ARC-06", "ACC-18")
def test_who_may_not_do_it_anyway_is_not_told_that_the_customer_is_archived() -> None:
    twin, change = Twin(archived=True), next(each for each in WRITES if each.id == "change_customer")
    rest = [each for each in EVERYTHING if (each.permission, each.action) != (Permission.CUSTOMERS, Action.MODIFY)]

    with twin.company.client(twin.company.token_with(rest)) as client:
        response = send(client, change)

    assert (response.status_code, response.json()["type"]) == (403, "/problems/permission.denied")


@pytest.mark.rule("ARC-06")
def test_a_bulk_schedule_is_previewed_with_what_stands_against_it() -> None:
    preview = next(each for each in WRITES if each.id == "preview_bulk_schedule")

    response = Twin(archived=True).send(preview)

    assert "customer.archived" in codes(response)
    assert EXAMPLES[preview.id].body


@pytest.mark.rule("ARC-03", "API-02")
def test_a_changed_preview_is_a_conflict_that_holds_the_new_one() -> None:
    address = f"/v1/acme/customers/{examples.CAFE}/archive"

    with Twin(archived=False).company.client() as client:
        told = client.get(f"{address}/preview").json()
        response = client.post(address, json={"version": 1, "confirmed": True, "consent": "of yesterday"})
        done = client.post(address, json={"version": 1, "confirmed": True, "consent": told["consent"]})

    problem = response.json()
    assert (response.status_code, problem["type"]) == (409, "/problems/preview.changed")
    assert problem["facts"] == {"preview": told}
    assert (done.status_code, done.headers["etag"], done.json()["summary"]) == (
        200,
        '"2"',
        "Archived; 0 upcoming appointments cancelled.",
    )
