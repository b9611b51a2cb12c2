"""
The demo's company: its name, settings and roles.
"""

from fieldops_core.access.model import Action, Grant, Grants, Permission
from fieldops_core.company.messages import FoundCompany
from fieldops_core.company.model import ListMode, WorkingHoursRule
from fieldops_core.kernel.geo import METERS_A_MILE
from fieldops_core.kernel.ids import LocationId
from fieldops_http.demo.offices import PROVO

SLUG = "wasatch"
NAME = "Wasatch Home Services"
ZONE = PROVO.zone
"""
Whose midnight begins the demo's day.
"""
OWNER = "Martha Ellison"
DISPATCHER = PROVO.dispatcher
"""
Who books in the whole company; the dispatchers of the other offices book in their own.
"""


def email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@wasatch.example"


FOUNDING = FoundCompany(
    slug=SLUG,
    name=NAME,
    location=PROVO.name,
    zone=PROVO.zone,
    owner_name=OWNER,
    owner_email=email(OWNER),
)

SETTINGS: dict[str, object] = {
    "working_hours_rule": WorkingHoursRule.HOURS,
    "sales_scheduler_on_customers": True,
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

Held = dict[Permission, tuple[Action, ...]]
VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY

DISPATCHING: Held = {
    Permission.TECH_SCHEDULER: (VIEW, CREATE, MODIFY),
    Permission.SALES_SCHEDULER: (VIEW, CREATE, MODIFY),
    Permission.PROGRAM_SCHEDULER: (VIEW, CREATE, MODIFY),
    Permission.TECH_SCHEDULER_LEADS: (VIEW,),
    Permission.TECH_SCHEDULE: (VIEW,),
    Permission.SALES_SCHEDULE: (VIEW,),
    Permission.PROGRAM_SCHEDULE: (VIEW,),
    Permission.CUSTOMERS: (VIEW, CREATE, MODIFY),
    Permission.LEADS: (VIEW, CREATE, MODIFY),
    Permission.CONTACT_INFORMATION: (MODIFY,),
    Permission.WORKING_HOURS: (MODIFY,),
    Permission.WORK_ORDERS: (VIEW, CREATE, MODIFY),
    Permission.EQUIPMENT: (VIEW, CREATE, MODIFY),
    Permission.EQUIPMENT_PO: (VIEW, CREATE, MODIFY),
}
LOOKING_UP: Held = {Permission.USERS: (VIEW,), Permission.SETTINGS: (VIEW,)}
SELLING: Held = {
    Permission.PERSONAL_APPOINTMENTS: (VIEW, CREATE, MODIFY),
    Permission.CUSTOMERS: (VIEW,),
    Permission.LEADS: (VIEW, CREATE, MODIFY),
    Permission.CONTACT_INFORMATION: (MODIFY,),
    Permission.OWN_WORKING_HOURS: (MODIFY,),
}
VISITING: Held = {Permission.OWN_WORKING_HOURS: (MODIFY,)}


def grants(held: Held, at: LocationId | None = None) -> Grants:
    """
    Grants for one location, or for the whole company.
    """
    return frozenset(Grant(permission, action, at) for permission, actions in held.items() for action in actions)
