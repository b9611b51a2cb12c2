"""
Sheets and messages over HTTP: previewed, sent, handed on by the worker.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from litestar.testing import TestClient
from pypdf import PdfReader
from structlog.testing import capture_logs

from fieldops_adapters.notifying.folder import FolderMailer
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.kernel.contact import Email
from fieldops_core.messaging.ports import NoMailer
from fieldops_core.testing.mailing import PlainSheets
from fieldops_http import examples
from fieldops_http.app import Api
from fieldops_http.worker import Worker, send
from tests.http.example_company import PORTS, PRIVATE, ExampleCompany

ORDER = f"/v1/acme/work_orders/{examples.PANEL_JOB}"
SHEET = f"{ORDER}/appointment_sheet/{examples.FIRST_ROUND}"
MESSAGES = f"/v1/acme/customers/{examples.BAKERY}/messages"
LETTER = {"to": "bakery@example.com", "subject": "Our visit", "body": "At nine."}


@pytest.fixture
def broken(company: ExampleCompany) -> Iterator["TestClient[Api]"]:
    """
    A client of a server whose printer is broken.
    """
    printer = PlainSheets()
    printer.broken = True
    engine = company.engine
    fieldops = FieldOps(
        storage=engine.storage, clock=company.clock, ids=engine.ids, ports=evolve(PORTS, sheets=printer)
    )
    with evolve(company, engine=evolve(engine, fieldops=fieldops)).client() as client:
        client.app.state.engine = evolve(engine, fieldops=fieldops)
        yield client


@pytest.mark.rule("PDF-01", "PDF-02")
def test_a_sheet_is_shown_as_a_pdf(owner: "TestClient[Api]") -> None:
    found = owner.get(SHEET)

    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"].startswith('inline; filename="appointment-sheet-')
    assert (found.headers["x-content-type-options"], found.headers["cache-control"]) == (
        "nosniff",
        "private, no-store",
    )
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(found.content), strict=True).pages)
    assert "Appointment sheet" in text and "Acme Alarms" in text and "Signatures" in text
    assert PRIVATE not in text


@pytest.mark.rule("PDF-03")
def test_a_sheet_that_cannot_be_printed_is_a_500_that_says_so_and_nothing_else_is_affected(
    broken: "TestClient[Api]",
) -> None:
    with capture_logs() as logs:
        failed = broken.get(SHEET)

    problem = failed.json()
    assert (failed.status_code, problem["detail"], problem["type"]) == (
        500,
        "pdf generation failed",
        "/problems/pdf.failed",
    )
    assert [each["request_id"] for each in logs if each["event"] == "failed"] == [problem["request_id"]]
    assert broken.get(ORDER).status_code == 200
    assert broken.post(f"{ORDER}/send", json={"appointment": str(examples.FIRST_ROUND), "to_user": True}).is_success


@pytest.mark.rule("PDF-04")
def test_what_is_sent_is_the_file_of_the_preview(company: ExampleCompany, tmp_path: Path) -> None:
    engine = company.engine
    mailer = FolderMailer(tmp_path / "mail", sender=Email("dispatch@acme.example"))
    fieldops = FieldOps(storage=engine.storage, clock=company.clock, ids=engine.ids, ports=evolve(PORTS, mailer=mailer))
    with company.client() as client:
        preview = client.get(SHEET)
        sent = client.post(f"{ORDER}/send", json={"appointment": str(examples.FIRST_ROUND), "to": ["a@example.com"]})
        (message,) = sent.json()["messages"]
        assert message["state"] == "queued"

        assert (send(fieldops), send(fieldops)) == (1, 0)

        after = client.get(f"/v1/acme/messages/{message['id']}").json()
    assert (after["state"], after["attempts"]) == ("sent", 1)
    (file,) = (tmp_path / "mail").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["message-id"] == f"<{message['id']}@acme.example>"
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == preview.content
    assert attached.get_filename() == message["attachment"]


@pytest.mark.rule("API-03", "PDF-04")
def test_sending_twice_under_one_key_sends_once(company: ExampleCompany) -> None:
    with company.client() as client:
        body = {"appointment": str(examples.FIRST_ROUND), "to": ["a@example.com"]}
        first, second = (client.post(f"{ORDER}/send", json=body, headers={"Idempotency-Key": "once"}) for _ in range(2))
        assert first.json() == second.json()
        assert client.get(MESSAGES, params={"count": True}).json()["counts"]["queued"] == 1


@pytest.mark.rule("NTF-08")
def test_dead_messages_are_found_and_tried_again(owner: "TestClient[Api]") -> None:
    (dead,) = owner.get("/v1/acme/messages", params={"state": "dead"}).json()["items"]
    assert dead["last_error"] == "The mail server does not answer."

    again = owner.post(f"/v1/acme/messages/{dead['id']}/retry", json={"version": dead["version"]})

    assert (again.status_code, again.json()["state"]) == (200, "queued")
    twice = owner.post(f"/v1/acme/messages/{dead['id']}/retry", json={"version": again.json()["version"]})
    assert (twice.status_code, twice.json()["type"]) == (422, "/problems/message.not_dead")


@pytest.mark.rule("NTF-01")
def test_the_worker_sends_what_is_queued(company: ExampleCompany) -> None:
    with company.client() as client:
        made = client.post(MESSAGES, json=LETTER)
        worker = Worker(company.engine.fieldops, round=send, seconds=60)
        worker.start()
        worker.stop()
        assert client.get(made.headers["location"]).json()["state"] == "sent"


def test_without_a_way_to_send_messages_say_that_they_wait(company: ExampleCompany) -> None:
    engine, ports = company.engine, evolve(PORTS, mailer=NoMailer())
    fieldops = FieldOps(storage=engine.storage, clock=company.clock, ids=engine.ids, ports=ports)
    with company.client() as client:
        made = client.post(MESSAGES, json=LETTER)
        assert send(fieldops) == 0
        assert client.get(made.headers["location"]).json()["state"] == "queued"
