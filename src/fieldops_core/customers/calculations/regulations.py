"""
Which regulations are a record's, and how it stands to them (CUS-24).
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from fieldops_core.company.model import CatalogEntry
from fieldops_core.customers.model import Fulfilment, Regulated, RegulationStatus, folded
from fieldops_core.kernel.contact import Address

LAST_YEAR = 2199


def is_of(regulation: CatalogEntry, address: Address) -> bool:
    """
    Whether a regulation is of an address' state and, where it is a city's, of that; without case and accents.
    """
    told = regulation.attributes
    there = not told.city or folded(told.city) == folded(address.city)
    return bool(address.state) and told.state == address.state and there


def regulated(
    regulations: Iterable[CatalogEntry], fulfilments: Iterable[Fulfilment], address: Address, today: date
) -> tuple[Regulated, ...]:
    """
    The active regulations of an address, and those that were fulfilled, by name.
    """
    newest = sorted(fulfilments, key=lambda each: (each.fulfilled_on, each.id), reverse=True)
    found = []
    for each in sorted(regulations, key=lambda entry: (entry.name.casefold(), entry.id)):
        its = tuple(one for one in newest if one.regulation == each.id)
        applies = each.active and is_of(each, address)
        if applies or its:
            found.append(Regulated(regulation=each, applies=applies, status=_status(its, today), fulfilments=its))
    return tuple(found)


def unfulfilled(found: Iterable[Regulated]) -> int:
    """
    How many regulations apply and are not fulfilled now.
    """
    return sum(each.applies and each.status is not RegulationStatus.FULFILLED for each in found)


def expires(fulfilled_on: date, months: int | None) -> date | None:
    """
    The last day on which something holds for some months: the day before the same day of a later month. None: for ever,
    or beyond the years that are known.
    """
    if months is None:
        return None
    year, month = divmod(fulfilled_on.year * 12 + fulfilled_on.month - 1 + months, 12)
    if year > LAST_YEAR:
        return None
    day = min(fulfilled_on.day, monthrange(year, month + 1)[1] + 1)
    return date.fromordinal(date(year, month + 1, 1).toordinal() + day - 2)


def _status(fulfilments: tuple[Fulfilment, ...], today: date) -> RegulationStatus:
    if any(each.holds(today) for each in fulfilments):
        return RegulationStatus.FULFILLED
    past = any(each.fulfilled_on <= today for each in fulfilments)
    return RegulationStatus.EXPIRED if past else RegulationStatus.MISSING
