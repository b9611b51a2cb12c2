"""
Customer records, their numbers and their list.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Stage
from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import Customer, InstallVisit, candidate_of, traits_of
from fieldops_core.customers.rules import likeness
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.errors import Conflict
from fieldops_core.scheduling.model import Status
from fieldops_core.testing.builders import a_company, a_customer, a_period, a_type
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


def twins(world: World, number: int) -> st.SearchStrategy[Customer]:
    """
    Records much like each other.
    """
    phones = st.sampled_from([Phone(f"+1801555010{each}") for each in range(4)])
    emails = st.sampled_from([None, Email("Ann@example.com"), Email("ann@example.com"), Email("ben@example.com")])
    lines = st.sampled_from(["", "12 Pine St.", "12 PINE ST", "Apt 4, 12 Pine Street", "\ufdfa" * 200])
    return st.builds(
        a_customer,
        number=st.just(number),
        location=st.just(world.provo.id),
        first_name=st.sampled_from(["Zoë", "ZOE", "Ann"]),
        business_name=st.sampled_from(["", "Ann's", "Anns Bakery"]),
        phone=phones,
        cell_phone=st.none() | phones,
        email=emails,
        address=lines.map(lambda line: Address(line1=line, city="Orem", state="UT")),
    )


class CustomersContract(Suite):
    def test_customers_are_told_by_where_they_are_and_leads_are_not(self, world: World) -> None:
        business = a_customer(number=9, location=world.orem.id, business_name="Beehive Bakery", point=None)
        with world.writing() as unit:
            unit.customers.add(business)
            unit.customers.add(a_customer(number=8, stage=Stage.LEAD, location=world.provo.id))

        with world.reading() as unit:
            found = unit.customers.places()

        assert [(each.id, each.number, each.name, each.location, each.point) for each in found] == [
            (each.id, each.number, each.name, each.location, each.point) for each in (world.maria, world.jens, business)
        ]

    @pytest.mark.rule("CUS-07")
    def test_install_appointments_are_those_of_marked_types_that_take_place(self, world: World) -> None:
        marked = a_type(name="Install", install=True)
        others = founded(world.storage)
        others.keep(others.visit())
        with world.writing() as unit:
            unit.appointment_types.add(marked)
            unit.users.save(evolve(world.ann, reports_to=world.ben.id, version=2))
        later = world.visit(type=marked.id, period=a_period("13:00"), status=Status.COMPLETED)
        first = world.visit(type=marked.id)
        jens = world.visit(type=marked.id, customer=world.jens.id, user=world.ben.id)
        world.keep(
            later,
            first,
            jens,
            world.visit(period=a_period("11:00")),
            *(world.visit(type=marked.id, status=status) for status in (Status.CANCELLED, Status.NO_SHOW)),
        )

        with world.reading() as unit:
            of_maria = unit.install_visits.of([world.maria.id])
            of_both = unit.install_visits.of([world.jens.id, world.maria.id, others.maria.id])
            assert unit.install_visits.of([]) == ()

        assert [each.appointment for each in of_maria] == [first.id, later.id]
        assert of_maria[0] == InstallVisit(
            appointment=first.id,
            customer=world.maria.id,
            start=first.period.start,
            zone=first.zone,
            user=world.ann.id,
            reports_to=world.ben.id,
        )
        same = sorted([first, jens], key=lambda each: each.id)
        assert [each.appointment for each in of_both] == [*(each.id for each in same), later.id]

    @pytest.mark.rule("CUS-13")
    @EXAMPLES
    @given(data=st.data())
    def test_whoever_may_be_the_same_is_found_as_they_are_now(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        records = [world.maria, world.jens]
        for number in range(3, 3 + data.draw(st.integers(0, 4))):
            record = data.draw(twins(world, number))
            with world.writing() as unit:
                unit.customers.add_all([record])
            if data.draw(st.booleans()):
                record = evolve(data.draw(twins(world, number)), id=record.id, version=2)
                with world.writing() as unit:
                    unit.customers.save(record)
            records.append(record)
        new = traits_of(data.draw(twins(world, 99)))

        with world.reading() as unit:
            found = unit.customers.alike(new)

        assert [each for each in found if likeness(new, each.traits)] == [
            candidate_of(each) for each in records if likeness(new, traits_of(each))
        ]

    @pytest.mark.rule("CUS-13", "SEC-01")
    def test_another_companys_records_are_not_candidates(self, storage: Storage, world: World) -> None:
        other = founded(storage)

        with other.reading() as unit:
            found = unit.customers.alike(traits_of(world.maria))

        assert {each.id for each in found} <= {other.maria.id, other.jens.id}

    def test_numbers_count_from_one(self, storage: Storage) -> None:
        company = a_company()
        with storage.writing(company.id) as unit:
            unit.companies.add(company)
            assert unit.customers.next_number() == 1

    def test_a_number_is_given_once(self, world: World) -> None:
        numbers: list[int] = []
        for _ in range(3):
            with world.writing() as unit:
                numbers += [unit.customers.next_number(), unit.customers.next_number()]

        assert len({world.maria.number, world.jens.number, *numbers}) == 8
        assert numbers == sorted(numbers)

    def test_a_number_that_a_record_brought_along_is_not_given(self, world: World) -> None:
        with world.writing() as unit:
            unit.customers.add(a_customer(location=world.provo.id, number=4))

        with world.writing() as unit:
            assert 4 not in [unit.customers.next_number() for _ in range(3)]

    def test_two_records_do_not_share_a_number(self, world: World) -> None:
        with pytest.raises(Conflict), world.writing() as unit:
            unit.customers.add(a_customer(location=world.provo.id, number=world.maria.number))

    def test_an_external_id_is_taken_by_who_has_it(self, world: World) -> None:
        with world.writing() as unit:
            unit.customers.save(evolve(world.maria, external_id="A-1", version=2))

        with world.reading() as unit:
            assert unit.customers.external_id_taken("A-1")
            assert unit.customers.external_id_taken("A-1", by_other_than=world.jens.id)
            assert not unit.customers.external_id_taken("A-1", by_other_than=world.maria.id)
            assert not unit.customers.external_id_taken("A-2")

    def test_records_are_known_by_their_external_ids(self, world: World) -> None:
        with world.writing() as unit:
            unit.customers.save(evolve(world.maria, external_id="A-1", version=2))

        with world.reading() as unit:
            assert unit.customers.known_external_ids(["A-2", "A-1", "a-1", ""]) == {"A-1": world.maria.id}
            assert unit.customers.known_external_ids([]) == {}

    def test_two_records_do_not_share_an_external_id(self, world: World) -> None:
        with world.writing() as unit:
            unit.customers.save(evolve(world.maria, external_id="A-1", version=2))

        with pytest.raises(Conflict), world.writing() as unit:
            unit.customers.add(a_customer(location=world.provo.id, number=3, external_id="A-1"))
        with pytest.raises(Conflict), world.writing() as unit:
            unit.customers.save(evolve(world.jens, external_id="A-1", version=2))

    def test_any_number_of_records_have_no_external_id(self, world: World) -> None:
        with world.reading() as unit:
            found = [unit.customers.get(each.id).external_id for each in (world.maria, world.jens)]

        assert found == [None, None]
