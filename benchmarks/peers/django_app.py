"""
Django without its web stack, and times as django-appointment tells them: local to the zone it is set up for.
"""

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import django
from django.conf import settings

from benchmarks.peers.problem import Answer, Problem


def set_up(problem: Problem) -> None:
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


def at(minutes: int) -> time:
    """
    So many minutes after midnight; of midnight at the day's end, the minute before.
    """
    return time(*divmod(min(minutes, 24 * 60 - 1), 60))


def told(problem: Problem, found: dict[UUID, list[datetime]]) -> Answer:
    zone = ZoneInfo(problem.zone)
    return {user: [slot.replace(tzinfo=zone) for slot in slots] for user, slots in found.items()}
