import copy
import json
import logging
import pickle

import attrs
import msgspec
import pytest
from hypothesis import given

from fieldops_core.kernel.events import Event
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.plain import plain, public
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.builders import an_appointment
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.strategies import secrets

MARKER = "gate code 4711"
SECRET = Secret(MARKER)


@attrs.frozen
class Holder:
    open: str
    hidden: Secret


HOLDER = Holder("open", SECRET)


@given(secret=secrets())
def test_a_secret_shows_itself_only_when_asked(secret: Secret) -> None:
    assert Secret(secret.reveal()) == secret
    assert hash(Secret(secret.reveal())) == hash(secret)
    assert secret != Secret(secret.reveal() + "x")
    assert secret != secret.reveal()
    assert {
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r}",
        f"{secret!s}",
        format(secret),
        f"{secret}",
    } == {"***"}


def test_a_secret_cannot_be_formatted_into_the_open() -> None:
    with pytest.raises(TypeError):
        format(SECRET, ">20")


def test_a_record_with_a_secret_shows_stars() -> None:
    assert repr(HOLDER) == "Holder(open='open', hidden=***)"
    assert MARKER not in str(attrs.asdict(HOLDER))
    assert MARKER not in str(attrs.astuple(HOLDER))


def test_json_holds_stars_where_the_encoder_is_told_to_write_text() -> None:
    assert msgspec.json.encode(SECRET, enc_hook=str) == b'"***"'
    assert json.loads(msgspec.json.encode(HOLDER, enc_hook=str)) == {"open": "open", "hidden": "***"}
    assert json.dumps({"hidden": SECRET}, default=str) == '{"hidden": "***"}'


def test_json_knows_no_secret_by_itself() -> None:
    for encode in (msgspec.json.encode, msgspec.msgpack.encode, msgspec.to_builtins, json.dumps):
        with pytest.raises(TypeError) as refused:
            encode(SECRET)
        assert MARKER not in str(refused.value)


def test_a_log_holds_stars(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("the note is %s, %r", SECRET, HOLDER)

    assert caplog.messages == ["the note is ***, Holder(open='open', hidden=***)"]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_not_pickled(protocol: int) -> None:
    for each in (SECRET, HOLDER, [SECRET]):
        with pytest.raises(TypeError):
            pickle.dumps(each, protocol)


def test_a_secret_has_no_dictionary_to_look_into() -> None:
    with pytest.raises(TypeError):
        vars(SECRET)
    assert copy.copy(HOLDER) == HOLDER


def test_a_plain_value_of_a_secret_is_stars_and_a_public_record_has_none() -> None:
    appointment = an_appointment(private_note=SECRET)

    assert plain(SECRET) == "***"
    assert plain(HOLDER) == {"open": "open", "hidden": "***"}
    assert "private_note" not in public(appointment)
    assert public(HOLDER) == {"open": "open"}


def test_no_event_holds_a_secret() -> None:
    before, after = an_appointment(private_note=SECRET), an_appointment(private_note=Secret(MARKER + "!"))
    event = Event.of(before, after, at=NOW)

    assert MARKER not in repr(event)
    assert MARKER not in json.dumps([event.before, event.after])


def test_history_keeps_old_and_new_as_secrets() -> None:
    before = an_appointment(private_note=SECRET)
    (change,) = difference(before, attrs.evolve(before, private_note=Secret("other")))

    assert (change.field, change.old, change.new) == ("private_note", SECRET, Secret("other"))
    assert MARKER not in repr(change)
