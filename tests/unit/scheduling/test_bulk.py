"""
Bulk schedule: what it asks, what its preview and its run have in common, and that it is all or nothing.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound, Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.recurrence import weekly
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import (
    BulkSchedule,
    CancelSeries,
    HoldTime,
    ListWorkOrderAppointments,
    MoveAppointment,
    MoveSeries,
    PreviewBulkSchedule,
    ReassignSeries,
)
from fieldops_core.scheduling.model import Appointment, AppointmentId, CancelledBy, Grouping, SeriesId, Status, Verdict
from fieldops_core.scheduling.views import (
    AppointmentRow,
    AppointmentView,
    BulkPreview,
    BulkView,
    HoldView,
    SeriesView,
    WorkOrderAppointments,
)
from fieldops_core.testing.builders import a_technician, a_work_order, an_absence, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.model import WorkOrderStatus
from tests.support.world import World, denial, refusal

MAY_27, MAY_30 = date(2026, 5, 27), date(2026, 5, 30)  # Wednesday to Saturday
WED_THU_FRI = frozenset({2, 3, 4})


class Firm(World):
    """
    The small company with a job at Maria's, and a second technician in Provo.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.cara = a_technician(name="Cara", home=self.provo.id)
        self.job = a_work_order(customer=self.maria.id)
        self.put(self.cara, self.job)

    def bulk(self, **given: Any) -> BulkSchedule:
        """
        Ann, an hour at 09:00 on Wednesday, Thursday and Friday, unless told otherwise.
        """
        command = BulkSchedule(
            work_order=self.job.id,
            type=self.service.id,
            first=MAY_27,
            last=MAY_30,
            weekdays=WED_THU_FRI,
            technicians=(self.ann.id,),
            time=time(9),
            minutes=60,
        )
        return evolve(command, **given)

    def run(self, **given: Any) -> BulkView:
        return self.do(self.bulk(**given), BulkView)

    def preview(self, **given: Any) -> BulkPreview:
        return self.ask(PreviewBulkSchedule(wish=self.bulk(**given)), BulkPreview)


@pytest.mark.rule("BLK-02")
def test_the_dates_are_those_of_the_weekdays_in_the_range() -> None:
    assert weekly(MAY_27, MAY_30, WED_THU_FRI) == (date(2026, 5, 27), date(2026, 5, 28), date(2026, 5, 29))


@pytest.mark.rule("BLK-02")
@given(
    first=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    days=st.integers(0, 366),
    weekdays=st.frozensets(st.integers(0, 6)),
)
def test_the_dates_are_all_those_and_no_others(first: date, days: int, weekdays: frozenset[int]) -> None:
    every = [first + timedelta(days=each) for each in range(days + 1)]

    assert list(weekly(first, every[-1], weekdays)) == [day for day in every if day.weekday() in weekdays]


@pytest.mark.rule("BLK-02")
def test_the_local_time_stays_across_a_clock_change() -> None:
    firm = Firm()

    made = firm.run(first=date(2026, 10, 30), last=date(2026, 11, 2), weekdays=frozenset({4, 0}))

    starts = [each.start for each in made.series[0].appointments]
    assert [f"{start:%m-%d %H:%M %z}" for start in starts] == ["10-30 09:00 -0600", "11-02 09:00 -0700"]


@pytest.mark.rule("BLK-04")
def test_each_technician_gets_a_series_of_the_same_visits() -> None:
    firm = Firm(default_on_site_note="Wear the badge.")

    made = firm.run(technicians=(firm.ann.id, firm.cara.id), sub_type=firm.routine.id, notes="Gate 4")

    assert [(each.user.name, len(each.appointments)) for each in made.series] == [("Ann", 3), ("Cara", 3)]
    assert len({each.series for each in made.series}) == 2
    for series in made.series:
        kept = [firm.appointment(each.id) for each in series.appointments]
        assert {(each.series, each.work_order, each.customer) for each in kept} == {
            (series.series, firm.job.id, firm.maria.id)
        }
        assert {(each.type, each.sub_type, each.period.minutes) for each in kept} == {
            (firm.service.id, firm.routine.id, 60)
        }
        assert {(each.notes, each.on_site_notes) for each in kept} == {("Gate 4", "Wear the badge.")}
        assert {(each.status, each.location, each.version) for each in kept} == {(Status.SCHEDULED, firm.provo.id, 1)}
        assert {(each.created_by, each.created_at) for each in kept} == {(firm.boss.id, NOW)}


@pytest.mark.rule("BLK-03")
@pytest.mark.parametrize(
    ("weekdays", "technicians", "summary"),
    [
        (WED_THU_FRI, 2, "3 appointments will be created for each selected technician (6 total)."),
        ({2}, 1, "1 appointment will be created for each selected technician (1 total)."),
        ({2}, 2, "1 appointment will be created for each selected technician (2 total)."),
    ],
)
def test_the_preview_counts_in_a_sentence(weekdays: set[int], technicians: int, summary: str) -> None:
    firm = Firm()

    told = firm.preview(weekdays=frozenset(weekdays), technicians=(firm.ann.id, firm.cara.id)[:technicians])

    assert (told.summary, told.violations) == (summary, ())
    assert firm.all_appointments() == []


@pytest.mark.rule("BLK-03")
def test_the_preview_names_each_date_with_its_verdict() -> None:
    firm = Firm()
    firm.book("2026-05-28T09:30")

    told = firm.preview()

    assert [(each.date.day, each.verdict) for each in told.technicians[0].dates] == [
        (27, Verdict.CREATE),
        (28, Verdict.REFUSE),
        (29, Verdict.CREATE),
    ]
    assert [each.code for each in told.technicians[0].dates[1].why_not] == ["slot.taken"]
    assert [each.code for each in told.violations] == ["slot.taken"]


@pytest.mark.rule("BLK-05")
def test_if_one_cannot_be_saved_none_is_and_each_failing_technician_and_date_is_named() -> None:
    firm = Firm()
    firm.book("2026-05-28T09:30")
    firm.put(an_absence(user=firm.cara.id, first=date(2026, 5, 29), last=date(2026, 5, 29)))
    before = firm.all_appointments()

    with pytest.raises(Refused) as refused:
        firm.run(technicians=(firm.ann.id, firm.cara.id))

    assert str(refused.value) == "Unable to create the bulk appointments."
    first, *others = refused.value.violations
    assert (first.code, first.facts) == ("bulk.not_created", {"refusals": 2})
    assert [(each.code, each.facts["technician_name"], str(each.facts["date"])) for each in others] == [
        ("slot.taken", "Ann", "2026-05-28"),
        ("user.absent", "Cara", "2026-05-29"),
    ]
    assert firm.all_appointments() == before


@pytest.mark.rule("BLK-10")
def test_dates_that_conflict_are_left_out_where_that_is_asked() -> None:
    firm = Firm()
    firm.book("2026-05-28T09:30")
    wish = {"technicians": (firm.ann.id, firm.cara.id), "skip_unavailable": True}

    told, made = firm.preview(**wish), firm.run(**wish)

    assert told.summary == "5 appointments will be created: Ann 2, Cara 3."
    assert made.summary == "5 appointments were created: Ann 2, Cara 3."
    assert [each.verdict for each in told.technicians[0].dates] == [Verdict.CREATE, Verdict.SKIP, Verdict.CREATE]
    assert [each.start.day for each in made.series[0].appointments] == [27, 29]
    assert [(each.date.day, each.why_not[0].code) for each in made.series[0].skipped] == [(28, "slot.taken")]


@pytest.mark.rule("BLK-10")
def test_where_nothing_is_left_it_is_refused() -> None:
    firm = Firm()
    firm.put(an_absence(user=firm.ann.id, first=MAY_27, last=MAY_30))

    assert "bulk.nothing_left" in refusal(firm, firm.bulk(skip_unavailable=True))
    assert "user.absent" in refusal(firm, firm.bulk())


@pytest.mark.rule("BLK-01")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"first": date(2026, 5, 24)}, "bulk.start_past"),
        ({"first": date(2026, 5, 25), "last": date(2026, 5, 25), "weekdays": frozenset({0})}, "bulk.end_too_early"),
        ({"first": MAY_30, "last": MAY_27}, "bulk.end_too_early"),
        ({"last": MAY_27 + timedelta(days=366)}, "bulk.range_too_long"),
        ({"weekdays": frozenset()}, "bulk.no_weekday"),
        ({"weekdays": frozenset({6})}, "bulk.no_date"),
        ({"time": time(9, 10)}, "bulk.time_step"),
        ({"technicians": ()}, "bulk.no_technician"),
        ({"minutes": 0}, "duration.step"),
        ({"minutes": 45}, "duration.step"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_and_the_preview_says_so(given: dict[str, Any], code: str) -> None:
    firm = Firm()

    assert code in refusal(firm, firm.bulk(**given))
    assert code in [each.code for each in firm.preview(**given).violations]
    assert firm.all_appointments() == []


@pytest.mark.rule("BLK-01")
def test_a_range_of_366_days_from_today_is_one() -> None:
    firm = Firm()
    today = date(2026, 5, 25)

    told = firm.preview(first=today, last=today + timedelta(days=365), weekdays=frozenset(range(5)))

    assert [each.code for each in told.violations] == []
    assert told.total == 262


@pytest.mark.rule("BLK-01")
def test_there_are_5000_appointments_at_most() -> None:
    firm = Firm()
    crew = [a_technician(home=firm.provo.id) for _ in range(20)]
    firm.put(*crew)
    wish = {"last": MAY_27 + timedelta(days=250), "weekdays": frozenset(range(7)), "skip_unavailable": True}
    days = len(weekly(MAY_27, MAY_27 + timedelta(days=250), range(7)))

    assert days * 20 == 5_020
    assert "bulk.too_many" in refusal(firm, firm.bulk(technicians=tuple(each.id for each in crew), **wish))
    assert firm.preview(technicians=tuple(each.id for each in crew[:19]), **wish).violations == ()


@pytest.mark.rule("BLK-01")
def test_all_technicians_are_in_the_list() -> None:
    firm = Firm()

    found = refusal(firm, firm.bulk(technicians=(firm.ann.id, firm.bob.id)))

    assert found["technician.other_location"].facts["technician_name"] == "Bob"
    with pytest.raises(NotFound):
        firm.run(technicians=(firm.ann.id, fresh()))


@pytest.mark.rule("BLK-01")
@pytest.mark.parametrize("status", [WorkOrderStatus.COMPLETE, WorkOrderStatus.CANCELLED])
def test_the_work_order_is_open(status: WorkOrderStatus) -> None:
    firm = Firm()
    firm.replace(firm.job, status=status)

    assert "work_order.closed" in refusal(firm, firm.bulk())


@pytest.mark.rule("BLK-01")
def test_a_start_that_is_over_today_is_warned_of_and_entered_for_the_record() -> None:
    firm = Firm()
    firm.clock.advance(hours=4)  # 10:00 in Provo
    wish = {"first": date(2026, 5, 25), "last": date(2026, 5, 27), "weekdays": frozenset({0, 2})}

    told, made = firm.preview(**wish), firm.run(**wish)

    assert told.warnings == ("09:00 on Mon 25 May 2026 is over: 1 appointment will be entered for the record.",)
    kept = [firm.appointment(each.id) for each in made.series[0].appointments]
    assert [each.for_the_record for each in kept] == [True, False]


@pytest.mark.rule("APT-21")
def test_without_a_duration_the_proposed_one_is_taken() -> None:
    firm = Firm()

    assert firm.preview(minutes=None).minutes == firm.service.minutes
    assert firm.preview(minutes=None, sub_type=firm.routine.id).minutes == 60


@pytest.mark.rule("ACC-10")
def test_it_takes_view_and_create_at_the_customers_location() -> None:
    firm = Firm()
    see, make = (Permission.TECH_SCHEDULER, Action.VIEW), (Permission.TECH_SCHEDULER, Action.CREATE)

    assert denial(firm, firm.bulk(), firm.actor(see, at=firm.provo.id))
    assert denial(firm, firm.bulk(), firm.actor(make, at=firm.provo.id))
    assert denial(firm, firm.bulk(), firm.actor(see, make, at=firm.phoenix.id))
    with pytest.raises(Forbidden):
        firm.ask(PreviewBulkSchedule(wish=firm.bulk()), BulkPreview, by=firm.actor(see))
    assert firm.do(firm.bulk(), BulkView, by=firm.actor(see, make, at=firm.provo.id)).total == 3


@pytest.mark.rule("ACC-10")
def test_it_takes_a_customer_not_a_lead() -> None:
    firm = Firm()
    job = a_work_order(customer=firm.lead.id)
    firm.put(job)

    assert "appointment.tech_on_lead" in refusal(firm, firm.bulk(work_order=job.id))


@given(data=st.data())
@pytest.mark.rule("BLK-03")
def test_the_run_does_exactly_what_the_preview_says(data: st.DataObject) -> None:
    firm = Firm()
    for start in data.draw(st.lists(st.sampled_from(["27T08:30", "28T09:00", "29T09:30", "29T13:00"]), unique=True)):
        firm.book(f"2026-05-{start}", user=data.draw(st.sampled_from([firm.ann.id, firm.cara.id])))
    wish = {
        "skip_unavailable": data.draw(st.booleans()),
        "technicians": data.draw(st.sampled_from([(firm.ann.id,), (firm.ann.id, firm.cara.id)])),
        "minutes": data.draw(st.sampled_from([60, 480, 540])),
    }
    told = firm.preview(**wish)

    try:
        made = firm.run(**wish)
    except Refused as refused:
        assert refused.violations[1:] == told.violations
    else:
        assert told.violations == ()
        dates = [(share.user.id, each) for share in told.technicians for each in share.dates]
        created = {(user, each.start) for user, each in dates if each.verdict is Verdict.CREATE}
        assert {(each.user.id, visit.start) for each in made.series for visit in each.appointments} == created
        assert made.total == told.total == len(created)


@pytest.mark.rule("BLK-07")
def test_a_work_orders_appointments_are_answered_by_date_or_by_user() -> None:
    firm = Firm()
    firm.run(technicians=(firm.cara.id, firm.ann.id), weekdays=frozenset({2, 3}))

    by_date = firm.ask(ListWorkOrderAppointments(work_order=firm.job.id), WorkOrderAppointments)
    by_user = firm.ask(ListWorkOrderAppointments(work_order=firm.job.id, by=Grouping.USER), WorkOrderAppointments)

    assert (by_date.by, by_date.count) == (Grouping.DATE, 4)
    assert [(each.date, [row.user.name for row in each.items]) for each in by_date.groups] == [
        (date(2026, 5, 27), ["Ann", "Cara"]),
        (date(2026, 5, 28), ["Ann", "Cara"]),
    ]
    assert [(each.user and each.user.name, [row.start.day for row in each.items]) for each in by_user.groups] == [
        ("Ann", [27, 28]),
        ("Cara", [27, 28]),
    ]


@pytest.mark.rule("BLK-07", "API-04")
@pytest.mark.parametrize("by", Grouping)
@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_of_a_work_orders_appointments_make_up_the_whole_list(by: Grouping, limit: int) -> None:
    firm = Firm()
    firm.run(technicians=(firm.cara.id, firm.ann.id))
    firm.replace(firm.cara, name="Ann | the other")
    question = ListWorkOrderAppointments(work_order=firm.job.id, by=by, limit=limit)
    whole = firm.ask(evolve(question, limit=None), WorkOrderAppointments)
    every = [row for group in whole.groups for row in group.items]

    found: list[AppointmentRow] = []
    after = None
    while len(found) < len(every):
        page = firm.ask(evolve(question, after=after), WorkOrderAppointments)
        rows = [row for group in page.groups for row in group.items]
        assert 0 < len(rows) <= limit
        assert page.count == len(every)
        found, after = found + rows, page.next
    assert (found, after, whole.next) == (every, None, None)


@pytest.mark.rule("API-04")
@pytest.mark.parametrize("wrong", [{"after": "x"}, {"after": "eA"}, {"limit": 0}, {"limit": 201}])
def test_what_is_no_page_of_a_work_orders_appointments_is_refused(wrong: dict[str, Any]) -> None:
    firm = Firm()

    with pytest.raises(InvalidValue):
        firm.ask(ListWorkOrderAppointments(work_order=firm.job.id, **wrong), WorkOrderAppointments)


def a_series(firm: Firm, **given: Any) -> SeriesView:
    """
    Ann's visits on Wednesday, Thursday and Friday.
    """
    return firm.run(**given).series[0]


def starts(view: SeriesView) -> list[str]:
    return [f"{each.start:%d %H:%M}" for each in view.appointments]


def move(series: SeriesView, at: int, start: str) -> MoveSeries:
    """
    The visit at a place in a series, and the later ones.
    """
    id, visit = SeriesId(series.series), AppointmentId(series.appointments[at].id)
    return MoveSeries(series=id, appointment=visit, start=datetime.fromisoformat(start))


def reassign(series: SeriesView, at: int, user: UserId) -> ReassignSeries:
    id, visit = SeriesId(series.series), AppointmentId(series.appointments[at].id)
    return ReassignSeries(series=id, appointment=visit, user=user)


def cancel(series: SeriesView, at: int) -> CancelSeries:
    id, visit = SeriesId(series.series), AppointmentId(series.appointments[at].id)
    return CancelSeries(series=id, appointment=visit, by=CancelledBy.CUSTOMER, reason="Moved out.")


def kept(firm: Firm, series: SeriesView) -> list[Appointment]:
    return [firm.appointment(each.id) for each in series.appointments]


@pytest.mark.rule("BLK-11")
def test_one_and_the_later_ones_are_moved_by_as_many_days_to_the_same_time() -> None:
    firm = Firm()
    series = a_series(firm, weekdays=frozenset({2, 3}))

    moved = firm.do(move(series, 1, "2026-05-29T13:30"), SeriesView)

    assert starts(moved) == ["29 13:30"]
    assert [f"{each.agreed:%d %H:%M}" for each in kept(firm, series)] == ["27 09:00", "29 13:30"]
    assert [each.version for each in kept(firm, series)] == [1, 2]


@pytest.mark.rule("BLK-11")
def test_a_series_moves_onto_times_of_its_own() -> None:
    firm = Firm()
    series = a_series(firm, last=date(2026, 6, 12), weekdays=frozenset({2}))

    later = firm.do(move(series, 0, "2026-06-03T09:00"), SeriesView)
    earlier = firm.do(move(series, 0, "2026-05-27T09:30"), SeriesView)

    assert starts(later) == ["03 09:00", "10 09:00", "17 09:00"]
    assert starts(earlier) == ["27 09:30", "03 09:30", "10 09:30"]


@pytest.mark.rule("BLK-11")
def test_where_one_cannot_be_moved_none_is_and_each_reason_is_told() -> None:
    firm = Firm()
    series = a_series(firm)
    firm.book("2026-05-28T13:00")
    before = kept(firm, series)

    found = refusal(firm, move(series, 0, "2026-05-27T13:30"))
    over = refusal(firm, move(series, 0, "2026-05-28T09:00"))

    assert found["slot.taken"].facts["date"] == date(2026, 5, 28)
    assert over["user.not_working"].facts["date"] == MAY_30
    assert kept(firm, series) == before


@pytest.mark.rule("BLK-11")
def test_members_that_would_come_to_lie_in_each_other_refuse_the_move() -> None:
    firm = Firm()
    series = a_series(firm)
    second = firm.appointment(series.appointments[1].id)
    firm.execute(MoveAppointment(appointment=second.id, start=datetime.fromisoformat("2026-05-29T13:00")))
    before = kept(firm, series)

    # Of Friday's two, at 09:00 and at 13:00, both would lie at 15:00.
    found = refusal(firm, move(series, 0, "2026-05-27T15:00"))

    assert found["series.overlap"].facts == {"first": "15:00", "second": "15:00", "date": date(2026, 5, 29)}
    assert kept(firm, series) == before


@pytest.mark.rule("BLK-11")
def test_a_series_is_not_moved_to_where_no_calendar_reaches() -> None:
    firm = Firm()

    with pytest.raises(InvalidValue):
        firm.execute(move(a_series(firm), 0, "9999-12-31T09:00"))


@pytest.mark.rule("BLK-11")
def test_a_series_is_not_moved_into_the_past() -> None:
    firm = Firm()
    series = a_series(firm)

    assert "slot.past" in refusal(firm, move(series, 0, "2026-05-22T09:00"))


@pytest.mark.rule("BLK-11")
def test_one_and_the_later_ones_are_reassigned() -> None:
    firm = Firm()
    series = a_series(firm)

    firm.do(reassign(series, 1, firm.cara.id), SeriesView)

    assert [each.user for each in kept(firm, series)] == [firm.ann.id, firm.cara.id, firm.cara.id]
    assert "technician.other_location" in refusal(firm, reassign(series, 0, firm.bob.id))
    firm.book("2026-05-27T09:30", user=firm.cara.id)
    assert "slot.taken" in refusal(firm, reassign(series, 0, firm.cara.id))


@pytest.mark.rule("BLK-11")
def test_one_and_the_later_ones_are_cancelled() -> None:
    firm = Firm()
    series = a_series(firm)

    firm.do(cancel(series, 1), SeriesView)

    assert [each.status for each in kept(firm, series)] == [Status.SCHEDULED, Status.CANCELLED, Status.CANCELLED]
    assert {each.cancellation_reason for each in kept(firm, series)[1:]} == {"Moved out."}


@pytest.mark.rule("BLK-11")
@pytest.mark.parametrize("status", [Status.EN_ROUTE, Status.ON_SITE])
def test_a_series_with_a_member_under_way_refuses_as_a_whole(status: Status) -> None:
    firm = Firm()
    series = a_series(firm)
    firm.replace(firm.appointment(series.appointments[1].id), status=status)
    before = kept(firm, series)

    for command in (move(series, 0, "2026-05-27T13:30"), reassign(series, 0, firm.cara.id), cancel(series, 0)):
        assert refusal(firm, command)["series.not_upcoming"].facts["date"] == date(2026, 5, 28)
    assert kept(firm, series) == before


@pytest.mark.rule("BLK-11")
def test_what_has_ended_stays_and_is_not_where_a_change_begins() -> None:
    firm = Firm()
    series = a_series(firm)
    done = firm.replace(firm.appointment(series.appointments[1].id), status=Status.CANCELLED)

    firm.do(move(series, 0, "2026-05-27T13:30"), SeriesView)

    assert firm.appointment(done.id) == done
    assert "series.not_upcoming" in refusal(firm, move(series, 1, "2026-05-28T13:30"))


@pytest.mark.rule("BLK-11")
def test_a_change_of_a_series_asks_for_the_version_and_for_the_permission() -> None:
    firm = Firm()
    series = a_series(firm)
    see, change = (Permission.TECH_SCHEDULER, Action.VIEW), (Permission.TECH_SCHEDULER, Action.MODIFY)

    with pytest.raises(Stale):
        firm.execute(cancel(series, 0), expected_version=2)
    assert denial(firm, cancel(series, 0), firm.actor(see))
    with pytest.raises(NotFound):
        firm.execute(evolve(cancel(series, 0), series=SeriesId(fresh())))
    firm.execute(cancel(series, 0), by=firm.actor(see, change, at=firm.provo.id), expected_version=1)


def hold(firm: Firm, start: str, **given: Any) -> HoldView:
    """
    An hour of Ann's for Maria, held for ten minutes.
    """
    told = datetime.fromisoformat(start)
    command = HoldTime(
        kind=Kind.TECH, customer=firm.maria.id, type=firm.service.id, user=firm.ann.id, start=told, minutes=60
    )
    return firm.do(evolve(command, **given), HoldView)


@pytest.mark.rule("BKG-04", "SCH-06", "BLK-05")
def test_a_date_that_is_held_refuses_the_whole_until_the_hold_expires() -> None:
    firm = Firm()
    hold(firm, "2026-05-28T09:30")

    refused = refusal(firm, firm.bulk())

    assert set(refused) == {"bulk.not_created", "slot.held"}
    assert refused["slot.held"].facts["date"] == date(2026, 5, 28)
    assert refused["slot.held"].sentence == "Ann's time is held from 09:30 to 10:00 on Thu 28 May 2026."
    assert firm.all_appointments() == []
    firm.clock.advance(minutes=10)
    assert len(firm.run().series[0].appointments) == 3


@pytest.mark.rule("BKG-04", "BLK-10")
def test_a_date_that_is_held_is_left_out_where_that_is_asked_for() -> None:
    firm = Firm()
    hold(firm, "2026-05-28T09:30")

    series = firm.run(skip_unavailable=True).series[0]

    assert [each.start.day for each in series.appointments] == [27, 29]


@pytest.mark.rule("BKG-04", "BLK-11")
def test_a_series_is_neither_moved_nor_reassigned_into_time_that_is_held() -> None:
    firm = Firm()
    series = firm.run().series[0]
    hold(firm, "2026-05-28T13:00")
    hold(firm, "2026-05-29T09:00", user=firm.cara.id)

    assert set(refusal(firm, move(series, 0, "2026-05-27T13:30"))) == {"slot.held"}
    assert set(refusal(firm, reassign(series, 0, firm.cara.id))) == {"slot.held"}
    assert firm.do(move(series, 0, "2026-05-27T14:00"), SeriesView)


@pytest.mark.rule("SCH-27", "BLK-11")
@pytest.mark.parametrize("change", ["move", "reassign", "cancel"])
def test_a_series_that_leaves_what_it_was_doubled_with_clears_the_marks_of_both(change: str) -> None:
    firm = Firm()
    series = firm.run().series[0]
    doubled = AppointmentId(series.appointments[1].id)
    wish = firm.wish("2026-05-28T09:30", double_book=doubled, double_book_reason="Both ask for Ann.")
    beside = firm.do(wish, AppointmentView)
    assert firm.appointment(doubled).double_booked and firm.appointment(beside.id).double_booked

    changes = {
        "move": move(series, 0, "2026-05-27T13:00"),
        "reassign": reassign(series, 0, firm.cara.id),
        "cancel": cancel(series, 0),
    }
    firm.do(changes[change], SeriesView)

    for id in (doubled, beside.id):
        there = firm.appointment(id)
        assert (there.double_booked, there.double_booked_with, there.double_book_reason) == (False, None, "")
