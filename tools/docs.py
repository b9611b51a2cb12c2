"""
Writes the rule tables of docs/domain, and the drawing of a visit's statuses, from the code.

    python -m tools.docs [--check]

Each subdomain's page, docs/domain/<subdomain>.md, has its table between two markers; the rest of the page is written by
hand. With --check nothing is written, and the answer is 1 if a page is not what the code says.
"""

import argparse
import re
import sys
from pathlib import Path

from fieldops_core.scheduling.model import TRANSITIONS, Condition, Status
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


def drawing() -> str:
    """
    What may follow what (APT-07), as a diagram and as a table.
    """
    steps = [(before, after, how) for before, some in TRANSITIONS.items() for after, how in some.items()]
    lines = [f"    {before.value} --> {after.value}{label(how)}" for before, after, how in steps]
    rows = [f"| {before.value} | {after.value} | {how.value} |" for before, after, how in steps]
    begin = f"    [*] --> {Status.SCHEDULED.value}"
    diagram = ["```mermaid", "stateDiagram-v2", begin, *lines, "```"]
    return "\n".join([DRAW, *diagram, "", "| from | to | under what |", "| --- | --- | --- |", *rows, DRAWN])


def label(how: Condition) -> str:
    return "" if how is Condition.ALWAYS else f": {how.name.lower().replace('_', ' ')}"


def page(name: str, rules: list[AnyRule]) -> str:
    """
    The subdomain's page with its table as it should be. A page that is missing begins with its name alone.
    """
    path = PAGES / f"{name}.md"
    text = path.read_text("utf-8") if path.exists() else f"# {name.replace('_', ' ').capitalize()}\n"
    if not TABLE.search(text):
        text = f"{text.rstrip()}\n\n## Rules\n\n{BEGIN}{END}\n"
    return DRAWING.sub(lambda _: drawing(), TABLE.sub(lambda _: table(rules), text))


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
