"""
Rules of leads that become customers.
"""

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Conversion:
    """
    A record that is to become a customer: its *stage* before, and the fields that a customer needs and that are still
    *missing*.
    """

    stage: Stage
    missing: tuple[str, ...] = ()


@rule("CUS-18", "conversion.done", "This is a customer already.")
def only_leads_are_converted(case: Conversion) -> Facts | None:
    """
    A converted lead cannot be converted again.
    """
    return None if case.stage is Stage.LEAD else {}


@rule("CUS-18", "conversion.incomplete", "To become a customer, this lead still needs: {fields}.")
def conversion_is_complete(case: Conversion) -> Facts | None:
    """
    Required customer fields that are still empty are asked in the same command.
    """
    told = ", ".join(each.replace("_", " ") for each in case.missing)
    return {"fields": told, "missing": list(case.missing)} if case.missing and case.stage is Stage.LEAD else None


CONVERSION = (only_leads_are_converted, conversion_is_complete)
