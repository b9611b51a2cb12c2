"""
Do the tests bite? Every business rule is switched off in turn, and a test that names its number must fail.

    python -m tools.bite [--seconds N] [--only NUMBER ...] [tests ...]

The tests are collected once. Each rule then gets a forked process in which it answers None to every case, and in which
only the tests marked with its number run, until the first one fails. That test must pass again with the rule switched
on: what fails anyway proves nothing. Exits 1 if a rule still stands.
"""

import argparse
import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import attrs
import pytest
from _pytest.runner import runtestprotocol

from tools.rules import AnyRule, every_rule

AT_A_TIME = 2


@attrs.frozen
class Result:
    rule: AnyRule
    bitten: bool
    told: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.rule.number} {self.rule.code:<40} {self.told} ({self.seconds:.1f} s)"


@attrs.frozen
class Child:
    """
    A process in which *rule* is switched off. It writes one line of JSON to *answer* when it is done.
    """

    rule: AnyRule
    pid: int
    answer: int
    started: float
    directory: Path


class Bite:
    """
    A plugin of pytest that, instead of running the tests, runs each rule's tests without the rule.
    """

    def __init__(self, *, seconds: float, only: Sequence[str]) -> None:
        self.seconds = seconds
        self.only = only
        self.results: list[Result] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        named = {rule: items for rule in self._rules() if (items := tests_naming(rule, session.items))}
        if any(needs_postgresql(item) for items in named.values() for item in items):
            share_postgresql()
        for rule in self._rules():
            if rule not in named:
                self._tell(Result(rule, bitten=False, told="NO TEST NAMES IT", seconds=0))
        for result in bitten_by(named, seconds=self.seconds):
            self._tell(result)
        return True

    def _rules(self) -> list[AnyRule]:
        return [rule for rule in every_rule() if not self.only or rule.number in self.only]

    def _tell(self, result: Result) -> None:
        self.results.append(result)
        print(result, flush=True)


def tests_naming(rule: AnyRule, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """
    The tests marked with the rule's number, the quick ones first.
    """
    named = [item for item in items if any(rule.number in mark.args for mark in item.iter_markers("rule"))]
    return sorted(named, key=lambda item: (needs_postgresql(item), "unit" not in item.path.parts))


def needs_postgresql(item: pytest.Item) -> bool:
    """
    A guess from its name and the fixtures it names: a fixture can ask for others when it runs.
    """
    return any("postgresql" in name for name in (item.nodeid, *getattr(item, "fixturenames", ())))


def share_postgresql() -> None:
    """
    Start the server here, so that it does not end with a child. Where it cannot start, the children skip as ever.
    """
    from tests.plugins import postgresql  # not before pytest has loaded it as the plugin it is

    with contextlib.suppress(postgresql.Unavailable):
        os.environ[postgresql.SERVER] = postgresql.server_url()


def bitten_by(named: dict[AnyRule, list[pytest.Item]], *, seconds: float) -> Iterator[Result]:
    """
    Switch the rules off, each in a child of its own and a few at a time, and answer how each child ended.
    """
    waiting = list(named.items())[::-1]
    children: list[Child] = []
    while waiting or children:
        while waiting and len(children) < AT_A_TIME:
            children.append(start(*waiting.pop()))
        readable, _, _ = select.select([child.answer for child in children], [], [], 0.2)
        for child in tuple(children):
            late = time.monotonic() - child.started > seconds
            if child.answer in readable or late:
                children.remove(child)
                yield end(child)


def start(rule: AnyRule, items: list[pytest.Item]) -> Child:
    directory = Path(tempfile.mkdtemp(prefix="fieldops-bite-"))
    reading, writing = os.pipe()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        run_child(rule, items, directory, writing)
    os.close(writing)
    return Child(rule, pid, reading, started, directory)


def end(child: Child) -> Result:
    """
    What the child found. One that is late or died without an answer found nothing.
    """
    ready, _, _ = select.select([child.answer], [], [], 0)
    with os.fdopen(child.answer) as answer:
        line = answer.readline() if ready else ""
    # The child leads a group: what its tests started ends with it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    os.waitpid(child.pid, 0)
    log = (child.directory / "log").read_text(errors="replace") if (child.directory / "log").exists() else ""
    shutil.rmtree(child.directory, ignore_errors=True)
    seconds = time.monotonic() - child.started
    if not line:
        how = "ran too long" if not ready else f"its process died: {log.strip()[-500:]}"
        return Result(child.rule, bitten=False, told=f"STILL STANDS: {how}", seconds=seconds)
    return Result(child.rule, seconds=seconds, **json.loads(line))


def run_child(rule: AnyRule, items: list[pytest.Item], directory: Path, writing: int) -> NoReturn:
    """
    Never returns: what a process does at its end is the parent's to do.
    """
    try:
        os.setpgid(0, 0)
        log = os.open(directory / "log", os.O_CREAT | os.O_WRONLY)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(directory)
        bitten, told = try_tests(rule, items)
        os.write(writing, json.dumps({"bitten": bitten, "told": told}).encode() + b"\n")
    except BaseException as error:  # noqa: BLE001  whatever it is, the child must not go on as its parent would
        os.write(2, repr(error).encode())
    finally:
        os._exit(0)


def try_tests(rule: AnyRule, items: list[pytest.Item]) -> tuple[bool, str]:
    asked = rule.broken_by
    for item, following in zip(items, [*items[1:], None], strict=True):
        switch(rule, lambda case: None)
        if not fails(item, following):
            continue
        switch(rule, asked)
        item.session._setupstate.teardown_exact(None)  # what was given to it may have been spoiled
        if fails(item, None):
            return False, f"STILL STANDS: {item.nodeid} fails with the rule switched on too"
        return True, f"bitten by {item.nodeid}"
    return False, f"STILL STANDS: of {len(items)} tests that name it none fails"


def switch(rule: AnyRule, broken_by: Callable[[Any], Any]) -> None:
    # In place, past the frozen class: every module that imported the rule holds this very object.
    object.__setattr__(rule, "broken_by", broken_by)


def fails(item: pytest.Item, following: pytest.Item | None) -> bool:
    """
    Whether the test itself fails; an error in what it is given is no failure of it.
    """
    reports = runtestprotocol(item, log=False, nextitem=following)
    return any(report.failed and report.when == "call" for report in reports)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bite", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=90, help="at most for each rule (90)")
    parser.add_argument("--only", nargs="+", default=[], metavar="NUMBER", help="these rules only")
    parser.add_argument("tests", nargs="*", default=["tests"])
    asked = parser.parse_args()
    os.environ["FIELDOPS_HYPOTHESIS"] = "bite"
    bite = Bite(seconds=asked.seconds, only=asked.only)
    # Without xdist, timeouts and capturing, which belong to the process that is forked.
    options = ["-qq", "--no-header", "--no-summary", "--capture=no", "-p", "no:xdist", "--timeout=0"]
    code = pytest.main([*options, *asked.tests], plugins=[bite])
    standing = [result for result in bite.results if not result.bitten]
    print(f"\n{len(bite.results)} rules switched off, {len(bite.results) - len(standing)} bitten, {len(standing)} not")
    for result in standing:
        print(f"  {result}")
    return int(code) or int(bool(standing) or not bite.results)


if __name__ == "__main__":
    sys.exit(main())
