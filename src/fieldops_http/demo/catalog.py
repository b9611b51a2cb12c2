"""
What the demo's company offers: appointment types, the jobs within them, and what people say when they ask for one.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.messages import AttributeFields, JobLineFields, SubTypeEntry, TemplateFields
from fieldops_core.company.model import Catalog, FieldType, LineKind


class Season(Enum):
    """
    When a job is asked for, where not all year.
    """

    COLD = auto()
    WARM = auto()


@frozen
class Job:
    """
    A sub-type: how long it takes where that differs from its type, its season, and what was said on the telephone.
    """

    name: str
    minutes: int | None = None
    season: Season | None = None
    said: tuple[str, ...] = ("",)


@frozen(kw_only=True)
class Offer:
    """
    An appointment type: how often it is asked for, at most how many days ahead, and what the customer is told.
    """

    kind: Kind = Kind.TECH
    name: str
    minutes: int
    jobs: tuple[Job, ...] = ()
    said: tuple[str, ...] = ("",)
    often: int = 1
    days_ahead: int = 60
    public_note: str = ""
    active: bool = True
    install: bool = False

    @property
    def entries(self) -> tuple[SubTypeEntry, ...]:
        return tuple(SubTypeEntry(name=job.name, minutes=job.minutes) for job in self.jobs)


REPAIR = Offer(
    name="Repair",
    minutes=120,
    jobs=(
        Job(
            "No heat",
            season=Season.COLD,
            said=(
                "Furnace lights, runs a minute and goes out. Filter is new.",
                "No heat since last night. There is a baby in the house: first stop, please.",
                "Upstairs stays at 58. Thermostat shows heat on.",
                "Blower runs, air is cold. Error light blinks four times.",
                "Pilot does not stay lit. Unit is from 1998.",
            ),
        ),
        Job(
            "No cooling",
            season=Season.WARM,
            said=(
                "Outdoor unit hums but the fan does not turn.",
                "Blows warm since the storm. Breaker was reset twice.",
                "House is at 84 by noon. Serviced last in spring.",
                "Ice on the line at the outdoor unit. Told to switch it off until we come.",
                "Trips the breaker within ten minutes.",
            ),
        ),
        Job(
            "Leak",
            90,
            said=(
                "Water under the air handler, bucket fills in a day.",
                "Water heater drips at the bottom. Tank is twelve years old.",
                "Stain on the ceiling below the unit, growing.",
                "Condensate line backs up into the closet.",
            ),
        ),
        Job(
            "Strange noise",
            60,
            said=(
                "Rattles when it starts, quiet after. Left side.",
                "Whistling from the return since the filter was changed.",
                "Bangs in the ducts at night.",
                "Grinding from the blower. Asked to leave it off.",
            ),
        ),
    ),
    often=6,
    days_ahead=10,
    public_note="Please clear the way to the unit.",
)
MAINTENANCE = Offer(
    name="Maintenance",
    minutes=60,
    jobs=(
        Job("Furnace tune-up", season=Season.COLD, said=("Yearly plan.", "First tune-up since they bought the house.")),
        Job("AC tune-up", season=Season.WARM, said=("Yearly plan, two units.", "Yearly plan.", "Check the charge.")),
        Job("Filter change", 30, said=("20x25x4, two of them, in the van.", "Reminder was sent.", "Cannot reach it.")),
        Job("Duct check", 90, said=("Back bedroom gets no air.", "After remodeling: dust from every register.")),
    ),
    said=("Yearly plan.", "Wants to know how long the unit will last."),
    often=6,
    days_ahead=90,
    public_note="Please have the attic or closet door unlocked.",
)
INSTALLATION = Offer(
    name="Installation",
    install=True,
    minutes=240,
    jobs=(
        Job(
            "Furnace", 360, said=("Replaces the 1998 unit. Permit is posted.", "96 % two-stage. Old one goes with us.")
        ),
        Job("Heat pump", 300, said=("Pad is poured. Electrician was there.", "Crane not needed, side yard is open.")),
        Job("Smart thermostat", 60, said=("No C-wire: bring the adapter.", "Two zones, two thermostats.")),
        Job(
            "Water heater",
            180,
            said=("50 gal gas, garage. Expansion tank is extra.", "Swap to heat pump, 240 V is in."),
        ),
    ),
    said=("Crew of one is enough. Parts are in bay 4.",),
    often=3,
    public_note="Somebody over 18 has to be there for the first half hour.",
)
INSPECTION = Offer(
    name="Inspection",
    minutes=30,
    said=("For the sale of the house.", "Insurance asks for photographs.", "Thirty days after installation."),
    days_ahead=45,
)
SWAMP_COOLERS = Offer(name="Swamp cooler service", minutes=60, active=False)
"""
No longer offered: a type that was made inactive.
"""
ASSESSMENT = Offer(
    kind=Kind.SALES,
    name="Home assessment",
    minutes=60,
    jobs=(
        Job("Heat pump quote", 90, said=("Asked about the tax credit.", "Has two other quotes.", "Wants gas gone.")),
        Job("Replacement quote", 60, said=("Compressor is done, not worth repairing.", "Unit is 22 years old.")),
        Job("Whole home", 120, said=("Remodel in spring: ducts, too.", "Both of them will be there.")),
    ),
    said=("Found us at the home show.", "Neighbor recommended us.", "From the website form."),
    days_ahead=30,
)
LESSON = Offer(
    kind=Kind.PROGRAM,
    name="Thermostat lesson",
    minutes=45,
    said=("Utility program, no charge.", "New thermostat, old habits.", "Brings the last two bills."),
    days_ahead=45,
)
WALK_THROUGH = Offer(
    kind=Kind.PROGRAM,
    name="Energy walk-through",
    minutes=90,
    said=("Utility program, no charge.", "Drafts in the back rooms."),
    days_ahead=45,
)
CATALOG = (REPAIR, MAINTENANCE, INSTALLATION, INSPECTION, SWAMP_COOLERS, ASSESSMENT, LESSON, WALK_THROUGH)
REASONS = {
    Catalog.UNABLE_REASONS: ("Part is missing", "No access to the unit", "Customer wants to wait"),
    Catalog.RESCHEDULE_REASONS: ("Weather", "Technician is ill", "Customer asked"),
    Catalog.CANCELLATION_REASONS: ("Went with another company", "Out of town"),
    Catalog.NOTE_TYPES: ("General", "Billing", "Call back", "Field work"),
    Catalog.WORK_ORDER_TYPES: ("New equipment", "Warranty"),
    Catalog.TAGS: ("Dog on site", "Gate code", "Good reference"),
}
"""
What can be chosen from the catalogs whose entries are a name.
"""
PRIORITIES = {name: AttributeFields(place=place) for place, name in enumerate(("Urgent", "Normal", "Low"), 1)}


def _hours(hours: str) -> JobLineFields:
    return JobLineFields(
        kind=LineKind.LABOR, description="Installation, hours", quantity=Decimal(hours), unit_price=Decimal("115.00")
    )


def _unit(description: str, price: str) -> JobLineFields:
    return JobLineFields(kind=LineKind.PART, description=description, quantity=Decimal(1), unit_price=Decimal(price))


TEMPLATES = {
    "Furnace": TemplateFields(
        subject="Installation: Furnace",
        note="<p>Old furnace goes with us. <b>Gas test</b> before it is lit.</p>",
        lines=(_hours("6"), _unit("Furnace, 80,000 BTU", "2490.00")),
    ),
    "Heat pump": TemplateFields(
        subject="Installation: Heat pump",
        note="<p>Pad, line set, breaker. Two people for the lift.</p>",
        lines=(_hours("9.5"), _unit("Heat pump, 3 ton", "5180.00"), _unit("Line set, 25 ft", "189.50")),
    ),
}
"""
What work orders of the jobs that are big enough for one begin with.
"""
SOURCES = ("Website form", "Home show", "Neighbor")
LEAD_STATUSES = ("New", "Called", "Quoted")
CHOICES: Mapping[Catalog, Mapping[str, AttributeFields]] = {
    Catalog.SOURCES: dict.fromkeys(SOURCES, AttributeFields(sells_leads=True, sells_customers=True)),
    Catalog.LEAD_STATUSES: {name: AttributeFields(allows_lead_rep=name == "Quoted") for name in LEAD_STATUSES},
    Catalog.LEAD_DISPOSITIONS: dict.fromkeys(("Call again", "Not interested"), AttributeFields()),
    Catalog.ACCOUNT_CLASSES: dict.fromkeys(("Standard", "Key account"), AttributeFields()),
    Catalog.CONTRACT_TERMS: {f"{months} months": AttributeFields(months=months) for months in (12, 24, 36)},
    Catalog.MONTHLY_RATES: {
        "Maintenance plan": AttributeFields(amount=Decimal("19.00")),
        "Maintenance plan with parts": AttributeFields(amount=Decimal("34.50")),
    },
    Catalog.CUSTOM_FIELDS: {
        "Gate code": AttributeFields(type=FieldType.TEXT, longest=20),
        "Roof access": AttributeFields(type=FieldType.YES_NO),
    },
}
"""
What customers and leads are told with.
"""
