"""
Rules of what is chosen, and for whom and with whom.
"""

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import (
    ListMode,
)
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.scheduling.calculations import distance_from_start, reach
from fieldops_core.scheduling.rules.cases import Choice, Offer, Subject, Visit


@rule("APT-02", "type.kind_mismatch", "{type} is not a type of {kind} appointments.", field="type")
def type_is_of_the_kind(visit: Visit) -> Facts | None:
    """
    Kind and type agree.
    """
    return None if visit.type.kind is visit.kind else {"type": visit.type.name, "kind": visit.kind.value}


@rule("APT-02", "type.inactive", "{type} is no longer offered.", field="type")
def type_is_active(visit: Visit) -> Facts | None:
    """
    New choices are active entries; a saved appointment keeps an entry that was inactivated later.
    """
    return None if visit.type.active else {"type": visit.type.name}


@rule("APT-02", "sub_type.not_of_type", "{type} has no such sub-type.", field="sub_type")
def sub_type_is_of_the_type(visit: Visit) -> Facts | None:
    """
    The sub-type belongs to the type.
    """
    if visit.sub_type is None or visit.chosen_sub_type is not None:
        return None
    return {"type": visit.type.name, "sub_type": visit.sub_type}


@rule("APT-02", "sub_type.inactive", "{sub_type} is no longer offered.", field="sub_type")
def sub_type_is_active(visit: Visit) -> Facts | None:
    """
    As for the type.
    """
    chosen = visit.chosen_sub_type
    return None if chosen is None or chosen.active else {"sub_type": chosen.name}


CATALOG = (type_is_of_the_kind, type_is_active, sub_type_is_of_the_type, sub_type_is_active)


@rule(
    "APT-04", "appointment.tech_on_lead", "{customer} is a lead; tech appointments are for customers.", field="customer"
)
def tech_visits_are_for_customers(subject: Subject) -> Facts | None:
    """
    Tech appointments are refused on leads.
    """
    on_lead = subject.kind is Kind.TECH and subject.customer.stage is Stage.LEAD
    return {"customer": subject.customer.name} if on_lead else None


@rule(
    "ACC-04",
    "appointment.sales_on_customer",
    "{customer} is a customer; this company makes sales appointments on leads only.",
    field="customer",
)
def sales_visits_of_customers_are_switched_on(subject: Subject) -> Facts | None:
    """
    Sales appointments on customers need the setting ``sales_scheduler_on_customers``; on leads it changes nothing.
    """
    on_customer = subject.kind is Kind.SALES and subject.customer.stage is Stage.CUSTOMER
    allowed = subject.settings.sales_scheduler_on_customers
    return {"customer": subject.customer.name} if on_customer and not allowed else None


STAGE = (tech_visits_are_for_customers, sales_visits_of_customers_are_switched_on)


@rule("APT-03", "user.not_eligible", "{user} cannot be assigned {type} appointments.", field="user")
def user_is_eligible(choice: Choice) -> Facts | None:
    """
    TECH an active technician, SALES an active sales rep, PROGRAM an active user whom the type lists.
    """
    if choice.person.can_be_assigned(choice.kind, choice.type.id if choice.type else None):
        return None
    told = choice.type.name if choice.type and choice.kind is Kind.PROGRAM else choice.kind.value
    return {"user": choice.person.name, "type": told, "active": choice.person.active}


@rule("SCH-23", "list_mode.not_offered", "This company does not offer the list {mode}.", field="mode")
def mode_is_offered(offer: Offer) -> Facts | None:
    """
    A list mode that the scheduling profile leaves out is refused.
    """
    if offer.kind is not Kind.TECH or offer.asked in offer.settings.modes:
        return None
    offered = [mode.value for mode in offer.settings.modes]
    return {"mode": offer.asked.value.replace("_", " "), "offered": offered}


OFFER = (mode_is_offered,)


@rule(
    "SCH-12",
    "technician.other_location",
    "{user} does not belong to the customer's location.",
    field="user",
)
def technician_is_of_the_location(choice: Choice) -> Facts | None:
    """
    IN_OFFICE_LOCATION lists the technicians of the customer's location, home or further.
    """
    office = choice.kind is Kind.TECH and choice.mode.in_force is ListMode.IN_OFFICE_LOCATION
    if not office or choice.person.of(choice.customer.location):
        return None
    return {"user": choice.person.name, "location": choice.customer.location}


@rule(
    "SCH-15",
    "technician.no_start_location",
    "{user} has no start location, so no distance can be told.",
    field="user",
)
def technician_has_a_start_location(choice: Choice) -> Facts | None:
    """
    A technician without a start location is in neither radius mode.
    """
    return {"user": choice.person.name} if choice.by_radius and choice.person.start is None else None


@rule(
    "SCH-17",
    "technician.out_of_coverage",
    "{user} starts {distance_text} from {customer}, but covers {limit_text}.",
    field="user",
)
def technician_covers_customer(choice: Choice) -> Facts | None:
    """
    Under the radius modes the distance from start is at most the technician's radius (SCH-13), or the greater of that
    and the company's (SCH-14).
    """
    distance = distance_from_start(choice.person.start, choice.customer.point)
    limit = reach(choice.person, choice.mode.in_force, choice.settings)
    if not choice.by_radius or distance is None or distance.meters <= limit:
        return None
    unit = choice.settings.distance_unit
    return {
        "user": choice.person.name,
        "customer": choice.customer.name,
        "distance_meters": round(distance.meters),
        "limit_meters": round(limit),
        "distance_text": unit.text(distance.meters),
        "limit_text": unit.text(limit),
    }


COVERAGE = (technician_is_of_the_location, technician_has_a_start_location, technician_covers_customer)
WHOM = (user_is_eligible, *COVERAGE)
