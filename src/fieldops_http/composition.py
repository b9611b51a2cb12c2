"""
The only place that wires ports to adapters.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from fieldops_adapters.credit.sandbox import SandboxBureaus
from fieldops_adapters.files.folder import FolderFiles
from fieldops_adapters.files.memory import MemoryFiles
from fieldops_adapters.geocoding.nominatim import NominatimAddresses
from fieldops_adapters.geocoding.photon import PhotonAddresses
from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_adapters.memory import MemoryStorage
from fieldops_adapters.notifying.folder import FolderMailer
from fieldops_adapters.notifying.links import MailPost
from fieldops_adapters.notifying.smtp import SmtpMailer
from fieldops_adapters.passwords.argon2 import LIGHT, STRONG, Argon2Passwords
from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_adapters.routing.osrm import OsrmRouting
from fieldops_adapters.routing.valhalla import ValhallaRouting
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.sealing import AesGcmSealer, BadKey
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.system.clock import SystemClock
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_adapters.system.randomness import SystemRandomness
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.customers.ports import AddressService, Files, NoCreditBureaus
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.rich_text import NoMarkup, Sanitiser
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.ports import Passwords, SignOn
from fieldops_core.messaging.ports import Mailer, NoMailer
from fieldops_core.scheduling.ports import Routing
from fieldops_core.staff.ports import HolidayCalendar, NoHolidays
from fieldops_http.engine import Engine
from fieldops_http.settings import SIGNED_ON, Credit, Misconfigured, Mode, Settings
from fieldops_http.tiles import Tiles

MEMORY = "memory://"
ESTIMATE = "estimate"
ROUTING: dict[str, Callable[[str], Routing]] = {"osrm": OsrmRouting, "valhalla": ValhallaRouting}
ZIP = "zip"
OFF, FOLDER = "off", "folder+"
GEOCODING: dict[str, Callable[..., AddressService]] = {"nominatim": NominatimAddresses, "photon": PhotonAddresses}

# Everybody can read it here: it seals nothing from anybody, and production refuses it.
DEVELOPMENT_KEY = sha256(b"fieldops development key").digest()


def compose(settings: Settings) -> Engine:
    """
    An engine over the database and the machine that the settings name. Nothing is opened yet.

    Raises:
        Misconfigured: where the key file holds no key, or the database, the routing engine, the store of files, the
            way to send mail or the sign-on service is named in no way that is known.
    """
    ids, storage, mailer = Uuid7Ids(), _storage(settings), _mailer(settings)
    ports = Ports(
        phones=PhoneNumbersPhones(),
        routing=_routing(settings),
        randomness=SystemRandomness(),
        geocoder=ZipCentroidGeocoder(),
        addresses=_addresses(settings),
        holidays=_holidays(),
        files=_files(settings),
        credit=SandboxBureaus() if settings.credit is Credit.SANDBOX else NoCreditBureaus(),
        sanitiser=sanitiser(),
        sheets=ReportLabSheets(),
        mailer=mailer,
        passwords=_passwords(settings),
        post=MailPost(mailer=mailer, address=settings.address) if mailer.sends else None,
        sign_on=_sign_on(settings),
    )
    fieldops = FieldOps(storage=storage, clock=SystemClock(), ids=ids, ports=ports)
    threads = settings.database.startswith("postgresql")
    tiles = Tiles(address=settings.tiles, attribution=settings.tiles_attribution) if settings.tiles else None
    return Engine(fieldops=fieldops, storage=storage, ids=ids, threads=threads, secure=settings.secure, tiles=tiles)


def _files(settings: Settings) -> Files:
    """
    A bucket needs the extra ``files``. A database that lives in memory keeps its files there too.
    """
    if "://" not in settings.files:
        return MemoryFiles() if settings.database == MEMORY else FolderFiles(Path(settings.files))
    try:
        from fieldops_adapters.files.s3 import S3Files

        return S3Files(settings.files)
    except ModuleNotFoundError:
        raise Misconfigured("FIELDOPS_FILES names a bucket, which needs fieldops[files] to be installed.") from None
    except ValueError:
        raise Misconfigured(
            "FIELDOPS_FILES does not name a place for files. Set it to a folder, or to s3://bucket or "
            "s3://bucket/prefix with the AWS_… variables of that bucket."
        ) from None


def _mailer(settings: Settings) -> Mailer:
    """
    Off, messages stay queued.
    """
    if settings.mail == OFF:
        return NoMailer()
    try:
        sender, folder = Email(settings.mail_from), settings.mail.removeprefix(FOLDER)
        if folder != settings.mail:
            return FolderMailer(Path(folder), sender=sender)
        password = _secret("MAIL_PASSWORD_FILE", settings.mail_password_file, "the password of the mail server's user")
        return SmtpMailer(settings.mail, sender=sender, password=password)
    except InvalidValue:
        raise Misconfigured("FIELDOPS_MAIL_FROM is no email address. Set it to one of yours.") from None
    except ValueError:
        raise Misconfigured(
            "FIELDOPS_MAIL does not name a way to send mail. Set it to smtp://USER@HOST, smtps://USER@HOST, "
            "smtp+plain://HOST, folder+PATH or off; a password is read from FIELDOPS_MAIL_PASSWORD_FILE."
        ) from None


def _secret(name: str, file: Path | None, what: str) -> Secret | None:
    try:
        return None if file is None else Secret(file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeError):
        raise Misconfigured(
            f"FIELDOPS_{name} names {str(file)!r}, which cannot be read. It holds {what}, and nothing else."
        ) from None


def _sign_on(settings: Settings) -> SignOn | None:
    """
    A sign-on service needs the extra ``oidc``.
    """
    if not settings.oidc_issuer:
        return None
    secret = _secret("OIDC_CLIENT_SECRET_FILE", settings.oidc_client_secret_file, "the secret of this client")
    try:
        from fieldops_adapters.identity.oidc import Client, OidcSignOn, sealing_key

        client = Client(
            issuer=settings.oidc_issuer,
            id=settings.oidc_client_id,
            secret=secret,
            scopes=settings.oidc_scopes,
            back=f"{settings.address}{SIGNED_ON}",
        )
    except ModuleNotFoundError:
        raise Misconfigured("FIELDOPS_OIDC_ISSUER needs fieldops[oidc] to be installed.") from None
    except ValueError:
        raise Misconfigured(
            "FIELDOPS_OIDC_ISSUER names no sign-on service. Set it to the issuer that the service says it is: "
            "https://HOST or https://HOST/PATH."
        ) from None
    return OidcSignOn(client, key=sealing_key(_sealer(settings).master))


def _passwords(settings: Settings) -> Passwords:
    """
    While somebody tries things out, nobody should wait for them.
    """
    return Argon2Passwords(STRONG if settings.mode is Mode.PRODUCTION else LIGHT)


def _holidays() -> HolidayCalendar:
    """
    Those of the extra ``holidays``, where it is installed.
    """
    try:
        from fieldops_adapters.holidays.library import LibraryHolidays
    except ModuleNotFoundError:
        return NoHolidays()
    return LibraryHolidays()


def sanitiser() -> Sanitiser:
    """
    That of the extra ``markup``, where it is installed; without it rich text is shown as it was typed.
    """
    try:
        from fieldops_adapters.markup.ammonia import AmmoniaSanitiser
    except ModuleNotFoundError:
        return NoMarkup()
    return AmmoniaSanitiser()


def _storage(settings: Settings) -> Storage:
    if settings.database == MEMORY:
        return MemoryStorage()
    try:
        return SqlStorage(connect(settings.database), _sealer(settings))
    except (ValueError, ArgumentError):
        raise Misconfigured(
            "FIELDOPS_DATABASE does not name a database. Set it to sqlite:///fieldops.db, or to "
            "postgresql://user@host/name."
        ) from None


def _routing(settings: Settings) -> Routing:
    engine, _, url = settings.routing.partition("+")
    try:
        return GreatCircleRouting() if settings.routing == ESTIMATE else ROUTING[engine](url)
    except (KeyError, ValueError):
        raise Misconfigured(
            "FIELDOPS_ROUTING does not name a routing engine. Set it to osrm+http://HOST:PORT or "
            "valhalla+http://HOST:PORT, the address of such a server, or to estimate."
        ) from None


def _addresses(settings: Settings) -> AddressService:
    engine, _, url = settings.geocoding.partition("+")
    if settings.geocoding == ZIP:
        return ZipCentroidGeocoder()
    try:
        made = GEOCODING[engine]
        return made(url, agent=settings.geocoding_agent, per_second=settings.geocoding_rate)
    except (KeyError, ValueError):
        raise Misconfigured(
            "FIELDOPS_GEOCODING does not name an address service. Set it to nominatim+https://HOST or "
            "photon+https://HOST, the address of such a server, or to zip."
        ) from None


def _sealer(settings: Settings) -> AesGcmSealer:
    if settings.key_file is None:
        return AesGcmSealer(DEVELOPMENT_KEY)
    try:
        return AesGcmSealer.of_file(settings.key_file)
    except (BadKey, OSError) as error:
        raise Misconfigured(
            f"FIELDOPS_KEY_FILE names no key ({error}). Make one with `fieldops key FILE`; a database whose private "
            "values are sealed already needs the key that sealed them."
        ) from None
