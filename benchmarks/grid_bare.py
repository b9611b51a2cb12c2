"""
The baseline of the grid benchmark: one inline Litestar handler over raw sqlite3. It sends the statements that ours
sends, the token's included, and answers the same bytes. It knows beforehand what is asked.
"""
# fmt: off

import sqlite3
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Litestar, Response, get
from msgspec import json

ZONE, MINUTE = ZoneInfo("America/Denver"), timedelta(minutes=1)
uuid, week = lru_cache(65_536)(lambda raw: UUID(bytes=raw)), lru_cache(lambda text: json.decode(text)["weekly"]["days"])


def grid(database: sqlite3.Connection, sent: list[tuple[str, tuple[object, ...]]], day: date) -> bytes:
    *_, people, visits, absences, _ = [database.execute(*statement).fetchall() for statement in sent]
    database.rollback()
    midnight, away, cards = datetime(day.year, day.month, day.day, tzinfo=ZONE), defaultdict(list), defaultdict(list)
    def at(minutes: int) -> datetime: return midnight + minutes * MINUTE
    works = {row[0]: [{"end": at(each["end"]), "start": at(each["start"])} for each in week(row[-1])[day.weekday()]]
             for row in people}
    for row in absences:
        if row[3] <= day.isoformat() <= row[4]:
            away[row[1]].append({"end": at(row[6]), "start": at(row[5])})
    for row in sorted(visits, key=lambda row: (row[5], row[0])):
        start, end = (datetime.fromtimestamp(micros / 1e6, ZONE) for micros in row[5:7])
        outside = not any(each["start"] <= start and end <= each["end"] for each in works[row[2]])
        customer = {"id": uuid(row[12]), "name": row[16] or f"{row[14]} {row[15]}", "number": row[13], "stage": row[20]}
        card = {"crew": (), "customer": customer, "double_booked": row[22] == 1, "expected_start": None,
                "id": uuid(row[0]), "kind": row[3], "location": uuid(row[9]), "minutes": (end - start) // MINUTE,
                "outside_working_hours": outside, "pending_reassignment": row[21] == 1, "series": row[25],
                "status": row[4], "type": row[11], "version": row[1], "work_order": row[24]}
        cards[row[2]].append({"appointment": card, "end": end, "start": start})
    rows = [{"absent": away[row[0]], "active": row[2] == 1, "blocks": cards[row[0]], "distance": None,
             "held": (), "home": uuid(row[3]), "user": {"id": uuid(row[0]), "name": row[1]}, "valid": None,
             "why_not": (), "working": works[row[0]], "zone": None} for row in people]
    return json.encode({
        "days": [{"date": day, "slots": [at(minutes) for minutes in range(360, 1320, 30)]}], "kind": "tech",
        "message": None, "mode": None, "next": day + timedelta(days=1), "previous": day - timedelta(days=1),
        "rows": rows, "today": datetime.now(ZONE).date(), "zone": ZONE.key})


def app(path: str, sent: list[tuple[str, tuple[object, ...]]], day: date) -> Litestar:
    database = sqlite3.connect(path, isolation_level=None)

    @get("/v1/firm/grid", sync_to_thread=False)
    def show_grid() -> Response[bytes]:
        return Response(grid(database, sent, day), media_type="application/json")
    return Litestar([show_grid], openapi_config=None)
