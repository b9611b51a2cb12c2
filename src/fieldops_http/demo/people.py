"""
The demo's customers and leads: invented, at real ZIP codes.
"""

from collections.abc import Iterator, Mapping
from random import Random

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.messages import ImportLine
from fieldops_core.customers.model import AccountType
from fieldops_http.demo.catalog import LEAD_STATUSES, SOURCES
from fieldops_http.demo.names import FIRST_NAMES, LAST_NAMES, TITLES, TRADES
from fieldops_http.demo.offices import OFFICES, PROVO, Office
from fieldops_http.demo.places import Place, somewhere
from fieldops_http.demo.size import Size
from fieldops_http.demo.towns import Town

UNPLACED = frozenset({40, 80, 120})
"""
The numbers of records without a ZIP code, so that nobody knows where they are: their technicians are those of the
office (SCH-15).
"""
LOOKED_UP_EVERY = 50
"""
Each so many records come without coordinates: the geocoder finds the middle of their ZIP code.
"""

BEST_TIMES = ("after 4 pm", "mornings", "weekdays before noon", "any time, works from home")


@frozen(kw_only=True)
class Somebody:
    """
    Whoever is to become a customer or a lead, as a line of the list that the company brings along.
    """

    number: int
    stage: Stage
    office: Office
    place: Place
    values: Mapping[str, str]

    @property
    def zip(self) -> str:
        code = self.place.address.postal_code
        if code is None:
            raise TypeError("Everybody lives somewhere.")
        return code.code

    @property
    def line(self) -> ImportLine:
        return ImportLine(line=self.number, values=self.values)


def everybody(size: Size, chance: Random) -> Iterator[Somebody]:
    """
    The customers, the first of them in Spanish Fork, which some technicians cover and some do not, and then the leads.
    """
    for number in range(1, size.customers + size.leads + 1):
        office = PROVO if number == 1 else chance.choices(OFFICES, weights=[each.share for each in OFFICES])[0]
        place = somewhere(office, PROVO.town("84660") if number == 1 else _town(office, chance), chance)
        stage = Stage.CUSTOMER if number <= size.customers else Stage.LEAD
        told = _place(number, place) | _names(number, stage, office, chance) | _contact(number, office, chance)
        values = {field: value for field, value in told.items() if value}
        yield Somebody(number=number, stage=stage, office=office, place=place, values=values)


def _town(office: Office, chance: Random) -> Town:
    """
    A town, the bigger ones more often.
    """
    return chance.choices(office.towns, weights=[town.share for town in office.towns])[0]


def _place(number: int, place: Place) -> dict[str, str]:
    address, code = place.address, place.address.postal_code
    told = {"line1": address.line1, "city": address.city, "state": address.state}
    if number not in UNPLACED and code is not None:
        told["postal_code"] = code.code
        if number % LOOKED_UP_EVERY:
            told |= {"latitude": str(place.point.latitude), "longitude": str(place.point.longitude)}
    return told


def _names(number: int, stage: Stage, office: Office, chance: Random) -> dict[str, str]:
    first, last, spouse = (chance.choice(each) for each in (FIRST_NAMES, LAST_NAMES, FIRST_NAMES))
    told = {"first_name": first, "last_name": last, "location": office.name, "stage": stage.value}
    if stage is Stage.LEAD:
        source, status = SOURCES[number % len(SOURCES)], LEAD_STATUSES[number % len(LEAD_STATUSES)]
        return told | {"source": source, "lead_status": status}
    if number % 9:
        return told | {"account_type": AccountType.RESIDENTIAL.value, "spouse": spouse if number % 5 == 0 else ""}
    name = f"{chance.choice(TITLES[office.state])} {chance.choice(TRADES)}"
    business = {"business_name": name, "business_contact": f"{first} {last}"}
    return told | business | {"account_type": AccountType.COMMERCIAL.value}


def _contact(number: int, office: Office, chance: Random) -> dict[str, str]:
    """
    Telephone numbers in the exchange 555, which nobody has.
    """
    area, line = chance.choice(office.area_codes), 2_000 + number * 7_919 % 8_000
    return {
        "external_id": f"WHS-{number:05d}",
        "phone": f"({area}) 555-{line}",
        "email": f"customer{number}@mail.example" if chance.random() < 0.7 else "",
        "language": "es" if chance.random() < 0.08 else "",
        "best_time": chance.choice(BEST_TIMES) if chance.random() < 0.15 else "",
    }
