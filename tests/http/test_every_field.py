"""
Every field of every body, with what does not belong there: never a 500.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from fieldops_http.app import OPERATIONS
from fieldops_http.examples import EXAMPLES
from fieldops_http.operations import Operation
from tests.http.example_company import ExampleCompany

CHANGES = [each for each in OPERATIONS if each.body is not None]


def strings(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """
    Where the texts of a body are.
    """
    match value:
        case str():
            yield path
        case dict():
            for key, each in value.items():
                yield from strings(each, (*path, key))
        case list():
            for index, each in enumerate(value[:1]):
                yield from strings(each, (*path, index))


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    copy = json.loads(json.dumps(value))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = by
    return copy


def named(each: Any) -> str:
    return each.id if isinstance(each, Operation) else ".".join(map(str, each))


TEXTS = [(operation, path) for operation in CHANGES for path in strings(EXAMPLES[operation.id].body)]


@pytest.mark.parametrize(("operation", "path"), TEXTS, ids=named)
def test_no_text_may_hold_a_nul(company: ExampleCompany, operation: Operation, path: tuple[Any, ...]) -> None:
    example = EXAMPLES[operation.id]
    body = replaced(example.body, path, "a\0b")

    with company.sender(operation.id) as client:
        response = client.request(operation.method, operation.address.format(**example.path), json=body)

    assert response.status_code in (400, 422), response.text
    assert response.json()["detail"]


@pytest.mark.parametrize("value", [None, True, -1, 10**30, 1e308, "", "é" * 5_000, [], {}], ids=repr)
@pytest.mark.parametrize("operation", CHANGES, ids=lambda each: each.id)
def test_no_value_of_any_field_is_too_much(company: ExampleCompany, operation: Operation, value: object) -> None:
    example = EXAMPLES[operation.id]
    with company.sender(operation.id) as client:
        for field in example.body or {}:
            body = {**(example.body or {}), field: value}
            response = client.request(operation.method, operation.address.format(**example.path), json=body)
            assert response.status_code < 500, (field, response.text)
