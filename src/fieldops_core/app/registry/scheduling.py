"""
What is done with and asked of visits, one by one and many at once, and of the time that they take.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app import importing
from fieldops_core.app import messages as app
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import CREATE, LEAD_PREVIEW, MODIFY, SCHEDULERS, VIEW, Use, one_of, use
from fieldops_core.customers.views import ImportView
from fieldops_core.scheduling import messages
from fieldops_core.scheduling import use_cases as cases
from fieldops_core.scheduling.views import (
    AppointmentLinesView,
    AppointmentsView,
    AppointmentView,
    BestSlotsView,
    BulkPreview,
    BulkView,
    CrewView,
    DiagnosisView,
    FitView,
    GridChangesView,
    GridChoiceView,
    GridView,
    HoldView,
    OpeningsView,
    RecomputedView,
    RepairsView,
    RepairView,
    SeriesView,
    TechniciansView,
    TravelView,
    WorkOrderAppointments,
    WorkView,
    ZoneChangeView,
)


def visits(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = one_of(SCHEDULERS, CREATE), one_of(SCHEDULERS, MODIFY), one_of(SCHEDULERS, VIEW)
    preview = (*view, LEAD_PREVIEW)
    inspect, settle = ((Permission.SETTINGS, VIEW),), ((Permission.SETTINGS, MODIFY),)
    travel = partial(cases.measure_travel, routing=ports.routing)
    best = partial(cases.find_best_slots, routing=ports.routing)
    return (
        use(app.ImportAppointments, importing.import_appointments, ImportView, needs=create, changes=True),
        use(messages.BookAppointment, cases.book_appointment, AppointmentView, needs=create, changes=True),
        use(messages.EditAppointment, cases.edit_appointment, AppointmentView, needs=modify, changes=True),
        use(messages.MoveAppointment, cases.move_appointment, AppointmentView, needs=modify, changes=True),
        use(messages.MoveCrew, cases.move_crew, CrewView, needs=modify, changes=True),
        use(messages.ResizeAppointment, cases.resize_appointment, AppointmentView, needs=modify, changes=True),
        use(messages.ReassignAppointment, cases.reassign_appointment, AppointmentView, needs=modify, changes=True),
        use(messages.CancelAppointment, cases.cancel_appointment, AppointmentView, needs=modify, changes=True),
        use(messages.ReinstateAppointment, cases.reinstate_appointment, AppointmentView, needs=modify, changes=True),
        use(messages.HoldTime, cases.hold_time, HoldView, needs=create, changes=True),
        use(messages.ReleaseHold, cases.release_hold, HoldView, needs=(*create, *modify), changes=True),
        use(messages.ShowHold, cases.show_hold, HoldView, needs=(*create, *view), changes=False),
        use(messages.ShowAppointment, cases.show_appointment, AppointmentView, needs=view, changes=False),
        use(messages.ShowWork, cases.show_work, WorkView, needs=None, changes=False),
        use(messages.ListCustomerAppointments, cases.list_of_customer, AppointmentsView, needs=view, changes=False),
        use(messages.ListAppointments, cases.list_appointments, AppointmentLinesView, needs=view, changes=False),
        use(messages.ListTechnicians, cases.list_technicians, TechniciansView, needs=preview, changes=False),
        use(messages.FindOpenings, cases.find_openings, OpeningsView, needs=preview, changes=False),
        use(messages.FindBestSlots, best, BestSlotsView, needs=preview, changes=False),
        use(messages.ExplainFit, cases.explain_fit, FitView, needs=preview, changes=False),
        use(messages.ListGridChanges, cases.list_grid_changes, GridChangesView, needs=view, changes=False),
        use(messages.ShowGrid, cases.show_grid, GridView, needs=preview, changes=False),
        use(messages.MeasureTravel, travel, TravelView, needs=preview, changes=False),
        use(messages.Diagnose, cases.diagnose, DiagnosisView, needs=inspect, changes=False),
        use(messages.ChangeLocationZone, cases.change_location_zone, ZoneChangeView, needs=settle, changes=True),
        use(messages.RecomputeInstants, cases.recompute_instants, RecomputedView, needs=(), changes=True),
        use(messages.ChooseGrid, cases.choose_grid, GridChoiceView, needs=None, changes=True),
        use(messages.ShowGridChoice, cases.show_grid_choice, GridChoiceView, needs=None, changes=False),
    )


def bulk() -> tuple[Use, ...]:
    create, modify = ((Permission.TECH_SCHEDULER, CREATE),), one_of(SCHEDULERS, MODIFY)
    view = ((Permission.TECH_SCHEDULER, VIEW),)
    grouped = cases.list_of_work_order
    return (
        use(messages.PreviewBulkSchedule, cases.preview_bulk_schedule, BulkPreview, needs=create, changes=False),
        use(messages.BulkSchedule, cases.bulk_schedule, BulkView, needs=create, changes=True),
        use(messages.ListWorkOrderAppointments, grouped, WorkOrderAppointments, needs=view, changes=False),
        use(messages.MoveSeries, cases.move_series, SeriesView, needs=modify, changes=True),
        use(messages.ReassignSeries, cases.reassign_series, SeriesView, needs=modify, changes=True),
        use(messages.CancelSeries, cases.cancel_series, SeriesView, needs=modify, changes=True),
        use(messages.FindRepairs, cases.find_repairs, RepairsView, needs=modify, changes=False),
        use(messages.RepairAppointments, cases.repair_appointments, RepairView, needs=modify, changes=True),
        use(messages.UndoRepair, cases.undo_repair, RepairView, needs=modify, changes=True),
        use(messages.ShowRepair, cases.show_repair, RepairView, needs=one_of(SCHEDULERS, VIEW), changes=False),
    )
