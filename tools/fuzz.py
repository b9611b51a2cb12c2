"""
Sends made-up requests to a served demo, as its OpenAPI document describes them. No answer may be a 500, and every
answer must be what the document says.

    python -m tools.fuzz [--cases N] [--seconds N]

Schemathesis lives in an environment of its own, .venv-fuzz (`make fuzz` makes it). It is told the demo's company and
the ids that the demo's lists answer, so that most requests reach something instead of a 404.
"""

import argparse
import contextlib
import json
import math
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

FIELDOPS = Path(sys.executable).with_name("fieldops")
SCHEMATHESIS = Path(".venv-fuzz/bin/schemathesis").resolve()

LOG = "server.log"
OUTPUT = "schemathesis.log"
START_SECONDS = 60
TOKEN = re.compile(r"\bfo_[\w-]+")
COMPANY = re.compile(r"/v1/([a-z][\w-]*)")
UNAUTHORIZED = re.compile(r"\bstatus=401\b")
LISTS = re.compile(r"^/v1/\{(\w+)\}/(\w+)$")
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"


@attrs.frozen(kw_only=True)
class Server:
    """
    A served demo: where it listens, who may ask, and whose data it is.
    """

    url: str
    token: str
    company: str

    def get(self, path: str) -> Any:
        request = urllib.request.Request(f"{self.url}{path}", headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


# --- The one place that knows how the demo is served --------------------------------------------------------------


@contextlib.contextmanager
def start_server(directory: Path) -> Iterator[Server]:
    """
    ``fieldops demo --size small`` on a free port. What it prints names a token (``fo_…``) and an address under
    ``/v1/<company>``; ``GET /health`` answers 200 once it serves.
    """
    port, log = free_port(), directory / LOG
    database = directory / "demo.sqlite3"
    where: list[str | Path] = ["--database", database, "--port", str(port), "--no-open"]
    command: list[str | Path] = [FIELDOPS, "demo", "--size", "small", *where]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(process, url, log)
        yield Server(url=url, token=printed(TOKEN, log)[0], company=printed(COMPANY, log)[1])
        if process.poll() is not None:
            sys.exit(f"the server ended by itself with {process.returncode}:\n{tail(log)}")
    finally:
        stop(process)


def wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit(f"the demo does not start:\n{tail(log)}")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=2):
            return
        time.sleep(0.2)
    sys.exit(f"the demo does not answer within {START_SECONDS} seconds:\n{tail(log)}")


def printed(what: re.Pattern[str], log: Path) -> re.Match[str]:
    found = what.search(log.read_text(errors="replace"))
    if found is None:
        sys.exit(f"the demo does not print what matches {what.pattern}:\n{tail(log)}")
    return found


# ------------------------------------------------------------------------------------------------------------------


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tail(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:]


def settings(server: Server, document: dict[str, Any], *, cases: int) -> dict[str, Any]:
    """
    Schemathesis's configuration: the token, the company, and for each list the ids that it answers.
    """
    ids = known_ids(server, document)
    # References are named for one of a list: `customer` is the id of one of `customers`.
    references = {
        f"{place}.{name.removesuffix('s')}": {"dictionary": name, "probability": 0.8}
        for name in ids
        for place in ("query", "body")
    }
    # Twice as many as it takes: some operations have little to vary.
    examples = max(20, math.ceil(2 * cases / len(operations(document))))
    company = {f"path.{found[1]}": server.company for path in document["paths"] if (found := LISTS.match(path))}
    return {
        "headers": {"Authorization": f"Bearer {server.token}"},
        "generation": {"max-examples": examples, "database": "none"},
        "dictionaries": {name: {"values": values} for name, values in ids.items()},
        "parameters": company | references,
        "operations": [
            {
                "include-path-regex": rf"^/v1/\{{\w+\}}/{name}/\{{id\}}",
                "parameters": {"path.id": {"dictionary": name, "probability": 0.8}},
            }
            for name in ids
        ],
    }


def operations(document: dict[str, Any]) -> list[tuple[str, str]]:
    methods = {"get", "post", "put", "patch", "delete"}
    return [(path, method) for path, item in document["paths"].items() for method in item if method in methods]


def known_ids(server: Server, document: dict[str, Any]) -> dict[str, list[str]]:
    """
    For each list of the API, by its name, the first ids on it.
    """
    found: dict[str, list[str]] = {}
    for path, method in operations(document):
        if method == "get" and (matched := LISTS.match(path)):
            with contextlib.suppress(urllib.error.HTTPError):  # a list that wants parameters
                found[matched[2]] = ids_in(server.get(f"/v1/{server.company}/{matched[2]}"))
    return {name: ids for name, ids in found.items() if ids}


def ids_in(answer: Any) -> list[str]:
    items = answer.get("items", []) if isinstance(answer, dict) else answer
    return [str(item["id"]) for item in items if isinstance(item, dict) and "id" in item][:20]


def toml(value: object) -> str:
    """
    A value as TOML writes it: inline tables and arrays, and strings as JSON has them.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def fuzz(server: Server, directory: Path, *, cases: int, seconds: int) -> int:
    document = server.get("/schema/openapi.json")
    configuration, report = directory / "schemathesis.toml", directory / "report.json"
    lines = [f"{key} = {toml(value)}" for key, value in settings(server, document, cases=cases).items()]
    configuration.write_text("\n".join(lines), "utf-8")
    command: list[str | Path] = [SCHEMATHESIS, "--config-file", configuration, "run"]
    options = ["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--no-color", "--request-timeout", "30"]
    # Whoever revokes the token that it speaks with reaches nothing any more.
    options += ["--exclude-operation-id", "revoke_token"]
    options += ["--exclude-operation-id", "listen_to_grid"]  # it goes on for an hour
    options += ["--report", "json", "--report-json-path", str(report), f"{server.url}/schema/openapi.json"]
    with (directory / OUTPUT).open("w") as output:
        try:
            done = subprocess.run([*command, *options], cwd=directory, check=False, timeout=seconds, stdout=output)
        except subprocess.TimeoutExpired:
            sys.exit(f"schemathesis did not finish within {seconds} seconds")
    if done.returncode:
        print((directory / OUTPUT).read_text(errors="replace"))
        print(f"what the server wrote last:\n{tail(directory / LOG)}")
        return done.returncode
    sent = json.loads(report.read_text())["test_cases"]["generated"]
    strangers = len(UNAUTHORIZED.findall((directory / LOG).read_text(errors="replace")))
    if strangers > sent // 5:
        print(f"{strangers} of {sent} requests were answered 401: the fuzzer has lost its token")
        return 1
    print(f"{sent} requests sent, none answered 500{'' if sent >= cases else f', but {cases} were asked for'}")
    return int(sent < cases)


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description="Send made-up requests to a served demo.")
    parser.add_argument("--cases", type=int, default=1_000, help="at least so many requests (1000)")
    parser.add_argument("--seconds", type=int, default=600, help="at most so long (600)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fieldops-fuzz-") as directory, start_server(Path(directory)) as server:
        return fuzz(server, Path(directory), cases=asked.cases, seconds=asked.seconds)


if __name__ == "__main__":
    sys.exit(main())
