"""
Files over HTTP: uploaded as they are, downloaded as attachments, swept by the worker.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from attrs import evolve
from litestar.testing import TestClient
from structlog.testing import capture_logs

from fieldops_adapters.files.folder import FolderFiles
from fieldops_adapters.files.memory import MemoryFiles
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.customers.ports import FilesFailed
from fieldops_http import examples
from fieldops_http.app import Api
from fieldops_http.composition import compose
from fieldops_http.settings import Misconfigured, Settings
from fieldops_http.worker import Worker, sweep
from tests.http.example_company import PORTS, ExampleCompany
from tests.support.command_line import Run

FILES = f"/v1/acme/customers/{examples.BAKERY}/files"
PDF = b"%PDF-1.7 \x00\xff ..."


@pytest.mark.rule("CUS-23")
def test_a_file_is_uploaded_as_it_is_and_downloaded_as_it_was(owner: "TestClient[Api]") -> None:
    made = owner.post(FILES, params={"name": "Vertrag Müller.pdf"}, content=PDF, headers={"Content-Type": "text/html"})

    assert made.status_code == 201, made.text
    view = made.json()
    assert (view["name"], view["media_type"], view["size"]) == ("Vertrag Müller.pdf", "application/pdf", len(PDF))
    assert owner.get(made.headers["location"]).json() == view
    found = owner.get(f"{made.headers['location']}/content")
    assert (found.status_code, found.content) == (200, PDF)
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == (
        "attachment; filename=\"Vertrag M_ller.pdf\"; filename*=UTF-8''Vertrag%20M%C3%BCller.pdf"
    )


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"<svg onload='alert(1)'/>", b"MZ\x90\x00"])
def test_no_browser_shows_or_runs_what_was_uploaded(owner: "TestClient[Api]", content: bytes) -> None:
    made = owner.post(FILES, params={"name": 'a";x.html'}, content=content)

    headers = owner.get(f"{made.headers['location']}/content").headers
    assert headers["content-type"].partition(";")[0] in ("text/plain", "application/octet-stream")
    assert headers["content-disposition"].startswith('attachment; filename="a__x.html"; ')
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "private, no-store"


@pytest.mark.rule("CUS-23")
def test_a_file_over_the_limit_is_refused_before_it_is_read(owner: "TestClient[Api]") -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1_000_000
            yield b"x" * 1_000_000

    announced = owner.post(FILES, params={"name": "a"}, content=b"x" * 25_000_001)
    streamed = owner.post(FILES, params={"name": "a"}, content=endless())

    for response in (announced, streamed):
        assert response.status_code == 413
        assert response.json()["facts"] == {"limit": 25_000_000}
        assert response.json()["detail"] == "A body has at most 25,000,000 bytes here."
    assert owner.post(FILES, params={"name": "a"}, content=b"x" * 25_000_000).status_code == 201


@pytest.mark.parametrize(
    ("params", "content", "status", "code"),
    [
        ({"name": "a.pdf"}, b"", 422, "file.empty"),
        ({"name": " "}, PDF, 422, "text.empty"),
        ({"name": "../a.pdf"}, PDF, 422, "file.name_invalid"),
        ({"name": "a\r\nb"}, PDF, 422, "file.name_invalid"),
        ({"name": "a\0b"}, PDF, 422, "text.invalid"),
        ({"name": "x" * 201}, PDF, 400, "parameter.invalid"),
        ({}, PDF, 400, "parameter.invalid"),
        ({"name": "a.pdf", "customer": "x"}, PDF, 400, "parameter.unknown"),
    ],
)
def test_what_is_no_upload_is_told_why(
    owner: "TestClient[Api]", params: dict[str, str], content: bytes, status: int, code: str
) -> None:
    response = owner.post(FILES, params=params, content=content)

    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{code}")


@pytest.mark.rule("API-03")
def test_an_upload_may_be_sent_again(owner: "TestClient[Api]") -> None:
    sent: dict[str, Any] = {"params": {"name": "a.pdf"}, "headers": {"Idempotency-Key": "scan-17"}}

    first, again = (owner.post(FILES, content=PDF, **sent) for _ in range(2))
    other = owner.post(FILES, content=PDF + b"!", **sent)

    assert (first.json(), first.headers["location"]) == (again.json(), again.headers["location"])
    assert other.status_code == 422
    assert owner.get(FILES, params={"count": True}).json()["count"] == 2


class Down(MemoryFiles):
    def put(self, *_: object) -> None:
        raise FilesFailed("connect ECONNREFUSED 10.1.2.3")

    get = put  # type: ignore[assignment]


def test_a_store_that_does_not_answer_is_told_and_nothing_of_it(company: ExampleCompany) -> None:
    engine = company.engine
    fieldops = FieldOps(storage=engine.storage, clock=company.clock, ids=engine.ids, ports=evolve(PORTS, files=Down()))
    company.app.state.engine = evolve(engine, fieldops=fieldops)

    with company.client() as client:
        sent = client.post(FILES, params={"name": "a.pdf"}, content=PDF)
        fetched = client.get(f"/v1/acme/files/{examples.FLOOR_PLAN}/content")
        assert client.get(FILES, params={"count": True}).json()["count"] == 1

    for response in (sent, fetched):
        assert (response.status_code, response.json()["type"]) == (503, "/problems/files.unavailable")
        assert response.headers["retry-after"]
        assert "10.1.2.3" not in response.text


def test_files_lie_in_a_folder_unless_the_settings_say_otherwise() -> None:
    assert Settings.of({}).files == "fieldops-files"
    assert Settings.of({"FIELDOPS_FILES": "s3://bucket/x"}).files == "s3://bucket/x"
    for files in ("s3://", "ftp://files"):
        with pytest.raises(Misconfigured, match="FIELDOPS_FILES"):
            compose(Settings(database="memory://", files=files))


def test_the_command_line_sweeps_the_folder_of_files(acme: Run, tmp_path: Path) -> None:
    company = compose(Settings.of()).storage.company_named("acme")
    assert company is not None
    folder = tmp_path / "fieldops-files"
    for key in ("an-upload-that-was-cut-off", "an-upload-under-way-now"):
        FolderFiles(folder).put(company, key, b"x")
    os.utime(folder / company.hex / "an" / "an-upload-that-was-cut-off", (0, 0))

    ran = acme("files", "sweep")

    assert (ran.code, ran.out) == (0, "1 file swept.")
    assert [each.key for each in FolderFiles(folder).stored()] == ["an-upload-under-way-now"]


def test_a_folder_that_cannot_be_read_ends_the_sweep_in_a_sentence(acme: Run, tmp_path: Path) -> None:
    company = compose(Settings.of()).storage.company_named("acme")
    assert company is not None
    lost = tmp_path / "fieldops-files" / company.hex / "an" / "an-upload-that-was-cut-off"
    lost.mkdir(parents=True)
    os.utime(lost, (0, 0))

    ran = acme("files", "sweep")

    assert ran.code == 1
    assert ran.err.startswith("The folder of files does not do what it should:")


def test_a_worker_sweeps_as_it_begins_and_not_every_second(
    company: ExampleCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = Semaphore(0)

    def fails(_: FieldOps) -> int:
        rounds.release()
        raise FilesFailed("Down.")

    monkeypatch.setattr(FieldOps, "sweep_files", fails)
    worker = Worker(company.engine.fieldops, round=sweep, seconds=60)
    with capture_logs() as logs:
        worker.start()
        assert rounds.acquire(timeout=60)
        worker.stop()

    assert not rounds.acquire(blocking=False)
    assert [(line["event"], line["round"]) for line in logs] == [("round failed", "sweep")]
