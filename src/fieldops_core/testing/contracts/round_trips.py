"""
What is saved is loaded as it was.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.app.ports import Storage, Unit
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.plain import plain
from fieldops_core.kernel.records import replaced
from fieldops_core.kernel.repository import Repository
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_company
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded

Id = TypeVar("Id", bound=UUID)
State = TypeVar("State", bound=Aggregate)


def two_versions(data: st.DataObject, some: SearchStrategy[State]) -> tuple[State, State]:
    """
    A state, and another one as its next version.
    """
    first, second = data.draw(some), data.draw(some)
    return first, replaced(second, {"id": first.id, "version": first.version + 1})


def comes_back(world: World, pick: Callable[[Unit], Repository[Id, State]], id: Id, *states: State) -> None:
    """
    Add the first state and save the others over it, a unit of work each: after each of them, it is what is loaded.
    """
    for state in states:
        with world.writing() as unit:
            if state is states[0]:
                pick(unit).add(state)
            else:
                pick(unit).save(state)
        with world.reading() as unit:
            loaded = pick(unit).get(id)
        assert loaded == state
        assert plain(loaded) == plain(state), (
            "an instant came back with another offset, or a local time without its fold"
        )


def revealed(secret: Secret | None) -> str | None:
    return None if secret is None else secret.reveal()


class AppointmentsRoundTripContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_an_appointment_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.appointments(world.known))

        comes_back(world, lambda unit: unit.appointments, first.id, first, second)
        with world.reading() as unit:
            assert revealed(unit.appointments.get(first.id).private_note) == revealed(second.private_note)

    def test_a_double_booking_is_loaded_as_the_pair_that_it_is(self, world: World) -> None:
        there = world.visit()
        world.keep(there)
        beside = world.visit(double_booked=True, double_booked_with=there.id, double_book_reason="One trip.")
        marked = evolve(there, double_booked=True, double_booked_with=beside.id, version=2)

        with world.writing() as unit:
            unit.appointments.add(evolve(beside, double_booked_with=None))
        with world.writing() as unit:
            unit.appointments.save(marked)
            unit.appointments.save(evolve(beside, version=2))

        with world.reading() as unit:
            assert unit.appointments.get(there.id) == marked
            assert unit.appointments.get(beside.id) == evolve(beside, version=2)


class RoundTripsContract(AppointmentsRoundTripContract):
    """
    ``load(save(x)) == x`` for every aggregate, when it is new and when it is changed.
    """

    @EXAMPLES
    @given(data=st.data())
    def test_a_company_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = evolve(founded(storage), company=a_company())
        first, drawn = data.draw(strategies.companies()), data.draw(strategies.companies())
        first = evolve(first, id=world.company.id, slug=world.company.slug)
        second = evolve(drawn, id=first.id, slug=f"{drawn.slug[:20]}-{first.slug}"[:40], version=first.version + 1)

        comes_back(world, lambda unit: unit.companies, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_location_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.locations())

        comes_back(world, lambda unit: unit.locations, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_an_appointment_type_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.appointment_types())

        comes_back(world, lambda unit: unit.appointment_types, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_catalog_entry_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.catalog_entries())

        comes_back(world, lambda unit: unit.catalog_entries, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_role_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.roles(world.known, owner=False))

        comes_back(world, lambda unit: unit.roles, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_token_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.tokens(world.known))

        comes_back(world, lambda unit: unit.tokens, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_user_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.users(world.known))

        comes_back(world, lambda unit: unit.users, first.id, first, second)
        with world.reading() as unit:
            assert unit.people.find(ids=[second.id], active=None) == (second.person,)

    @EXAMPLES
    @given(data=st.data())
    def test_an_absence_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.absences(world.known))

        comes_back(world, lambda unit: unit.absences, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_customer_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.customers(world.known))
        first = evolve(first, number=first.number + 2)  # the first two are in use
        second = evolve(second, number=first.number)

        comes_back(world, lambda unit: unit.customers, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_note_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.notes(world.known))

        comes_back(world, lambda unit: unit.notes, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_ticket_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.tickets(world.known))

        comes_back(world, lambda unit: unit.tickets, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_contact_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.contacts(world.known))

        comes_back(world, lambda unit: unit.contacts, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_an_at_risk_mark_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.at_risk_marks(world.known))

        comes_back(world, lambda unit: unit.at_risk_marks, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_file_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.files(world.known))

        comes_back(world, lambda unit: unit.files, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_message_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visit = world.visit()
        world.keep(visit)
        known = evolve(world.known, appointments=st.just(visit.id))
        first, second = two_versions(data, strategies.messages(known))

        comes_back(world, lambda unit: unit.messages, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_hold_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.holds(world.known))

        comes_back(world, lambda unit: unit.holds, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_repair_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.repairs(world.known))

        comes_back(world, lambda unit: unit.repairs, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_work_order_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.work_orders(world.known))
        first = evolve(first, number=first.number + 1)  # the first one is in use
        second = evolve(second, number=first.number)

        comes_back(world, lambda unit: unit.work_orders, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_piece_of_equipment_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.equipment(world.known))

        comes_back(world, lambda unit: unit.equipment, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_work_to_perform_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.works_to_perform(world.known))

        comes_back(world, lambda unit: unit.work_to_perform, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_stock_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.stock(world.known))

        comes_back(world, lambda unit: unit.stock, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_purchase_order_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.purchase_orders(world.known))

        comes_back(world, lambda unit: unit.purchase_orders, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_grid_choice_is_read_as_it_was_last_put(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        choices = [data.draw(strategies.grid_choices(world.known)) for _ in range(2)]

        for choice in choices:
            with world.writing() as unit:
                unit.grid_choices.put(world.ann.id, choice)
            with world.reading() as unit:
                assert unit.grid_choices.of(world.ann.id) == choice
                assert unit.grid_choices.of(world.ben.id) is None
