"""
Writes the rule tables of docs/domain, and the drawings of statuses, from the code.

    python -m tools.docs [--check]

Each subdomain's page, docs/domain/<subdomain>.md, has its table between two markers; the rest of the page is written by
hand. With --check nothing is written, and the answer is 1 if a page is not what the code says.
"""

import argparse
import re
import sys
from enum import Enum
from pathlib import Path

from fieldops_core.scheduling.model import TRANSITIONS, Condition
from fieldops_core.work_orders.model import TRANSITIONS as ORDERS
from fieldops_core.work_orders.model import Way
from tools.rules import AnyRule, every_rule

PAGES = Path(__file__).parents[1] / "docs" / "domain"
BEGIN, END = "<!-- rules -->", "<!-- /rules -->"
TABLE = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
DRAW, DRAWN = "<!-- statuses -->", "<!-- /statuses -->"
DRAWING = re.compile(f"{DRAW}.*?{DRAWN}", re.DOTALL)


def subdomain(rule: AnyRule) -> str:
    return rule.broken_by.__module__.split(".")[1]


def table(rules: list[AnyRule]) -> str:
    rows = [
        f"| {rule.number} | `{rule.code}` | {cell(rule.sentence)} | `{rule.broken_by.__name__}` |" for rule in rules
    ]
    return "\n".join([BEGIN, "| rule | code | sentence | function |", "| --- | --- | --- | --- |", *rows, END])


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


Step = tuple[Enum, Enum, str, str]
"""
One status, one that may follow, the arrow's label, and under what.
"""


def of_visits() -> list[Step]:
    """
    What may follow what (APT-07).
    """
    return [
        (before, after, "" if how is Condition.ALWAYS else how.name, how.value)
        for before, some in TRANSITIONS.items()
        for after, how in some.items()
    ]


def of_work_orders() -> list[Step]:
    """
    What may follow what, and how (WOR-03, WOR-11).
    """
    return [
        (before, after, ", ".join(way.name for way in there), "; ".join(way.value for way in there))
        for before, some in ORDERS.items()
        for after, ways in some.items()
        for there in [[way for way in Way if way in ways]]
    ]


def drawing(steps: list[Step]) -> str:
    """
    The steps as a diagram and as a table; the first is from where everything begins.
    """
    begin = f"    [*] --> {steps[0][0].value}"
    lines = [f"    {before.value} --> {after.value}{label(name)}" for before, after, name, _ in steps]
    rows = [f"| {before.value} | {after.value} | {how} |" for before, after, _, how in steps]
    diagram = ["```mermaid", "stateDiagram-v2", begin, *lines, "```"]
    return "\n".join([DRAW, *diagram, "", "| from | to | under what |", "| --- | --- | --- |", *rows, DRAWN])


def label(name: str) -> str:
    return f": {name.lower().replace('_', ' ')}" if name else ""


DRAWINGS = {"scheduling": of_visits, "work_orders": of_work_orders}


def page(name: str, rules: list[AnyRule]) -> str:
    """
    The subdomain's page with its table as it should be. A page that is missing begins with its name alone.
    """
    path = PAGES / f"{name}.md"
    text = path.read_text("utf-8") if path.exists() else f"# {name.replace('_', ' ').capitalize()}\n"
    if not TABLE.search(text):
        text = f"{text.rstrip()}\n\n## Rules\n\n{BEGIN}{END}\n"
    text = TABLE.sub(lambda _: table(rules), text)
    return DRAWING.sub(lambda _: drawing(DRAWINGS[name]()), text) if name in DRAWINGS else text


def stale() -> dict[Path, str]:
    """
    The pages that are not what the code says, and what they should be.
    """
    by_subdomain: dict[str, list[AnyRule]] = {}
    for rule in every_rule():
        by_subdomain.setdefault(subdomain(rule), []).append(rule)
    wanted = {PAGES / f"{name}.md": page(name, rules) for name, rules in by_subdomain.items()}
    return {path: text for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text}


def main() -> int:
    parser = argparse.ArgumentParser(prog="docs", description="Write the rule tables of docs/domain from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not up to date")
    check = parser.parse_args().check
    found = stale()
    for path, text in found.items():
        print(f"{path.name} {'is not what the code says: run make docs' if check else 'written'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return int(check and bool(found))


if __name__ == "__main__":
    sys.exit(main())
