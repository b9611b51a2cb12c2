import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from fieldops_http.demo import SIZES
from fieldops_http.demo.database import make
from tests.demo.served import FIELDOPS, served


def grid(url: str, token: str) -> httpx.Response:
    return httpx.get(
        f"{url}/v1/wasatch/grid?kind=tech&days=7", headers={"Authorization": f"Bearer {token}"}, timeout=60
    )


@pytest.mark.rule("OPS-02")
def test_the_demo_is_filled_served_told_ended_and_taken_up_again(tmp_path: Path) -> None:
    with served(tmp_path) as demo:
        tokens = demo.token("owner"), demo.token("dispatcher")
        told = demo.output.read_text()
        answers = [grid(demo.url, token) for token in tokens]
        assert demo.stop() == 0
    with served(tmp_path) as again:
        known = demo.token("owner"), demo.token("dispatcher")
        answer = grid(again.url, tokens[1])

    assert f"{demo.url}/docs" in told
    assert all(token in told for token in tokens)
    assert f"{demo.url}/v1/wasatch/grid" in told
    assert "filled in" in told
    assert [each.status_code for each in answers] == [200, 200]
    assert len(answers[0].json()["rows"]) == sum(SIZES["small"].technicians)
    assert any(row["blocks"] for row in answers[0].json()["rows"])
    assert known == tokens
    assert answer.status_code == 200
    assert "filled in" not in again.output.read_text()
    assert "Traceback" not in told + again.output.read_text()


@pytest.mark.rule("OPS-02")
def test_a_demo_of_an_older_day_still_serves_and_tells_how_to_get_another(tmp_path: Path) -> None:
    small, days_ago = SIZES["small"], datetime.now(UTC).date() - timedelta(days=60)
    make(tmp_path / ".demo" / "fieldops.db", size=small, today=days_ago, told=lambda what, done, of: None)

    with served(tmp_path) as demo:
        answer = grid(demo.url, demo.token("dispatcher"))

    assert answer.status_code == 200
    assert "All its visits are over. For new ones remove .demo/fieldops.db" in demo.output.read_text()
    assert "filled in" not in demo.output.read_text()


def refused(folder: Path, *options: str) -> str:
    """
    What the command says that cannot be carried out.
    """
    command = [str(FIELDOPS), "demo", "--no-open", *options]
    ended = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_file_that_is_no_demo_is_told_in_a_sentence(tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    mine.write_bytes(b"not a database, but dear to me")

    assert "mine.db is no demo of this version." in refused(tmp_path, "--database", "mine.db", "--port", "0")
    assert mine.read_bytes() == b"not a database, but dear to me"


def test_a_file_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()

    assert "file/demo.db cannot be made" in refused(tmp_path, "--database", "file/demo.db", "--port", "0")


def test_a_port_that_is_taken_is_told_before_anything_is_filled(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert f"127.0.0.1:{port} (address already in use)" in refused(tmp_path, "--port", str(port))
    assert list(tmp_path.iterdir()) == []
