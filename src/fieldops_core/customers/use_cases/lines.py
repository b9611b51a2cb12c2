"""
Lines of a file, and what they say (CUS-26): for the import of whatever it is.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar

from attrs import field, frozen

from fieldops_core.company.model import Location, Setup
from fieldops_core.customers.messages import ADDRESS_FIELDS, ImportLine
from fieldops_core.customers.ports import Geocoder
from fieldops_core.customers.views import ImportView, LineNote
from fieldops_core.kernel.contact import US_STATES, Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.text import is_text

T = TypeVar("T")
Choice = TypeVar("Choice", bound=Enum)
Default = TypeVar("Default")

Values = Mapping[str, str]
"""
What a line says: its texts by field, without those that are empty.
"""

Mends = dict[str, tuple[str, str]]
"""
What was mended in a line: code and sentence by field.
"""


@frozen(kw_only=True)
class Lines:
    """
    What the lines of one import came to so far. Those whose external ids are *known* are left alone.
    """

    known: Container[str]
    seen: set[str] = field(factory=set)
    there: list[int] = field(factory=list)
    refused: list[LineNote] = field(factory=list)
    mended: list[LineNote] = field(factory=list)

    def read(self, line: ImportLine, become: Callable[[Values, Mends], T]) -> T | None:
        """
        What a line becomes; None where it is known, repeats the external id of a line before it, or is refused.
        """
        id, mends = external_id(line), Mends()
        if id in self.known or id in self.seen:
            self.there.append(line.line)
            return None
        try:
            made = become({name: said for name, text in line.values.items() if (said := text.strip())}, mends)
        except (Refused, InvalidValue, NotFound) as refusal:
            self.refused.extend(_notes(line.line, refusal))
            return None
        self.seen.add(id)
        for name, (code, sentence) in mends.items():
            self.mended.append(LineNote(line=line.line, field=name, code=code, sentence=sentence))
        return made

    def view(self, *, created: int) -> ImportView:
        refused, mended = tuple(self.refused), tuple(self.mended)
        return ImportView(created=created, known=len(self.there), refused=refused, mended=mended)


def _notes(line: int, refusal: Refused | InvalidValue | NotFound) -> Iterator[LineNote]:
    if isinstance(refusal, Refused):
        for each in refusal.violations:
            yield LineNote(line=line, field=each.field, code=each.code, sentence=each.sentence)
    elif isinstance(refusal, InvalidValue):
        yield LineNote(line=line, field=refusal.field, code=refusal.code, sentence=refusal.sentence)
    else:
        yield LineNote(line=line, field=None, code="not_found", sentence=str(refusal))


def external_id(line: ImportLine) -> str:
    return line.values.get("external_id", "").strip()


def said(lines: Iterable[ImportLine], name: str) -> list[str]:
    """
    What the lines say of a field, as far as a storage can be asked for it.
    """
    texts = {line.values.get(name, "").strip() for line in lines}
    return sorted(text for text in texts if text and is_text(text))


def location_of(told: str, setup: Setup, *, name: str = "location") -> Location:
    """
    A location by its id or its name.
    """
    for location in setup.locations:
        if told in (location.name, str(location.id)):
            return location
    raise InvalidValue("location.unknown", f"There is no location {told!r}.", facts={"location": told}, field=name)


def address_of(values: Values, geocoder: Geocoder, mends: Mends) -> Address:
    """
    The address of a line. A ZIP code of three or four digits is padded where it then lies in the line's state.
    """
    state, code = values.get("state", "").upper(), values.get("postal_code")
    if code is not None and len(code) in (3, 4) and code.isdecimal() and state in US_STATES:
        padded = code.zfill(5)
        if geocoder.state_of(PostalCode(padded)) == state:
            mends["postal_code"] = (
                "postal_code.padded",
                f"The ZIP code {code} lost its leading zero; {padded} lies in {state}.",
            )
            code = padded
    postal_code = PostalCode(code) if code else None
    return Address(**{name: values.get(name, "") for name in ADDRESS_FIELDS}, postal_code=postal_code)


def point_of(values: Values) -> Point | None:
    told = values.get("latitude"), values.get("longitude")
    if told[0] is None or told[1] is None:
        return None
    try:
        return Point(float(told[0]), float(told[1]))
    except InvalidValue:
        raise
    except ValueError:
        sentence = f"{told[0]!r}, {told[1]!r} are no coordinates."
        raise InvalidValue("coordinates.invalid", sentence, field="latitude") from None


def number_of(values: Values, name: str, kind: Callable[[str], T], otherwise: Default) -> T | Default:
    """
    A number of a *kind*: ``int`` or ``float``.
    """
    told = values.get(name)
    if told is None:
        return otherwise
    try:
        return kind(told)
    except ValueError:
        raise InvalidValue(f"{name}.invalid", f"{told!r} is not a number.", field=name) from None


def choice_of(values: Values, name: str, kind: type[Choice], otherwise: Default) -> Choice | Default:
    told = values.get(name)
    if told is None:
        return otherwise
    try:
        return kind(told.lower())
    except ValueError:
        known = ", ".join(str(each.value) for each in kind)
        raise InvalidValue(f"{name}.unknown", f"{told!r} is none of {known}.", field=name) from None
