"""
What changes of the company come to.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol, cast
from uuid import UUID

from attrs import evolve

from fieldops_core.company.messages import (
    AppointmentTypeChanged,
    AppointmentTypeCreated,
    AttributeFields,
    CatalogEntryChanged,
    CatalogEntryCreated,
    ChangeAppointmentType,
    ChangeCatalogEntry,
    ChangeLocation,
    ChangeSettings,
    CreateAppointmentType,
    CreateCatalogEntry,
    CreateLocation,
    JobLineFields,
    LocationChanged,
    LocationCreated,
    SettingsChanged,
    SubTypeEntry,
    TemplateFields,
)
from fieldops_core.company.model import (
    AppointmentType,
    Attributes,
    CatalogEntry,
    Company,
    CreditBand,
    EntryId,
    JobLine,
    ListMode,
    Location,
    RateLine,
    Settings,
    SheetPart,
    SubType,
    SubTypeId,
    TypeId,
    WorkOrderTemplate,
)
from fieldops_core.company.rules import ENTRY, TYPE, EntrySent, Shift, TypeSent, overlaps
from fieldops_core.kernel.errors import InvalidValue, below
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.records import made, replaced, told
from fieldops_core.kernel.rules import refuse, require
from fieldops_core.kernel.unset import Unset, given

NewId = Callable[[], UUID]
DEFAULTS = Settings()


class _With(Protocol):
    def __call__(self, settings: Settings, /, **changes: object) -> Settings: ...


_with = cast("_With", evolve)


def change_settings(command: ChangeSettings, company: Company, *, now: datetime) -> Outcome[Company]:
    """
    Raises:
        InvalidValue: where there is no such setting, or a value is out of its range (ACC-19).
        Refused: where the default working hours overlap (SCH-21).
    """
    if unknown := sorted(set(command.changes) - set(fields_of(company.settings))):
        raise InvalidValue("setting.unknown", f"There is no setting {unknown[0]!r}.", field=unknown[0], rule="ACC-19")
    if misfits := [name for name, value in command.changes.items() if not _fits(value, name)]:
        sentence = f"This is no value of the setting {misfits[0]}."
        raise InvalidValue("setting.invalid", sentence, field=misfits[0], rule="ACC-19")
    settings = _with(company.settings, **command.changes)
    if "default_working_hours" in command.changes:
        refuse(overlaps(Shift.of_week(settings.default_working_hours)))
    changed = evolve(company, settings=settings, version=company.version + 1)
    return Outcome(before=company, state=changed, events=(SettingsChanged.of(company, changed, at=now),))


_LISTS: Mapping[str, type] = {
    "scheduling_profile": ListMode,
    "credit_bands": CreditBand,
    "sold_by": UUID,
    "sheet_leaves_out": SheetPart,
}


def _fits(value: object, name: str) -> bool:
    """
    Whether a value is of the type of a setting, which its default shows; that of a scheduling profile is None.
    """
    default = getattr(DEFAULTS, name)
    if name in _LISTS:
        lists = isinstance(value, tuple) and all(isinstance(each, _LISTS[name]) for each in value)
        return lists or (value is None and default is None)
    return type(value) is type(default) or (isinstance(default, float) and type(value) is int)


def create_location(command: CreateLocation, *, new_id: NewId, now: datetime) -> Outcome[Location]:
    location = Location(
        id=LocationId(new_id()),
        name=command.name,
        zone=command.zone,
        address=command.address,
        point=command.point,
        tech_minutes=command.tech_minutes,
    )
    return Outcome(state=location, events=(LocationCreated.of(None, location, at=now),))


def change_location(command: ChangeLocation, location: Location, *, now: datetime) -> Outcome[Location]:
    changed = evolve(
        location,
        name=given(command.name, location.name),
        address=given(command.address, location.address),
        point=given(command.point, location.point),
        tech_minutes=given(command.tech_minutes, location.tech_minutes),
        active=given(command.active, location.active),
        version=location.version + 1,
    )
    return Outcome(before=location, state=changed, events=(LocationChanged.of(location, changed, at=now),))


def change_zone(location: Location, zone: str, *, now: datetime) -> Outcome[Location]:
    """
    What becomes of its visits is for scheduling to say (SCH-26).
    """
    changed = evolve(location, zone=zone, version=location.version + 1)
    return Outcome(before=location, state=changed, events=(LocationChanged.of(location, changed, at=now),))


def create_type(command: CreateAppointmentType, *, new_id: NewId, now: datetime) -> Outcome[AppointmentType]:
    minutes = _checked(command.minutes, command.sub_types, ())
    type = AppointmentType(
        id=TypeId(new_id()),
        kind=command.kind,
        name=command.name,
        minutes=minutes,
        sub_types=_merged(command.sub_types, (), new_id),
        install=command.install,
    )
    return Outcome(state=type, events=(AppointmentTypeCreated.of(None, type, at=now),))


def change_type(
    command: ChangeAppointmentType, type: AppointmentType, *, new_id: NewId, now: datetime
) -> Outcome[AppointmentType]:
    entries = () if isinstance(command.sub_types, Unset) else command.sub_types
    minutes = _checked(given(command.minutes, type.minutes), entries, type.sub_types)
    sub_types = type.sub_types if isinstance(command.sub_types, Unset) else _merged(entries, type.sub_types, new_id)
    changed = evolve(
        type,
        name=given(command.name, type.name),
        minutes=minutes,
        active=given(command.active, type.active),
        sub_types=sub_types,
        install=given(command.install, type.install),
        version=type.version + 1,
    )
    return Outcome(before=type, state=changed, events=(AppointmentTypeChanged.of(type, changed, at=now),))


def new_entry(command: CreateCatalogEntry, currency: str, *, new_id: NewId) -> CatalogEntry:
    """
    The entry as the command would have it.
    """
    attributes = _attributes(command.attributes, Attributes(), currency)
    return CatalogEntry(id=EntryId(new_id()), catalog=command.catalog, name=command.name, attributes=attributes)


def changed_entry(command: ChangeCatalogEntry, entry: CatalogEntry, currency: str) -> CatalogEntry:
    """
    The entry as the command would have it.
    """
    return evolve(
        entry,
        name=given(command.name, entry.name),
        active=given(command.active, entry.active),
        attributes=_attributes(command.attributes, entry.attributes, currency),
        version=entry.version + 1,
    )


def create_entry(case: EntrySent, *, now: datetime) -> Outcome[CatalogEntry]:
    require(ENTRY, case)
    return Outcome(state=case.entry, events=(CatalogEntryCreated.of(None, case.entry, at=now),))


def change_entry(case: EntrySent, before: CatalogEntry, *, now: datetime) -> Outcome[CatalogEntry]:
    require(ENTRY, case)
    event = CatalogEntryChanged.of(before, case.entry, at=now)
    return Outcome(before=before, state=case.entry, events=(event,))


def _attributes(sent: AttributeFields, there: Attributes, currency: str) -> Attributes:
    """
    The attributes with what was sent. A rate whose lines are sent without its amount has their sum.
    """
    changes = told(sent)
    for name in ("amount", "cost", "charge"):
        if isinstance(amount := changes.get(name), Decimal):
            changes[name] = _money(amount, currency, name)
    if not isinstance(sent.lines, Unset):
        changes["lines"] = tuple(
            RateLine(line=each.line, amount=_money(each.amount, currency, "lines")) for each in sent.lines
        )
        if sent.lines and "amount" not in changes:
            changes["amount"] = _money(sum((each.amount for each in sent.lines), Decimal()), currency, "lines")
    if isinstance(sent.template, TemplateFields):
        with below("attributes.template"):
            changes["template"] = _template(sent.template, currency)
    return replaced(there, changes)


def _template(sent: TemplateFields, currency: str) -> WorkOrderTemplate:
    return made(WorkOrderTemplate, {**told(sent), "lines": priced(sent.lines, currency)})


def priced(lines: Sequence[JobLineFields], currency: str) -> tuple[JobLine, ...]:
    """
    Lines of labor and parts as they were sent, in a currency.

    Raises:
        InvalidValue: naming the line, where one is none.
    """
    found = []
    for at, each in enumerate(lines):
        with below(f"lines.{at}"):
            found.append(made(JobLine, {**told(each), "unit_price": Money(each.unit_price, currency)}))
    return tuple(found)


def _money(amount: Decimal, currency: str, name: str) -> Money:
    try:
        return Money(amount, currency)
    except InvalidValue as error:
        error.field = f"attributes.{name}"
        raise


def _checked(minutes: int | None, entries: tuple[SubTypeEntry, ...], known: tuple[SubType, ...]) -> int:
    there = {sub.id for sub in known}
    strangers = tuple(str(each.id) for each in entries if each.id is not None and each.id not in there)
    require(TYPE, TypeSent(minutes=minutes, strangers=strangers))
    return minutes or 0


def _merged(entries: tuple[SubTypeEntry, ...], known: tuple[SubType, ...], new_id: NewId) -> tuple[SubType, ...]:
    """
    The entries sent, and, inactive, those that were left out: nothing that may be referred to is deleted.
    """
    sent = tuple(
        SubType(id=each.id or SubTypeId(new_id()), name=each.name, minutes=each.minutes, active=each.active)
        for each in entries
    )
    kept = {sub.id for sub in sent}
    return sent + tuple(evolve(sub, active=False) for sub in known if sub.id not in kept)
