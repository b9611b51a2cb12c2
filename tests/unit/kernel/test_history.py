from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from uuid import UUID

import attrs
import pytest
from hypothesis import given

from fieldops_core.access.model import EVERYTHING
from fieldops_core.kernel.history import UPKEEP, difference, filled
from fieldops_core.kernel.plain import PARTS, Plain, plain, public
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import Appointment
from fieldops_core.testing.builders import a_role, a_token, an_absence, an_appointment
from fieldops_core.testing.strategies import appointments, plain_values
from tests.unit.kernel.naive import wall_time

FIELDS = [each.name for each in attrs.fields(Appointment) if each.name not in UPKEEP]


class Colour(Enum):
    RED = "red"


@attrs.frozen
class Pair:
    one: object
    other: object = None


@given(before=appointments(), after=appointments())
def test_the_difference_is_the_fields_that_differ(before: Appointment, after: Appointment) -> None:
    naive = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    changes = difference(before, after)

    assert [change.field for change in changes] == naive
    for change in changes:
        old, new = getattr(before, change.field), getattr(after, change.field)
        assert change.old == (old if isinstance(old, Secret) else plain(old))
        assert change.new == (new if isinstance(new, Secret) else plain(new))


@given(appointment=appointments())
def test_where_nothing_differs_there_is_no_difference(appointment: Appointment) -> None:
    assert difference(appointment, appointment) == ()
    assert difference(appointment, attrs.evolve(appointment, version=appointment.version + 1)) == ()


def test_of_a_new_record_what_is_filled_is_told() -> None:
    changes = difference(None, an_absence(first=date(2026, 5, 27)))

    assert [change.field for change in changes] == ["user", "first", "last", "start", "end"]
    assert {change.old for change in changes} == {None}


@given(appointment=appointments())
def test_what_an_event_has_told_of_a_new_record_is_taken_from_it(appointment: Appointment) -> None:
    assert filled(appointment, public=public(appointment)) == difference(None, appointment)
    told = {each.field: each.new for each in filled(appointment, public={"zone": "as it was told"})}
    assert told["zone"] == "as it was told"


def test_of_a_record_that_is_no_more_what_was_filled_is_told() -> None:
    absence = an_absence(reason="Holiday")
    changes = difference(absence, None)

    assert [change.field for change in changes] == ["user", "first", "last", "start", "end", "reason"]
    assert {change.new for change in changes} == {None}


@attrs.frozen
class Whole:
    name: str = ""
    pair: Pair = attrs.field(default=Pair(None), metadata=PARTS)
    more: Mapping[str, object] = attrs.field(factory=dict, metadata=PARTS)


def test_what_has_parts_is_told_part_by_part() -> None:
    before = Whole("A", Pair(1, Secret("x")), {"gone": 1, "kept": 2})
    after = Whole("A", Pair(1, Secret("y")), {"kept": 2, "new": 3})

    changes = difference(before, after)

    assert [(each.field, each.old, each.new) for each in changes] == [
        ("pair.other", Secret("x"), Secret("y")),
        ("more.gone", 1, None),
        ("more.new", None, 3),
    ]
    made = [each.field for each in difference(None, after)]
    assert made == ["name", "pair.one", "pair.other", "more.kept", "more.new"]
    assert {each.field for each in difference(after, None)} == {each.field for each in difference(None, after)}


def test_emptying_a_field_is_told() -> None:
    visit = an_appointment(notes="Ring twice")
    (change,) = difference(visit, attrs.evolve(visit, notes=""))

    assert (change.field, change.old, change.new) == ("notes", "Ring twice", "")


def test_an_internal_field_is_told_nowhere() -> None:
    token = a_token()

    assert "hash" not in public(token)
    assert difference(token, attrs.evolve(token, hash="0" * 64)) == ()


@given(value=plain_values())
def test_a_plain_value_is_plain_already(value: Plain) -> None:
    assert plain(value) == value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (Decimal("1.50"), "1.50"),
        (Colour.RED, "red"),
        (datetime(2026, 5, 27, 9, tzinfo=UTC), "2026-05-27T09:00:00+00:00"),
        (wall_time("2026-11-01T01:30"), "2026-11-01T01:30:00"),
        (wall_time("2026-11-01T01:30").replace(fold=1), "2026-11-01T01:30:00~"),
        (date(2026, 5, 27), "2026-05-27"),
        (time(9, 30), "09:30:00"),
        ((1, (True, None)), [1, [True, None]]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({Colour.RED: 1}, {"Colour.RED": 1}),
        (Pair(UUID(int=1), Pair(0.5)), {"one": str(UUID(int=1)), "other": {"one": 0.5, "other": None}}),
    ],
)
def test_values_are_told_as_json_knows_them(value: object, told: Plain) -> None:
    assert plain(value) == told


def test_what_is_no_value_is_not_told() -> None:
    with pytest.raises(TypeError, match="object is neither a plain value nor a record"):
        plain(object())


def test_two_equal_sets_are_told_alike() -> None:
    role = a_role()
    some = sorted(EVERYTHING, key=repr)
    grants = [attrs.evolve(role, grants=frozenset(order)) for order in (some, some[::-1])]

    assert plain(grants[0]) == plain(grants[1])
