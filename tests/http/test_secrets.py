"""
What is typed as a secret is told to whom may see it, and to nobody else: in no answer of any operation, and in no log
line (ACC-14, STO-09).

Which fields those are is not listed here: a marker is planted in each that the model has.
"""

import importlib
import json
import logging
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args, get_type_hints

import attrs
import pytest
from attrs import evolve
from structlog.testing import capture_logs

import fieldops_core
from fieldops_adapters.memory import MemoryStorage
from fieldops_adapters.memory.tables import Tables
from fieldops_core.access.model import EVERYTHING, Action, Grant, Permission
from fieldops_core.access.rules import CONFIDENTIAL, SCHEDULE, SCHEDULER
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.history import HistoryEntry, difference
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.builders import fresh
from fieldops_core.testing.clock import NOW
from fieldops_http import examples
from fieldops_http.app import OPERATIONS
from fieldops_http.operations import Operation
from tests.http.example_company import ExampleCompany, example_company
from tests.http.test_examples import send

VISITS = {*SCHEDULER.values(), *SCHEDULE.values(), Permission.PERSONAL_APPOINTMENTS}
SHOWN_BY: dict[str, set[Permission]] = {
    **{f"Customer.{field}": {permission} for field, permission in CONFIDENTIAL.items()},
    "Appointment.private_note": VISITS,  # staff who may see the appointment read it (FLD-02)
    "WorkOrder.internal_note": {Permission.WORK_ORDERS},
}
"""
The permissions of which one shows each.
"""
NEVER = {"PasswordLink.secret"}
"""
What no answer tells anybody.
"""
PASSING = {"CreditInquiry", "Departure", "Letter"}
"""
What is handed on, and never kept.
"""
OF_ONES_OWN = {"show_session"}
GETS = [each for each in OPERATIONS if each.method == "GET"]


@lru_cache(maxsize=1)
def secret_fields() -> dict[type, tuple[str, ...]]:
    """
    The fields of every model that may hold a secret.
    """
    found = {}
    for module in pkgutil.walk_packages(fieldops_core.__path__, "fieldops_core."):
        if ".model" not in module.name:
            continue
        for each in vars(importlib.import_module(module.name)).values():
            of_module = isinstance(each, type) and attrs.has(each) and each.__module__ == module.name
            if of_module and each.__name__ not in PASSING:
                hints = get_type_hints(each)
                names = tuple(name for name, hint in hints.items() if Secret in (hint, *get_args(hint)))
                found.update({each: names} if names else {})
    return found


def marker(kind: type, field: str) -> str:
    return f"MARKER-{kind.__name__}.{field}"


MARKERS = {
    f"{kind.__name__}.{field}": marker(kind, field) for kind, names in secret_fields().items() for field in names
}


def planted() -> ExampleCompany:
    """
    A fresh example company, each of its secrets a marker, and its history full of them.
    """
    storage = MemoryStorage()
    company = example_company(storage)
    tables: Tables = storage._committed[company.company]
    entries = []
    for rows in (getattr(tables, each.name)._rows for each in attrs.fields(Tables)):
        for key, row in list(rows.items()):
            if names := secret_fields().get(type(row)):
                secret = evolve(row, **{name: Secret(marker(type(row), name)) for name in names})
                rows[key] = secret
                entries.append(told(row, secret))
    with storage.writing(company.company) as unit:
        unit.history.add(entries)
    return company


def told(before: Any, after: Any) -> HistoryEntry:
    return HistoryEntry(
        id=fresh(),
        aggregate=type(after).__name__.lower(),
        aggregate_id=after.id,
        record=getattr(after, "customer", after.id),
        at=NOW,
        actor=None,
        source=Source.API,
        changes=difference(before, after),
    )


def readers() -> Iterator[tuple[str, list[Grant], set[str]]]:
    """
    Who, what they hold, and the fields that they may not see.
    """
    codes = {field for field, permissions in SHOWN_BY.items() if permissions <= set(CONFIDENTIAL.values())}
    yield "without any confidential field", all_but(*CONFIDENTIAL.values()), codes
    yield "without appointments", all_but(*VISITS), {"Appointment.private_note"}
    yield "without work orders", all_but(Permission.WORK_ORDERS), {"WorkOrder.internal_note"}
    for field in sorted(codes):
        (permission,) = SHOWN_BY[field]
        yield f"without {permission.value}", all_but(permission), {field}


def all_but(*permissions: Permission) -> list[Grant]:
    """
    Everything without VIEW of those: what of them creates and changes remains.
    """
    return [grant for grant in EVERYTHING if grant.permission not in permissions or grant.action is not Action.VIEW]


READERS = {who: (grants, hidden | NEVER) for who, grants, hidden in readers()}


def found_in(text: str, fields: set[str]) -> list[str]:
    return [field for field in sorted(fields) if MARKERS[field] in text]


def test_every_secret_of_the_model_is_planted_and_has_the_permission_that_shows_it() -> None:
    assert set(MARKERS) == set(SHOWN_BY) | NEVER
    rows = [row for each in attrs.fields(Tables) for row in getattr(tables_of(planted()), each.name).rows.values()]
    kinds = {type(row) for row in rows}
    assert set(secret_fields()) <= kinds


def tables_of(company: ExampleCompany) -> Tables:
    storage: Any = company.engine.storage
    tables: Tables = storage._committed[company.company]
    return tables


@pytest.mark.rule("ACC-14")
def test_who_holds_the_permission_reads_each_secret_somewhere() -> None:
    company = planted()
    with company.client() as owner:
        text = "".join(send(owner, operation).text for operation in GETS)

    assert found_in(text, set(MARKERS)) == sorted(SHOWN_BY)


@pytest.mark.rule("ACC-14", "STO-09", "API-07")
@pytest.mark.parametrize("who", READERS)
def test_no_reading_tells_a_secret_to_whom_may_not_see_it(who: str, caplog: pytest.LogCaptureFixture) -> None:
    grants, hidden = READERS[who]
    company = planted()

    with caplog.at_level(logging.DEBUG), capture_logs() as logs, company.client(company.token_with(grants)) as reader:
        answers = {operation.id: send(reader, operation) for operation in GETS}

    assert {id: found for id, each in answers.items() if (found := found_in(each.text, hidden))} == {}
    failed = {id: each.status_code for id, each in answers.items() if each.status_code not in (200, 403)}
    assert failed.keys() <= OF_ONES_OWN, failed
    assert answers["show_customer"].status_code == answers["show_history"].status_code == 200
    assert found_in(json.dumps(logs) + caplog.text, set(MARKERS)) == []
    assert len(logs) == len(GETS)


@pytest.mark.rule("ACC-14", "ACC-15", "STO-09", "API-07")
@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.method != "GET"], ids=lambda each: each.id)
def test_no_change_tells_a_secret_to_whom_may_not_see_it(
    operation: Operation, caplog: pytest.LogCaptureFixture
) -> None:
    for who in ("without any confidential field", "without appointments", "without work orders"):
        grants, hidden = READERS[who]
        company = planted()
        token = company.token_with(grants)
        with caplog.at_level(logging.DEBUG), capture_logs() as logs, company.client(token) as writer:
            answer = send(writer, operation)
        assert answer.status_code < 500, answer.text
        assert found_in(answer.text, hidden) == [], who
        assert found_in(json.dumps(logs) + caplog.text, set(MARKERS)) == []


@pytest.mark.rule("ACC-14", "CUS-11")
def test_what_a_stale_change_is_answered_masks_what_was_changed_since() -> None:
    company = planted()
    grants, hidden = READERS["without any confidential field"]
    address = f"/v1/acme/customers/{examples.BAKERY}"
    with company.client() as owner:
        body = {"version": 1, "ssn": "078-05-1120", "installation": {"abort_code": "tulip"}}
        assert owner.patch(address, json=body).status_code == 200

    with company.client(company.token_with(grants)) as reader:
        stale = reader.patch(address, json={"version": 1, "spouse": "Jo"})

    assert stale.status_code == 409
    assert {each["field"] for each in stale.json()["facts"]["changes"]} == {"ssn", "abort_code"}
    assert found_in(stale.text, hidden) == []
    assert not [each for each in ("078-05", "tulip") if each in stale.text]


@pytest.mark.rule("ACC-14", "CUS-15")
def test_nothing_is_found_by_a_secret() -> None:
    company = planted()
    with company.client() as owner:
        for field in sorted(MARKERS):
            found = owner.get("/v1/acme/customers", params={"search": MARKERS[field]})
            assert found.json()["items"] == [], field
        assert owner.get("/v1/acme/customers", params={"search": "bakery"}).json()["items"]
