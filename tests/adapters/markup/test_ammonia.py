"""
Rich text made safe by ammonia.
"""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_adapters.markup.ammonia import SCHEMES, TAGS, AmmoniaSanitiser
from fieldops_core.kernel.text import is_text

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        '<a href="',
        'javascript:x" onclick="y',
        '">',
        "<img src=x onerror=y>",
        "<svg><style>",
        "<!--",
        "-->",
        "&lt;",
        "&#x6a;",
        "<math><mtext>",
        "text",
        "<b",
        "'",
        '"',
        "\n",
        "é",
    ]
)


class Seen(HTMLParser):
    """
    The elements and attributes of some HTML.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("markup", "html", "text"),
    [
        ("<p>Bring <b>gloves</b></p>", "<p>Bring <b>gloves</b></p>", "Bring gloves"),
        ("<p>a</p><p>b &amp; c</p>", "<p>a</p><p>b &amp; c</p>", "a\nb & c"),
        ("a<script>alert(1)</script>b", "ab", "ab"),
        ('<img src="http://tracker/x.png">', "", ""),
        ("<p>&nbsp;</p>", "<p>&nbsp;</p>", ""),
        ("<i>unclosed", "<i>unclosed</i>", "unclosed"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>', "x"),
    ],
)
def test_what_is_safe_is_kept_and_the_rest_dropped(markup: str, html: str, text: str) -> None:
    made = AmmoniaSanitiser()(markup)

    assert (made.html, made.text) == (html, text)


def scheme_of(href: str) -> str | None:
    """
    The scheme of an address as browsers read it: without tabs and line ends, and what goes before it.
    """
    read = re.sub(r"[\t\n\r]", "", href).lstrip("".join(map(chr, range(33))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", read)
    return found[1].lower() if found else None


@given(markup=st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join).filter(is_text))
def test_whatever_is_pasted_comes_out_safe_and_safe_it_stays(markup: str) -> None:
    made = AmmoniaSanitiser()(markup)

    for tag, attributes in Seen(made.html).found:
        assert tag in TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        scheme = scheme_of(attributes.get("href") or "")
        assert scheme is None or scheme in SCHEMES
    assert AmmoniaSanitiser()(made.html).html == made.html
