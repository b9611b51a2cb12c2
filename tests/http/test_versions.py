"""
Which version a change is meant for, and who was first.
"""

from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_http import examples
from fieldops_http.app import OPERATIONS, Api
from fieldops_http.examples import EXAMPLES
from fieldops_http.operations import Operation
from tests.http.example_company import ExampleCompany

VISIT = f"/v1/acme/appointments/{examples.VISIT}"
CHANGES = [each for each in OPERATIONS if each.versioned]


def send(client: "TestClient[Api]", operation: Operation, *, match: str | None, version: int | None) -> Any:
    """
    An example with another version than its own.
    """
    example = EXAMPLES[operation.id]
    body = {name: value for name, value in (example.body or {}).items() if name != "version"}
    query = {} if version is None or operation.body else {"version": version}
    return client.request(
        operation.method,
        operation.address.format(**example.path),
        params={**example.query, **query},
        headers={} if match is None else {"If-Match": match},
        json=(body if version is None else body | {"version": version}) if operation.body else None,
    )


@pytest.mark.rule("API-02")
@pytest.mark.parametrize("operation", CHANGES, ids=lambda each: each.id)
def test_a_change_says_which_version_it_is_meant_for(owner: "TestClient[Api]", operation: Operation) -> None:
    response = send(owner, operation, match=None, version=None)

    assert (response.status_code, response.json()["type"]) == (428, "/problems/version.missing")


@pytest.mark.rule("API-02", "API-03", "STO-04")
@pytest.mark.parametrize("operation", CHANGES, ids=lambda each: each.id)
def test_an_old_version_is_refused_by_header_or_body(company: ExampleCompany, operation: Operation) -> None:
    with company.sender(operation.id) as client:
        by_header = send(client, operation, match='"7"', version=None)
        by_body = send(client, operation, match=None, version=7)

    assert (by_header.status_code, by_body.status_code) == (412, 409)
    for response in (by_header, by_body):
        problem = response.json()
        assert problem["type"] == "/problems/version.stale"
        assert (problem["facts"]["expected"], problem["facts"]["actual"]) == (7, 1)


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("operation", CHANGES, ids=lambda each: each.id)
def test_the_newest_version_is_taken_by_header(company: ExampleCompany, operation: Operation) -> None:
    with company.sender(operation.id) as client:
        assert send(client, operation, match='"1"', version=None).status_code == 200


@pytest.mark.rule("API-03")
def test_any_version_may_be_meant(owner: "TestClient[Api]") -> None:
    assert owner.post(f"{VISIT}/resize", json={"minutes": 60}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.rule("API-03")
def test_the_same_version_may_be_said_twice(owner: "TestClient[Api]") -> None:
    body = {"minutes": 60, "version": 1}

    assert owner.post(f"{VISIT}/resize", json=body, headers={"If-Match": '"1"'}).status_code == 200


@pytest.mark.rule("API-03")
def test_two_versions_are_ambiguous(owner: "TestClient[Api]") -> None:
    response = owner.post(f"{VISIT}/resize", json={"minutes": 60, "version": 2}, headers={"If-Match": '"1"'})

    assert (response.status_code, response.json()["type"]) == (400, "/problems/version.ambiguous")


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("header", ["", "1", 'W/"1"', '"0"', '"-1"', '"1", "2"', '"one"', '"' + "9" * 40 + '"'])
def test_an_if_match_that_is_no_version_is_malformed(owner: "TestClient[Api]", header: str) -> None:
    response = owner.post(f"{VISIT}/resize", json={"minutes": 60}, headers={"If-Match": header})

    assert (response.status_code, response.json()["field"]) == (400, "If-Match")


@pytest.mark.parametrize("version", [0, -1, 2**31, 10**40, "1", 1.5, None])
def test_a_version_that_is_none_is_malformed(owner: "TestClient[Api]", version: object) -> None:
    response = owner.post(f"{VISIT}/resize", json={"minutes": 60, "version": version})

    assert (response.status_code, response.json()["field"]) == (400, "version")


@pytest.mark.rule("API-03")
def test_the_etag_is_the_version_of_what_is_answered(owner: "TestClient[Api]") -> None:
    before = owner.get(VISIT)
    after = owner.post(f"{VISIT}/resize", json={"minutes": 60}, headers={"If-Match": before.headers["etag"]})

    assert (before.headers["etag"], before.json()["version"]) == ('"1"', 1)
    assert (after.headers["etag"], after.json()["version"]) == ('"2"', 2)
    assert owner.get(VISIT).headers["etag"] == '"2"'


@pytest.mark.rule("API-03")
def test_every_answer_with_a_version_has_an_etag(owner: "TestClient[Api]") -> None:
    for operation in OPERATIONS:
        example = EXAMPLES[operation.id]
        if operation.method == "GET" and not operation.downloads and not operation.streams:
            response = owner.get(operation.address.format(**example.path), params=dict(example.query))
            assert ("etag" in response.headers) is ("version" in response.json()), operation.id
