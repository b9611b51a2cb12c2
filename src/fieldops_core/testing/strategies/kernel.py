"""
Texts, ids, instants, places, contacts, money, secrets, hours.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.kernel.cells import Cells
from fieldops_core.kernel.contact import (
    CANADIAN_PROVINCES,
    US_STATES,
    Address,
    Email,
    Phone,
    PostalCode,
)
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Distance, DistanceKind, Point
from fieldops_core.kernel.hours import Ranges, TimeRange, WeeklyHours
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.plain import Plain
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import DAY_MINUTES, Period, local

ZONES = (
    "America/Denver",
    "America/Phoenix",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Antarctica/Troll",
    "America/Santiago",
    "Pacific/Apia",
)
"""
Zones that differ in what can go wrong: none or usual clock changes, half an hour, two hours, at midnight, a skipped
day.
"""
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_HOST = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
_NAME = st.from_regex(r"[A-Za-z0-9é+_-]{1,20}(\.[A-Za-z0-9é+_-]{1,20})?", fullmatch=True)
_DIGITS = st.text("0123456789", min_size=5, max_size=5)
_ZIP = st.builds("{}{}{:.4}".format, _DIGITS, st.just("-"), _DIGITS) | _DIGITS
_LETTER, _DIGIT = st.sampled_from("ABCEGHJKLMNPRSTVXY"), st.sampled_from("0123456789")
_CANADIAN = st.tuples(_LETTER, _DIGIT, _LETTER, st.just(" "), _DIGIT, _LETTER, _DIGIT).map("".join)
_STATES = {"US": sorted(US_STATES), "CA": sorted(CANADIAN_PROVINCES), None: [""]}
_CODES = {"US": _ZIP.map(PostalCode), "CA": _CANADIAN.map(PostalCode), None: _DIGITS.map(PostalCode)}


def texts(max_size: int = 60) -> SearchStrategy[str]:
    """
    What people type, without white space around it.
    """
    return st.text(_LETTERS, max_size=max_size).map(str.strip)


def names(max_size: int = 60) -> SearchStrategy[str]:
    """
    A text that is not empty.
    """
    return st.text(_LETTERS, min_size=1, max_size=max_size).map(str.strip).filter(bool)


@st.composite
def ids(draw: st.DrawFn) -> UUID:
    """
    A UUID of version 7, later than any :class:`~fieldops_core.testing.ids.CountingIds` counts.
    """
    millisecond, one, other = draw(st.tuples(*(st.integers(0, 2**bits - 1) for bits in (46, 12, 62))))
    return UUID(int=(2**47 + millisecond) << 80 | 7 << 76 | one << 64 | 2 << 62 | other)


def instants(first: datetime = FIRST, last: datetime = LAST) -> SearchStrategy[datetime]:
    """
    An aware datetime in UTC, to the microsecond.
    """
    naive = st.datetimes(first.replace(tzinfo=None), last.replace(tzinfo=None))
    return naive.map(lambda told: told.replace(tzinfo=UTC))


@st.composite
def periods(draw: st.DrawFn, *, longest: timedelta = timedelta(days=8)) -> Period:
    start = draw(instants())
    return Period(start=start, end=start + draw(st.timedeltas(timedelta(microseconds=1), longest)))


@st.composite
def cell_ranges(draw: st.DrawFn, *, longest: int = 8 * 96) -> Cells:
    """
    Cells of up to eight days.
    """
    return Cells(first=draw(st.integers(1_000_000, 2_000_000)), length=draw(st.integers(1, longest)))


def zones() -> SearchStrategy[str]:
    return st.sampled_from(ZONES)


@lru_cache
def clock_changes(zone: str) -> tuple[datetime, ...]:
    """
    The instants, from 2000 to 2050, at which clocks in a zone change. To the minute.
    """
    return tuple(
        _first_after(zone, before)
        for hours in range(0, (LAST - FIRST) // timedelta(hours=1), 12)
        if _offset(zone, before := FIRST + timedelta(hours=hours)) != _offset(zone, before + timedelta(hours=12))
    )


def _first_after(zone: str, before: datetime) -> datetime:
    minutes = range(12 * 60 + 1)
    return next(at for at in (before + timedelta(minutes=each) for each in minutes) if _changed(zone, before, at))


def _changed(zone: str, before: datetime, at: datetime) -> bool:
    return _offset(zone, at) != _offset(zone, before)


def _offset(zone: str, instant: datetime) -> timedelta | None:
    return local(instant, zone).utcoffset()


@st.composite
def told_times(draw: st.DrawFn, zone: str) -> datetime:
    """
    A naive local time of a zone, to the minute, often so near a clock change that it occurs twice or not at all. Half
    of them have ``fold=1``.
    """
    minutes = timedelta(minutes=draw(st.integers(-180, 180)))
    changes = clock_changes(zone)
    near_one = st.booleans() if changes else st.just(False)
    if draw(near_one):
        told = local(draw(st.sampled_from(changes)), zone) + minutes
    else:
        told = draw(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)))
    return told.replace(tzinfo=None, second=0, microsecond=0, fold=draw(st.integers(0, 1)))


@st.composite
def days(draw: st.DrawFn, zone: str = "America/Denver") -> date:
    """
    A local date of a zone, often one on which, or next to which, its clocks change.
    """
    told: datetime = draw(told_times(zone))
    return told.date()


def points() -> SearchStrategy[Point]:
    return st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def distances(draw: st.DrawFn) -> Distance:
    kind = draw(st.sampled_from(DistanceKind))
    minutes = None if kind is DistanceKind.STRAIGHT_LINE else draw(st.integers(0, 10_000))
    return Distance(meters=draw(st.floats(0, 20_040_000)), kind=kind, minutes=minutes)


def phones() -> SearchStrategy[Phone]:
    return st.integers(10**6, 10**15 - 1).map(lambda number: Phone(f"+{number}"))


@st.composite
def emails(draw: st.DrawFn) -> Email:
    labels = draw(st.lists(_HOST, min_size=1, max_size=3))
    return Email(f"{draw(_NAME)}@{'.'.join(labels)}.{draw(st.sampled_from(['com', 'org', 'Co', 'example']))}")


def postal_codes(country: str | None = None) -> SearchStrategy[PostalCode]:
    """
    Codes of ``US``, of ``CA``, or, with None, of both.
    """
    return _CODES[country] if country else _CODES["US"] | _CODES["CA"]


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    """
    Of the United States, of Canada, or without a state.
    """
    country = draw(st.sampled_from(["US", "CA", None]))
    return Address(
        line1=draw(texts()),
        line2=draw(texts()),
        city=draw(texts()),
        state=draw(st.sampled_from(_STATES[country])),
        postal_code=draw(st.none() | _CODES[country]),
    )


def money(currency: str | None = None) -> SearchStrategy[Money]:
    """
    Amounts, of debts too, in one currency or in some.
    """
    amounts = st.integers(-(10**15), 10**15).map(lambda parts: Decimal(parts).scaleb(-4))
    return st.builds(Money, amounts, st.just(currency) if currency else st.sampled_from(["USD", "CAD", "EUR"]))


def secrets() -> SearchStrategy[Secret]:
    return names().map(Secret)


def sources() -> SearchStrategy[Source]:
    return st.sampled_from(Source)


def time_ranges() -> SearchStrategy[TimeRange]:
    """
    Ranges to the minute; half of them cross midnight.
    """
    return st.builds(TimeRange, st.integers(0, DAY_MINUTES - 1), st.integers(0, DAY_MINUTES))


def ranges_of_a_day() -> SearchStrategy[Ranges]:
    return st.lists(time_ranges(), max_size=3).map(tuple)


def weekly_hours() -> SearchStrategy[WeeklyHours]:
    return st.tuples(*[ranges_of_a_day()] * 7).map(WeeklyHours)


@lru_cache
def plain_values() -> SearchStrategy[Plain]:
    """
    What JSON can hold.
    """
    numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    leaves = st.none() | st.booleans() | numbers | texts(20)
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | _records(inner), max_leaves=6)


@lru_cache
def plain_records() -> SearchStrategy[dict[str, Plain]]:
    """
    Fields with plain values.
    """
    return _records(plain_values())


def _records(values: SearchStrategy[Plain]) -> SearchStrategy[dict[str, Plain]]:
    return st.dictionaries(names(20), values, max_size=4)


def violations() -> SearchStrategy[Violation]:
    return st.builds(
        Violation,
        rule=st.from_regex("[A-Z]{3}-[0-9]{2}", fullmatch=True),
        code=st.from_regex("[a-z]{1,12}\\.[a-z]{1,12}", fullmatch=True),
        sentence=names(),
        facts=plain_records(),
        field=st.none() | names(20),
    )
