"""
The demo's customers and leads: invented, at real ZIP codes.
"""

from collections.abc import Iterator
from random import Random

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.messages import CreateCustomer
from fieldops_core.customers.model import AccountType
from fieldops_core.kernel.ids import LocationId
from fieldops_http.demo.places import Place, some_town, somewhere, town

CUSTOMERS, LEADS = 200, 24
UNPLACED = frozenset({40, 80, 120})
"""
The numbers of customers whose coordinates nobody knows: their technicians are those of the office (SCH-15).
"""

FIRST_NAMES = [
    "Abigail",
    "Adrian",
    "Amara",
    "Anders",
    "Beatriz",
    "Caleb",
    "Carmen",
    "Chidi",
    "Clara",
    "Daniel",
    "Deepa",
    "Elias",
    "Emma",
    "Esther",
    "Farid",
    "Fiona",
    "Gabriel",
    "Hannah",
    "Harold",
    "Ines",
    "Ivan",
    "Jada",
    "Jasper",
    "Joon",
    "Karim",
    "Katya",
    "Lars",
    "Leilani",
    "Lucia",
    "Malik",
    "Marta",
    "Mateo",
    "Mei",
    "Nadia",
    "Noah",
    "Olive",
    "Omar",
    "Paloma",
    "Pedro",
    "Priya",
    "Quinn",
    "Rafael",
    "Rosa",
    "Samuel",
    "Sina",
    "Sofia",
    "Talia",
    "Tomas",
    "Uma",
    "Viktor",
    "Wendy",
    "Yusuf",
    "Zoe",
]
LAST_NAMES = [
    "Abara",
    "Allred",
    "Andersen",
    "Barlow",
    "Bishop",
    "Brandt",
    "Castillo",
    "Chen",
    "Christensen",
    "Cruz",
    "Dalton",
    "Eriksen",
    "Farnsworth",
    "Fonoti",
    "Garcia",
    "Hale",
    "Hansen",
    "Ibarra",
    "Jensen",
    "Jimenez",
    "Kaur",
    "Kimball",
    "Kowalski",
    "Larsen",
    "Lee",
    "Lopez",
    "Madsen",
    "Moreno",
    "Nakamura",
    "Nielsen",
    "Okafor",
    "Olsen",
    "Park",
    "Patel",
    "Pratt",
    "Reyes",
    "Romero",
    "Rossi",
    "Sato",
    "Singh",
    "Snow",
    "Stewart",
    "Taumoepeau",
    "Thatcher",
    "Vance",
    "Webb",
    "Young",
    "Zhang",
]
TRADES = ("Bakery", "Bookshop", "Dental", "Diner", "Fitness", "Florist", "Garage", "Laundry", "Law Office", "Preschool")
TITLES = ("Aspen", "Bridal Veil", "Canyon", "Deer Creek", "Hobble Creek", "Peteetneet", "Rock Canyon", "Utah Lake")


@frozen(kw_only=True)
class Somebody:
    """
    Whoever is to become a customer or a lead.
    """

    stage: Stage
    first_name: str
    last_name: str
    business_name: str
    phone: str
    place: Place
    placed: bool

    def command(self, office: LocationId) -> CreateCustomer:
        business, lead = bool(self.business_name), self.stage is Stage.LEAD
        account_type = AccountType.COMMERCIAL if business else AccountType.RESIDENTIAL
        return CreateCustomer(
            stage=self.stage,
            phone=self.phone,
            account_type=None if lead else account_type,
            first_name=self.first_name,
            last_name=self.last_name,
            business_name=self.business_name,
            location=office,
            address=self.place.address,
            point=self.place.point if self.placed else None,
        )


def everybody(chance: Random) -> Iterator[Somebody]:
    """
    200 customers, the first of them in Spanish Fork, which some technicians cover and some do not, and 24 leads.
    """
    for number in range(1, CUSTOMERS + LEADS + 1):
        lead = number > CUSTOMERS
        business = not lead and number % 9 == 0
        yield Somebody(
            stage=Stage.LEAD if lead else Stage.CUSTOMER,
            first_name=chance.choice(FIRST_NAMES),
            last_name=chance.choice(LAST_NAMES),
            business_name=f"{chance.choice(TITLES)} {chance.choice(TRADES)}" if business else "",
            phone=f"(801) 555-01{chance.randrange(100):02d}",
            place=somewhere(town("84660") if number == 1 else some_town(chance), chance),
            placed=number not in UNPLACED,
        )
