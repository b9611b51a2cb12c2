"""
The problem as rows in the database of django-appointment.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from benchmarks.peers.django_app import at
from benchmarks.peers.problem import WHOLE_DAY, Problem


def fill(problem: Problem) -> tuple[Any, dict[UUID, Any]]:
    """
    Keep all of it. Answers the service that is to be booked, and the staff member that each user is there.
    """
    from appointment.models import DayOff, Service, StaffMember, Unavailability, WorkingHours
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    service = Service.objects.create(name="Service", duration=timedelta(minutes=problem.minutes), price=0)
    user_model = get_user_model()
    accounts = user_model.objects.bulk_create(user_model(username=str(user)) for user, _ in problem.people)
    made = StaffMember.objects.bulk_create(
        StaffMember(user=account, slot_duration=problem.step, appointment_buffer_time=0) for account in accounts
    )
    staff = {user: member for (user, _), member in zip(problem.people, made, strict=True)}
    WorkingHours.objects.bulk_create(
        WorkingHours(staff_member=staff[user], day_of_week=weekday(day), start_time=at(start), end_time=at(end))
        for user, weekly in problem.people
        for day, ranges in enumerate(weekly)
        for start, end in ranges
    )
    for user, day, start, end in problem.away():
        if (start, end) == WHOLE_DAY:
            DayOff.objects.create(staff_member=staff[user], start_date=day, end_date=day)
        else:
            Unavailability.objects.create(staff_member=staff[user], date=day, start_time=at(start), end_time=at(end))
    _keep_visits(problem, service, staff)
    return service, staff


def _keep_visits(problem: Problem, service: Any, staff: dict[UUID, Any]) -> None:
    from appointment.models import Appointment, AppointmentRequest

    requests = []
    for user, _, start, until in problem.taken:
        first, last = (datetime.fromtimestamp(edge, ZoneInfo(problem.zone)) for edge in (start, until))
        times = {"date": first.date(), "start_time": first.time(), "end_time": last.time()}
        requests.append(AppointmentRequest(staff_member=staff[user], service=service, **times))
    made = AppointmentRequest.objects.bulk_create(requests)
    Appointment.objects.bulk_create(Appointment(appointment_request=each) for each in made)


def weekday(day: int) -> int:
    """
    Sunday is 0 there.
    """
    return (day + 1) % 7
