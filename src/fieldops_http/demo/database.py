"""
The demo's database: made whole or not at all, and found again the next time.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex

from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_adapters.sql.engines import BEGIN, connect
from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.migrations import migrate
from fieldops_adapters.sql.savepoints import SavepointStorage
from fieldops_adapters.sql.sealing import AesGcmSealer
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_adapters.system.randomness import SystemRandomness
from fieldops_core.app.door import Unauthenticated
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_http.cli.naming import user_of
from fieldops_http.cli.telling import CannotDo
from fieldops_http.cli.token import new_token
from fieldops_http.composition import DEVELOPMENT_KEY, compose, sanitiser
from fieldops_http.demo import company
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.filling import Told, beginning, fill
from fieldops_http.demo.size import Size
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings

TOKEN_DAYS = 365
BESIDE = ("-wal", "-shm")
"""
The files that SQLite has beside a database.
"""


def make(database: Path, *, size: Size, today: date, told: Told) -> None:
    """
    Fill a new database with visits around a day. It is filled under another name and renamed when it is whole: whoever
    interrupts leaves nothing that could be taken for a demo, and what a killed process left is filled anew.

    Raises:
        CannotDo: where another process is filling it.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    new = database.with_name(f"{database.name}.filling")
    if _being_filled(new):
        raise CannotDo(f"Another process is filling {database}. Wait for it, or name another file with --database.")
    _remove(new, "", *BESIDE)
    try:
        _fill(new, size, today, told)
        # What a database that was removed left behind SQLite would take for the new one's.
        _remove(database, *BESIDE)
        new.rename(database)
    finally:
        _remove(new, "", *BESIDE)


def _being_filled(new: Path) -> bool:
    """
    Whoever fills has one transaction open until the end.
    """
    try:
        with closing(sqlite3.connect(f"{new.absolute().as_uri()}?mode=rw", timeout=0, uri=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
    return False


def _remove(database: Path, *endings: str) -> None:
    for ending in endings:
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _fill(database: Path, size: Size, today: date, told: Told) -> None:
    """
    All commands within one transaction, each in a savepoint: one commit reaches the disk instead of thousands.
    """
    url, ids = f"sqlite:///{database}", Uuid7Ids()
    migrate(url)
    clock, engine = SteppedClock(beginning(size, today)), connect(url)
    ports = Ports(
        phones=PhoneNumbersPhones(),
        routing=GreatCircleRouting(),
        randomness=SystemRandomness(),
        geocoder=ZipCentroidGeocoder(),
        sanitiser=sanitiser(),
    )
    try:
        with engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"}).begin() as connection:
            storage = SavepointStorage(connection, AesGcmSealer(DEVELOPMENT_KEY))
            fieldops = FieldOps(storage=storage, clock=clock, ids=ids, ports=ports)
            fill(fieldops, clock, CompanyId(ids()), size=size, today=today, told=told)
    finally:
        engine.dispose()


def open_demo(database: Path, settings: Settings) -> tuple[Engine, CompanyId]:
    """
    The engine over a filled database, and its company.

    Raises:
        CannotDo: where the file is no demo of this version.
    """
    engine = compose(settings)
    try:
        engine.ready()
        found = engine.storage.company_named(company.SLUG)
    except NotReady:
        found = None
    if found is None:
        raise CannotDo(f"{database} is no demo of this version. Remove it, or name another file with --database.")
    return engine, found


def token(engine: Engine, of: CompanyId, name: str, file: Path) -> str:
    """
    A valid token of a user, by name: the one that the file holds, else a new one, which the file holds from then on.
    Only the file's owner can read it; the database keeps a hash alone.
    """
    with suppress(FileNotFoundError, Unauthenticated, NotFound):
        known = file.read_text(encoding="ascii").strip()
        engine.fieldops.identify(slug=company.SLUG, token=known)
        return known
    user = user_of(engine, of, company.email(name))
    if user is None:
        raise CannotDo(f"{name} is no longer with {company.NAME}. Remove the demo's files, and start again.")
    text = new_token(engine, of, UserId(user.id), days=TOKEN_DAYS, name="demo")
    _keep(file, text)
    return text


def shared_password(database: Path) -> str:
    """
    The password that the people of a demo share: the one that a file beside it holds, else a new one.
    """
    file = database.with_name(f"{database.stem}.password")
    with suppress(FileNotFoundError):
        return file.read_text(encoding="ascii").strip()
    text = "-".join(token_hex(3) for _ in range(3))
    _keep(file, text)
    return text


def _keep(file: Path, text: str) -> None:
    """
    Where its owner alone can read it.
    """
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(f"{text}\n")


def log_in_by(password: str, engine: Engine, of: CompanyId, name: str) -> str | None:
    """
    The address by which somebody logs in with the password that all of the demo share; it is set where they have none.
    None: they chose another.
    """
    email, door = company.email(name), engine.fieldops.door
    user = user_of(engine, of, email)
    if user is None:
        return None
    with engine.storage.reading(of) as unit:
        known = unit.passwords.of(UserId(user.id))
    if known is None:
        link = door.invite(of, UserId(user.id))
        door.follow_link(company.SLUG, link.secret.reveal() if link.secret else "", Secret(password))
    elif known.version > 1:
        return None
    return email


def token_file(database: Path, who: str) -> Path:
    return database.with_name(f"{database.stem}.{who}.token")
