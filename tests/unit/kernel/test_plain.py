"""
Records told as plain values, and read again.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Role, Token
from fieldops_core.company.model import AppointmentType, Company, Location
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.plain import plain, public, restored, stored
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import Appointment, GridChoice
from fieldops_core.staff.model import Absence, User
from fieldops_core.testing.builders import an_appointment
from fieldops_core.testing.strategies import BY_TYPE

KEPT = (Company, Location, AppointmentType, Role, Token, User, Absence, Customer, Appointment, GridChoice)


@pytest.mark.rule("OPS-03")
@pytest.mark.parametrize("kind", KEPT)
@given(data=st.data())
def test_a_record_is_restored_from_the_json_of_what_was_stored(kind: type, data: st.DataObject) -> None:
    state = data.draw(BY_TYPE[kind])

    again: object = restored(kind, json.loads(json.dumps(stored(state))))

    assert again == state
    assert plain(again) == plain(state)


def test_what_is_stored_holds_secrets_that_nobody_else_is_told() -> None:
    visit = an_appointment(private_note=Secret("gate 1234"))

    assert stored(visit)["private_note"] == "gate 1234"
    assert restored(Appointment, stored(visit)).private_note == Secret("gate 1234")
    assert "private_note" not in public(visit)


def test_fields_that_came_later_take_their_defaults() -> None:
    assert restored(Address, {"city": "Provo"}) == Address(city="Provo")


@pytest.mark.parametrize("told", [{"nickname": "Provo"}, {"city": ["Provo"]}])
def test_what_was_told_of_something_else_is_not_restored(told: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        restored(Address, told)  # type: ignore[arg-type]
