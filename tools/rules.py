"""
The business rules that the code knows.
"""

import importlib
import pkgutil
from typing import Any

import fieldops_core
from fieldops_core.kernel.rules import Rule

AnyRule = Rule[Any]


def every_rule() -> list[AnyRule]:
    """
    The rules of the core, by number and code, each once wherever it is imported.
    """
    found: dict[int, AnyRule] = {}
    for module in pkgutil.walk_packages(fieldops_core.__path__, "fieldops_core."):
        values = vars(importlib.import_module(module.name)).values()
        found.update({id(value): value for value in values if isinstance(value, Rule)})
    return sorted(found.values(), key=lambda rule: (rule.number, rule.code))
