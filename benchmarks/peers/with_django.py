"""
django-appointment's own slot functions, without its web stack and without a database: over model instances made of
rows as Django itself makes them. For its service see :mod:`benchmarks.peers.with_django_service`.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from benchmarks.peers.django_app import at, set_up, told
from benchmarks.peers.problem import Problem, Side

Records = dict[tuple[UUID, date], list[Any]]


def side(problem: Problem) -> Side:
    """
    From rows.
    """
    set_up(problem)
    return Side(lambda: _fit(problem, *_records(problem)), lambda found: told(problem, found))


def records_side(problem: Problem) -> Side:
    """
    From model instances that are there already, sorted by user and day.
    """
    set_up(problem)
    records = _records(problem)
    return Side(lambda: _fit(problem, *records), lambda found: told(problem, found))


def _records(problem: Problem) -> tuple[Records, Records]:
    """
    Visits and absences by user and day. Also what lasts a whole day is an Unavailability: the slot functions know no
    other.
    """
    from appointment.models import Appointment, AppointmentRequest, Unavailability

    visits: Records = defaultdict(list)
    away: Records = defaultdict(list)
    zone, names = ZoneInfo(problem.zone), ("id", "date", "start_time", "end_time")
    for number, (user, _, start, until) in enumerate(problem.taken):
        first, last = datetime.fromtimestamp(start, zone), datetime.fromtimestamp(until, zone)
        visit = Appointment.from_db("default", ("id", "appointment_request_id"), (number, number))
        row = (number, first.date(), first.time(), last.time())
        visit.appointment_request = AppointmentRequest.from_db("default", names, row)
        visits[user, row[1]].append(visit)
    for user, day, start, end in problem.away():
        away[user, day].append(Unavailability(date=day, start_time=at(start), end_time=at(end)))
    return visits, away


def _fit(problem: Problem, visits: Records, away: Records) -> dict[UUID, list[datetime]]:
    from appointment.utils.db_helpers import calculate_slots, exclude_unavailable_slots

    step, length = timedelta(minutes=problem.step), timedelta(minutes=problem.minutes)
    found: dict[UUID, list[datetime]] = {}
    for user, weekly in problem.people:
        slots = found[user] = []
        for day in problem.dates:
            for start, end in weekly[day.weekday()]:
                opens, closes = datetime.combine(day, at(start)), datetime.combine(day, at(end))
                slots += exclude_unavailable_slots(
                    calculate_slots(opens, closes, opens, step, length),
                    appointments=visits[user, day],
                    unavailabilities=away[user, day],
                    slot_duration=step,
                    service_duration=length,
                )
    return found
