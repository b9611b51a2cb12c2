"""
Records with sensible defaults: an office in Provo, Utah, whose technicians and customers are near, on weekdays from
08:00 to 17:00. Each keyword overrides the field of that name; ids are new ones unless they are given.
"""

from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Unpack

from attrs import evolve

from fieldops_core.access.model import Kind, Role, RoleId, Stage, Token, TokenId
from fieldops_core.company.model import (
    AppointmentType,
    Catalog,
    CatalogEntry,
    Company,
    EntryId,
    Location,
    SubType,
    SubTypeId,
    TypeId,
)
from fieldops_core.customers.model import (
    AccountType,
    AtRiskMark,
    AtRiskMarkId,
    Connection,
    ConnectionId,
    ConnectionKind,
    Contact,
    ContactId,
    CreditCheck,
    CreditCheckId,
    CreditReport,
    Customer,
    CustomerId,
    File,
    FileContent,
    FileId,
    Fulfilment,
    FulfilmentId,
    Note,
    NoteId,
    Ticket,
    TicketId,
    Tombstone,
)
from fieldops_core.kernel.contact import Address, Email, Phone, PostalCode
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import WeeklyHours, minutes_of
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.time import Period, local, moment
from fieldops_core.messaging.model import Message, MessageId
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Block,
    Hold,
    HoldId,
    Repair,
    RepairId,
    RepairMove,
    Spot,
    Status,
    WorkOrderId,
)
from fieldops_core.staff.model import Absence, AbsenceId, User, WorkingHours
from fieldops_core.testing import fields
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.ids import CountingIds
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    PurchaseLine,
    PurchaseOrder,
    PurchaseOrderId,
    Stock,
    StockId,
    WorkOrder,
    WorkToPerform,
)

DENVER = "America/Denver"
PROVO = Point(40.2338, -111.6585)
PROVO_ADDRESS = Address(line1="100 Center Street", city="Provo", state="UT", postal_code=PostalCode("84601"))
DAY = date(2026, 5, 27)
"""
The day on which appointments are, unless told otherwise: a Wednesday, two days after :data:`NOW`.
"""
FIFTY_MILES = 80_467.2
OFFICE_HOURS = WorkingHours(weekly=WeeklyHours.every("08:00", "17:00"))

fresh = CountingIds()
"""
The ids of all that is built in this process.
"""
_numbers = count(1)


def at(time: str, day: date = DAY, *, zone: str = DENVER) -> datetime:
    """
    The instant at which a clock in *zone* shows ``HH:MM`` on a day.
    """
    return moment(zone, day, minutes_of(time))


def a_period(time: str = "09:00", minutes: int = 60, *, day: date = DAY, zone: str = DENVER) -> Period:
    """
    From ``HH:MM`` on a day in *zone*, for some minutes.
    """
    start = at(time, day, zone=zone)
    return Period(start=start, end=start + timedelta(minutes=minutes))


def a_company(**given: Unpack[fields.CompanyFields]) -> Company:
    number = next(_numbers)
    return evolve(Company(id=CompanyId(fresh()), slug=f"company-{number}", name=f"Company {number}"), **given)


def a_location(**given: Unpack[fields.LocationFields]) -> Location:
    id = LocationId(fresh())
    return evolve(Location(id=id, name="Provo", zone=DENVER, address=PROVO_ADDRESS, point=PROVO), **given)


def a_sub_type(**given: Unpack[fields.SubTypeFields]) -> SubType:
    return evolve(SubType(id=SubTypeId(fresh()), name="Routine"), **given)


def a_type(**given: Unpack[fields.TypeFields]) -> AppointmentType:
    """
    A type of TECH appointments of two hours.
    """
    return evolve(AppointmentType(id=TypeId(fresh()), kind=Kind.TECH, name="Service"), **given)


def a_catalog_entry(**given: Unpack[fields.CatalogEntryFields]) -> CatalogEntry:
    """
    A reason why a visit could not be done.
    """
    entry = CatalogEntry(id=EntryId(fresh()), catalog=Catalog.UNABLE_REASONS, name="Nobody let us in")
    return evolve(entry, **given)


def a_role(**given: Unpack[fields.RoleFields]) -> Role:
    return evolve(Role(id=RoleId(fresh()), name="Dispatcher"), **given)


def a_token(**given: Unpack[fields.TokenFields]) -> Token:
    """
    A token of a user who is not there, for the next thirty days.
    """
    id = fresh()
    token = Token(
        id=TokenId(id),
        user=UserId(fresh()),
        name="Dispatch desk",
        hash=sha256(id.bytes).hexdigest(),
        expires_at=NOW + timedelta(days=30),
    )
    return evolve(token, **given)


def a_user(**given: Unpack[fields.UserFields]) -> User:
    """
    A user who can be assigned nothing.
    """
    id, email = UserId(fresh()), Email(f"user{next(_numbers)}@example.com")
    return evolve(User(id=id, name="Ann", email=email, home=LocationId(fresh()), hours=OFFICE_HOURS), **given)


def a_technician(**given: Unpack[fields.UserFields]) -> User:
    """
    A technician who starts in Provo and covers fifty miles.
    """
    return evolve(a_user(technician=True, start=PROVO, coverage_radius=FIFTY_MILES), **given)


def an_absence(**given: Unpack[fields.AbsenceFields]) -> Absence:
    """
    The whole of :data:`DAY`, of a user, or of a location where one is given.
    """
    location, first = given.get("location"), given.get("first", DAY)
    user = None if location else given.get("user") or UserId(fresh())
    return evolve(Absence(id=AbsenceId(fresh()), user=user, location=location, first=first, last=first), **given)


def a_customer(**given: Unpack[fields.CustomerFields]) -> Customer:
    customer = Customer(
        id=CustomerId(fresh()),
        number=next(_numbers),
        stage=Stage.CUSTOMER,
        account_type=AccountType.RESIDENTIAL,
        first_name="Maria",
        last_name="Nielsen",
        location=LocationId(fresh()),
        phone=Phone("+18015550100"),
        address=PROVO_ADDRESS,
        point=PROVO,
    )
    return evolve(customer, **given)


def a_note(**given: Unpack[fields.NoteFields]) -> Note:
    note = Note(
        id=NoteId(fresh()),
        customer=CustomerId(fresh()),
        type=EntryId(fresh()),
        text="The key is with the neighbour.",
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(note, **given)


def a_ticket(**given: Unpack[fields.TicketFields]) -> Ticket:
    """
    An open one, due on :data:`DAY`.
    """
    ticket = Ticket(
        id=TicketId(NoteId(fresh())),
        customer=CustomerId(fresh()),
        type=EntryId(fresh()),
        text="Call back about the panel.",
        assignee=UserId(fresh()),
        due=DAY,
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(ticket, **given)


def a_contact(**given: Unpack[fields.ContactFields]) -> Contact:
    contact = Contact(
        id=ContactId(fresh()),
        customer=CustomerId(fresh()),
        name="Nora Nielsen",
        relation="neighbour",
        phones=(Phone("+18015550199"),),
        place=1,
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(contact, **given)


def an_at_risk_mark(**given: Unpack[fields.AtRiskMarkFields]) -> AtRiskMark:
    """
    One that stands.
    """
    mark = AtRiskMark(
        id=AtRiskMarkId(fresh()), customer=CustomerId(fresh()), reason="Moves away", created_by=None, created_at=NOW
    )
    return evolve(mark, **given)


def a_connection(**given: Unpack[fields.ConnectionFields]) -> Connection:
    """
    To a central station, linked by hand.
    """
    connection = Connection(
        id=ConnectionId(fresh()),
        customer=CustomerId(fresh()),
        kind=ConnectionKind.MONITORING,
        provider=EntryId(fresh()),
        account_number="0417",
        linked_by=None,
        linked_at=NOW,
    )
    return evolve(connection, **given)


def a_credit_check(**given: Unpack[fields.CreditCheckFields]) -> CreditCheck:
    """
    One that was not applied.
    """
    check = CreditCheck(
        id=CreditCheckId(fresh()),
        customer=CustomerId(fresh()),
        bureau="sandbox",
        report=CreditReport(score=712, tracking_number="T-1", sandbox=True),
        run_by=None,
        run_at=NOW,
    )
    return evolve(check, **given)


def a_fulfilment(**given: Unpack[fields.FulfilmentFields]) -> Fulfilment:
    """
    Of a year ago, for a year.
    """
    fulfilment = Fulfilment(
        id=FulfilmentId(fresh()),
        customer=CustomerId(fresh()),
        regulation=EntryId(fresh()),
        number="P-17",
        fulfilled_on=date(2025, 5, 1),
        expires_on=date(2026, 4, 30),
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(fulfilment, **given)


def a_tombstone(**given: Unpack[fields.TombstoneFields]) -> Tombstone:
    """
    What is left of a customer that the system deleted.
    """
    tombstone = Tombstone(
        id=CustomerId(fresh()), number=900, stage=Stage.CUSTOMER, location=LocationId(fresh()), by=None, at=NOW
    )
    return evolve(tombstone, **given)


def a_file(**given: Unpack[fields.FileFields]) -> File:
    """
    One whose bytes are kept nowhere.
    """
    id = FileId(fresh())
    content = FileContent(media_type="application/pdf", size=9, digest=sha256(id.bytes).hexdigest(), key=id.hex)
    file = File(
        id=id,
        customer=CustomerId(fresh()),
        name="Contract.pdf",
        content=content,
        created_by=None,
        created_at=NOW,
    )
    return evolve(file, **given)


def a_message(**given: Unpack[fields.MessageFields]) -> Message:
    """
    A queued one, due at :data:`NOW`.
    """
    message = Message(
        id=MessageId(fresh()),
        customer=CustomerId(fresh()),
        to=Email("maria@example.com"),
        subject="Your visit",
        body="We will be there at nine.",
        due_at=NOW,
        created_by=None,
        created_at=NOW,
    )
    return evolve(message, **given)


def a_work_order(**given: Unpack[fields.WorkOrderFields]) -> WorkOrder:
    work_order = WorkOrder(
        id=WorkOrderId(fresh()),
        number=next(_numbers),
        customer=CustomerId(fresh()),
        subject="Replace the panel",
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(work_order, **given)


def a_piece(**given: Unpack[fields.EquipmentFields]) -> CustomerEquipment:
    """
    A piece of equipment that is to be installed.
    """
    piece = CustomerEquipment(
        id=EquipmentId(fresh()),
        customer=CustomerId(fresh()),
        item=EntryId(fresh()),
        serial="SN-1",
        place="Hall",
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(piece, **given)


def some_work(**given: Unpack[fields.WorkToPerformFields]) -> WorkToPerform:
    """
    Of a work order that has nothing done.
    """
    return evolve(WorkToPerform(id=WorkOrderId(fresh()), customer=CustomerId(fresh())), **given)


def a_purchase_order(**given: Unpack[fields.PurchaseOrderFields]) -> PurchaseOrder:
    """
    A draft of two of an item.
    """
    order = PurchaseOrder(
        id=PurchaseOrderId(fresh()),
        number=next(_numbers),
        vendor=EntryId(fresh()),
        recipient=UserId(fresh()),
        work_order=WorkOrderId(fresh()),
        work_order_number=1,
        location=LocationId(fresh()),
        lines=(PurchaseLine(item=EntryId(fresh()), quantity=2),),
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(order, **given)


def some_stock(**given: Unpack[fields.StockFields]) -> Stock:
    """
    Three of an item.
    """
    stock = Stock(id=StockId(fresh()), technician=UserId(fresh()), item=EntryId(fresh()), quantity=3)
    return evolve(stock, **given)


def an_appointment(**given: Unpack[fields.AppointmentFields]) -> Appointment:
    """
    A SCHEDULED visit from 09:00 to 10:00 on :data:`DAY`; the time agreed is its start unless it is given.
    """
    period, zone = given.get("period") or a_period(), given.get("zone", DENVER)
    appointment = Appointment(
        id=AppointmentId(fresh()),
        kind=Kind.TECH,
        type=TypeId(fresh()),
        user=UserId(fresh()),
        customer=CustomerId(fresh()),
        location=LocationId(fresh()),
        period=period,
        agreed=local(period.start, zone).replace(tzinfo=None),
        zone=zone,
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(appointment, **given)


def a_hold(**given: Unpack[fields.HoldFields]) -> Hold:
    """
    From 09:00 to 10:00 on :data:`DAY`, for the ten minutes after :data:`NOW`.
    """
    hold = Hold(
        id=HoldId(fresh()),
        user=UserId(fresh()),
        customer=CustomerId(fresh()),
        type=TypeId(fresh()),
        location=LocationId(fresh()),
        period=a_period(),
        zone=DENVER,
        expires_at=NOW + timedelta(minutes=10),
        created_by=None,
        created_at=NOW,
    )
    return evolve(hold, **given)


def a_repair(visit: Appointment, *, user: UserId) -> Repair:
    """
    That gave a visit to another user at the same time.
    """
    before, after = Spot(user=visit.user, period=visit.period), Spot(user=user, period=visit.period)
    move = RepairMove(appointment=visit.id, before=before, after=after)
    return Repair(id=RepairId(fresh()), moves=(move,), made_by=None, made_at=NOW)


def a_block(**given: Unpack[fields.BlockFields]) -> Block:
    """
    What a grid shows of a SCHEDULED visit from 09:00 to 10:00 on :data:`DAY`. It takes its time until its end, unless
    it is told otherwise.
    """
    start = given.get("start", at("09:00"))
    end = given.get("end", start + timedelta(hours=1))
    location = LocationId(fresh())
    block = Block(
        appointment=AppointmentId(fresh()),
        version=1,
        user=UserId(fresh()),
        kind=Kind.TECH,
        status=Status.SCHEDULED,
        start=start,
        end=end,
        occupied_until=end,
        zone=DENVER,
        location=location,
        type=TypeId(fresh()),
        type_name="Service",
        customer=CustomerId(fresh()),
        customer_number=next(_numbers),
        customer_name="Maria Nielsen",
        customer_location=location,
        customer_point=PROVO,
        stage=Stage.CUSTOMER,
        pending_reassignment=False,
        double_booked=False,
    )
    return evolve(block, **given)
