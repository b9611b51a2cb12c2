"""
Users and their absences.
"""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import UserId
from fieldops_core.staff.model import User
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_user, fresh
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


def people(world: World) -> st.SearchStrategy[list[User]]:
    """
    Some users that differ in what they are asked for.
    """
    of, types = world.known.locations, world.known.types
    one = st.builds(
        lambda home, further, types, flags: a_user(
            home=home,
            further=tuple(each for each in further if each != home),
            program_types=tuple(types),
            active=flags[0],
            technician=flags[1],
            sales_rep=flags[2],
        ),
        of,
        st.lists(of, max_size=1),
        st.lists(types, max_size=2, unique=True),
        st.tuples(st.booleans(), st.booleans(), st.booleans()),
    )
    return st.lists(one, max_size=6)


def with_users(storage: Storage, data: st.DataObject) -> tuple[World, list[User]]:
    """
    A world, and all its users in the order of their ids.
    """
    world = founded(storage)
    found = data.draw(people(world))
    with world.writing() as unit:
        for user in reversed(found):
            unit.users.add(user)
    return world, sorted([world.ann, world.ben, *found], key=lambda user: user.id)


class UsersContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_users_make_up_the_whole_list(self, storage: Storage, data: st.DataObject) -> None:
        world, everyone = with_users(storage, data)
        location = data.draw(st.none() | world.known.locations)
        active = data.draw(st.sampled_from([None, True, False]))
        limit = data.draw(st.integers(1, 5))
        naive = [
            user
            for user in everyone
            if (location is None or location == user.home or location in user.further)
            and (active is None or user.active is active)
        ]

        pages: list[User] = []
        with world.reading() as unit:
            while found := unit.users.page(
                location=location, active=active, after=pages[-1].id if pages else None, limit=limit
            ):
                assert len(found) <= limit
                pages += found
                assert len(pages) <= len(everyone), "a page repeats what another held"

        assert pages == naive

    def test_the_active_users_with_the_owner_role_are_the_owners(self, world: World) -> None:
        second, former = (a_user(home=world.provo.id, roles=(world.dispatchers.id, world.owners.id)) for _ in "ab")
        with world.writing() as unit:
            unit.users.add(second)
            unit.users.add(evolve(former, active=False))

        with world.reading() as unit:
            assert {user.id for user in unit.users.owners()} == {world.ann.id, second.id}

    @pytest.mark.parametrize("address", ["é.Ann@example.com", "É.ann@EXAMPLE.com"])
    def test_an_address_is_taken_whatever_the_case_of_its_letters(self, world: World, address: str) -> None:
        with world.writing() as unit:
            unit.users.save(evolve(world.ann, email=Email("É.Ann@example.com"), version=2))

        with world.reading() as unit:
            assert unit.users.email_taken(address)
            assert unit.users.email_taken(address, by_other_than=world.ben.id)
            assert not unit.users.email_taken(address, by_other_than=world.ann.id)
            assert not unit.users.email_taken(f"x{address}")

    def test_two_users_do_not_share_an_address(self, world: World) -> None:
        address = Email(world.ann.email.address.upper())

        with pytest.raises(Conflict), world.writing() as unit:
            unit.users.add(a_user(email=address, home=world.provo.id))
        with pytest.raises(Conflict), world.writing() as unit:
            unit.users.save(evolve(world.ben, email=address, version=2))

    @pytest.mark.rule("CUS-02")
    def test_two_users_do_not_share_an_external_id(self, world: World) -> None:
        with world.writing() as unit:
            unit.users.save(evolve(world.ann, external_id="T-1", version=2))

        with pytest.raises(Conflict), world.writing() as unit:
            unit.users.add(a_user(home=world.provo.id, external_id="T-1"))
        with pytest.raises(Conflict), world.writing() as unit:
            unit.users.save(evolve(world.ben, external_id="T-1", version=2))

    def test_any_number_of_users_have_no_external_id(self, world: World) -> None:
        with world.reading() as unit:
            assert [unit.users.get(each.id).external_id for each in (world.ann, world.ben)] == [None, None]

    @pytest.mark.rule("CUS-02")
    def test_two_companies_may_use_one_external_id(self, storage: Storage) -> None:
        for world in (founded(storage), founded(storage)):
            with world.writing() as unit:
                unit.users.save(evolve(world.ann, external_id="T-1", version=2))
            with world.reading() as unit:
                assert unit.users.known_external_ids(["T-1"]) == {"T-1": world.ann.id}

    def test_users_are_known_by_their_external_ids(self, world: World) -> None:
        with world.writing() as unit:
            unit.users.save(evolve(world.ann, external_id="T-1", version=2))

        with world.reading() as unit:
            assert unit.users.known_external_ids(["T-2", "T-1", "t-1", ""]) == {"T-1": world.ann.id}
            assert unit.users.known_external_ids([]) == {}

    def test_users_are_known_by_their_addresses_whatever_the_case_of_the_letters(self, world: World) -> None:
        with world.writing() as unit:
            unit.users.save(evolve(world.ann, email=Email("É.Ann@example.com"), version=2))

        with world.reading() as unit:
            found = unit.users.known_emails(["é.ANN@example.com", "nobody@example.com", world.ben.email.address])
            assert found == {"é.ANN@example.com": world.ann.id, world.ben.email.address: world.ben.id}

    def test_a_user_may_write_their_own_address_in_other_letters(self, world: World) -> None:
        renamed = evolve(world.ann, email=Email(world.ann.email.address.upper()), version=2)

        with world.writing() as unit:
            unit.users.save(renamed)

        with world.reading() as unit:
            assert unit.users.get(world.ann.id) == renamed


class PeopleContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_whoever_may_be_assigned_is_found(self, storage: Storage, data: st.DataObject) -> None:
        world, everyone = with_users(storage, data)
        kind = data.draw(st.none() | st.sampled_from(Kind))
        active = data.draw(st.sampled_from([None, True, False]))
        naive = [user.person for user in everyone if active is None or user.active is active]
        eligible = [each for each in naive if kind is None or evolve(each, active=True).can_be_assigned(kind)]

        with world.reading() as unit:
            found = unit.people.find(kind=kind, active=active)

        assert [person for person in found if person in eligible] == eligible
        assert [person for person in naive if person in found] == list(found)

    @EXAMPLES
    @given(data=st.data())
    def test_those_named_are_found_and_no_others(self, storage: Storage, data: st.DataObject) -> None:
        world, everyone = with_users(storage, data)
        asked = [*data.draw(st.lists(st.sampled_from([user.id for user in everyone]))), UserId(fresh())]
        naive = tuple(user.person for user in everyone if user.id in asked)

        with world.writing() as unit:
            assert unit.people.find(ids=asked, active=None) == naive
            assert unit.people.find(ids=asked) == tuple(person for person in naive if person.active)
            assert unit.people.locked(asked) == naive

    def test_asked_for_nobody_it_finds_nobody(self, world: World) -> None:
        with world.writing() as unit:
            assert unit.people.find(ids=()) == ()
            assert unit.people.locked(()) == ()


@st.composite
def spans_near(draw: st.DrawFn, edges: list[date]) -> tuple[date, date]:
    """
    A first and a last day, which often are the edges themselves or next to them.
    """
    if not edges:
        return draw(strategies.spans())
    first, last = (draw(st.sampled_from(edges)) + timedelta(days=draw(st.integers(-1, 1))) for _ in "ab")
    return min(first, last), max(first, last)


class AbsencesContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_absences_are_found_that_touch_the_days_asked_for(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        absences = data.draw(st.lists(strategies.absences(world.known), max_size=6, unique_by=lambda each: each.id))
        with world.writing() as unit:
            for absence in absences:
                unit.absences.add(absence)
        edges = [day for each in absences for day in (each.first, each.last)]
        first, last = data.draw(spans_near(edges))
        users = data.draw(st.none() | st.lists(world.known.users, unique=True))
        locations = data.draw(st.none() | st.lists(world.known.locations, unique=True))
        naive = [
            each
            for each in absences
            if not (each.last < first or last < each.first)
            and (
                (each.user is not None and (users is None or each.user in users))
                or (each.location is not None and (locations is None or each.location in locations))
            )
        ]

        with world.reading() as unit:
            found = unit.absences.between(first, last, users=users, locations=locations)

        assert list(found) == sorted(naive, key=lambda each: (each.first, each.id))
