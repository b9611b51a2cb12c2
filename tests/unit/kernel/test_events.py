from datetime import UTC, datetime

import attrs
import pytest

from fieldops_core.kernel.events import Event, aggregate_name
from fieldops_core.kernel.plain import public
from fieldops_core.scheduling.messages import AppointmentBooked, AppointmentMoved
from fieldops_core.testing.builders import a_customer, a_period, a_type, an_appointment

NOW = datetime(2026, 5, 25, 12, tzinfo=UTC)


def test_an_event_of_something_new_has_nothing_before() -> None:
    visit = an_appointment()

    event = AppointmentBooked.of(None, visit, at=NOW)

    assert isinstance(event, AppointmentBooked)
    assert (event.aggregate, event.aggregate_id, event.version, event.at) == ("appointment", visit.id, 1, NOW)
    assert (event.before, event.after) == (None, public(visit))


def test_an_event_of_a_change_has_what_was_before() -> None:
    visit = an_appointment()
    moved = attrs.evolve(visit, period=a_period("13:00"), version=2)

    event = AppointmentMoved.of(visit, moved, at=NOW)

    assert (event.before, event.after, event.version) == (public(visit), public(moved), 2)


def test_events_of_two_names_differ() -> None:
    visit = an_appointment()

    assert AppointmentBooked.of(None, visit, at=NOW) == AppointmentBooked.of(None, visit, at=NOW)
    moved: Event = AppointmentMoved.of(None, visit, at=NOW)
    assert moved != AppointmentBooked.of(None, visit, at=NOW)


def test_an_event_is_found_by_its_name() -> None:
    assert Event.names["AppointmentBooked"] is AppointmentBooked


def test_what_happened_is_not_changed() -> None:
    event = AppointmentBooked.of(None, an_appointment(), at=NOW)

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.version = 2  # type: ignore[misc]


def test_an_aggregate_is_called_by_its_type() -> None:
    found = [aggregate_name(each) for each in (an_appointment(), a_type(), a_customer())]

    assert found == ["appointment", "appointment_type", "customer"]
