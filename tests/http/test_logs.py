"""
What is logged, and what is not.
"""

import json
import logging

import pytest
import structlog
from structlog.testing import capture_logs

from fieldops_core.app.fieldops import FieldOps
from fieldops_http import examples
from fieldops_http.app import OPERATIONS
from fieldops_http.examples import EXAMPLES
from fieldops_http.logs import configure
from fieldops_http.settings import Logs
from tests.http.example_company import PRIVATE, ExampleCompany

MARKERS = (
    "801-555",
    "801555",
    "801 555",
    "MARKER",
    "Bakery",
    "acme",
    "example",
    "fo_",
    "Center",
    "Ring twice",
    str(examples.BAKERY),
)


@pytest.mark.rule("API-07")
def test_a_request_is_logged_by_its_template_and_id(company: ExampleCompany) -> None:
    with company.client() as client, capture_logs() as logs:
        id = client.get(f"/v1/acme/customers/{examples.BAKERY}?zone=UTC").headers["x-request-id"]

    (line,) = logs
    assert line.pop("milliseconds") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "path": "/v1/{company}/customers/{id}",
        "status": 200,
        "request_id": id,
    }


@pytest.mark.rule("API-07")
@pytest.mark.parametrize(
    "address", ["/v1/acme/customers/801-555-0101", "/acme", "/v1/acme/customers/%2e%2e/x?phone=801-555-0101"]
)
def test_an_unknown_address_is_not_logged(company: ExampleCompany, address: str) -> None:
    with company.client() as client, capture_logs() as logs:
        assert client.get(address).status_code == 404

    assert [line["path"] for line in logs] == ["unknown"]
    assert not [marker for marker in MARKERS if marker in json.dumps(logs)]


@pytest.mark.rule("API-07", "STO-09")
def test_logs_name_nobody(company: ExampleCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    with company.client() as client, capture_logs() as logs:
        for operation in OPERATIONS:
            example = EXAMPLES[operation.id]
            client.request(
                operation.method,
                operation.address.format(**example.path),
                params=dict(example.query),
                headers=dict(example.headers),
                json=example.body,
            )
        client.post(f"/v1/acme/appointments/{examples.VISIT}/cancel", json={"reason": PRIVATE})

        def broken(*_: object) -> object:
            raise RuntimeError(f"{PRIVATE} of +1 801 555 0101")

        monkeypatch.setattr(FieldOps, "execute", broken)
        assert client.post("/v1/acme/roles", json={"name": PRIVATE}).status_code == 500

    assert len(logs) == len(OPERATIONS) + 3
    assert not [marker for marker in MARKERS if marker in json.dumps(logs)]


@pytest.mark.rule("API-07")
@pytest.mark.parametrize("logs", Logs)
def test_lines_of_every_library_have_one_form(logs: Logs, capsys: pytest.CaptureFixture[str]) -> None:
    before, kept = structlog.get_config(), (logging.root.handlers[:], logging.root.level)
    try:
        configure(logs)
        structlog.stdlib.get_logger("fieldops").info("request", status=200)
        logging.getLogger("uvicorn.error").warning("Stopped %s", "now")
        logging.getLogger("httpx").info("HTTP Request: GET http://127.0.0.1:5000/route/v1/driving/-111.69,40.29")
    finally:
        structlog.configure(**before)
        logging.root.handlers[:], logging.root.level = kept[0], kept[1]

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    if logs is Logs.JSON:
        ours, theirs = (json.loads(line) for line in lines)
        assert (ours["event"], ours["status"], ours["level"]) == ("request", 200, "info")
        assert (theirs["event"], theirs["logger"], theirs["level"]) == ("Stopped now", "uvicorn.error", "warning")
