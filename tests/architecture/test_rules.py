"""
Rules, their numbers and the tests that name them.
"""

import ast
import os
import re
from pathlib import Path

from tools.rules import every_rule

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
NUMBER = re.compile(r"^- \*\*([A-Z]{3}-\d{2})\*\*", re.MULTILINE)


def numbers() -> list[str]:
    return [number for page in sorted(PAGES.glob("*.md")) for number in NUMBER.findall(page.read_text("utf-8"))]


def texts(folder: Path) -> dict[str, bytes]:
    return {page.name: page.read_bytes() for page in folder.glob("*.md") if page.name != "README.md"}


def named_by_tests() -> set[str]:
    """
    Every number in a mark ``pytest.mark.rule(…)`` of any test, the published suites among them.
    """
    folders = ROOT / "tests", ROOT / "src" / "fieldops_core" / "testing"
    return {
        argument.value
        for folder in folders
        for module in folder.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8"), str(module)))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.rule")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_a_number_belongs_to_one_rule() -> None:
    assert sorted(set(numbers())) == sorted(numbers())


def test_the_rules_of_the_code_are_on_the_pages() -> None:
    assert {rule.number for rule in every_rule()} <= set(numbers())


def test_a_code_is_one_rule() -> None:
    codes = [(rule.number, rule.code) for rule in every_rule() if rule.code != "permission.denied"]

    assert sorted(set(codes)) == sorted(codes)


def test_the_tests_name_rules_that_are_on_the_pages() -> None:
    assert named_by_tests() <= set(numbers())


if "FIELDOPS_SPEC" in os.environ:

    def test_the_pages_are_the_specification_word_for_word() -> None:
        specification = Path(os.environ["FIELDOPS_SPEC"])
        pages = {page.name: page.read_bytes() for page in PAGES.glob("*.md") if page.name != "README.md"}
        assert pages == {
            page.name: page.read_bytes() for page in specification.glob("*.md") if page.name != "README.md"
        }
