"""
The engine inside another service, with adapters of that service's own. It needs attrs and python-dateutil alone.
"""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM, Kind
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports
from fieldops_core.company.messages import CreateAppointmentType, FoundCompany
from fieldops_core.customers.messages import CreateCustomer
from fieldops_core.customers.model import AccountType
from fieldops_core.kernel.contact import Address, Phone
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import BookAppointment, FindOpenings
from fieldops_core.staff.messages import CreateUser


class OurPhones:
    def parse(self, text: str, *, country: str) -> Phone:
        return Phone("+1" + "".join(filter(str.isdigit, text)))


class OurRouting:
    def driving(self, legs: Any) -> tuple[None, ...]:
        return (None,) * len(legs)  # it knows no road: then the engine estimates


def do(command: object) -> Any:
    return fieldops.execute(command, us).answer


ports = Ports(phones=OurPhones(), routing=OurRouting(), randomness=token_urlsafe)
fieldops = FieldOps(storage=MemoryStorage(), clock=lambda: datetime.now(UTC), ids=uuid4, ports=ports)
us = Context(company=CompanyId(uuid4()), actor=SYSTEM)
who = {"owner_name": "Olga", "owner_email": "olga@acme.example"}
provo = do(FoundCompany(slug="acme", name="Acme", location="Provo", zone="America/Denver", **who)).location
service = do(CreateAppointmentType(kind=Kind.TECH, name="Service", minutes=90)).id
hours = WeeklyHours.every("08:00", "17:00", weekdays=range(7))
ann = do(CreateUser(name="Ann", email="ann@acme.example", home=provo, technician=True, weekly=hours)).id
shop: dict[str, Any] = {"account_type": AccountType.COMMERCIAL, "address": Address(city="Provo", state="UT")}
bakery = do(CreateCustomer(**shop, business_name="Bakery", phone="801-555-0100", location=provo)).id
tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
openings: Any = fieldops.ask(FindOpenings(customer=bakery, type=service, first=tomorrow), us)
first, *others = openings.items[0].days[0].starts  # Ann's
wish = BookAppointment(kind=Kind.TECH, customer=bakery, type=service, user=ann, start=first)
print(f"{len(others) + 1} starts are open; booked: {do(wish).start:%H:%M}")
try:
    do(wish)
except Refused as refused:
    print(f"{refused.violations[0].code}: {refused}")
