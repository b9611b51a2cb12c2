"""
The demo's database: made whole or not at all, and found again the next time.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.migrations import migrate
from fieldops_adapters.sql.sealing import AesGcmSealer
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_adapters.system.randomness import SystemRandomness
from fieldops_core.app.fieldops import FieldOps, Unauthenticated
from fieldops_core.app.ports import Ports
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_http.cli.naming import user_of
from fieldops_http.cli.telling import CannotDo
from fieldops_http.cli.token import new_token
from fieldops_http.composition import DEVELOPMENT_KEY, compose
from fieldops_http.demo import office
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.filling import beginning, fill
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings

TOKEN_DAYS = 365


def make(database: Path, told: Callable[[str], None]) -> None:
    """
    Fill a new database. It is filled under another name and renamed when it is whole: whoever interrupts leaves nothing
    half done.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".filling-", dir=database.parent) as directory:
        new = Path(directory, "new.db")
        _fill(new, told)
        for leftover in ("-wal", "-shm"):
            # Of a database that was removed: SQLite would take them for the new one's.
            database.with_name(database.name + leftover).unlink(missing_ok=True)
        new.rename(database)


def _fill(database: Path, told: Callable[[str], None]) -> None:
    url, now, ids = f"sqlite:///{database}", datetime.now(UTC), Uuid7Ids()
    migrate(url)
    storage, clock = SqlStorage(connect(url), AesGcmSealer(DEVELOPMENT_KEY)), SteppedClock(beginning(now))
    ports = Ports(phones=PhoneNumbersPhones(), routing=GreatCircleRouting(), randomness=SystemRandomness())
    try:
        fill(FieldOps(storage=storage, clock=clock, ids=ids, ports=ports), clock, CompanyId(ids()), now=now, told=told)
    finally:
        storage.close()


def open_demo(database: Path, settings: Settings) -> tuple[Engine, CompanyId]:
    """
    The engine over a filled database, and its company.

    Raises:
        CannotDo: where the file is no demo of this version.
    """
    engine = compose(settings)
    try:
        engine.ready()
        company = engine.storage.company_named(office.SLUG)
    except NotReady:
        company = None
    if company is None:
        raise CannotDo(f"{database} is no demo of this version. Remove it, or name another file with --database.")
    return engine, company


def token(engine: Engine, company: CompanyId, name: str, file: Path) -> str:
    """
    A valid token of a user, by name: the one that the file holds, else a new one, which the file holds from then on.
    Only the file's owner can read it; the database keeps a hash alone.
    """
    with suppress(FileNotFoundError, Unauthenticated, NotFound):
        known = file.read_text(encoding="ascii").strip()
        engine.fieldops.identify(slug=office.SLUG, token=known)
        return known
    user = user_of(engine, company, office.email(name))
    if user is None:
        raise CannotDo(f"{name} is no longer with {office.NAME}. Remove the demo's files, and start again.")
    text = new_token(engine, company, UserId(user.id), days=TOKEN_DAYS, name="demo")
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(f"{text}\n")
    return text


def token_file(database: Path, who: str) -> Path:
    return database.with_name(f"{database.stem}.{who}.token")
