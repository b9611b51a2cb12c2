"""
Bulk schedules and series.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.scheduling.messages import ListWorkOrderAppointments, PreviewBulkSchedule
from fieldops_core.scheduling.model import Grouping, SeriesId, WorkOrderId
from fieldops_core.scheduling.views import BulkPreview, BulkView, SeriesView, WorkOrderAppointments
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import AfterRecord, PerPage
from fieldops_http.wire.bulk import BulkScheduleBody, CancelSeriesBody, MoveSeriesBody, ReassignSeriesBody

TAG = "bulk schedule"
BULK = "/work_orders/{id:uuid}/bulk_schedule"


@operation("POST", f"{BULK}/preview", summary="Preview a bulk schedule", tag=TAG, rules="BLK-01 BLK-02 BLK-03 BLK-10")
def preview_bulk_schedule(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[BulkScheduleBody]
) -> Response[BulkPreview]:
    """
    How many appointments would be created, each date with its verdict, and everything that stands against them. Writes
    nothing.
    """
    return caller.ask(PreviewBulkSchedule(wish=data.command(id)), BulkPreview)


@operation("POST", BULK, summary="Bulk schedule", tag=TAG, rules="BLK-01 BLK-02 BLK-04 BLK-05 BLK-08 BLK-10 ACC-10")
def bulk_schedule(caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[BulkScheduleBody]) -> Response[BulkView]:
    """
    For each technician one appointment on each date, all or nothing: if any cannot be saved, none is, and each failing
    technician and date is answered.
    """
    return caller.execute(data.command(id), BulkView)


@operation(
    "GET",
    "/work_orders/{id:uuid}/appointments",
    summary="List a work order's appointments",
    tag=TAG,
    rules="BLK-07 ACC-26 API-04",
)
def list_work_order_appointments(
    caller: TheCaller,
    id: FromPath[WorkOrderId],
    grouping: FromQuery[Grouping] = Grouping.DATE,
    after: AfterRecord = None,
    limit: PerPage = None,
) -> Response[WorkOrderAppointments]:
    """
    By date or by user: all of them, or a page where a limit is told. `count` is of all.
    """
    question = ListWorkOrderAppointments(work_order=id, by=grouping, after=after, limit=limit)
    return caller.ask(question, WorkOrderAppointments)


@operation("POST", "/series/{id:uuid}/move", summary="Move a series", tag=TAG, rules="BLK-11", versioned=True)
def move_series(caller: TheCaller, id: FromPath[SeriesId], data: JSONBody[MoveSeriesBody]) -> Response[SeriesView]:
    """
    One appointment and the later ones of its series, all or nothing. The version is that of the appointment.
    """
    return caller.execute(data.command(id), SeriesView, version=data.version)


@operation("POST", "/series/{id:uuid}/reassign", summary="Reassign a series", tag=TAG, rules="BLK-11", versioned=True)
def reassign_series(
    caller: TheCaller, id: FromPath[SeriesId], data: JSONBody[ReassignSeriesBody]
) -> Response[SeriesView]:
    """
    One appointment and the later ones of its series, all or nothing. The version is that of the appointment.
    """
    return caller.execute(data.command(id), SeriesView, version=data.version)


@operation("POST", "/series/{id:uuid}/cancel", summary="Cancel a series", tag=TAG, rules="BLK-11", versioned=True)
def cancel_series(caller: TheCaller, id: FromPath[SeriesId], data: JSONBody[CancelSeriesBody]) -> Response[SeriesView]:
    """
    One appointment and the later ones of its series, all or nothing. The version is that of the appointment.
    """
    return caller.execute(data.command(id), SeriesView, version=data.version)


OPERATIONS = (
    preview_bulk_schedule,
    bulk_schedule,
    list_work_order_appointments,
    move_series,
    reassign_series,
    cancel_series,
)
