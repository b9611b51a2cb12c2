"""
How the server is set up.
"""

from pathlib import Path

import pytest

from fieldops_adapters.memory import MemoryStorage
from fieldops_adapters.sql.sealing import make_key_file
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_http.composition import compose
from fieldops_http.settings import Logs, Misconfigured, Mode, Settings


def test_everything_has_a_default() -> None:
    assert Settings.of({}) == Settings()
    assert Settings.of({"FIELDOPS_PORT": " ", "PATH": "/bin", "FIELDOPS_TEST_RUN": "1"}) == Settings()


def test_everything_can_be_set(tmp_path: Path) -> None:
    environment = {
        "FIELDOPS_DATABASE": "postgresql://server@localhost/fieldops",
        "FIELDOPS_HOST": "0.0.0.0",
        "FIELDOPS_PORT": "80",
        "FIELDOPS_MODE": "Production",
        "FIELDOPS_KEY_FILE": str(tmp_path / "key"),
        "FIELDOPS_DELIVER": "off",
        "FIELDOPS_LOGS": "json",
        "FIELDOPS_ROUTING": "osrm+http://127.0.0.1:5000",
        "FIELDOPS_GEOCODING": "nominatim+https://nominatim.example",
        "FIELDOPS_GEOCODING_RATE": "0.5",
        "FIELDOPS_GEOCODING_AGENT": "acme (ops@acme.example)",
        "FIELDOPS_MAIL": "smtp://acme@mail.example",
        "FIELDOPS_URL": "https://fieldops.acme.example/",
        "FIELDOPS_MAIL_FROM": "dispatch@acme.example",
        "FIELDOPS_MAIL_PASSWORD_FILE": str(tmp_path / "password"),
        "FIELDOPS_TILES": "https://tiles.example:8443/{z}/{x}/{y}.png?key=k",
        "FIELDOPS_TILES_ATTRIBUTION": "© OpenStreetMap contributors",
    }

    assert Settings.of(environment) == Settings(
        database="postgresql://server@localhost/fieldops",
        host="0.0.0.0",
        port=80,
        mode=Mode.PRODUCTION,
        key_file=tmp_path / "key",
        deliver=False,
        logs=Logs.JSON,
        routing="osrm+http://127.0.0.1:5000",
        geocoding="nominatim+https://nominatim.example",
        geocoding_rate=0.5,
        geocoding_agent="acme (ops@acme.example)",
        mail="smtp://acme@mail.example",
        mail_from="dispatch@acme.example",
        mail_password_file=tmp_path / "password",
        tiles="https://tiles.example:8443/{z}/{x}/{y}.png?key=k",
        tiles_attribution="© OpenStreetMap contributors",
        url="https://fieldops.acme.example",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "65536"), ("PORT", "-1"), ("MODE", "test"), ("DELIVER", "maybe"), ("LOGS", "xml")],
)
def test_what_means_nothing_is_told_with_its_mend(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=rf"FIELDOPS_{name} is '{value}'. Set it to "):
        Settings.of({f"FIELDOPS_{name}": value})


@pytest.mark.rule("SEC-02")
def test_production_does_without_no_key_of_its_own() -> None:
    with pytest.raises(Misconfigured, match=r"FIELDOPS_KEY_FILE names none\. Make one with `fieldops key FILE`"):
        Settings.of({"FIELDOPS_MODE": "production"})


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize("content", ["", "secret", "c2hvcnQ="])
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)

    with pytest.raises(Misconfigured, match="FIELDOPS_KEY_FILE names no key"):
        compose(Settings(database=f"sqlite:///{tmp_path}/f.db", key_file=tmp_path / "key"))


@pytest.mark.rule("SEC-02")
def test_a_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="FIELDOPS_KEY_FILE names no key"):
        compose(Settings(key_file=tmp_path / "none"))


@pytest.mark.rule("SEC-02")
def test_production_starts_with_a_key_of_its_own(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key")
    settings = Settings(database=f"sqlite:///{tmp_path}/f.db", mode=Mode.PRODUCTION, key_file=tmp_path / "key")

    assert isinstance(compose(settings).storage, SqlStorage)


@pytest.mark.parametrize("database", ["mysql://root@localhost/x", "sqlite://", "fieldops.db", "", "sqlite:///:memory:"])
def test_a_database_of_no_known_kind_is_refused(database: str) -> None:
    with pytest.raises(Misconfigured, match="FIELDOPS_DATABASE does not name a database"):
        compose(Settings(database=database))


@pytest.mark.parametrize(
    "routing", ["", "osrm", "osrm+", "osrm+ftp://x", "osrm+http://", "osrm+http://x:y", "http://x"]
)
def test_a_routing_engine_of_no_known_kind_is_refused(routing: str) -> None:
    with pytest.raises(Misconfigured, match="FIELDOPS_ROUTING does not name a routing engine"):
        compose(Settings(database="memory://", routing=routing))


def test_a_database_decides_where_requests_are_handled(tmp_path: Path) -> None:
    assert isinstance(compose(Settings(database="memory://")).storage, MemoryStorage)
    assert not compose(Settings(database="memory://")).threads
    assert not compose(Settings(database=f"sqlite:///{tmp_path}/f.db")).threads
    assert compose(Settings(database="postgresql://server@localhost/fieldops")).threads


@pytest.mark.parametrize(
    "mail",
    ["smtp://a:secret@mail.example", "mail.example", "smtp://", "http://mail.example", "smtp+plain://a@mail.example"],
)
def test_mail_that_goes_nowhere_is_told_with_its_mend(mail: str) -> None:
    with pytest.raises(Misconfigured, match=r"^FIELDOPS_MAIL does not name a way to send mail. Set it to ") as told:
        compose(Settings(database="memory://", mail=mail, mail_from="a@example.com"))
    assert "secret" not in str(told.value)


def test_mail_needs_an_address_to_come_from() -> None:
    with pytest.raises(Misconfigured, match="FIELDOPS_MAIL_FROM"):
        Settings(mail="folder+mail")
    with pytest.raises(Misconfigured, match="FIELDOPS_MAIL_FROM is no email address"):
        compose(Settings(database="memory://", mail="folder+mail", mail_from="nobody"))


def test_a_password_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    settings = Settings(
        database="memory://",
        mail="smtp://a@mail.example",
        mail_from="a@example.com",
        mail_password_file=tmp_path / "none",
    )
    with pytest.raises(Misconfigured, match="FIELDOPS_MAIL_PASSWORD_FILE names "):
        compose(settings)


@pytest.mark.rule("WEB-07")
def test_the_ground_of_maps_comes_from_one_host() -> None:
    told = Settings(database="memory://", tiles="https://tiles.example:8443/{z}/{x}/{y}.png")

    tiles = compose(told).tiles

    assert tiles is not None and tiles.origin == "https://tiles.example:8443"
    assert compose(Settings(database="memory://")).tiles is None


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize(
    "tiles",
    [
        "tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example; script-src *; /{z}/{x}/{y}.png",
        "https://me:secret@tiles.example/{z}/{x}/{y}.png",
        "ftp://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
    ],
)
def test_tiles_of_no_one_host_are_told_with_their_mend(tiles: str) -> None:
    with pytest.raises(Misconfigured, match=r"FIELDOPS_TILES is .+ Set it to the tiles of a map server: https://HOST/"):
        Settings.of({"FIELDOPS_TILES": tiles})
