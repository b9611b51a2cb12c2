"""
Addresses without a service.
"""

from attrs import Factory, define

from fieldops_core.customers.model import Located, Suggestion
from fieldops_core.customers.ports import AddressServiceFailed
from fieldops_core.kernel.contact import Address


@define
class KnownAddresses:
    """
    The :class:`~fieldops_core.customers.ports.AddressService` of tests: knows the streets (first lines) that it is
    given, and was *asked* for those addresses. While it is *down* it does not answer.
    """

    streets: dict[str, Located] = Factory(dict)
    asked: list[Address] = Factory(list)
    down: bool = False
    looks_up: bool = True

    def look_up(self, address: Address) -> Located | None:
        self.asked.append(address)
        if self.down:
            raise AddressServiceFailed("The address service is down.")
        return self.streets.get(address.line1)

    def suggest(self, text: str, *, limit: int) -> tuple[Suggestion, ...]:
        found = ((line, there) for line, there in self.streets.items() if line.casefold().startswith(text.casefold()))
        return tuple(
            Suggestion(address=Address(line1=line), point=there.point, estimate=there.estimate) for line, there in found
        )[:limit]
