"""
Which records a list of customers holds and in what order, and how a search finds them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    column,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
    text,
)

from fieldops_adapters.sql.columns import Id, Ids, among
from fieldops_adapters.sql.mapping.customers import CUSTOMERS, MATCH_COLUMNS
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.tables import at_risk_marks, customer_tags, customers, tombstones
from fieldops_core.access.model import Stage
from fieldops_core.customers.calculations import part
from fieldops_core.customers.model import Place, RecordStatus, Sort
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.ids import LocationId

_C = customers.c
LAST = chr(0x10FFFF)
"""
No text that begins with another comes behind that with this at its end.
"""
_KEYS: Mapping[Sort, Column[str]] = {Sort.NAME: _C.name_key, Sort.CITY: _C.city_key}
ORDERS: Mapping[Sort, Select[Any]] = {
    sort: CUSTOMERS.all.order_by(
        *([_KEYS[sort]] if sort in _KEYS else []), _C.number.desc() if sort is Sort.NEWEST else _C.number
    ).limit(bindparam("rows"))
    for sort in Sort
}

_TAGGED = select(customer_tags.c.customer_id).where(customer_tags.c.company_id == COMPANY)
_AT_RISK = select(at_risk_marks.c.customer_id).where(
    at_risk_marks.c.company_id == COMPANY, at_risk_marks.c.cleared_at.is_(None)
)
_FORMER = select(tombstones.c.merged_into).where(
    tombstones.c.company_id == COMPANY, tombstones.c.merged_into.is_not(None)
)
"""
The records that others became part of: their numbers lead there.
"""


def selected(selection: Selection) -> Iterator[ColumnElement[bool]]:
    """
    The conditions of a selection. Each holds its own values.
    """
    if selection.visible is not None:
        yield or_(false(), *(_visible(selection.visible, stage) for stage in Stage))
    if selection.number is not None:
        number: ColumnElement[int] = bindparam("number", selection.number)
        yield or_(_C.number == number, _C.id.in_(_FORMER.where(tombstones.c.number == number)))
    if selection.location is not None:
        yield _C.location_id == bindparam("location", selection.location, type_=Id)
    if selection.stage is not None:
        yield _C.stage == bindparam("stage", selection.stage.value)
    if selection.archived is not None:
        yield _C.archived_at.is_not(None) if selection.archived else _C.archived_at.is_(None)
    if selection.tag is not None:
        yield _C.id.in_(_TAGGED.where(customer_tags.c.tag_id == bindparam("tag", selection.tag, type_=Id)))
    if selection.lead_status is not None:
        yield _C.lead_status_id == bindparam("lead_status", selection.lead_status, type_=Id)
    if selection.status is RecordStatus.CANCELLED:
        yield _C.cancelled
    if selection.status is RecordStatus.AT_RISK:
        yield _C.id.in_(_AT_RISK)


def _visible(visible: frozenset[tuple[Stage, LocationId]], stage: Stage) -> ColumnElement[bool]:
    locations = sorted(location for each, location in visible if each is stage)
    return and_(_C.stage == stage.value, among(_C.location_id, bindparam(f"{stage.value}s_at", locations, type_=Ids)))


def behind(after: Place, sort: Sort) -> ColumnElement[bool]:
    """
    Behind a place in an order.
    """
    number = bindparam("after_number", after.number, type_=Integer)
    further = _C.number < number if sort is Sort.NEWEST else _C.number > number
    if (key := _KEYS.get(sort)) is None:
        return further
    told = bindparam("after_key", after.key, type_=Text)
    return and_(key >= told, or_(key > told, further))


# --- searching --------------------------------------------------------------------------------------

_MATCH = select(*MATCH_COLUMNS).where(_C.company_id == COMPANY).limit(bindparam("rows"))
EXACT = _MATCH.where(or_(_C.number == bindparam("sought"), _C.external_id == bindparam("text")))
BEGINNING = _MATCH.where(_C.name_key >= bindparam("begin"), _C.name_key < bindparam("end")).order_by(
    _C.name_key, _C.number
)
"""
Those whose name key lies between the parameters *begin* and *end*.
"""

# An index of trigrams narrows to what may match. Both databases hold them by company: an FTS5 table has no second
# column to narrow by, but row numbers, so those begin with the company's own place and end with the record's number.
_FTS5 = (
    text(
        "SELECT rowid & 4294967295 AS number FROM customers_found WHERE customers_found MATCH :trigrams"
        " AND rowid > (SELECT place FROM customers_found_companies WHERE company_id = :company) << 32"
        " AND rowid < (SELECT place + 1 FROM customers_found_companies WHERE company_id = :company) << 32"
    )
    .bindparams(COMPANY)
    .columns(number=Integer)
    .subquery("found")
)
_PLACES = table("customers_found_companies", column("place", BigInteger), column("company_id", Id))
ENTER = insert(table("customers_found", column("rowid"), column("search"))).from_select(
    ["rowid", "search"],
    select(
        _PLACES.c.place.bitwise_lshift(32).bitwise_or(_C.number),
        func.replace(_C.search, literal_column("' '"), literal_column("'  '")),
    )
    .join_from(customers, _PLACES, _PLACES.c.company_id == _C.company_id)
    .where(_C.company_id == COMPANY, among(_C.id, bindparam("ids", type_=Ids))),
)
"""
Enters records of some *ids* into SQLite's table of trigrams.
"""

# Row-level security uses no index for LIKE: a function does, whose owner may read what is searched of all companies. It
# stands where it answers row by row, so that whoever has enough asks for no more. One function reads the list of the
# company beside those of the trigrams; the other one, for words that few records have, picks the company's from these.
_GIN = {
    (function, count): text(f"SELECT {function}({patterns}) AS id OFFSET 0").columns(id=Id).subquery("found")
    for function in ("customers_found", "customers_found_anywhere")
    for count, patterns in {1: ":pattern_0", 2: ":pattern_0, :pattern_1"}.items()
}
_BY_FTS5 = _MATCH.select_from(_FTS5).where(_C.number == _FTS5.c.number)
_BY_GIN = {which: _MATCH.select_from(found).where(_C.id == found.c.id) for which, found in _GIN.items()}


TELLING = 6
"""
Few records have a word of so many characters.
"""


def matching(terms: Sequence[str], dialect: str) -> tuple[Select[Any], dict[str, object]]:
    """
    What may match, by the two longest terms: a statement, and what it is asked with.
    """
    longest = [_telltale(term) for term in sorted(terms, key=len, reverse=True)[:2]]
    telling = [term for term in longest if len(term) >= 3] or longest[:1]
    if dialect == "sqlite":
        return _BY_FTS5, {"trigrams": " AND ".join(f'"{each}"' for each in _trigrams(telling))}
    patterns: dict[str, object] = {f"pattern_{at}": f"%{part(_rare(term))}%" for at, term in enumerate(telling)}
    function = "customers_found_anywhere" if len(telling[0]) >= TELLING else "customers_found"
    return _BY_GIN[function, len(telling)], patterns


def contained(terms: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """
    Each term is found in the record. They hold nothing that LIKE would take for a pattern.
    """
    for number, term in enumerate(terms):
        yield _C.search.like(bindparam(f"term_{number}", f"%{part(term)}%"))


_USUAL = (
    "com gmail yahoo hotmail outlook street avenue road drive lane court north south east west suite saint center"
    " hospital medical clinic anderson christensen northern johnson williams miller thompson martinez harris stanley"
    " chandler kimberly elizabeth michael charlotte richard catherine"
)
_USUAL_TRIGRAMS = frozenset(_USUAL[at : at + 3] for at in range(len(_USUAL) - 2))


def _telltale(term: str) -> str:
    """
    What of a term is looked up: of many digits the last seven, as telephone numbers begin alike.
    """
    return term[-7:] if term.isdecimal() else term


def _rare(term: str) -> str:
    """
    The part of a word, with three trigrams, of which the fewest are usual: the later one of two alike.
    """
    parts = [term[at : at + 5] for at in range(max(len(term) - 4, 1))]
    return min(reversed(parts), key=lambda part: sum(each in _USUAL_TRIGRAMS for each in _all_trigrams(part)))


def _all_trigrams(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _trigrams(terms: Sequence[str]) -> Iterator[str]:
    """
    Those that addresses and names usually hold are left out where others remain, and of these every other one, which
    its neighbours all but imply: to read through the many records of one is most of a search. Two spaces stand before
    each word that the FTS5 table has.
    """
    for term in terms:
        trigrams = _all_trigrams(term if len(term) >= 3 else f"  {term}"[-3:])
        telling = [each for each in trigrams if each not in _USUAL_TRIGRAMS] or trigrams
        yield from telling[::2] if len(telling) > 3 else telling
