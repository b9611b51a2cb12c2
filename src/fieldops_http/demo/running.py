"""
``fieldops demo``: filled, served, and told how to look at it.
"""

import os
import sys
import webbrowser
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Timer
from time import monotonic

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM, Kind
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.time import local_date
from fieldops_core.scheduling.messages import ShowGrid
from fieldops_core.scheduling.views import GridView
from fieldops_http import server
from fieldops_http.cli.opening import can_listen
from fieldops_http.cli.telling import CannotDo
from fieldops_http.demo import company
from fieldops_http.demo.database import log_in_by, make, open_demo, shared_password, token, token_file
from fieldops_http.demo.offices import PROVO
from fieldops_http.demo.size import Size
from fieldops_http.engine import Engine, known
from fieldops_http.logs import configure
from fieldops_http.settings import Mode, Settings


def run(*, database: Path, size: Size, host: str, port: int, open_browser: bool) -> None:
    """
    Serve the demo in a file, which is filled first, in a size, where there is none yet.

    Raises:
        CannotDo: where the port is taken, or the file cannot be made or is no demo.
    """
    can_listen(host, port)  # before the filling
    if not database.exists():
        _fill(database, size)
    settings = evolve(
        Settings.of(),
        database=f"sqlite:///{database}",
        files=str(database.with_suffix(".files")),
        host=host,
        port=port,
        mode=Mode.DEVELOPMENT,
        key_file=None,
    )
    configure(settings.logs)
    engine, known_as = open_demo(database, settings)
    address = f"http://{host}:{port}"
    _tell(_greeting(engine, known_as, database, address))
    if open_browser and _can_show():
        Timer(1, webbrowser.open, [_board(engine, known_as, address)]).start()
    server.serve(engine, settings)


def _fill(database: Path, size: Size) -> None:
    began = monotonic()
    _tell(f"A new demo, in {database}:")
    try:
        make(database, size=size, today=local_date(datetime.now(UTC), company.ZONE), told=_progress)
    except OSError as error:
        raise CannotDo(f"{database} cannot be made ({error.strerror}). Name another file with --database.") from None
    _tell(f"  filled in {monotonic() - began:.0f} seconds")


def _progress(what: str, done: int, of: int) -> None:
    """
    A line for each thing that is done; on a terminal it counts.
    """
    if sys.stdout.isatty():
        if done % 20 == 0 or done == of:
            print(f"\r  {what}: {done:,} of {of:,}", end="" if done < of else "\n", flush=True)
    elif done == 0:
        _tell(f"  {what}: {of:,}")


def _greeting(engine: Engine, id: CompanyId, database: Path, address: str) -> str:
    files = {who: token_file(database, who) for who in ("owner", "dispatcher")}
    owner = token(engine, id, company.OWNER, files["owner"])
    dispatcher = token(engine, id, company.DISPATCHER, files["dispatcher"])
    shared = shared_password(database)
    people = (company.OWNER, company.DISPATCHER, PROVO.technicians[0].name)
    emails = [email for name in people if (email := log_in_by(shared, engine, id, name))]
    visits = sum(_visits_to_come(engine, id).values())
    coming = f"{visits:,} visits of technicians stand in the seven days from today."
    over = f"All its visits are over. For new ones remove {database} and start again."
    return f"""
{company.NAME}. {coming if visits else over}

  The board, in a browser:            {_board(engine, id, address)}
  Log in as the owner, a dispatcher
  or a technician:                    {", ".join(emails)}
  Their password:                     {shared}

  The API, to read and to try:        {address}/docs
  Martha, the owner, may do all:      {owner}
  Dana, the dispatcher, books:        {dispatcher}
  Both tokens are kept in             {files["owner"]} and {files["dispatcher"].name}

The grid of today, as Dana sees it:

  curl -H "Authorization: Bearer {dispatcher}" "{address}/v1/{company.SLUG}/grid?kind=tech"

Ctrl-C ends the server. The next start goes on with what is there.
"""


def _board(engine: Engine, id: CompanyId, address: str) -> str:
    """
    The board of the next day on which most of the people work: not everybody tries this out on a working day.
    """
    visits = _visits_to_come(engine, id)
    full = next((day for day, count in visits.items() if 2 * count >= max(visits.values())), None)
    today = next(iter(visits), None)
    return f"{address}/app/{company.SLUG}" + ("" if full in (None, today) else f"?from={full}")


def _visits_to_come(engine: Engine, id: CompanyId) -> dict[date, int]:
    """
    How many visits of technicians stand on each of the seven days from today.
    """
    context = Context(company=id, actor=SYSTEM)
    grid = known(engine.fieldops.ask(ShowGrid(kind=Kind.TECH, days=7), context), GridView)
    starts = Counter(block.start.date() for row in grid.rows for block in row.blocks)
    return {day.date: starts[day.date] for day in grid.days}


def _can_show() -> bool:
    """
    Whether somebody sits before a screen: a browser without one would take over the terminal, or fail.
    """
    screen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and sys.stdout.isatty()


def _tell(text: str) -> None:
    print(text, flush=True)
