"""
What is searched for, and how close a record comes to it (CUS-15).
"""

import re

from fieldops_core.customers.model import Customer, Match, Place, Sort, Sought, folded, search_text

MATCHES = 1_000
"""
So many records that match are ranked, and no more.
"""

_DIALLED = re.compile(r"[0-9\s()+./-]+")
_DIGITS = 7
_ZIP_PLUS_4 = re.compile(r"[0-9]{5}-[0-9]{4}")


def sought(text: str) -> Sought:
    """
    Each word of a text is a term; a telephone number as it is dialled, of 7 digits or more, is a single one.
    """
    text = text.strip()
    words = folded(text)
    digits = "".join(words)
    if len(digits) >= _DIGITS and _DIALLED.fullmatch(text) and not _ZIP_PLUS_4.fullmatch(text):
        words = (digits,)
    return Sought(text=text, terms=tuple(dict.fromkeys(words)))


def part(term: str) -> str:
    """
    The part of a record's search text in which a term is found: of fewer than 3 characters, the start of a word.
    """
    return term if len(term) >= 3 else f" {term}"


def is_found(customer: Customer, terms: tuple[str, ...]) -> bool:
    text = search_text(customer)
    return all(part(term) in text for term in terms)


def is_exact(match: Match, sought: Sought) -> bool:
    """
    Whether the record's number or external id is what was typed.
    """
    external_id = match.external_id
    if external_id is not None and (external_id == sought.text or folded(external_id) == sought.terms):
        return True
    return match.number == sought.number


def place(match: Match, sought: Sought, sort: Sort | None) -> Place:
    """
    Where a match stands: in the order of *sort*, or without one by closeness: first an exact number or external id,
    then names whose words begin with all the terms, then the rest, each by name.
    """
    if sort is not None:
        return placed(match, sort)
    if is_exact(match, sought):
        return Place(0, match.name_key, match.number)
    words = match.name_key.split()
    begins = all(any(word.startswith(term) for word in words) for term in sought.terms)
    return Place(1 if begins else 2, match.name_key, match.number)


def placed(match: Match, sort: Sort) -> Place:
    """
    Where a record stands in the order of *sort*.
    """
    keys = {Sort.NAME: match.name_key, Sort.CITY: match.city_key}
    return Place(0, keys.get(sort, ""), match.number)


def ordered(where: Place, sort: Sort | None) -> Place:
    """
    By which places are compared: the newest have the highest numbers.
    """
    return where._replace(number=-where.number) if sort is Sort.NEWEST else where
