"""
Rules of at-risk marks.
"""

from fieldops_core.customers.model import AtRiskMark
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@rule("CUS-23", "at_risk.cleared", "This mark was cleared already.")
def mark_stands(mark: AtRiskMark) -> Facts | None:
    """
    A mark is cleared once. A record that is at risk again is marked anew.
    """
    return None if mark.open else {"cleared_at": mark.cleared_at}


CLEARING = (mark_stands,)
