"""
Rules of addresses that are looked up (CUS-14).
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class LookingUp:
    """
    That addresses are to be looked up: whether there *is a service* that does.
    """

    service: bool


@rule("CUS-14", "addresses.no_service", "There is no address service that could be asked.")
def addresses_can_be_looked_up(case: LookingUp) -> Facts | None:
    """
    The embedded geocoder was asked when the records were saved, and knows no more than then.
    """
    return None if case.service else {}


LOOKING_UP = (addresses_can_be_looked_up,)
