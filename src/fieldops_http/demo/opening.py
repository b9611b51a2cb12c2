"""
Founds the company: its offices, roles, catalog and people.
"""

from collections.abc import Iterator, Mapping
from random import Random

from attrs import frozen

from fieldops_core.access.messages import CreateRole
from fieldops_core.access.model import EVERYTHING, SYSTEM, Actor, Grants, Kind, RoleId
from fieldops_core.access.views import RoleView
from fieldops_core.company.messages import (
    AttributeFields,
    ChangeAppointmentType,
    ChangeLocation,
    ChangeSettings,
    CreateAppointmentType,
    CreateCatalogEntry,
    CreateLocation,
)
from fieldops_core.company.model import Catalog, EntryId, SubTypeId, TypeId
from fieldops_core.company.views import AppointmentTypeView, CatalogEntryView, CompanyView, LocationView
from fieldops_core.kernel.geo import METERS_A_MILE, Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.records import replaced
from fieldops_core.staff.messages import CreateUser
from fieldops_core.staff.views import UserView
from fieldops_http.demo import company
from fieldops_http.demo.catalog import CATALOG, CHOICES, PRIORITIES, REASONS, TEMPLATES, Offer
from fieldops_http.demo.chance import chance_of
from fieldops_http.demo.offices import OFFICES, PROVO, Member, Office
from fieldops_http.demo.places import Place, middle, somewhere
from fieldops_http.demo.size import Size
from fieldops_http.demo.teller import Teller


@frozen(kw_only=True)
class Type:
    id: TypeId
    sub_types: Mapping[str, SubTypeId]


@frozen(kw_only=True)
class Opened:
    """
    What stands before anybody is hired.
    """

    owner: Actor
    offices: Mapping[str, LocationId]
    roles: Mapping[str, RoleView]
    grants: Mapping[str, Grants]
    types: Mapping[str, Type]
    reasons: Mapping[str, EntryId]
    templates: Mapping[str, EntryId]
    priorities: tuple[EntryId, ...]


@frozen(kw_only=True)
class Colleague:
    """
    A user who was hired: as whom they act, where their day starts, and, of those who visit, *kind*, the kind of their
    visits, and how many meters they go.
    """

    office: Office
    member: Member
    kind: Kind | None
    user: UserId
    actor: Actor
    start: Point

    @property
    def meters(self) -> float:
        return self.member.miles * METERS_A_MILE


def open_offices(teller: Teller) -> Opened:
    founded = teller.do(company.FOUNDING, CompanyView, SYSTEM)
    owner = Actor(user=UserId(founded.owner), grants=EVERYTHING)
    offices = {PROVO.name: LocationId(founded.location)}
    address = _seat(PROVO).address
    change = ChangeLocation(location=offices[PROVO.name], address=address, point=middle(PROVO.zip))
    teller.do(change, LocationView, owner)
    for office in OFFICES[1:]:
        seat = _seat(office)
        command = CreateLocation(name=office.name, zone=office.zone, address=seat.address, point=seat.point)
        offices[office.name] = LocationId(teller.do(command, LocationView, owner).id)
    teller.do(ChangeSettings(changes=company.SETTINGS), object, owner)
    grants = _grants(offices)
    roles = {name: teller.do(CreateRole(name=name, grants=held), RoleView, owner) for name, held in grants.items()}
    types = {offer.name: _type(offer, teller, owner) for offer in CATALOG}
    reasons = {
        name: _entry(catalog, name, AttributeFields(), teller, owner)
        for catalog, names in REASONS.items()
        for name in names
    }
    for catalog, choices in CHOICES.items():
        for name, attributes in choices.items():
            _entry(catalog, name, attributes, teller, owner)
    priorities = tuple(_entry(Catalog.PRIORITIES, name, place, teller, owner) for name, place in PRIORITIES.items())
    common = {"note_type": reasons["Field work"], "type": reasons["New equipment"], "priority": priorities[1]}
    templates = {
        name: _entry(
            Catalog.WORK_ORDER_TEMPLATES, name, AttributeFields(template=replaced(fields, common)), teller, owner
        )
        for name, fields in TEMPLATES.items()
    }
    return Opened(
        owner=owner,
        offices=offices,
        roles=roles,
        grants=grants,
        types=types,
        reasons=reasons,
        templates=templates,
        priorities=priorities,
    )


def _entry(catalog: Catalog, name: str, attributes: AttributeFields, teller: Teller, owner: Actor) -> EntryId:
    command = CreateCatalogEntry(catalog=catalog, name=name, attributes=attributes)
    return EntryId(teller.do(command, CatalogEntryView, owner).id)


def _seat(office: Office) -> Place:
    return somewhere(office, office.town(office.zip), chance_of(office.name))


def _grants(offices: Mapping[str, LocationId]) -> dict[str, Grants]:
    """
    One dispatcher sees to the whole company, those of the other offices to their own.
    """
    elsewhere = {
        f"Dispatcher {office.name}": company.grants(company.DISPATCHING, offices[office.name])
        | company.grants(company.LOOKING_UP)
        for office in OFFICES[1:]
    }
    return {
        "Dispatcher": company.grants(company.DISPATCHING | company.LOOKING_UP),
        **elsewhere,
        "Sales rep": company.grants(company.SELLING),
        "Technician": company.grants(company.VISITING),
    }


def _type(offer: Offer, teller: Teller, owner: Actor) -> Type:
    command = CreateAppointmentType(
        kind=offer.kind, name=offer.name, minutes=offer.minutes, sub_types=offer.entries, install=offer.install
    )
    made = teller.do(command, AppointmentTypeView, owner)
    if not offer.active:
        teller.do(ChangeAppointmentType(type=TypeId(made.id), active=False), object, owner)
    return Type(id=TypeId(made.id), sub_types={each.name: SubTypeId(each.id) for each in made.sub_types})


@frozen
class _Post:
    """
    Somebody to be hired, in a role. *kind* is that of their visits, None for a desk.
    """

    office: Office
    member: Member
    role: str
    kind: Kind | None


def hire(teller: Teller, opened: Opened, size: Size) -> Iterator[Colleague]:
    """
    Everybody but the owner.
    """
    for office in OFFICES:
        for post in _posts(office, size):
            yield _hired(post, teller, opened)


def _posts(office: Office, size: Size) -> Iterator[_Post]:
    desk = "Dispatcher" if office is PROVO else f"Dispatcher {office.name}"
    yield _Post(office, Member(office.dispatcher, office.zip, 0), desk, None)
    yield _Post(office, office.trainer, "Technician", Kind.PROGRAM)
    yield from (_Post(office, member, "Technician", Kind.TECH) for member in size.technicians_of(office))
    yield from (_Post(office, member, "Sales rep", Kind.SALES) for member in size.sales_reps_of(office))


def _hired(post: _Post, teller: Teller, opened: Opened) -> Colleague:
    office, member, chance = post.office, post.member, chance_of(post.member.name)
    at, role, home = opened.offices[office.name], opened.roles[post.role], _home(office, member, chance)
    lessons = (opened.types[offer.name].id for offer in CATALOG if offer.kind is post.kind is Kind.PROGRAM)
    command = CreateUser(
        name=member.name,
        email=company.email(member.name),
        home=at,
        phone=f"({office.area_codes[0]}) 555-01{chance.randrange(100):02d}",
        technician=post.kind is Kind.TECH,
        sales_rep=post.kind is Kind.SALES,
        program_types=tuple(lessons),
        start_address=home.address,
        start=home.point,
        coverage_radius=member.miles * METERS_A_MILE,
        weekly=member.weekly,
        roles=(RoleId(role.id),),
    )
    user = UserId(teller.do(command, UserView, opened.owner).id)
    actor = Actor(user=user, home=at, grants=opened.grants[post.role])
    return Colleague(office=office, member=member, kind=post.kind, user=user, actor=actor, start=home.point)


def _home(office: Office, member: Member, chance: Random) -> Place:
    return somewhere(office, office.town(member.zip), chance)
