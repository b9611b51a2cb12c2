"""
django-appointment, driven without its web stack, in two ways: its own slot functions over records that are loaded
already, and the service that its views call, which asks its database (SQLite in memory) for each user and day.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import django
from django.conf import settings

from benchmarks.peers.problem import Answer, Problem, Side

Records = dict[tuple[UUID, date], list[Any]]


def side(problem: Problem) -> Side:
    """
    ``calculate_slots`` and ``exclude_unavailable_slots`` over model instances. All of them are there before the clock
    runs; that they are sorted by user and day belongs to the work, as it does for the others.
    """
    _set_up(problem)
    from appointment.utils.db_helpers import calculate_slots, exclude_unavailable_slots

    midnight, step, length = time(), timedelta(minutes=problem.step), timedelta(minutes=problem.minutes)
    all_visits, all_away = list(_visits(problem)), list(_away(problem))

    def solve() -> Any:
        visits, away = _by_day(all_visits), _by_day(all_away)
        found: dict[UUID, list[datetime]] = {}
        for user, weekly in problem.people:
            slots = found[user] = []
            for day in problem.dates:
                for start, end in weekly[day.weekday()]:
                    opens = datetime.combine(day, midnight) + timedelta(minutes=start)
                    closes = datetime.combine(day, midnight) + timedelta(minutes=end)
                    slots += exclude_unavailable_slots(
                        calculate_slots(opens, closes, opens, step, length),
                        appointments=visits[user, day],
                        unavailabilities=away[user, day],
                        slot_duration=step,
                        service_duration=length,
                    )
        return found

    return Side(solve, lambda found: _told(problem, found))


def service_side(problem: Problem) -> Side:
    """
    ``get_available_slots_for_staff``, with the queries it makes. The rows are in its database before the clock runs.
    """
    _set_up(problem)
    from appointment.services import get_available_slots_for_staff

    service, staff = _fill(problem)
    weekday = {day: (day.weekday() + 1) % 7 for day in problem.dates}  # Sunday is 0 there

    def solve() -> Any:
        return {
            user: [
                slot
                for day in problem.dates
                for slot in get_available_slots_for_staff(day, staff[user], weekday[day], service)
            ]
            for user, _ in problem.people
        }

    return Side(solve, lambda found: _told(problem, found))


def _set_up(problem: Problem) -> None:
    if settings.configured:
        return
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sites", "appointment"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING_CONFIG=None,
        USE_TZ=True,
        TIME_ZONE=problem.zone,
    )
    django.setup()


def _visits(problem: Problem) -> Iterator[tuple[UUID, Any]]:
    from appointment.models import Appointment, AppointmentRequest

    zone = ZoneInfo(problem.zone)
    for user, _, start, until in problem.taken:
        first, last = (datetime.fromtimestamp(edge, UTC).astimezone(zone) for edge in (start, until))
        request = AppointmentRequest(date=first.date(), start_time=first.time(), end_time=last.time())
        yield user, Appointment(appointment_request=request)


def _away(problem: Problem) -> Iterator[tuple[UUID, Any]]:
    """
    As Unavailability also where it is a whole day: a DayOff is only asked for by the service.
    """
    from appointment.models import Unavailability

    for user, first, last, start, end in problem.absences:
        for day in problem.dates:
            if first <= day <= last:
                yield user, Unavailability(date=day, start_time=_time(start), end_time=_time(min(end, 24 * 60 - 1)))


def _by_day(records: list[tuple[UUID, Any]]) -> Records:
    found: Records = defaultdict(list)
    for user, record in records:
        found[user, record.get_date()].append(record)
    return found


def _fill(problem: Problem) -> tuple[Any, dict[UUID, Any]]:
    from appointment.models import Appointment, AppointmentRequest, Service, StaffMember, Unavailability, WorkingHours
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    service = Service.objects.create(name="Service", duration=timedelta(minutes=problem.minutes), price=0)
    accounts = get_user_model().objects.bulk_create(
        get_user_model()(username=str(user), password="") for user, _ in problem.people
    )
    made = StaffMember.objects.bulk_create(
        StaffMember(user=account, slot_duration=problem.step, appointment_buffer_time=0) for account in accounts
    )
    staff = {user: member for (user, _), member in zip(problem.people, made, strict=True)}
    WorkingHours.objects.bulk_create(
        WorkingHours(
            staff_member=staff[user],
            day_of_week=(weekday + 1) % 7,
            start_time=_time(start),
            end_time=_time(end),
        )
        for user, weekly in problem.people
        for weekday, ranges in enumerate(weekly)
        for start, end in ranges
    )
    requests, visits = [], []
    for user, visit in _visits(problem):
        visit.appointment_request.staff_member, visit.appointment_request.service = staff[user], service
        requests.append(visit.appointment_request)
        visits.append(visit)
    for each, visit in zip(AppointmentRequest.objects.bulk_create(requests), visits, strict=True):
        visit.appointment_request = each
    Appointment.objects.bulk_create(visits)
    away = []
    for user, record in _away(problem):
        record.staff_member = staff[user]
        away.append(record)
    Unavailability.objects.bulk_create(away)
    return service, staff


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _told(problem: Problem, found: dict[UUID, list[datetime]]) -> Answer:
    zone = ZoneInfo(problem.zone)
    return {user: [slot.replace(tzinfo=zone) for slot in slots] for user, slots in found.items()}
