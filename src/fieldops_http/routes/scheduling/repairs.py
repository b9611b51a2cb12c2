"""
Repairs.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody

from fieldops_core.scheduling.messages import ShowRepair, UndoRepair
from fieldops_core.scheduling.model import RepairId
from fieldops_core.scheduling.views import RepairsView, RepairView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.wire.repairs import FindRepairsBody, RepairAppointmentsBody
from fieldops_http.wire.values import Change

TAG = "repairs"


@operation("POST", "/repairs/preview", summary="Find where stranded visits could go", tag=TAG, rules="SCH-29 APT-14")
def find_repairs(caller: TheCaller, data: JSONBody[FindRepairsBody]) -> Response[RepairsView]:
    """
    For each visit that is pending reassignment, the users and times that fit and leave time for the drives, ranked: as
    few days as possible from its own, then at its own time, then by the driving that is added (by estimate). The first
    moves of all visits go together. At most 50 visits are answered, soonest first; `more` says that others wait. Writes
    nothing.
    """
    return caller.ask(data.question(), RepairsView)


@operation(
    "POST", "/repairs", summary="Move stranded visits together", tag=TAG, rules="SCH-29 STO-04 ACC-26", creates=True
)
def repair_appointments(caller: TheCaller, data: JSONBody[RepairAppointmentsBody]) -> Response[RepairView]:
    """
    All or nothing: if any visit cannot be moved, none is, and what stands against each is answered. Each move says
    which version of its appointment it was meant for. The answer can be undone as one.
    """
    return caller.create(data.command(), RepairView, at="repairs")


@operation("GET", "/repairs/{id:uuid}", summary="Show a repair", tag=TAG, rules="SCH-29 ACC-26")
def show_repair(caller: TheCaller, id: FromPath[RepairId]) -> Response[RepairView]:
    """
    What was moved from where to where, and whether it was undone. To who may see all of its appointments.
    """
    return caller.ask(ShowRepair(repair=id), RepairView)


@operation(
    "POST", "/repairs/{id:uuid}/undo", summary="Undo a repair", tag=TAG, rules="SCH-29 STO-04 ACC-26", versioned=True
)
def undo_repair(caller: TheCaller, id: FromPath[RepairId], data: JSONBody[Change]) -> Response[RepairView]:
    """
    Its visits back to where they were, pending reassignment again, all or none: refused where one was changed since
    then, or its time was given to somebody else.
    """
    return caller.execute(UndoRepair(repair=id), RepairView, version=data.version)


OPERATIONS = (find_repairs, repair_appointments, show_repair, undo_repair)
