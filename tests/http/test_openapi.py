"""
The OpenAPI document and the page that shows it.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from fieldops_http.app import OPERATIONS, Api
from fieldops_http.examples import EXAMPLES
from fieldops_http.openapi import document
from fieldops_http.operations import Operation

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"
DOCUMENT = document(OPERATIONS)


def text(node: Any) -> str:
    return json.dumps(node, indent=2, ensure_ascii=False) + "\n"


def described(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][operation.address][operation.method.lower()]
    return found


@pytest.mark.rule("API-01")
def test_the_public_shape_is_what_was_agreed() -> None:
    """
    ``FIELDOPS_SNAPSHOT=1 pytest tests/http/test_openapi.py`` writes docs/openapi.json anew; read the difference.
    """
    if os.environ.get("FIELDOPS_SNAPSHOT") == "1":
        SNAPSHOT.write_text(text(DOCUMENT), encoding="utf-8")

    assert SNAPSHOT.read_text(encoding="utf-8") == text(DOCUMENT), "FIELDOPS_SNAPSHOT=1 writes it anew"


@pytest.mark.rule("API-01")
@pytest.mark.parametrize("address", ["/schema", "/schema/openapi.json"])
def test_the_document_is_served(owner: "TestClient[Api]", address: str) -> None:
    response = owner.get(address)

    assert response.headers["content-type"].startswith("application/json")
    assert response.json() == json.loads(text(DOCUMENT))
    assert response.json()["openapi"].startswith("3.1")


@pytest.mark.rule("API-01")
def test_every_operation_is_in_the_document_under_its_own_id() -> None:
    ids = [method["operationId"] for path in DOCUMENT["paths"].values() for method in path.values()]

    assert sorted(ids) == sorted(each.id for each in OPERATIONS)
    assert len(set(ids)) == len(ids)


@pytest.mark.rule("API-01")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_an_operation_is_described(operation: Operation) -> None:
    here = described(operation)

    assert here["summary"]
    assert here["description"].strip()
    assert here["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
    assert re.search(r"Rules: ([A-Z]{3}-\d\d(, )?)+\.$", here["description"])


@pytest.mark.rule("API-01", "API-02")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_an_operation_tells_its_errors(operation: Operation) -> None:
    told = set(described(operation)["responses"])

    wanted = {str(operation.status), "500"}
    if not operation.public:
        wanted |= {"400", "401", "403", "404", "422"}
    if operation.versioned:
        wanted |= {"409", "412", "428"}
    if operation.body:
        wanted |= {"413"}
    assert wanted <= told


@pytest.mark.rule("API-01")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_an_operation_shows_its_example(operation: Operation) -> None:
    here, example = described(operation), EXAMPLES[operation.id]

    shown = {(each["in"], each["name"]): each["example"] for each in here.get("parameters", ()) if "example" in each}
    places = (("path", example.path), ("query", example.query), ("header", example.headers))
    assert shown == {(place, name): value for place, given in places for name, value in given.items()}
    if operation.body:
        assert here["requestBody"]["content"]["application/json"]["example"] == example.body


@pytest.mark.rule("API-01", "API-03")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_an_operation_tells_the_headers_that_it_reads(operation: Operation) -> None:
    named = {each["name"] for each in described(operation).get("parameters", ()) if each["in"] == "header"}

    assert ("Idempotency-Key" in named) is (operation.method == "POST")
    assert ("If-Match" in named) is operation.versioned


@pytest.mark.rule("API-01")
def test_bodies_take_nothing_that_they_do_not_name() -> None:
    bodies = {each.body.__name__ for each in OPERATIONS if each.body}

    assert all(DOCUMENT["components"]["schemas"][name]["additionalProperties"] is False for name in bodies)


@pytest.mark.rule("API-01")
def test_every_reference_leads_somewhere() -> None:
    for reference in set(re.findall(r'"#/([^"]+)"', json.dumps(DOCUMENT))):
        node = DOCUMENT
        for step in reference.split("/"):
            node = node[step]


@pytest.mark.rule("API-01")
@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.body], ids=lambda each: each.id)
def test_an_example_is_a_body_of_its_operation(operation: Operation) -> None:
    assert operation.body is not None
    msgspec.convert(EXAMPLES[operation.id].body, operation.body)


@pytest.mark.rule("API-01")
def test_the_page_loads_nothing_from_elsewhere(owner: "TestClient[Api]") -> None:
    page = owner.get("/docs")
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert "http" not in page.text.lower().replace("<!doctype html>", "").replace("http-equiv", "")
    for source in sources:
        assert source.startswith(("/docs/", "data:,"))
        if source.startswith("/"):
            assert owner.get(source).status_code == 200, source


@pytest.mark.rule("API-01")
def test_the_page_reads_the_document_from_here_and_asks_nobody_to_validate_it(owner: "TestClient[Api]") -> None:
    script = owner.get("/docs/start.js").text

    assert 'url: "/schema/openapi.json"' in script
    assert "validatorUrl: null" in script
    assert "http" not in script


def test_the_bare_address_leads_to_the_documentation(owner: "TestClient[Api]") -> None:
    assert owner.get("/", follow_redirects=False).headers["location"] == "/docs"
