"""
The demo's company: its settings, roles, catalog and people.
"""

from attrs import frozen

from fieldops_core.access.model import Action, Grant, Grants, Kind, Permission
from fieldops_core.company.messages import FoundCompany, SubTypeEntry
from fieldops_core.company.model import ListMode, WorkingHoursRule
from fieldops_core.kernel.geo import METERS_A_MILE
from fieldops_core.kernel.hours import WeeklyHours

SLUG = "wasatch"
NAME = "Wasatch Home Services"
ZONE = "America/Denver"
OFFICE_ZIP = "84601"
OWNER = "Martha Ellison"
DISPATCHER = "Dana Whitlock"
TRAINER = "Ruth Ostler"
LESSONS = 2
"""
On Wednesdays there are lessons.
"""

FOUNDING = FoundCompany(
    slug=SLUG,
    name=NAME,
    location="Provo",
    zone=ZONE,
    owner_name=OWNER,
    owner_email="martha.ellison@wasatch.example",
)

SETTINGS: dict[str, object] = {
    "working_hours_rule": WorkingHoursRule.HOURS,
    "max_coverage_radius": 40 * METERS_A_MILE,
    "scheduling_profile": (
        ListMode.IN_COVERAGE_AREA,
        ListMode.IN_MAX_COVERAGE_AREA,
        ListMode.IN_OFFICE_LOCATION,
    ),
    "default_on_site_note": "Shoe covers on. Photograph the unit before and after.",
}
"""
What differs from the defaults. Technicians are looked for in their coverage area first, so that distance decides.
"""


def _grants(**actions: str) -> Grants:
    """
    Grants for the whole company: a permission's name, and the actions it is held for.
    """
    return frozenset(
        Grant(Permission(permission), Action(action)) for permission, told in actions.items() for action in told.split()
    )


ROLES = {
    "Dispatcher": _grants(
        tech_scheduler="view create modify",
        sales_scheduler="view create modify",
        program_scheduler="view create modify",
        tech_scheduler_leads="view",
        tech_schedule="view",
        sales_schedule="view",
        program_schedule="view",
        customers="view create modify",
        leads="view create modify",
        contact_information="modify",
        working_hours="modify",
        users="view",
        settings="view",
    ),
    "Sales rep": _grants(
        personal_appointments="view create modify",
        leads="view create modify",
        contact_information="modify",
        own_working_hours="modify",
    ),
    "Technician": _grants(own_working_hours="modify"),
}


@frozen(kw_only=True)
class Offer:
    """
    An entry of the catalog: its duration, its sub-types with theirs, and how often it is asked for.
    """

    kind: Kind = Kind.TECH
    name: str
    minutes: int
    sub_types: tuple[tuple[str, int | None], ...] = ()
    often: int = 1
    active: bool = True

    @property
    def entries(self) -> tuple[SubTypeEntry, ...]:
        return tuple(SubTypeEntry(name=name, minutes=minutes) for name, minutes in self.sub_types)


CATALOG = (
    Offer(
        name="Repair",
        minutes=120,
        sub_types=(("No heat", None), ("No cooling", None), ("Leak", 90), ("Strange noise", 60)),
        often=5,
    ),
    Offer(
        name="Maintenance",
        minutes=60,
        sub_types=(("Furnace tune-up", None), ("AC tune-up", None), ("Filter change", 30), ("Duct check", 90)),
        often=6,
    ),
    Offer(
        name="Installation",
        minutes=240,
        sub_types=(("Furnace", 360), ("Heat pump", 300), ("Smart thermostat", 60), ("Water heater", 180)),
        often=2,
    ),
    Offer(name="Inspection", minutes=30, often=2),
    Offer(name="Swamp cooler service", minutes=60, active=False),
    Offer(kind=Kind.SALES, name="Home assessment", minutes=60, sub_types=(("Heat pump quote", 90),)),
    Offer(kind=Kind.PROGRAM, name="Thermostat lesson", minutes=45),
)
"""
Swamp coolers are no longer serviced: a type that was made inactive.
"""

WEEKDAYS = WeeklyHours.every("08:00", "17:00")
EARLY = WeeklyHours.every("07:00", "15:30")
LATE = WeeklyHours.every("11:00", "20:00")
FOUR_TENS = WeeklyHours.every("07:00", "18:00", weekdays=range(4))
WEEKEND = WeeklyHours.every("09:00", "18:00", weekdays=(2, 3, 4, 5, 6))


@frozen
class Technician:
    """
    A technician: where the day starts, how far they go (miles), and when they work.
    """

    name: str
    zip: str
    miles: float
    weekly: WeeklyHours = WEEKDAYS


TECHNICIANS = (
    Technician("Ann Delgado", "84604", 15),
    Technician("Ben Takahashi", "84606", 20, EARLY),
    Technician("Carla Nuttall", "84057", 12),
    Technician("Dmitri Volkov", "84043", 18, FOUR_TENS),
    Technician("Elena Marsh", "84660", 25),
    Technician("Frank Obuya", "84003", 15, LATE),
    Technician("Grace Lindqvist", "84663", 20),
    Technician("Hiro Yamada", "84651", 30, EARLY),
    Technician("Isabel Crane", "84058", 10, WEEKEND),
    Technician("Jonas Beck", "84062", 35, FOUR_TENS),
)
SALES_REPS = ("Kay Sorensen", "Luis Aguilar")


def email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@wasatch.example"
