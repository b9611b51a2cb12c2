"""
Text with markup.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.rich_text import MARKUP_LIMIT, NO_MARKUP, RichText, sanitised
from fieldops_core.kernel.text import is_text


def safe(markup: str, limit: int = 10) -> str:
    return sanitised(markup, NO_MARKUP, field="note", limit=limit)


def test_what_is_typed_is_kept_as_safe_html() -> None:
    assert safe("  a < b\nc ") == "a &lt; b<br>c"
    assert safe("   ") == ""


def test_what_a_reader_sees_counts_in_code_points() -> None:
    assert safe("<" * 10) == "&lt;" * 10
    with pytest.raises(InvalidValue) as refused:
        safe("é" * 11)
    assert (refused.value.code, refused.value.field) == ("text.too_long", "note")


@pytest.mark.parametrize(("markup", "code"), [("a\0b", "text.invalid"), ("é" * (MARKUP_LIMIT + 1), "text.too_long")])
def test_what_is_no_text_or_too_much_of_it_is_refused(markup: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        safe(markup, limit=10**6)
    assert refused.value.code == code


def test_markup_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidValue) as refused:
        sanitised("<p></p>", lambda markup: RichText(markup, ""), field="note", limit=10)
    assert refused.value.code == "text.empty"


@given(text=st.text().filter(is_text))
def test_nothing_that_is_typed_is_markup(text: str) -> None:
    assert "<" not in NO_MARKUP(text).html.replace("<br>", "")
    assert NO_MARKUP(text).text == text
