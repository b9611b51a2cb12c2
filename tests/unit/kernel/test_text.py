import pytest
from attrs import frozen
from hypothesis import given

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.text import a_name, clean, filled, tidy
from fieldops_core.kernel.unset import UNSET
from fieldops_core.kernel.unset import given as given_or
from fieldops_core.testing.strategies import names, texts


@given(text=texts())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(text, field="notes") == clean(f"\t {text}\n", field="notes") == text


@pytest.mark.parametrize("text", ["a\0b", "\0", "\ud800", "a\udfffb"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        clean(text, field="notes")

    assert (refused.value.code, refused.value.field) == ("text.invalid", "notes")


def test_a_whole_pair_of_surrogates_is_a_letter() -> None:
    assert clean("\U0001f600", field="notes") == "😀"


def test_the_length_of_a_text_is_counted_in_code_points() -> None:
    assert clean("😀" * 5, field="notes", limit=5) == "😀" * 5
    assert clean("12345  ", field="notes", limit=5) == "12345"
    with pytest.raises(InvalidValue) as refused:
        clean("123456", field="a.public_note", limit=5)

    assert (refused.value.code, refused.value.facts) == ("text.too_long", {"length": 6, "limit": 5})
    assert refused.value.sentence == "At most 5 characters fit into the public note: there are 6."


@given(name=names())
def test_a_name_is_not_empty(name: str) -> None:
    assert a_name(name) == filled(f" {name}", field="name") == name


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u2003"])
def test_an_empty_name_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        a_name(text)

    assert (refused.value.code, refused.value.field) == ("text.empty", "name")


@frozen
class Note:
    title: str
    body: str

    def __attrs_post_init__(self) -> None:
        tidy(self, title=5, body=10)


def test_a_record_tidies_its_texts() -> None:
    assert Note(" a ", " b ") == Note("a", "b")
    with pytest.raises(InvalidValue) as refused:
        Note("123456", "")

    assert refused.value.field == "title"


def test_what_a_command_leaves_alone_stays() -> None:
    assert (given_or(UNSET, 1), given_or(2, 1), given_or(None, 1)) == (1, 2, None)
