"""
django-appointment as its own views use it: ``get_available_slots_for_staff`` for each user and day, with the queries it
makes of a SQLite database in memory. The rows are there before the clock runs.
"""

from typing import Any

from benchmarks.peers.django_app import set_up, told
from benchmarks.peers.django_rows import fill, weekday
from benchmarks.peers.problem import Problem, Side


def side(problem: Problem) -> Side:
    set_up(problem)
    from appointment.services import get_available_slots_for_staff

    service, staff = fill(problem)

    def solve() -> Any:
        return {
            user: [
                slot
                for day in problem.dates
                for slot in get_available_slots_for_staff(day, staff[user], weekday(day.weekday()), service)
            ]
            for user, _ in problem.people
        }

    return Side(solve, lambda found: told(problem, found))
