"""
Companies, their short names, their catalogs, roles and tokens.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Kind, Role
from fieldops_core.app.ports import Storage
from fieldops_core.company.model import Catalog, EntryId, LocationUse
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import Status
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_company,
    a_location,
    a_period,
    a_role,
    a_technician,
    a_token,
    a_type,
    fresh,
)
from fieldops_core.testing.contracts.world import Suite, World, founded


class CompaniesContract(Suite):
    def test_the_setup_is_the_company_with_its_locations_in_the_order_of_their_ids(self, world: World) -> None:
        first, second = a_location(name="Sandy"), a_location(name="Lehi", active=False)
        with world.writing() as unit:
            for location in (second, first):
                unit.locations.add(location)

        with world.reading() as unit:
            setup = unit.companies.setup()

        assert setup.company == world.company
        assert setup.locations == (world.provo, world.orem, first, second)

    @pytest.mark.rule("SCH-26")
    def test_what_belongs_to_a_location_is_counted(self, world: World) -> None:
        others = founded(world.storage)
        others.keep(others.visit())
        gone = a_technician(home=world.orem.id, active=False)
        with world.writing() as unit:
            unit.users.add(gone)
        world.keep(
            world.visit(),
            world.visit(user=world.ben.id, location=world.orem.id),
            world.visit(period=a_period("11:00"), status=Status.ON_SITE),
            world.visit(period=a_period("13:00"), status=Status.COMPLETED),
            world.visit(period=a_period("15:00"), status=Status.CANCELLED),
        )

        with world.reading() as unit:
            provo, orem = unit.location_uses.of(world.provo.id), unit.location_uses.of(world.orem.id)
            nowhere = unit.location_uses.of(others.provo.id)

        # Ben is at home in Orem, and further in Provo.
        assert provo == LocationUse(open_appointments=2, customers=1, users=2)
        assert orem == LocationUse(open_appointments=1, customers=1, users=1)
        assert nowhere == LocationUse()

    def test_without_a_company_there_is_no_setup(self, storage: Storage) -> None:
        with storage.reading(CompanyId(fresh())) as unit, pytest.raises(NotFound) as refused:
            unit.companies.setup()

        assert refused.value.kind == "company"

    def test_a_company_is_found_by_its_short_name(self, world: World) -> None:
        assert world.storage.company_named(world.company.slug) == world.company.id
        assert world.storage.company_named(f"no-{world.company.slug}") is None

    def test_a_company_that_was_renamed_is_found_by_its_new_short_name(self, world: World) -> None:
        with world.writing() as unit:
            unit.companies.save(evolve(world.company, slug=f"new-{world.company.slug}", version=2))

        assert world.storage.company_named(f"new-{world.company.slug}") == world.company.id
        assert world.storage.company_named(world.company.slug) is None

    def test_a_short_name_is_taken_whichever_company_has_it(self, storage: Storage, world: World) -> None:
        other = founded(storage)

        with world.reading() as unit:
            assert unit.companies.slug_taken(world.company.slug)
            assert unit.companies.slug_taken(other.company.slug)
            assert not unit.companies.slug_taken(f"no-{world.company.slug}")

    def test_a_new_company_does_not_get_a_short_name_that_another_has(self, storage: Storage, world: World) -> None:
        new = a_company(slug=world.company.slug)

        with pytest.raises(Conflict), storage.writing(new.id) as unit:
            unit.companies.add(new)

        assert storage.company_named(world.company.slug) == world.company.id

    def test_a_company_is_not_renamed_as_another_is(self, storage: Storage, world: World) -> None:
        other = founded(storage)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.companies.save(evolve(world.company, slug=other.company.slug, version=2))

    def test_a_storage_that_can_be_used_is_ready(self, storage: Storage) -> None:
        storage.ready()


class CatalogContract(Suite):
    def test_types_are_listed_in_the_order_of_their_ids(self, world: World) -> None:
        first, second = a_type(), a_type(kind=Kind.PROGRAM, minutes=15, active=False)
        with world.writing() as unit:
            for type in (second, first):
                unit.appointment_types.add(type)

        with world.reading() as unit:
            assert unit.appointment_types.all() == (world.service, world.estimate, first, second)
            assert unit.appointment_types.all(kind=Kind.TECH) == (world.service, first)
            assert unit.appointment_types.all(kind=Kind.PROGRAM) == (second,)

    def test_entries_are_listed_by_catalog_in_the_order_of_their_ids(self, world: World) -> None:
        first, second = a_catalog_entry(name="No power"), a_catalog_entry(active=False)
        with world.writing() as unit:
            for entry in (second, first):
                unit.catalog_entries.add(entry)

        with world.reading() as unit:
            assert unit.catalog_entries.all(Catalog.UNABLE_REASONS) == (world.locked_out, first, second)
            assert unit.catalog_entries.all(Catalog.RESCHEDULE_REASONS) == (world.postponed,)
            assert unit.catalog_entries.all(Catalog.CANCELLATION_REASONS) == ()

    def test_entries_are_named_whatever_their_catalog_in_the_order_of_their_ids(self, world: World) -> None:
        others = founded(world.storage)

        with world.reading() as unit:
            asked = [world.postponed.id, others.locked_out.id, world.locked_out.id, EntryId(fresh())]
            assert unit.catalog_entries.named(asked) == (world.locked_out, world.postponed)
            assert unit.catalog_entries.named([]) == ()


class AccessContract(Suite):
    def test_roles_are_listed_in_the_order_of_their_ids(self, world: World) -> None:
        first, second = a_role(name="One"), a_role(name="Two")
        with world.writing() as unit:
            for role in (second, first):
                unit.roles.add(role)

        with world.reading() as unit:
            assert unit.roles.all() == (world.dispatchers, world.owners, first, second)

    def test_the_owner_role_is_known(self, world: World) -> None:
        with world.writing() as unit:
            assert [unit.roles.owner(lock=lock) for lock in Lock] == [world.owners] * 3

    def test_tokens_are_listed_in_the_order_of_their_ids(self, world: World) -> None:
        first, second = a_token(user=world.ann.id), a_token(user=world.ben.id)
        with world.writing() as unit:
            for token in (second, first):
                unit.tokens.add(token)

        with world.reading() as unit:
            assert unit.tokens.all() == (first, second)

    def test_a_users_tokens_are_listed_in_the_order_of_their_ids(self, world: World) -> None:
        first, others, last = (a_token(user=user) for user in (world.ann.id, world.ben.id, world.ann.id))
        revoked = evolve(last, revoked_at=last.expires_at)
        with world.writing() as unit:
            for token in (revoked, others, first):
                unit.tokens.add(token)

        with world.reading() as unit:
            assert unit.tokens.of(world.ann.id) == (first, revoked)
            assert unit.tokens.of(UserId(world.provo.id)) == ()

    def test_a_token_tells_by_its_hash_who_speaks(self, world: World) -> None:
        token, other = a_token(user=world.ben.id), a_token(user=world.ann.id)
        with world.writing() as unit:
            for each in (token, other):
                unit.tokens.add(each)

        with world.reading() as unit:
            identity = unit.users.identified(token.hash)
            assert unit.users.identified(a_token().hash) is None

        assert identity is not None
        assert (identity.slug, identity.user, identity.token) == (world.company.slug, world.ben, token)
        assert by_id(identity.roles) == by_id((world.owners, world.dispatchers))

    def test_a_token_tells_who_speaks_also_when_it_is_no_longer_good(self, world: World) -> None:
        token = a_token(user=world.ben.id)
        revoked = evolve(token, revoked_at=token.expires_at, version=2)
        with world.writing() as unit:
            unit.tokens.add(token)
        with world.writing() as unit:
            unit.tokens.save(revoked)
            unit.users.save(evolve(world.ben, active=False, version=2))

        with world.reading() as unit:
            identity = unit.users.identified(token.hash)

        assert identity is not None
        assert identity.token == revoked
        assert not identity.user.active


def by_id(roles: tuple[Role, ...]) -> list[Role]:
    return sorted(roles, key=lambda role: role.id)
