"""
Addresses suggested, and looked up.
"""

from attrs import frozen

from fieldops_core.company.views import AddressView, address_view
from fieldops_core.customers.model import Suggestion
from fieldops_core.kernel.geo import Point


@frozen(kw_only=True)
class SuggestionView:
    """
    An address that may be meant, and where it lies; *estimate*: only somewhere near.
    """

    address: AddressView
    county: str
    coordinates: Point
    estimate: bool


@frozen(kw_only=True)
class SuggestionsView:
    items: tuple[SuggestionView, ...]


def suggestion_view(suggestion: Suggestion) -> SuggestionView:
    return SuggestionView(
        address=address_view(suggestion.address),
        county=suggestion.county,
        coordinates=suggestion.point,
        estimate=suggestion.estimate,
    )


@frozen(kw_only=True)
class LookupsView:
    """
    How many addresses *wait* to be looked up by a command.
    """

    wait: int
