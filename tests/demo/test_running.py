import time
from pathlib import Path

import httpx

from tests.demo.served import served


def grid(url: str, token: str) -> httpx.Response:
    return httpx.get(f"{url}/v1/wasatch/grid?kind=tech&days=7", headers={"Authorization": f"Bearer {token}"})


def test_the_demo_is_filled_served_told_ended_and_taken_up_again(tmp_path: Path) -> None:
    with served(tmp_path) as demo:
        tokens = demo.token("owner"), demo.token("dispatcher")
        told = demo.output.read_text()
        answers = [grid(demo.url, token) for token in tokens]
        assert demo.stop() == 0
    began = time.monotonic()
    with served(tmp_path) as again:
        took = time.monotonic() - began
        known = demo.token("owner"), demo.token("dispatcher")
        answer = grid(again.url, tokens[1])

    assert f"{demo.url}/docs" in told
    assert all(token in told for token in tokens)
    assert f"{demo.url}/v1/wasatch/grid" in told
    assert "filled in" in told
    assert [each.status_code for each in answers] == [200, 200]
    assert len(answers[0].json()["rows"]) == 10
    assert any(row["blocks"] for row in answers[0].json()["rows"])
    assert known == tokens
    assert answer.status_code == 200
    assert "filled in" not in again.output.read_text()
    assert took < 30
    assert "Traceback" not in told + again.output.read_text()


def test_a_file_that_is_no_demo_is_told_in_a_sentence(tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    mine.write_bytes(b"not a database, but dear to me")

    try:
        with served(tmp_path, "--database", "mine.db"):
            raise RuntimeError("it was served")
    except AssertionError as ended:
        assert "mine.db is no demo of this version." in str(ended)
        assert "Traceback" not in str(ended)
    assert mine.read_bytes() == b"not a database, but dear to me"
