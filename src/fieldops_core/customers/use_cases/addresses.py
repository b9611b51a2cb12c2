"""
Addresses: suggested while they are typed, and looked up after they were saved (CUS-14).
"""

from collections.abc import Sequence
from datetime import timedelta

from fieldops_core.access.context import Call
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import FinishLookup, LookUpAddresses, SuggestAddresses
from fieldops_core.customers.model import Customer, Verification
from fieldops_core.customers.ports import AddressService, Unit
from fieldops_core.customers.rules import LOOKING_UP, LookingUp
from fieldops_core.customers.views import LookupsView, SuggestionsView, suggestion_view
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import require

FIRST_WAIT, LONGER, MOST_TRIES = timedelta(minutes=1), 3, 8
"""
A service that does not answer is asked again after a minute, then after three times as long each time, and, after two
days or so, no more.
"""


def suggest_addresses(question: SuggestAddresses, _: Call[Unit], *, addresses: AddressService) -> SuggestionsView:
    found = addresses.suggest(question.text, limit=question.limit) if question.text else ()
    return SuggestionsView(items=tuple(map(suggestion_view, found)))


def await_lookups(changes: Sequence[tuple[Customer | None, Customer]], call: Call[Unit]) -> None:
    """
    Records that were saved, each with what it was *before* (None: it is new), have their addresses looked up after the
    commit, where these are new, or their coordinates were taken away, and there is more to know of them than is known
    already. Where somebody sent coordinates meanwhile, nothing waits any more. What a lookup itself found changes
    nothing here.
    """
    new = [after for before, after in changes if before is None or _is_open_again(before, after)]
    sent = [after for before, after in changes if before is not None and before.point != after.point]
    verify = bool(new) and call.unit.companies.setup().settings.address_verification
    due = [after.id for after in new if _wants(after, verify=verify)]
    call.unit.lookups.put(due, due=call.now)
    for after in sent:
        if after.id not in due:
            call.unit.lookups.drop(after.id)


def _is_open_again(before: Customer, after: Customer) -> bool:
    return before.address != after.address or (before.point is not None and after.point is None)


def _wants(customer: Customer, *, verify: bool) -> bool:
    unverified = verify and customer.verification is Verification.UNKNOWN
    return bool(customer.address.line1 or customer.address.city) and (unverified or not customer.placed)


def look_up_addresses(command: LookUpAddresses, call: Call[Unit], *, addresses: AddressService) -> LookupsView:
    require(LOOKING_UP, LookingUp(service=addresses.looks_up))
    due = call.unit.customers.unplaced(estimates=command.estimates)
    call.unit.lookups.put(due, due=call.now)
    return LookupsView(wait=len(due))


def finish_lookup(command: FinishLookup, call: Call[Unit]) -> LookupsView:
    """
    A record that is gone, or has another address by now, is left alone: another address waits on its own. Nobody
    changes it meanwhile.
    """
    unit = call.unit
    for customer in unit.customers.named((command.customer,), lock=Lock.EXCLUSIVE):
        if customer.address != command.address:
            return LookupsView(wait=1)
        if not command.answered and (wait := _wait(unit.lookups.tries(customer.id))):
            unit.lookups.put_off(customer.id, due=call.now + wait)
            return LookupsView(wait=1)
        if command.answered:
            verify = unit.companies.setup().settings.address_verification
            call.keep(unit.customers, decisions.place(customer, command.found, verify=verify, now=call.now))
        unit.lookups.drop(customer.id)
    return LookupsView(wait=0)


def _wait(tries: int | None) -> timedelta | None:
    """
    How long after so many tries in vain, and one more.
    """
    return None if tries is None or tries + 1 >= MOST_TRIES else FIRST_WAIT * LONGER**tries
