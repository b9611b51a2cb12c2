"""
The appointment sheet: made and sent.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.rich_text import Sanitiser
from fieldops_core.messaging import decisions
from fieldops_core.messaging.calculations import sheet_of
from fieldops_core.messaging.messages import PreviewSheet, SendSheet
from fieldops_core.messaging.model import EquipmentLine, Sheet, SheetFacts
from fieldops_core.messaging.ports import Unit
from fieldops_core.messaging.rules import Sending
from fieldops_core.messaging.use_cases.owning import owner, views
from fieldops_core.messaging.views import SentView
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.staff.model import User
from fieldops_core.work_orders.model import EquipmentId


def preview_sheet(question: PreviewSheet, call: Call[Unit], *, sanitiser: Sanitiser) -> Sheet:
    facts, _ = _facts(question, sanitiser, call, changes=False)
    return sheet_of(facts)


def send_sheet(command: SendSheet, call: Call[Unit], *, sanitiser: Sanitiser) -> SentView:
    facts, user = _facts(command, sanitiser, call, changes=True)
    to = tuple(decisions.recipient(address) for address in command.to)
    case = Sending(to_user=command.to_user, name=user.name, address=user.email if user.active else None, to=to)
    outcomes = decisions.send(command, facts, case, call.actor.user, new_id=call.new_id, now=call.now)
    return SentView(messages=views([call.keep(call.unit.messages, each) for each in outcomes], call))


def _facts(
    asked: PreviewSheet | SendSheet, sanitiser: Sanitiser, call: Call[Unit], *, changes: bool
) -> tuple[SheetFacts, User]:
    """
    What the sheet says, and whose appointment it is.

    Raises:
        NotFound: where the work order has no such appointment.
    """
    unit = call.unit
    work_order = unit.work_orders.get(asked.work_order)
    customer = owner(work_order.customer, Action.CREATE, call, changes=changes)
    appointment = unit.appointments.get(asked.appointment)
    if appointment.work_order != work_order.id:
        raise NotFound("appointment", asked.appointment)
    setup, user = unit.companies.setup(), unit.users.get(appointment.user)
    facts = SheetFacts(
        company=setup.company.name,
        location=setup.location(appointment.location).name,
        work_order=work_order,
        appointment=appointment,
        customer=customer,
        type=unit.appointment_types.get(appointment.type).name,
        technician=user.name,
        note=sanitiser(work_order.note).text if work_order.note else "",
        equipment=_equipment(work_order.id, call),
        footer=setup.settings.sheet_footer,
        leaves_out=frozenset(setup.settings.sheet_leaves_out),
    )
    return facts, user


def _equipment(work_order: WorkOrderId, call: Call[Unit]) -> tuple[EquipmentLine, ...]:
    """
    What is to be done, a line for each piece, in the order in which it was chosen.
    """
    items = [item for work in call.unit.work_to_perform.named([work_order]) for item in work.items]
    pieces = {each.id: each for each in call.unit.equipment.named({item.equipment for item in items})}
    names = {each.id: each.name for each in call.unit.catalog_entries.named({each.item for each in pieces.values()})}
    actions: dict[EquipmentId, list[str]] = {}
    for item in items:
        actions.setdefault(item.equipment, []).append(item.action.value.capitalize())
    return tuple(
        EquipmentLine(name=names[pieces[id].item], serial=pieces[id].serial, actions=tuple(done))
        for id, done in actions.items()
    )
